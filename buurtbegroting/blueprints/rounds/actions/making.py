"""Making a round: from a model, from an earlier one, or as it comes from elsewhere; and making it known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.proofs import refused_together
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotNow
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed
from buurtbegroting.foundation.triggers import BALLOT, CONDITIONS

from .. import queries, rulebook
from ..completeness import missing
from ..models import Criterion, Pot, Round, RoundCriterion, RoundPhase, Rulebook, RulebookVersion, Theme
from ..policy import may_freeze_conditions, may_manage_rounds, may_publish_round, may_throw_away_round, may_write_round
from ..presets import PRESETS, fresh_round


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


@deed("rounds:round:begun")
def begin_round(actor: Actor, preset: str, title: str) -> Round:
    """Make a draft round after a model; it takes over the questions by which the municipality judges plans."""
    today = clock.local_day(clock.now(db.session()))
    made = fresh_round(PRESETS[preset], title, today)
    made.criteria = _criteria(queries.criteria())
    return create_round(actor, made, made.phases[0].starts_at.year)


_SAME_POT = (
    *("area_id", "theme_id", "position", "kind", "holder", "amount_cents", "legal_form", "funding_source", "is_kept"),
)


@deed("rounds:round:copied")
def copy_round(actor: Actor, round_: Round, title: str) -> Round:
    """Make a draft round with the pots, rules and questions of an earlier one, and with dates that lie ahead."""
    today = clock.local_day(clock.now(db.session()))
    preset = PRESETS.get(round_.preset, PRESETS["codes"])
    made = fresh_round(preset, title, today)
    made.summary, made.intro, made.language, made.currency = (
        *(round_.summary, round_.intro, round_.language, round_.currency),
    )
    year = made.phases[0].starts_at.year
    made.pots = [Pot(**{name: getattr(pot, name) for name in _SAME_POT}, budget_year=year) for pot in round_.pots]
    kept = (*CONDITIONS, *BALLOT)
    made.rulebook = Rulebook(**{name: getattr(round_.rulebook, name) for name in kept})
    # Days of the earlier round say nothing about this one.
    made.rulebook.deciding_days, made.rulebook.reference_date = [], None
    made.criteria = _criteria(round_.criteria or queries.criteria())
    return create_round(actor, made, year)


def _criteria(found: Sequence[Criterion | RoundCriterion]) -> list[RoundCriterion]:
    return [
        RoundCriterion(position=place, question=each.question, explanation=each.explanation, department=each.department)
        for place, each in enumerate(found, 1)
    ]


@dataclass(frozen=True)
class RoundChange:
    """What is to be different in a round; None leaves a part as it is.

    ``facts`` are columns of the round, ``rules`` those of its rulebook. ``note`` says why, once the round is known.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    pots: Sequence[Pot] | None = None
    phases: Sequence[RoundPhase] | None = None
    criteria: Sequence[Criterion] | None = None
    note: str = ""


@deed("rounds:round:written")
def write_round(actor: Actor, round_: Round, change: RoundChange, version: int) -> Round:
    """Keep other words, money, rules, questions or dates of a round.

    Raises Changed when somebody else was first, NotNow for what is frozen, and for dates that everybody knows already.
    """
    insist(may_write_round(actor, round_, clock.now(db.session())))
    if round_.version != version:
        raise Changed(_r("Somebody else changed this in the meantime. Look at it again."))
    _refuse_what_is_frozen(round_, change)
    for name, value in change.facts.items():
        setattr(round_, name, value)
    for name, value in change.rules.items():
        setattr(round_.rulebook, name, value)
    if change.pots is not None:
        _replace_pots(round_, change.pots)
    if change.phases is not None:
        _replace_phases(round_, change.phases)
    if change.criteria is not None:
        round_.criteria = []
        db.session.flush()
        round_.criteria = _criteria(change.criteria)
    # Rules and pots are rows of their own; the round counts the change, so that two officials notice each other.
    flag_modified(round_, "title")
    db.session.flush()
    if round_.state == "published":
        keep_version(round_, change.note)
    return round_


