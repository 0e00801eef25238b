"""Fixing the list by two persons, and the packages on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import ListConfirmation, Package, PackagePart
from ..notices import LIST_FIXED
from ..policy import (
    may_confirm_list,
    may_put_forward_list,
    may_put_together_package,
    may_take_apart_package,
    may_take_back_list,
)

MOST_NAMED = 5
FEWEST_PACKAGES = 2


def obstacles(round_: Round) -> list[Reason]:
    """Return why the list of a round cannot be fixed yet."""
    found = []
    waiting = [each.number for each in queries.plans_without_answer(round_)]
    if waiting:
        named = ", ".join(waiting[:MOST_NAMED]) + (" …" if len(waiting) > MOST_NAMED else "")
        found.append(_r("%(number)s plans have no answer yet: %(named)s.", number=len(waiting), named=named))
    if not queries.plans_on_list(round_):
        found.append(_r("There is no plan on the list."))
    if round_.rulebook.decision_form == "packages":
        found += _obstacles_of_packages(round_)
    return found


def _obstacles_of_packages(round_: Round) -> list[Reason]:
    packages = queries.packages_of(round_)
    found = []
    for pot in (each for each in round_.pots if each.kind == "plans"):
        if sum(each.pot_id == pot.id for each in packages) < FEWEST_PACKAGES:
            found.append(_r("Put at least two packages together for every pot."))
            break
    return found


@deed("deciding:list:put forward")
def put_forward_list(actor: Actor, round_: Round) -> ListConfirmation:
    """Put a list forward, to be confirmed by somebody else; raise Invalid for what stands in the way."""
    now = clock.now(db.session())
    insist(may_put_forward_list(actor, round_, now))
    if reasons := obstacles(round_):
        raise Invalid(reasons[0])
    if queries.confirmation_of(round_.id):
        raise AlreadyDone(_r("The list is put forward already. It waits for a second person."))
    asked = ListConfirmation(
        round=round_, content_hash=queries.hash_of_list(round_), asked_by=str(actor.id), asked_at=now
    )
    db.session.add(asked)
    db.session.flush()
    return asked


@deed("deciding:list:taken back")
def take_back_list(actor: Actor, asked: ListConfirmation) -> ListConfirmation:
    """Take a list back before somebody confirmed it, so that it can change."""
    insist(may_take_back_list(actor, asked, clock.now(db.session())))
    db.session.delete(asked)
    return asked


@deed("deciding:list:confirmed")
def confirm_list(actor: Actor, asked: ListConfirmation) -> ListConfirmation:
    """Fix list, ballot and count for good; raise Changed when the list is not the one that was put forward."""
    now = clock.now(db.session())
    insist(may_confirm_list(actor, asked, now))
    if queries.hash_of_list(asked.round) != asked.content_hash:
        raise Changed(_r("The list changed after it was put forward. Take it back and put it forward again."))
    asked.confirmed_by, asked.confirmed_at = str(actor.id), now
    asked.round.list_hash, asked.round.list_frozen_at = asked.content_hash, now
    outbox.announce(db.session(), LIST_FIXED, number=asked.round.number)
    return asked


@dataclass(frozen=True)
class PackageText:
    """A package as somebody puts it together: for which pot, under which letter, with which plans."""

    pot: Pot
    letter: str
    title: str
    summary: str
    plans: Collection[Proposal]


@deed("deciding:package:put together")
def put_together_package(actor: Actor, round_: Round, wanted: PackageText) -> Package:
    """Put a package together; raise Invalid when it costs more than its pot, or when its letter is taken."""
    insist(may_put_together_package(actor, round_, clock.now(db.session())))
    if sum(each.cost_cents for each in wanted.plans) > wanted.pot.amount_cents:
        words = _r("These plans cost more together than there is in the pot.")
        raise Invalid(words, {"plans": words})
    if any(each.pot_id != wanted.pot.id for each in wanted.plans):
        words = _r("Choose plans of one pot.")
        raise Invalid(words, {"plans": words})
    if any((each.pot_id, each.letter) == (wanted.pot.id, wanted.letter) for each in queries.packages_of(round_)):
        words = _r("There is a package with this letter already.")
        raise Invalid(words, {"letter": words})
    made = Package(
        round=round_,
        pot=wanted.pot,
        letter=wanted.letter,
        title=wanted.title,
        summary=wanted.summary,
        parts=[PackagePart(proposal=each) for each in wanted.plans],
    )
    db.session.add(made)
    db.session.flush()
    return made


@deed("deciding:package:taken apart")
def take_apart_package(actor: Actor, package: Package) -> Package:
    """Take a package apart; its plans stay."""
    insist(may_take_apart_package(actor, package, clock.now(db.session())))
    db.session.delete(package)
    return package
