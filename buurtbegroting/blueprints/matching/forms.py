"""What people fill in about needs and offers."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from buurtbegroting.web.forms import WEB_ADDRESS, CheckboxesField, EditForm, OnceForm, offered, sayable

from .actions.brokering import FundWords
from .actions.placing import Words
from .states import DAYS, KINDS, PARTS, Kind

TOO_LONG = lazy_gettext("This is too long. At most %(max)d signs fit.")
EMPTY_IS_FINE = lazy_gettext("You may leave this empty.")
YES_OR_NO = {"ja": lazy_gettext("Yes"), "nee": lazy_gettext("No")}
LASTED = {
    "ja": lazy_gettext("Yes, it goes on or it was enough"),
    "deels": lazy_gettext("Partly"),
    "nee": lazy_gettext("No"),
}


def _long(label: object, description: object, needed: object, most: int = 3000) -> TextAreaField:
    asked = [DataRequired(needed), Length(max=most, message=TOO_LONG)]
    return TextAreaField(label, description=description, validators=asked)


class WordsForm(EditForm):
    """What is asked or offered, where and when."""

    kind = RadioField(
        lazy_gettext("What kind of help?"),
        choices=lambda: sayable(KINDS),
        validators=[InputRequired(lazy_gettext("Choose a kind of help."))],
    )
    title = StringField(
        lazy_gettext("Say it in a few words"),
        description=lazy_gettext("For example: a hall with a kitchen, on Saturdays."),
        validators=[DataRequired(lazy_gettext("Say it in a few words.")), Length(max=120, message=TOO_LONG)],
    )
    what = _long(
        lazy_gettext("Tell more about it"),
        lazy_gettext("Do not write names, telephone numbers or addresses here. We pass messages on for you."),
        lazy_gettext("Tell a little about it."),
    )
    wijk = SelectField(lazy_gettext("In which wijk?"), validators=[Optional()])
    from_on = DateField(lazy_gettext("From which day?"), description=EMPTY_IS_FINE, validators=[Optional()])
    until_on = DateField(lazy_gettext("Until which day?"), description=EMPTY_IS_FINE, validators=[Optional()])
    days = CheckboxesField(
        lazy_gettext("On which days?"),
        description=lazy_gettext("Tick nothing if every day is fine."),
        choices=lambda: sayable(DAYS),
    )
    parts = CheckboxesField(
        lazy_gettext("At what time of the day?"),
        description=lazy_gettext("Tick nothing if every time is fine."),
        choices=lambda: sayable(PARTS),
    )
    lapses_on = DateField(
        lazy_gettext("How long may it stand here?"),
        description=lazy_gettext("Leave this empty for three months. You can let it stand longer later."),
        validators=[Optional()],
    )

    def offer(self, wijken: Mapping[str, str]) -> None:
        """Offer the wijken."""
        self.wijk.choices = offered({"": lazy_gettext("The whole municipality")} | dict(wijken))

    @property
    def words(self) -> Words:
        """What was filled in."""
        return Words(
            kind=Kind(self.kind.data),
            title=self.title.data,
            what=self.what.data,
            wijk_code=self.wijk.data or None,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            days=tuple(self.days.data or ()),
            parts=tuple(self.parts.data or ()),
            lapses_on=self.lapses_on.data,
        )


class PlaceForm(WordsForm):
    """A new need or offer, and whose it is."""

    whose = RadioField(lazy_gettext("For whom?"), validators=[InputRequired(lazy_gettext("Choose for whom."))])
    shown_as = StringField(
        lazy_gettext("Under which name may it stand here?"),
        description=lazy_gettext('Only if you offer something yourself. Empty: "a resident".'),
        validators=[Length(max=80, message=TOO_LONG)],
    )
    knows_limits = BooleanField(lazy_gettext("I have read what volunteers may not do"))


class EnterForm(WordsForm):
    """A need or an offer that a broker enters for somebody."""

    name = StringField(
        lazy_gettext("Name"),
        description=lazy_gettext("Only brokers see the name and the telephone number. They are kept encrypted."),
        validators=[DataRequired(lazy_gettext("Fill in the name.")), Length(max=120, message=TOO_LONG)],
    )
    phone = StringField(
        lazy_gettext("Telephone number"),
        validators=[DataRequired(lazy_gettext("Fill in the telephone number.")), Length(max=40, message=TOO_LONG)],
        render_kw={"size": 16},
    )


class AskForm(OnceForm):
    """Asking to get in touch."""

    own = RadioField(
        lazy_gettext("From which of yours do you ask?"),
        validators=[InputRequired(lazy_gettext("Choose from which of yours you ask."))],
    )
    message = _long(
        lazy_gettext("Your message"),
        lazy_gettext("The other reads this at once. Say who you are as a group, and what you would like."),
        lazy_gettext("Write something."),
        2000,
    )
    contact = StringField(
        lazy_gettext("How can the other reach you?"),
        description=lazy_gettext(
            "For example your first name and e-mail address. The other gets this only after a yes."
        ),
        validators=[DataRequired(lazy_gettext("Say how you can be reached.")), Length(max=200, message=TOO_LONG)],
    )


class AnswerForm(OnceForm):
    """Saying yes or no to somebody who wants to get in touch."""

    answer = RadioField(
        lazy_gettext("Do you want to get in touch?"),
        choices=lambda: offered(YES_OR_NO),
        validators=[InputRequired(lazy_gettext("Choose yes or no."))],
    )
    contact = StringField(
        lazy_gettext("How can the other reach you?"),
        description=lazy_gettext("Only if you say yes. We send it to the other and do not keep it."),
        validators=[Length(max=200, message=TOO_LONG)],
    )
    block = BooleanField(lazy_gettext("I want no more questions of this person"))


class NoteForm(EditForm):
    """What brokers should know."""

    notes = TextAreaField(
        lazy_gettext("Notes"),
        description=lazy_gettext("Only brokers read this. Write only what is needed to find somebody."),
        validators=[Length(max=3000, message=TOO_LONG)],
    )


class LastingForm(OnceForm):
    """Whether a match lasted."""

    lasted = RadioField(
        lazy_gettext("Did it last?"),
        choices=lambda: offered(LASTED),
        validators=[InputRequired(lazy_gettext("Choose an answer."))],
    )
    again = RadioField(
        lazy_gettext("Would you do it again?"),
        choices=lambda: offered(YES_OR_NO),
        validators=[InputRequired(lazy_gettext("Choose an answer."))],
    )


class FundForm(EditForm):
    """A fund on the list."""

    name = StringField(
        lazy_gettext("Name"), validators=[DataRequired(lazy_gettext("Fill in the name.")), Length(max=120)]
    )
    for_what = _long(lazy_gettext("What is it for?"), "", lazy_gettext("Say what it is for."))
    how_much = StringField(lazy_gettext("How much?"), description=EMPTY_IS_FINE, validators=[Length(max=200)])
    term = StringField(
        lazy_gettext("Until when can one apply, and when is the answer there?"),
        description=EMPTY_IS_FINE,
        validators=[Length(max=200)],
    )
    address = StringField(
        lazy_gettext("Web address"),
        validators=[DataRequired(lazy_gettext("Fill in the web address.")), Length(max=200), WEB_ADDRESS],
    )
    checked_on = DateField(
        lazy_gettext("On which day did you check this?"), validators=[InputRequired(lazy_gettext("Fill in the day."))]
    )

    @property
    def words(self) -> FundWords:
        """What was filled in."""
        names = ("name", "for_what", "how_much", "term", "address", "checked_on")
        return FundWords(**{name: self[name].data for name in names})
