"""Forms of who keeps the register and helps voters."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from buurtbegroting.web.forms import Form, OnceForm


class RegisterFileForm(OnceForm):
    """A file with voters."""

    file = FileField(
        lazy_gettext("The file with voters"),
        description=lazy_gettext(
            "CSV or XLSX, at most 20,000 lines. The columns: kenmerk, naam, straat, huisnummer, postcode, plaats. "
            "May be there too: toevoeging, taal (nl, en), grote letters (ja, nee), brief (ja, nee), identiteit."
        ),
        validators=[FileRequired(lazy_gettext("Choose a file."))],
    )


class LettersForm(OnceForm):
    """To whom the letters are encrypted."""

    certificate = TextAreaField(
        lazy_gettext("The certificate of the printer"),
        description=lazy_gettext(
            "It begins with -----BEGIN CERTIFICATE-----. Only who has the key that belongs to it can open the letters."
        ),
        validators=[DataRequired(lazy_gettext("Paste the certificate of the printer.")), Length(max=8_000)],
    )


class FindVoterForm(Form):
    """Whom a help desk looks for."""

    reference = StringField(
        lazy_gettext("Reference"),
        description=lazy_gettext("It stands at the foot of the letter."),
        validators=[Optional(), Length(max=60)],
    )
    postcode = StringField(lazy_gettext("Postcode"), validators=[Optional(), Length(max=10)])
    house_number = StringField(lazy_gettext("House number with addition"), validators=[Optional(), Length(max=20)])


class StrikeForm(OnceForm):
    """Why somebody may not vote."""

    reason = StringField(
        lazy_gettext("Why may this person not vote?"),
        description=lazy_gettext("For example: moved before the reference date. Do not write more than is needed."),
        validators=[DataRequired(lazy_gettext("Say why this person may not vote.")), Length(max=200)],
    )


class ProxyForm(OnceForm):
    """Who votes for somebody."""

    reference = StringField(
        lazy_gettext("The reference of who is going to vote"),
        validators=[DataRequired(lazy_gettext("Fill in the reference of another voter.")), Length(max=60)],
    )
