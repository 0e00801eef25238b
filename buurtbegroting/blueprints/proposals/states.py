"""The states of a proposal, and of the wish to make two of them one."""

from __future__ import annotations

import enum

from buurtbegroting.civic.machine import Machine


class ProposalState(enum.StrEnum):
    """Where a plan stands."""

    SUBMITTED = "submitted"
    FEASIBLE = "feasible"
    CHANGEABLE = "changeable"
    INFEASIBLE = "infeasible"
    ELECTED = "elected"
    NOT_ELECTED = "not-elected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    HIDDEN = "hidden"


# A resident may know of these; the others do not exist for the public.
PUBLIC = frozenset(ProposalState) - {ProposalState.HIDDEN}

# The municipality has not given its last word and nobody votes yet.
AT_WORK = frozenset({ProposalState.SUBMITTED, ProposalState.FEASIBLE, ProposalState.CHANGEABLE})

# These get an answer, or another one: an answer that it cannot be done may fall otherwise at a second look.
ANSWERABLE = AT_WORK | {ProposalState.INFEASIBLE}

MACHINE = Machine(
    initial=ProposalState.SUBMITTED,
    moves={
        "answer yes": (ANSWERABLE, ProposalState.FEASIBLE),
        "answer if changed": (ANSWERABLE, ProposalState.CHANGEABLE),
        "answer no": (ANSWERABLE, ProposalState.INFEASIBLE),
        "elect": (frozenset({ProposalState.FEASIBLE, ProposalState.NOT_ELECTED}), ProposalState.ELECTED),
        "not elect": (frozenset({ProposalState.FEASIBLE, ProposalState.ELECTED}), ProposalState.NOT_ELECTED),
        "ask again": (AT_WORK - {ProposalState.SUBMITTED}, ProposalState.SUBMITTED),
        "withdraw": (AT_WORK, ProposalState.WITHDRAWN),
        "merge": (AT_WORK, ProposalState.MERGED),
        "hide": (AT_WORK | {ProposalState.INFEASIBLE}, ProposalState.HIDDEN),
    },
)


class MergeState(enum.StrEnum):
    """Where the wish to make two plans one stands."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    LAPSED = "lapsed"


_OPEN = frozenset({MergeState.OPEN})

MERGING = Machine(
    initial=MergeState.OPEN,
    moves={
        "agree": (_OPEN, MergeState.AGREED),
        "decline": (_OPEN, MergeState.DECLINED),
        "take back": (_OPEN, MergeState.TAKEN_BACK),
        "lapse": (_OPEN, MergeState.LAPSED),
    },
)
