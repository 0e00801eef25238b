"""What the municipality does with what an initiative asks: one contact person, few referrals, yes unless."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.models import Visibility
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from ..grounds import GROUNDS, ROUTES
from ..models import ContactAbsence, FileNote, Initiative, InitiativeAnswer, Referral, ToldAgain
from ..notices import ANSWERED, CONTACT, NOTE, TOO_MANY, facts_of, to_members, to_person
from ..policy import (
    may_answer_initiative,
    may_handle,
    may_hide_initiative,
    may_note_outcome,
    may_read_file,
    may_refer,
    may_see_desk,
    may_tell_again,
)
from ..queries import cases
from ..states import ANSWERING

MOST_REFERRALS = 2
GROUP = "Initiatiefnemers"


@deed("initiatives:initiative:got a contact person")
def give_contact(actor: Actor, initiative: Initiative, person_id: str, shown: str) -> Initiative:
    """Say who is the contact person of a group and what stands on the page; the members hear of it."""
    insist(may_handle(actor, initiative, clock.now(db.session())))
    person = _official(person_id, "person")
    if person_id in initiative.member_ids:
        reason = _r("This person is a member of the initiative. Choose somebody else.")
        raise Invalid(reason, {"person": reason})
    initiative.contact_id, initiative.contact, initiative.contact_shown = person.id, person, shown
    db.session.flush()
    for to in to_members(each.person for each in initiative.members):
        outbox.send(db.session(), CONTACT, to, shown=shown, **facts_of(initiative))
    return initiative


def _official(person_id: str, field: str) -> Person:
    for each in cases.possible_contacts():
        if str(each.id) == person_id:
            return each
    reason = _r("Choose an official from the list.")
    raise Invalid(reason, {field: reason})


@deed("initiatives:contact:away")
def be_away(actor: Actor, stand_in_id: str, shown: str, until: date) -> ContactAbsence:
    """Say until when one is away as a contact person, and who stands in; groups see that at once."""
    now = clock.now(db.session())
    insist(may_see_desk(actor, None, now))
    if until < clock.local_day(now):
        reason = _r("Choose a day that is still to come.")
        raise Invalid(reason, {"until": reason})
    if stand_in_id == actor.id:
        reason = _r("Choose somebody else than yourself.")
        raise Invalid(reason, {"stand_in": reason})
    person_id, stand_in = uuid.UUID(str(actor.id)), _official(stand_in_id, "stand_in")
    noted = cases.absence_noted(person_id)
    if noted is None:
        noted = ContactAbsence(person_id=person_id)
        db.session.add(noted)
    noted.stand_in_id, noted.stand_in_shown, noted.until = stand_in.id, shown, until
    db.session.flush()
    return noted


@deed("initiatives:contact:back")
def be_back(actor: Actor, absence: ContactAbsence) -> ContactAbsence:
    """Say that one is there again."""
    insist(may_see_desk(actor, None, clock.now(db.session())))
    db.session.delete(absence)
    return absence


@dataclass(frozen=True)
class Answer:
    """What the municipality says: ``kind`` is yes, yes-if or no; a yes-if says what and who helps, a no its ground."""

    kind: str
    words: str = ""
    conditions: str = ""
    helper: str = ""
    ground: str = ""
    route: str = ""


# What each kind of answer cannot do without, and what to do about it.
NEEDED = {
    "yes": {},
    "yes-if": {
        "conditions": _r("Say what has to be done for it to be a yes."),
        "helper": _r("Say who helps with that."),
    },
    "no": {
        "ground": _r("Choose on what ground it is a no."),
        "route": _r("Choose how the group can go on."),
        "words": _r("Explain in plain words why it is a no."),
    },
}


@deed("initiatives:initiative:answered")
def answer(actor: Actor, initiative: Initiative, given: Answer, department: str) -> Initiative:
    """Answer what an initiative asks; the members hear of it at once, and everybody reads it.

    Raises Invalid for a yes-if without help and a no without a ground and a route onward.
    """
    now = clock.now(db.session())
    insist(may_answer_initiative(actor, initiative, now))
    _refuse_thin(given)
    today = clock.local_day(now)
    initiative.answer_name = ANSWERING.move(initiative.answer_state, f"answer {given.kind.replace('-', ' ')}").value
    asked_on = initiative.asked_on or today
    made = InitiativeAnswer(
        initiative_id=initiative.id,
        number=len(initiative.answers) + 1,
        asked_on=asked_on,
        due=initiative.turn_due or today,
        answered_on=today,
        answered_by=department,
        **_only_of_kind(given),
    )
    initiative.answers.append(made)
    is_theirs = given.kind == "yes-if"
    initiative.turn_party, initiative.turn_due = GROUP if is_theirs else "", None
    initiative.turn_since = today if is_theirs else None
    db.session.flush()
    outbox.announce(db.session(), ANSWERED, number=initiative.number)
    return initiative


def _refuse_thin(given: Answer) -> None:
    missing = {name: reason for name, reason in NEEDED[given.kind].items() if not getattr(given, name)}
    if given.ground and given.ground not in GROUNDS:
        missing["ground"] = NEEDED["no"]["ground"]
    if given.route and given.route not in ROUTES:
        missing["route"] = NEEDED["no"]["route"]
    if missing:
        raise Invalid(next(iter(missing.values())), missing)


def _only_of_kind(given: Answer) -> dict[str, str]:
    belongs = {"kind", "words", *NEEDED[given.kind]}
    return {name: value if name in belongs else "" for name, value in vars(given).items()}


@deed("initiatives:initiative:referred")
def refer(actor: Actor, initiative: Initiative, to_whom: str, question: str) -> Referral:
    """Send a question on to somebody else, with the file; a third time raises a flag at who leads the desk."""
    now = clock.now(db.session())
    insist(may_refer(actor, initiative, now))
    made = Referral(
        initiative_id=initiative.id,
        number=len(initiative.referrals) + 1,
        to_whom=to_whom,
        question=question,
        referred_on=clock.local_day(now),
    )
    initiative.referrals.append(made)
    db.session.flush()
    if made.number > MOST_REFERRALS:
        outbox.announce(db.session(), TOO_MANY, number=initiative.number)
    return made


@deed("initiatives:initiative:referral came back")
def note_outcome(actor: Actor, referral: Referral, outcome: str) -> Referral:
    """Note what came back on a question that was sent on."""
    now = clock.now(db.session())
    insist(may_note_outcome(actor, referral, now))
    referral.outcome, referral.answered_on = outcome, clock.local_day(now)
    return referral


@deed("initiatives:initiative:told again")
def tell_again(actor: Actor, initiative: Initiative) -> Initiative:
    """Say that the group had to tell its story again; raise AlreadyDone for a second time on one day."""
    now = clock.now(db.session())
    insist(may_tell_again(actor, initiative, now))
    today = clock.local_day(now)
    if cases.told_again_on(initiative.id, today):
        raise AlreadyDone(_r("Your group said so today already. Thank you."))
    db.session.add(ToldAgain(initiative_id=initiative.id, day=today))
    return initiative


@deed("initiatives:initiative:noted in the file")
def write_note(actor: Actor, initiative: Initiative, body: str, shown_as: str) -> FileNote:
    """Write something in the file, which only the group and officials read; the other side hears of it."""
    now = clock.now(db.session())
    insist(may_read_file(actor, initiative, now))
    is_of_municipality = actor.person_id not in initiative.member_ids
    made = FileNote(
        initiative_id=initiative.id,
        person_id=uuid.UUID(str(actor.person_id)),
        is_of_municipality=is_of_municipality,
        shown_as=shown_as,
        body=body,
        written_at=now,
    )
    db.session.add(made)
    db.session.flush()
    contact = [initiative.contact] if initiative.contact else []
    others = (each.person for each in initiative.members) if is_of_municipality else contact
    for other in others:
        for to in to_person(other):
            outbox.send(db.session(), NOTE, to, **facts_of(initiative))
    return made


@deed("initiatives:initiative:hidden or shown")
def set_hidden(actor: Actor, initiative: Initiative, *, is_hidden: bool) -> Initiative:
    """Hide an initiative with its talk and photos from the public, or show it again."""
    insist(may_hide_initiative(actor, initiative, clock.now(db.session())))
    initiative.is_hidden = is_hidden
    visibility = Visibility.HIDDEN if is_hidden else Visibility.PUBLIC
    initiative.thread.visibility = initiative.album.visibility = visibility
    return initiative
