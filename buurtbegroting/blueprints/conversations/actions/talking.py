"""Saying something about a subject, changing it, taking it back, agreeing with it, and telling that it cannot stay."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.blueprints.municipalities.queries import this_municipality
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, TooOften
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import AbuseReport, Comment, Seconding, Stance, Thread, Visibility
from ..notices import SAID
from ..policy import (
    may_answer_as_municipality,
    may_comment,
    may_edit_comment,
    may_object,
    may_report_abuse,
    may_second,
    may_withdraw_comment,
)
from ..states import COMMENT, CommentState

A_WHILE, MOST_IN_A_WHILE = timedelta(minutes=10), 5
MOST_IN_A_DAY = 40
# More addresses than this in one comment is what advertisers do; somebody looks first.
MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def open_thread(kind: str, key: str, visibility: Visibility) -> Thread:
    """Add a thread for a subject, inside the running deed of its owner."""
    thread = Thread(id=uuid.uuid4(), kind=kind, key=key, visibility=visibility)
    db.session.add(thread)
    return thread


@dataclass(frozen=True)
class Said:
    """What somebody says: as what, in which words, and in answer to which comment."""

    stance: Stance
    body: str
    language: str
    answers: Comment | None = None


@deed("conversations:comment:said")
def say_something(actor: Actor, thread: Thread, said: Said, department: str = "") -> Comment:
    """Add a comment to a thread; with a department it is an answer by the municipality.

    Raises TooOften for a flood and AlreadyDone for the same words again. What looks like advertising, the first words
    of somebody new, and everything where a municipality looks beforehand, waits for who moderates.
    """
    now = clock.now(db.session())
    insist((may_answer_as_municipality if department else may_comment)(actor, thread, now))
    person_id = str(actor.person_id)
    _refuse_flood(person_id, said.body)
    is_looked_at_first = _is_looked_at_first(actor, person_id, said.body)
    number = _next_number(thread)
    person = person_by_id(uuid.UUID(person_id))
    parent = said.answers
    comment = Comment(
        id=uuid.uuid4(),
        thread_id=thread.id,
        number=number,
        # Answers to answers stand beside them: one step deep reads well on a telephone.
        parent_id=(parent.parent_id or parent.id) if parent else None,
        author_id=uuid.UUID(person_id),
        author_name=department or (person.public_name if person else ""),
        department=department,
        stance=said.stance,
        body=said.body,
        language=said.language,
        made_at=now,
        state_name=CommentState.HELD if is_looked_at_first else CommentState.PUBLISHED,
    )
    db.session.add(comment)
    db.session.flush()
    if not is_looked_at_first:
        tell(comment)
    return comment


def tell(comment: Comment) -> None:
    """Let who follows the subject, and who is answered, hear of a comment that is published."""
    outbox.announce(db.session(), SAID, comment_id=str(comment.id))


def _next_number(thread: Thread) -> int:
    """Return the next number of a thread; of two who speak at once, the second waits here."""
    db.session.execute(
        update(Thread)
        .where(Thread.id == thread.id)
        .values(last_number=Thread.last_number + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(thread)
    return thread.last_number


def _refuse_flood(person_id: str, body: str) -> None:
    now = clock.now(db.session())
    today = queries.recent_by(person_id, now - timedelta(days=1))
    lately = [each for each in today if each.made_at > now - A_WHILE]
    if len(lately) >= MOST_IN_A_WHILE or len(today) >= MOST_IN_A_DAY:
        raise TooOften(_r("You said a lot in a short while. Wait a bit, so that others can answer."))
    if any(_plain(each.body) == _plain(body) for each in today):
        raise AlreadyDone(_r("You said this already."))


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _is_looked_at_first(actor: Actor, person_id: str, body: str) -> bool:
    if actor.has_role(*(set(RoleName) - {RoleName.AMBASSADOR})):
        return False
    is_before = this_municipality().is_moderated_before
    return is_before or len(LINK.findall(body)) > MOST_LINKS or not queries.has_published(person_id)


@deed("conversations:comment:changed")
def change_comment(actor: Actor, comment: Comment, body: str, version: int) -> Comment:
    """Change the words of one's own comment; raise Changed when they were changed elsewhere."""
    now = clock.now(db.session())
    insist(may_edit_comment(actor, comment, now))
    if comment.version != version:
        raise Changed(_r("You changed this somewhere else in the meantime. Look at it again."))
    is_looked_at_first = _is_looked_at_first(actor, str(actor.person_id), body)
    comment.body, comment.edited_at = body, now
    if is_looked_at_first and comment.state is CommentState.PUBLISHED:
        comment.state_name = COMMENT.move(comment.state, "hold")
    return comment


@deed("conversations:comment:taken back")
def withdraw_comment(actor: Actor, comment: Comment) -> Comment:
    """Take one's own comment back: the words go, the answers to it stay."""
    insist(may_withdraw_comment(actor, comment, clock.now(db.session())))
    comment.state_name, comment.body = COMMENT.move(comment.state, "withdraw"), ""
    return comment


@deed(unaudited="with what somebody agrees is their own business")
def second(actor: Actor, comment: Comment) -> Comment:
    """Agree with a comment; a second time takes it back."""
    insist(may_second(actor, comment, clock.now(db.session())))
    # Of two clicks at once the later waits here, and takes back what the first did.
    db.session.refresh(comment, with_for_update=True)
    found = queries.seconding_of(str(actor.person_id), comment.id)
    if found:
        db.session.delete(found)
    else:
        db.session.add(Seconding(comment_id=comment.id, person_id=uuid.UUID(str(actor.person_id))))
    db.session.flush()
    db.session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(seconds=Comment.seconds + (-1 if found else 1))
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(comment)
    return comment


@deed("conversations:comment:reported")
def report_abuse(actor: Actor, comment: Comment, why: str) -> AbuseReport:
    """Tell who moderates that a comment cannot stay; raise AlreadyDone for a second time by the same person."""
    now = clock.now(db.session())
    insist(may_report_abuse(actor, comment, now))
    person_id = uuid.UUID(str(actor.person_id))
    if queries.abuse_report_of(person_id, comment.id):
        raise AlreadyDone(_r("You told us about this already. We look at it."))
    report = AbuseReport(comment_id=comment.id, person_id=person_id, why=why, made_at=now)
    db.session.add(report)
    db.session.flush()
    return report


@deed("conversations:comment:objected")
def object_to(actor: Actor, comment: Comment, words: str) -> Comment:
    """Answer once that one's comment was held or hidden."""
    insist(may_object(actor, comment, clock.now(db.session())))
    comment.objection = words
    return comment


def forget_talk(person_id: uuid.UUID) -> None:
    """Let what somebody said stand as of "a resident"; what they agreed with counts no longer."""
    mine = select(Seconding.comment_id).where(Seconding.person_id == person_id)
    db.session.execute(
        update(Comment)
        .where(Comment.id.in_(mine))
        .values(seconds=Comment.seconds - 1)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(Seconding).where(Seconding.person_id == person_id))
    db.session.execute(
        update(Comment)
        .where(Comment.author_id == person_id)
        .values(author_id=None, author_name="", objection="")
        .execution_options(synchronize_session=False)
    )
