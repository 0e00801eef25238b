"""The wish to make two plans one, and who agreed to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.foundation.tenancy import TenantModel

from ..states import MergeState
from .plans import Proposal

_STATES = ", ".join(f"'{state.value}'" for state in MergeState)


@dataclass(frozen=True)
class Voice:
    """One who is to agree for a plan, and whether they did; nobody for a plan of which no author has an account."""

    plan: Proposal
    person: Person | None
    has_agreed: bool

    @property
    def is_on_site(self) -> bool:
        """Whether they can sign in, and so agree by themselves."""
        return self.person is not None and self.person.email is not None


class MergeRequest(TenantModel):
    """The wish to make two plans one: ``other`` goes into ``proposal`` when all authors of both consent.

    ``content`` is what of ``proposal`` would read otherwise then; empty leaves it as it stands. ``asked_by`` is an
    author. ``reason`` is what who said no wanted to say with it.
    """

    __tablename__ = "merge_request"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("proposal_id <> other_id", name="two_plans"),
    )

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    state_name: Mapped[str] = mapped_column("state", String(20))
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    message: Mapped[str] = mapped_column(String(500), default="")
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    proposal: Mapped[Proposal] = relationship(foreign_keys=proposal_id)
    other: Mapped[Proposal] = relationship(foreign_keys=other_id)
    consents: Mapped[list[MergeConsent]] = relationship(
        order_by="MergeConsent.given_on", cascade="all, delete-orphan", back_populates="request"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> MergeState:
        """Where the request stands."""
        return MergeState(self.state_name)

    @property
    def plans(self) -> tuple[Proposal, Proposal]:
        """The plan that goes on, and the one that goes into it."""
        return self.proposal, self.other

    @property
    def voices(self) -> list[Voice]:
        """Everybody who is to agree, and whether they did; needs both plans with their authors, and the consents."""
        given = {(each.proposal_id, each.person_id) for each in self.consents}
        found: list[Voice] = []
        for plan in self.plans:
            people: list[Person | None] = [each.person for each in plan.authorships]
            found += [Voice(plan, each, (plan.id, each.id if each else None) in given) for each in people or [None]]
        return found

    @property
    def awaited(self) -> list[Voice]:
        """Who is still to agree."""
        return [each for each in self.voices if not each.has_agreed]

    @property
    def awaited_ids(self) -> frozenset[str]:
        """The people who are still to agree."""
        return frozenset(str(each.person.id) for each in self.awaited if each.person)

    @property
    def is_noted_by_officials(self) -> bool:
        """Whether an official is to note of somebody that they agreed."""
        return any(not each.is_on_site for each in self.awaited)


class MergeConsent(TenantModel):
    """That somebody wants two plans to become one.

    Of an author who cannot do so on the site an official noted in which way they agreed; of a plan without authors
    there is no person.
    """

    __tablename__ = "merge_consent"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR note <> ''", name="noted"),
        UniqueConstraint("request_id", "proposal_id", "person_id"),
    )

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("merge_request.id", ondelete="CASCADE"))
    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    given_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")

    request: Mapped[MergeRequest] = relationship(back_populates="consents")
    person: Mapped[Person | None] = relationship()
