"""Entering what a jury, a meeting or a vote in a hall decided, and publishing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from buurtbegroting.blueprints.proposals.actions.recording import settle
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.actions.bookkeeping import Entry, enter_in_ledger
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.rounds.queries import balances_of
from buurtbegroting.blueprints.rounds.rulebook import pot_title
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Changed, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..hall import winners
from ..models import Meeting, PlanVerdict
from ..notices import DECIDED
from ..policy import may_enter_meeting, may_write_meeting


@dataclass(frozen=True)
class MeetingText:
    """When and where was decided by whom, and how it went."""

    held_on: date
    body: str
    place: str
    note: str
    present: int | None = None
    voters: int | None = None
    blank: int | None = None
    counted_by: str = ""


@deed("deciding:meeting:entered")
def enter_meeting(actor: Actor, round_: Round, wanted: MeetingText) -> Meeting:
    """Enter a day on which is decided about the plans of a round; raise Invalid for a day that is yet to come."""
    now = clock.now(db.session())
    insist(may_enter_meeting(actor, round_, now))
    _refuse_tomorrow(wanted.held_on, clock.local_day(now))
    made = Meeting(
        round=round_,
        number=queries.next_meeting_number(round_.id),
        form=round_.rulebook.decision_form,
        **vars(wanted),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _refuse_tomorrow(day: date, today: date) -> None:
    if day > today:
        words = _r("Fill in a day that has been.")
        raise Invalid(words, {"held_on": words})


@dataclass(frozen=True)
class Said:
    """What was decided about a plan, or how many votes it got."""

    verdict: str = "held"
    cents: int | None = None
    reason: str = ""
    votes: int | None = None


@deed("deciding:meeting:written")
def write_meeting(
    actor: Actor, meeting: Meeting, wanted: MeetingText, said: Mapping[Proposal, Said], version: int
) -> Meeting:
    """Keep what was decided about each plan; raises Changed when somebody else was first.

    Of a vote in a hall only the votes are entered: what they mean is counted by the rulebook of the round.
    """
    now = clock.now(db.session())
    insist(may_write_meeting(actor, meeting, now))
    if meeting.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_tomorrow(wanted.held_on, clock.local_day(now))
    for name, value in vars(wanted).items():
        setattr(meeting, name, value)
    if meeting.form == "live":
        said = _counted(meeting.round, said)
    known = {each.proposal_id: each for each in meeting.verdicts}
    for plan, each in said.items():
        verdict = known.get(plan.id) or PlanVerdict(meeting=meeting, proposal=plan)
        verdict.verdict, verdict.reason, verdict.votes = each.verdict, each.reason, each.votes
        verdict.cents = each.cents if each.verdict == "granted" else None
        db.session.add(verdict)
    # What was decided stands in rows of its own; the meeting counts the change.
    meeting.version = version + 1
    db.session.flush()
    return meeting


def _counted(round_: Round, said: Mapping[Proposal, Said]) -> dict[Proposal, Said]:
    """Return what the votes mean: a plan wins or not, and nothing is held."""
    votes = {plan: each.votes or 0 for plan, each in said.items()}
    won = {key for pot in round_.pots for key in winners(pot, round_.rulebook, _of_pot(votes, pot))}
    return {
        plan: Said("granted" if plan.ballot_key in won else "refused", plan.cost_cents, each.reason, votes[plan])
        for plan, each in said.items()
    }


def _of_pot(votes: Mapping[Proposal, int], pot: Pot) -> dict[Proposal, int]:
    return {plan: number for plan, number in votes.items() if plan.pot_id == pot.id}


def obstacles(meeting: Meeting) -> list[Reason]:
    """Return why a decision cannot be published yet."""
    found = []
    decided = [each for each in meeting.verdicts if each.verdict != "held"]
    if not decided:
        found.append(_r("Nothing is decided yet."))
    if meeting.form == "jury":
        found += [
            _r("Give a reason for “%(title)s”.", title=each.proposal.title) for each in decided if not each.reason
        ]
    if meeting.form == "consensus" and not meeting.note:
        found.append(_r("Say how the meeting came to its decision, and who disagreed."))
    if meeting.form == "live":
        found += _obstacles_of_vote(meeting)
    balances = balances_of(meeting.round)
    for pot in meeting.round.pots:
        granted = sum(each.cents or 0 for each in decided if each.proposal.pot_id == pot.id)
        if granted > balances[pot.id].left_cents:
            found.append(_r("For %(place)s more is granted than there is left.", place=pot_title(pot, "nl")))
    return found


def _obstacles_of_vote(meeting: Meeting) -> list[Reason]:
    found = []
    if len([name for name in meeting.counted_by.replace(" en ", ",").split(",") if name.strip()]) < len(("A", "B")):
        found.append(_r("Name the two people who signed the count sheet."))
    if meeting.voters is None:
        found.append(_r("Say how many people handed in a paper."))
    elif any((each.votes or 0) > meeting.voters - (meeting.blank or 0) for each in meeting.verdicts):
        found.append(_r("A plan has more votes than there were papers that were not blank."))
    return found


@deed("deciding:meeting:published")
def publish_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Let everybody know what was decided: plans are chosen or not, and the money stands in the book of the pot.

    Raises Invalid for a missing reason, and when more is granted than there is left.
    """
    now = clock.now(db.session())
    insist(may_write_meeting(actor, meeting, now))
    if reasons := obstacles(meeting):
        raise Invalid(reasons[0])
    pots = {pot.id: pot for pot in meeting.round.pots}
    for each in meeting.verdicts:
        if each.verdict == "held":
            continue
        settle(actor, each.proposal, is_chosen=each.verdict == "granted")
        if each.cents:
            entry = Entry("voted", each.cents, "plan", each.proposal.number)
            enter_in_ledger(actor, pots[each.proposal.pot_id], entry)
    meeting.published_at = now
    outbox.announce(db.session(), DECIDED, meeting_id=str(meeting.id))
    return meeting


@deed("deciding:meeting:thrown away")
def throw_away_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Throw away what was entered and not published."""
    insist(may_write_meeting(actor, meeting, clock.now(db.session())))
    db.session.delete(meeting)
    return meeting
