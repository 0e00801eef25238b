"""Who lives where the rules of a round ask it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.verdicts import No, Verdict, Yes


class BuurtFacts(Protocol):
    """What is read of a buurt that an own area is made of."""

    @property
    def buurt_code(self) -> str: ...


class PlaceFacts(Protocol):
    """What is read of the area of a pot."""

    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def buurten(self) -> Iterable[BuurtFacts]: ...


def lives_where_it_counts(wijk_code: str | None, propose_from: str, area: PlaceFacts | None) -> Verdict:
    """Tell whether who says to live in a wijk may propose, or support, a plan for an area under the rules of a round.

    ``area`` is that of the pot; without one the pot is for the whole municipality.
    """
    if propose_from == "everybody":
        return Yes()
    if wijk_code is None:
        return No(_r("We do not know yet in which wijk you live. Fill that in under My account."))
    if propose_from == "municipality" or area is None or wijk_code in wijken_of(area):
        return Yes()
    return No(_r("This is for who lives in %(place)s.", place=area.name))


def wijken_of(area: PlaceFacts) -> frozenset[str]:
    """Return the codes of the wijken that an area is, or lies in."""
    if area.kind == "wijk":
        return frozenset({area.code})
    # The code of a buurt begins with the figures of its wijk.
    return frozenset(f"WK{each.buurt_code[2:8]}" for each in area.buurten)
