"""Figures come in by a file, are published as a whole, and are withdrawn again; residents ask about them."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.conversations.actions.talking import Said, say_something
from buurtbegroting.blueprints.conversations.models import Comment, Stance, Thread
from buurtbegroting.blueprints.insight import actions, queries
from buurtbegroting.blueprints.insight.kinds import Allocation, SpendingKind, TaskField
from buurtbegroting.blueprints.insight.models import SpendingImport, SpendingLine
from buurtbegroting.blueprints.insight.personal import personal_data
from buurtbegroting.blueprints.insight.states import ImportState
from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.rounds.models import Pot
from buurtbegroting.blueprints.voting.actions.results import count_pot, decide, seal_ballots
from buurtbegroting.blueprints.voting.models import Result
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotSignedIn, NotYours
from buurtbegroting.foundation import retention, tenancy
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.people import actor_of, make_person
from tests.factories.rounds import make_plan, make_round
from tests.factories.spending import MIDDEN, NOORD, draft, line, official, publish
from tests.factories.towns import Town, make_town


@pytest.fixture
def sanne(town: Town) -> Actor:
    return official()


def total(code: str, year: int = 2026, kind: SpendingKind = SpendingKind.BUDGET) -> Fraction:
    place = queries.place_by_code(code)
    assert place is not None
    return queries.receipt_of(place, year, kind).total


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_draft_is_on_no_page_and_its_lines_come_with_publishing(sanne: Actor) -> None:
    made = draft(sanne, line(), line(area=MIDDEN, amount="2.000"))
    assert (made.state, queries.years(), count(SpendingLine)) == (ImportState.DRAFT, {}, 0)
    actions.publish_import(sanne, made, takes_place=False)
    assert queries.years() == {2026: [SpendingKind.BUDGET]}
    assert (total(NOORD), total("gemeente")) == (100_000, 300_000)
    assert queries.content_of(made) is None
    verbs = db.session.scalars(sa.select(AuditEntry.verb).where(AuditEntry.verb.startswith("insight:"))).all()
    assert verbs == ["insight:import:uploaded", "insight:import:columns chosen", "insight:import:published"]


def test_a_file_with_one_line_that_is_wrong_keeps_nothing(sanne: Actor) -> None:
    made = draft(sanne, line(), line(amount="veel"))
    with pytest.raises(Invalid):
        actions.publish_import(sanne, made, takes_place=False)
    assert (count(SpendingLine), made.state) == (0, ImportState.DRAFT)


def test_withdrawn_figures_are_on_no_page_and_kept(sanne: Actor) -> None:
    made = publish(line(), actor=sanne)
    actions.withdraw_import(sanne, made)
    assert (queries.years(), total(NOORD), count(SpendingLine)) == ({}, 0, 1)
    assert queries.page_of_lines(queries.LineFilters(), 1, 10) == ([], 0)
    with pytest.raises(AlreadyDone):
        actions.withdraw_import(sanne, made)


def test_new_figures_take_the_place_of_those_of_the_same_year_or_are_added(sanne: Actor) -> None:
    first, other = publish(line(), actor=sanne), publish(line(year=2025), actor=sanne)
    publish(line(amount="5"), actor=sanne)
    assert total(NOORD) == 100_500
    publish(line(amount="7"), actor=sanne, takes_place=True)
    assert total(NOORD) == 700
    assert (first.state, other.state) == (ImportState.WITHDRAWN, ImportState.PUBLISHED)


def test_published_figures_are_neither_changed_nor_thrown_away(sanne: Actor) -> None:
    made = publish(line(), actor=sanne)
    deeds: tuple[Any, ...] = (
        lambda: actions.choose_columns(sanne, made, {}),
        lambda: actions.publish_import(sanne, made, takes_place=False),
        lambda: actions.discard_import(sanne, made),
    )
    for each in deeds:
        with pytest.raises(AlreadyDone):
            each()


def test_a_draft_is_thrown_away_by_an_official_or_after_a_week(sanne: Actor, town: Town) -> None:
    actions.discard_import(sanne, draft(sanne, line()))
    assert count(SpendingImport) == 0
    kept, old, published = draft(sanne, line()), draft(sanne, line()), publish(line(), actor=sanne)
    with transaction(db.session()):
        ago = sa.update(SpendingImport).where(SpendingImport.id.in_((old.id, published.id)))
        db.session.execute(ago.values(imported_at=old.imported_at - timedelta(days=8)))
    retention.clean_everything()
    tenancy.enter(db.session(), town.municipality.id)
    read_anew(db.session())
    assert set(db.session.scalars(sa.select(SpendingImport.id))) == {kept.id, published.id}


@pytest.mark.parametrize("role", [None, *(each for each in RoleName if each.value not in ("official", "admin"))])
def test_only_officials_and_admins_bring_in_figures(town: Town, sanne: Actor, role: RoleName | None) -> None:
    made = draft(sanne, line())
    other = Actor(id=sanne.id, roles=frozenset({Role(role)} if role else ()))
    for deed in (actions.discard_import, lambda who, what: actions.choose_columns(who, what, {})):
        with pytest.raises(NotYours):
            deed(other, made)
    with pytest.raises(NotSignedIn):
        actions.discard_import(ANONYMOUS, made)


def test_an_official_of_one_wijk_does_not_bring_in_the_figures_of_all(town: Town, sanne: Actor) -> None:
    of_wijk = Actor(id=sanne.id, roles=frozenset({Role(RoleName.OFFICIAL, area_code=NOORD)}))
    with pytest.raises(NotYours):
        draft(of_wijk, line())


def test_an_amount_for_everybody_is_divided_over_the_wijken_by_people_or_by_surface(sanne: Actor) -> None:
    whole = {"area": "", "amount": "3000"}
    publish(line(how="per inwoner", **whole), line(how="per m2", **whole), line(how="direct", **whole), actor=sanne)
    place = queries.place_by_code(NOORD)
    assert place is not None
    found = queries.receipt_of(place, 2026, SpendingKind.BUDGET)
    by_way = {item.spent.allocation: round(item.amount) for item in found.lines[0].items}
    assert by_way == {Allocation.PER_INHABITANT: 100_000, Allocation.PER_M2: 100_000}
    assert found.not_divided == 300_000


def test_without_the_inhabitants_of_every_wijk_nothing_is_divided_by_them(town: Town, sanne: Actor) -> None:
    with transaction(db.session()):
        db.session.execute(sa.update(Area).where(Area.code == MIDDEN).values(inhabitants=None))
    publish(line(area="", how="per inwoner"), actor=sanne)
    assert queries.whole().inhabitants is None
    assert total(NOORD) == 0


def chosen(code: str) -> tuple[int, list[str]]:
    place = queries.place_by_code(code)
    assert place is not None
    found = queries.receipt_of(place, 2026, SpendingKind.BUDGET).chosen
    return found.cents, [title for _, title in found.plans]


def counted(town: Town) -> Result:
    pot = Pot(position=1, amount_cents=10_000, area=town.wijken[NOORD], budget_year=2026)
    round_ = make_round(PhaseKind.RESULT, pots=[pot])
    plan, lost = make_plan(round_, 60, title="Bank"), make_plan(round_, 70, title="Boom")
    seal_ballots(SYSTEM, round_.pots[0], [[(plan.ballot_key, Fraction(1))]] * 2 + [[(lost.ballot_key, Fraction(1))]])
    return count_pot(SYSTEM, round_.pots[0], "Telling")


def test_what_residents_chose_counts_when_it_is_decided_and_everybody_may_see_it(town: Town, sanne: Actor) -> None:
    publish(line(), actor=sanne)
    result = counted(town)
    assert chosen(NOORD) == (0, [])
    decide(SYSTEM, result, result.counted_at.date(), "college", "1")
    assert chosen(NOORD) == (6000, ["Bank"])
    assert chosen("gemeente") == (6000, ["Bank"])
    assert chosen(MIDDEN) == (0, [])


def test_a_municipality_that_has_no_neighbourhood_budget_shows_nothing_of_it(town: Town, sanne: Actor) -> None:
    publish(line(), actor=sanne)
    result = counted(town)
    decide(SYSTEM, result, result.counted_at.date(), "college", "1")
    with transaction(db.session()):
        town.municipality.switched_off = ["neighbourhood-budget"]
    assert chosen(NOORD) == (0, [])


def question(code: str = NOORD, body: str = "Waarom zoveel?") -> actions.Question:
    place = queries.place_by_code(code)
    assert place is not None
    return actions.Question(place, TaskField.GREEN, body, "nl")


def test_the_first_question_begins_the_talk_and_the_next_joins_it(sanne: Actor) -> None:
    first, second = actions.ask(sanne, question()), actions.ask(sanne, question(body="En hoe lang?"))
    other = actions.ask(sanne, question(MIDDEN, "Hier ook?"))
    assert first.thread_id == second.thread_id != other.thread_id
    assert {each.stance for each in (first, second)} == {Stance.QUESTION}
    keys = db.session.scalars(sa.select(Thread.key).where(Thread.kind == "uitgaven").order_by(Thread.key)).all()
    assert keys == ["WK999801-groen", "WK999802-groen"]
    assert len(queries.unanswered_questions()) == 3


def test_a_question_waits_until_the_municipality_answers(sanne: Actor) -> None:
    asked = actions.ask(sanne, question())
    assert [each.id for each in queries.unanswered_questions()] == [asked.id]
    thread = queries.thread_about(question().place, TaskField.GREEN)
    assert thread is not None
    say_something(sanne, thread, Said(Stance.NEUTRAL, "Daarom.", "nl", asked), "Groen")
    assert queries.unanswered_questions() == []


def test_who_did_not_sign_in_asks_nothing(town: Town) -> None:
    with pytest.raises(NotSignedIn):
        actions.ask(ANONYMOUS, question())
    assert count(Comment) == count(Thread) == 0


def test_an_official_reads_which_files_are_kept_under_their_name(town: Town) -> None:
    person = make_person("Sanne", RoleName.OFFICIAL)
    publish(line(), actor=actor_of(person))
    assert next(iter(personal_data(person.id).values()))[0]["File"] == "begroting.csv"


def test_figures_of_one_municipality_are_on_no_page_of_another(sanne: Actor) -> None:
    made = publish(line(), actor=sanne)
    elsewhere = make_town("GM9997", "Elders", ("elders.example",))
    tenancy.enter(db.session(), elsewhere.municipality.id)
    assert queries.years() == {}
    assert queries.import_by_id(made.id) is None
    assert queries.place_by_code(NOORD) is None
