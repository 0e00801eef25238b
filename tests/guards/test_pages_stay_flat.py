"""A page asks the database as often for a thousand rows as for ten."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import flask
import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.assessment.models import Assessment
from buurtbegroting.blueprints.conversations.models import Album, Thread
from buurtbegroting.blueprints.grants.models import SeedGrant
from buurtbegroting.blueprints.initiatives.actions.answering import refer
from buurtbegroting.blueprints.initiatives.models import Initiative, Referral
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.voting.actions.results import count_pot, seal_ballots
from buurtbegroting.civic.actors import SYSTEM, RoleName
from buurtbegroting.foundation.database import Identified, db, transaction
from tests.factories.desk import make_card, make_desk_round, published
from tests.factories.initiatives import again, ask_grant, grant_again, make_fund, make_initiative
from tests.factories.people import actor_of, let_in, make_person
from tests.factories.rounds import NOW, make_plan, make_round
from tests.factories.spending import line, publish
from tests.factories.towns import Town
from tests.pages import CheckedClient

ADDRESSES = [
    "/",
    "/plannen",
    "/plannen?weergave=kaart",
    "/plannen?volgorde=willekeurig&start=a",
    "/rondes",
    "/uitslag",
    "/wijken/WK999801-noord",
    "/api/v1/plannen",
    "/plannen.csv",
    "/inzicht",
    "/inzicht/WK999801-noord",
]


# What an official, and everybody, opens of a round whose plans are looked at.
SEASON = [
    "/beheer/beoordelen",
    "/beheer/beoordelen?zoek=plan",
    "/beheer/beoordelen/cijfers",
    "/beheer/beoordelen/kaarten.csv",
    "/beheer/beoordelen/publiceren",
    "/beheer/beoordelen/botsen",
    "/beheer/rondes",
    "/beheer/rondes/{number}",
    "/beheer/rondes/{number}/kas",
    "/beheer/rondes/{number}/lijst",
    "/plannen/invoeren",
    "/rondes/{number}",
    "/rondes/{number}/lijst",
    "/rondes/{number}/boekje",
    "/rondes/{number}/cijfers",
    "/rondes/{number}/cijfers.csv",
    "/rondes/{number}/kas",
]


@contextmanager
def counted(app: flask.Flask) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def fill(round_: Round, number: int) -> None:
    pot = round_.pots[0]
    threads = [
        {
            "id": uuid.uuid4(), "municipality_id": round_.municipality_id, "kind": "plan", "key": uuid.uuid4().hex,
            "visibility": "public", "is_open": True, "last_number": 0,
        }
        for _ in range(number)
    ]  # fmt: skip
    albums = [{name: each[name] for name in ("municipality_id", "kind", "key", "visibility")} for each in threads]
    albums = [{"id": uuid.uuid4(), **each} for each in albums]
    rows = [
        {
            "id": uuid.uuid4(), "municipality_id": round_.municipality_id, "round_id": round_.id, "pot_id": pot.id,
            "number": f"2020-{place:04d}", "ballot_key": f"2020-{place:04d}", "state_name": "submitted",
            "title": f"Plan {place}", "cost_cents": 100, "latitude": 52.005, "longitude": 5.01, "wijk_code": "WK999801",
            "version": 1, "thread_id": threads[place]["id"], "album_id": albums[place]["id"],
        }
        for place in range(number)
    ]  # fmt: skip
    with transaction(db.session()):
        db.session.execute(sa.insert(Thread), threads)
        db.session.execute(sa.insert(Album), albums)
        db.session.execute(sa.insert(Proposal), rows)


@pytest.mark.parametrize("address", ADDRESSES)
def test_more_rows_ask_no_more_queries(app: flask.Flask, client: CheckedClient, town: Town, address: str) -> None:
    round_ = make_round()
    plan = make_plan(round_)
    seal_ballots(SYSTEM, round_.pots[0], [[(plan.ballot_key, Fraction(1))]])
    count_pot(SYSTEM, round_.pots[0], "Telling")
    fill(round_, 10)
    with counted(app) as few:
        assert client.get(address).status_code == 200
    with transaction(db.session()):
        db.session.execute(sa.delete(Proposal).where(Proposal.number.startswith("2020-")))
    fill(round_, 1000)
    with counted(app) as many:
        assert client.get(address).status_code == 200
    assert len(many) <= len(few)


def put_on_desk(round_: Round) -> None:
    """Give every plan without a card a card, every third one with an answer."""
    plans = db.session.scalars(sa.select(Proposal.id).where(Proposal.number.startswith("2020-"))).all()
    today = NOW.date()
    rows: list[dict[str, object]] = [
        {
            "id": uuid.uuid4(), "municipality_id": round_.municipality_id, "proposal_id": plan, "begun_on": today,
            "since": today, "due": today, "state_name": "answered" if place % 3 == 0 else "open",
            "verdict": "can" if place % 3 == 0 else "", "reason": "Kan." if place % 3 == 0 else "", "version": 1,
        }
        for place, plan in enumerate(plans)
    ]  # fmt: skip
    with transaction(db.session()):
        db.session.execute(sa.insert(Assessment), rows)


@pytest.mark.parametrize("address", SEASON)
def test_more_plans_in_a_season_ask_no_more_queries(
    app: flask.Flask, client: CheckedClient, town: Town, address: str
) -> None:
    round_ = make_desk_round()
    make_card(round_)
    published(make_card(round_, title="Kan"))
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    address = address.format(number=round_.number)
    fill(round_, 10)
    put_on_desk(round_)
    with counted(app) as few:
        assert client.get(address, follow_redirects=True).status_code == 200
    with transaction(db.session()):
        db.session.execute(sa.delete(Proposal).where(Proposal.number.startswith("2020-")))
    fill(round_, 1000)
    put_on_desk(round_)
    with counted(app) as many:
        assert client.get(address, follow_redirects=True).status_code == 200
    assert len(many) <= len(few)


@pytest.mark.parametrize("address", ["/inzicht", "/inzicht/WK999801-noord", "/api/v1/uitgaven", "/beheer/uitgaven"])
def test_more_spending_asks_no_more_queries(app: flask.Flask, client: CheckedClient, town: Town, address: str) -> None:
    sanne = make_person("Sanne", RoleName.OFFICIAL)
    let_in(client, sanne)
    publish(*[line(name=f"Iets {place}") for place in range(5)], actor=actor_of(sanne))
    with counted(app) as few:
        assert client.get(address).status_code == 200
    for field in ("zorg", "sport", "jeugd"):
        lines = [line(field=field, name=f"Iets {place}", area=area) for place in range(50) for area in ("WK999801", "")]
        publish(*lines, actor=actor_of(sanne))
    with counted(app) as many:
        assert client.get(address).status_code == 200
    assert len(many) <= len(few)


INITIATIVES = [
    "/initiatieven",
    "/initiatieven?zoek=groep",
    "/initiatieven.csv",
    "/initiatieven/cijfers",
    "/api/v1/initiatieven",
    "/wijken/WK999801-noord",
    "/startgeld",
    "/startgeld.csv",
    "/beheer",
    "/beheer/initiatieven?staat=",
    "/beheer/startgeld",
]


def multiply(initiative: Initiative, grant: SeedGrant, number: int) -> None:
    """Put as many initiatives as asked beside one, each with an answer, a referral and a seed grant like its own."""

    def copied(row: Identified, **facts: object) -> dict[str, object]:
        return {each.key: getattr(row, each.key) for each in sa.inspect(type(row)).column_attrs} | facts

    ids = [uuid.uuid4() for _ in range(number)]
    rows = [
        (
            copied(initiative, id=each, number=f"2020-{place:04d}"),
            copied(initiative.referrals[0], id=uuid.uuid4(), initiative_id=each),
            copied(grant, id=uuid.uuid4(), initiative_id=each, number=f"2020-{place:04d}"),
        )
        for place, each in enumerate(ids)
    ]
    with transaction(db.session()):
        for model, those in zip((Initiative, Referral, SeedGrant), zip(*rows, strict=True), strict=True):
            db.session.execute(sa.insert(model), those)


@pytest.mark.parametrize("address", INITIATIVES)
def test_more_initiatives_ask_no_more_queries(
    app: flask.Flask, client: CheckedClient, town: Town, address: str
) -> None:
    sanne = make_person("Sanne", RoleName.OFFICIAL)
    group = make_initiative(make_person("Fatima"), "Groep", asks="Een zaal.")
    grant = ask_grant(group, make_fund(sanne))
    refer(actor_of(sanne), again(group), "Vastgoed", "Mag het?")
    let_in(client, sanne)
    with counted(app) as few:
        assert client.get(address).status_code == 200
    multiply(again(group), grant_again(grant), 300)
    with counted(app) as many:
        assert client.get(address).status_code == 200
    assert len(many) <= len(few)
