"""Who may follow, and who may write and publish news."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, NotFound, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict, Yes

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
