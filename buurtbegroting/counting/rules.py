"""The one register of rules, completions, utilities and tie methods: command line, rulebook, page and API read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid

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
        "greedy-stop",
        _r("Most votes, until one does not fit"),
        _r(
            "The plan with the most votes goes first, then the next. "
            "As soon as there is not enough money for a plan, we stop."
        ),
    ),
    Entry(
        "greedy-per-cost",
        _r("Most votes per euro"),
        _r(
            "We divide the votes of each plan by what it costs, and the highest goes first. "
            "A plan for which there is not enough money left is skipped."
        ),
    ),
    Entry(
        "equal-shares",
        _r("Equal shares"),
        _r("Every voter may spend the same amount. A plan goes ahead when its voters can pay for it together."),
    ),
    Entry(
        "phragmen",
        _r("Equal burdens"),
        _r(
            "The voters of a plan carry its cost together, and the burden is spread as evenly as possible. "
            "We stop as soon as the next plan does not fit in the pot."
        ),
    ),
    Entry(
        "phragmen-skip",
        _r("Equal burdens, skipping what does not fit"),
        _r(
            "The voters of a plan carry its cost together, and the burden is spread as evenly as possible. "
            "A plan that does not fit in the pot is skipped."
        ),
    ),
    Entry(
        "packages",
        _r("One package"),
        _r("Voters choose between packages of plans. The package with the most votes goes ahead, and no other."),
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
        _r(
            "We count again with 1 more for every voter, and again, as long as the plans fit in the pot together. "
            "The last count that fits holds."
        ),
    ),
    Entry(
        "add1u",
        _r("Raising everybody's share, then most votes"),
        _r(
            "We count again with 1 more for every voter, as long as the plans fit in the pot together. "
            "Then the plan with the most votes that still fits goes ahead."
        ),
    ),
)

UTILITIES = _register(
    Entry("cost", _r("By euros"), _r("For a voter a plan is worth what it costs. A dear plan counts for more.")),
    Entry(
        "count",
        _r("By plans"),
        _r("For a voter every plan is worth the same. A cheap plan gives as much as a dear one."),
    ),
    Entry(
        "points", _r("By points"), _r("For a voter a plan is worth the points he or she gave it. No points is nothing.")
    ),
    Entry(
        "borda",
        _r("By how many are below it"),
        _r("A plan gets a point for every plan that a voter put below it. The last one on a ballot gets none."),
    ),
    Entry(
        "places",
        _r("By place on the ballot"),
        _r("The first place gives as many points as there are places on the ballot. Each next place gives one less."),
    ),
)

TIES = _register(
    Entry("id", _r("By number"), _r("The plan whose number comes first goes first. Numbers are compared as text.")),
    Entry(
        "cheapest",
        _r("The cheapest first"),
        _r("The plan that costs least goes first. What costs the same stays equal."),
    ),
    Entry(
        "dearest", _r("The dearest first"), _r("The plan that costs most goes first. What costs the same stays equal.")
    ),
    Entry(
        "most-votes", _r("Most votes first"), _r("The plan with the most votes goes first. The same votes stay equal.")
    ),
    Entry(
        "drawn",
        _r("By lot"),
        _r("Lots are drawn in public. Anyone can work out the order from the number that was drawn."),
    ),
)

OPTIONS = _register(
    Entry(
        "exhaustive",
        _r("Stop when nothing more fits"),
        _r("We stop raising everybody's share when none of the other plans fits in what is left. It keeps shares low."),
    ),
    Entry(
        "compared",
        _r("Compared with most votes"),
        _r("We also count by most votes. When more voters do better under that, its outcome holds."),
    ),
    Entry(
        "bar",
        _r("Enough voters for the cost"),
        _r("A plan that costs a share of the pot needs a third of that share of the voters. Others do not take part."),
    ),
    Entry(
        "min-votes",
        _r("A least number of votes"),
        _r("A plan with fewer votes than this does not take part. Where points are given, points are counted."),
    ),
    Entry(
        "weights",
        _r("Weight by the way of voting"),
        _r("Votes that came in different ways can weigh differently. A weight of two counts as two voters."),
    ),
    Entry(
        "exclusive",
        _r("Plans that exclude each other"),
        _r("Of some plans only one can be carried out. When one is chosen, the others no longer take part."),
    ),
)


@dataclass(frozen=True)
class Method:
    """A complete way of counting, as a rulebook names it."""

    rule: str
    utility: str
    completion: str | None = None
    is_exhaustive: bool | None = None
    ties: tuple[str, ...] = ("id",)
    seed: str = ""
    is_compared: bool = False
    has_bar: bool = False
    min_votes: Fraction | None = None
    weights: tuple[tuple[str, Fraction], ...] = ()


def method(
    ballot_type: BallotType,
    rule: str = "equal-shares",
    utility: str | None = None,
    completion: str | None = None,
    is_exhaustive: bool = True,
    tie_chain: tuple[str, ...] = ("id",),
    *,
    seed: str = "",
    is_compared: bool = False,
    has_bar: bool = False,
    min_votes: Fraction | None = None,
    weights: Mapping[str, Fraction] | None = None,
) -> Method:
    """Return a way of counting with its defaults filled in; raise Invalid naming what does not exist or fit."""
    _insist("rule", rule, RULES)
    utility = utility or default_utility(ballot_type)
    _insist("utility", utility, UTILITIES)
    if utility not in fitting_utilities(ballot_type) or (rule.startswith("phragmen") and not ballot_type.is_approval):
        raise Invalid(
            _r(
                "The rule %(rule)s with utility %(utility)s does not fit %(ballots)s ballots.",
                rule=rule,
                utility=utility,
                ballots=ballot_type.value,
            )
        )
    for each in tie_chain:
        _insist("tie rule", each, TIES)
    if rule == "equal-shares":
        completion = completion or "add1u"
        _insist("completion", completion, COMPLETIONS)
    elif completion not in (None, "none"):
        raise Invalid(_r("The rule %(rule)s has no completion; leave %(name)s out.", rule=rule, name=completion))
    elif is_compared or has_bar:
        raise Invalid(_r("Only the rule equal-shares can be compared with most votes, or have a bar."))
    return Method(
        rule=rule,
        utility=utility,
        completion=completion if rule == "equal-shares" else None,
        is_exhaustive=is_exhaustive if rule == "equal-shares" else None,
        ties=tie_chain,
        seed=seed,
        is_compared=is_compared,
        has_bar=has_bar,
        min_votes=min_votes,
        weights=tuple(sorted((weights or {}).items())),
    )


def default_utility(ballot_type: BallotType) -> str:
    """Return what a project is worth to a voter on this kind of ballot, unless a rulebook says otherwise."""
    if ballot_type is BallotType.ORDINAL:
        return "borda"
    return "cost" if ballot_type.is_approval else "points"


def fitting_utilities(ballot_type: BallotType) -> tuple[str, ...]:
    """Return the utilities that can be read from this kind of ballot."""
    if ballot_type is BallotType.ORDINAL:
        return ("cost", "count", "borda", "places")
    return ("cost", "count") if ballot_type.is_approval else ("cost", "count", "points")


def _insist(kind: str, name: str, register: dict[str, Entry]) -> None:
    if name not in register:
        raise Invalid(
            _r("There is no %(kind)s %(name)s; use %(names)s.", kind=kind, name=name, names=", ".join(register))
        )
