"""Who may give which role to whom, and which roles ask for more than a password."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from .actors import RoleName
from .reasons import Reason, _r

TITLES: Mapping[RoleName, Reason] = {
    RoleName.AMBASSADOR: _r("Wijk ambassador"),
    RoleName.NEIGHBOURHOOD_WORKER: _r("Neighbourhood worker"),
    RoleName.OFFICIAL: _r("Official"),
    RoleName.ASSESSOR: _r("Assessor"),
    RoleName.MODERATOR: _r("Moderator"),
    RoleName.PAPER_CLERK: _r("Paper clerk"),
    RoleName.COUNCIL_MEMBER: _r("Council member"),
    RoleName.CLERK_OFFICE: _r("Clerk's office"),
    RoleName.ADMIN: _r("Admin"),
    RoleName.AUDITOR: _r("Auditor"),
    RoleName.OPERATOR: _r("Operator"),
}

# What each role is there for, in one sentence that an admin reads before giving it.
TASKS: Mapping[RoleName, Reason] = {
    RoleName.AMBASSADOR: _r("Knows the wijk and helps neighbours on their way. Sees nothing that others do not see."),
    RoleName.NEIGHBOURHOOD_WORKER: _r("Fills in forms for residents who ask for it."),
    RoleName.OFFICIAL: _r("Makes rounds and answers plans."),
    RoleName.ASSESSOR: _r("Says of the plans he or she is asked about whether they can be done."),
    RoleName.MODERATOR: _r("Looks at what was reported and hides what may not stay."),
    RoleName.PAPER_CLERK: _r("Types over what came in on paper."),
    RoleName.COUNCIL_MEMBER: _r("Adopts dossiers and puts them before the council."),
    RoleName.CLERK_OFFICE: _r("Plans what comes before the council."),
    RoleName.ADMIN: _r("Decides who may do what, and sets up the site."),
    RoleName.AUDITOR: _r("Reads what happened, and changes nothing."),
    RoleName.OPERATOR: _r("Runs the installation, for all municipalities in it."),
}

_BELOW_ADMIN = frozenset(RoleName) - {RoleName.ADMIN, RoleName.OPERATOR, RoleName.AUDITOR}

# Nobody gives a role that stands above their own. Who is watched does not choose who watches.
MAY_GIVE: Mapping[RoleName, frozenset[RoleName]] = {
    RoleName.CLERK_OFFICE: frozenset({RoleName.COUNCIL_MEMBER, RoleName.AUDITOR}),
    RoleName.ADMIN: _BELOW_ADMIN | {RoleName.ADMIN},
    RoleName.OPERATOR: frozenset({RoleName.ADMIN, RoleName.AUDITOR, RoleName.OPERATOR}),
}

# One person proposes these and another confirms.
BY_TWO_PERSONS = frozenset({RoleName.ADMIN, RoleName.OPERATOR})

CONFIRM_WITHIN = timedelta(hours=1)

# These see or do nothing that asks for a second factor.
WITHOUT_SECOND_FACTOR = frozenset({RoleName.AMBASSADOR})

WITH_AREA = frozenset(
    {RoleName.AMBASSADOR, RoleName.NEIGHBOURHOOD_WORKER, RoleName.OFFICIAL, RoleName.MODERATOR, RoleName.PAPER_CLERK}
)
WITH_DEPARTMENT = frozenset({RoleName.OFFICIAL, RoleName.ASSESSOR})


def needs_second_factor(names: frozenset[RoleName]) -> bool:
    """Tell whether somebody with these roles signs in with a password and a second factor."""
    return bool(names - WITHOUT_SECOND_FACTOR)


def may_give(giver: frozenset[RoleName], role: RoleName) -> bool:
    """Tell whether somebody with these roles may give this one, alone or as one of two."""
    return any(role in MAY_GIVE.get(name, ()) for name in giver)
