"""Finding one's wijk by postcode: the form that every page with such a question asks with."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, NumberRange, Optional, Regexp

from .forms import OpenForm


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
