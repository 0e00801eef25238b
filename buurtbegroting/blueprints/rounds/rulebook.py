"""The rulebook of a round: what stands in it, in plain words, and what of it is frozen when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from buurtbegroting.civic.money import Money
from buurtbegroting.civic.proofs import Proof, is_poll
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.counting.rules import COMPLETIONS, RULES
from buurtbegroting.foundation.triggers import BALLOT, CONDITIONS

from .models import Pot, Round, RoundCriterion, Rulebook

# Decision forms in which residents fill in a ballot.
WITH_BALLOT = ("vote", "packages", "live")

DECISION_FORMS: Mapping[str, Reason] = {
    "vote": _r("Residents vote on every plan"),
    "packages": _r("Residents choose between packages of plans"),
    "jury": _r("A committee or jury decides, with a reason for every plan"),
    "consensus": _r("Residents decide together in a meeting"),
    "live": _r("Residents vote on one evening, in a hall"),
}
LEGAL_FORMS: Mapping[str, Reason] = {
    "own-spending": _r("The municipality carries the plans out and pays for them"),
    "subsidy": _r("Residents get a subsidy for their plan"),
    "contract": _r("Residents carry the plan out under a contract"),
}
PROPOSE_FROM: Mapping[str, Reason] = {
    "area": _r("Who lives in the area of the pot"),
    "municipality": _r("Who lives in the municipality"),
    "everybody": _r("Everybody"),
}
VOTE_FROM: Mapping[str, Reason] = {
    "area": _r("Who lives in the area of the pot"),
    "municipality": _r("Who lives in the municipality"),
}
LEFTOVER: Mapping[str, Reason] = {
    "next-round": _r("It is added to the next round."),
    "reserve": _r("It is kept for this area."),
    "general": _r("It goes back to the municipality."),
}
DROPOUT: Mapping[str, Reason] = {
    "next": _r("The next plan on the list that fits takes its place."),
    "leftover": _r("Its money is treated as money that is left."),
}
PROVED_BY: Mapping[str, Reason] = {
    Proof.CODE: _r("You get a letter with a code."),
    Proof.IDENTITY: _r("You can sign in with DigiD, Yivi or an account of the municipality."),
    Proof.COUNTER: _r("You can vote at the counter. Bring proof of who you are."),
    Proof.PROXY: _r("You can let another voter vote for you. One person votes for two others at most."),
    Proof.ACCOUNT: _r("You take part with an account and a confirmed e-mail address."),
}
BALLOTS: Mapping[str, Reason] = {
    "approval": _r("You tick the plans that you want."),
    "choose-1": _r("You choose one plan."),
    "knapsack": _r("You choose plans until the money is used up."),
    "ordinal": _r("You put the plans in your order."),
    "cumulative": _r("You divide points over the plans."),
    "scoring": _r("You give each plan points."),
}


@dataclass(frozen=True)
class Section:
    """A part of the rulebook: what it is about, and its sentences; those of the municipality itself are text."""

    key: str
    title: Reason
    sentences: Sequence[Reason | str]


def content_of(round_: Round) -> dict[str, Any]:
    """Return everything that stands in the rulebook of a round, as a version of it keeps it."""
    rules = {name: _plain(getattr(round_.rulebook, name)) for name in (*CONDITIONS, *BALLOT)}
    return {
        "currency": round_.currency,
        "pots": [_pot(each) for each in round_.pots],
        "rules": rules,
        "criteria": [_criterion(each) for each in round_.criteria],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _pot(pot: Pot) -> dict[str, Any]:
    return {
        "place": pot.area.name if pot.area else "",
        "theme": pot.theme.slug if pot.theme else "",
    } | {
        name: getattr(pot, name)
        for name in ("kind", "holder", "amount_cents", "legal_form", "funding_source", "budget_year", "is_kept")
    }


def pot_title(pot: Pot, language: str) -> Reason:
    """Return what a pot is called among the pots of its round."""
    if pot.kind == "free":
        return _r("What nobody foresaw")
    if pot.kind == "maatwerk":
        return _r("Maatwerk by %(holder)s", holder=pot.holder)
    place = pot.area.name if pot.area else _r("the whole municipality")
    if pot.theme is None:
        return place if isinstance(place, Reason) else Reason("%(place)s", {"place": place})
    return _r("%(place)s: %(theme)s", place=place, theme=pot.theme.name_nl if language == "nl" else pot.theme.name_en)


def _criterion(each: RoundCriterion) -> dict[str, str]:
    return {"question": each.question, "explanation": each.explanation, "department": each.department}


def hash_of(content: Any) -> str:
    """Return the SHA-256 of something in its one canonical form, in hexadecimal."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def conditions_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a rulebook what the first freeze holds."""
    return {"rules": {name: content["rules"][name] for name in CONDITIONS}, "criteria": content["criteria"]}


