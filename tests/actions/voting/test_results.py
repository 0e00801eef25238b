"""Ballots are sealed and counted; a count is kept for ever; a decision is recorded once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting import exports, queries
from buurtbegroting.blueprints.voting.actions import results as actions
from buurtbegroting.blueprints.voting.models import Result, SealedBallot
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow, NotYours
from buurtbegroting.counting import pabulib
from buurtbegroting.counting.outcomes import Outcome
from buurtbegroting.foundation.database import db, transaction
from tests.factories.actors import OFFICIAL
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town

ONE = Fraction(1)
FILE = Path(__file__).parents[2] / "fixtures/pb/proefstad.pb"


def sealed(kind: PhaseKind = PhaseKind.RESULT) -> tuple[Pot, list[Proposal]]:
    round_ = make_round(kind)
    plans = [make_plan(round_, cost, title=f"Plan {cost}") for cost in (60, 50, 40)]
    a, b, c = (plan.ballot_key for plan in plans)
    ballots = [[(a, ONE), (b, ONE)], [(a, ONE), (c, ONE)], [(b, ONE)], []]
    actions.seal_ballots(SYSTEM, round_.pots[0], ballots)
    return round_.pots[0], plans


def counted() -> tuple[Result, list[Proposal]]:
    pot, plans = sealed()
    return actions.count_pot(OFFICIAL, pot, "Eerste telling"), plans


def test_a_count_is_provisional_and_tells_the_plans(town: Town) -> None:
    result, plans = counted()
    outcome = Outcome.from_json(result.outcome_json)
    assert (result.status, result.sequence, result.voters) == ("provisional", 1, 4)
    assert {plan.ballot_key for plan in plans if plan.state_name == "elected"} == set(outcome.winners)


def test_a_second_count_stands_beside_the_first(town: Town) -> None:
    result, _ = counted()
    second = actions.count_pot(OFFICIAL, result.pot, "Hertelling na bezwaar")
    assert second.sequence == 2
    assert second.outcome_json == result.outcome_json


@pytest.mark.parametrize(
    "change", ["UPDATE result SET outcome_json = '{}'", "DELETE FROM result", "UPDATE sealed_ballot SET payload = '[]'"]
)
def test_the_database_itself_keeps_counts_and_ballots(town: Town, change: str) -> None:
    counted()
    with pytest.raises(DBAPIError), transaction(db.session()):
        db.session.execute(sa.text(change))


def test_a_resident_cannot_count(town: Town) -> None:
    pot, _ = sealed()
    with pytest.raises(NotYours):
        actions.count_pot(ANONYMOUS, pot, "Nieuwsgierig")


def test_nobody_counts_while_people_vote(town: Town) -> None:
    pot, _ = sealed(PhaseKind.VOTE)
    with pytest.raises(NotNow):
        actions.count_pot(OFFICIAL, pot, "Te vroeg")


def test_a_decision_is_recorded_once(town: Town) -> None:
    result, _ = counted()
    actions.decide(OFFICIAL, result, date(2026, 3, 30), "college", "2026-1")
    assert result.status == "final"
    with pytest.raises(AlreadyDone):
        actions.decide(OFFICIAL, result, date(2026, 3, 31), "college", "2026-2")


def test_a_resident_cannot_decide(town: Town) -> None:
    result, _ = counted()
    with pytest.raises(NotYours):
        actions.decide(ANONYMOUS, result, date(2026, 3, 30), "ik", "1")


def test_a_file_becomes_a_closed_round_that_gives_the_same_file_back(town: Town) -> None:
    file = pabulib.read(FILE)
    taken = actions.import_election(SYSTEM, town.municipality, file)
    result = queries.result_of(taken.number)
    assert result is not None
    assert (taken.voters, result.pot.amount_cents) == (3, 100_050)
    again = pabulib.parse(pabulib.write(exports.pabulib_file(result)).encode(), "terug.pb")
    assert again.election() == file.election()


def test_nothing_of_a_voter_is_taken_over(town: Town) -> None:
    actions.import_election(SYSTEM, town.municipality, pabulib.read(FILE))
    payloads = set(db.session.scalars(sa.select(SealedBallot.payload)))
    assert payloads == {'[["1","1"],["2","1"]]', '[["1","1"]]', "[]"}
    assert db.session.scalars(sa.select(SealedBallot.track).where(SealedBallot.track.is_not(None))).all() == []


def test_taking_over_is_all_or_nothing(town: Town) -> None:
    broken = pabulib.parse(FILE.read_bytes().replace(b"500.25", b"500.255"), "scheef.pb")
    with pytest.raises(Invalid, match="cents"):
        actions.import_election(SYSTEM, town.municipality, broken)
    assert db.session.scalar(sa.select(sa.func.count(Round.id))) == 0


def test_a_resident_takes_nothing_over(town: Town) -> None:
    with pytest.raises(NotYours):
        actions.import_election(ANONYMOUS, town.municipality, pabulib.read(FILE))


def test_a_vote_that_is_still_on_is_not_taken_over(town: Town) -> None:
    future = pabulib.parse(FILE.read_bytes().replace(b"unknown_key;kept", b"date_end;31.12.2999"), "later.pb")
    with pytest.raises(Invalid, match="when the vote is over"):
        actions.import_election(SYSTEM, town.municipality, future)
