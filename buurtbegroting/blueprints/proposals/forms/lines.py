"""What every answer in words keeps to."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms.validators import Regexp

TOO_LONG = lazy_gettext("Keep it to %(max)d signs.")
ONE_LINE = Regexp(r"[^\r\n\x00]*\Z", message=lazy_gettext("Keep it on one line."))
