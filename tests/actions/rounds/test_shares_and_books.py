"""Residents divide money over themes, officials make pots of that, and the book of every pot stays honest."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.rounds import queries
from buurtbegroting.blueprints.rounds.actions import bookkeeping, shares
from buurtbegroting.blueprints.rounds.actions.bookkeeping import Entry, Maatwerk
from buurtbegroting.blueprints.rounds.actions.making import create_theme, freeze_conditions
from buurtbegroting.blueprints.rounds.models import Pot, Round, Theme
from buurtbegroting.blueprints.rounds.personal import personal_data
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor, Role, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Invalid, NotFound, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, transaction
from tests.factories.people import make_person
from tests.factories.rounds import NOW, make_round, make_round_to_divide

OFFICIAL = Actor(id="official", roles=frozenset({Role(RoleName.OFFICIAL)}))
DAY = timedelta(days=1)


@pytest.fixture
def themes(town: object) -> list[Theme]:
    words = (("groen", "Groen", "Green"), ("verkeer", "Verkeer", "Traffic"), ("sport", "Sport", "Sport"))
    return [create_theme(SYSTEM, Theme(slug=slug, name_nl=nl, name_en=en)) for slug, nl, en in words]


def resident(name: str) -> Actor:
    return Actor(id=str(make_person(name).id), verification=Verification.EMAIL)


def be_over(round_: Round) -> None:
    phase = next(each for each in round_.phases if each.kind is PhaseKind.DIVIDE)
    with transaction(db.session()):
        phase.starts_at, phase.ends_at = NOW - 20 * DAY, NOW - 10 * DAY


def euros(themes: list[Theme], *amounts: int) -> dict[uuid.UUID, int]:
    return {theme.id: amount for theme, amount in zip(themes, amounts, strict=True)}


def test_what_all_divide_becomes_a_pot_for_every_theme(themes: list[Theme]) -> None:
    round_ = make_round_to_divide()
    jan, fatima = resident("Jan"), resident("Fatima")
    shares.divide(jan, round_, euros(themes, 100, 0, 0))
    shares.divide(jan, round_, euros(themes, 50, 50, 0))
    shares.divide(fatima, round_, euros(themes, 90, 10, 0))
    assert queries.people_who_divided(round_) == 2
    assert [(each.theme.slug, each.euros) for each in queries.shares_of(round_)] == [("groen", 140), ("verkeer", 60)]
    be_over(round_)
    shares.split_pot(OFFICIAL, round_)
    found = queries.round_by_number(round_.number)
    assert found is not None
    assert [(pot.theme and pot.theme.slug, pot.amount_cents) for pot in found.pots] == [
        ("groen", 700_00),
        ("verkeer", 300_00),
    ]
    assert sum(pot.amount_cents for pot in found.pots) == 1_000_00
    with pytest.raises(Invalid):
        shares.split_pot(OFFICIAL, found)


@pytest.mark.parametrize("amounts", [(50, 40, 0), (50, 60, 0), (0, 0, 0), (150, -50, 0)])
def test_a_division_is_a_hundred_together(themes: list[Theme], amounts: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        shares.divide(resident("Jan"), make_round_to_divide(), euros(themes, *amounts))


def test_money_is_divided_once_per_person_in_its_phase_and_before_the_freeze(themes: list[Theme]) -> None:
    round_, all_green = make_round_to_divide(), euros(themes, 100, 0, 0)
    with pytest.raises(NotSignedIn):
        shares.divide(ANONYMOUS, round_, all_green)
    with pytest.raises(NotYours):
        shares.divide(Actor(id=str(make_person("Piet").id)), round_, all_green)
    with pytest.raises(NotFound):
        shares.divide(resident("Jan"), make_round(PhaseKind.PROPOSE), all_green)
    freeze_conditions(SYSTEM, round_)
    with pytest.raises(NotNow):
        shares.divide(resident("Nel"), round_, all_green)


def test_a_pot_is_split_by_an_official_after_the_phase_and_before_the_freeze(themes: list[Theme]) -> None:
    round_, jan = make_round_to_divide(), resident("Jan")
    with pytest.raises(NotNow):
        shares.split_pot(OFFICIAL, round_)
    be_over(round_)
    with pytest.raises(NotYours):
        shares.split_pot(jan, round_)
    with pytest.raises(Invalid):
        shares.split_pot(OFFICIAL, round_)
    freeze_conditions(SYSTEM, round_)
    with pytest.raises(NotNow):
        shares.split_pot(OFFICIAL, round_)
    with pytest.raises(NotFound):
        shares.split_pot(OFFICIAL, make_round(PhaseKind.PROPOSE))


def test_a_division_is_somebodys_own_and_goes_when_they_leave(themes: list[Theme]) -> None:
    round_, jan = make_round_to_divide(), resident("Jan")
    shares.divide(jan, round_, euros(themes, 60, 40, 0))
    person_id = uuid.UUID(str(jan.id))
    (told,) = personal_data(person_id).values()
    assert len(told) == 2
    with transaction(db.session()):
        shares.forget_shares(person_id)
    assert queries.people_who_divided(round_) == 0


def maatwerk_round(cents: int = 500_00) -> Round:
    return make_round(
        PhaseKind.ALL_YEAR, pots=[Pot(position=1, amount_cents=cents, kind="maatwerk", holder="Het wijkteam")]
    )


def spent(cents: int = 120_00, days_ago: int = 1, kind: str = "Een fiets") -> Maatwerk:
    day = clock.local_day(clock.now(db.session())) - timedelta(days=days_ago)
    return Maatwerk(day, cents, kind, "yes", would_do_again=True)


@pytest.mark.both_engines
def test_maatwerk_stands_in_the_book_with_what_came_of_it_and_is_never_changed(town: object) -> None:
    round_ = maatwerk_round()
    pot = round_.pots[0]
    bookkeeping.spend_maatwerk(OFFICIAL, pot, spent())
    bookkeeping.spend_maatwerk(OFFICIAL, pot, spent(-20_00))
    balance = queries.balance_of(pot)
    assert (balance.left_cents, balance.sums["spent"]) == (400_00, 100_00)
    assert [each.cents for each in queries.maatwerk_of(round_)] in ([120_00, -20_00], [-20_00, 120_00])
    for statement in ("UPDATE maatwerk_spending SET cents = 1", "DELETE FROM maatwerk_spending"):
        with pytest.raises(sa.exc.DBAPIError), db.engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_maatwerk_is_refused_beyond_the_pot_ahead_of_time_of_another_pot_and_by_others(town: object) -> None:
    pot = maatwerk_round(100_00).pots[0]
    with pytest.raises(Invalid):
        bookkeeping.spend_maatwerk(OFFICIAL, pot, spent())
    with pytest.raises(Invalid):
        bookkeeping.spend_maatwerk(OFFICIAL, pot, spent(10_00, days_ago=-1))
    with pytest.raises(Invalid):
        bookkeeping.spend_maatwerk(OFFICIAL, make_round(PhaseKind.ALL_YEAR).pots[0], spent(10_00))
    with pytest.raises(NotYours):
        bookkeeping.spend_maatwerk(resident("Jan"), pot, spent(10_00))
    with pytest.raises(NotSignedIn):
        bookkeeping.enter_in_ledger(ANONYMOUS, pot, Entry("spent", 1, "", "Iets"))
