"""What is kept of residents' initiatives: who they are and what they do, and what the municipality said to them."""

from .cases import ContactAbsence, FileNote, InitiativeAnswer, Referral, ToldAgain
from .initiatives import Initiative, InitiativeLink, InitiativeUpdate, Member

__all__ = [
    "ContactAbsence",
    "FileNote",
    "Initiative",
    "InitiativeAnswer",
    "InitiativeLink",
    "InitiativeUpdate",
    "Member",
    "Referral",
    "ToldAgain",
]
