"""The invented municipality: one round in every phase, hidden things hidden, dates that move along."""

from __future__ import annotations

from datetime import timedelta

import flask
import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.municipalities.queries import chosen_municipality, municipality_by_code
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Round, RoundPhase
from buurtbegroting.blueprints.rounds.queries import published_rounds
from buurtbegroting.blueprints.voting.queries import newest_results
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.phases import PhaseKind, phase_at
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.sample import fill
from buurtbegroting.sample.waterveld import Size, waterveld


@pytest.fixture
def filled(bare_app: flask.Flask) -> flask.Flask:
    municipality = fill.fill(SYSTEM, waterveld(Size.S, clock.local_day(clock.now(db.session()))))
    tenancy.enter(db.session(), municipality.id)
    return bare_app


def test_there_is_a_round_in_every_phase(filled: flask.Flask) -> None:
    now = clock.now(db.session())
    on = [phase for each in published_rounds() if (phase := phase_at(each.phases, now))]
    assert {phase.kind for phase in on} == set(PhaseKind)


def test_finished_rounds_are_counted_and_open_ones_are_not(filled: flask.Flask) -> None:
    counted = {result.pot.round_id for result in newest_results()}
    now = clock.now(db.session())
    for each in published_rounds():
        phase = phase_at(each.phases, now)
        is_over = phase is not None and phase.kind in (PhaseKind.RESULT, PhaseKind.DELIVER)
        assert (each.id in counted) == is_over


@pytest.mark.slow
def test_the_large_town_is_filled_too(bare_app: flask.Flask) -> None:
    fill.fill(SYSTEM, waterveld(Size.L, clock.local_day(clock.now(db.session()))))
    tenancy.enter(db.session(), chosen_municipality(fill.CODE).id)
    assert db.session.scalar(sa.select(sa.func.count(Proposal.id))) > 5000


def test_all_dates_move_by_the_same_number_of_days(filled: flask.Flask) -> None:
    municipality = municipality_by_code(fill.CODE)
    assert municipality is not None
    later = clock.local_day(clock.now(db.session())) + timedelta(weeks=30)
    before = {each.id: each.starts_at for each in db.session.scalars(sa.select(RoundPhase).join(Round))}
    due = {each.id: each.turn_due for each in db.session.scalars(sa.select(Proposal)) if each.turn_due}
    fill.shift(SYSTEM, municipality, waterveld(Size.S, later))
    for phase in db.session.scalars(sa.select(RoundPhase).join(Round)):
        assert clock.local_day(phase.starts_at) - clock.local_day(before[phase.id]) == timedelta(weeks=30)
        assert phase.starts_at.astimezone(clock.AMSTERDAM).hour == 0
    for plan in db.session.scalars(sa.select(Proposal).where(Proposal.turn_due.is_not(None))):
        assert plan.turn_due == due[plan.id] + timedelta(weeks=30)
