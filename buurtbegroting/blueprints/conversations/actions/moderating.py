"""Looking at what was reported or held: showing it, hiding it with a reason, closing the talk."""

from __future__ import annotations

from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import Comment, Thread
from ..notices import HIDDEN, SHOWN, to_author
from ..policy import may_moderate
from ..states import COMMENT, CommentState
from .talking import tell


@deed("conversations:comment:shown")
def show_comment(actor: Actor, comment: Comment) -> Comment:
    """Let a comment stand: one that was held or hidden is published, one that was reported stays."""
    insist(may_moderate(actor, comment, clock.now(db.session())))
    was = comment.state
    if was is not CommentState.PUBLISHED:
        comment.state_name, comment.reason = COMMENT.move(was, "publish"), ""
    _settle(comment)
    if was is CommentState.HELD:
        tell(comment)
    if was is CommentState.HIDDEN:
        _tell_author(comment, SHOWN)
    return comment


@deed("conversations:comment:hidden")
def hide_comment(actor: Actor, comment: Comment, reason: str) -> Comment:
    """Hide a comment; its author hears why and may answer that once. What was hidden already stays so."""
    insist(may_moderate(actor, comment, clock.now(db.session())))
    if not reason:
        words = _r("Fill in why. The author reads this.")
        raise Invalid(words, {"reason": words})
    if comment.state is not CommentState.HIDDEN:
        comment.state_name = COMMENT.move(comment.state, "hide")
    comment.reason = reason
    _settle(comment)
    _tell_author(comment, HIDDEN)
    return comment


def _settle(comment: Comment) -> None:
    now = clock.now(db.session())
    for each in queries.open_reports_of(comment.id):
        each.settled_at = now
    comment.objection_settled = bool(comment.objection)


def _tell_author(comment: Comment, notice: str) -> None:
    author = person_by_id(comment.author_id) if comment.author_id else None
    if author is None or author.forgotten_on is not None:
        return
    for to, facts in to_author(author, comment):
        outbox.send(db.session(), notice, to, **facts)


@deed("conversations:thread:closed")
def close_thread(actor: Actor, thread: Thread, *, is_open: bool) -> Thread:
    """Close the talk about a subject, or open it again; what was said stays."""
    insist(may_moderate(actor, thread, clock.now(db.session())))
    thread.is_open = is_open
    return thread
