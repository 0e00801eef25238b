"""The questions about a plan: one page each while it is written, one page together when it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import EditForm, EurosField, Form, OnceForm, offered, sayable

CARRIERS = {
    "municipality": _r("The municipality"),
    "residents": _r("We do it ourselves"),
    "together": _r("The municipality and we together"),
}
ONE_LINE = Regexp(r"[^\r\n\x00]*\Z", message=lazy_gettext("Keep it on one line."))


def _text(label: object, description: object, longest: int, needed: object = None) -> TextAreaField:
    limit = Length(max=longest, message=lazy_gettext("Keep it to %(max)d signs."))
    first = DataRequired(needed) if needed else Optional()
    return TextAreaField(label, description=description, validators=[first, limit])


class NameForm(Form):
    """What the plan is called, and what it is in one sentence."""

    title = StringField(
        lazy_gettext("What is your plan called?"),
        description=lazy_gettext("A few words. For example: A bench at the pond."),
        validators=[
            DataRequired(lazy_gettext("Say what your plan is called.")),
            Length(max=100, message=lazy_gettext("Keep it to %(max)d signs.")),
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


class WhereForm(Form):
    """Where it is, and with that of which money it is paid."""

    pot = RadioField(
        lazy_gettext("For which area is it?"),
        description=lazy_gettext("Each area has its own money."),
        validators=[InputRequired(lazy_gettext("Say for which area it is."))],
    )
    wijk = SelectField(lazy_gettext("In which wijk?"), validators=[Optional()])
    address = StringField(
        lazy_gettext("Where exactly?"),
        description=lazy_gettext("A street, a square, a place that people know. You may leave this empty."),
        validators=[Length(max=200, message=lazy_gettext("Keep it to %(max)d signs.")), ONE_LINE],
    )

    def offer(self, pots: dict[str, str], wijken: Sequence[Any]) -> None:
        """Offer these pots, by id, and these wijken to choose from."""
        self.pot.choices = offered(pots)
        self.wijk.choices = offered({"": lazy_gettext("I do not know")} | {each.code: each.name for each in wijken})


class ThemeForm(Form):
    """What it is about."""

    theme = RadioField(lazy_gettext("What is your plan about?"), validators=[Optional()], default="")

    def offer(self, themes: dict[str, str]) -> None:
        """Offer these themes, by id."""
        self.theme.choices = offered(themes | {"": lazy_gettext("Something else")})


class CostForm(Form):
    """What it costs, and who else pays."""

    cost_cents = EurosField(
        lazy_gettext("How much money do you ask, about?"),
        description=lazy_gettext("In euros. An estimate is enough: we look at it with you."),
        validators=[InputRequired(lazy_gettext("Say what it costs, about."))],
    )
    own_cents = EurosField(
        lazy_gettext("How much do you bring yourselves?"),
        description=lazy_gettext("Leave this empty if it is nothing."),
        validators=[Optional()],
    )
    hoped_cents = EurosField(
        lazy_gettext("How much do you hope to get from others?"),
        description=lazy_gettext("A fund, a shop, a club. Leave this empty if it is nothing."),
        validators=[Optional()],
    )
    maintenance_cents = EurosField(
        lazy_gettext("What does it cost each year after that?"),
        description=lazy_gettext("For example to mow, to clean or to repair. Leave this empty if you do not know."),
        validators=[Optional()],
    )


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


class ChangeProposalForm(EditForm, NameForm, WhatForm, WhyForm, ForWhomForm, CostForm, CarrierForm):
    """All that its authors may change of a plan."""

    address = StringField(
        lazy_gettext("Where exactly?"),
        validators=[Length(max=200, message=lazy_gettext("Keep it to %(max)d signs.")), ONE_LINE],
    )
    note = StringField(
        lazy_gettext("What did you change, and why?"),
        description=lazy_gettext("Everybody can read this with the new version. You may leave this empty."),
        validators=[Length(max=300, message=lazy_gettext("Keep it to %(max)d signs.")), ONE_LINE],
    )


class HandInForm(OnceForm):
    """The button that hands a plan in."""


class SupportListForm(OnceForm):
    """How many signatures stand on a list."""

    valid = IntegerField(
        lazy_gettext("How many signatures count?"),
        validators=[InputRequired(lazy_gettext("Fill in a number.")), NumberRange(0, 100_000)],
    )
    refused = IntegerField(
        lazy_gettext("How many do not count?"),
        validators=[InputRequired(lazy_gettext("Fill in a number.")), NumberRange(0, 100_000)],
        default=0,
    )
    reason = StringField(
        lazy_gettext("Why do these not count?"),
        description=lazy_gettext("For example: not from this wijk, signed twice. Everybody can read this."),
        validators=[Length(max=300, message=lazy_gettext("Keep it to %(max)d signs.")), ONE_LINE],
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
            Length(max=200, message=lazy_gettext("Keep it to %(max)d signs.")),
        ],
    )
