"""Forms of officials about packages, and about what meetings decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from wtforms import DateField, Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import CheckboxesField, EditForm, EurosField, OnceForm, offered, sayable

from .actions.meeting import MeetingText, Said

NUMBER = {"inputmode": "numeric", "size": 4}
VERDICTS = {"granted": _r("Yes"), "refused": _r("No"), "held": _r("Not decided yet")}


class PackageForm(OnceForm):
    """Some plans of one pot that are chosen together."""

    letter = StringField(
        lazy_gettext("Letter"),
        description=lazy_gettext("For example: A."),
        validators=[DataRequired(lazy_gettext("Fill in a letter.")), Length(max=2)],
        render_kw={"size": 2},
    )
    title = StringField(
        lazy_gettext("What is the package called?"),
        validators=[DataRequired(lazy_gettext("Say what the package is called.")), Length(max=120)],
    )
    summary = TextAreaField(lazy_gettext("What is it, in two sentences?"), validators=[Length(max=500)])
    pot = SelectField(lazy_gettext("For which pot?"), validators=[InputRequired()])
    plans = CheckboxesField(
        lazy_gettext("Which plans are in it?"), validators=[DataRequired(lazy_gettext("Choose at least one plan."))]
    )

    def offer(self, pots: Mapping[str, str], plans: Mapping[str, str]) -> None:
        """Offer the pots and the plans on the list."""
        self.pot.choices = offered(pots)
        self.plans.choices = offered(plans)


class MeetingForm(EditForm):
    """When and where was decided, by whom, and how it went."""

    held_on = DateField(lazy_gettext("Day"), validators=[InputRequired(lazy_gettext("Fill in the day."))])
    body = StringField(
        lazy_gettext("Who decided?"),
        description=lazy_gettext("The committee, the jury or the meeting; no names of people."),
        validators=[DataRequired(lazy_gettext("Say who decided.")), Length(max=120)],
    )
    place = StringField(lazy_gettext("Where?"), validators=[Length(max=200)])
    present = IntegerField(
        lazy_gettext("How many people were there?"), validators=[Optional(), NumberRange(0, 100_000)], render_kw=NUMBER
    )
    note = TextAreaField(
        lazy_gettext("How did it go?"),
        description=lazy_gettext("Everybody reads this. Say it also when people disagreed."),
        validators=[Length(max=5000)],
    )

    @property
    def text(self) -> MeetingText:
        """What was filled in about the meeting itself."""
        return MeetingText(
            held_on=self.held_on.data,
            body=self.body.data,
            place=self.place.data or "",
            note=self.note.data or "",
            present=self.present.data,
        )


class HallForm(MeetingForm):
    """The same of a vote on paper in a hall, with its count sheet."""

    voters = IntegerField(
        lazy_gettext("How many people handed in a paper?"),
        validators=[Optional(), NumberRange(0, 100_000)],
        render_kw=NUMBER,
    )
    blank = IntegerField(
        lazy_gettext("How many of these were blank or not valid?"),
        validators=[Optional(), NumberRange(0, 100_000)],
        render_kw=NUMBER,
    )
    counted_by = StringField(
        lazy_gettext("Who signed the count sheet?"),
        description=lazy_gettext("Two people, with a comma between them. Keep the sheet itself."),
        validators=[Length(max=200)],
    )

    @property
    def text(self) -> MeetingText:
        """What was filled in about the vote."""
        told = vars(super().text) | {"voters": self.voters.data, "blank": self.blank.data}
        return MeetingText(**told | {"counted_by": self.counted_by.data or ""})


@dataclass(frozen=True)
class PlanFields:
    """The fields of a form about one plan."""

    plan: Proposal
    fields: Sequence[Field]


def meeting_form(form: str, plans: Sequence[Proposal]) -> type[MeetingForm]:
    """Return a form with the fields of each plan: a verdict with amount and reason, or its votes."""
    fields: dict[str, Any] = {}
    for plan in plans:
        if form == "live":
            fields[f"votes_{plan.number}"] = IntegerField(
                lazy_gettext("Votes"), validators=[Optional(), NumberRange(0, 100_000)], render_kw=NUMBER
            )
        else:
            fields[f"verdict_{plan.number}"] = RadioField(
                lazy_gettext("Chosen?"), choices=lambda: sayable(VERDICTS), validators=[InputRequired()]
            )
            fields[f"cents_{plan.number}"] = EurosField(lazy_gettext("Amount"), validators=[Optional()])
            fields[f"reason_{plan.number}"] = TextAreaField(
                lazy_gettext("Why?"), validators=[Length(max=2000)], render_kw={"rows": 3}
            )
    return type("MeetingForm", (HallForm if form == "live" else MeetingForm,), fields)


def fields_of(form: MeetingForm, plans: Sequence[Proposal]) -> list[PlanFields]:
    """Return the fields of a form by the plan that they are about."""
    names = ("votes", "verdict", "cents", "reason")
    return [
        PlanFields(plan, [form[f"{name}_{plan.number}"] for name in names if f"{name}_{plan.number}" in form])
        for plan in plans
    ]


def said(form: MeetingForm, plans: Sequence[Proposal]) -> dict[Proposal, Said]:
    """Return what was filled in about each plan; a granted plan without an amount gets what it asked."""
    if isinstance(form, HallForm):
        return {plan: Said(votes=form[f"votes_{plan.number}"].data or 0) for plan in plans}
    return {
        plan: Said(
            form[f"verdict_{plan.number}"].data,
            form[f"cents_{plan.number}"].data or plan.cost_cents,
            form[f"reason_{plan.number}"].data or "",
        )
        for plan in plans
    }
