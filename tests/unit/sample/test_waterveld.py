from collections import Counter
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from buurtbegroting.blueprints.municipalities.boundaries import read_boundaries
from buurtbegroting.blueprints.municipalities.postcodes import read_postcodes
from buurtbegroting.counting.ballots import Ballot, grouped
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import BallotType, Election, Project
from buurtbegroting.counting.outcomes import Outcome
from buurtbegroting.counting.rules import method
from buurtbegroting.sample import drawing
from buurtbegroting.sample.rounds import rounds
from buurtbegroting.sample.town import town
from buurtbegroting.sample.waterveld import Sample, Size, waterveld

TODAY = date(2026, 11, 24)
SAMPLE = Path(str(resources.files("buurtbegroting.sample")))


@pytest.fixture(scope="module")
def small() -> Sample:
    return waterveld(Size.S, TODAY)


def test_the_buurten_tile_the_wijken_without_gaps_or_overlaps() -> None:
    buurten = [area for area in town().areas if area.kind == "buurt"]
    assert shapely.coverage_is_valid([one.geometry for one in buurten])
    for wijk in (area for area in town().areas if area.kind == "wijk"):
        parts = town().buurten_of(wijk.code)
        assert 2 <= len(parts) <= 4
        assert shapely.equals(shapely.union_all([one.geometry for one in parts]), wijk.geometry)
        assert sum(one.inhabitants for one in parts) == wijk.inhabitants


def test_the_own_area_is_the_union_of_its_buurten() -> None:
    (own,) = [area for area in town().areas if area.kind == "own"]
    assert shapely.equals(shapely.union_all([one.geometry for one in town().buurten_of(own.code)]), own.geometry)
    assert len(own.geometry.geoms) == 1


def test_the_shipped_map_is_read_by_the_boundary_import() -> None:
    boundaries = read_boundaries(SAMPLE / drawing.GEOJSON, "GM9999", None)
    assert (len(boundaries.wijken), len(boundaries.buurten), boundaries.year) == (6, 18, 2026)
    assert {one.code: one.geometry for one in boundaries.areas} == {
        one.code: one.geometry for one in town().areas if one.kind != "own"
    }


def test_the_shipped_postcodes_are_read_and_some_lie_in_two_buurten() -> None:
    found = read_postcodes(SAMPLE / drawing.POSTCODES, "GM9999", lambda _: None)
    split = {row.postcode for row in found.rows if row.number is not None}
    assert len({row.postcode for row in found.rows}) > 200
    assert 10 < len(split) < 50
    assert {row.buurt_code for row in found.rows} == {area.code for area in town().areas if area.kind == "buurt"}


def test_the_shipped_files_are_what_the_sketch_draws() -> None:
    assert drawing.geojson(drawing.outline()) == (SAMPLE / drawing.GEOJSON).read_text("utf-8")
    assert drawing.postcodes(drawing.outline()) == (SAMPLE / drawing.POSTCODES).read_text("utf-8")


def test_the_same_seed_gives_the_same_sample() -> None:
    assert waterveld(Size.S, TODAY, 7) == waterveld(Size.S, TODAY, 7)
    assert waterveld(Size.S, TODAY, 7).ballots != waterveld(Size.S, TODAY, 8).ballots


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.times(max_value=time(23, 59)))
def test_on_any_day_each_phase_has_exactly_one_round(today: date, hour: time) -> None:
    moment = datetime.combine(today, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))
    phases = [one.phase_at(moment) for one in rounds(today)]
    assert Counter(phase.kind if phase else None for phase in phases) == {
        "all-year": 1,
        "propose": 1,
        "assess": 1,
        "vote": 1,
        "result": 1,
        "deliver": 1,
        "divide": 1,
        None: 1,
    }


def test_phases_start_at_local_midnight_and_do_not_overlap(small: Sample) -> None:
    for one in (each for each in small.rounds if not each.is_all_year):
        kinds = [phase.kind for phase in one.phases if phase.kind != "divide"]
        assert kinds == ["propose", "assess", "vote", "result", "deliver"]
        for phase, after in zip(one.phases, one.phases[1:], strict=False):
            assert phase.starts_at.astimezone(ZoneInfo("Europe/Amsterdam")).time() == time(0)
            assert phase.ends_at is not None
            assert phase.starts_at < phase.ends_at <= after.starts_at


@pytest.mark.parametrize("size", [Size.S, Size.M])
def test_every_plan_lies_in_its_buurt_and_its_buurt_in_the_pots_area(size: Size) -> None:
    sample = waterveld(size, TODAY)
    found = {one.number: one for one in sample.rounds}
    for plan in sample.proposals:
        assert sample.town.area(plan.buurt_code).geometry.contains(Point(plan.longitude, plan.latitude))
        pot = found[plan.round_number].pots[plan.pot - 1]
        assert plan.buurt_code in {area.code for area in sample.town.buurten_of(pot.area_code)}


def test_numbers_are_unique_and_themes_known(small: Sample) -> None:
    assert len({plan.number for plan in small.proposals}) == len(small.proposals) >= 85
    assert {plan.theme for plan in small.proposals} == {theme.picture for theme in small.themes}


