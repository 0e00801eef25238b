"""The list of the desk: what waits for whom, given out and published by many at once, and how it went."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import flask

from buurtbegroting.blueprints.proposals.queries.merging import merging_numbers
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.addresses import is_uuid
from buurtbegroting.web.downloads import csv_response
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from .. import exports
from ..actions import assigning, opening, publishing
from ..forms import AssignForm, ChooseForm, as_id
from ..models import Assessment
from ..policy import may_assign, may_publish, may_run_desk, may_see_desk
from ..queries import cards, desk, pairs, people
from ..states import STATES, VERDICTS, AssessmentState

blueprint = flask.Blueprint("assessing", __name__, url_prefix="/beheer/beoordelen", template_folder="../templates")
MOST_TASKS = 20


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), clock.AMSTERDAM)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), clock.AMSTERDAM)


def what_waits(actor: Actor) -> Sequence[Task]:
    """Return the cards that wait for an assessor, and for officials what they have to do for all."""
    now = clock.now(db.session())
    if may_run_desk(actor, None, now):
        return _for_officials(clock.local_day(now))
    if not may_see_desk(actor, None, now):
        return ()
    return [
        Task(
            _r("Can this plan be done? %(title)s", title=each.proposal.title),
            flask.url_for("cards.card", number=each.proposal.number),
            _morning(each.since),
            _evening(each.due),
        )
        for each in desk.in_hand_of(actor, MOST_TASKS)
    ]


def _for_officials(today: date) -> list[Task]:
    told = [
        (
            _r("Plans that are answered too late: %(count)s"),
            desk.late(today),
            f"{flask.url_for('assessing.list_')}?te-laat=ja",
        ),
        (_r("Plans that nobody looks at: %(count)s"), desk.without_anybody(), flask.url_for("assessing.list_")),
        (_r("Answers to publish: %(count)s"), desk.ready_to_publish(), flask.url_for("assessing.publish_page")),
    ]
    tasks = [
        Task(Reason(words.msgid, {"count": waiting.count}), href, _morning(waiting.since))
        for words, waiting, href in told
        if waiting.count and waiting.since
    ]
    if to_decide := pairs.number_to_decide():
        title = _r("Pairs of plans that may exclude each other: %(count)s", count=to_decide)
        tasks.append(Task(title, flask.url_for("pairs.pairs"), _morning(today)))
    return tasks


def _today() -> date:
    return clock.local_day(clock.now(db.session()))


def _filters() -> desk.Filters:
    asked = flask.request.values
    state = asked.get("staat", "")
    return desk.Filters(
        words=asked.get("zoek", "").strip()[:100],
        round=asked.get("ronde", "")[:20],
        department=asked.get("afdeling", "")[:80],
        state=state if state in set(AssessmentState) else "",
        is_late=asked.get("te-laat") == "ja",
    )


def _kept(filters: desk.Filters) -> dict[str, str | None]:
    return {
        "zoek": filters.words or None,
        "ronde": filters.round or None,
        "afdeling": filters.department or None,
        "staat": filters.state or None,
        "te-laat": "ja" if filters.is_late else None,
    }


@blueprint.get("")
@requires(may_see_desk)
def list_() -> str:
    """Show the cards, whose turn it is first, then what is due first."""
    actor, today, filters, number = current_actor(), _today(), _filters(), page_number()
    found = desk.page(actor, filters, today, number)
    return flask.render_template(
        "assessment/manage/list.html",
        filters=filters,
        kept=_kept(filters),
        found=PageOf(found, number, desk.PAGE_SIZE, desk.count(actor, filters, today)),
        merging=merging_numbers([row.card.proposal_id for row in found]),
        counts=desk.counts_by_state(actor, filters, today),
        totals=desk.counts_by_group(actor, filters, today),
        states=STATES,
        rounds=rounds.published_rounds(),
        departments=people.departments(),
        form=Form(),
        may_run=may_run_desk,
    )


@blueprint.post("/nieuw")
@requires(may_run_desk)
def open_cards() -> Any:
    """Open a card for each plan that waits, now and not in a few minutes."""
    press(lambda: opening.open_cards(current_actor()))
    return flask.redirect(flask.url_for(".list_", gelukt="nieuw"), 303)


def _chosen() -> Sequence[Assessment]:
    """Return the cards that were ticked, or all that fit the filters when that was asked."""
    asked = flask.request.values
    if asked.get("alle") == "ja":
        every = desk.everything(current_actor(), _filters(), _today())
    else:
        every = cards.cards_by_id([uuid.UUID(each) for each in asked.getlist("plan") if is_uuid(each)])
    now = clock.now(db.session())
    return [each for each in every if may_assign(current_actor(), each, now)]


def _assign_form() -> AssignForm:
    form = AssignForm()
    form.offer(people.departments(), people.people_of_desk())
    return form


@blueprint.get("/verdelen")
@requires(may_run_desk)
def assign_page() -> str:
    """Ask who gets the plans that were chosen."""
    return flask.render_template("assessment/manage/assign.html", form=_assign_form(), chosen=_chosen())


@blueprint.post("/verdelen")
@requires(may_run_desk)
def assign() -> Any:
    """Give the plans that were chosen to a department or an assessor."""
    form, chosen = _assign_form(), _chosen()

    def give() -> list[Assessment]:
        to = assigning.Assignment(
            form.department.data, as_id(form.assessor.data), form.due.data, form.reason.data or ""
        )
        return assigning.assign_all(current_actor(), chosen, to)

    if submit(form, give) is None:
        return page_with_errors("assessment/manage/assign.html", form=form, chosen=chosen)
    return flask.redirect(flask.url_for(".list_", gelukt="verdeeld"), 303)


def _publishable() -> list[Assessment]:
    now = clock.now(db.session())
    return [each for each in desk.ready(current_actor()) if may_publish(current_actor(), each, now)]


def _publish_form(ready: Sequence[Assessment]) -> ChooseForm:
    wanted = flask.request.args.getlist("plan")
    named = {str(each.id): f"{each.proposal.number} {each.proposal.title}" for each in ready}
    form = ChooseForm(data={"plan": [each for each in named if not wanted or each in wanted]})
    form.offer(named)
    return form


def _publish_parts(ready: Sequence[Assessment], form: ChooseForm) -> dict[str, Any]:
    return {"ready": ready, "form": form, "verdicts": VERDICTS}


@blueprint.get("/publiceren")
@requires(may_run_desk)
def publish_page() -> str:
    """Show which answers are ready, as everybody will read them."""
    ready = _publishable()
    return flask.render_template("assessment/manage/publish.html", **_publish_parts(ready, _publish_form(ready)))


@blueprint.post("/publiceren")
@requires(may_run_desk)
def publish() -> Any:
    """Publish the answers that were ticked."""
    ready = _publishable()
    form = _publish_form(ready)

    def do() -> list[Any]:
        chosen = [each for each in ready if str(each.id) in (form.plan.data or ())]
        return publishing.publish_all(current_actor(), chosen)

    if submit(form, do) is None:
        return page_with_errors("assessment/manage/publish.html", **_publish_parts(ready, form))
    return flask.redirect(flask.url_for(".list_", gelukt="gepubliceerd"), 303)


@blueprint.get("/cijfers")
@requires(may_see_desk)
def figures() -> str:
    """Show how many answers there were, how long they took, and how many came within the term."""
    number = flask.request.args.get("ronde", "")[:20]
    return flask.render_template(
        "assessment/manage/figures.html",
        figures=desk.figures(number),
        rounds=rounds.published_rounds(),
        chosen=number,
    )


@blueprint.get("/kaarten.csv")
@requires(may_run_desk)
def cards_csv() -> flask.Response:
    """Answer with the cards that fit the filters as a CSV file; of an answer only what was published."""
    found = desk.everything(current_actor(), _filters(), _today())
    published = desk.verdicts_published([each.id for each in found])
    return csv_response("beoordelen.csv", exports.HEAD, exports.rows(found, published, _today()))
