"""Every role before, during and after every phase: who may see and do what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from buurtbegroting.blueprints.municipalities.policy import may_manage_municipality, may_see_area
from buurtbegroting.blueprints.proposals.policy import may_record_proposal, may_see_proposal
from buurtbegroting.blueprints.proposals.states import MACHINE, PUBLIC, ProposalState
from buurtbegroting.blueprints.rounds.models import RoundPhase
from buurtbegroting.blueprints.rounds.policy import may_manage_rounds, may_see_outcome, may_see_round
from buurtbegroting.blueprints.voting.policy import may_count, may_decide, may_import_election, may_see_result
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn, NotYours, Refusal
from buurtbegroting.civic.verdicts import No, Verdict
from tests.factories.actors import OFFICIAL, RESIDENT
from tests.factories.rounds import NOW, phases_now_in

ACTORS = {"resident": ANONYMOUS, "official": OFFICIAL, "system": SYSTEM}
MOMENTS = [None, *PhaseKind]


@dataclass
class Round:
    state: str = "published"
    phases: list[RoundPhase] = field(default_factory=list)
    conditions_frozen_at: datetime | None = NOW
    list_frozen_at: datetime | None = None


@dataclass
class Thing:
    round: Round = field(default_factory=Round)
    state: ProposalState = ProposalState.FEASIBLE


@dataclass
class Result:
    pot: Thing
    status: str = "provisional"


def refused(verdict: Verdict) -> type[Refusal] | None:
    return verdict.refusal if isinstance(verdict, No) else None


def in_phase(kind: PhaseKind | None, state: str = "published") -> Round:
    return Round(state, phases_now_in(kind))


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("kind", MOMENTS)
def test_the_outcome_is_for_nobody_before_the_phase_of_the_result(actor: str, kind: PhaseKind | None) -> None:
    shows = kind in (PhaseKind.ALL_YEAR, PhaseKind.RESULT, PhaseKind.DELIVER)
    expected = None if shows else NotNow
    assert refused(may_see_outcome(ACTORS[actor], in_phase(kind), NOW)) is expected
    assert refused(may_see_result(ACTORS[actor], Result(Thing(in_phase(kind))), NOW)) is expected


@pytest.mark.parametrize("kind", MOMENTS)
def test_counting_is_for_officials_from_the_phase_of_the_result_on(kind: PhaseKind | None) -> None:
    shows = kind in (PhaseKind.ALL_YEAR, PhaseKind.RESULT, PhaseKind.DELIVER)
    pot = Thing(in_phase(kind))
    assert refused(may_count(ANONYMOUS, pot, NOW)) is NotYours
    assert refused(may_count(OFFICIAL, pot, NOW)) is (None if shows else NotNow)


def test_the_outcome_stays_visible_when_the_round_is_over() -> None:
    round_ = in_phase(PhaseKind.DELIVER)
    later = NOW + timedelta(days=9999)
    assert may_see_outcome(ANONYMOUS, round_, later)
    assert may_count(OFFICIAL, Thing(round_), later)


@pytest.mark.parametrize(("actor", "expected"), [("resident", NotFound), ("official", None), ("system", None)])
def test_a_draft_round_is_known_only_to_officials(actor: str, expected: type[Refusal] | None) -> None:
    assert refused(may_see_round(ACTORS[actor], Round("draft"), NOW)) is expected
    assert refused(may_see_proposal(ACTORS[actor], Thing(Round("draft")), NOW)) is expected
    assert may_see_round(ACTORS[actor], Round(), NOW)


@pytest.mark.parametrize("state", ProposalState)
def test_the_public_knows_of_plans_that_are_public(state: ProposalState) -> None:
    assert bool(may_see_proposal(ANONYMOUS, Thing(state=state), NOW)) == (state in PUBLIC)


def test_officials_see_hidden_plans() -> None:
    assert may_see_proposal(OFFICIAL, Thing(state=ProposalState.HIDDEN), NOW)


@pytest.mark.parametrize(
    "policy", [may_manage_municipality, may_manage_rounds, may_record_proposal, may_import_election]
)
def test_residents_manage_nothing(policy: object) -> None:
    def ask(actor: Actor) -> Verdict:
        verdict: Verdict = policy(actor, object(), NOW)  # type: ignore[operator]
        return verdict

    assert refused(ask(ANONYMOUS)) in (NotYours, NotSignedIn)
    assert refused(ask(RESIDENT)) is NotYours
    assert ask(OFFICIAL)
    assert ask(SYSTEM)


def test_a_decision_is_for_officials_and_once() -> None:
    pot = Thing(in_phase(PhaseKind.RESULT))
    assert may_decide(OFFICIAL, Result(pot), NOW)
    assert refused(may_decide(ANONYMOUS, Result(pot), NOW)) is NotYours
    assert refused(may_decide(OFFICIAL, Result(pot, "final"), NOW)) is AlreadyDone


def test_everybody_sees_areas() -> None:
    assert may_see_area(ANONYMOUS, object(), NOW)


def test_every_move_of_a_plan_starts_and_ends_in_a_state() -> None:
    reached = {target for _, target in MACHINE.moves.values()} | {MACHINE.initial}
    assert reached == set(ProposalState)
