"""The one register of rules, completions, utilities and tie methods: command line, rulebook, page and API read it."""

from __future__ import annotations

from dataclasses import dataclass

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

from . import ties
from .elections import BallotType


@dataclass(frozen=True)
class Entry:
    """Something a rulebook can name, with its title and what it means in plain words."""

    name: str
    title: Reason
    explanation: Reason


def _register(*entries: Entry) -> dict[str, Entry]:
    return {entry.name: entry for entry in entries}


RULES = _register(
    Entry(
        "greedy",
        _r("Most votes"),
        _r(
            "The plan with the most votes goes first, then the next. "
            "A plan for which there is not enough money left is skipped."
        ),
    ),
    Entry(
        "equal-shares",
        _r("Equal shares"),
        _r("Every voter may spend the same amount. A plan goes ahead when its voters can pay for it together."),
    ),
)

COMPLETIONS = _register(
    Entry(
        "none",
        _r("No addition"),
        _r("We stop when no group of voters can pay for a plan any more. What is left stays in the pot."),
    ),
    Entry(
        "greedy",
        _r("Then most votes"),
        _r(
            "With the money that is left we choose the plan with the most votes that still fits. "
            "We go on until nothing fits."
        ),
    ),
    Entry(
        "add1",
        _r("Raising everybody's share"),
        _r("We count again with 1 more for every voter, and again. We stop when nothing more fits in the pot."),
    ),
    Entry(
        "add1u",
        _r("Raising everybody's share, then most votes"),
        _r(
            "We count again with 1 more for every voter, until the pot is nearly empty. "
            "Then the plan with the most votes that still fits goes ahead."
        ),
    ),
)

UTILITIES = _register(
    Entry("cost", _r("By euros"), _r("A plan counts for as much as it costs.")),
    Entry("count", _r("By plans"), _r("Every plan counts as one.")),
    Entry("points", _r("By points"), _r("A plan counts for the points that voters gave it.")),
    Entry("borda", _r("By place"), _r("A plan counts for the number of plans that a voter put below it.")),
)

TIES = _register(
    Entry("id", _r("By number"), _r("The plan whose number comes first goes first.")),
    Entry("cheapest", _r("The cheapest first"), _r("The plan that costs least goes first.")),
    Entry("dearest", _r("The dearest first"), _r("The plan that costs most goes first.")),
    Entry("most-votes", _r("Most votes first"), _r("The plan with the most votes goes first.")),
)


@dataclass(frozen=True)
class Method:
    """A complete way of counting, as a rulebook names it."""

    rule: str
    utility: str
    completion: str | None
    is_exhaustive: bool | None
    ties: tuple[str, ...]


def method(
    ballot_type: BallotType,
    rule: str = "equal-shares",
    utility: str | None = None,
    completion: str | None = None,
    is_exhaustive: bool = True,
    tie_chain: tuple[str, ...] = ("id",),
) -> Method:
    """Return a way of counting with its defaults filled in; raise Invalid naming what does not exist or fit."""
    _insist("rule", rule, RULES)
    utility = utility or default_utility(ballot_type)
    _insist("utility", utility, UTILITIES)
    for each in tie_chain:
        _insist("tie rule", each, {name: TIES[name] for name in ties.METHODS})
    if rule == "greedy":
        if completion not in (None, "none"):
            raise Invalid(_r("The rule greedy has no completion; leave %(name)s out.", name=completion))
        return Method(rule, utility, None, None, tie_chain)
    completion = completion or "add1u"
    _insist("completion", completion, COMPLETIONS)
    if not ballot_type.is_approval or utility not in ("cost", "count"):
        raise Invalid(
            _r(
                "Equal shares with utility %(utility)s on %(ballots)s ballots is not there yet; use the rule greedy.",
                utility=utility,
                ballots=ballot_type.value,
            )
        )
    return Method(rule, utility, completion, is_exhaustive, tie_chain)


def default_utility(ballot_type: BallotType) -> str:
    """Return what a project is worth to a voter on this kind of ballot, unless a rulebook says otherwise."""
    if ballot_type is BallotType.ORDINAL:
        return "borda"
    return "cost" if ballot_type.is_approval else "points"


def _insist(kind: str, name: str, register: dict[str, Entry]) -> None:
    if name not in register:
        raise Invalid(
            _r(
                "The %(kind)s %(name)s is not there yet; use %(names)s.",
                kind=kind,
                name=name,
                names=", ".join(register),
            )
        )
