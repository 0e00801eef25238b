"""What is asked about support on paper."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from buurtbegroting.web.forms import OnceForm

from .lines import ONE_LINE, TOO_LONG


class SupportListForm(OnceForm):
    """How many signatures stand on a list."""

    valid = IntegerField(
        lazy_gettext("How many signatures count?"),
        validators=[InputRequired(lazy_gettext("Fill in a number.")), NumberRange(0, 100_000)],
    )
    refused = IntegerField(
        lazy_gettext("How many do not count?"),
        validators=[InputRequired(lazy_gettext("Fill in a number.")), NumberRange(0, 100_000)],
        default=0,
    )
    reason = StringField(
        lazy_gettext("Why do these not count?"),
        description=lazy_gettext("For example: not from this wijk, signed twice. Everybody can read this."),
        validators=[Length(max=300, message=TOO_LONG), ONE_LINE],
    )
