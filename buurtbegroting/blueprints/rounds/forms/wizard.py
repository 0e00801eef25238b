"""The questions from which a round is made; each form is one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.civic.proofs import TITLES as PROOFS
from buurtbegroting.civic.proofs import refused_together
from buurtbegroting.civic.reasons import _r
from buurtbegroting.counting.rules import RULES
from buurtbegroting.web.forms import CheckboxesField, EditForm, EurosField, OnceForm, offered, sayable
from buurtbegroting.web.i18n import say

from ..presets import PRESETS
from ..rulebook import BALLOTS, DECISION_FORMS, LEGAL_FORMS, PROPOSE_FROM, VOTE_FROM

NUMBER = {"inputmode": "numeric", "size": 4}
OLDEST = 120


class BeginForm(OnceForm):
    """After which model a round is made, and what it is called."""

    title = StringField(
        lazy_gettext("What is the round called?"),
        description=lazy_gettext("For example: Neighbourhood budget Vogelhof 2027."),
        validators=[DataRequired(lazy_gettext("Say what the round is called.")), Length(max=200)],
    )
    preset = RadioField(
        lazy_gettext("Which kind of round is it?"),
        choices=lambda: sayable({name: each.title for name, each in PRESETS.items()}),
        validators=[InputRequired(lazy_gettext("Choose a kind of round."))],
    )


class CopyForm(OnceForm):
    """What a copy of a round is called."""

    title = BeginForm.title


class NoteForm(EditForm):
    """A question about a round; once everybody knows the round, with the reason why the answer changes."""

    note = StringField(
        lazy_gettext("Why do you change this?"),
        description=lazy_gettext("Everybody can read this round already. They read your reason too."),
        validators=[Length(max=300)],
    )


class NameForm(NoteForm):
    """What the round is called and about."""

    title = StringField(
        lazy_gettext("What is the round called?"),
        validators=[DataRequired(lazy_gettext("Say what the round is called.")), Length(max=200)],
    )
    summary = TextAreaField(
        lazy_gettext("What is it about, in two sentences?"),
        description=lazy_gettext("This stands on the card of the round, and below its name."),
        validators=[DataRequired(lazy_gettext("Say in a few words what the round is about.")), Length(max=500)],
    )


class MoneyForm(NoteForm):
    """How much money there is for each area; ``amounts`` are its fields by the area's code."""

    total = EurosField(
        lazy_gettext("Do you know only the total?"),
        description=lazy_gettext("Fill it in and choose Divide. You get a proposal by the number of inhabitants."),
        validators=[Optional()],
    )

    @property
    def amounts(self) -> dict[str, EurosField]:
        """The fields with amounts, by the code of their area; the whole municipality has an empty code."""
        return {name.removeprefix("amount_"): self[name] for name in self._fields if name.startswith("amount_")}


def money_form(areas: Sequence[Area], everywhere: str) -> type[MoneyForm]:
    """Return a form with an amount for each area and one for the whole municipality."""
    fields = {
        f"amount_{area.code}": EurosField(
            area.name,
            description=say(_r("%(number)s inhabitants", number=area.inhabitants)) if area.inhabitants else "",
            validators=[Optional()],
        )
        for area in areas
    }
    fields["amount_"] = EurosField(everywhere, validators=[Optional()])
    return type("MoneyForm", (MoneyForm,), fields)


class OriginForm(NoteForm):
    """Where the money comes from and what may happen with it."""

    legal_form = RadioField(
        lazy_gettext("How is a plan paid?"),
        choices=lambda: sayable(LEGAL_FORMS),
        validators=[InputRequired(lazy_gettext("Choose how a plan is paid."))],
    )
    funding_source = StringField(
        lazy_gettext("Where does the money come from?"),
        description=lazy_gettext("For example: programme Wijken, or a grant of the province."),
        validators=[DataRequired(lazy_gettext("Say where the money comes from.")), Length(max=200)],
    )
    budget_year = IntegerField(
        lazy_gettext("In which budget year does it stand?"),
        validators=[
            InputRequired(lazy_gettext("Fill in a year, for example 2027.")),
            NumberRange(2000, 2100, lazy_gettext("Fill in a year, for example 2027.")),
        ],
        render_kw=NUMBER,
    )
    is_kept = BooleanField(
        lazy_gettext("What is left at the end of the year is kept in a reserve"),
        description=lazy_gettext(
            "Without a reserve, money lapses that no plan was promised before the 31st of December."
        ),
    )


