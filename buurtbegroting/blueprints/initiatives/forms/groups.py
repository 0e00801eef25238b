"""What groups fill in."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import WEB_ADDRESS, EditForm, OnceForm, offered, sayable

from ..actions.writing import About, Happened
from ..states import Stage
from .fields import TOO_LONG, long_text

NUMBER = {"inputmode": "numeric", "size": 6}
AN_IDEA = Stage.IDEA.value
STAGES = {
    Stage.IDEA: _r("It is an idea"),
    Stage.STARTING: _r("We are starting"),
    Stage.ACTIVE: _r("We are at work"),
    Stage.INDEPENDENT: _r("We stand on our own feet"),
    Stage.ENDED: _r("It has ended"),
}


class AboutForm(EditForm):
    """What a group says of itself."""

    title = StringField(
        lazy_gettext("What is your initiative called?"),
        description=lazy_gettext("A few words. For example: Eating together at the harbour."),
        validators=[
            DataRequired(lazy_gettext("Say what your initiative is called.")),
            Length(max=120, message=TOO_LONG),
        ],
    )
    what = long_text(
        lazy_gettext("What do you want to do?"),
        lazy_gettext("Say it as you would to a neighbour. Everybody reads this."),
        5000,
        lazy_gettext("Say what you want to do."),
    )
    wijk = SelectField(lazy_gettext("For which wijk?"), validators=[Optional()])
    theme = SelectField(lazy_gettext("What is it about?"), validators=[Optional()])
    place = StringField(
        lazy_gettext("Where do you meet?"),
        description=lazy_gettext("You may leave this empty. Do not fill in a home address: everybody reads this."),
        validators=[Length(max=200, message=TOO_LONG)],
    )
    website = StringField(
        lazy_gettext("Your own website"),
        description=lazy_gettext("You may leave this empty."),
        validators=[Optional(), Length(max=200, message=TOO_LONG), WEB_ADDRESS],
    )

    def offer(self, wijken: Mapping[str, str], themes: Mapping[str, str]) -> None:
        """Offer the wijken and the themes."""
        self.wijk.choices = offered({"": lazy_gettext("The whole municipality")} | dict(wijken))
        self.theme.choices = offered({"": lazy_gettext("Something else")} | dict(themes))

    def about(self, themes: Mapping[str, object]) -> About:
        """Return what was filled in; ``themes`` are the ids of the themes by their name in the form."""
        return About(
            title=self.title.data,
            what=self.what.data,
            wijk_code=self.wijk.data or None,
            theme_id=themes.get(self.theme.data),  # type: ignore[arg-type]
            place=self.place.data or "",
            website=self.website.data or "",
        )


ASKS = {
    "label": lazy_gettext("What do you need of the municipality?"),
    "description": lazy_gettext(
        "For example: a place, permission, money, somebody who thinks along. Our starting point is yes."
    ),
}


class RegisterForm(AboutForm):
    """The one short form with which an initiative is registered."""

    stage = RadioField(
        lazy_gettext("How far are you?"),
        choices=lambda: sayable({each: words for each, words in STAGES.items() if each is not Stage.ENDED}),
        default=AN_IDEA,
        validators=[InputRequired()],
    )
    asks = long_text(
        ASKS["label"],
        lazy_gettext(
            "For example: a place, permission, money, somebody who thinks along. Our starting point is yes. "
            "Nothing? Then leave this empty."
        ),
        5000,
    )


class AskForm(OnceForm):
    """What a group needs of the municipality."""

    asks = long_text(ASKS["label"], ASKS["description"], 5000, lazy_gettext("Say what you need, then we can answer."))


class StageForm(OnceForm):
    """How far an initiative is."""

    stage = RadioField(lazy_gettext("How far are you?"), choices=lambda: sayable(STAGES), validators=[InputRequired()])


class UpdateForm(EditForm):
    """What happened, and what it brought."""

    happened_on = DateField(lazy_gettext("When?"), validators=[InputRequired(lazy_gettext("Fill in the day."))])
    title = StringField(
        lazy_gettext("What happened, in a few words?"),
        validators=[DataRequired(lazy_gettext("Say what happened.")), Length(max=120, message=TOO_LONG)],
    )
    body = long_text(
        lazy_gettext("Tell more about it"),
        lazy_gettext("You may leave this empty. Ask people first whether they want to be named."),
        5000,
    )
    people = IntegerField(
        lazy_gettext("How many people took part, about?"),
        description=lazy_gettext("You may leave this empty."),
        validators=[Optional(), NumberRange(0, 100_000)],
        render_kw=NUMBER,
    )
    hours = IntegerField(
        lazy_gettext("How many hours did you all give together, about?"),
        description=lazy_gettext("You may leave this empty."),
        validators=[Optional(), NumberRange(0, 100_000)],
        render_kw=NUMBER,
    )

    @property
    def happened(self) -> Happened:
        """What was filled in."""
        people, hours = self.people.data, self.hours.data
        return Happened(self.happened_on.data, self.title.data, self.body.data or "", people, hours)


class LinkForm(OnceForm):
    """What else on this site an initiative has to do with."""

    kind = SelectField(lazy_gettext("What is it?"), validators=[InputRequired()])
    key = StringField(
        lazy_gettext("Its number"),
        description=lazy_gettext("It stands on its page. For example: 2026-042."),
        validators=[DataRequired(lazy_gettext("Fill in its number.")), Length(max=120)],
        render_kw={"size": 12},
    )

    def offer(self, kinds: Mapping[str, str]) -> None:
        """Offer the kinds of things there are."""
        self.kind.choices = offered(kinds)


class PartForm(OnceForm):
    """As what somebody is a member."""

    part = StringField(
        lazy_gettext("What do you do in it?"),
        description=lazy_gettext("For example: cook, treasurer, contact with the school. You may leave this empty."),
        validators=[Length(max=60, message=TOO_LONG)],
    )


class HandOverForm(OnceForm):
    """Who leads from now on."""

    member = RadioField(
        lazy_gettext("Who leads from now on?"), validators=[InputRequired(lazy_gettext("Choose who leads."))]
    )
    stays_lead = BooleanField(lazy_gettext("I lead along"))

    def offer(self, members: Mapping[str, str]) -> None:
        """Offer the other members."""
        self.member.choices = offered(members)


class NoteForm(OnceForm):
    """Something to say to the other side, in the file."""

    body = long_text(
        lazy_gettext("Your message"),
        lazy_gettext("Only the members and the officials who handle this read it."),
        5000,
        lazy_gettext("Write something."),
    )
