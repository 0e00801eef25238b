"""Who may follow, take part in the talk, moderate it, and write news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotNow, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

from .states import CommentState

SIGN_IN_FIRST = No(_r("Sign in first."), NotSignedIn)
NOT_THERE = No(_r("This page does not exist, or no longer does."), NotFound)


class NewsFacts(Protocol):
    """What a policy reads of a piece of news."""

    @property
    def state(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...


class FollowFacts(Protocol):
    """What a policy reads of who follows."""

    @property
    def person_id(self) -> object: ...


class ThreadFacts(Protocol):
    """What a policy reads of a thread."""

    @property
    def visibility(self) -> str: ...
    @property
    def is_open(self) -> bool: ...


class CommentFacts(Protocol):
    """What a policy reads of a comment."""

    @property
    def thread(self) -> ThreadFacts: ...
    @property
    def author_id(self) -> object: ...
    @property
    def state(self) -> CommentState: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def objection(self) -> str: ...


EDIT_WITHIN = timedelta(minutes=30)


def may_see_thread(actor: Actor, thread: ThreadFacts, now: datetime) -> Verdict:
    """Everybody reads the talk about what everybody may see."""
    return Yes() if thread.visibility == "public" else NOT_THERE


def may_comment(actor: Actor, thread: ThreadFacts, now: datetime) -> Verdict:
    """Everybody who signed in takes part, as long as the talk is open."""
    if not (seen := may_see_thread(actor, thread, now)):
        return seen
    if not thread.is_open:
        return No(_r("The talk about this is closed."), NotNow)
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_answer_as_municipality(actor: Actor, thread: ThreadFacts, now: datetime) -> Verdict:
    """Officials and assessors answer on behalf of their department."""
    if not (may := may_comment(actor, thread, now)):
        return may
    if actor.has_role(RoleName.OFFICIAL, RoleName.ASSESSOR) and not actor.on_behalf_of:
        return Yes()
    return No(_r("Only an official answers on behalf of the municipality."))


def may_see_comment(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    """Everybody reads what is published; what is held or hidden only its author and who moderates."""
    if not (seen := may_see_thread(actor, comment.thread, now)):
        return seen
    if comment.state in (CommentState.PUBLISHED, CommentState.WITHDRAWN) or _is_author(actor, comment):
        return Yes()
    return Yes() if may_moderate(actor, comment, now) else NOT_THERE


def _is_author(actor: Actor, comment: CommentFacts) -> bool:
    return actor.person_id is not None and str(comment.author_id) == actor.person_id


def may_edit_comment(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    """Its author changes a comment for half an hour."""
    if not (own := _may_touch_own(actor, comment, now)):
        return own
    if not (seen := may_see_thread(actor, comment.thread, now)):
        return seen
    if now - comment.made_at > EDIT_WITHIN:
        return No(_r("You can change this for half an hour. Say it anew below, or take it back."), NotNow)
    return Yes()


def may_withdraw_comment(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    """Its author takes a comment back at any time."""
    return _may_touch_own(actor, comment, now)


def _may_touch_own(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not _is_author(actor, comment):
        return NOT_THERE
    if comment.state in (CommentState.PUBLISHED, CommentState.HELD):
        return Yes()
    return No(_r("This was taken back or hidden already."), AlreadyDone)


def may_second(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    """Everybody who signed in agrees with what others said."""
    if not (may := may_comment(actor, comment.thread, now)):
        return may
    if comment.state is not CommentState.PUBLISHED:
        return NOT_THERE
    return No(_r("You wrote this yourself.")) if _is_author(actor, comment) else Yes()


def may_report_abuse(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    """Everybody who signed in tells who moderates that something cannot stay."""
    if not (seen := may_see_thread(actor, comment.thread, now)):
        return seen
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if comment.state is CommentState.PUBLISHED else NOT_THERE


def may_moderate(actor: Actor, comment: object, now: datetime) -> Verdict:
    """Who moderates holds, shows and hides; everybody else does not know of the desk."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.MODERATOR, RoleName.ADMIN):
        return Yes()
    return No(_r("Only who moderates does this."))


def may_object(actor: Actor, comment: CommentFacts, now: datetime) -> Verdict:
    """The author of what was held or hidden answers that once."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not _is_author(actor, comment) or comment.state not in (CommentState.HELD, CommentState.HIDDEN):
        return NOT_THERE
    return No(_r("You answered this already."), AlreadyDone) if comment.objection else Yes()


def may_follow(actor: Actor, subject: object, now: datetime) -> Verdict:
    """Everybody who signed in follows what everybody may see."""
    return Yes() if actor.is_signed_in else SIGN_IN_FIRST


def may_stop_following(actor: Actor, follow: FollowFacts, now: datetime) -> Verdict:
    """Everybody stops their own following."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Yes() if str(follow.person_id) == actor.person_id else NOT_THERE


def may_write_some_news(actor: Actor, thing: object, now: datetime) -> Verdict:
    """Officials and admins write news, for the areas that they are there for."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if actor.has_role(RoleName.OFFICIAL, RoleName.ADMIN):
        return Yes()
    return No(_r("Only an official writes news."))


def may_write_news(actor: Actor, news: NewsFacts, now: datetime) -> Verdict:
    """An official for one wijk writes for that wijk only; published news is changed by nobody."""
    if not (some := may_write_some_news(actor, news, now)):
        return some
    area = news.key if news.kind == "wijk" else None
    if not actor.has_role(RoleName.ADMIN) and not actor.has_role_in(RoleName.OFFICIAL, area):
        return No(_r("You write news for your own wijk only."))
    if news.state == "published":
        return No(_r("This was published already. Write a new piece of news."), AlreadyDone)
    return Yes()


def may_see_news(actor: Actor, news: NewsFacts, now: datetime) -> Verdict:
    """Everybody reads what was published."""
    return Yes() if news.state == "published" else NOT_THERE


class AlbumFacts(Protocol):
    """What a policy reads of an album."""

    @property
    def visibility(self) -> str: ...


class AttachmentFacts(Protocol):
    """What a policy reads of a photo or PDF."""

    @property
    def album(self) -> AlbumFacts: ...
    @property
    def added_by_id(self) -> object: ...
    @property
    def state(self) -> str: ...


def may_see_attachment(actor: Actor, attachment: AttachmentFacts, now: datetime) -> Verdict:
    """Everybody sees the photos of what everybody may see; who moderates also sees what was hidden."""
    if may_moderate(actor, attachment, now):
        return Yes()
    is_shown = attachment.album.visibility == "public" and attachment.state == "shown"
    return Yes() if is_shown else NOT_THERE


def may_change_attachment(actor: Actor, attachment: AttachmentFacts, now: datetime) -> Verdict:
    """Who added a photo or PDF describes it anew or takes it away; who moderates may too."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if not (seen := may_see_attachment(actor, attachment, now)):
        return seen
    if may_moderate(actor, attachment, now) or str(attachment.added_by_id) == actor.person_id:
        return Yes()
    return No(_r("Only who added this may change it."))
