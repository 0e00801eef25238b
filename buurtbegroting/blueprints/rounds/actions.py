"""Deeds on rounds and themes."""

from __future__ import annotations

from sqlalchemy import select

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from . import queries
from .models import Round, Theme
from .policy import may_manage_rounds


@deed("rounds:round:created")
def create_round(actor: Actor, round_: Round, year: int) -> Round:
    """Add a round with its phases, pots and rulebook; without a number it gets the next one of a year (2026-1, …)."""
    insist(may_manage_rounds(actor, round_, clock.now(db.session())))
    round_.number = round_.number or queries.next_number(year)
    db.session.add(round_)
    db.session.flush()
    return round_


@deed("rounds:theme:created")
def create_theme(actor: Actor, theme: Theme) -> Theme:
    """Add a theme; raise AlreadyDone when there is one with the same slug."""
    insist(may_manage_rounds(actor, theme, clock.now(db.session())))
    if db.session.scalar(select(Theme).where(Theme.slug == theme.slug)):
        raise AlreadyDone(_r("There is a theme %(slug)s already.", slug=theme.slug))
    db.session.add(theme)
    db.session.flush()
    return theme
