"""What the forms of this slice have in common."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

TOO_LONG = lazy_gettext("This is too long. At most %(max)d signs fit.")
MAY_BE_EMPTY = lazy_gettext("You may leave this empty.")


def short_text(label: object, most: int, needed: object = None, description: object = "") -> StringField:
    """Return a field for one line; with ``needed`` it cannot be left empty."""
    first = DataRequired(needed) if needed else Optional()
    return StringField(label, description=description, validators=[first, Length(max=most, message=TOO_LONG)])


def long_text(label: object, description: object = "", needed: object = None, most: int = 5000) -> TextAreaField:
    """Return a field for a longer text; with ``needed`` it cannot be left empty."""
    first = DataRequired(needed) if needed else Optional()
    return TextAreaField(label, description=description, validators=[first, Length(max=most, message=TOO_LONG)])
