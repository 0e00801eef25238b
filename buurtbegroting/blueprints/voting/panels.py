"""What results show on pages that combine slices: home, a wijk, a round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flask

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.proofs import is_poll
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.web.access import can
from buurtbegroting.web.slices import Task

from . import queries
from .explanation import Summary, summary
from .models import Closing, Result
from .policy import has_booth, may_ask_to_close, may_enter_booth, may_see_board, may_see_result

SHOWN = 3


def _visible(fits: Callable[[Result], bool]) -> list[Summary]:
    return [summary(each) for each in queries.newest_results() if fits(each) and can(may_see_result, each)]


def newest(_: object) -> Sequence[Summary] | None:
    """Return the last few results; None when there are none."""
    return _visible(lambda each: True)[:SHOWN] or None


def in_wijk(area: Area) -> Sequence[Summary] | None:
    """Return the results of this wijk and of the whole municipality; None when there are none."""
    return _visible(lambda each: each.pot.area_id in (None, area.id))[:SHOWN] or None


def of_round(round_: Round) -> Sequence[Summary] | None:
    """Return the results of a round; None when there are none."""
    return _visible(lambda each: each.pot.round_id == round_.id) or None


@dataclass(frozen=True)
class ToVote:
    """A round in which people vote now; of a poll the button has other words."""

    round: Round
    is_poll: bool


def to_vote(round_: Round) -> ToVote | None:
    """Return a round when people vote in it now, or else None."""
    return ToVote(round_, is_poll(round_.rulebook.proofs)) if can(may_enter_booth, round_) else None


def with_board(round_: Round) -> Round | None:
    """Return a round when there is a board of its vote to look at, or else None."""
    return round_ if can(may_see_board, round_) else None


@dataclass(frozen=True)
class Managing:
    """What officials may do about the vote of a round: whether it can be closed, and how far the closing is."""

    round: Round
    verdict: Verdict
    closing: Closing | None


def managing(round_: Round) -> Managing | None:
    """Return what officials can do about a vote; None where nobody votes in a booth."""
    if not has_booth(round_):
        return None
    return Managing(round_, can(may_ask_to_close, round_), queries.closing_of(round_.id))


def tasks(actor: Actor) -> list[Task]:
    """Return the votes that wait for an official as the second person to be closed."""
    if not actor.has_role(RoleName.OFFICIAL):
        return []
    return [
        Task(
            _r("Close the vote: %(title)s", title=each.round.title),
            flask.url_for("closing.page", number=each.round.number),
            each.asked_at,
        )
        for each in queries.closings_that_wait()
        if each.asked_by != actor.id
    ]
