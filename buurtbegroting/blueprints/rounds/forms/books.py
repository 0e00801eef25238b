"""What officials write in the book of a pot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import EurosField, OnceForm, offered, sayable

KINDS = {"voted": _r("Chosen"), "committed": _r("Promised"), "spent": _r("Spent")}
REACHED = {"yes": _r("Yes"), "partly": _r("Partly"), "no": _r("No")}


class AmountForm(OnceForm):
    """An amount for the book; what was entered wrong is taken off by a line of its own."""

    amount = EurosField(
        lazy_gettext("Amount"), validators=[DataRequired(lazy_gettext("Fill in an amount above zero."))]
    )
    is_correction = BooleanField(
        lazy_gettext("This takes off what was entered wrong"),
        description=lazy_gettext("Lines are never changed. This becomes a line with a minus."),
    )

    @property
    def cents(self) -> int:
        """The amount, with a minus for a correction."""
        amount = self.amount.data or 0
        return -amount if self.is_correction.data else amount


class EntryForm(AmountForm):
    """A line for the book of one of the pots of a round."""

    pot = RadioField(
        lazy_gettext("Which pot?"), validators=[InputRequired(lazy_gettext("Choose a pot."))], validate_choice=True
    )
    kind = RadioField(
        lazy_gettext("What happened with the money?"),
        choices=lambda: sayable(KINDS),
        validators=[InputRequired(lazy_gettext("Choose what happened with the money."))],
    )
    plan = StringField(
        lazy_gettext("The number of the plan"),
        description=lazy_gettext("For example 2026-042. Leave it empty when it is not for a plan."),
        validators=[Length(max=20)],
    )
    subject = StringField(
        lazy_gettext("Or else: for what?"),
        description=lazy_gettext("Everybody reads this. Write no names of people."),
        validators=[Length(max=120)],
    )
    note = StringField(lazy_gettext("Explanation"), validators=[Length(max=300)])

    def offer(self, pots: Mapping[str, Any]) -> None:
        """Offer the pots of a round, by their id."""
        self.pot.choices = offered(pots)
        if len(pots) == 1 and not self.pot.data:
            self.pot.data = next(iter(pots))


class MaatwerkForm(AmountForm):
    """One thing that the holder of a maatwerk pot paid for."""

    spent_on = DateField(lazy_gettext("On which day?"), validators=[InputRequired(lazy_gettext("Fill in a day."))])
    kind = StringField(
        lazy_gettext("What kind of thing was it?"),
        description=lazy_gettext("For example: a bicycle, a course, help in moving. Write nothing about who got it."),
        validators=[DataRequired(lazy_gettext("Say what kind of thing it was.")), Length(max=60)],
    )
    reached = RadioField(
        lazy_gettext("Did it help as was meant?"),
        choices=lambda: sayable(REACHED),
        validators=[InputRequired(lazy_gettext("Choose whether it helped."))],
    )
    would_do_again = BooleanField(lazy_gettext("We would do it again"))
