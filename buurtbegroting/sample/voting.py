"""The vote that is on in Waterveld: a register with letters, and a box with some ballots in it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from buurtbegroting.blueprints.electorate import codes, secrecy
from buurtbegroting.blueprints.electorate.actions.registering import PURPOSE
from buurtbegroting.blueprints.electorate.models import CodeBatch, RegisterEntry, VotingCode
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting import queries
from buurtbegroting.blueprints.voting.actions.board import box_key_name, open_box, post_leaves
from buurtbegroting.blueprints.voting.actions.casting import Sent, cast_ballot
from buurtbegroting.blueprints.voting.policy import has_booth
from buurtbegroting.blueprints.voting.secrecy import slot_of
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.civic.proofs import Proof
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.vault import vault

from .ballots import SampleBallots

# Who got a letter; the first has one in large print.
STREETS = ("Polderpad 3", "Kievitstraat 12", "Weidelaan 40", "Slootkant 7", "Klaverstraat 21", "Veerpad 5")
NAMES = (
    "Fatima El Idrissi",
    "Gerrit de Vries",
    "Wil van den Broek",
    "Anna Kowalska",
    "Jan Pieter Hoekstra",
    "Meryem Ay",
)
CAST = 64


@dataclass(frozen=True)
class SampleLetter:
    """A letter with a code that somebody in the demo may use."""

    name: str
    round_number: str
    title: str
    code: str


def letters() -> list[SampleLetter]:
    """Return the letters of every round in which people vote with codes now."""
    found = queries.rounds_to_vote(clock.now(db.session()))
    return [
        SampleLetter(name, each.number, each.title, _code(each.number, place).text)
        for each in found
        if Proof.CODE in each.rulebook.proofs
        for place, name in enumerate(NAMES)
    ]


def _code(number: str, place: int) -> codes.Code:
    """Return a code that is the same every time, so that the demo can show it without keeping it."""
    chance = random.Random(f"letter {number} {place}")  # noqa: S311

    def drawn(length: int) -> str:
        return "".join(chance.choice(codes.ALPHABET) for _ in range(length))

    return codes.Code(drawn(codes.SELECTOR_LENGTH), drawn(codes.SECRET_LENGTH))


def fill_voting(boxes: Iterable[SampleBallots], rounds: Mapping[str, Round]) -> None:
    """Open the box of every round in which people vote, give people letters, and cast some ballots."""
    now = clock.now(db.session())
    open_rounds = [each for each in rounds.values() if has_booth(each) and allows(each.phases, Act.VOTE, now)]
    for round_ in open_rounds:
        open_box(SYSTEM, round_)
        _give_letters(round_)
    for box in boxes:
        round_ = rounds[box.round_number]
        if round_ in open_rounds:
            _cast(round_.pots[box.pot - 1], box.ballots[:CAST])


def _give_letters(round_: Round) -> None:
    now = clock.now(db.session())
    batch = CodeBatch(
        round_id=round_.id, number=1, kind="letters", asked_by="sample-1", asked_at=now, released_by="sample-2"
    )
    batch.made_at = batch.downloaded_at = now
    db.session.add(batch)
    wijk = next((pot.area.code for pot in round_.pots if pot.area and pot.area.kind == "wijk"), None)
    for place, _name in enumerate(NAMES):
        code = _code(round_.number, place)
        address = (_name, STREETS[place], "1234 AB  WATERVELD")
        entry = RegisterEntry(
            round_id=round_.id,
            reference=f"{100 + place}",
            wijk_code=wijk,
            is_large_print=place == 0,
            address_sealed=crypto.keys().seal(PURPOSE, "\n".join(address)),
            place=secrecy.place_of(round_.id, "1234AB", STREETS[place].split()[-1]),
        )
        kept = crypto.hashed_password(secrecy.secret_to_hash(round_.id, code.selector, code.secret))
        row = VotingCode(
            round_id=round_.id,
            entry=entry,
            batch=batch,
            selector=code.selector,
            secret_hash=kept,
            state_name="sent",
        )
        db.session.add_all([entry, row])
    db.session.flush()


def _cast(pot: Pot, ballots: Sequence[Sequence[str]]) -> None:
    key, paper = vault().read(box_key_name(pot.round_id)), queries.paper_of(pot)
    for place, chosen in enumerate(ballots):
        slot = slot_of(key, str(pot.id), f"sample {place}")
        choices = [(each, Fraction(1)) for each in chosen]
        cast_ballot(ANONYMOUS, paper, Sent(slot, choices, 0, f"sample {pot.id} {place}"))
    post_leaves(SYSTEM, pot)