def ballot_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a rulebook what the second freeze holds, besides the plans themselves."""
    return {"rules": {name: content["rules"][name] for name in BALLOT}, "pots": content["pots"]}


def sections(content: Mapping[str, Any]) -> list[Section]:
    """Say a rulebook in plain words, part by part."""
    rules: Mapping[str, Any] = content["rules"]
    currency: str = content["currency"]
    has_ballot = rules["decision_form"] in WITH_BALLOT
    every = [
        Section("money", _r("The money"), list(_money(content["pots"], currency))),
        Section("propose", _r("Who may propose a plan?"), list(_proposing(rules, currency))),
        Section("assess", _r("What do we look at?"), list(_looking(content["criteria"]))),
        Section("decide", _r("Who chooses?"), list(_deciding(rules))),
        Section("ballot", _r("How do you vote?"), list(_ballot(rules)) if has_ballot else []),
        Section("count", _r("How do we count?"), list(_counting(rules)) if has_ballot else []),
        Section("afterwards", _r("What happens afterwards?"), list(_afterwards(rules))),
        Section("promise", _r("What the municipality promises"), list(_promise(rules))),
    ]
    return [each for each in every if each.sentences]


def _money(pots: Sequence[Mapping[str, Any]], currency: str) -> Iterator[Reason | str]:
    for pot in pots:
        place = pot["place"] or _r("the whole municipality")
        money = Money(pot["amount_cents"], currency)
        if pot["kind"] == "free":
            yield _r("For %(place)s: %(money)s, free for what nobody foresaw.", place=place, money=money)
        elif pot["kind"] == "maatwerk":
            yield _r(
                "For %(place)s: %(money)s that %(holder)s may spend at once where that helps somebody.",
                place=place,
                money=money,
                holder=pot["holder"],
            )
        else:
            yield _r("For %(place)s: %(money)s.", place=place, money=money)
    for form in sorted({pot["legal_form"] for pot in pots} - {""}):
        yield _r("%(form)s.", form=LEGAL_FORMS[form])
    for source in sorted({pot["funding_source"] for pot in pots} - {""}):
        yield _r("The money comes from: %(source)s.", source=source)
    for year in sorted({pot["budget_year"] for pot in pots if pot["budget_year"] and not pot["is_kept"]}):
        yield _r("What is not promised to a plan before the end of %(year)s lapses.", year=str(year))


def _proposing(rules: Mapping[str, Any], currency: str) -> Iterator[Reason | str]:
    who, age = PROPOSE_FROM[rules["propose_from"]], rules["propose_min_age"]
    if age:
        yield _r("%(who)s, from %(age)s years old.", who=who, age=age)
    else:
        yield _r("%(who)s.", who=who)
    if rules["max_plans_per_person"] == 1:
        yield _r("You may hand in one plan.")
    elif rules["max_plans_per_person"]:
        yield _r("You may hand in at most %(number)s plans.", number=rules["max_plans_per_person"])
    if rules["min_plan_cents"]:
        yield _r("A plan costs at least %(money)s.", money=Money(rules["min_plan_cents"], currency))
    if rules["max_plan_cents"]:
        yield _r("A plan costs at most %(money)s.", money=Money(rules["max_plan_cents"], currency))
    if rules["support_needed"]:
        yield _r("A plan needs the support of %(number)s people before we look at it.", number=rules["support_needed"])


def _looking(criteria: Sequence[Mapping[str, str]]) -> Iterator[Reason | str]:
    for each in criteria:
        yield each["question"]


def _deciding(rules: Mapping[str, Any]) -> Iterator[Reason | str]:
    yield _r("%(form)s.", form=DECISION_FORMS[rules["decision_form"]])
    if rules["decided_by"]:
        yield _r("Who decides: %(who)s.", who=rules["decided_by"])
    for day in rules["deciding_days"]:
        yield _r("We decide on %(day)s.", day=date.fromisoformat(day))


def _ballot(rules: Mapping[str, Any]) -> Iterator[Reason | str]:
    day = date.fromisoformat(rules["reference_date"]) if rules["reference_date"] else None
    if rules["min_age"] and day:
        yield _r("You may vote when you are %(age)s or older on %(day)s.", age=rules["min_age"], day=day)
    elif rules["min_age"]:
        yield _r("You may vote when you are %(age)s or older.", age=rules["min_age"])
    yield {
        "area": _r("You vote in the area where you live."),
        "municipality": _r("Everybody who lives in the municipality may vote."),
    }[rules["vote_from"]]
    if day:
        yield _r("What counts is where you live on %(day)s. Who moves later votes where they lived then.", day=day)
    # Versions of before the proofs were kept have none.
    proofs = rules.get("proofs", [])
    if is_poll(proofs):
        yield _r("This is a poll, and not a vote: nobody checks who is behind an e-mail address.")
    for proof in proofs:
        yield PROVED_BY[proof]
    if Proof.CODE in proofs:
        yield _r("Is your address secret, or did you get no letter? Call us, or come to the counter.")
    yield from choosing(rules)


def choosing(rules: Mapping[str, Any]) -> Iterator[Reason]:
    """Say how a ballot is filled in, and within which limits."""
    if rules["decision_form"] == "packages":
        yield _r("You choose one package of plans.")
        return
    yield BALLOTS[rules["ballot_type"]]
    if rules["min_choices"] == 1:
        yield _r("You choose at least one plan.")
    elif rules["min_choices"]:
        yield _r("You choose at least %(num)s plans.", num=rules["min_choices"])
    if rules["max_choices"] == 1:
        yield _r("You choose at most one plan.")
    elif rules["max_choices"]:
        yield _r("You choose at most %(num)s plans.", num=rules["max_choices"])
    if rules["max_points"] == 1:
        yield _r("You have one point.")
    elif rules["max_points"]:
        yield _r("You have %(num)s points.", num=rules["max_points"])


def _counting(rules: Mapping[str, Any]) -> Iterator[Reason | str]:
    yield RULES[rules["rule"]].explanation
    book = Rulebook(**{name: rules[name] for name in ("rule", "completion", "is_exhaustive", "is_compared", "has_bar")})
    if book.addition:
        yield COMPLETIONS[rules["completion"]].explanation
    for option in book.options:
        yield option.explanation
    if rules["min_votes"]:
        yield _r("A plan needs at least %(number)s votes.", number=rules["min_votes"])


def _afterwards(rules: Mapping[str, Any]) -> Iterator[Reason | str]:
    yield _r("Is there money left? %(what)s", what=LEFTOVER[rules["leftover"]])
    yield _r("Can a chosen plan not be done after all? %(what)s", what=DROPOUT[rules["dropout"]])


def _promise(rules: Mapping[str, Any]) -> Iterator[Reason | str]:
    if rules["promise"]:
        yield rules["promise"]
    if rules["promise_decision"]:
        yield _r("Decision %(number)s.", number=rules["promise_decision"])
