"""What was fixed stands fast: the deeds refuse to change it, and so does the database itself."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.rounds import queries, rulebook
from buurtbegroting.blueprints.rounds.actions.bookkeeping import Entry, enter_in_ledger
from buurtbegroting.blueprints.rounds.actions.making import RoundChange, freeze_conditions, write_round
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.triggers import BALLOT, CONDITIONS
from tests.factories.rounds import NOW, make_plan, make_round
from tests.factories.towns import Town

pytestmark = pytest.mark.both_engines

OTHER: dict[str, Any] = {
    "text": "anders",
    "number": 7,
    "flag": True,
    "json": '["anders"]',
    "day": "2030-01-01",
}


def kind_of(column: str) -> str:
    type_ = str(sa.inspect(db.engine).get_columns("rulebook")[_place(column)]["type"])
    kinds = {"INT": "number", "BOOL": "flag", "JSON": "json", "DATE": "day"}
    return next((kind for start, kind in kinds.items() if start in type_.upper()), "text")


def _place(column: str) -> int:
    return [each["name"] for each in sa.inspect(db.engine).get_columns("rulebook")].index(column)


def attempt(statement: str, **values: Any) -> None:
    """Try to change the database behind the back of the deeds."""
    with pytest.raises(sa.exc.DBAPIError, match=r"frozen|never"), db.engine.begin() as connection:
        connection.execute(sa.text(statement), values)


def freeze_list(round_: Round) -> None:
    """Fix the list of a round, as its confirmation does."""
    with transaction(db.session()):
        round_.list_frozen_at, round_.list_hash = NOW, "0" * 64


@pytest.fixture
def round_(town: Town) -> Round:
    made = make_round(PhaseKind.PROPOSE)
    make_plan(made, state="submitted")
    return made


def test_the_database_refuses_every_change_of_frozen_conditions(round_: Round) -> None:
    for column in CONDITIONS:
        attempt(f"UPDATE rulebook SET {column} = :value", value=OTHER[kind_of(column)])
    attempt("DELETE FROM rulebook")
    attempt("UPDATE round SET conditions_frozen_at = NULL, conditions_hash = ''")


def test_the_database_refuses_every_change_of_a_frozen_list(round_: Round) -> None:
    freeze_list(round_)
    for column in BALLOT:
        attempt(f"UPDATE rulebook SET {column} = :value", value=OTHER[kind_of(column)])
    for statement in (
        "UPDATE pot SET amount_cents = 1",
        "DELETE FROM pot",
        "UPDATE proposal SET cost_cents = 1",
        "UPDATE proposal SET title = 'Anders'",
        "UPDATE proposal SET ballot_key = 'anders'",
        "DELETE FROM proposal",
        "UPDATE round SET list_frozen_at = NULL, list_hash = ''",
    ):
        attempt(statement)


def test_the_deed_refuses_what_is_frozen_before_the_database_has_to(round_: Round) -> None:
    with pytest.raises(NotNow, match="conditions"):
        write_round(SYSTEM, round_, RoundChange(rules={"propose_from": "area"}, note="Anders"), round_.version)
    with pytest.raises(NotNow, match="conditions"):
        write_round(SYSTEM, round_, RoundChange(criteria=[], note="Anders"), round_.version)
    write_round(SYSTEM, round_, RoundChange(rules={"rule": "greedy"}, note="Anders"), round_.version)
    freeze_list(round_)
    with pytest.raises(NotNow, match="list"):
        write_round(SYSTEM, round_, RoundChange(rules={"rule": "equal-shares"}, note="Anders"), round_.version)
    with pytest.raises(NotNow, match="list"):
        write_round(SYSTEM, round_, RoundChange(pots=[Pot(amount_cents=1)], note="Anders"), round_.version)


def test_conditions_are_frozen_once_and_their_hash_is_that_of_what_stands_there(round_: Round) -> None:
    content = rulebook.content_of(round_)
    assert round_.conditions_hash == rulebook.hash_of(rulebook.conditions_in(content))
    assert rulebook.hash_of(rulebook.conditions_in(content | {"criteria": [{"question": "Anders?"}]})) != (
        round_.conditions_hash
    )
    with pytest.raises(AlreadyDone):
        freeze_conditions(SYSTEM, round_)
    with pytest.raises(NotNow, match="known"):
        freeze_conditions(SYSTEM, make_round(state="draft"))


def test_only_officials_write_rounds(round_: Round) -> None:
    with pytest.raises(NotSignedIn):
        write_round(ANONYMOUS, round_, RoundChange(), round_.version)
    with pytest.raises(NotYours):
        freeze_conditions(Actor(id="resident"), round_)


def test_who_writes_from_an_older_page_is_told_so(round_: Round) -> None:
    before = round_.version
    write_round(SYSTEM, round_, RoundChange(facts={"summary": "Eerst"}, note="Een"), before)
    with pytest.raises(Changed):
        write_round(SYSTEM, round_, RoundChange(facts={"summary": "Later"}, note="Twee"), before)


def test_a_pot_that_everybody_knows_does_not_disappear(round_: Round) -> None:
    with pytest.raises(NotNow, match="taken away"):
        write_round(SYSTEM, round_, RoundChange(pots=[], note="Weg"), round_.version)


def test_the_book_of_a_pot_adds_up_and_is_never_overwritten(round_: Round) -> None:
    pot = round_.pots[0]
    enter_in_ledger(SYSTEM, pot, Entry("voted", 60_00, "plan", "2026-001"))
    enter_in_ledger(SYSTEM, pot, Entry("committed", 50_00, "plan", "2026-001"))
    enter_in_ledger(SYSTEM, pot, Entry("voted", -10_00, "plan", "2026-001", "Het werd goedkoper"))
    balance = queries.balance_of(pot)
    assert balance.sums == {"voted": 50_00, "committed": 50_00, "spent": 0}
    assert balance.left_cents == 50_00
    assert queries.balances_of(round_) == {pot.id: balance}
    with pytest.raises(Invalid, match="not enough money"):
        enter_in_ledger(SYSTEM, pot, Entry("voted", 50_01, "plan", "2026-002"))
    with pytest.raises(Invalid, match="takes off more"):
        enter_in_ledger(SYSTEM, pot, Entry("committed", -50_01, "plan", "2026-001"))
    with pytest.raises(NotYours):
        enter_in_ledger(Actor(id="resident"), pot, Entry("voted", 1, "plan", "2026-001"))
    attempt("UPDATE ledger_entry SET cents = 1")
    attempt("DELETE FROM ledger_entry")
