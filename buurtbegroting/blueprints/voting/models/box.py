"""The ballot box while it is open. No column of it says who, when or from where: a test holds the list of columns.

On SQLite rows stand in the order of their random ids, not in the order in which they came.
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from buurtbegroting.foundation.tenancy import TenantModel


class Ballot(TenantModel):
    """A ballot of one voter for one pot. ``slot`` is a keyed hash of both, and the key stands outside the database.

    ``payload`` is what was chosen, as ``secrecy.payload_of`` writes it. ``track`` and ``nonce`` are those of the
    receipt. ``submission_hash`` is that of the form it came in, so that the same form does nothing twice.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("pot_id", "slot"),
        {"sqlite_with_rowid": False},
    )

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"))
    slot: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)
    track: Mapped[str] = mapped_column(String(16))
    nonce: Mapped[str] = mapped_column(String(32))
    submission_hash: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]


class PendingLeaf(TenantModel):
    """A leaf that is not on the board yet; ``ballot_id`` tells which ballots are mixed when it gets there."""

    __tablename__ = "pending_leaf"
    __table_args__ = ({"sqlite_with_rowid": False},)

    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    ballot_id: Mapped[uuid.UUID]
    leaf: Mapped[str] = mapped_column(String(64))
