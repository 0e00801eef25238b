"""Forms of a neighbourhood worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from buurtbegroting.web.forms import Form, OnceForm

from .account import lines_of
from .fields import email_field, wijken_offered


class KnownPersonForm(Form):
    """Somebody with an account, who says their address aloud."""

    email = email_field(lazy_gettext("The e-mail address of the resident"))


class UnknownPersonForm(OnceForm):
    """Somebody without an e-mail address."""

    name = StringField(
        lazy_gettext("What is the resident called?"),
        validators=[DataRequired(lazy_gettext("Fill in a name.")), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    wijk_code = SelectField(lazy_gettext("In which wijk?"), validators=[Optional()])
    address = TextAreaField(
        lazy_gettext("Name and address for letters, if the resident wants those"),
        validators=[Length(max=300, message=lazy_gettext("Keep it to 300 signs."))],
        render_kw={"autocomplete": "off"},
    )

    def offer(self, wijken: Sequence[Any]) -> None:
        """Offer these wijken to choose from."""
        self.wijk_code.choices = wijken_offered(lazy_gettext("I do not want to say"), wijken)

    def lines(self) -> list[str]:
        """Return the address, a line per line."""
        return lines_of(self.address.data)
