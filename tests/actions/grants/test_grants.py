"""Seed grants: asked, decided, paid out of a pot, and accounted for; what is refused on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.grants import actions
from buurtbegroting.blueprints.grants.models import SeedFund, SeedGrant
from buurtbegroting.blueprints.grants.states import GrantState
from buurtbegroting.blueprints.initiatives.actions.writing import move_to
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.blueprints.rounds.queries import balance_of
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, RoleName
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, transaction
from tests.factories.initiatives import again, ask_grant, grant_again, make_fund, make_initiative
from tests.factories.people import actor_of, mails, make_person
from tests.factories.towns import Town

ASKED = actions.Asked(300_00, "Pannen.", "Dertig eters.")
CAME = actions.Came("Het lukte.", 8, would_do_again=True)


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def olga(town: Town) -> Person:
    return make_person("Olga", RoleName.OFFICIAL)


@pytest.fixture
def fund(olga: Person) -> SeedFund:
    return make_fund(olga)


@pytest.fixture
def table(fatima: Person) -> Initiative:
    return make_initiative(fatima)


@pytest.fixture
def grant(table: Initiative, fund: SeedFund) -> SeedGrant:
    return ask_grant(table, fund)


def granted(grant: SeedGrant, olga: Person, cents: int = 250_00) -> SeedGrant:
    return grant_again(actions.decide_grant(actor_of(olga), grant_again(grant), cents, "", "Wijken"))


def paid(grant: SeedGrant, olga: Person) -> SeedGrant:
    return grant_again(actions.pay_grant(actor_of(olga), granted(grant, olga), grant.asked_on))


def test_what_is_granted_and_paid_stands_in_the_book_of_the_pot(grant: SeedGrant, olga: Person) -> None:
    paid(grant, olga)
    balance = balance_of(grant_again(grant).fund.pot)
    assert balance.sums == {"voted": 250_00, "committed": 250_00, "spent": 250_00}
    assert balance.left_cents == 750_00


def test_a_group_asks_no_more_than_one_group_gets_and_once_at_a_time(
    table: Initiative, fund: SeedFund, fatima: Person
) -> None:
    actor = actor_of(fatima)
    with pytest.raises(Invalid) as refused:
        actions.ask_grant(actor, table, fund, actions.Asked(500_01, "X", "Y"))
    assert set(refused.value.fields) == {"cents"}
    actions.ask_grant(actor, again(table), fund, ASKED)
    with pytest.raises(Invalid):
        actions.ask_grant(actor, again(table), fund, ASKED)


def test_nothing_is_asked_of_a_closed_fund_or_for_what_has_ended(
    table: Initiative, fund: SeedFund, fatima: Person, olga: Person
) -> None:
    closed = actions.FundText("Buurtfonds", "Voor wie begint.", 500_00, is_open=False)
    actions.change_fund(actor_of(olga), fund, closed, fund.version)
    with pytest.raises(Invalid):
        actions.ask_grant(actor_of(fatima), again(table), fund, ASKED)
    with pytest.raises(Changed):
        actions.change_fund(actor_of(olga), fund, closed, 1)
    move_to(actor_of(fatima), again(table), Stage.ENDED)
    with pytest.raises(NotNow):
        actions.ask_grant(actor_of(fatima), again(table), fund, ASKED)


def test_a_fund_gives_no_more_than_its_pot_holds(olga: Person) -> None:
    with pytest.raises(Invalid):
        make_fund(olga, 100_00, 100_01)


def test_only_members_ask_and_only_officials_decide(table: Initiative, fund: SeedFund, olga: Person) -> None:
    stranger = actor_of(make_person("Gerrit"))
    for actor, refusal in ((ANONYMOUS, NotSignedIn), (stranger, NotYours)):
        with pytest.raises(refusal):
            actions.ask_grant(actor, again(table), fund, ASKED)
    asked = ask_grant(table, fund)
    for actor, refusal in ((ANONYMOUS, NotSignedIn), (stranger, NotYours)):
        with pytest.raises(refusal):
            actions.decide_grant(actor, grant_again(asked), 100_00, "", "Wijken")
        with pytest.raises(refusal):
            actions.make_fund(actor, fund.pot, actions.FundText("X", "Y", 1))
    own = ask_grant(make_initiative(olga, "Van een ambtenaar"), fund)
    with pytest.raises(NotYours):
        actions.decide_grant(actor_of(olga), own, 100_00, "", "Wijken")


def test_a_no_has_a_reason_and_a_yes_is_not_more_than_was_asked(grant: SeedGrant, olga: Person) -> None:
    actor = actor_of(olga)
    for cents, reason in ((None, ""), (300_01, "")):
        with pytest.raises(Invalid):
            actions.decide_grant(actor, grant_again(grant), cents, reason, "Wijken")
    actions.decide_grant(actor, grant_again(grant), None, "Er is al een eettafel.", "Wijken")
    assert grant_again(grant).state is GrantState.REFUSED
    with pytest.raises(AlreadyDone):
        actions.decide_grant(actor, grant_again(grant), 100_00, "", "Wijken")


def test_no_more_is_granted_than_is_left(fund: SeedFund, fatima: Person, olga: Person) -> None:
    first, second, third = (
        ask_grant(make_initiative(fatima, title), fund, 500_00) for title in ("Een", "Twee", "Drie")
    )
    for each in (first, second):
        granted(each, olga, 500_00)
    with pytest.raises(Invalid):
        granted(third, olga, 1_00)
    assert grant_again(third).state is GrantState.ASKED


def test_money_is_paid_once_and_not_in_the_future(grant: SeedGrant, olga: Person) -> None:
    with pytest.raises(NotNow):
        actions.pay_grant(actor_of(olga), grant_again(grant), grant.asked_on)
    granted(grant, olga)
    with pytest.raises(Invalid):
        actions.pay_grant(actor_of(olga), grant_again(grant), grant.asked_on + timedelta(days=1))
    actions.pay_grant(actor_of(olga), grant_again(grant), grant.asked_on)
    with pytest.raises(NotNow):
        actions.pay_grant(actor_of(olga), grant_again(grant), grant.asked_on)


def test_a_group_takes_back_only_what_was_not_decided(grant: SeedGrant, fatima: Person, olga: Person) -> None:
    granted(grant, olga)
    with pytest.raises(NotNow):
        actions.withdraw_grant(actor_of(fatima), grant_again(grant))
    other = ask_grant(make_initiative(fatima, "Tuin"), grant.fund)
    actions.withdraw_grant(actor_of(fatima), other)
    assert grant_again(other).state is GrantState.WITHDRAWN


def test_a_group_tells_once_what_came_of_it_and_the_municipality_follows_up_once(
    grant: SeedGrant, fatima: Person, olga: Person
) -> None:
    with pytest.raises(NotNow):
        actions.tell_of_grant(actor_of(fatima), grant_again(grant), CAME)
    paid(grant, olga)
    with pytest.raises(NotNow):
        actions.follow_up(actor_of(olga), grant_again(grant), "Een grotere keuken.")
    actions.tell_of_grant(actor_of(fatima), grant_again(grant), CAME)
    with pytest.raises(NotNow):
        actions.tell_of_grant(actor_of(fatima), grant_again(grant), CAME)
    actions.follow_up(actor_of(olga), grant_again(grant), "Een grotere keuken.")
    with pytest.raises(AlreadyDone):
        actions.follow_up(actor_of(olga), grant_again(grant), "Nog iets.")


def test_a_group_is_reminded_once_when_it_is_time(grant: SeedGrant, olga: Person) -> None:
    paid(grant, olga)
    assert actions.remind(SYSTEM) == 0
    with transaction(db.session()):
        kept = grant_again(grant)
    with transaction(db.session()):
        kept.tell_due = grant.asked_on
    assert actions.remind(SYSTEM) == 1
    assert actions.remind(SYSTEM) == 0
    told = [mail["To"] for mail in mails() if "Wat leverde uw startgeld op" in str(mail["Subject"])]
    assert told == ["fatima@voorbeeld.nl"]
    with pytest.raises(NotYours):
        actions.remind(actor_of(olga))
