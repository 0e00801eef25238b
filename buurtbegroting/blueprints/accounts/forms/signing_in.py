"""Forms on the way in."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from buurtbegroting.web.forms import Form, untouched

from .fields import email_field

CODE_ERROR = lazy_gettext("Fill in the six digits.")
PASSWORD_ERROR = lazy_gettext("Fill in your password.")


class AskForLinkForm(Form):
    """An address to which we mail a link and a code."""

    email = email_field(lazy_gettext("Your e-mail address"))
    next = HiddenField()


class CodeForm(Form):
    """Six digits from a mail."""

    code = StringField(
        lazy_gettext("The six digits in the mail"),
        validators=[DataRequired(CODE_ERROR), Length(max=20, message=CODE_ERROR)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 8},
    )


class SecondFactorForm(Form):
    """A code of the app, or a recovery code."""

    code = StringField(
        lazy_gettext("The code of your app"),
        description=lazy_gettext("Lost your phone? Then fill in one of your recovery codes."),
        validators=[DataRequired(CODE_ERROR), Length(max=20, message=CODE_ERROR)],
        render_kw={"autocomplete": "one-time-code", "size": 14},
    )
    next = HiddenField()


class PasswordForm(Form):
    """Address and password."""

    email = email_field(lazy_gettext("Your e-mail address"))
    password = PasswordField(
        lazy_gettext("Your password"),
        filters=[untouched],
        validators=[DataRequired(PASSWORD_ERROR), Length(max=200, message=PASSWORD_ERROR)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ChoosePasswordForm(Form):
    """A new password."""

    password = PasswordField(
        lazy_gettext("Your new password"),
        description=lazy_gettext("At least 12 signs. Four words that do not belong together are easy to remember."),
        filters=[untouched],
        validators=[DataRequired(lazy_gettext("Fill in a new password.")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(ChoosePasswordForm):
    """A new password, with the present one."""

    former = PasswordField(
        lazy_gettext("Your present password"),
        filters=[untouched],
        validators=[Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
