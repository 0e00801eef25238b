"""Forms of following, news and talk."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web import subjects
from buurtbegroting.web.forms import EditForm, Form, OnceForm, offered, sayable
from buurtbegroting.web.i18n import say

from .models import Stance

STANCES = {
    Stance.NEUTRAL: _r("Something else"),
    Stance.FOR: _r("I am for it"),
    Stance.AGAINST: _r("I am against it"),
    Stance.QUESTION: _r("I have a question"),
}
LONGEST = 2000


class NewsForm(EditForm):
    """A piece of news."""

    subject = SelectField(
        lazy_gettext("What is it about?"),
        description=lazy_gettext("Who follows this gets a message."),
    )
    title = StringField(
        lazy_gettext("Title"),
        validators=[
            DataRequired(lazy_gettext("Fill in a title.")),
            Length(max=120, message=lazy_gettext("Keep it to 120 signs.")),
            Regexp(r"[^\r\n\x00]*\Z", message=lazy_gettext("Keep it on one line.")),
        ],
    )
    body = TextAreaField(
        lazy_gettext("Text"),
        description=lazy_gettext(
            "Leave a line empty for a new paragraph. A line with ## before it is a heading, with - before it a point of"
            " a list."
        ),
        validators=[
            DataRequired(lazy_gettext("Fill in a text.")),
            Length(max=10_000, message=lazy_gettext("Keep it to 10,000 signs.")),
        ],
    )
    sender = StringField(
        lazy_gettext("From whom is it?"),
        description=lazy_gettext("A team or department, for example: Team wijken."),
        validators=[DataRequired(lazy_gettext("Fill in from whom it is.")), Length(max=80)],
    )

    def offer(self) -> None:
        """Offer every subject there is to choose from, by kind."""
        kinds = subjects.kinds()
        self.subject.choices = offered(
            {
                f"{each.kind}/{each.key}": f"{say(kinds[kind].title)}: {each.title}"
                for kind, found in subjects.choices().items()
                for each in found
            }
        )


def _words(label: object) -> TextAreaField:
    return TextAreaField(
        label,
        validators=[
            DataRequired(lazy_gettext("Fill in what you want to say.")),
            Length(max=LONGEST, message=lazy_gettext("Keep it to 2,000 signs.")),
        ],
    )


class CommentForm(OnceForm):
    """Something to say. ``website`` is a field that no person sees; programs that fill in everything fill it in."""

    stance = RadioField(lazy_gettext("What do you want to say?"), choices=sayable(STANCES), default=Stance.NEUTRAL)
    body = _words(lazy_gettext("Your words"))
    as_municipality = BooleanField(
        lazy_gettext("As an answer by the municipality"),
        description=lazy_gettext("In an answer by the municipality, a line with - before it is a point of a list."),
    )
    website = StringField(lazy_gettext("Leave this empty"))

    def validate_website(self, field: StringField) -> None:
        """Refuse what only a program fills in."""
        if field.data:
            raise ValidationError(lazy_gettext("Leave this empty"))


class ChangeCommentForm(EditForm):
    """Other words for what somebody said."""

    body = _words(lazy_gettext("Your words"))


class ReportAbuseForm(Form):
    """Why something cannot stay."""

    why = TextAreaField(
        lazy_gettext("Why can this not stay?"),
        validators=[
            DataRequired(lazy_gettext("Fill in why.")),
            Length(max=500, message=lazy_gettext("Keep it to 500 signs.")),
        ],
    )


class HideForm(Form):
    """Why something is hidden."""

    reason = TextAreaField(
        lazy_gettext("Why do you hide this?"),
        description=lazy_gettext("The author reads this, and may answer it once."),
        validators=[Length(max=500, message=lazy_gettext("Keep it to 500 signs."))],
    )


class ObjectionForm(Form):
    """An answer to why something was hidden."""

    words = TextAreaField(
        lazy_gettext("Your answer"),
        validators=[
            DataRequired(lazy_gettext("Fill in what you want to say.")),
            Length(max=1000, message=lazy_gettext("Keep it to 1,000 signs.")),
        ],
    )


class DescribeForm(Form):
    """Other words for what is on a photo or in a PDF."""

    text = StringField(
        lazy_gettext("What do you see on it?"),
        validators=[
            DataRequired(lazy_gettext("Say what you see on it.")),
            Length(max=300, message=lazy_gettext("Keep it to %(max)d signs.")),
        ],
    )


class HideAttachmentForm(Form):
    """Why a photo or PDF is hidden."""

    reason = TextAreaField(
        lazy_gettext("Why do you hide this?"),
        validators=[Length(max=500, message=lazy_gettext("Keep it to 500 signs."))],
    )
