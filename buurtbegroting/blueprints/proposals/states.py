"""The states of a proposal and the moves between them."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class ProposalState(enum.StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    FEASIBLE = "feasible"
    CHANGEABLE = "changeable"
    INFEASIBLE = "infeasible"
    ELECTED = "elected"
    NOT_ELECTED = "not-elected"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


# A resident may know of these; the others do not exist for the public.
PUBLIC = frozenset(ProposalState) - {ProposalState.DRAFT, ProposalState.HIDDEN}

_AT_WORK = frozenset({ProposalState.SUBMITTED, ProposalState.FEASIBLE, ProposalState.CHANGEABLE})

MACHINE = Machine(
    initial=ProposalState.DRAFT,
    moves={
        "submit": (frozenset({ProposalState.DRAFT}), ProposalState.SUBMITTED),
        "answer yes": (_AT_WORK, ProposalState.FEASIBLE),
        "answer if changed": (_AT_WORK, ProposalState.CHANGEABLE),
        "answer no": (_AT_WORK, ProposalState.INFEASIBLE),
        "elect": (frozenset({ProposalState.FEASIBLE, ProposalState.NOT_ELECTED}), ProposalState.ELECTED),
        "not elect": (frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED}), ProposalState.NOT_ELECTED),
        "withdraw": (_AT_WORK, ProposalState.WITHDRAWN),
        "hide": (_AT_WORK | {ProposalState.INFEASIBLE}, ProposalState.HIDDEN),
    },
)
