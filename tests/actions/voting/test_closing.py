"""Two officials close a vote; then the box is sealed and counted, in steps that can be taken again."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.voting import queries
from buurtbegroting.blueprints.voting.actions import closing
from buurtbegroting.blueprints.voting.models import Closing, Result, SealedBallot
from buurtbegroting.civic.actors import ANONYMOUS, Actor, Role, RoleName
from buurtbegroting.civic.refusals import AlreadyDone, NotNow, NotSignedIn, NotYours
from buurtbegroting.counting.outcomes import Outcome
from buurtbegroting.foundation import jobs
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.actors import OFFICIAL
from tests.factories.towns import Town
from tests.factories.voting import end_vote, make_entry, make_vote, make_vote_on_packages, vote

SECOND = Actor(id="second", roles=frozenset({Role(RoleName.OFFICIAL)}))


def voted(**facts: Any) -> Round:
    """Return a round whose vote is over: twelve voters, of whom three changed their vote and one voted blank."""
    round_ = make_vote(**facts)
    first, second, *_ = [each.ballot_key for each in queries.plans_on_ballot(round_.pots[0])]
    for number in range(12):
        entry = make_entry(round_)
        vote(round_.pots[0], str(entry.id), *((first, second) if number else ()))
        if number > 8:
            vote(round_.pots[0], str(entry.id), second, seen=1)
    make_entry(round_)
    return end_vote(round_)


def closed(round_: Round) -> Closing:
    asked = closing.ask_to_close(OFFICIAL, round_)
    return closing.confirm_closing(SECOND, asked)


def sealed() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(SealedBallot)) or 0


def test_two_officials_close_and_the_votes_are_counted_once(town: Town) -> None:
    round_ = voted()
    closed(round_)
    jobs.run_due(db.session())
    read_anew(db.session())
    result = queries.result_of(round_.number)
    assert result is not None
    assert (result.voters, result.electorate, result.status) == (12, 13, "provisional")
    outcome = Outcome.from_json(result.outcome_json)
    assert {each.project: int(each.votes) for each in (*outcome.steps, *outcome.losses) if each.votes} == {
        queries.plans_on_ballot(result.pot)[0].ballot_key: 8,
        queries.plans_on_ballot(result.pot)[1].ballot_key: 11,
    }
    assert queries.number_of_ballots(result.pot_id) == 0
    assert sealed() == 12


def test_a_closing_that_was_broken_off_goes_on_where_it_was(town: Town) -> None:
    round_ = voted()
    asked = closed(round_)
    closing.seal_boxes(OFFICIAL, asked)
    closing_id = str(asked.id)
    closing.close(closing_id)
    closing.close(closing_id)
    assert sealed() == 12
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Result)) == 1


def test_one_person_closes_nothing(town: Town) -> None:
    asked = closing.ask_to_close(OFFICIAL, voted())
    with pytest.raises(NotYours):
        closing.confirm_closing(OFFICIAL, asked)


def test_a_closing_is_asked_for_and_confirmed_once(town: Town) -> None:
    round_ = voted()
    asked = closed(round_)
    with pytest.raises(AlreadyDone):
        closing.ask_to_close(OFFICIAL, round_)
    with pytest.raises(AlreadyDone):
        closing.confirm_closing(SECOND, asked)


def test_nobody_closes_a_vote_that_is_on(town: Town) -> None:
    with pytest.raises(NotNow):
        closing.ask_to_close(OFFICIAL, make_vote())


def test_a_round_without_a_booth_has_nothing_to_close(town: Town) -> None:
    with pytest.raises(NotNow):
        closing.ask_to_close(OFFICIAL, end_vote(make_vote(rulebook={"decision_form": "live"})))


@pytest.mark.parametrize(("actor", "refusal"), [(ANONYMOUS, NotSignedIn), (Actor(id="resident"), NotYours)])
def test_residents_close_nothing(town: Town, actor: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        closing.ask_to_close(actor, voted())


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO sealed_ballot (id, municipality_id, pot_id, payload) "
        "SELECT '00000000000000000000000000000001', municipality_id, pot_id, payload FROM sealed_ballot LIMIT 1",
        "UPDATE sealed_ballot SET payload = '[]'",
    ],
)
def test_nothing_is_added_to_a_sealed_box_or_changed_in_it(town: Town, change: str) -> None:
    closed(voted())
    jobs.run_due(db.session())
    with pytest.raises(DBAPIError, match=r"closed|never changed"), transaction(db.session()):
        db.session.execute(sa.text(change))


def test_participation_is_told_of_groups_and_never_of_one_that_can_be_worked_out(town: Town) -> None:
    round_ = make_vote(rulebook={"vote_from": "municipality"})
    for wijk_code, voters in (("WK999801", 14), ("WK999802", 11), ("WK999803", 3)):
        for _ in range(voters):
            vote(round_.pots[0], str(make_entry(round_, wijk_code).id))
        make_entry(round_, wijk_code)
    closed(end_vote(round_))
    jobs.run_due(db.session())
    read_anew(db.session())
    told = queries.participation_of(round_.pots[0].id)
    assert [(each.wijk_code, each.electorate, each.voters) for each in told] == [("WK999801", 15, 14)]


def test_the_plans_of_the_package_with_most_votes_are_chosen(town: Town) -> None:
    round_ = make_vote_on_packages()
    for voter, letter in (("a", "B"), ("b", "B"), ("c", "A")):
        vote(round_.pots[0], voter, letter)
    closed(end_vote(round_))
    jobs.run_due(db.session())
    read_anew(db.session())
    result = queries.result_of(round_.number)
    assert result is not None
    chosen = {each.title for each in queries.plans_on_ballot(result.pot) if each.state_name == "elected"}
    assert chosen == {"Plan 50", "Plan 40"}
