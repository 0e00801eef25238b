"""What the public may know of plans, on every way to them; and who enters them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from buurtbegroting.blueprints.proposals import queries
from buurtbegroting.blueprints.proposals.actions import recording as actions
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import Filters
from buurtbegroting.blueprints.rounds.models import Theme
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.civic.refusals import NotYours
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town


@pytest.fixture
def plans(town: Town) -> list[Proposal]:
    round_ = make_round()
    theme = Theme(slug="groen", name_nl="Groen", name_en="Green")
    return [
        make_plan(round_, 30, title="Bomen op het plein", theme=theme, wijk_code="WK999801"),
        make_plan(round_, 10, title="Speeltuin 100% nieuw", state="submitted", latitude=52.005, longitude=5.01),
        make_plan(round_, 20, title="Zebrapad", state="infeasible"),
        make_plan(round_, title="CANARY-HIDDEN", state="hidden"),
        make_plan(make_round(state="draft"), title="CANARY-ROUND"),
    ]


def titles(filters: Filters, number: int = 1) -> list[str]:
    found = queries.page(filters, number)
    assert queries.count(filters) == len(queries.all_found(filters))
    return [each.title for each in found]


def test_drafts_hidden_plans_and_draft_rounds_are_nowhere(plans: list[Proposal]) -> None:
    assert set(titles(Filters())) == {"Bomen op het plein", "Speeltuin 100% nieuw", "Zebrapad"}
    assert titles(Filters(search="CANARY")) == []
    assert len(queries.pins(Filters())) == 1


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(search="plein bomen"), {"Bomen op het plein"}),
        (Filters(search="100%"), {"Speeltuin 100% nieuw"}),
        (Filters(search="_"), set()),
        (Filters(theme="groen"), {"Bomen op het plein"}),
        (Filters(wijk="WK999801"), {"Bomen op het plein"}),
        (Filters(answer="kan-niet"), {"Zebrapad"}),
        (Filters(answer="nog-geen"), {"Speeltuin 100% nieuw"}),
        (Filters(round="1999-1"), set()),
    ],
)
def test_filters_find_what_they_say(plans: list[Proposal], filters: Filters, expected: set[str]) -> None:
    assert set(titles(filters)) == expected


def test_cheapest_and_dearest_first(plans: list[Proposal]) -> None:
    cheapest = titles(Filters(order="bedrag"))
    assert cheapest == ["Speeltuin 100% nieuw", "Zebrapad", "Bomen op het plein"]
    assert titles(Filters(order="bedrag-hoog")) == cheapest[::-1]


def test_a_random_order_is_the_same_on_every_page_and_differs_by_seed(town: Town) -> None:
    round_ = make_round()
    for place in range(20):
        make_plan(round_, title=f"Plan {place}")
    filters = Filters(order="willekeurig", seed="abc")
    first, second = titles(filters), titles(filters, 2)
    assert len(first) + len(second) == 20
    assert not set(first) & set(second)
    assert titles(filters) == first
    assert titles(replace(filters, seed="def")) != first


def test_a_map_shows_no_more_pins_than_it_can(plans: list[Proposal], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MAX_PINS", 0)
    assert queries.pins(Filters()) == []


def test_counts_per_answer_add_up(plans: list[Proposal]) -> None:
    counts = queries.counts_by_answer(Filters())
    assert (counts["kan"], counts["nog-geen"], counts["kan-niet"]) == (1, 1, 1)


def test_numbers_follow_each_other(plans: list[Proposal]) -> None:
    assert [plan.number for plan in plans][:3] == ["2026-001", "2026-002", "2026-003"]


def test_a_resident_enters_no_plan_for_another(town: Town) -> None:
    round_ = make_round()
    with pytest.raises(NotYours):
        actions.record_proposal(ANONYMOUS, Proposal(title="X", round=round_, pot=round_.pots[0], cost_cents=1), 2026)


def test_only_plans_on_the_ballot_are_told_whether_they_were_elected(plans: list[Proposal]) -> None:
    from buurtbegroting.civic.actors import SYSTEM

    actions.award(SYSTEM, plans[0].pot, [plans[1].ballot_key])
    assert [plan.state_name for plan in plans[:3]] == ["not-elected", "submitted", "infeasible"]
    with pytest.raises(NotYours):
        actions.award(ANONYMOUS, plans[0].pot, [])