class ProposingForm(NoteForm):
    """Who may propose a plan."""

    propose_from = RadioField(
        lazy_gettext("Who may propose a plan?"), choices=lambda: sayable(PROPOSE_FROM), validators=[InputRequired()]
    )
    propose_min_age = IntegerField(
        lazy_gettext("From which age?"),
        description=lazy_gettext("Twelve is usual. Fill in 0 for all ages."),
        validators=[InputRequired(lazy_gettext("Fill in an age, for example 12.")), NumberRange(0, OLDEST)],
        render_kw=NUMBER,
    )


class DecidingForm(NoteForm):
    """Who chooses between the plans."""

    decision_form = RadioField(
        lazy_gettext("Who chooses between the plans?"),
        choices=lambda: sayable(DECISION_FORMS),
        validators=[InputRequired()],
    )
    decided_by = StringField(
        lazy_gettext("Which committee, jury, official or meeting?"),
        description=lazy_gettext("Only when residents do not vote. For example: advisory group of residents."),
        validators=[Length(max=120)],
    )
    deciding_days = TextAreaField(
        lazy_gettext("On which days is decided?"),
        description=lazy_gettext("Only for a pot that is open all year. One day on each line, for example 15-3-2027."),
    )

    def validate_deciding_days(self, field: Any) -> None:
        """Refuse a line that is not a day."""
        self.days = days_in(field.data or "")


def days_in(text: str) -> list[str]:
    """Return the days that stand on the lines of a text, in order, as ISO dates; raise ValidationError for others."""
    found = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        try:
            day, month, year = (int(part) for part in line.replace("/", "-").split("-"))
            found.append(date(year, month, day).isoformat())
        except ValueError:
            words = _r('"%(line)s" is not a day. Write a day as 15-3-2027.', line=line)
            raise ValidationError(say(words)) from None
    return sorted(set(found))


class BallotRulesForm(NoteForm):
    """Who votes, and what is on the ballot."""

    proofs = CheckboxesField(
        lazy_gettext("How does somebody show to be a voter?"),
        description=lazy_gettext("Every way has to lead to the same list of voters, so that nobody votes twice."),
        choices=lambda: sayable(PROOFS),
    )
    vote_from = RadioField(
        lazy_gettext("Who may vote?"), choices=lambda: sayable(VOTE_FROM), validators=[InputRequired()]
    )
    min_age = IntegerField(
        lazy_gettext("From which age?"),
        description=lazy_gettext("Twelve is usual. Fill in 0 for all ages."),
        validators=[InputRequired(lazy_gettext("Fill in an age, for example 12.")), NumberRange(0, OLDEST)],
        render_kw=NUMBER,
    )
    ballot_type = RadioField(
        lazy_gettext("What does a voter do?"), choices=lambda: sayable(BALLOTS), validators=[InputRequired()]
    )
    max_choices = IntegerField(
        lazy_gettext("How many plans at most?"),
        description=lazy_gettext("Leave it empty when there is no limit."),
        validators=[Optional(), NumberRange(1, 1000)],
        render_kw=NUMBER,
    )

    def validate_proofs(self, field: Any) -> None:
        """Refuse ways that could give one person two votes."""
        if reason := refused_together(field.data or []):
            raise ValidationError(say(reason))


# The words of a rule say what it does; which rule fits which ballot, the deed knows.
CHOSEN_BY_PEOPLE = ("equal-shares", "greedy", "phragmen-skip")


class CountForm(NoteForm):
    """How is counted."""

    rule = RadioField(lazy_gettext("How do you count?"), validators=[InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = sayable({name: RULES[name].title for name in CHOSEN_BY_PEOPLE})


class QuestionsForm(NoteForm):
    """By which questions of the municipality the plans of this round are judged."""

    questions = CheckboxesField(
        lazy_gettext("By which questions do you look at a plan?"),
        description=lazy_gettext("Residents read them before they write a plan. After that they are fixed."),
        validators=[DataRequired(lazy_gettext("Choose at least one question."))],
    )

    def offer(self, questions: Mapping[str, str]) -> None:
        """Offer the questions of the municipality."""
        self.questions.choices = offered(questions)


class PromiseForm(NoteForm):
    """What the municipality promises to do with the outcome."""

    promise = TextAreaField(
        lazy_gettext("What does the municipality promise?"),
        description=lazy_gettext("For example: we carry out what is chosen, unless that may not or cannot be done."),
        validators=[DataRequired(lazy_gettext("Say what the municipality promises.")), Length(max=2000)],
    )
    promise_decision = StringField(
        lazy_gettext("By which decision?"),
        description=lazy_gettext(
            "The number of the decision of council or executive. Leave it empty when there is none."
        ),
        validators=[Length(max=80)],
    )
