"""What officials fill in."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import OnceForm, offered, sayable

from ..grounds import GROUNDS, ROUTES
from .fields import TOO_LONG, long_text

ANSWER_KINDS = {"yes": _r("Yes"), "yes-if": _r("Yes, if something is done first"), "no": _r("No")}


class ContactForm(OnceForm):
    """Who is the contact person of a group."""

    person = SelectField(lazy_gettext("Who is the contact person?"), validators=[InputRequired()])
    shown = StringField(
        lazy_gettext("What stands on the page?"),
        description=lazy_gettext("A function or department, such as: district manager Noord. A name only by choice."),
        validators=[
            DataRequired(lazy_gettext("Fill in a function or department.")),
            Length(max=120, message=TOO_LONG),
        ],
    )

    def offer(self, people: Mapping[str, str]) -> None:
        """Offer the officials."""
        self.person.choices = offered(people)


class AnswerForm(OnceForm):
    """The answer of the municipality: yes, yes if, or no with a ground and a route onward."""

    kind = RadioField(
        lazy_gettext("What is the answer?"),
        description=lazy_gettext("The starting point is yes."),
        choices=lambda: sayable(ANSWER_KINDS),
        validators=[InputRequired(lazy_gettext("Choose an answer."))],
    )
    words = long_text(lazy_gettext("In plain words"), lazy_gettext("The group and everybody else read this."), 5000)
    conditions = long_text(lazy_gettext("Yes, if: what has to be done?"), None, 5000)
    helper = StringField(
        lazy_gettext("Yes, if: who helps with that?"),
        description=lazy_gettext("A function or department."),
        validators=[Length(max=120, message=TOO_LONG)],
    )
    ground = SelectField(
        lazy_gettext("No: on what ground?"),
        choices=lambda: sayable({"": _r("Choose a ground")} | GROUNDS),
        validators=[Optional()],
    )
    route = SelectField(
        lazy_gettext("No: how can the group go on?"),
        choices=lambda: sayable({"": _r("Choose a way onward")} | ROUTES),
        validators=[Optional()],
    )
    department = StringField(
        lazy_gettext("Which department answers?"),
        validators=[
            DataRequired(lazy_gettext("Fill in which department answers.")),
            Length(max=120, message=TOO_LONG),
        ],
    )


class ReferForm(OnceForm):
    """To whom a question is sent on."""

    to_whom = StringField(
        lazy_gettext("To whom do you send the question on?"),
        description=lazy_gettext("A department or organisation. The whole file travels along."),
        validators=[DataRequired(lazy_gettext("Fill in to whom.")), Length(max=120, message=TOO_LONG)],
    )
    question = long_text(
        lazy_gettext("What do they have to answer?"), None, 2000, lazy_gettext("Fill in what you want to know.")
    )


class OutcomeForm(OnceForm):
    """What came back."""

    outcome = long_text(lazy_gettext("What came back?"), None, 5000, lazy_gettext("Fill in what came back."))


class AwayForm(OnceForm):
    """Until when a contact person is away, and who stands in."""

    until = DateField(
        lazy_gettext("Until when are you away?"),
        description=lazy_gettext("The last day."),
        validators=[InputRequired(lazy_gettext("Fill in the day."))],
    )
    stand_in = SelectField(lazy_gettext("Who stands in?"), validators=[InputRequired()])
    shown = StringField(
        lazy_gettext("What stands on the page?"),
        description=lazy_gettext("The function or department of who stands in."),
        validators=[
            DataRequired(lazy_gettext("Fill in a function or department.")),
            Length(max=120, message=TOO_LONG),
        ],
    )

    def offer(self, people: Mapping[str, str]) -> None:
        """Offer the officials."""
        self.stand_in.choices = offered(people)
