"""What is asked at the desk, of authors, and of an owner from outside."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.forms import CheckboxesField, EditForm, EurosField, Form, OnceForm, offered, sayable

from .models import Assessment, AssessmentMark
from .states import MARKS, VERDICTS

TOO_LONG = lazy_gettext("Keep it to %(max)d signs.")


def _text(label: object, description: object = "", longest: int = 2000, needed: object = None) -> TextAreaField:
    first = DataRequired(needed) if needed else Optional()
    return TextAreaField(label, description=description, validators=[first, Length(max=longest, message=TOO_LONG)])


class CardForm(EditForm):
    """The judgement as a whole; the questions of the round are added per card."""

    verdict = RadioField(lazy_gettext("Can this plan be done?"), choices=sayable(VERDICTS), validators=[Optional()])
    reason = _text(
        lazy_gettext("Why? Everybody reads this."),
        lazy_gettext("Short sentences, words that everybody knows. Say what can be done, or what has to change."),
        3000,
    )
    cost_cents = EurosField(
        lazy_gettext("What does it cost, as you see it?"),
        description=lazy_gettext("In euros. It stands beside what the makers ask."),
        validators=[Optional()],
    )
    maintenance_cents = EurosField(
        lazy_gettext("What does it cost each year after that?"),
        description=lazy_gettext("Leave this empty if it is nothing."),
        validators=[Optional()],
    )
    difference = StringField(
        lazy_gettext("What is different here? One line that everybody reads."),
        description=lazy_gettext("Needed when you say no and plans like this one got a yes."),
        validators=[Length(max=500, message=TOO_LONG)],
    )


def _mark_fields(marks: Iterable[AssessmentMark]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for each in marks:
        fields[f"mark_{each.position}"] = RadioField(
            each.question, description=each.explanation, choices=sayable(MARKS), validators=[Optional()]
        )
        fields[f"text_{each.position}"] = _text(lazy_gettext("Explanation (needed with partly and no)"), longest=1000)
    return fields


def card_form(card: Assessment, **how: Any) -> CardForm:
    """Return the form of a card with its own questions, filled with what stands there."""
    fields = _mark_fields(card.marks)
    data: dict[str, Any] = {name: getattr(card, name) for name in ("verdict", "reason", "difference")}
    data |= {"cost_cents": card.cost_cents, "maintenance_cents": card.maintenance_cents, "version": str(card.version)}
    for each in card.marks:
        data |= {f"mark_{each.position}": each.mark, f"text_{each.position}": each.text}
    form: CardForm = type("CardOfPlanForm", (CardForm,), fields)(**how, data=data)
    return form


def owner_form(marks: Sequence[AssessmentMark]) -> OnceForm:
    """Return the form for an owner from outside, with only the questions that they are asked."""
    data: dict[str, Any] = {}
    for each in marks:
        data |= {f"mark_{each.position}": each.mark, f"text_{each.position}": each.text}
    form: OnceForm = type("OwnerMarksForm", (OnceForm,), _mark_fields(marks))(data=data)
    return form


def marks_of(form: Form, marks: Iterable[AssessmentMark]) -> dict[int, tuple[str, str]]:
    """Return mark and text by position, as they were filled in."""
    return {
        each.position: (form[f"mark_{each.position}"].data or "", form[f"text_{each.position}"].data or "")
        for each in marks
    }


def as_id(text: str | None) -> uuid.UUID | None:
    """Return the id that a choice stands for; nothing chosen is None."""
    return uuid.UUID(text) if text else None


class GivenForm(OnceForm):
    """To whom a card goes."""

    department = SelectField(lazy_gettext("Department"), validators=[Optional()], default="")
    assessor = SelectField(lazy_gettext("Who"), validators=[Optional()], default="")

    def offer(self, departments: Sequence[str], people: Sequence[Person]) -> None:
        """Offer these departments and people to choose from."""
        nobody = {"": lazy_gettext("Nobody in particular")}
        self.department.choices = offered({"": lazy_gettext("Choose")} | {each: each for each in departments})
        self.assessor.choices = offered(nobody | {str(each.id): each.name for each in people})


class AssignForm(GivenForm):
    """To whom cards go, and by when."""

    due = DateField(
        lazy_gettext("Answer at the latest on"),
        description=lazy_gettext("Leave this empty to keep the term that was promised."),
        validators=[Optional()],
    )
    reason = StringField(
        lazy_gettext("A word for who gets it"),
        description=lazy_gettext("Only colleagues read this. You may leave it empty."),
        validators=[Length(max=500, message=TOO_LONG)],
    )


class PassOnForm(GivenForm):
    """Giving a card away: to a colleague, because it is not ours, or because one is involved."""

    what = RadioField(
        lazy_gettext("What is the matter?"),
        choices=sayable(
            {
                "delegate": _r("Somebody else can answer this better"),
                "not-ours": _r("This does not belong with us"),
                "involved": _r("I am involved in this plan myself"),
            }
        ),
        validators=[InputRequired(lazy_gettext("Choose what is the matter."))],
    )
    belongs_to = StringField(
        lazy_gettext("With whom does it belong?"),
        description=lazy_gettext("A department or somebody outside, as far as you know."),
        validators=[Length(max=120, message=TOO_LONG)],
    )
    reason = _text(lazy_gettext("Why?"), lazy_gettext("Only colleagues read this."), 500)


class NoteForm(OnceForm):
    """Something for colleagues."""

    text = _text(
        lazy_gettext("Note for colleagues"),
        lazy_gettext("Never public. It cannot be changed afterwards."),
        2000,
        lazy_gettext("Write what colleagues have to know."),
    )


class AskForm(OnceForm):
    """A question to the authors."""

    text = _text(
        lazy_gettext("What do you ask?"),
        lazy_gettext("The term stops until they answered."),
        2000,
        lazy_gettext("Write your question."),
    )
    where = RadioField(
        lazy_gettext("Who reads it?"),
        choices=sayable(
            {
                "public": _r("Everybody: it stands on the page of the plan"),
                "private": _r("Only the makers of the plan"),
            }
        ),
        default="public",
        validators=[InputRequired()],
    )
    asked_cents = EurosField(
        lazy_gettext("Another amount that they should agree with"),
        description=lazy_gettext("In euros. Leave this empty if you do not ask about money."),
        validators=[Optional(), NumberRange(min=1, message=lazy_gettext("Fill in an amount above zero."))],
    )


class AnswerForm(OnceForm):
    """What the authors answer."""

    answer = _text(lazy_gettext("Your answer"), "", 3000, lazy_gettext("Write your answer."))
    agrees = BooleanField(lazy_gettext("I agree with this amount. The plan then asks for it."))


class SecondLookForm(OnceForm):
    """Why somebody else should look again."""

    reason = _text(
        lazy_gettext("Why should somebody else look again?"),
        lazy_gettext("Say what we did not see or did not understand. Everybody can read this."),
        2000,
        lazy_gettext("Say why somebody else should look again."),
    )


class OwnerLinkForm(OnceForm):
    """An owner from outside, and what they are asked."""

    organisation = StringField(
        lazy_gettext("Which organisation?"),
        description=lazy_gettext("For example a housing corporation or a water board. Its name stands on the page."),
        validators=[
            DataRequired(lazy_gettext("Fill in the name of the organisation.")),
            Length(max=120, message=TOO_LONG),
        ],
    )
    email = StringField(
        lazy_gettext("E-mail address"),
        description=lazy_gettext("We mail the link there. Leave this empty to pass it on yourself."),
        validators=[Optional(), Email(lazy_gettext("Fill in an e-mail address, for example name@example.nl."))],
    )
    positions = CheckboxesField(lazy_gettext("What do you ask them?"), validators=[Optional()])

    def offer(self, marks: Iterable[AssessmentMark]) -> None:
        """Offer the questions of a card to choose from."""
        self.positions.choices = offered({str(each.position): each.question for each in marks})


class AwayForm(OnceForm):
    """Until when somebody is away, and who takes over."""

    person = SelectField(lazy_gettext("Who is away?"), validators=[InputRequired()])
    until = DateField(
        lazy_gettext("Until and including which day?"), validators=[InputRequired(lazy_gettext("Fill in a day."))]
    )
    substitute = SelectField(
        lazy_gettext("Who takes over?"),
        description=lazy_gettext("Without anybody, an official gives the cards on."),
        validators=[Optional()],
        default="",
    )

    def offer(self, own: Sequence[Person], everybody: Sequence[Person]) -> None:
        """Offer who may be away and who may take over."""
        self.person.choices = offered({str(each.id): each.name for each in own})
        nobody = {"": lazy_gettext("Nobody")}
        self.substitute.choices = offered(nobody | {str(each.id): each.name for each in everybody})


class RuleForm(GivenForm):
    """Who looks at plans about a theme."""


class PairForm(OnceForm):
    """Whether two plans exclude each other."""

    verdict = RadioField(
        lazy_gettext("Can both plans be carried out?"),
        choices=sayable({"exclusive": _r("No, only one of the two"), "both": _r("Yes, both")}),
        validators=[InputRequired(lazy_gettext("Choose yes or no."))],
    )
    reason = StringField(
        lazy_gettext("Why?"),
        description=lazy_gettext("If only one can be carried out, this stands on both pages."),
        validators=[DataRequired(lazy_gettext("Say why.")), Length(max=500, message=TOO_LONG)],
    )


class ChooseForm(OnceForm):
    """Which plans of a list are meant."""

    plan = CheckboxesField(lazy_gettext("Which plans?"), validators=[Optional()])

    def offer(self, plans: Mapping[str, str]) -> None:
        """Offer these plans, by the id of their card, to choose from."""
        self.plan.choices = offered(plans)
