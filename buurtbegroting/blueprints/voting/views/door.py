"""The door of the booth: what somebody needs to vote, and how they show to be a voter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask

from buurtbegroting.blueprints.electorate.actions.proving import prove_by_account, prove_by_code, prove_by_identity
from buurtbegroting.blueprints.electorate.models import Voter
from buurtbegroting.blueprints.electorate.policy import may_prove_by_account, may_prove_by_identity
from buurtbegroting.blueprints.electorate.queries import pots_of, round_to_enter
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.standing import standing
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.proofs import Proof, is_poll
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, NotNow
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.vault import KeyIsGone
from buurtbegroting.web.access import can, public, requires
from buurtbegroting.web.forms import Form, page_with_errors, submit
from buurtbegroting.web.i18n import say
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions.board import open_box
from ..forms import CodeForm, KeptChoice
from ..policy import may_enter_booth
from . import tickets
from .inside import blueprint, page_of_pot

TIME_IS_OVER = _r("Your time in the booth was over. Your choice is kept: show once more who you are.")
OUT_OF_ORDER = _r("The booth is out of order. Nothing was lost. Please call the municipality.")


@blueprint.get("")
@public
def votes() -> str:
    """Show the rounds in which people vote now, and those that come."""
    now = clock.now(db.session())
    found = [standing(each, now) for each in queries.rounds_to_vote(now)]
    return flask.render_template(
        "voting/booth/votes.html", standings=[(each, can(may_enter_booth, each.round)) for each in found]
    )


@blueprint.get("/<human_number:number>")
@requires(may_enter_booth, load=round_to_enter)
def door(round_: Round) -> str:
    """Show what somebody needs to vote in a round."""
    return flask.render_template("voting/booth/door.html", **door_context(round_, CodeForm()))


def door_context(round_: Round, form: Form, kept: KeptChoice | None = None) -> dict[str, Any]:
    """Return what the page of the door shows; ``kept`` is what was filled in before a ticket ended."""
    proofs = round_.rulebook.proofs
    asks: dict[str, Verdict] = {}
    if Proof.ACCOUNT in proofs:
        asks["account"] = can(may_prove_by_account, round_)
    if Proof.IDENTITY in proofs:
        asks["identity"] = can(may_prove_by_identity, round_)
    return {
        "standing": standing(round_, clock.now(db.session())),
        "form": form,
        "asks": asks,
        "asks_code": bool({Proof.CODE, Proof.COUNTER} & set(proofs)),
        "is_poll": is_poll(proofs),
        "is_signed_in": current_actor().is_signed_in,
        "kept": kept or KeptChoice.of_request(),
    }


def back_at_the_door(round_: Round, position: int) -> Any:
    """Ask for a proof again, and keep what was filled in meanwhile."""
    form = CodeForm(formdata=None)
    form.form_errors.append(say(TIME_IS_OVER))
    fields = KeptChoice.of_request() or KeptChoice(position, ())
    return page_with_errors("voting/booth/door.html", **door_context(round_, form, fields))


def _enter(round_: Round, form: Form, prove: Callable[[], Voter]) -> Any:
    """Let somebody in who proves to be a voter; what they had filled in before lies before them again."""
    kept = KeptChoice.of_request()
    ticket = submit(form, lambda: _ticket(round_, prove()))
    if ticket is None:
        return page_with_errors("voting/booth/door.html", **door_context(round_, form, kept))
    if kept and kept.position in ticket.slots:
        return tickets.hand_over(flask.make_response(page_of_pot(round_, ticket, kept.position)), ticket)
    inside = flask.make_response(flask.redirect(flask.url_for("booth.hall", number=round_.number), 303))
    return tickets.hand_over(inside, ticket)


def _ticket(round_: Round, voter: Voter) -> tickets.Ticket:
    pots = pots_of(round_, voter)
    if not pots:
        raise Invalid(_r("There is no pot in this round for where you live."))
    if any(queries.newest_entry(pot.id) is None for pot in pots):
        open_box(SYSTEM, round_)
    try:
        return tickets.ticket_for(round_, pots, voter)
    except KeyIsGone:
        raise NotNow(OUT_OF_ORDER) from None


@blueprint.post("/<human_number:number>/code")
@requires(may_enter_booth, load=round_to_enter)
def enter_by_code(round_: Round) -> Any:
    """Enter with the code of a letter."""
    form = CodeForm()
    return _enter(round_, form, lambda: prove_by_code(round_, form.code.data))


@blueprint.post("/<human_number:number>/account")
@requires(may_enter_booth, load=round_to_enter)
def enter_by_account(round_: Round) -> Any:
    """Enter a poll with an account."""
    return _enter(round_, Form(), lambda: prove_by_account(current_actor(), round_))


@blueprint.post("/<human_number:number>/aanmelding")
@requires(may_enter_booth, load=round_to_enter)
def enter_by_identity(round_: Round) -> Any:
    """Enter as somebody whom a provider of identities knows."""
    return _enter(round_, Form(), lambda: prove_by_identity(current_actor(), round_))
