"""The board is only added to, signed, in company; it says nothing of who or when, and it closes with what counts."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.exc import DBAPIError

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.blueprints.voting.actions import board
from buurtbegroting.blueprints.voting.models import Ballot, BoardEntry, PendingLeaf
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.foundation.database import db, read_anew, transaction
from buurtbegroting.foundation.vault import KeyIsGone, vault
from tests.factories.towns import Town
from tests.factories.voting import make_vote, vote


def entries(round_: Round) -> list[BoardEntry]:
    return list(queries.entries_of_board(round_.pots[0].id))


def test_the_first_entry_fixes_the_list_and_the_keys(town: Town) -> None:
    round_ = make_vote()
    (first,) = entries(round_)
    assert first.content["kind"] == "open"
    assert first.content["list"] == round_.list_hash
    assert first.content["box"] == secrecy.fingerprint(vault().read(board.box_key_name(round_.id)))
    assert first.previous == secrecy.BEGINNING


def test_opening_again_changes_nothing(town: Town) -> None:
    round_ = make_vote()
    key = vault().read(board.box_key_name(round_.id))
    board.open_box(SYSTEM, round_)
    assert len(entries(round_)) == 1
    assert vault().read(board.box_key_name(round_.id)) == key


def test_leaves_wait_until_there_are_twenty_and_then_stand_sorted(town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    receipts = [vote(pot, f"voter {number}") for number in range(19)]
    assert board.post_leaves(SYSTEM, pot) == 0
    receipts.append(vote(pot, "voter 20"))
    assert board.post_leaves(SYSTEM, pot) == 20
    assert entries(round_)[-1].content["leaves"] == sorted(each.leaf for each in receipts)
    assert db.session.scalars(sa.select(PendingLeaf)).all() == []


def test_an_entry_tells_its_time_by_ten_minutes(town: Town) -> None:
    round_ = make_vote()
    body = entries(round_)[0].content
    assert set(body) == {"kind", "round", "pot", "list", "box", "key", "day", "time"}
    assert body["time"].endswith("0")


def test_ballots_that_get_on_the_board_together_are_put_down_anew_in_one_go(town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    for number in range(20):
        vote(pot, f"voter {number}")
    before = {each.id: each.slot for each in queries.ballots_in_box(pot.id)}
    board.post_leaves(SYSTEM, pot)
    read_anew(db.session())
    assert {each.id: each.slot for each in queries.ballots_in_box(pot.id)} == before
    if db.engine.dialect.name == "postgresql":
        moments = db.session.execute(sa.text("SELECT DISTINCT xmin::text FROM ballot")).all()
        assert len(moments) == 1


def test_a_mixed_ballot_can_still_be_changed(town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    for number in range(20):
        vote(pot, f"voter {number}")
    board.post_leaves(SYSTEM, pot)
    read_anew(db.session())
    assert vote(round_.pots[0], "voter 3", seen=1).version == 2


def test_every_entry_holds_the_one_before_it_and_is_signed(town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    for number in range(20):
        vote(pot, f"voter {number}")
    board.post_leaves(SYSTEM, pot)
    board.close_board(SYSTEM, pot)
    found, previous = entries(round_), secrecy.BEGINNING
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found[0].content["key"]))
    for each in found:
        assert each.previous == previous
        assert each.hash == secrecy.entry_hash(previous, each.body)
        key.verify(bytes.fromhex(each.signature), bytes.fromhex(each.hash))
        previous = each.hash


def test_the_last_entry_says_which_leaves_count(town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    before, after = vote(pot, "a"), vote(pot, "a", seen=1)
    board.close_board(SYSTEM, pot)
    *_, leaves, last = [each.content for each in entries(round_)]
    assert set(leaves["leaves"]) == {before.leaf, after.leaf}
    assert (last["kind"], last["ballots"], last["blank"]) == ("close", 1, 1)
    assert last["counted"] == [after.leaf]


def test_closing_the_board_twice_is_as_good_as_once(town: Town) -> None:
    round_ = make_vote()
    board.close_board(SYSTEM, round_.pots[0])
    board.close_board(SYSTEM, round_.pots[0])
    assert [each.content["kind"] for each in entries(round_)] == ["open", "close"]


@pytest.mark.parametrize("change", ["UPDATE board_entry SET body = '{}'", "DELETE FROM board_entry"])
def test_the_database_refuses_to_change_the_board(town: Town, change: str) -> None:
    make_vote()
    with pytest.raises(DBAPIError, match="only ever added"), transaction(db.session()):
        db.session.execute(sa.text(change))


def test_turnout_is_told_only_when_it_grew_by_ten(town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    for number in range(9):
        vote(pot, f"voter {number}")
    board.note_turnout(SYSTEM, pot)
    assert queries.newest_turnout(pot.id) is None
    vote(pot, "voter 10")
    board.note_turnout(SYSTEM, pot)
    turnout = queries.newest_turnout(pot.id)
    assert turnout is not None
    assert turnout.voters == 10


def test_without_its_key_a_box_is_of_no_use_to_anybody(town: Town) -> None:
    round_ = make_vote()
    vault().destroy(board.box_key_name(round_.id))
    with pytest.raises(KeyIsGone):
        vote(round_.pots[0], "a")


def test_work_that_comes_back_opens_posts_and_notes_for_every_round(town: Town) -> None:
    round_ = make_vote(is_open=False)
    board.open_boxes()
    read_anew(db.session())
    pot = round_.pots[0]
    for number in range(20):
        vote(pot, f"voter {number}")
    board.post_boards()
    board.note_turnouts()
    assert json.loads(entries(round_)[-1].body)["kind"] == "leaves"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 20
