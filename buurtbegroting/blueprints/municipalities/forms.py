"""Forms with what residents see of the municipality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import DataRequired, Length, Optional

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import WEB_ADDRESS, CheckboxesField, EditForm, Form, sayable

# What the letters of the public register mean (Besluit digitale toegankelijkheid overheid).
STATUS_WORDS = {
    "A": _r("A: these pages meet all demands"),
    "B": _r("B: these pages meet part of the demands, and what is left is known and planned"),
    "C": _r("C: the first steps were taken"),
    "D": _r("D: these pages do not meet the demands yet"),
}


def _colour(label: Any) -> StringField:
    return StringField(label, validators=[Length(max=7)], render_kw={"placeholder": "#0b4a57", "size": 8})


class SettingsForm(EditForm):
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

    # The fields of colours, and the colours of the theme that they set.
    COLOURS = {"dark": "brand-700", "signal": "signal"}

    def colours(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the whole theme: what was known, with what was filled in here; an empty field takes a colour away."""
        others = {name: value for name, value in known.items() if name not in self.COLOURS.values()}
        return others | {name: self[field].data for field, name in self.COLOURS.items() if self[field].data}


class PracticesForm(Form):
    """Which practices a municipality uses."""

    used = CheckboxesField(
        lazy_gettext("What do you use?"),
        description=lazy_gettext("What you do not tick disappears from the site. What stands in it is kept."),
    )
    is_moderated_before = BooleanField(
        lazy_gettext("Look at everything that residents say before others can read it"),
        description=lazy_gettext(
            "Without this, only somebody's first words and what looks like advertising wait for who moderates."
        ),
    )


class TermForm(Form):
    """How long something takes here."""

    length = IntegerField(
        lazy_gettext("How long?"),
        validators=[DataRequired(lazy_gettext("Fill in a number, for example 6."))],
        render_kw={"inputmode": "numeric", "size": 4},
    )
    named_source = StringField(
        lazy_gettext("Where does this come from?"),
        description=lazy_gettext("For example: Verordening buurtbudgetten, article 4."),
        validators=[Length(max=200)],
    )


class OwnTextForm(EditForm):
    """A text in the municipality's own words."""

    body = TextAreaField(
        lazy_gettext("Text"),
        description=lazy_gettext(
            "Leave a line empty for a new paragraph. A line with ## before it is a heading, with - before it a point of"
            " a list."
        ),
        validators=[Length(max=20_000, message=lazy_gettext("Keep it to 20,000 signs."))],
    )


class AccessibilityForm(Form):
    """What the public register of accessibility says of these pages."""

    status = SelectField(
        lazy_gettext("Status in the register"),
        choices=sayable({"": _r("Not in the register yet")} | STATUS_WORDS),
    )
    register = URLField(
        lazy_gettext("Address in the register"),
        description=lazy_gettext("For example https://www.toegankelijkheidsverklaring.nl/register/1234"),
        validators=[Optional(), WEB_ADDRESS],
    )
    report = URLField(
        lazy_gettext("Address of the report"),
        validators=[Optional(), WEB_ADDRESS],
    )
    checked_on = DateField(lazy_gettext("Looked at on"), validators=[Optional()])
