"""Plans as rows to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .models import Proposal

HEAD = (
    "nummer",
    "ronde",
    "titel",
    "samenvatting",
    "onderwerp",
    "wijk",
    "buurt",
    "adres",
    "bedrag",
    "munt",
    "status",
    "ingediend",
)


def rows(proposals: Iterable[Proposal]) -> Iterator[tuple[object, ...]]:
    """Yield one row per plan; amounts have a decimal comma, as Dutch spreadsheets read them."""
    for each in proposals:
        yield (
            each.number,
            each.round.number,
            each.title,
            each.summary,
            each.theme.name_nl if each.theme else "",
            each.wijk_code or "",
            each.buurt_code or "",
            each.address,
            f"{each.cost_cents // 100},{each.cost_cents % 100:02d}",
            each.round.currency,
            each.state_name,
            each.submitted_on or "",
        )
