"""What ties the people of a wijk: asked by one, agreed by the other; and the picture of it."""

from __future__ import annotations

import threading
import uuid

import flask
import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.initiatives.actions import answering, writing
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.queries import initiative_by_number
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.blueprints.network.actions import ties
from buurtbegroting.blueprints.network.drawing import draw
from buurtbegroting.blueprints.network.models import Tie
from buurtbegroting.blueprints.network.queries import ties as queries
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.actors import OFFICIAL, RESIDENT
from tests.factories.initiatives import WIJK, again, make_initiative
from tests.factories.network import make_house, make_welfare
from tests.factories.people import actor_of, mails, make_person
from tests.factories.towns import Town


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def table(fatima: Person) -> Initiative:
    return make_initiative(fatima)


@pytest.fixture
def garden(gerrit: Person) -> Initiative:
    return make_initiative(gerrit, "Moestuin")


def tie_again(tie_id: uuid.UUID) -> Tie:
    read_anew(db.session())
    found = queries.tie_by_id(tie_id)
    if found is None:
        raise LookupError(tie_id)
    return found


def test_two_groups_are_tied_when_the_other_agrees(
    table: Initiative, garden: Initiative, fatima: Person, gerrit: Person
) -> None:
    made = ties.ask_tie(actor_of(fatima), again(table), garden.number, "Koken uit de tuin")
    assert queries.network_of(WIJK).ties == []
    assert [mail["To"] for mail in mails()][-1] == "gerrit@voorbeeld.nl"
    with pytest.raises(NotYours):
        ties.agree_tie(actor_of(fatima), tie_again(made.id))
    with pytest.raises(NotSignedIn):
        ties.agree_tie(Actor(), tie_again(made.id))
    with pytest.raises(AlreadyDone):
        ties.ask_tie(actor_of(fatima), again(table), garden.number, "Nog eens")
    ties.agree_tie(actor_of(gerrit), tie_again(made.id))
    assert [mail["To"] for mail in mails()][-1] == "fatima@voorbeeld.nl"
    assert [each.words for each in queries.network_of(WIJK).ties] == ["Koken uit de tuin"]
    with pytest.raises(AlreadyDone):
        ties.agree_tie(actor_of(gerrit), tie_again(made.id))
    with pytest.raises(NotYours):
        ties.end_tie(RESIDENT, tie_again(made.id))
    ties.end_tie(actor_of(fatima), tie_again(made.id))
    assert queries.tie_by_id(made.id) is None


def test_who_asks_who_asked_already_agrees(
    table: Initiative, garden: Initiative, fatima: Person, gerrit: Person
) -> None:
    ties.ask_tie(actor_of(fatima), again(table), garden.number, "Koken")
    made = ties.ask_tie(actor_of(gerrit), again(garden), table.number, "Eten")
    assert made.agreed_on is not None
    assert len(queries.network_of(WIJK).ties) == 1


def test_only_members_of_what_goes_on_tie_and_only_to_what_is_there(
    table: Initiative, garden: Initiative, fatima: Person, gerrit: Person
) -> None:
    member = actor_of(fatima)
    for number in (table.number, "2020-999"):
        with pytest.raises(Invalid) as refused:
            ties.ask_tie(member, again(table), number, "X")
        assert set(refused.value.fields) == {"other"}
    with pytest.raises(NotYours):
        ties.ask_tie(RESIDENT, again(table), garden.number, "X")
    writing.move_to(actor_of(gerrit), again(garden), Stage.ENDED)
    with pytest.raises(Invalid):
        ties.ask_tie(member, again(table), garden.number, "X")
    with pytest.raises(NotNow):
        ties.ask_tie(actor_of(gerrit), again(garden), table.number, "X")


def test_an_initiative_says_once_where_it_meets(table: Initiative, fatima: Person) -> None:
    house, member = make_house(), actor_of(fatima)
    for _ in range(2):
        ties.meet_in(member, again(table), house.id)
    meeting = queries.meetings_of(table.id)[0]
    assert [each.house.name for each in queries.network_of(WIJK).meetings] == ["De Ankerplaats"]
    with pytest.raises(Invalid):
        ties.meet_in(member, again(table), uuid.uuid4())
    with pytest.raises(NotYours):
        ties.meet_in(RESIDENT, again(table), house.id)
    with pytest.raises(NotYours):
        ties.meet_no_more(RESIDENT, queries.meeting_by_id(meeting.id))  # type: ignore[arg-type]
    ties.meet_no_more(member, queries.meeting_by_id(meeting.id))  # type: ignore[arg-type]
    assert queries.meetings_of(table.id) == []


def test_what_is_hidden_is_in_no_network(table: Initiative, garden: Initiative, fatima: Person, gerrit: Person) -> None:
    house = make_house()
    ties.meet_in(actor_of(fatima), again(table), house.id)
    ties.ask_tie(actor_of(fatima), again(table), garden.number, "Koken")
    ties.ask_tie(actor_of(gerrit), again(garden), table.number, "Koken")
    answering.set_hidden(OFFICIAL, again(table), is_hidden=True)
    read_anew(db.session())
    found = queries.network_of(WIJK)
    assert ([each.title for each in found.initiatives], found.ties, found.meetings) == (["Moestuin"], [], [])


def test_the_picture_holds_the_same_facts_as_the_tables(fatima: Person, gerrit: Person, table: Initiative) -> None:
    assert draw(queries.network_of("WK999802")) is None
    welfare = make_welfare(gerrit)
    house = make_house(organisation_id=welfare.id)
    far = make_initiative(gerrit, "Een heel lange naam van een initiatief elders", wijk_code="WK999802")
    ties.meet_in(actor_of(fatima), again(table), house.id)
    ties.ask_tie(actor_of(fatima), again(table), far.number, "Samen")
    ties.ask_tie(actor_of(gerrit), again(far), table.number, "Samen")
    read_anew(db.session())
    picture = draw(queries.network_of(WIJK))
    assert picture is not None
    assert sorted(each.kind for each in picture.lines) == ["meets", "runs", "tie"]
    assert {each.title for each in picture.dots} == {table.title, far.title, house.name, welfare.name}
    assert all(len(each.label) <= 18 for each in picture.dots)
    assert all(0 < each.y < picture.height for each in picture.dots)


def test_groups_that_ask_each_other_at_once_are_tied_once(
    app: flask.Flask, town: Town, table: Initiative, garden: Initiative, fatima: Person, gerrit: Person
) -> None:
    numbers, municipality = (table.number, garden.number), town.municipality.id
    start, results = threading.Barrier(2), []

    def ask(who: Actor, own: str, other: str) -> None:
        with app.app_context():
            tenancy.enter(db.session(), municipality)
            found = initiative_by_number(own)
            start.wait()
            try:
                ties.ask_tie(who, found, other, "Samen")  # type: ignore[arg-type]
                results.append("done")
            except Exception as refused:
                results.append(type(refused).__name__)

    asked = ((actor_of(fatima), *numbers), (actor_of(gerrit), *reversed(numbers)))
    threads = [threading.Thread(target=ask, args=each) for each in asked]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert "done" in results
    read_anew(db.session())
    assert len(queries.ties_of(table.id)) == 1
