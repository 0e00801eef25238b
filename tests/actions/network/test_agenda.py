"""Houses and their agenda: who keeps what, what cannot be, and the clock on the wall."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, date, datetime, time, timedelta

import flask
import icalendar
import pytest

from buurtbegroting.blueprints.accounts.models import Organisation, Person
from buurtbegroting.blueprints.initiatives.actions import answering, writing
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.blueprints.network import exports
from buurtbegroting.blueprints.network.actions import agenda, houses
from buurtbegroting.blueprints.network.days import days_of, occasions
from buurtbegroting.blueprints.network.models import Activity, House
from buurtbegroting.blueprints.network.queries import houses as queries
from buurtbegroting.civic.actors import ANONYMOUS, Actor, RoleName
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotFound, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.clock import AMSTERDAM
from buurtbegroting.foundation.database import db
from tests.factories.actors import OFFICIAL, RESIDENT, actor
from tests.factories.initiatives import WIJK, again, make_initiative
from tests.factories.network import (
    activity_again,
    house_again,
    local_today,
    make_activity,
    make_house,
    make_welfare,
    speaker_of,
)
from tests.factories.people import actor_of, make_person
from tests.factories.towns import Town

HOUSE = houses.AboutHouse("De Kade", "library", "Kade 1", WIJK, "no")


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def welfare(fatima: Person) -> Organisation:
    return make_welfare(fatima)


@pytest.fixture
def house(town: Town) -> House:
    return make_house()


def about(**facts: object) -> agenda.AboutActivity:
    known = {"title": "Koffie", "what": "Koffie.", "day": local_today(), "starts": time(10), "ends": time(12)}
    return agenda.AboutActivity(**known | facts)  # type: ignore[arg-type]


def test_only_officials_add_and_change_houses(house: House) -> None:
    with pytest.raises(NotSignedIn):
        houses.add_house(ANONYMOUS, HOUSE)
    with pytest.raises(NotYours):
        houses.add_house(RESIDENT, HOUSE)
    with pytest.raises(NotYours):
        houses.change_house(RESIDENT, house_again(house.id), HOUSE, 1)
    with pytest.raises(NotYours):
        houses.set_gone(RESIDENT, house_again(house.id), is_gone=True)
    made = houses.add_house(OFFICIAL, HOUSE)
    assert houses.change_house(OFFICIAL, house_again(made.id), HOUSE, 1).kind == "library"


def test_a_house_stands_in_a_wijk_that_is_there_and_on_the_list_once(house: House) -> None:
    for wrong, field in (
        ({"wijk_code": "WK000000"}, "wijk"),
        ({"organisation_id": uuid.uuid4()}, "organisation"),
        ({"name": "De Ankerplaats", "address": "Havenstraat 12"}, "name"),
    ):
        with pytest.raises(Invalid) as refused:
            houses.add_house(OFFICIAL, houses.AboutHouse(**vars(HOUSE) | wrong))
        assert set(refused.value.fields) == {field}


def test_of_two_officials_who_change_a_house_the_second_looks_again(house: House) -> None:
    houses.change_house(OFFICIAL, house_again(house.id), HOUSE, 1)
    with pytest.raises(Changed):
        houses.change_house(OFFICIAL, house_again(house.id), HOUSE, 1)


def test_who_runs_a_house_keeps_its_agenda_and_nobody_else(fatima: Person, welfare: Organisation) -> None:
    own, other = make_house(organisation_id=welfare.id), make_house("Bibliotheek")
    speaks = speaker_of(fatima, welfare)
    made = agenda.plan_in_house(speaks, own, about())
    assert made.wijk_code == WIJK
    agenda.change_activity(speaks, activity_again(made.id), about(title="Thee"), 1)
    with pytest.raises(NotYours):
        agenda.plan_in_house(speaks, house_again(other.id), about())
    with pytest.raises(NotYours):
        agenda.plan_in_house(RESIDENT, house_again(own.id), about())
    with pytest.raises(NotSignedIn):
        agenda.plan_in_house(ANONYMOUS, house_again(own.id), about())
    with pytest.raises(NotYours):
        agenda.change_activity(RESIDENT, activity_again(made.id), about(), 2)
    with pytest.raises(NotSignedIn):
        agenda.call_off(ANONYMOUS, activity_again(made.id), made.day, "Ziek")
    with pytest.raises(Changed):
        agenda.change_activity(speaks, activity_again(made.id), about(), 1)


def test_a_house_that_is_gone_takes_its_agenda_with_it(house: House) -> None:
    made = make_activity(house)
    houses.set_gone(OFFICIAL, house_again(house.id), is_gone=True)
    assert queries.visible_activities(local_today(), None) == []
    assert queries.houses() == []
    with pytest.raises(NotNow):
        agenda.plan_in_house(OFFICIAL, house_again(house.id), about())
    with pytest.raises(NotFound):
        agenda.change_activity(RESIDENT, activity_again(made.id), about(), 1)
    houses.set_gone(OFFICIAL, house_again(house.id), is_gone=False)
    assert len(queries.visible_activities(local_today(), None)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": time(10)}, "ends"),
        ({"is_weekly": True, "until": date(2020, 1, 1)}, "until"),
        ({"day": date(2999, 1, 1)}, "day"),
    ],
)
def test_days_and_hours_that_cannot_be_are_refused(house: House, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        agenda.plan_in_house(OFFICIAL, house, about(**{"day": local_today()} | wrong))
    assert set(refused.value.fields) == {field}


def test_members_put_what_their_initiative_does_on_the_agenda(house: House, fatima: Person) -> None:
    table = make_initiative(fatima)
    member = actor_of(fatima)
    inside = agenda.plan_by_initiative(member, table, about(house_id=house.id))
    outside = agenda.plan_by_initiative(member, again(table), about(place="Het plein", wijk_code=WIJK))
    assert (inside.house_id, outside.place, outside.house_id) == (house.id, "Het plein", None)
    moved = agenda.change_activity(member, activity_again(inside.id), about(place="Het plein", wijk_code=WIJK), 1)
    assert moved.house_id is None
    for wrong, field in (({}, "place"), ({"place": "Plein"}, "wijk"), ({"house_id": uuid.uuid4()}, "house")):
        with pytest.raises(Invalid) as refused:
            agenda.plan_by_initiative(member, again(table), about(**wrong))
        assert set(refused.value.fields) == {field}
    with pytest.raises(NotYours):
        agenda.plan_by_initiative(RESIDENT, again(table), about(house_id=house.id))
    writing.move_to(member, again(table), Stage.ENDED)
    with pytest.raises(NotNow):
        agenda.plan_by_initiative(member, again(table), about(house_id=house.id))


def test_what_a_hidden_initiative_does_is_not_on_the_agenda(house: House, fatima: Person) -> None:
    table = make_initiative(fatima)
    made = agenda.plan_by_initiative(actor_of(fatima), table, about(house_id=house.id))
    answering.set_hidden(actor_of(make_person("Olga", RoleName.OFFICIAL)), again(table), is_hidden=True)
    assert queries.visible_activities(local_today(), None) == []
    with pytest.raises(NotFound):
        agenda.change_activity(RESIDENT, activity_again(made.id), about(), 1)


def test_a_day_that_is_called_off_stays_with_its_reason(house: House) -> None:
    made = make_activity(house, is_weekly=True)
    first, second = made.day, made.day + timedelta(days=7)
    agenda.call_off(OFFICIAL, activity_again(made.id), second, "De kok is ziek")
    found = occasions([activity_again(made.id)], first, second)
    assert [(each.day, each.reason) for each in found] == [(first, ""), (second, "De kok is ziek")]
    with pytest.raises(AlreadyDone):
        agenda.call_off(OFFICIAL, activity_again(made.id), second, "Nog eens")
    for day, reason, field in ((second + timedelta(days=1), "Ziek", "day"), (first, "", "reason")):
        with pytest.raises(Invalid) as refused:
            agenda.call_off(OFFICIAL, activity_again(made.id), day, reason)
        assert set(refused.value.fields) == {field}
    agenda.put_back_on(OFFICIAL, activity_again(made.id), second)
    assert activity_again(made.id).cancelled == []


def test_only_what_is_still_to_come_is_taken_away(house: House) -> None:
    today_ = make_activity(house, day=local_today())
    with pytest.raises(NotNow):
        agenda.take_away(OFFICIAL, activity_again(today_.id))
    later = make_activity(house)
    with pytest.raises(NotYours):
        agenda.take_away(RESIDENT, activity_again(later.id))
    agenda.take_away(OFFICIAL, activity_again(later.id))
    assert queries.activity_by_id(later.id) is None


def _weekly(day: date, until: date | None = None) -> Activity:
    return Activity(
        id=uuid.UUID(int=1), title="Yoga", what="Yoga.", day=day, starts=time(10), ends=time(11), is_weekly=True,
        until=until, place="Plein", version=1, cancelled=[],
    )  # fmt: skip


@pytest.mark.parametrize(("first", "change"), [(date(2026, 3, 22), 1), (date(2026, 10, 18), -1)])
def test_weekly_at_ten_stays_at_ten_over_the_change_of_the_clock(first: date, change: int) -> None:
    found = occasions([_weekly(first)], first, first + timedelta(days=14))
    assert [each.starts_at.astimezone(AMSTERDAM).hour for each in found] == [10, 10, 10]
    before, after = (found[place].starts_at.astimezone(UTC).hour for place in (0, 1))
    assert before - after == change


def test_what_is_weekly_is_there_in_its_days_only() -> None:
    activity = _weekly(date(2026, 1, 6), until=date(2026, 1, 20))
    assert list(days_of(activity, date(2025, 1, 1), date(2026, 12, 31))) == [date(2026, 1, day) for day in (6, 13, 20)]
    assert list(days_of(activity, date(2026, 1, 7), date(2026, 1, 19))) == [date(2026, 1, 13)]
    assert list(days_of(activity, date(2026, 1, 21), date(2026, 2, 28))) == []


def test_a_calendar_keeps_the_clock_on_the_wall_and_names_what_is_called_off(app: flask.Flask) -> None:
    activity = _weekly(date(2026, 3, 22), until=date(2026, 4, 5))
    activity.cancelled = [agenda.CancelledDay(day=date(2026, 3, 29), reason="Zaal dicht")]
    content = exports.calendar("Proef", [activity], lambda each: "https://a.nl/1", datetime(2026, 3, 1, tzinfo=UTC))
    read = icalendar.Calendar.from_ical(content)
    events = read.walk("VEVENT")
    assert b"DTSTART;TZID=Europe/Amsterdam:20260322T100000" in content
    assert b"RRULE:FREQ=WEEKLY;UNTIL=20260405T215959Z" in content
    assert len(read.walk("VTIMEZONE")) == 1
    assert [each.get("STATUS") for each in events] == [None, "CANCELLED"]
    assert events[1]["RECURRENCE-ID"].dt == datetime(2026, 3, 29, 10, tzinfo=AMSTERDAM)
    assert events[0]["UID"] == events[1]["UID"]


def test_of_two_who_call_the_same_day_off_one_does(app: flask.Flask, town: Town, house: House) -> None:
    made = make_activity(house)
    day, activity_id, municipality = made.day, made.id, town.municipality.id
    start, results = threading.Barrier(2), []

    def call_off(who: Actor) -> None:
        with app.app_context():
            tenancy.enter(db.session(), municipality)
            found = queries.activity_by_id(activity_id)
            start.wait()
            try:
                agenda.call_off(who, found, day, "Ziek")  # type: ignore[arg-type]
                results.append("done")
            except Exception as refused:
                results.append(type(refused).__name__)

    threads = [threading.Thread(target=call_off, args=(actor(RoleName.OFFICIAL, id_=name),)) for name in ("a", "b")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert results.count("done") == 1
    assert len(activity_again(activity_id).cancelled) == 1
