"""Proposals: what residents want, and what the municipality answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.models import Album, Thread
from buurtbegroting.blueprints.municipalities.models import Area
from buurtbegroting.blueprints.rounds.models import Pot, Round, Theme
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation.database import JsonValue
from buurtbegroting.foundation.tenancy import TenantModel

from ..states import ProposalState

_STATES = ", ".join(f"'{state.value}'" for state in ProposalState)


# What its authors write of a plan; every version keeps all of it.
WRITTEN = (
    "title",
    "summary",
    "what",
    "why",
    "for_whom",
    "address",
    "buurt_code",
    "latitude",
    "longitude",
    "cost_cents",
    "cost_lines",
    "own_cents",
    "hoped_cents",
    "maintenance_cents",
    "carrier",
    "interest",
)


class Proposal(TenantModel):
    """A plan of residents. ``ballot_key`` is the name under which ballots know it.

    ``author`` is what stands on the page. ``own_cents`` is money that the authors bring, ``hoped_cents`` what they hope
    to get from others; neither is in ``cost_cents``, what they ask of the pot. ``cost_lines`` says what that is made
    of: a list of ``what`` and ``cents``. ``invitation_hash`` is that of the link by which somebody else becomes an
    author. ``entered_on`` is the day on which the municipality typed it over from paper.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("cost_cents >= 0", name="cost"),
        CheckConstraint("maintenance_cents >= 0", name="maintenance"),
        CheckConstraint("own_cents >= 0 AND hoped_cents >= 0", name="other_money"),
        CheckConstraint("state != 'infeasible' OR answer != ''", name="answered"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
        CheckConstraint("turn_party != '' OR turn_due IS NULL", name="turn"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        UniqueConstraint("municipality_id", "number"),
        UniqueConstraint("round_id", "ballot_key"),
    )

    number: Mapped[str] = mapped_column(String(20))
    ballot_key: Mapped[str] = mapped_column(String(120))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    pot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pot.id"), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    state_name: Mapped[str] = mapped_column("state", String(20), default=ProposalState.SUBMITTED.value)
    title: Mapped[str] = mapped_column(String(500))
    summary: Mapped[str] = mapped_column(Text, default="")
    what: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    buurt_code: Mapped[str | None] = mapped_column(String(12))
    wijk_code: Mapped[str | None] = mapped_column(String(12), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    cost_cents: Mapped[int] = mapped_column(BigInteger)
    cost_lines: Mapped[list[dict[str, Any]]] = mapped_column(JsonValue, default=list)
    maintenance_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    own_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    hoped_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    carrier: Mapped[str] = mapped_column(String(20), default="")
    interest: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    submitted_on: Mapped[date | None]
    entered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_on: Mapped[date | None]
    turn_party: Mapped[str] = mapped_column(String(120), default="")
    turn_since: Mapped[date | None]
    turn_due: Mapped[date | None]
    invitation_hash: Mapped[str] = mapped_column(String(64), default="")
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    album_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("album.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    thread: Mapped[Thread] = relationship()
    album: Mapped[Album] = relationship()
    round: Mapped[Round] = relationship()
    pot: Mapped[Pot] = relationship()
    theme: Mapped[Theme | None] = relationship()
    merged_into: Mapped[Proposal | None] = relationship(remote_side="Proposal.id")
    authorships: Mapped[list[Authorship]] = relationship(order_by="Authorship.since", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> ProposalState:
        """Where the plan stands."""
        return ProposalState(self.state_name)

    @property
    def cost(self) -> Money:
        """What the plan costs; needs its round loaded."""
        return Money(self.cost_cents, self.round.currency)

    @property
    def maintenance(self) -> Money:
        """What keeping it up costs in a year; needs its round loaded."""
        return Money(self.maintenance_cents, self.round.currency)

    @property
    def own(self) -> Money:
        """What the authors bring themselves; needs its round loaded."""
        return Money(self.own_cents, self.round.currency)

    @property
    def hoped(self) -> Money:
        """What the authors hope to get elsewhere; needs its round loaded."""
        return Money(self.hoped_cents, self.round.currency)

    @property
    def needs_support(self) -> bool:
        """Whether the rules of its round ask for support; needs the rulebook loaded."""
        return self.round.rulebook.support_needed is not None

    @property
    def asks_home_in(self) -> tuple[str, Area | None]:
        """From where the rules of its round let people propose and support a plan, and its area; needs all of those."""
        return self.round.rulebook.propose_from, self.pot.area

    @property
    def author_ids(self) -> frozenset[str]:
        """The people who wrote the plan; needs its authorships loaded."""
        return frozenset(str(each.person_id) for each in self.authorships)

    @property
    def written(self) -> dict[str, Any]:
        """What its authors wrote, as a version keeps it."""
        return {name: getattr(self, name) for name in WRITTEN}


class Authorship(TenantModel):
    """Somebody who wrote a plan, alone or with others.

    ``says_old_enough`` is that they said to be as old as the rules of the round ask; how old they are nobody asked.
    """

    __tablename__ = "authorship"
    __table_args__ = (UniqueConstraint("proposal_id", "person_id"),)

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]
    says_old_enough: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person] = relationship()


class ProposalVersion(TenantModel):
    """A plan as it stood after a change: all that was written, when, by whom in general, and what they said of it.

    ``merged_number`` is that of the plan with which it became one in this version.
    """

    __tablename__ = "proposal_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("proposal_id", "number"),
    )

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(300), default="")
    merged_number: Mapped[str] = mapped_column(String(20), default="")
    made_at: Mapped[datetime]


class ProposalDraft(TenantModel):
    """A plan that somebody is still writing; nobody else knows of it. ``content`` holds the answers so far."""

    __tablename__ = "proposal_draft"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_on: Mapped[date]
    round: Mapped[Round] = relationship()


class Support(TenantModel):
    """Somebody who wants a plan to be looked at, once; it is no vote."""

    __tablename__ = "support"
    __table_args__ = (UniqueConstraint("proposal_id", "person_id"),)

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class SupportList(TenantModel):
    """A list of signatures on paper: how many count, how many do not and why. The names stay on the paper."""

    __tablename__ = "support_list"
    __table_args__ = (
        CheckConstraint("valid >= 0 AND refused >= 0 AND valid + refused > 0", name="numbers"),
        CheckConstraint("refused = 0 OR reason <> ''", name="reason"),
    )

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    valid: Mapped[int]
    refused: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300), default="")
    entered_on: Mapped[date]
