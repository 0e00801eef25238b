"""People in every role, as values."""

from __future__ import annotations

from buurtbegroting.civic.actors import Actor, Role, RoleName, Verification


def actor(*roles: RoleName, id_: str = "somebody", **facts: object) -> Actor:
    """Return a signed-in person with these roles in the whole municipality."""
    held = frozenset(Role(name) for name in roles)
    return Actor(**{"id": id_, "roles": held, "verification": Verification.EMAIL} | facts)  # type: ignore[arg-type]


RESIDENT = actor(id_="resident")
OFFICIAL = actor(RoleName.OFFICIAL, RoleName.ADMIN, id_="official")
