"""Deeds on ballots and results: seal, count, decide, and take over an election that was held elsewhere."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert

from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.blueprints.proposals.actions.recording import award, record_proposal
from buurtbegroting.blueprints.rounds.actions.making import create_round
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.counting.count import count
from buurtbegroting.counting.outcomes import Outcome
from buurtbegroting.counting.pabulib import PabulibFile
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Result, SealedBallot
from ..policy import may_count, may_decide, may_import_election
from ..secrecy import Choices, payload_of
from ..takeover import plans_to_answer, proposals_from, round_from


@deed("voting:pot:sealed")
def seal_ballots(actor: Actor, pot: Pot, ballots: Iterable[Choices]) -> Pot:
    """Put ballots away for counting, in an order that says nothing about when they were cast."""
    insist(may_import_election(actor, pot, clock.now(db.session())))
    is_ranking = pot.round.rulebook.ballot_type == "ordinal"
    payloads = [payload_of(choices, is_ranking=is_ranking) for choices in ballots]
    secrets.SystemRandom().shuffle(payloads)
    rows = [
        {"id": uuid.uuid4(), "municipality_id": pot.municipality_id, "pot_id": pot.id, "payload": payload}
        for payload in payloads
    ]
    if rows:
        db.session.execute(insert(SealedBallot), rows)
    return pot


@deed("voting:pot:counted")
def count_pot(actor: Actor, pot: Pot, reason: str, electorate: int | None = None) -> Result:
    """Count the sealed ballots of a pot by its rulebook, and keep the outcome as a provisional result.

    A new count never replaces an older one; ``reason`` says why it was made.
    """
    insist(may_count(actor, pot, clock.now(db.session())))
    election = queries.election_of(pot)
    outcome = count(election, queries.method_of(pot, election))
    result = Result(
        pot=pot,
        sequence=queries.next_sequence(pot),
        reason=reason,
        counted_at=clock.now(db.session()),
        voters=outcome.voters,
        electorate=electorate,
        outcome_json=outcome.to_json(),
    )
    db.session.add(result)
    db.session.flush()
    award(actor, pot, queries.keys_of_plans(pot, outcome.winners))
    return result


@deed("voting:result:decided")
def decide(actor: Actor, result: Result, decided_on: date, decided_by: str, decision_number: str) -> Result:
    """Record the decision that makes a provisional result final."""
    insist(may_decide(actor, result, clock.now(db.session())))
    result.status = "final"
    result.decided_on, result.decided_by, result.decision_number = decided_on, decided_by, decision_number
    award(actor, result.pot, queries.keys_of_plans(result.pot, Outcome.from_json(result.outcome_json).winners))
    return result


@dataclass(frozen=True)
class Takeover:
    """An election that was taken over, and what had to be read differently than the file says."""

    audit_subject: Result
    number: str
    voters: int
    notes: tuple[str, ...]


@deed("voting:election:imported")
def import_election(actor: Actor, municipality: Municipality, file: PabulibFile) -> Takeover:
    """Make a closed round with pot, plans and ballots out of a Pabulib file, and count it.

    Nothing about voters is taken over. All or nothing; raises Invalid naming what the file has wrong.
    """
    now = clock.now(db.session())
    insist(may_import_election(actor, municipality, now))
    election = file.election()
    taken, notes = round_from(file, election, now)
    year = taken.phases[0].starts_at.year
    create_round(actor, taken, year)
    pot = taken.pots[0]
    for proposal in proposals_from(file, election, taken):
        record_proposal(actor, proposal, year)
    seal_ballots(actor, pot, (ballot.choices for ballot in election.each_ballot() for _ in range(ballot.count)))
    result = count_pot(actor, pot, "Telling bij het overnemen van de verkiezing")
    return Takeover(result, taken.number, result.voters, tuple(notes))


@deed(unaudited="each plan that is recorded is audited by itself")
def import_plans(actor: Actor, round_: Round, file: PabulibFile) -> int:
    """Put the plans of a Pabulib file into the first pot of a round, to be answered by the municipality.

    Votes are not read. All or nothing; returns how many there are, raises Invalid naming what the file has wrong.
    """
    now = clock.now(db.session())
    insist(may_import_election(actor, round_, now))
    today = clock.local_day(now)
    plans = list(plans_to_answer(file, round_, today))
    for proposal in plans:
        record_proposal(actor, proposal, today.year)
    return len(plans)
