"""Suggestions on a written set of Dutch needs and offers."""

from __future__ import annotations

from datetime import date

from buurtbegroting.blueprints.matching.states import Kind
from buurtbegroting.blueprints.matching.suggesting import Asked, suggest

from .quality import means, outcomes

NEED = Asked("need", Kind.SPACE, "Een zaal om te koken", "N", frozenset({"za"}), is_young=True)


def first(*others: Asked[str]) -> list[str]:
    return [each.thing for each in suggest(NEED, others, {"N": "Noord", "Z": "Zuid"})]


def test_what_fits_stands_first_and_nearly_all_of_it_is_there() -> None:
    precision, _, recall = means(outcomes())
    assert precision >= 0.9
    assert recall >= 0.95


def test_the_own_wijk_comes_first_and_then_beyond() -> None:
    far = Asked("far", Kind.SPACE, "Grote zaal", "Z")
    near = Asked("near", Kind.SPACE, "Grote zaal", "N")
    assert first(far, near) == ["near", "far"]


def test_who_runs_well_comes_first_for_who_just_begins() -> None:
    other = Asked("other", Kind.SPACE, "Grote zaal", "N")
    strong = Asked("strong", Kind.SPACE, "Grote zaal", "N", is_strong=True)
    assert first(other, strong) == ["strong", "other"]


def test_each_suggestion_says_why() -> None:
    other = Asked("other", Kind.SPACE, "Een zaal", "N", frozenset({"za", "zo"}), is_strong=True)
    (found,) = suggest(NEED, [other], {"N": "Noord"})
    said = [str(each) for each in found.reasons]
    assert said[0].startswith("Asked and offered")
    assert "Both speak of: zaal" in said
    assert "Both in Noord" in said
    assert any(each.startswith("Both on ") for each in said)
    assert "Runs well already, and can help who begins" in said


def test_another_kind_is_only_suggested_when_related_and_about_the_same() -> None:
    need = Asked("need", Kind.HANDS, "Wie snoeit de tuin?", "N")
    tools = Asked("tools", Kind.TOOLS, "Gereedschap voor de tuin", "N")
    ladder = Asked("ladder", Kind.TOOLS, "Een trap", "N")
    lift = Asked("lift", Kind.LIFT, "Naar de tuin rijden", "N")
    assert [each.thing for each in suggest(need, [tools, ladder, lift], {})] in ([], ["tools"])


def test_what_is_over_before_the_other_begins_is_not_suggested() -> None:
    need = Asked("need", Kind.SPACE, "Een zaal", "N", from_on=date(2026, 6, 1))
    over = Asked("over", Kind.SPACE, "Een zaal", "N", until_on=date(2026, 5, 1))
    assert suggest(need, [over], {}) == []