def _refuse_what_is_frozen(round_: Round, change: RoundChange) -> None:
    others = {name for name, value in change.rules.items() if getattr(round_.rulebook, name) != value}
    touches_conditions = bool(others & set(CONDITIONS)) or change.criteria is not None
    if round_.conditions_frozen_at and touches_conditions:
        raise NotNow(_r("The conditions of this round are fixed. They cannot be changed any more."))
    if round_.list_frozen_at and (others & set(BALLOT) or change.pots is not None):
        raise NotNow(_r("The list of this round is fixed, with ballot and count. They cannot be changed any more."))
    if reason := refused_together(change.rules.get("proofs", round_.rulebook.proofs)):
        raise Invalid(reason, {"proofs": reason})
    if round_.state == "published" and change.phases is not None:
        raise NotNow(_r("Everybody knows these dates. Move them with a reason."))
    if round_.state == "published" and not change.note:
        words = _r("Say why this changes. Residents read it.")
        raise Invalid(words, {"note": words})


def _replace_phases(round_: Round, wanted: Sequence[RoundPhase]) -> None:
    standing = {each.kind: each for each in round_.phases}
    for each in wanted:
        if known := standing.get(each.kind):
            known.starts_at, known.ends_at = each.starts_at, each.ends_at
    round_.phases = sorted((standing.get(each.kind, each) for each in wanted), key=lambda each: each.starts_at)


def _replace_pots(round_: Round, wanted: Sequence[Pot]) -> None:
    """Keep the pots that stay, because plans may hang on them; a pot with plans that goes is refused."""
    standing = {(each.kind, each.area_id, each.theme_id): each for each in round_.pots}
    beyond = len(round_.pots) + len(wanted)
    kept: list[Pot] = []
    for place, each in enumerate(wanted, 1):
        known = standing.pop((each.kind, each.area_id, each.theme_id), None)
        if known is None:
            kept.append(each)
        else:
            for name in ("holder", "amount_cents", "legal_form", "funding_source", "budget_year", "is_kept"):
                setattr(known, name, getattr(each, name))
            kept.append(known)
        # Places are unique; nobody stands in the way of another while they are given out.
        kept[-1].position = beyond + place
    if standing and round_.state == "published":
        raise NotNow(_r("A pot that everybody knows cannot be taken away. Make its amount 0."))
    round_.pots = kept
    db.session.flush()
    for place, each in enumerate(kept, 1):
        each.position = place


@deed("rounds:round:published")
def publish_round(actor: Actor, round_: Round) -> Round:
    """Make a round known: everybody can read its dates and its first rulebook. Raises Invalid for what is missing."""
    insist(may_publish_round(actor, round_, clock.now(db.session())))
    if reasons := missing(round_, clock.now(db.session())):
        raise Invalid(reasons[0].reason)
    round_.state = "published"
    db.session.flush()
    keep_version(round_, "")
    return round_


@deed("rounds:round:conditions frozen")
def freeze_conditions(actor: Actor, round_: Round) -> Round:
    """Fix who may propose what, and by which questions plans are judged; nobody can undo it."""
    now = clock.now(db.session())
    insist(may_freeze_conditions(actor, round_, now))
    content = rulebook.content_of(round_)
    round_.conditions_hash = rulebook.hash_of(rulebook.conditions_in(content))
    round_.conditions_frozen_at = now
    return round_


@deed("rounds:round:thrown away")
def throw_away_round(actor: Actor, round_: Round) -> Round:
    """Throw away a round that nobody knows of yet."""
    insist(may_throw_away_round(actor, round_, clock.now(db.session())))
    db.session.delete(round_)
    return round_


def keep_version(round_: Round, note: str) -> None:
    """Keep the rulebook as it reads now, unless it reads as before; inside the running deed."""
    content = rulebook.content_of(round_)
    newest = queries.newest_version(round_.id)
    if newest is None or newest.content != content:
        db.session.add(
            RulebookVersion(
                round_id=round_.id,
                number=newest.number + 1 if newest else 1,
                content=content,
                note=note,
                made_at=clock.now(db.session()),
            )
        )
