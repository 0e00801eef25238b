"""Forms of the booth: a code, and what was filled in before a ticket ended."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from buurtbegroting.web.forms import Form, OpenForm

from .marks import POINTS, TICK


class CodeForm(Form):
    """The code of a letter."""

    code = StringField(
        lazy_gettext("Your code"),
        description=lazy_gettext("It is in your letter: four times four letters and figures. Small letters are fine."),
        validators=[DataRequired(lazy_gettext("Fill in the code from your letter.")), Length(max=60)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class CheckForm(OpenForm):
    """What somebody wants to look up on the board: the number on a receipt, or a whole own copy."""

    copy = TextAreaField(
        lazy_gettext("The check number on your receipt, or all of your own copy"),
        description=lazy_gettext("The check number has 64 figures and letters. You can also paste your own copy here."),
        validators=[DataRequired(lazy_gettext("Fill in what is on your receipt.")), Length(max=20_000)],
    )


@dataclass(frozen=True)
class KeptChoice:
    """What was filled in for a pot when the ticket ended; it stands in the page alone, until its voter is back."""

    position: int
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of_request(cls) -> KeptChoice | None:
        """Return what this request carries along."""
        sent = flask.request.form
        place = sent.get("pot", "")
        if not place.isdecimal() or len(place) > 4:
            return None
        fields = tuple(
            (name, value) for name, value in sent.items(multi=True) if name == TICK or name.startswith(POINTS)
        )
        return cls(int(place), fields)
