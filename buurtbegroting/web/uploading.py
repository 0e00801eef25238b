"""Sending a photo or PDF: the form that every subject with an album asks with."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from .forms import OnceForm

# A file of 8 MB and the rest of its form.
MOST_TO_SEND = 9 * 1024 * 1024


class AttachmentForm(OnceForm):
    """A photo or PDF with what is on it."""

    file = FileField(
        lazy_gettext("Which photo or PDF?"),
        description=lazy_gettext("A JPEG, PNG, WebP or PDF of at most 8 MB."),
        validators=[FileRequired(lazy_gettext("Choose a photo or PDF."))],
    )
    text = StringField(
        lazy_gettext("What do you see on it?"),
        description=lazy_gettext("In one sentence, for people who cannot see it. Do not name anybody."),
        validators=[
            DataRequired(lazy_gettext("Say what you see on it.")),
            Length(max=300, message=lazy_gettext("Keep it to %(max)d signs.")),
        ],
    )
