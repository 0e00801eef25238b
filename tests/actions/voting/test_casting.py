"""A ballot is kept once, in one piece, with a receipt; or it is refused with a reason, and nothing is kept."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import flask
import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.electorate.queries import round_to_enter
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.blueprints.voting.actions.board import close_board
from buurtbegroting.blueprints.voting.actions.casting import Sent, cast_ballot
from buurtbegroting.blueprints.voting.models import Ballot, PendingLeaf
from buurtbegroting.blueprints.voting.queries import number_of_ballots
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Changed, Invalid, NotNow
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import Base, db, read_anew, transaction
from tests.factories.rounds import NOW, make_round
from tests.factories.towns import Town
from tests.factories.voting import ONE, end_vote, freeze_list, make_vote, make_vote_on_packages, slot_for, vote

# What a row of the ballot box may say. Another column needs another look at what it tells.
COLUMNS = {
    "ballot": {
        *("id", "municipality_id", "pot_id", "slot", "payload", "track", "nonce", "submission_hash", "version"),
    },
    "pending_leaf": {"id", "municipality_id", "pot_id", "ballot_id", "leaf"},
    "sealed_ballot": {"id", "municipality_id", "pot_id", "payload", "track", "nonce"},
    "board_entry": {*("id", "municipality_id", "pot_id", "sequence", "previous", "body", "hash", "signature")},
}


def keys(round_: Round) -> list[str]:
    return [each.ballot_key for each in queries.plans_on_ballot(round_.pots[0])]


def kept(round_: Round) -> list[Ballot]:
    read_anew(db.session())
    return list(queries.ballots_in_box(round_.pots[0].id))


def test_a_ballot_is_kept_with_a_receipt_that_stands_for_it(town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    receipt = vote(round_.pots[0], "a", second, first)
    (ballot,) = kept(round_)
    assert ballot.payload == secrecy.payload_of([(first, 1), (second, 1)], is_ranking=False)
    pot_id = str(round_.pots[0].id)
    assert receipt.leaf == secrecy.leaf_of(pot_id, receipt.track, receipt.nonce, ballot.payload)
    assert db.session.scalars(sa.select(PendingLeaf.leaf)).all() == [receipt.leaf]


def test_the_same_form_sent_twice_gets_the_same_receipt_and_changes_nothing(town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    receipt = vote(round_.pots[0], "a", first, submission="x")
    again = vote(round_.pots[0], "a", second, submission="x")
    assert again == receipt
    assert len(kept(round_)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PendingLeaf)) == 1


def test_a_vote_can_be_changed_until_the_end(town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    before = vote(round_.pots[0], "a", first)
    after = vote(round_.pots[0], "a", second, seen=1)
    (ballot,) = kept(round_)
    assert secrecy.choices_in(ballot.payload)[0][0] == second
    assert (after.version, ballot.version) == (2, 2)
    assert before.leaf != after.leaf


@pytest.mark.parametrize("seen", [0, 2])
def test_a_window_of_before_never_writes_over_a_later_vote(town: Town, seen: int) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    vote(round_.pots[0], "a", first)
    with pytest.raises(Changed):
        vote(round_.pots[0], "a", second, seen=seen)
    assert secrecy.choices_in(kept(round_)[0].payload)[0][0] == first


def test_a_blank_ballot_is_a_vote(town: Town) -> None:
    round_ = make_vote(rulebook={"min_choices": 2})
    vote(round_.pots[0], "a")
    assert [each.payload for each in kept(round_)] == ["[]"]


def test_a_voter_has_a_slot_of_their_own_in_every_pot_and_nobody_can_tie_them_together(town: Town) -> None:
    round_ = make_vote(pots=[Pot(position=1, amount_cents=10_000), Pot(position=2, amount_cents=10_000)])
    slots = {slot_for(pot, voter) for pot in round_.pots for voter in ("a", "b")}
    assert len(slots) == 4


@pytest.mark.parametrize("kind", [PhaseKind.ASSESS, PhaseKind.RESULT])
def test_nothing_is_received_before_or_after(town: Town, kind: PhaseKind) -> None:
    round_ = freeze_list(make_round(kind))
    with pytest.raises(NotNow):
        vote(round_.pots[0], "a")
    assert kept(round_) == []


def test_the_clock_decides_at_the_last_moment(town: Town) -> None:
    round_ = make_vote()
    vote(round_.pots[0], "in time")
    phase = next(each for each in round_.phases if each.kind is PhaseKind.VOTE)
    with transaction(db.session()):
        phase.ends_at = NOW - timedelta(microseconds=1)
    with pytest.raises(NotNow):
        vote(round_.pots[0], "too late")
    assert len(kept(round_)) == 1


def test_what_does_not_fit_the_ballot_is_refused_whole(town: Town) -> None:
    round_ = make_vote(rulebook={"max_choices": 1})
    with pytest.raises(Invalid):
        vote(round_.pots[0], "a", *keys(round_)[:2])
    with pytest.raises(Invalid):
        vote(round_.pots[0], "a", "no such plan")
    assert kept(round_) == []


def test_one_package_is_chosen(town: Town) -> None:
    round_ = make_vote_on_packages()
    vote(round_.pots[0], "a", "B")
    with pytest.raises(Invalid):
        vote(round_.pots[0], "b", "A", "B")
    assert [each.payload for each in kept(round_)] == ['[["B","1"]]']


def test_the_ballot_box_says_nothing_else(town: Town) -> None:
    inspector = sa.inspect(db.engine)
    for table, columns in COLUMNS.items():
        assert {each["name"] for each in inspector.get_columns(table)} == columns
        kinds = {str(each["type"]) for each in inspector.get_columns(table)}
        assert not [kind for kind in kinds if "DATE" in kind or "TIME" in kind]
        refers = {each["referred_table"] for each in inspector.get_foreign_keys(table)}
        assert refers == {"pot", "municipality"}


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note what is said to the database."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(db.engine, "before_cursor_execute", note)


def test_casting_writes_a_ballot_and_its_leaf_and_nothing_else_in_at_most_eight_statements(town: Town) -> None:
    round_ = make_vote()
    paper, slot, first = queries.paper_of(round_.pots[0]), slot_for(round_.pots[0], "a"), keys(round_)[0]
    audited = number_of(AuditEntry)
    read_anew(db.session())
    with statements() as said:
        cast_ballot(ANONYMOUS, paper, Sent(slot, [(first, ONE)], 0, "x"))
    assert len(said) <= 8
    writes = [text.split() for text in said if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [words[2] for words in writes] == ["ballot", "pending_leaf"]
    assert number_of(AuditEntry) == audited


def number_of(model: type[Base]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def cast_at_once(app: flask.Flask, town: Town, round_: Round, submissions: list[str], seen: int = 0) -> list[object]:
    """Cast a ballot for one voter from a thread for each submission; return the receipts and refusals."""
    paper, slot, first = queries.paper_of(round_.pots[0]), slot_for(round_.pots[0], "a"), keys(round_)[0]
    municipality_id, barrier = town.municipality.id, threading.Barrier(len(submissions))
    ends: list[object] = []

    def try_it(submission: str) -> None:
        with app.app_context():
            tenancy.enter(db.session(), municipality_id)
            barrier.wait()
            try:
                ends.append(cast_ballot(ANONYMOUS, paper, Sent(slot, [(first, ONE)], seen, submission)))
            except Changed as changed:
                ends.append(type(changed))
            db.session.remove()

    threads = [threading.Thread(target=try_it, args=(each,)) for each in submissions]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    read_anew(db.session())
    return ends


def test_one_voter_from_many_places_at_once_has_one_ballot(town: Town, bare_app: flask.Flask) -> None:
    round_ = make_vote()
    ends = cast_at_once(bare_app, town, round_, [uuid.uuid4().hex for _ in range(8)])
    assert ends.count(Changed) == 7
    assert number_of_ballots(round_.pots[0].id) == 1


@pytest.mark.parametrize("seen", [0, 1])
def test_one_form_from_many_places_at_once_gets_one_receipt(town: Town, bare_app: flask.Flask, seen: int) -> None:
    round_ = make_vote()
    if seen:
        vote(round_.pots[0], "a")
    ends = cast_at_once(bare_app, town, round_, ["the same"] * 8, seen)
    assert len(set(ends)) == 1
    assert number_of(PendingLeaf) == 1 + seen


def test_closed_is_closed_for_who_was_inside(town: Town) -> None:
    round_ = make_vote()
    vote(round_.pots[0], "a")
    end_vote(round_)
    with pytest.raises(NotNow, match="closed"):
        vote(round_.pots[0], "a", seen=1)


def test_a_ballot_on_its_way_is_in_before_the_board_closes(
    town: Town, bare_app: flask.Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = make_vote()
    pot, municipality_id = round_.pots[0], town.municipality.id
    number = round_.number
    slot, paper = slot_for(pot, "a"), queries.paper_of(pot)

    def close_it() -> None:
        with bare_app.app_context():
            tenancy.enter(db.session(), municipality_id)
            found = round_to_enter(number)
            assert found
            close_board(SYSTEM, found.pots[0])
            db.session.remove()

    closing = threading.Thread(target=close_it)

    def linger() -> str:
        """Take long over a ballot, after the clock said that it was in time."""
        closing.start()
        closing.join(0.5)
        return "T" * 16

    monkeypatch.setattr(secrecy, "new_track", linger)
    receipt = cast_ballot(ANONYMOUS, paper, Sent(slot, (), 0, "x"))
    closing.join()
    read_anew(db.session())
    assert queries.entries_of_board(paper.pot_id)[-1].content["counted"] == [receipt.leaf]
