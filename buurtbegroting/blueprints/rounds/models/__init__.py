"""Rounds, their rules and their money."""

from .money import LedgerEntry, MaatwerkSpending, Pot
from .rounds import (
    Criterion,
    PhaseMove,
    Round,
    RoundCriterion,
    RoundPhase,
    Rulebook,
    RulebookVersion,
    Theme,
    ThemeShare,
)

__all__ = [
    "Criterion",
    "LedgerEntry",
    "MaatwerkSpending",
    "PhaseMove",
    "Pot",
    "Round",
    "RoundCriterion",
    "RoundPhase",
    "Rulebook",
    "RulebookVersion",
    "Theme",
    "ThemeShare",
]
