"""The form that leads from an address to its wijk, and the one with what residents see of the municipality."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from buurtbegroting.web.forms import Form, OpenForm


def _without_spaces(value: str | None) -> str:
    return re.sub(r"\s", "", value or "").upper()


class FindAreaForm(OpenForm):
    """Postcode and house number; nothing of it is kept."""

    postcode = StringField(
        lazy_gettext("What is your postcode?"),
        description=lazy_gettext("For example 1199 AB. We do not keep this."),
        filters=[_without_spaces],
        validators=[
            DataRequired(lazy_gettext("Fill in your postcode, for example 1199 AB.")),
            Regexp(r"[1-9][0-9]{3}[A-Z]{2}\Z", message=lazy_gettext("Fill in your postcode, for example 1199 AB.")),
        ],
        render_kw={"autocomplete": "postal-code", "size": 8},
    )
    house_number = IntegerField(
        lazy_gettext("House number (if you like)"),
        validators=[
            Optional(),
            NumberRange(1, 99999, lazy_gettext("Fill in only the number, for example 12.")),
        ],
        render_kw={"inputmode": "numeric", "size": 5},
    )


def _colour(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=7)], render_kw={"placeholder": "#0b4a57", "size": 8})


class SettingsForm(Form):
    """What residents see of the municipality on every page."""

    name = StringField(
        lazy_gettext("Name of the municipality"),
        validators=[DataRequired(lazy_gettext("Fill in a name.")), Length(max=120)],
    )
    phone = StringField(
        lazy_gettext("Number for help"),
        description=lazy_gettext("Stands on every page. For example 14 0199."),
        validators=[Length(max=40)],
    )
    phone_hours = StringField(lazy_gettext("When somebody answers"), validators=[Length(max=200)])
    counter = TextAreaField(lazy_gettext("Where people can come for help"), validators=[Length(max=300)])
    dark = _colour(lazy_gettext("Main colour, dark"))
    signal = _colour(lazy_gettext("Signal colour, light"))
    version = HiddenField()

    # The fields of colours, and the colours of the theme that they set.
    COLOURS = {"dark": "brand-700", "signal": "signal"}

    def colours(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the whole theme: what was known, with what was filled in here; an empty field takes a colour away."""
        others = {name: value for name, value in known.items() if name not in self.COLOURS.values()}
        return others | {name: self[field].data for field, name in self.COLOURS.items() if self[field].data}
