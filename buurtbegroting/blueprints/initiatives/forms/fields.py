"""What the forms of groups and of officials have in common."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, Optional

TOO_LONG = lazy_gettext("This is too long. At most %(max)d signs fit.")


def long_text(label: object, description: object, most: int, needed: object = None) -> TextAreaField:
    """Return a field for a longer text; with ``needed`` it cannot be left empty."""
    first = DataRequired(needed) if needed else Optional()
    return TextAreaField(label, description=description, validators=[first, Length(max=most, message=TOO_LONG)])
