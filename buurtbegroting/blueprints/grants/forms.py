"""The forms of seed grants."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import EditForm, EurosField, OnceForm, offered, sayable

from .actions import Came, FundText

VERDICTS = {"yes": _r("Yes"), "no": _r("No")}


class FundForm(EditForm):
    """For what a fund is."""

    title = StringField(
        lazy_gettext("What is the fund called?"),
        validators=[DataRequired(lazy_gettext("Say what the fund is called.")), Length(max=120)],
    )
    meant_for = TextAreaField(
        lazy_gettext("For what is it?"),
        description=lazy_gettext("In plain words: who may ask, and for what."),
        validators=[DataRequired(lazy_gettext("Say for what it is.")), Length(max=3000)],
    )
    most_cents = EurosField(
        lazy_gettext("How much does one group get at most?"),
        validators=[InputRequired(lazy_gettext("Fill in an amount.")), NumberRange(1)],
    )
    is_open = BooleanField(lazy_gettext("Groups can ask now"), default=True)

    @property
    def text(self) -> FundText:
        """What was filled in."""
        return FundText(self.title.data, self.meant_for.data, self.most_cents.data or 0, self.is_open.data)


class NewFundForm(FundForm):
    """The same, with the pot that the money comes from."""

    pot = SelectField(lazy_gettext("Out of which pot?"), validators=[InputRequired()])

    def offer(self, pots: Mapping[str, str]) -> None:
        """Offer the pots."""
        self.pot.choices = offered(pots)


class AskGrantForm(OnceForm):
    """What a group asks to start with."""

    fund = RadioField(lazy_gettext("Which fund?"), validators=[InputRequired(lazy_gettext("Choose a fund."))])
    cents = EurosField(
        lazy_gettext("How much do you ask?"),
        validators=[InputRequired(lazy_gettext("Fill in an amount.")), NumberRange(1)],
    )
    spent_on_what = TextAreaField(
        lazy_gettext("On what do you spend it?"),
        description=lazy_gettext("For example: pans 120 euros, rent of the room 80 euros."),
        validators=[DataRequired(lazy_gettext("Say on what you spend it.")), Length(max=3000)],
    )
    wanted = TextAreaField(
        lazy_gettext("What has to come of it?"),
        description=lazy_gettext("After half a year we ask you what came of it."),
        validators=[DataRequired(lazy_gettext("Say what has to come of it.")), Length(max=3000)],
    )

    def offer(self, funds: Mapping[str, str]) -> None:
        """Offer the funds."""
        self.fund.choices = offered(funds)


class DecideForm(OnceForm):
    """The decision."""

    verdict = RadioField(
        lazy_gettext("Does the group get it?"),
        choices=lambda: sayable(VERDICTS),
        validators=[InputRequired(lazy_gettext("Choose yes or no."))],
    )
    cents = EurosField(lazy_gettext("Yes: how much?"), validators=[Optional(), NumberRange(1)])
    reason = TextAreaField(
        lazy_gettext("In plain words"),
        description=lazy_gettext("The group and everybody else read this."),
        validators=[Length(max=3000)],
    )
    department = StringField(
        lazy_gettext("Who decides?"),
        validators=[DataRequired(lazy_gettext("Fill in who decides.")), Length(max=120)],
    )


class PayForm(OnceForm):
    """When it was paid."""

    paid_on = DateField(
        lazy_gettext("On which day was it paid?"), validators=[InputRequired(lazy_gettext("Fill in the day."))]
    )


class TellForm(OnceForm):
    """What came of it."""

    happened = TextAreaField(
        lazy_gettext("What came of it?"),
        description=lazy_gettext("Also what did not work. Everybody reads this."),
        validators=[DataRequired(lazy_gettext("Tell what came of it.")), Length(max=5000)],
    )
    grade = IntegerField(
        lazy_gettext("Which grade do you give, from 1 to 10?"),
        validators=[Optional(), NumberRange(1, 10)],
        render_kw={"inputmode": "numeric", "size": 4},
    )
    would_do_again = BooleanField(lazy_gettext("We would do it again"))

    @property
    def came(self) -> Came:
        """What was filled in."""
        return Came(self.happened.data, self.grade.data, self.would_do_again.data)


class FollowUpForm(OnceForm):
    """What the municipality does after it."""

    words = TextAreaField(
        lazy_gettext("What can the municipality do for this group now?"),
        validators=[DataRequired(lazy_gettext("Say what you do, or that nothing is needed.")), Length(max=3000)],
    )
