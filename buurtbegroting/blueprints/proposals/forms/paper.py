"""The form on paper, as who types it over fills it in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import OnceForm, offered, sayable

from .costs import CostForm
from .lines import ONE_LINE, TOO_LONG
from .place import WhereForm
from .plan import CarrierForm, ForWhomForm, NameForm, ThemeForm, WhatForm, WhyForm

HEARS = {
    "mail": _r("By e-mail"),
    "letter": _r("By letter"),
    "not": _r("Not at all"),
}


def _needed_for_mail(form: Any, field: Any) -> None:
    if form.hears.data != "mail":
        return
    try:
        validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError as error:
        raise ValidationError(gettext("Fill in the e-mail address of the author.")) from error


def _needed_for_letters(form: Any, field: Any) -> None:
    if form.hears.data == "letter" and not form.lines:
        raise ValidationError(gettext("Fill in the name and address for letters."))


class PaperForm(OnceForm, NameForm, WhatForm, WhyForm, ForWhomForm, WhereForm, ThemeForm, CostForm, CarrierForm):
    """Everything that stands on the form on paper, and how its author hears from us."""

    came_in_on = DateField(
        lazy_gettext("On which day did the form come in?"),
        description=lazy_gettext("The day on which we got it, not the day on which you type it over."),
        validators=[InputRequired(lazy_gettext("Fill in the day."))],
    )
    author = StringField(
        lazy_gettext("Which name stands on the page?"),
        description=lazy_gettext(
            "As the author wrote it. Of somebody younger than 16 only the first name. Leave this empty for no name."
        ),
        validators=[Length(max=80, message=TOO_LONG), ONE_LINE],
        render_kw={"autocomplete": "off"},
    )
    wijk_code = SelectField(lazy_gettext("In which wijk does the author live?"), validators=[Optional()])
    is_old_enough = BooleanField()
    hears = RadioField(
        lazy_gettext("How does the author want to hear from us?"),
        choices=sayable(HEARS),
        validators=[InputRequired(lazy_gettext("Say how the author wants to hear from us."))],
    )
    email = StringField(
        lazy_gettext("E-mail address of the author"),
        description=lazy_gettext("Only for who wants mail. With it the author can also sign in and change the plan."),
        validators=[Length(max=254, message=TOO_LONG), ONE_LINE, _needed_for_mail],
        render_kw={"autocomplete": "off", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"},
    )
    letters = TextAreaField(
        lazy_gettext("Name and address for letters"),
        description=lazy_gettext("Only for who wants letters. As on an envelope."),
        validators=[Length(max=300, message=TOO_LONG), _needed_for_letters],
        render_kw={"autocomplete": "off"},
    )

    @property
    def lines(self) -> list[str]:
        """The address for letters, a line per line."""
        return [line.strip() for line in re.split(r"[\r\n]+", self.letters.data or "") if line.strip()]

    @property
    def says_old_enough(self) -> bool:
        """Whether the form on paper says that the author is as old as is asked."""
        return "is_old_enough" in self and bool(self.is_old_enough.data)

    def ask_author(self, wijken: Sequence[Any], age: int) -> None:
        """Offer these wijken, and ask whether the author is this old, if the rules ask for it."""
        self.wijk_code.choices = offered({"": lazy_gettext("Not known")} | {each.code: each.name for each in wijken})
        if age:
            self.is_old_enough.label.text = lazy_gettext("The author is %(age)s years or older.", age=age)
        else:
            del self.is_old_enough
