"""The register of voters of a round, and the codes with which they prove who they are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.foundation.tenancy import TenantModel

from .states import CodeState

_STATES = ", ".join(f"'{state.value}'" for state in CodeState)


@dataclass(frozen=True)
class Voter:
    """Somebody who proved to be one of the voters: an id that stands for one person, and where that person lives."""

    id: str
    wijk_code: str | None
    buurt_code: str | None = None


class RegisterEntry(TenantModel):
    """One person who may vote in a round. ``reference`` is the key of that person in the municipality's own file.

    ``address_sealed`` holds name and address for letters; ``place`` is a keyed hash of postcode and house number, by
    which a help desk finds who lives there. ``identity`` is the keyed hash of what a provider of identities calls this
    person. Who was struck may not vote any more. Nothing in a row changes when somebody votes.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("round_id", "reference"),
        UniqueConstraint("round_id", "identity"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    reference: Mapped[str] = mapped_column(String(60))
    buurt_code: Mapped[str | None] = mapped_column(String(12))
    wijk_code: Mapped[str | None] = mapped_column(String(12))
    address_sealed: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(String(64), index=True)
    identity: Mapped[str | None] = mapped_column(String(64))
    gets_letter: Mapped[bool] = mapped_column(default=True)
    is_large_print: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(2), default="nl")
    struck_because: Mapped[str] = mapped_column(String(200), default="")

    round: Mapped[Round] = relationship()

    @property
    def voter(self) -> Voter:
        """Who this is, as somebody who may vote."""
        return Voter(str(self.id), self.wijk_code, self.buurt_code)


class CodeBatch(TenantModel):
    """Codes that were made together: letters for many, or one that a help desk gave out.

    ``asked_by`` and ``released_by`` are ids of people; letters are made after a second person released them. The
    print file, encrypted to ``certificate``, is kept until it is downloaded, once; ``file_hash`` goes on telling which
    file that was.
    """

    __tablename__ = "code_batch"
    __table_args__ = (
        CheckConstraint("kind IN ('letters', 'desk')", name="kind"),
        CheckConstraint("released_by IS NULL OR kind = 'desk' OR released_by <> asked_by", name="two_persons"),
        UniqueConstraint("round_id", "number"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[datetime]
    released_by: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime | None]
    certificate: Mapped[str] = mapped_column(Text, default="")
    file_path: Mapped[str] = mapped_column(String(200), default="")
    file_hash: Mapped[str] = mapped_column(String(64), default="")
    downloaded_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()


class VotingCode(TenantModel):
    """A code of one voter, of which the secret part is kept as a hash alone."""

    __tablename__ = "voting_code"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        UniqueConstraint("round_id", "selector"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("register_entry.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("code_batch.id", ondelete="CASCADE"), index=True)
    selector: Mapped[str] = mapped_column(String(5))
    secret_hash: Mapped[str] = mapped_column(String(200))
    state_name: Mapped[str] = mapped_column("state", String(20), default=CodeState.CREATED.value)

    entry: Mapped[RegisterEntry] = relationship()
    batch: Mapped[CodeBatch] = relationship()

    @property
    def state(self) -> CodeState:
        """Where the code is."""
        return CodeState(self.state_name)


class Proxy(TenantModel):
    """That one voter lets another vote for them: whose vote it is, who casts it, and since when."""

    __tablename__ = "proxy"
    __table_args__ = (
        CheckConstraint("giver_id <> holder_id", name="two_voters"),
        UniqueConstraint("giver_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    giver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("register_entry.id", ondelete="CASCADE"))
    holder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("register_entry.id", ondelete="CASCADE"), index=True)
    given_on: Mapped[date]
