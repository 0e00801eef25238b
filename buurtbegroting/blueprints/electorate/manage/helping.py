"""The help desk and the counter: find a voter, give a new code, strike, note, record a proxy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.civic.proofs import Proof
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, OnceForm, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import helping, registering
from ..actions.lettering import Letter
from ..forms import FindVoterForm, ProxyForm, StrikeForm
from ..letters import as_page
from ..models import RegisterEntry, VotingCode
from ..policy import may_help_voter, may_help_voters, may_note_code
from ..secrecy import place_of
from ..states import VALID

blueprint = flask.Blueprint("helpdesk", __name__, url_prefix="/beheer", template_folder="../templates")

DESK = "/rondes/<human_number:number>/helpdesk"
VOTER = "/kiezers/<uuid:entry_id>"


def _desk(round_: Round, form: Form, found: Sequence[RegisterEntry] | None) -> dict[str, Any]:
    people = None if found is None else [(each, registering.address_of(each)) for each in found]
    return {"round": round_, "form": form, "people": people}


@blueprint.get(DESK)
@requires(may_help_voters, load=round_by_number)
def desk(round_: Round) -> str:
    """Ask whom the help desk looks for."""
    return flask.render_template("electorate/manage/desk.html", **_desk(round_, FindVoterForm(), None))


@blueprint.post(DESK)
@requires(may_help_voters, load=round_by_number)
def find(round_: Round) -> Any:
    """Show who is meant; what was looked for stands in no address and no log."""
    form = FindVoterForm()
    if not form.validate():
        return page_with_errors("electorate/manage/desk.html", **_desk(round_, form, None))
    postcode, house = form.postcode.data or "", form.house_number.data or ""
    place = place_of(round_.id, postcode, house) if postcode and house else None
    found = queries.found_in_register(round_.id, (form.reference.data or "").strip(), place)
    return flask.render_template("electorate/manage/desk.html", **_desk(round_, form, found))


def _voter(entry: RegisterEntry, **forms: Form) -> dict[str, Any]:
    return {
        "entry": entry,
        "round": entry.round,
        "address": registering.address_of(entry),
        "codes": queries.codes_of(entry.id),
        "valid": VALID,
        "proxy": queries.proxy_of(entry.id),
        "held": len(queries.proxies_held_by(entry.id)),
        "has_proxies": Proof.PROXY in entry.round.rulebook.proofs,
        "form": forms.get("form") or OnceForm(formdata=None),
        "strike_form": forms.get("strike_form") or StrikeForm(formdata=None),
        "proxy_form": forms.get("proxy_form") or ProxyForm(formdata=None),
    }


@blueprint.get(VOTER)
@requires(may_help_voter, load=queries.entry_by_id)
def voter(entry: RegisterEntry) -> str:
    """Show somebody in the register, and what can be done; whether they voted nobody can see."""
    return flask.render_template("electorate/manage/voter.html", **_voter(entry))


def _letter(entry: RegisterEntry, letter: Letter) -> flask.Response:
    """Show a letter that was just made, once: the code in it is nowhere else."""
    back = flask.url_for(".voter", entry_id=entry.id)
    page = as_page(entry.round, [letter], is_large=letter.is_large_print, back=back)
    response = flask.make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post(VOTER + "/nieuwe-code")
@requires(may_help_voter, load=queries.entry_by_id)
def replace(entry: RegisterEntry) -> Any:
    """Give somebody a new code, and show the letter to print or to read out."""
    form = OnceForm()
    done = submit(form, lambda: helping.replace_code(current_actor(), entry))
    if done is None:
        return page_with_errors("electorate/manage/voter.html", **_voter(entry, form=form))
    return _letter(entry, done.letter)


@blueprint.post(VOTER + "/volmacht")
@requires(may_help_voter, load=queries.entry_by_id)
def proxy(entry: RegisterEntry) -> Any:
    """Record that another votes for somebody, and show the letter for who votes."""
    form = ProxyForm()
    done = submit(form, lambda: helping.give_proxy(current_actor(), entry, form.reference.data))
    if done is None:
        return page_with_errors("electorate/manage/voter.html", **_voter(entry, proxy_form=form))
    return _letter(entry, done.letter)


def _to_voter(entry: RegisterEntry, done: str) -> Any:
    return flask.redirect(flask.url_for(".voter", entry_id=entry.id, gelukt=done), 303)


@blueprint.post(VOTER + "/schrappen")
@requires(may_help_voter, load=queries.entry_by_id)
def strike(entry: RegisterEntry) -> Any:
    """Strike somebody from the register."""
    form = StrikeForm()
    if submit(form, lambda: registering.strike(current_actor(), entry, form.reason.data)) is None:
        return page_with_errors("electorate/manage/voter.html", **_voter(entry, strike_form=form))
    return _to_voter(entry, "geschrapt")


@blueprint.post(VOTER + "/terugzetten")
@requires(may_help_voter, load=queries.entry_by_id)
def put_back(entry: RegisterEntry) -> Any:
    """Put somebody back who was struck by mistake."""
    press(lambda: registering.put_back(current_actor(), entry))
    return _to_voter(entry, "teruggezet")


@blueprint.post(VOTER + "/geen-brief")
@requires(may_help_voter, load=queries.entry_by_id)
def no_letter(entry: RegisterEntry) -> Any:
    """Note that somebody wants no letter."""
    press(lambda: registering.want_no_letter(current_actor(), entry))
    return _to_voter(entry, "geen-brief")


@blueprint.post("/stemcodes/<uuid:code_id>/retour")
@requires(may_note_code, load=queries.code_by_id)
def returned(code: VotingCode) -> Any:
    """Note that a letter came back."""
    press(lambda: helping.note_returned(current_actor(), code))
    return _to_voter(code.entry, "retour")
