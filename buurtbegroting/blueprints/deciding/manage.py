"""Where officials fix a list, put packages together, and enter what meetings decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flask

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import balances_of, round_by_number
from buurtbegroting.blueprints.rounds.rulebook import pot_title
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.i18n import language, say
from buurtbegroting.web.signing_in import current_actor

from . import forms, queries
from .actions import listing, meeting
from .models import ListConfirmation, Meeting, Package
from .policy import (
    may_confirm_list,
    may_enter_meeting,
    may_put_forward_list,
    may_put_together_package,
    may_take_apart_package,
    may_take_back_list,
    may_write_meeting,
)

blueprint = flask.Blueprint("deciding", __name__, url_prefix="/beheer")


def _list(round_: Round, form: Form) -> dict[str, Any]:
    return {
        "round": round_,
        "form": form,
        "pots": queries.list_of(round_),
        "obstacles": listing.obstacles(round_),
        "asked": queries.confirmation_of(round_.id),
        "hash": queries.hash_of_list(round_),
        "may_confirm": may_confirm_list,
    }


@blueprint.get("/rondes/<human_number:number>/lijst")
@requires(may_put_forward_list, load=round_by_number)
def list_page(round_: Round) -> str:
    """Show the list as it would be fixed, and what stands in the way."""
    return flask.render_template("deciding/manage/list.html", **_list(round_, Form()))


@blueprint.post("/rondes/<human_number:number>/lijst")
@requires(may_put_forward_list, load=round_by_number)
def put_forward(round_: Round) -> Any:
    """Put a list forward, for a second person to confirm."""
    form = Form()
    if submit(form, lambda: listing.put_forward_list(current_actor(), round_)) is None:
        return page_with_errors("deciding/manage/list.html", **_list(round_, form))
    return flask.redirect(flask.url_for(".list_page", number=round_.number, gelukt="voorgelegd"), 303)


@blueprint.post("/rondes/<human_number:number>/lijst/bevestigen")
@requires(may_confirm_list, load=queries.confirmation_of_number)
def confirm(asked: ListConfirmation) -> Any:
    """Fix a list for good, as the second person."""
    press(lambda: listing.confirm_list(current_actor(), asked))
    return flask.redirect(flask.url_for("making.overview", number=asked.round.number, gelukt="lijst"), 303)


@blueprint.post("/rondes/<human_number:number>/lijst/terug")
@requires(may_take_back_list, load=queries.confirmation_of_number)
def take_back(asked: ListConfirmation) -> Any:
    """Take a list back that nobody confirmed yet."""
    number = asked.round.number
    press(lambda: listing.take_back_list(current_actor(), asked))
    return flask.redirect(flask.url_for(".list_page", number=number, gelukt="terug"), 303)


def _package_form(round_: Round) -> forms.PackageForm:
    form = forms.PackageForm()
    listed = queries.list_of(round_)
    pots = {str(each.pot.id): say(pot_title(each.pot, language())) for each in listed}
    form.offer(pots, {str(plan.id): plan.title for each in listed for plan in each.plans})
    return form


def _packages(round_: Round, form: Form) -> dict[str, Any]:
    return {"round": round_, "form": form, "packages": queries.packages_of(round_)}


@blueprint.get("/rondes/<human_number:number>/pakketten")
@requires(may_put_together_package, load=round_by_number)
def packages(round_: Round) -> str:
    """Show the packages of a round, with room for another."""
    return flask.render_template("deciding/manage/packages.html", **_packages(round_, _package_form(round_)))


@blueprint.post("/rondes/<human_number:number>/pakketten")
@requires(may_put_together_package, load=round_by_number)
def add_package(round_: Round) -> Any:
    """Put a package together."""
    form = _package_form(round_)

    def keep() -> Package:
        pot = next(each for each in round_.pots if str(each.id) == form.pot.data)
        chosen = [each for each in queries.plans_on_list(round_) if str(each.id) in form.plans.data]
        text = listing.PackageText(pot, form.letter.data.upper(), form.title.data, form.summary.data or "", chosen)
        return listing.put_together_package(current_actor(), round_, text)

    if submit(form, keep) is None:
        return page_with_errors("deciding/manage/packages.html", **_packages(round_, form))
    return flask.redirect(flask.url_for(".packages", number=round_.number, gelukt="bewaard"), 303)


@blueprint.post("/pakketten/<uuid:package_id>/verwijderen")
@requires(may_take_apart_package, load=queries.package_by_id)
def remove_package(package: Package) -> Any:
    """Take a package apart."""
    number = package.round.number
    press(lambda: listing.take_apart_package(current_actor(), package))
    return flask.redirect(flask.url_for(".packages", number=number, gelukt="weg"), 303)


@blueprint.get("/rondes/<human_number:number>/besluiten/nieuw")
@requires(may_enter_meeting, load=round_by_number)
def new_page(round_: Round) -> str:
    """Ask when and where was decided."""
    form = forms.MeetingForm(data={"body": round_.rulebook.decided_by})
    return flask.render_template("deciding/manage/new.html", round=round_, form=form)


@blueprint.post("/rondes/<human_number:number>/besluiten/nieuw")
@requires(may_enter_meeting, load=round_by_number)
def enter(round_: Round) -> Any:
    """Keep a day on which was decided, and go on to the plans."""
    form = forms.MeetingForm()
    made = submit(form, lambda: meeting.enter_meeting(current_actor(), round_, form.text))
    if made is None:
        return page_with_errors("deciding/manage/new.html", round=round_, form=form)
    return flask.redirect(flask.url_for(".meeting_page", meeting_id=made.id), 303)


def _plans(found: Meeting) -> Sequence[Proposal]:
    """Return the plans that are still to be decided, besides those of which this meeting said something."""
    spoken = {each.proposal_id: each.proposal for each in found.verdicts}
    waiting = {each.id: each for each in queries.plans_to_decide(found.round)}
    return sorted((waiting | spoken).values(), key=lambda plan: (str(plan.pot_id), plan.number))


def _meeting_form(found: Meeting, plans: Sequence[Proposal]) -> Callable[..., forms.MeetingForm]:
    known: dict[str, Any] = {name: getattr(found, name) for name in ("held_on", "body", "place", "present", "note")}
    known |= {name: getattr(found, name) for name in ("voters", "blank", "counted_by")}
    known["version"] = str(found.version)
    spoken = {each.proposal_id: each for each in found.verdicts}
    for plan in plans:
        verdict = spoken.get(plan.id)
        known[f"verdict_{plan.number}"] = verdict.verdict if verdict else "held"
        known[f"cents_{plan.number}"] = verdict.cents if verdict and verdict.cents else plan.cost_cents
        known[f"reason_{plan.number}"] = verdict.reason if verdict else ""
        known[f"votes_{plan.number}"] = verdict.votes if verdict else None
    return lambda **how: forms.meeting_form(found.form, plans)(**how, data=known)


def _meeting(found: Meeting, form: forms.MeetingForm, plans: Sequence[Proposal]) -> dict[str, Any]:
    return {
        "meeting": found,
        "round": found.round,
        "form": form,
        "plans": forms.fields_of(form, plans),
        "balances": balances_of(found.round),
        "obstacles": meeting.obstacles(found),
    }


@blueprint.get("/besluiten/<uuid:meeting_id>")
@requires(may_write_meeting, load=queries.meeting_by_id)
def meeting_page(found: Meeting) -> str:
    """Show what was decided about each plan, to be filled in."""
    plans = _plans(found)
    form = _meeting_form(found, plans)()
    return flask.render_template("deciding/manage/meeting.html", **_meeting(found, form, plans))


@blueprint.post("/besluiten/<uuid:meeting_id>")
@requires(may_write_meeting, load=queries.meeting_by_id)
def write(found: Meeting) -> Any:
    """Keep what was decided."""
    plans = _plans(found)
    make = _meeting_form(found, plans)
    form = make()

    def keep() -> Meeting:
        return meeting.write_meeting(current_actor(), found, form.text, forms.said(form, plans), form.version_seen)

    if submit(form, keep, lambda: _meeting_form(found, plans)(formdata=None)) is None:
        return page_with_errors("deciding/manage/meeting.html", **_meeting(found, form, plans))
    return flask.redirect(flask.url_for(".meeting_page", meeting_id=found.id, gelukt="bewaard"), 303)


@blueprint.post("/besluiten/<uuid:meeting_id>/publiceren")
@requires(may_write_meeting, load=queries.meeting_by_id)
def publish(found: Meeting) -> Any:
    """Let everybody know what was decided."""
    plans = _plans(found)
    form = Form()
    if submit(form, lambda: meeting.publish_meeting(current_actor(), found)) is None:
        shown = _meeting_form(found, plans)(formdata=None)
        shown.form_errors.extend(form.form_errors)
        return page_with_errors("deciding/manage/meeting.html", **_meeting(found, shown, plans))
    return flask.redirect(flask.url_for("lists.decisions", number=found.round.number), 303)


@blueprint.post("/besluiten/<uuid:meeting_id>/weg")
@requires(may_write_meeting, load=queries.meeting_by_id)
def throw_away(found: Meeting) -> Any:
    """Throw away what was entered and not published."""
    number = found.round.number
    press(lambda: meeting.throw_away_meeting(current_actor(), found))
    return flask.redirect(flask.url_for("making.overview", number=number, gelukt="bewaard"), 303)
