"""The booth: one pot at a time, filled in, looked over, and cast."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from sqlalchemy.exc import OperationalError

from buurtbegroting.blueprints.electorate.queries import round_to_enter
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.civic.proofs import is_poll
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Changed, Invalid
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import PAGE_OF_BEFORE, Form, OnceForm

from .. import queries
from ..actions.casting import Sent, ballot_in, cast_ballot
from ..marks import Marks, marks_in
from ..policy import may_enter_booth
from . import tickets
from .door import back_at_the_door
from .failing import was_received
from .inside import (
    POT,
    Lying,
    blueprint,
    lying_of,
    may_vote_for_pot,
    page,
    page_of_pot,
    pot_of,
    round_with_pot,
    standing_of,
    ticket_or_door,
)


@blueprint.get("/<human_number:number>/hokje")
@requires(may_enter_booth, load=round_to_enter)
def hall(round_: Round) -> Any:
    """Show about which pots this voter votes, which are done and which are open; of one pot, its ballot at once."""
    ticket = ticket_or_door(round_)
    if not isinstance(ticket, tickets.Ticket):
        return ticket
    pots = [pot for pot in round_.pots if pot.position in ticket.slots]
    done = {pot.position: ballot_in(queries.paper_of(pot), ticket.slots[pot.position]) is not None for pot in pots}
    if len(pots) == 1 and not any(done.values()):
        return flask.redirect(flask.url_for(".fill_in", number=round_.number, position=pots[0].position), 303)
    return flask.render_template(
        "voting/booth/hall.html",
        standing=standing_of(round_),
        pots=pots,
        done=done,
        form=Form(),
        is_poll=is_poll(round_.rulebook.proofs),
    )


@blueprint.get(POT)
@requires(may_vote_for_pot, load=round_with_pot)
def fill_in(found: tuple[Round, int]) -> Any:
    """Show the empty ballot of a pot."""
    round_, position = found
    ticket = ticket_or_door(round_)
    return page_of_pot(round_, ticket, position) if isinstance(ticket, tickets.Ticket) else ticket


@blueprint.post(POT)
@requires(may_vote_for_pot, load=round_with_pot)
def go_on(found: tuple[Round, int]) -> Any:
    """Do what a button on the ballot asks: look for plans, add up, compare, put in order, or look the choice over."""
    round_, position = found
    if not Form().validate():
        raise Invalid(PAGE_OF_BEFORE)
    ticket = tickets.shown(round_)
    if ticket is None:
        return back_at_the_door(round_, position)
    pot = pot_of(round_, ticket, position)
    lying, button = lying_of(round_, ticket, pot), flask.request.form.get("doen", "")
    if button == "blanco":
        return _review(lying, ticket, Marks())
    if button == "vergelijk":
        return page("compare", lying, Form())
    if button in ("verder", "nagekeken"):
        try:
            choices = lying.marks.choices(lying.paper)
            if not choices:
                raise Invalid(_r("You chose nothing yet. Choose, or press “I vote blank”."))
            lying.paper.check(choices)
        except Invalid as mistake:
            return page_of_pot(round_, ticket, position, mistake.reason), 422
        if lying.paper.is_ranking and button == "verder":
            return page("order", lying, Form())
        return _review(lying, ticket, lying.marks)
    if moved := _moved(lying):
        return page("order", moved, Form())
    return page_of_pot(round_, ticket, position)


def _moved(lying: Lying) -> Lying | None:
    """Return the ballot with one choice moved in the order, when a button asked that."""
    for name, by in (("omhoog", -1), ("omlaag", 1)):
        if key := flask.request.form.get(name):
            return Lying(**vars(lying) | {"marks": lying.marks.moved(key, by)})
    return None


def _review(lying: Lying, ticket: tickets.Ticket, marks: Marks) -> str:
    """Show what is about to be cast, with the version of the ballot that this voter knows of."""
    kept = ballot_in(lying.paper, ticket.slots[lying.pot.position])
    looked_over = Lying(**vars(lying) | {"marks": marks})
    return page("review", looked_over, OnceForm(), seen=kept.version if kept else 0)


@blueprint.post(POT + "/uitbrengen")
@requires(may_vote_for_pot, load=round_with_pot)
def cast(found: tuple[Round, int]) -> Any:
    """Cast a ballot that was looked over."""
    round_, position = found
    number = round_.number
    form = OnceForm()
    if not form.validate():
        raise Invalid(PAGE_OF_BEFORE)
    ticket = tickets.shown(round_)
    if ticket is None:
        return back_at_the_door(round_, position)
    paper = queries.paper_of(pot_of(round_, ticket, position))
    seen = flask.request.form.get("gezien", "0")
    sent = Sent(
        slot=ticket.slots[position],
        choices=marks_in(flask.request.form.to_dict(flat=False), paper).choices(paper),
        seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        submission=str(form.submission.data) or str(uuid.uuid4()),
    )
    try:
        cast_ballot(ANONYMOUS, paper, sent)
    except Changed as changed:
        return flask.render_template("voting/booth/changed.html", reason=changed.reason, number=number), 409
    except OperationalError:
        if not was_received(paper, sent):
            raise
    return flask.redirect(flask.url_for(".receipts", number=number, pot=position), 303)
