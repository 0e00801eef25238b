"""Receipts of what was cast, the own copy, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flask

from buurtbegroting.blueprints.electorate.queries import round_to_enter
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.rounds.policy import may_see_round
from buurtbegroting.civic.proofs import is_poll
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.forms import Form
from buurtbegroting.web.printing import qr

from .. import queries
from ..actions.casting import Receipt, ballot_in, receipt_of
from ..copies import copy_of
from ..policy import may_enter_booth
from . import tickets
from .inside import (
    POT,
    blueprint,
    may_vote_for_pot,
    pot_of,
    round_with_pot,
    standing_of,
    ticket_or_door,
)


@dataclass(frozen=True)
class Kept:
    """A ballot that is kept, as its receipt shows it."""

    pot: Pot
    receipt: Receipt


def _kept(round_: Round, ticket: tickets.Ticket) -> tuple[list[Kept], list[Pot]]:
    """Return the receipts of this voter, and the pots for which they have not voted yet."""
    kept, todo = [], []
    for pot in (each for each in round_.pots if each.position in ticket.slots):
        ballot = ballot_in(queries.paper_of(pot), ticket.slots[pot.position])
        if ballot:
            kept.append(Kept(pot, receipt_of(ballot)))
        else:
            todo.append(pot)
    return kept, todo


@blueprint.get("/<human_number:number>/bon")
@requires(may_enter_booth, load=round_to_enter)
def receipts(round_: Round) -> Any:
    """Show that the ballots of this voter are kept, each with its receipt, and what is still to do."""
    ticket = ticket_or_door(round_)
    if not isinstance(ticket, tickets.Ticket):
        return ticket
    kept, todo = _kept(round_, ticket)
    if not kept:
        return flask.redirect(flask.url_for(".hall", number=round_.number), 303)
    last = flask.request.args.get("pot", type=int)
    kept.sort(key=lambda each: each.pot.position != last)
    address = flask.url_for("board.check", number=round_.number, _external=True)
    return flask.render_template(
        "voting/booth/receipts.html",
        standing=standing_of(round_),
        kept=kept,
        todo=todo,
        codes={each.pot.position: qr(f"{address}#{each.receipt.leaf}") for each in kept},
        form=Form(),
        is_poll=is_poll(round_.rulebook.proofs),
    )


@blueprint.get(POT + "/eigen-kopie.txt")
@requires(may_vote_for_pot, load=round_with_pot)
def own_copy(found: tuple[Round, int]) -> Any:
    """Answer with what this voter chose and how to check it, to keep at home; whoever has it knows the choice."""
    round_, position = found
    ticket = ticket_or_door(round_)
    if not isinstance(ticket, tickets.Ticket):
        return ticket
    pot = pot_of(round_, ticket, position)
    paper = queries.paper_of(pot)
    ballot = ballot_in(paper, ticket.slots[position])
    if ballot is None:
        raise NotFound(_r("This page does not exist, or no longer does."))
    text = copy_of(round_.title, paper, ballot)
    return file_response(f"stembon-{round_.number}-{position}.txt", text.encode(), "text/plain; charset=utf-8")


@blueprint.post("/<human_number:number>/klaar")
@requires(may_see_round, load=round_to_enter)
def leave(round_: Round) -> flask.Response:
    """End the ticket, so that nobody goes on at this device."""
    gone = flask.make_response(flask.redirect(flask.url_for(".bye", number=round_.number), 303))
    return tickets.take_back(gone)


@blueprint.get("/<human_number:number>/klaar")
@requires(may_see_round, load=round_to_enter)
def bye(round_: Round) -> str:
    """Say goodbye to who voted."""
    return flask.render_template("voting/booth/bye.html", standing=standing_of(round_))
