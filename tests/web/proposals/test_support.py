"""Support for a plan, on the site and on paper."""

from __future__ import annotations

import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals import queries
from buurtbegroting.blueprints.proposals.actions.supporting import Signatures, enter_support_list, support
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.actors import Actor, Role, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Invalid, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person, send
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

NEEDS = {"support_needed": 3}
CLERK = Actor(id="clerk", roles=frozenset({Role(RoleName.PAPER_CLERK)}))


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def plan(town: Town) -> Proposal:
    return make_plan(make_round(PhaseKind.PROPOSE, rulebook=NEEDS), state="submitted")


def as_(person: Person) -> Actor:
    return Actor(id=str(person.id), verification=Verification.EMAIL)


def total(plan: Proposal) -> int:
    read_anew(db.session())
    found = queries.proposal_by_number(plan.number)
    assert found is not None
    return queries.supporters_of(found).total


def test_a_resident_supports_a_plan_once_and_can_stop(client: CheckedClient, plan: Proposal, fatima: Person) -> None:
    address = f"/plannen/{plan.number}-bankje"
    assert "Steun dit plan" in client.get(address).text
    assert client.get(f"/plannen/{plan.number}/steun").headers["Location"].startswith("/inloggen")
    let_in(client, fatima)
    done = send(client, f"/plannen/{plan.number}/steun")
    assert "U steunt dit plan." in client.get(done.headers["Location"]).text
    assert total(plan) == 1
    send(client, f"/plannen/{plan.number}/steun")
    assert total(plan) == 0


@pytest.mark.both_engines
def test_each_person_counts_once_and_paper_counts_too(plan: Proposal, fatima: Person) -> None:
    support(as_(fatima), plan)
    support(as_(make_person("Gerrit")), plan)
    enter_support_list(CLERK, plan, Signatures(7, 2, "Dubbel"))
    enter_support_list(CLERK, plan, Signatures(1, 0, ""))
    found = queries.supporters_of(plan)
    assert (found.online, found.on_paper, found.refused, found.total, found.needed) == (2, 8, 2, 10, 3)


def test_who_may_support_and_when(plan: Proposal, fatima: Person) -> None:
    with pytest.raises(NotSignedIn):
        support(Actor(), plan)
    with pytest.raises(NotYours):
        support(Actor(id=str(fatima.id)), plan)
    for other in (
        make_plan(make_round(PhaseKind.PROPOSE), state="submitted"),
        make_plan(make_round(PhaseKind.VOTE, rulebook=NEEDS), state="submitted"),
        make_plan(make_round(PhaseKind.PROPOSE, rulebook=NEEDS), state="withdrawn"),
    ):
        with pytest.raises(NotNow):
            support(as_(fatima), other)


def test_a_list_is_entered_by_who_may_and_refusals_have_a_reason(
    client: CheckedClient, plan: Proposal, fatima: Person
) -> None:
    with pytest.raises(NotSignedIn):
        enter_support_list(Actor(), plan, Signatures(1, 0, ""))
    with pytest.raises(NotYours):
        enter_support_list(as_(fatima), plan, Signatures(1, 0, ""))
    for wrong in (Signatures(0, 0, ""), Signatures(3, 1, "")):
        with pytest.raises(Invalid):
            enter_support_list(CLERK, plan, wrong)
    let_in(client, make_person("Bram", RoleName.PAPER_CLERK))
    page = f"/plannen/{plan.number}/steunlijst"
    assert send(client, page, valid="veel", refused="0").status_code == 422
    assert send(client, page, valid="-1", refused="0").status_code == 422
    done = send(client, page, valid="4", refused="1", reason="Stond er twee keer")
    shown = client.get(done.headers["Location"]).text
    assert "De lijst is ingevoerd." in shown
    assert "4 daarvan op papier. 1 handtekeningen telden niet mee." in shown
    assert total(plan) == 4


def test_a_round_that_asks_for_no_support_shows_none(client: CheckedClient, town: Town) -> None:
    plan = make_plan(make_round(PhaseKind.PROPOSE), state="submitted")
    assert "Steun" not in client.get(f"/plannen/{plan.number}-bankje").text
