"""The ballot box, the public board, and what was counted."""

from .board import BoardEntry, Turnout
from .box import Ballot, PendingLeaf
from .results import Closing, Participation, Result, SealedBallot

__all__ = ["Ballot", "BoardEntry", "Closing", "Participation", "PendingLeaf", "Result", "SealedBallot", "Turnout"]
