"""Writing a plan: one question per page, kept at every step, handed in at the end."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask
from flask_babel import gettext

from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.foundation import clock, search
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.forms import EurosField, Form, OnceForm, page_with_errors, press, submit
from buurtbegroting.web.i18n import euros
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import drafting
from ..actions.recording import lacking
from ..forms import plan as forms
from ..forms.costs import CostForm, CostLinesField, in_words
from ..forms.place import WhereForm
from ..limits import rules_for_plans
from ..models import Proposal, ProposalDraft
from ..policy import NOT_THERE, may_have_plans, may_propose, may_see_proposal, may_write_draft
from .offering import name_amounts, offer_places, offer_themes

blueprint = flask.Blueprint("drafting", __name__, url_prefix="/plannen/nieuw")
MOST_SIMILAR = 3


@dataclass(frozen=True)
class Step:
    """One question: its form, and what that offers to choose from."""

    form: type[Form]
    offer: Callable[[Any, Round], None] = lambda form, round_: None


STEPS = {
    "naam": Step(forms.NameForm),
    "wat": Step(forms.WhatForm),
    "waarom": Step(forms.WhyForm),
    "voor-wie": Step(forms.ForWhomForm),
    "waar": Step(WhereForm, offer_places),
    "onderwerp": Step(forms.ThemeForm, offer_themes),
    "kosten": Step(CostForm, name_amounts),
    "uitvoering": Step(forms.CarrierForm),
}


@blueprint.get("")
@public
def begin_page() -> str:
    """Show for which rounds somebody can propose a plan now, and what comes of it."""
    now, actor = clock.now(db.session()), current_actor()
    return flask.render_template(
        "proposals/write/begin.html",
        rounds=[each for each in rounds.published_rounds() if allows(each.phases, Act.PROPOSE, now)],
        drafts=queries.drafts_of(uuid.UUID(actor.person_id)) if actor.person_id else [],
    )


@blueprint.get("/<human_number:number>")
@requires(may_propose, load=rounds.round_by_number)
def start_page(round_: Round) -> str:
    """Say what will be asked, with a button to begin."""
    return flask.render_template("proposals/write/start.html", **_start(round_, OnceForm()))


def _start(round_: Round, form: OnceForm) -> dict[str, Any]:
    person_id = uuid.UUID(str(current_actor().person_id))
    most = round_.rulebook.max_plans_per_person
    return {
        "round": round_,
        "form": form,
        "rules": rules_for_plans(round_),
        "is_full": most is not None and queries.number_in_round(person_id, round_.id) >= most,
        "lacks_wijk": round_.rulebook.propose_from != "everybody" and current_actor().wijk_code is None,
    }


@blueprint.post("/<human_number:number>")
@requires(may_propose, load=rounds.round_by_number)
def start(round_: Round) -> Any:
    """Begin a plan and go to the first question."""
    form = OnceForm()
    draft = submit(form, lambda: drafting.begin_draft(current_actor(), round_))
    if draft is None:
        return page_with_errors("proposals/write/start.html", **_start(round_, form))
    return flask.redirect(flask.url_for(".step_page", draft_id=draft.id, step=next(iter(STEPS))), 303)


@dataclass(frozen=True)
class At:
    """A draft at one of its questions."""

    draft: ProposalDraft
    name: str

    @property
    def person_id(self) -> uuid.UUID:
        """Whose draft it is."""
        return self.draft.person_id


def _at(draft_id: uuid.UUID, step: str) -> At | None:
    draft = queries.draft_by_id(draft_id)
    return At(draft, step) if draft and step in STEPS else None


def _form(at: At) -> Form:
    step = STEPS[at.name]
    form = step.form(data=at.draft.content)
    step.offer(form, at.draft.round)
    return form


def _parts(at: At, form: Form) -> dict[str, Any]:
    names = list(STEPS)
    place = names.index(at.name)
    return {
        "draft": at.draft,
        "form": form,
        "number": place + 1,
        "total": len(names),
        "before": names[place - 1] if place else None,
        "is_check": flask.request.args.get("na") == "nakijken",
    }


@blueprint.get("/<uuid:draft_id>/<step>")
@requires(may_write_draft, load=_at)
def step_page(at: At) -> str:
    """Ask one question."""
    return flask.render_template("proposals/write/step.html", **_parts(at, _form(at)))


@blueprint.post("/<uuid:draft_id>/<step>")
@requires(may_write_draft, load=_at)
def answer(at: At) -> Any:
    """Keep one answer and go to the next question, or back to the overview; or ask for one more line of costs."""
    form = _form(at)
    if isinstance(form, CostForm) and form.cost_lines.is_extended():
        return flask.render_template("proposals/write/step.html", **_parts(at, form))
    answers = {field.name: field.data for field in form if field.name != "csrf_token"}

    def keep() -> ProposalDraft:
        return drafting.write_draft(current_actor(), at.draft, answers)

    if submit(form, keep) is None:
        return page_with_errors("proposals/write/step.html", **_parts(at, form))
    names = list(STEPS)
    later = names[names.index(at.name) + 1 :]
    if at.name == names[0] and not at.draft.content.get("what") and _similar(at.draft):
        return flask.redirect(flask.url_for(".similar_page", draft_id=at.draft.id), 303)
    if flask.request.args.get("na") == "nakijken" or not later:
        return flask.redirect(flask.url_for(".check_page", draft_id=at.draft.id), 303)
    return flask.redirect(flask.url_for(".step_page", draft_id=at.draft.id, step=later[0]), 303)


def _similar(draft: ProposalDraft) -> list[search.SearchEntry]:
    text = f"{draft.content.get('title', '')} {draft.content.get('summary', '')}"
    return search.similar(db.session(), text, ("plan",), MOST_SIMILAR)


@blueprint.get("/<uuid:draft_id>/lijkt-op")
@requires(may_write_draft, load=queries.draft_by_id)
def similar_page(draft: ProposalDraft) -> str:
    """Show plans that may be about the same, before somebody writes on."""
    return flask.render_template(
        "proposals/write/similar.html", draft=draft, found=_similar(draft), step=list(STEPS)[1]
    )


def _check(draft: ProposalDraft, form: Form) -> dict[str, Any]:
    answers = []
    for name, step in STEPS.items():
        asked = step.form(formdata=None, data=draft.content)
        step.offer(asked, draft.round)
        answers += [(name, field, _answer(field)) for field in asked if field.name not in ("csrf_token", "longitude")]
    return {"draft": draft, "form": form, "answers": answers, "missing": lacking(draft.content)}


def _answer(field: Any) -> str:
    if hasattr(field, "choices"):
        return next((str(choice.label) for choice in field.choices if choice.value == field.data), "")
    if isinstance(field, EurosField):
        return euros(Money(field.data)) if field.data is not None else ""
    if isinstance(field, CostLinesField):
        return in_words(field.data)
    if field.name == "latitude":
        return gettext("Chosen") if field.data is not None else ""
    return field.data or ""


@blueprint.get("/<uuid:draft_id>")
@requires(may_write_draft, load=queries.draft_by_id)
def check_page(draft: ProposalDraft) -> str:
    """Show all answers before the plan is handed in."""
    return flask.render_template("proposals/write/check.html", **_check(draft, _hand_in_form(draft)))


def _hand_in_form(draft: ProposalDraft) -> forms.HandInForm:
    form = forms.HandInForm()
    form.ask_age(draft.round.rulebook.propose_min_age)
    return form


@blueprint.post("/<uuid:draft_id>")
@requires(may_write_draft, load=queries.draft_by_id)
def hand_in(draft: ProposalDraft) -> Any:
    """Hand the plan in."""
    form = _hand_in_form(draft)
    context = _check(draft, form)
    if context["missing"]:
        return page_with_errors("proposals/write/check.html", **context)

    def send() -> Proposal:
        return drafting.submit_draft(current_actor(), draft, says_old_enough=form.says_old_enough)

    plan = submit(form, send)
    if plan is None:
        return page_with_errors("proposals/write/check.html", **context)
    return flask.redirect(flask.url_for(".received", number=plan.number), 303)


@blueprint.get("/ontvangen/<human_number:number>")
@requires(may_see_proposal, load=queries.proposal_by_number)
def received(plan: Proposal) -> str:
    """Say that a plan is in, under which number, and what happens next."""
    if current_actor().person_id not in plan.author_ids:
        raise NotFound(NOT_THERE.reason)
    return flask.render_template("proposals/write/received.html", proposal=plan)


@blueprint.get("/<uuid:draft_id>/weg")
@requires(may_write_draft, load=queries.draft_by_id)
def throw_away_page(draft: ProposalDraft) -> str:
    """Ask whether a plan that is not finished may go."""
    return flask.render_template("proposals/write/throw_away.html", draft=draft, form=Form())


@blueprint.post("/<uuid:draft_id>/weg")
@requires(may_write_draft, load=queries.draft_by_id)
def throw_away(draft: ProposalDraft) -> Any:
    """Throw a plan away that is not finished."""
    press(lambda: drafting.throw_away_draft(current_actor(), draft))
    return flask.redirect(flask.url_for("my_plans.plans", gelukt="weg"), 303)


my_plans = flask.Blueprint("my_plans", __name__, url_prefix="/mijn/plannen")


@my_plans.get("")
@requires(may_have_plans)
def plans() -> str:
    """Show somebody's own plans, and those they are still writing."""
    person_id = uuid.UUID(str(current_actor().person_id))
    return flask.render_template(
        "proposals/mine.html", plans=queries.plans_of(person_id), drafts=queries.drafts_of(person_id)
    )
