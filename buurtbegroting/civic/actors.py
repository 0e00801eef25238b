"""Who is acting: a frozen value that policies can read without a query."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# How long somebody who gave a second factor need not give it again for what weighs most.
FRESH = timedelta(minutes=5)


class RoleName(enum.StrEnum):
    """What somebody may be in a municipality or region, besides a resident."""

    AMBASSADOR = "ambassador"
    NEIGHBOURHOOD_WORKER = "neighbourhood-worker"
    OFFICIAL = "official"
    ASSESSOR = "assessor"
    MODERATOR = "moderator"
    PAPER_CLERK = "paper-clerk"
    COUNCIL_MEMBER = "council-member"
    CLERK_OFFICE = "clerk-office"
    ADMIN = "admin"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Role:
    """One role, narrowed to an area or a department where it has one."""

    name: RoleName
    area_code: str | None = None
    department: str | None = None


class Verification(enum.IntEnum):
    """How sure we are who somebody is; a higher one includes the lower."""

    NONE = 0
    EMAIL = 1
    PROVIDER = 2


@dataclass(frozen=True)
class Known:
    """Somebody as a provider of identities knows them; ``email`` only when the provider says that it is theirs."""

    issuer: str
    subject: str
    name: str
    email: str
    has_second_factor: bool


@dataclass(frozen=True)
class Actor:
    """A person, nobody in particular, or the system itself.

    ``organisations`` are the ids of the organisations a person speaks for. ``on_behalf_of`` is the id of the person
    for whom a neighbourhood worker types; the deed is then that person's, and the audit names both. ``wijk_code`` is
    the wijk of whose deed it is.
    """

    id: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_system: bool = False
    verification: Verification = Verification.NONE
    second_factor_at: datetime | None = None
    organisations: frozenset[str] = field(default_factory=frozenset)
    wijk_code: str | None = None
    on_behalf_of: str | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a person who signed in."""
        return self.id is not None

    @property
    def person_id(self) -> str | None:
        """The person whose deed it is: who is helped, or else who acts."""
        return self.on_behalf_of or self.id

    def has_role(self, *names: RoleName) -> bool:
        """Tell whether the actor holds one of these roles anywhere in the municipality."""
        return any(role.name in names for role in self.roles)

    def has_role_in(self, name: RoleName, area_code: str | None = None, department: str | None = None) -> bool:
        """Tell whether the actor holds this role for an area and a department; a role without them holds for all."""
        return any(
            role.name is name
            and (role.area_code is None or role.area_code == area_code)
            and (role.department is None or role.department == department)
            for role in self.roles
        )

    def has_fresh_second_factor(self, now: datetime) -> bool:
        """Tell whether a second factor was given a short while ago."""
        return self.second_factor_at is not None and now - self.second_factor_at <= FRESH

    @property
    def label(self) -> str:
        """The word for this actor in the audit."""
        if self.is_system:
            return "system"
        return ",".join(sorted({role.name for role in self.roles})) or "resident"


ANONYMOUS = Actor()
SYSTEM = Actor(is_system=True)
