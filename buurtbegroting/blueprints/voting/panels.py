"""What results show on pages that combine slices: home, a wijk, a round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.web.access import can

from . import queries
from .explanation import Summary, summary
from .models import Result
from .policy import may_see_result

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
