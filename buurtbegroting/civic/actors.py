"""Who is acting: a frozen value that policies can read without a query."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class RoleName(enum.StrEnum):
    """What somebody may be in a municipality."""

    OFFICIAL = "official"
    ADMIN = "admin"


@dataclass(frozen=True)
class Role:
    """One role, narrowed to an area or a department where it has one."""

    name: RoleName
    area_code: str | None = None
    department: str | None = None


@dataclass(frozen=True)
class Actor:
    """A person, nobody in particular, or the system itself; ``label`` is how the audit names the role."""

    id: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_system: bool = False

    def has_role(self, name: RoleName) -> bool:
        """Tell whether the actor holds this role anywhere in the municipality."""
        return any(role.name is name for role in self.roles)

    @property
    def label(self) -> str:
        """The word for this actor in the audit."""
        if self.is_system:
            return "system"
        return ",".join(sorted(role.name for role in self.roles)) or "resident"


ANONYMOUS = Actor()
SYSTEM = Actor(is_system=True)
DEMO_OFFICIAL = Actor(id="demo-official", roles=frozenset({Role(RoleName.OFFICIAL), Role(RoleName.ADMIN)}))
