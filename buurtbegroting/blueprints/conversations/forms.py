"""Forms of following and news."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from buurtbegroting.web import subjects
from buurtbegroting.web.forms import OnceForm, offered
from buurtbegroting.web.i18n import say


class NewsForm(OnceForm):
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
    version = HiddenField()

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
