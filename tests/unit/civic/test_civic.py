"""Phases by the clock, moves by the table, verdicts with reasons, money in whole cents."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, RoleName
from buurtbegroting.civic.machine import Machine
from buurtbegroting.civic.money import cents_from
from buurtbegroting.civic.phases import ALLOWS, TITLES, Act, PhaseKind, allows, phase_at
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.civic.refusals import Invalid, NotFound, NotNow
from buurtbegroting.civic.verdicts import No, Yes, insist
from buurtbegroting.foundation.clock import AMSTERDAM, local_day
from tests.factories.actors import OFFICIAL

MOMENT = datetime(2026, 3, 8, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Phase:
    kind: PhaseKind
    starts_at: datetime
    ends_at: datetime | None


PHASES = [
    Phase(PhaseKind.VOTE, MOMENT, MOMENT + timedelta(days=1)),
    Phase(PhaseKind.RESULT, MOMENT + timedelta(days=2), None),
]


@pytest.mark.parametrize(
    ("shift", "kind"),
    [
        (timedelta(microseconds=-1), None),
        (timedelta(), PhaseKind.VOTE),
        (timedelta(days=1, microseconds=-1), PhaseKind.VOTE),
        (timedelta(days=1), None),
        (timedelta(days=999), PhaseKind.RESULT),
    ],
)
def test_a_phase_holds_its_start_and_not_its_end(shift: timedelta, kind: PhaseKind | None) -> None:
    phase = phase_at(PHASES, MOMENT + shift)
    assert (phase.kind if phase else None) == kind


def test_between_phases_nothing_is_allowed() -> None:
    between = MOMENT + timedelta(days=1)
    assert not any(allows(PHASES, act, between) for act in Act)
    assert allows(PHASES, Act.VOTE, MOMENT)


def test_a_result_that_was_shown_stays_when_the_round_is_over() -> None:
    over = [Phase(PhaseKind.RESULT, MOMENT, MOMENT + timedelta(days=1))]
    assert not allows(over, Act.SEE_RESULT, MOMENT - timedelta(seconds=1))
    assert allows(over, Act.SEE_RESULT, MOMENT)
    assert allows(over, Act.SEE_RESULT, MOMENT + timedelta(days=99))


def test_every_phase_has_words_and_says_what_it_allows() -> None:
    assert set(TITLES) == set(ALLOWS) == set(PhaseKind)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), 28),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), 29),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), 30),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 25),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 25),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), 26),
    ],
)
def test_a_day_is_a_dutch_day_also_in_the_nights_the_clock_changes(utc: datetime, day: int) -> None:
    assert local_day(utc).day == day
    assert utc.astimezone(AMSTERDAM).date() == local_day(utc)


class Light(enum.StrEnum):
    RED = "red"
    GREEN = "green"


def test_a_state_moves_only_as_the_table_says() -> None:
    machine = Machine(Light.RED, {"go": (frozenset({Light.RED}), Light.GREEN)})
    assert machine.move(Light.RED, "go") is Light.GREEN
    with pytest.raises(NotNow, match="green"):
        machine.move(Light.GREEN, "go")
    assert "red --> green: go" in machine.diagram()


def test_a_no_raises_its_own_kind_of_refusal() -> None:
    insist(Yes())
    with pytest.raises(NotFound):
        insist(No(Reason("Weg"), NotFound))


def test_a_reason_is_an_english_sentence_with_its_facts() -> None:
    assert str(Reason("%(count)s plans", {"count": 3})) == "3 plans"
    assert str(Reason("100% sure")) == "100% sure"


@pytest.mark.parametrize(("amount", "cents"), [(Fraction(5), 500), (Fraction("12.34"), 1234)])
def test_money_is_whole_cents(amount: Fraction, cents: int) -> None:
    assert cents_from(amount) == cents


def test_less_than_a_cent_is_refused() -> None:
    with pytest.raises(Invalid):
        cents_from(Fraction(1, 3))


def test_actors_are_named_by_their_role() -> None:
    assert [each.label for each in (ANONYMOUS, SYSTEM, OFFICIAL)] == ["resident", "system", "admin,official"]
    assert OFFICIAL.has_role(RoleName.ADMIN)
    assert not ANONYMOUS.has_role(RoleName.OFFICIAL)
