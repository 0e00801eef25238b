"""Proposals, who supports them, and the wish to make two of them one."""

from .merging import MergeConsent, MergeRequest, Voice
from .plans import WRITTEN, Authorship, Proposal, ProposalDraft, ProposalVersion, Support, SupportList

__all__ = [
    "WRITTEN",
    "Authorship",
    "MergeConsent",
    "MergeRequest",
    "Proposal",
    "ProposalDraft",
    "ProposalVersion",
    "Support",
    "SupportList",
    "Voice",
]
