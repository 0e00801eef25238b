"""Rounds in which people vote, voters with codes, and filled ballots."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any

from buurtbegroting.blueprints.deciding.actions.listing import PackageText, put_together_package
from buurtbegroting.blueprints.electorate import codes, secrecy
from buurtbegroting.blueprints.electorate.models import CodeBatch, RegisterEntry, VotingCode
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting.actions.board import box_key_name, open_box
from buurtbegroting.blueprints.voting.actions.casting import Receipt, Sent, cast_ballot
from buurtbegroting.blueprints.voting.queries import paper_of
from buurtbegroting.blueprints.voting.secrecy import slot_of
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.foundation import crypto
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.vault import vault
from tests.factories.actors import OFFICIAL
from tests.factories.rounds import NOW, make_plan, make_round

ONE = Fraction(1)
COSTS = (60, 50, 40, 20)


def make_vote(costs: Sequence[int] = COSTS, *, is_open: bool = True, **facts: Any) -> Round:
    """Make a round in which people vote now, with plans of these costs in every pot and an open box."""
    round_ = make_round(PhaseKind.VOTE, **facts)
    for place, pot in enumerate(round_.pots):
        for cost in costs:
            make_plan(round_, cost, title=f"Plan {cost}" + "+" * place, pot=pot)
    return freeze_list(round_, is_open=is_open)


def make_vote_on_packages() -> Round:
    """Make a round in which people choose between three packages now."""
    round_ = make_round(PhaseKind.ASSESS, rulebook={"decision_form": "packages", "rule": "packages"})
    plans = [make_plan(round_, cost, title=f"Plan {cost}") for cost in COSTS]
    for letter, parts in (("A", plans[:1]), ("B", plans[1:3]), ("C", plans[3:])):
        put_together_package(OFFICIAL, round_, PackageText(round_.pots[0], letter, f"Pakket {letter}", "", parts))
    with transaction(db.session()):
        for phase in round_.phases:
            phase.starts_at -= timedelta(weeks=1)
            phase.ends_at = phase.ends_at and phase.ends_at - timedelta(weeks=1)
    return freeze_list(round_)


def freeze_list(round_: Round, *, is_open: bool = True) -> Round:
    """Fix the list of a round as two officials do, and open its box."""
    with transaction(db.session()):
        round_.list_frozen_at, round_.list_hash = NOW, "1" * 64
    return open_box(SYSTEM, round_) if is_open else round_


def end_vote(round_: Round) -> Round:
    """Let the last moment of voting have passed."""
    with transaction(db.session()):
        for phase in round_.phases:
            if phase.kind in (PhaseKind.VOTE, PhaseKind.RESULT):
                phase.starts_at -= timedelta(weeks=1)
                phase.ends_at = phase.ends_at and phase.ends_at - timedelta(weeks=1)
            if phase.kind in (PhaseKind.PROPOSE, PhaseKind.ASSESS):
                phase.starts_at -= timedelta(weeks=2)
                phase.ends_at = phase.ends_at and phase.ends_at - timedelta(weeks=2)
    return round_


def make_entry(round_: Round, wijk_code: str | None = "WK999801", **facts: Any) -> RegisterEntry:
    """Put somebody in the register of a round."""
    entry = RegisterEntry(**{"round_id": round_.id, "reference": uuid.uuid4().hex, "wijk_code": wijk_code} | facts)
    with transaction(db.session()):
        db.session.add(entry)
    return entry


def make_code(entry: RegisterEntry, state: str = "sent") -> str:
    """Give somebody a code and return it as it stands in their letter."""
    code = codes.new_code(codes.new_selector())
    number = uuid.uuid4().int % 10**9
    with transaction(db.session()):
        batch = CodeBatch(round_id=entry.round_id, number=number, kind="desk", asked_by="test", asked_at=NOW)
        kept = crypto.hashed_password(secrecy.secret_to_hash(entry.round_id, code.selector, code.secret))
        row = VotingCode(
            round_id=entry.round_id,
            entry=entry,
            batch=batch,
            selector=code.selector,
            secret_hash=kept,
            state_name=state,
        )
        db.session.add(row)
    return code.text


def make_voter(round_: Round, wijk_code: str | None = "WK999801") -> str:
    """Put somebody in the register and return their code."""
    return make_code(make_entry(round_, wijk_code))


def slot_for(pot: Pot, voter: str) -> str:
    """Return the slot of a voter by name."""
    return slot_of(vault().read(box_key_name(pot.round_id)), str(pot.id), voter)


def vote(pot: Pot, voter: str, *keys: str, seen: int = 0, submission: str | None = None) -> Receipt:
    """Cast a ballot that approves of some plans, for a voter by name."""
    choices = [(key, ONE) for key in keys]
    sent = Sent(slot_for(pot, voter), choices, seen, submission or uuid.uuid4().hex)
    return cast_ballot(ANONYMOUS, paper_of(pot), sent)
