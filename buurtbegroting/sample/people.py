"""The people of the invented municipality: a resident, and somebody in every role."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from buurtbegroting.blueprints.accounts.actions import roles
from buurtbegroting.blueprints.accounts.actions.signing_in import Opened, open_sign_in
from buurtbegroting.blueprints.accounts.models import Channel, Method, Organisation, OrganisationMember, Person
from buurtbegroting.civic.actors import SYSTEM, Actor, Role, RoleName
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.deeds import deed

# Addresses that no mail ever reaches.
AT = "waterveld.example"
RESIDENTS = (
    ("Fatima", "fatima", "WK999901", None),
    ("Gerrit de Vries", "gerrit", "WK999902", None),
    ("Noor", "noor", "WK999903", 13),
)
STAFF = (
    ("Sanne Bakker", "sanne", RoleName.OFFICIAL, None, None),
    ("Joost de Wit", "joost", RoleName.OFFICIAL, None, None),
    ("Youssef el Amrani", "youssef", RoleName.ASSESSOR, None, "Openbare ruimte"),
    ("Ine Smit", "ine", RoleName.MODERATOR, None, None),
    ("Bram Visser", "bram", RoleName.PAPER_CLERK, None, None),
    ("Marloes Hendriks", "marloes", RoleName.NEIGHBOURHOOD_WORKER, "WK999901", None),
    ("Wim Jansen", "wim", RoleName.AMBASSADOR, "WK999903", None),
    ("Karin Oosterhuis", "karin", RoleName.COUNCIL_MEMBER, None, None),
    ("Pieter Postma", "pieter", RoleName.CLERK_OFFICE, None, None),
    ("Aysel Demir", "aysel", RoleName.ADMIN, None, None),
    ("Tom Mulder", "tom", RoleName.ADMIN, None, None),
    ("Ria van Dam", "ria", RoleName.AUDITOR, None, None),
)
ORGANISATIONS = (
    ("Sociaal wijkteam De Weiden", "neighbourhood-team", "marloes"),
    ("Cliëntenraad Waterveld", "client-council", "gerrit"),
)


def fill_people() -> None:
    """Make the people, with their roles and organisations."""
    made: dict[str, Person] = {}
    with transaction(db.session()):
        today = clock.local_day(clock.now(db.session()))
        for name, mail, wijk, age in RESIDENTS:
            made[mail] = _person(name, mail, wijk_code=wijk, born_in=today.year - age if age else None)
        for name, mail, *_ in STAFF:
            made[mail] = _person(name, mail)
        db.session.flush()
        for name, kind, speaker in ORGANISATIONS:
            member = OrganisationMember(person_id=made[speaker].id)
            db.session.add(Organisation(name=name, kind=kind, members=[member]))
    for _name, mail, role, area, department in STAFF:
        roles.give_role(SYSTEM, made[mail], Role(role, area, department))


def _person(name: str, mail: str, **facts: object) -> Person:
    now = clock.now(db.session())
    person = Person(
        name=name,
        email=f"{mail}@{AT}",
        email_confirmed_at=now,
        channel=Channel.EMAIL,
        made_on=clock.local_day(now),
        **facts,
    )
    db.session.add(person)
    return person


def sample_people() -> Sequence[Person]:
    """Return the invented people, residents first."""
    query = select(Person).where(Person.email.endswith(f"@{AT}")).options(selectinload(Person.grants))
    return sorted(db.session.scalars(query), key=lambda person: (bool(person.grants), person.name))


@deed(unaudited="a demo has no secrets")
def be_somebody(actor: Actor, person: Person, device: str) -> Opened:
    """Sign in as somebody without asking anything, in a demo."""
    opened = open_sign_in(person, Method.LINK, device)
    opened.audit_subject.second_factor_at = clock.now(db.session())
    return opened
