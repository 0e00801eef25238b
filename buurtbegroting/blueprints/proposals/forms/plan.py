"""The questions about a plan: one page each while it is written, one page together when it is changed."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import EditForm, Form, OnceForm, offered, sayable

from .costs import CostForm
from .lines import ONE_LINE, TOO_LONG
from .place import PlaceForm

CARRIERS = {
    "municipality": _r("The municipality"),
    "residents": _r("We do it ourselves"),
    "together": _r("The municipality and we together"),
}


def _text(label: object, description: object, longest: int, needed: object = None) -> TextAreaField:
    limit = Length(max=longest, message=TOO_LONG)
    first = DataRequired(needed) if needed else Optional()
    return TextAreaField(label, description=description, validators=[first, limit])


class NameForm(Form):
    """What the plan is called, and what it is in one sentence."""

    title = StringField(
        lazy_gettext("What is your plan called?"),
        description=lazy_gettext("A few words. For example: A bench at the pond."),
        validators=[
            DataRequired(lazy_gettext("Say what your plan is called.")),
            Length(max=100, message=TOO_LONG),
            ONE_LINE,
        ],
    )
    summary = _text(
        lazy_gettext("What is it, in one or two sentences?"),
        lazy_gettext("This stands in the list of plans."),
        300,
        lazy_gettext("Say in one sentence what it is."),
    )


class WhatForm(Form):
    """What the authors want."""

    what = _text(
        lazy_gettext("What do you want?"),
        lazy_gettext("Describe it so that a neighbour sees it before them."),
        5000,
        lazy_gettext("Say what you want."),
    )


class WhyForm(Form):
    """Why."""

    why = _text(
        lazy_gettext("Why is this good for the neighbourhood?"),
        lazy_gettext("What gets better? What happens if nothing is done?"),
        5000,
        lazy_gettext("Say why this is good for the neighbourhood."),
    )


class ForWhomForm(Form):
    """For whom."""

    for_whom = _text(
        lazy_gettext("For whom is it?"),
        lazy_gettext("For example: children, older people, everybody in the street. You may leave this empty."),
        2000,
    )


class ThemeForm(Form):
    """What it is about."""

    theme = RadioField(lazy_gettext("What is your plan about?"), validators=[Optional()], default="")

    def offer(self, themes: dict[str, str]) -> None:
        """Offer these themes, by id."""
        self.theme.choices = offered(themes | {"": lazy_gettext("Something else")})


class CarrierForm(Form):
    """Who does it, and what they have to gain."""

    carrier = RadioField(
        lazy_gettext("Who carries it out?"),
        choices=sayable(CARRIERS),
        validators=[InputRequired(lazy_gettext("Say who carries it out."))],
    )
    interest = _text(
        lazy_gettext("Do you or your family earn money by this plan?"),
        lazy_gettext("Say how. Everybody can read it. Leave this empty if you do not."),
        1000,
    )


class ChangeProposalForm(EditForm, NameForm, WhatForm, WhyForm, ForWhomForm, PlaceForm, CarrierForm, CostForm):
    """All that its authors may change of a plan."""

    note = StringField(
        lazy_gettext("What did you change, and why?"),
        description=lazy_gettext("Everybody can read this with the new version. You may leave this empty."),
        validators=[Length(max=300, message=TOO_LONG), ONE_LINE],
    )


class HandInForm(OnceForm):
    """The button that hands a plan in, or makes somebody an author of one, and how old the rules ask them to be."""

    is_old_enough = BooleanField()

    def ask_age(self, age: int) -> None:
        """Ask whether somebody is this old, if the rules ask for it; how old they are nobody asks."""
        if age:
            self.is_old_enough.label.text = lazy_gettext("I am %(age)s years or older.", age=age)
        else:
            del self.is_old_enough

    @property
    def says_old_enough(self) -> bool:
        """Whether somebody said to be as old as is asked."""
        return "is_old_enough" in self and bool(self.is_old_enough.data)


class ChangeOnRequestForm(ChangeProposalForm):
    """What an official changes because the author of a plan on paper asked for it."""

    note = StringField(
        lazy_gettext("Who asked for this change, how and why?"),
        description=lazy_gettext(
            "For example: The author asked at the counter for a lower bench. Everybody can read this with the new"
            " version."
        ),
        validators=[
            DataRequired(lazy_gettext("Say who asked for this change, and how. Everybody can read it.")),
            Length(max=300, message=TOO_LONG),
            ONE_LINE,
        ],
    )


class TakeOutForm(OnceForm):
    """Words that go out of a plan and all its versions."""

    words = StringField(
        lazy_gettext("Which words have to go?"),
        description=lazy_gettext(
            "For example a name or a house number. They go out of the plan and out of every earlier version, for good."
        ),
        validators=[
            DataRequired(lazy_gettext("Fill in the words that have to go.")),
            Length(max=200, message=TOO_LONG),
        ],
    )
