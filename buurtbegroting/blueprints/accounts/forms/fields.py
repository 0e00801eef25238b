"""Fields that several forms have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext
from wtforms import SelectChoice, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from buurtbegroting.web.forms import offered

EMAIL_HINT = lazy_gettext("For example naam@voorbeeld.nl.")
EMAIL_ERROR = lazy_gettext("Fill in your e-mail address, for example naam@voorbeeld.nl.")


def _is_email(_form: Any, field: Any) -> None:
    try:
        validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError as error:
        raise ValidationError(EMAIL_ERROR) from error


def email_field(label: Any, hint: Any = EMAIL_HINT) -> StringField:
    """Return a field for an e-mail address."""
    return StringField(
        label,
        description=hint,
        validators=[DataRequired(EMAIL_ERROR), Length(max=254, message=EMAIL_ERROR), _is_email],
        render_kw={"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"},
    )


def wijken_offered(none: Any, wijken: Sequence[Any]) -> list[SelectChoice]:
    """Return the choices of a wijk, after the one for no wijk."""
    return offered({"": none} | {wijk.code: wijk.name for wijk in wijken})