def test_every_state_occurs_and_a_no_has_its_reason(small: Sample) -> None:
    states = Counter(plan.state for plan in small.proposals)
    assert set(states) == {"draft", "submitted", "feasible", "changeable", "infeasible", "withdrawn", "hidden"}
    assert all(plan.answer.startswith("Kan niet") for plan in small.proposals if plan.state == "infeasible")


def test_nothing_public_holds_a_canary(small: Sample) -> None:
    for plan in small.proposals:
        told = " ".join([plan.title, plan.summary, plan.what, plan.why, plan.for_whom, plan.author])
        assert ("CANARY-HIDDEN" in told, "CANARY-DRAFT" in told) == (plan.state == "hidden", plan.state == "draft")


@settings(deadline=None)
@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_dates_of_a_plan_follow_each_other(today: date) -> None:
    plans = waterveld(Size.S, today).proposals
    for plan in plans:
        assert (plan.submitted_on is None) == (plan.state == "draft")
        assert plan.submitted_on is None or plan.submitted_on < today
        assert plan.answered_on is None or (plan.submitted_on and plan.submitted_on <= plan.answered_on < today)
        assert (plan.turn_party == "") == (plan.turn_due is None)
        assert plan.turn_due is None or (plan.turn_since and plan.turn_since <= plan.turn_due)
    late = [plan for plan in plans if plan.state == "submitted" and plan.turn_due and plan.turn_due < today]
    assert len(late) == 5
    assert all(plan.turn_due and plan.turn_due >= today - timedelta(days=12) for plan in late)


def test_ballots_hold_only_plans_on_their_list_and_some_are_blank(small: Sample) -> None:
    for box in small.ballots:
        listed = {plan.number for plan in small.proposals if plan.round_number == box.round_number}
        assert all(set(ballot) <= listed and len(set(ballot)) == len(ballot) for ballot in box.ballots)
        assert () in box.ballots
    assert [(len(box.ballots), box.is_open) for box in small.ballots] == [(512, True), (2500, False), (640, False)]


def test_knapsack_ballots_stay_within_the_pot(small: Sample) -> None:
    costs = {plan.number: plan.cost_cents for plan in small.proposals}
    (one,) = [one for one in small.rounds if one.rulebook.ballot_type == "knapsack"]
    (box,) = [box for box in small.ballots if box.round_number == one.number]
    assert max(sum(costs[number] for number in ballot) for ballot in box.ballots) <= one.pots[0].amount_cents


def counted(sample: Sample, key: str, rule: str) -> Outcome:
    (one,) = [one for one in sample.rounds if one.key == key]
    (box,) = [box for box in sample.ballots if box.round_number == one.number]
    plans = [plan for plan in sample.proposals if plan.round_number == one.number and plan.state == "feasible"]
    ballots = (Ballot(tuple((number, Fraction(1)) for number in ballot)) for ballot in box.ballots)
    election = Election(
        budget=Fraction(one.pots[0].amount_cents, 100),
        projects=tuple(Project(plan.number, Fraction(plan.cost_cents, 100), plan.title) for plan in plans),
        ballots=grouped([plan.number for plan in plans], ballots),
    )
    return count(election, method(BallotType.APPROVAL, rule, tie_chain=one.rulebook.ties))


def test_in_the_finished_round_the_most_wanted_plan_loses_and_a_tie_decides(small: Sample) -> None:
    outcome = counted(small, "oude-haven", "equal-shares")
    votes = {step.project: step.votes for step in outcome.steps} | {loss.project: loss.votes for loss in outcome.losses}
    title = {plan.number: plan.title for plan in small.proposals}
    assert title[max(votes, key=lambda number: votes[number])] == "Groot scherm op het Havenplein"
    assert "Groot scherm op het Havenplein" not in [title[number] for number in outcome.winners]
    twins = {plan.number for plan in small.proposals if plan.twin}
    assert twins in [set(tie.candidates) for tie in outcome.ties_met]
    assert len(twins & set(outcome.winners)) == 1


@pytest.mark.parametrize("key", ["oude-haven", "molenkwartier"])
def test_equal_shares_and_most_votes_differ(small: Sample, key: str) -> None:
    shared, greedy = counted(small, key, "equal-shares"), counted(small, key, "greedy")
    assert set(shared.winners) != set(greedy.winners)


def test_equal_shares_reach_more_voters(small: Sample) -> None:
    shared, greedy = counted(small, "oude-haven", "equal-shares"), counted(small, "oude-haven", "greedy")
    assert shared.voters_with_a_winner > greedy.voters_with_a_winner + 500


@pytest.mark.parametrize(("size", "plans", "ballots"), [(Size.M, 890, 25_000), (Size.L, 5_000, 50_000)])
def test_the_large_samples_are_large(size: Size, plans: int, ballots: int) -> None:
    sample = waterveld(size, TODAY)
    assert len(sample.proposals) >= plans
    assert sum(len(box.ballots) for box in sample.ballots) >= ballots
    assert len({plan.title for plan in sample.proposals}) > 0.9 * len(sample.proposals)
    assert len({plan.number for plan in sample.proposals}) == len(sample.proposals)
