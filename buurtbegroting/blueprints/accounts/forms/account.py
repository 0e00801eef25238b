"""Forms about oneself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from buurtbegroting.web.forms import EditForm, Form, OnceForm, offered, sayable

from ..wishes import ADULT_AGE, CHANNELS, RHYTHMS
from .fields import email_field, wijken_offered

LANGUAGES = {"nl": "Nederlands", "en": "English"}


def lines_of(text: str | None) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in re.split(r"[\r\n]+", text or "") if line.strip()]


class PersonForm(Form):
    """Who somebody is to others."""

    name = StringField(
        lazy_gettext("What may we call you?"),
        description=lazy_gettext("Others see this with your plans. A first name is enough."),
        validators=[
            DataRequired(lazy_gettext("Fill in a name, for example your first name.")),
            Length(max=80, message=lazy_gettext("Keep it to 80 signs.")),
        ],
        render_kw={"autocomplete": "nickname"},
    )
    wijk_code = SelectField(
        lazy_gettext("In which wijk do you live?"),
        description=lazy_gettext("We use this to show what happens near you."),
        validators=[Optional()],
    )
    age = RadioField(
        lazy_gettext("How old are you?"),
        choices=offered(
            {
                "adult": lazy_gettext("16 or older"),
                "child": lazy_gettext("12 to 15"),
                "young": lazy_gettext("Younger than 12"),
            }
        ),
        validators=[DataRequired(lazy_gettext("Choose how old you are."))],
    )

    def offer(self, wijken: Sequence[Any]) -> None:
        """Offer these wijken to choose from."""
        self.wijk_code.choices = wijken_offered(lazy_gettext("I do not want to say"), wijken)

    def validate_age(self, field: Any) -> None:
        """Refuse who is too young, with what they can do instead."""
        if field.data == "young":
            raise ValidationError(lazy_gettext("You have to be 12 for an account. Ask a grown-up to help you."))

    def born_in(self, this_year: int, known: int | None = None) -> int | None:
        """Return a year of birth that is kept of a child only: the latest one, so that it is kept shortest."""
        if self.age.data != "child":
            return None
        return known or this_year - ADULT_AGE + 1


class RegisterForm(OnceForm, PersonForm):
    """A new account."""

    agrees = BooleanField(
        lazy_gettext("I have read how you use my data."),
        validators=[DataRequired(lazy_gettext("Tick that you have read it."))],
    )


class AccountForm(PersonForm, EditForm):
    """What somebody may change about themselves."""

    language = SelectField(lazy_gettext("In which language do we write to you?"), choices=offered(LANGUAGES))


class NoticesForm(Form):
    """How and how often somebody hears from us."""

    channel = RadioField(
        lazy_gettext("How do you want to hear from us?"),
        choices=sayable(CHANNELS),
        validators=[DataRequired(lazy_gettext("Choose how you want to hear from us."))],
    )
    rhythm = RadioField(
        lazy_gettext("How often?"),
        choices=sayable(RHYTHMS),
        validators=[DataRequired(lazy_gettext("Choose how often."))],
    )
    address = TextAreaField(
        lazy_gettext("Your name and address, as on an envelope"),
        description=lazy_gettext("Only for letters. We keep it locked, and only as long as you want letters."),
        validators=[Length(max=300, message=lazy_gettext("Keep it to 300 signs."))],
        render_kw={"autocomplete": "street-address"},
    )

    def lines(self) -> list[str]:
        """Return the address, a line per line."""
        return lines_of(self.address.data)


class EmailForm(Form):
    """Another address."""

    email = email_field(lazy_gettext("Your new e-mail address"))


class ForgetForm(Form):
    """The word that keeps a finger from slipping."""

    sure = BooleanField(
        lazy_gettext("Yes, forget everything about me"),
        validators=[DataRequired(lazy_gettext("Tick that you are sure."))],
    )


class ButtonForm(Form):
    """A button and nothing else."""
