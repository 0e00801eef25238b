"""Where a plan is, and with the money of which area it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import FloatField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from buurtbegroting.web.forms import Form

from .lines import ONE_LINE, TOO_LONG


class PotForm(Form):
    """With which money."""

    pot = RadioField(
        lazy_gettext("For which area is it?"),
        description=lazy_gettext("Each area has its own money."),
        validators=[InputRequired(lazy_gettext("Say for which area it is."))],
    )

    def offer_pots(self, pots: dict[str, str]) -> None:
        """Offer these pots, by id."""
        self.pot.choices = [SelectChoice(value=value, label=label) for value, label in pots.items()]


class DegreesField(FloatField):  # type: ignore[misc]
    """Half of a point; the script of the page fills it in, and what no script would write is no point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None


class PlaceForm(Form):
    """Where it is: in words, by buurt, and as a point on a map for who likes that."""

    address = StringField(
        lazy_gettext("Where exactly?"),
        description=lazy_gettext("A street, a square, a place that people know. You may leave this empty."),
        validators=[Length(max=200, message=TOO_LONG), ONE_LINE],
    )
    buurt_code = SelectField(
        lazy_gettext("In which buurt?"),
        description=lazy_gettext("Do you not know? Leave it as it is."),
        validators=[Optional()],
    )
    latitude = DegreesField(lazy_gettext("Point on the map"), validators=[Optional()])
    longitude = DegreesField(lazy_gettext("Point on the map"), validators=[Optional()])

    def offer_buurten(self, wijken: Sequence[Any], buurten: Sequence[Any]) -> None:
        """Offer these buurten, each under its wijk."""
        self.buurt_code.choices = [SelectChoice(value="", label=lazy_gettext("I do not know"))] + [
            SelectChoice(value=buurt.code, label=buurt.name, optgroup=wijk.name)
            for wijk in wijken
            for buurt in buurten
            if buurt.parent_code == wijk.code
        ]


class WhereForm(PotForm, PlaceForm):
    """Where it is, and with that of which money it is paid."""
