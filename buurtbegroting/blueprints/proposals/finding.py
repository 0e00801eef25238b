"""How plans are found."""

from __future__ import annotations

from collections.abc import Iterable

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.search import Entry, Kind
from buurtbegroting.web.pages import slug

from . import queries
from .models import Proposal
from .states import PUBLIC


def _entry(number: str) -> Entry | None:
    plan = queries.proposal_by_number(number)
    if plan is None or plan.state not in PUBLIC or plan.round.state != "published":
        return None
    texts = (plan.summary, plan.what, plan.why, plan.for_whom, plan.address, plan.number, plan.answer)
    return Entry(
        title=plan.title,
        text="\n".join(filter(None, texts)),
        endpoint="proposals.proposal",
        values={"number": plan.number, "name": slug(plan.title)},
        wijk_code=plan.wijk_code,
        theme=plan.theme.slug if plan.theme else "",
        day=plan.submitted_on,
        language=plan.round.language,
    )


def _of_round(round_: Round) -> Iterable[str]:
    return queries.numbers_of_round(round_.id)


KINDS = {
    "plan": Kind(
        _r("Plans"),
        all_keys=queries.all_numbers,
        entry=_entry,
        touched_by={Proposal: lambda plan: [plan.number], Round: _of_round},
    )
}
