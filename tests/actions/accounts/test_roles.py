"""Roles: given by who stands above, confirmed by a second person, ended, and told to who they concern."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts import queries
from buurtbegroting.blueprints.accounts.actions import roles
from buurtbegroting.blueprints.accounts.models import RoleGrant
from buurtbegroting.blueprints.accounts.policy import (
    may_act_on_behalf,
    may_end_role,
    may_give_role,
    may_manage_organisations,
    may_reset_second_factor,
    may_see_people,
)
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor, Role, RoleName
from buurtbegroting.civic.refusals import (
    AlreadyDone,
    Invalid,
    NeedsSecondFactor,
    NotFound,
    NotNow,
    NotSignedIn,
    NotYours,
    Refusal,
)
from buurtbegroting.civic.verdicts import No, Verdict
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db, transaction
from tests.factories.actors import RESIDENT, actor
from tests.factories.people import actor_of, mails, make_person, sign_in
from tests.factories.rounds import NOW
from tests.factories.towns import Town

LONG_AGO = NOW - timedelta(minutes=6)
MODERATOR, ADMIN = Role(RoleName.MODERATOR), Role(RoleName.ADMIN)


def refusal_of(verdict: Verdict) -> type[Refusal] | None:
    return verdict.refusal if isinstance(verdict, No) else None


def fresh(*names: RoleName, id_: str = "giver") -> Actor:
    return actor(*names, id_=id_, second_factor_at=NOW)


class Somebody:
    id = "somebody"
    forgotten_on: object = None


class Grant:
    person_id = "somebody"
    role = "admin"
    granted_by_id = "giver"
    granted_at = NOW
    confirmed_at = None
    ended_at = None


@pytest.mark.parametrize(
    ("giver", "role", "refusal"),
    [
        (ANONYMOUS, RoleName.MODERATOR, NotSignedIn),
        (RESIDENT, RoleName.MODERATOR, NotYours),
        (fresh(RoleName.OFFICIAL), RoleName.MODERATOR, NotYours),
        (fresh(RoleName.ADMIN), RoleName.MODERATOR, None),
        (fresh(RoleName.ADMIN), RoleName.ADMIN, None),
        (fresh(RoleName.ADMIN), RoleName.OPERATOR, NotYours),
        (fresh(RoleName.ADMIN), RoleName.AUDITOR, NotYours),
        (fresh(RoleName.CLERK_OFFICE), RoleName.COUNCIL_MEMBER, None),
        (fresh(RoleName.CLERK_OFFICE), RoleName.ADMIN, NotYours),
        (fresh(RoleName.OPERATOR), RoleName.ADMIN, None),
        (fresh(RoleName.OPERATOR), RoleName.OFFICIAL, NotYours),
        (fresh(RoleName.ADMIN, id_="somebody"), RoleName.MODERATOR, NotYours),
        (actor(RoleName.ADMIN, second_factor_at=LONG_AGO), RoleName.MODERATOR, NotYours),
        (
            actor(RoleName.ADMIN, id_="a", second_factor_at=NOW - timedelta(minutes=6)),
            RoleName.MODERATOR,
            NeedsSecondFactor,
        ),
        (SYSTEM, RoleName.OPERATOR, None),
    ],
)
def test_nobody_gives_a_role_above_their_own_or_to_themselves(
    giver: Actor, role: RoleName, refusal: type[Refusal] | None
) -> None:
    assert refusal_of(may_give_role(giver, Somebody(), NOW, role)) is refusal
    gone = Somebody()
    gone.forgotten_on = NOW
    assert giver is SYSTEM or not may_give_role(giver, gone, NOW, role)


@pytest.mark.parametrize(
    ("actor_", "refusal"),
    [
        (ANONYMOUS, NotSignedIn),
        (RESIDENT, NotYours),
        (fresh(RoleName.ADMIN, id_="somebody"), NotYours),
        (fresh(RoleName.CLERK_OFFICE), NotYours),
        (actor(RoleName.ADMIN, id_="b"), NeedsSecondFactor),
        (fresh(RoleName.ADMIN), None),
        (SYSTEM, None),
    ],
)
def test_who_may_end_a_role(actor_: Actor, refusal: type[Refusal] | None) -> None:
    assert refusal_of(may_end_role(actor_, Grant(), NOW)) is refusal
    ended = Grant()
    ended.ended_at = NOW  # type: ignore[assignment]
    assert actor_ is SYSTEM or not may_end_role(actor_, ended, NOW)


@pytest.mark.parametrize(
    ("actor_", "see", "reset", "organisations", "behalf"),
    [
        (ANONYMOUS, NotSignedIn, NotSignedIn, NotSignedIn, NotSignedIn),
        (RESIDENT, NotYours, NotYours, NotYours, NotYours),
        (fresh(RoleName.OFFICIAL), NotYours, NotYours, None, NotYours),
        (fresh(RoleName.NEIGHBOURHOOD_WORKER), NotYours, NotYours, NotYours, None),
        (fresh(RoleName.NEIGHBOURHOOD_WORKER, id_="somebody"), NotYours, NotYours, NotYours, NotFound),
        (fresh(RoleName.CLERK_OFFICE), None, NotYours, NotYours, NotYours),
        (fresh(RoleName.ADMIN), None, None, None, NotYours),
        (fresh(RoleName.ADMIN, id_="somebody"), None, NotYours, None, NotYours),
        (actor(RoleName.ADMIN, id_="b"), None, NeedsSecondFactor, None, NotYours),
    ],
)
def test_who_may_do_what_to_people(
    actor_: Actor, see: object, reset: object, organisations: object, behalf: object
) -> None:
    asked = (may_see_people, may_reset_second_factor, may_manage_organisations, may_act_on_behalf)
    answers = [refusal_of(policy(actor_, Somebody(), NOW)) for policy in asked]
    assert answers == [see, reset, organisations, behalf]


def test_an_admin_role_counts_after_a_second_admin_confirmed_it(town: Town) -> None:
    aysel, tom, ine = make_person("Aysel", RoleName.ADMIN), make_person("Tom", RoleName.ADMIN), make_person("Ine")
    grant = roles.give_role(actor_of(aysel), ine, ADMIN)
    db.session.refresh(ine, ["grants"])
    assert queries.active_roles(ine) == frozenset()
    for nobody in (aysel, ine):
        with pytest.raises(NotYours):
            roles.confirm_role(actor_of(nobody), grant)
    roles.confirm_role(actor_of(tom), grant)
    db.session.refresh(ine, ["grants"])
    assert queries.active_roles(ine) == {ADMIN}
    with pytest.raises(AlreadyDone):
        roles.confirm_role(actor_of(tom), grant)
    about_ine = [mail for mail in mails() if "ine" in str(mail["To"]) or "Ine" in mail.get_content()]
    told = sorted({(str(mail["To"]), str(mail["Subject"]).partition(" –")[0]) for mail in about_ine})
    assert told == [
        ("aysel@voorbeeld.nl", "Er is een rol gegeven"),
        ("ine@voorbeeld.nl", "U hebt een nieuwe rol"),
        ("tom@voorbeeld.nl", "Er is een rol gegeven"),
        ("tom@voorbeeld.nl", "Iemand wacht op uw bevestiging"),
    ]


def test_a_proposal_of_more_than_an_hour_ago_is_not_confirmed(town: Town) -> None:
    aysel, tom, ine = make_person("Aysel", RoleName.ADMIN), make_person("Tom", RoleName.ADMIN), make_person("Ine")
    grant = roles.give_role(actor_of(aysel), ine, ADMIN)
    with transaction(db.session()):
        grant.granted_at = clock.now(db.session()) - timedelta(minutes=61)
    with pytest.raises(NotNow):
        roles.confirm_role(actor_of(tom), grant)
    again = roles.give_role(actor_of(aysel), ine, ADMIN)
    assert again.id != grant.id
    with pytest.raises(AlreadyDone):
        roles.give_role(actor_of(aysel), ine, ADMIN)
    roles.confirm_role(actor_of(tom), again)


def test_the_same_role_is_not_given_twice_and_may_be_given_again_after_it_ended(town: Town) -> None:
    aysel, ine = make_person("Aysel", RoleName.ADMIN), make_person("Ine")
    grant = roles.give_role(actor_of(aysel), ine, MODERATOR)
    with pytest.raises(AlreadyDone):
        roles.give_role(actor_of(aysel), ine, MODERATOR)
    roles.end_role(actor_of(aysel), grant)
    roles.give_role(actor_of(aysel), ine, MODERATOR)
    assert len(db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == ine.id)).all()) == 2


def test_the_last_admin_stays(town: Town) -> None:
    aysel = make_person("Aysel", RoleName.ADMIN)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == aysel.id)).one()
    with pytest.raises(NotNow):
        roles.end_role(SYSTEM, grant)
    make_person("Tom", RoleName.ADMIN)
    roles.end_role(SYSTEM, grant)


def test_a_role_that_ends_signs_its_holder_out(town: Town) -> None:
    ine = make_person("Ine", RoleName.MODERATOR)
    _, token = sign_in(ine)
    roles.end_role(SYSTEM, db.session.scalars(select(RoleGrant)).one())
    assert queries.visitor_with(token, clock.now(db.session())) is None


@pytest.mark.parametrize(
    "role",
    [
        Role(RoleName.ADMIN, area_code="WK999801"),
        Role(RoleName.OFFICIAL, area_code="WK000000"),
        Role(RoleName.MODERATOR, department="Groen"),
        Role(RoleName.ASSESSOR),
    ],
)
def test_a_role_is_narrowed_only_where_that_makes_sense(town: Town, role: Role) -> None:
    with pytest.raises(Invalid):
        roles.give_role(SYSTEM, make_person("Ine"), role)


def test_a_role_for_one_wijk_is_worth_nothing_in_another(town: Town) -> None:
    ine = make_person("Ine")
    roles.give_role(SYSTEM, ine, Role(RoleName.OFFICIAL, area_code="WK999801"))
    held = actor_of(ine)
    assert held.has_role_in(RoleName.OFFICIAL, "WK999801")
    assert not held.has_role_in(RoleName.OFFICIAL, "WK999802")
    assert not held.has_role_in(RoleName.OFFICIAL)


def test_who_typed_for_whom_stands_in_the_audit(town: Town) -> None:
    worker, helped = make_person("Marloes", RoleName.ADMIN), make_person("Gerrit")
    acting = actor_of(worker)
    typing = Actor(
        id=acting.id, roles=acting.roles, second_factor_at=acting.second_factor_at, on_behalf_of=str(helped.id)
    )
    roles.invite(typing, "Nieuw", "nieuw@voorbeeld.nl")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.actor_id, entry.on_behalf_of) == (str(worker.id), str(helped.id))
    assert typing.person_id == str(helped.id)
