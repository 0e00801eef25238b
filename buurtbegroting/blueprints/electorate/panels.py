"""What a register shows on the page of a round, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass

import flask

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.access import can
from buurtbegroting.web.slices import Task

from . import queries
from .policy import has_register, may_help_voters, may_see_register


@dataclass(frozen=True)
class Managing:
    """The register of a round as officials see it: how many people, and whether there is a help desk now."""

    round: Round
    people: int
    may_help: bool


def managing(round_: Round) -> Managing | None:
    """Return what officials can do with a register; None as long as the conditions are open, or without one."""
    if round_.conditions_frozen_at is None or not can(may_see_register, round_):
        return None
    return Managing(round_, queries.number_in_register(round_.id), bool(can(may_help_voters, round_)))


def with_letters(round_: Round) -> queries.Numbers | None:
    """Return a register in numbers for everybody; None before there is one."""
    numbers = queries.numbers_of(round_.id) if has_register(round_) else None
    return numbers if numbers and numbers.people else None


def tasks(actor: Actor) -> list[Task]:
    """Return the letters that wait for an official as the second person."""
    if not actor.has_role(RoleName.OFFICIAL):
        return []
    return [
        Task(
            _r("Release letters with codes: %(title)s", title=each.round.title),
            flask.url_for("register.register", number=each.round.number),
            each.asked_at,
        )
        for each in queries.batches_that_wait()
        if each.asked_by != actor.id
    ]
