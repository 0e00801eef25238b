"""What is asked of who wants to make two plans one, and of who says no to it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from buurtbegroting.web.forms import EurosField, OnceForm, offered

from .lines import ONE_LINE, TOO_LONG

# What may read otherwise; the rest is of the plan that stays.
REWRITTEN = ("title", "summary", "what", "why", "for_whom", "cost_cents")
AS_IT_IS = lazy_gettext("Leave this empty to keep what stands in the plan that stays.")


def _text(label: object, longest: int) -> TextAreaField:
    return TextAreaField(label, description=AS_IT_IS, validators=[Optional(), Length(max=longest, message=TOO_LONG)])


class MergeForm(OnceForm):
    """Which of the two plans stays, why, and how it reads then."""

    other = HiddenField()
    stays = RadioField(
        lazy_gettext("Which plan stays?"),
        description=lazy_gettext("The other one goes into it. Its page stays to be read."),
        validators=[InputRequired(lazy_gettext("Say which plan stays."))],
    )
    message = TextAreaField(
        lazy_gettext("What do you want to say to the others?"),
        description=lazy_gettext("Why is it better together? Only the makers of both plans and officials read this."),
        validators=[Length(max=500, message=TOO_LONG)],
    )
    title = StringField(
        lazy_gettext("What is the plan called then?"),
        description=AS_IT_IS,
        validators=[Length(max=100, message=TOO_LONG), ONE_LINE],
    )
    summary = _text(lazy_gettext("What is it, in one or two sentences?"), 300)
    what = _text(lazy_gettext("What do you want?"), 5000)
    why = _text(lazy_gettext("Why is this good for the neighbourhood?"), 5000)
    for_whom = _text(lazy_gettext("For whom is it?"), 2000)
    cost_cents = EurosField(
        lazy_gettext("How much money do you ask, about?"), description=AS_IT_IS, validators=[Optional()]
    )

    def offer(self, this: Any, other: Any) -> None:
        """Offer the two plans to choose from."""
        self.stays.choices = offered({each.number: f"{each.title} ({each.number})" for each in (this, other)})

    @property
    def rewritten(self) -> dict[str, Any]:
        """What would read otherwise; a new amount takes the place of lines that no longer add up to it."""
        kept = {name: self[name].data for name in REWRITTEN if self[name].data not in (None, "")}
        return kept | ({"cost_lines": []} if "cost_cents" in kept else {})


class NoForm(OnceForm):
    """Why somebody says no, if they want to say."""

    reason = StringField(
        lazy_gettext("Do you want to say why?"),
        description=lazy_gettext("The makers of both plans read this. You may leave this empty."),
        validators=[Length(max=500, message=TOO_LONG), ONE_LINE],
    )


class ConsentForm(OnceForm):
    """How an author who does not come to the site agreed."""

    note = StringField(
        lazy_gettext("How did they agree?"),
        description=lazy_gettext("For example: by telephone on 3 March, after the text was read aloud."),
        validators=[
            DataRequired(lazy_gettext("Say how the author agreed: when, and to whom.")),
            Length(max=500, message=TOO_LONG),
            ONE_LINE,
        ],
    )
