"""A list is fixed by two persons, and after that nothing on it changes."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.deciding import queries
from buurtbegroting.blueprints.deciding.actions.listing import (
    PackageText,
    confirm_list,
    obstacles,
    put_forward_list,
    put_together_package,
    take_apart_package,
    take_back_list,
)
from buurtbegroting.blueprints.proposals.policy import may_change_proposal, may_withdraw_proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import ANONYMOUS, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, transaction
from tests.factories.people import make_person
from tests.factories.rounds import NOW, make_plan, make_round
from tests.factories.towns import Town

pytestmark = pytest.mark.both_engines
OFFICIAL = frozenset({Role(RoleName.OFFICIAL)})
SANNE, OMAR = Actor(id=str(uuid.uuid4()), roles=OFFICIAL), Actor(id=str(uuid.uuid4()), roles=OFFICIAL)


@pytest.fixture
def round_(town: Town) -> Round:
    made = make_round(PhaseKind.ASSESS, amount=50)
    make_plan(made, 20, title="Bankje")
    make_plan(made, 40, title="Boom")
    return made


def test_two_persons_fix_a_list(round_: Round) -> None:
    asked = put_forward_list(SANNE, round_)
    with pytest.raises(NotYours, match="Somebody else"):
        confirm_list(SANNE, asked)
    confirm_list(OMAR, asked)
    assert round_.list_hash == queries.hash_of_list(round_)
    assert round_.list_frozen_at
    with pytest.raises(AlreadyDone):
        put_forward_list(SANNE, round_)
    with pytest.raises(AlreadyDone):
        take_back_list(SANNE, asked)
    with pytest.raises(sa.exc.DBAPIError, match="frozen"):
        make_plan(round_, title="Te laat")


def test_a_list_that_changed_in_between_is_not_confirmed(round_: Round) -> None:
    asked = put_forward_list(SANNE, round_)
    make_plan(round_, 10, title="Nog een")
    with pytest.raises(Changed):
        confirm_list(OMAR, asked)
    take_back_list(OMAR, asked)
    confirm_list(OMAR, put_forward_list(SANNE, round_))


def test_a_list_waits_for_every_answer(round_: Round) -> None:
    make_plan(round_, title="Zonder antwoord", state="submitted")
    assert "1 plans have no answer yet" in str(obstacles(round_)[0])
    with pytest.raises(Invalid):
        put_forward_list(SANNE, round_)


def test_an_empty_list_is_not_fixed(town: Town) -> None:
    with pytest.raises(Invalid, match="no plan"):
        put_forward_list(SANNE, make_round(PhaseKind.ASSESS))


def test_only_officials_fix_a_list_after_the_conditions(round_: Round) -> None:
    with pytest.raises(NotSignedIn):
        put_forward_list(ANONYMOUS, round_)
    with pytest.raises(NotYours):
        put_forward_list(Actor(id="resident"), round_)
    with pytest.raises(NotNow, match="conditions"):
        put_forward_list(SANNE, make_round(PhaseKind.ASSESS, state="draft"))
    with pytest.raises(NotNow, match="committee"):
        put_forward_list(SANNE, make_round(PhaseKind.ALL_YEAR, rulebook={"decision_form": "jury"}))
    put_forward_list(SANNE, round_)
    with pytest.raises(AlreadyDone, match="second person"):
        put_forward_list(OMAR, round_)


def test_authors_change_nothing_on_a_fixed_list(round_: Round) -> None:
    writer = make_person("Fatima")
    plan = make_plan(round_, authors=(writer,), state="changeable")
    author = Actor(id=str(writer.id))
    assert may_change_proposal(author, plan, NOW)
    assert may_withdraw_proposal(author, plan, NOW)
    with transaction(db.session()):
        round_.list_frozen_at, round_.list_hash = NOW, "0" * 64
    assert not may_change_proposal(author, plan, NOW)
    assert not may_withdraw_proposal(author, plan, NOW)


def test_packages_fit_in_their_pot_and_stand_on_the_list(town: Town) -> None:
    round_ = make_round(PhaseKind.ASSESS, amount=50, rulebook={"decision_form": "packages", "rule": "packages"})
    bench, tree = make_plan(round_, 20, title="Bankje"), make_plan(round_, 40, title="Boom")
    pot = round_.pots[0]
    with pytest.raises(Invalid, match="two packages"):
        put_forward_list(SANNE, round_)
    with pytest.raises(Invalid, match="cost more"):
        put_together_package(SANNE, round_, PackageText(pot, "A", "Alles", "", [bench, tree]))
    first = put_together_package(SANNE, round_, PackageText(pot, "A", "Zitten", "", [bench]))
    with pytest.raises(Invalid, match="letter"):
        put_together_package(SANNE, round_, PackageText(pot, "A", "Groen", "", [tree]))
    take_apart_package(SANNE, first)
    for letter, plan in (("A", bench), ("B", tree)):
        put_together_package(SANNE, round_, PackageText(pot, letter, plan.title, "", [plan]))
    asked = put_forward_list(SANNE, round_)
    assert [each["letter"] for each in queries.list_content(round_)["packages"]] == ["A", "B"]
    confirm_list(OMAR, asked)
    with pytest.raises(AlreadyDone):
        put_together_package(SANNE, round_, PackageText(pot, "C", "Meer", "", [bench]))
    with pytest.raises(sa.exc.DBAPIError, match="frozen"), db.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM package_part"))
    with pytest.raises(NotNow, match="packages"):
        put_together_package(SANNE, make_round(PhaseKind.ASSESS), PackageText(pot, "A", "Meer", "", [bench]))
