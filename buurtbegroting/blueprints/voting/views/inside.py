"""What every page inside the booth needs: the ticket, the pot, and the ballot as it lies before its voter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import flask

from buurtbegroting.blueprints.electorate.queries import round_to_enter
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.rounds.standing import Standing, standing
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.proofs import is_poll
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.forms import Form
from buurtbegroting.web.i18n import language, say

from .. import queries
from ..actions.casting import ballot_in
from ..ballot_paper import BallotPaper, Option
from ..marks import Marks, marks_in
from ..policy import may_enter_booth
from ..queries import Leaflet
from . import tickets

blueprint = flask.Blueprint("booth", __name__, url_prefix="/stemmen")

POT = "/<human_number:number>/pot-<int:position>"


@dataclass(frozen=True)
class Lying:
    """A ballot as it lies before its voter: the paper, what is on it, and what there is to read about each option."""

    round: Round
    pot: Pot
    paper: BallotPaper
    marks: Marks
    leaflets: Mapping[str, Leaflet]
    seed: str
    search: str = ""
    theme: str = ""

    @property
    def options(self) -> list[Option]:
        """All options, in the order of this voter."""
        return self.paper.in_order(self.seed)

    @property
    def shown(self) -> list[Option]:
        """The options that fit what the voter looks for."""
        words = self.search.casefold().split()
        return [
            each
            for each in self.options
            if (not self.theme or self.leaflets[each.key].theme == self.theme)
            and all(word in self.leaflets[each.key].text.casefold() for word in words)
        ]

    @property
    def chosen(self) -> list[Option]:
        """What is chosen now."""
        return self.marks.chosen(self.paper)

    @property
    def cost(self) -> Money:
        """What is chosen costs together."""
        return self.paper.cost([each.key for each in self.chosen])

    def money(self, cents: int) -> Money:
        """An amount in the currency of the round."""
        return Money(cents, self.paper.currency)

    @property
    def left(self) -> Money:
        """What is left in the pot; below zero when more was chosen than fits."""
        return self.money(self.paper.amount_cents - self.cost.cents)

    @property
    def themes(self) -> list[str]:
        """The subjects of the options."""
        return sorted({each.theme for each in self.leaflets.values() if each.theme})

    @property
    def points_given(self) -> int:
        """How many points are given, as far as they can be read."""
        return sum(int(text) for text in self.marks.points.values() if text.strip().isdecimal())


def ticket_or_door(round_: Round) -> tickets.Ticket | flask.Response:
    """Return the ticket of this request, or the way to the door."""
    found = tickets.shown(round_)
    return found or flask.make_response(flask.redirect(flask.url_for("booth.door", number=round_.number), 303))


def pot_of(round_: Round, ticket: tickets.Ticket, position: int) -> Pot:
    """Return a pot about which this voter votes."""
    pot = next((each for each in round_.pots if each.position == position), None)
    if pot is None or position not in ticket.slots:
        raise NotFound(_r("This page does not exist, or no longer does."))
    return pot


def lying_of(round_: Round, ticket: tickets.Ticket, pot: Pot) -> Lying:
    """Return the ballot of a pot with what this request carries filled in."""
    paper = queries.paper_of(pot)
    sent = flask.request.form
    return Lying(
        round=round_,
        pot=pot,
        paper=paper,
        marks=marks_in(sent.to_dict(flat=False), paper),
        leaflets=queries.leaflets_of(pot, language()),
        seed=ticket.seed,
        search=sent.get("zoek", "")[:100].strip(),
        theme=sent.get("onderwerp", "")[:100],
    )


def standing_of(round_: Round) -> Standing:
    """Return where a round stands now."""
    return standing(round_, clock.now(db.session()))


def page(template: str, lying: Lying, form: Form, **more: Any) -> str:
    """Return a page about a ballot."""
    return flask.render_template(
        f"voting/booth/{template}.html",
        lying=lying,
        form=form,
        standing=standing_of(lying.round),
        is_poll=is_poll(lying.round.rulebook.proofs),
        **more,
    )


def page_of_pot(round_: Round, ticket: tickets.Ticket, position: int, mistakes: Reason | None = None) -> str:
    """Return the ballot of a pot, with what this request carries already filled in."""
    pot = pot_of(round_, ticket, position)
    form = Form()
    if mistakes:
        form.form_errors.append(say(mistakes))
    kept = ballot_in(queries.paper_of(pot), ticket.slots[position])
    lying = lying_of(round_, ticket, pot)
    return page("pot", lying, form, has_voted=kept is not None, page_has_errors=mistakes is not None)


def round_with_pot(number: str, position: int) -> tuple[Round, int] | None:
    """Return a round and the place of one of its pots."""
    found = round_to_enter(number)
    return (found, position) if found and any(pot.position == position for pot in found.pots) else None


def may_vote_for_pot(actor: Actor, found: tuple[Round, int], now: datetime) -> Verdict:
    """Who may come to the door of the booth may come to its ballots; there the ticket decides."""
    return may_enter_booth(actor, found[0], now)
