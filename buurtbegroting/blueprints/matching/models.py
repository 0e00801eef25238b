"""What is kept of needs, offers, matches and funds."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.blueprints.accounts.models import Organisation, Person
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.foundation.tenancy import TenantModel

from .states import FOR_ONE, Kind, MatchState, Side, State


def _listed(values: type[Side] | type[Kind] | type[State] | type[MatchState]) -> str:
    return ", ".join(f"'{each.value}'" for each in values)


_FOR_ONE = ", ".join(f"'{each.value}'" for each in sorted(FOR_ONE))
_WHOSE = "(CASE WHEN initiative_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END)"


class Posting(TenantModel):
    """A need or an offer: of an initiative, of an organisation, or of one person.

    Both have the same fields, so they share a table; ``side`` tells them apart. Of one person, ``person_id`` is whose
    it is, ``shown_as`` the name that they chose to show (nothing shows "a resident"). What ``is_brokered`` was entered
    by a broker for somebody who is not online or not known: ``sealed`` holds their name and telephone number, and only
    brokers see any of it. ``days`` and ``parts`` are words with spaces between them.
    """

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint(f"side IN ({_listed(Side)})", name="side"),
        CheckConstraint(f"kind IN ({_listed(Kind)})", name="kind"),
        CheckConstraint(f"state IN ({_listed(State)})", name="state"),
        CheckConstraint(f"{_WHOSE} <= 1", name="whose"),
        CheckConstraint("NOT is_brokered OR (initiative_id IS NULL AND organisation_id IS NULL)", name="brokered"),
        CheckConstraint("is_brokered OR sealed = ''", name="sealed"),
        CheckConstraint(f"initiative_id IS NULL OR kind NOT IN ({_FOR_ONE})", name="for_one"),
        CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="period"),
        CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closed"),
    )

    side_name: Mapped[str] = mapped_column("side", String(10))
    kind_name: Mapped[str] = mapped_column("kind", String(20), index=True)
    state_name: Mapped[str] = mapped_column("state", String(20), default=State.OPEN.value, index=True)
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)
    wijk_code: Mapped[str | None] = mapped_column(String(12), index=True)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    days: Mapped[str] = mapped_column(String(40), default="")
    parts: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    placed_on: Mapped[date]
    lapses_on: Mapped[date]
    closed_on: Mapped[date | None]
    initiative_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    shown_as: Mapped[str] = mapped_column(String(80), default="")
    is_brokered: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    is_hidden: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    initiative: Mapped[Initiative | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def side(self) -> Side:
        """Whether it is a need or an offer."""
        return Side(self.side_name)

    @property
    def kind(self) -> Kind:
        """What help it is about."""
        return Kind(self.kind_name)

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.state_name)

    @property
    def is_of_person(self) -> bool:
        """Whether it is of one person, and not of a group or an organisation."""
        return self.initiative_id is None and self.organisation_id is None

    @property
    def is_for_broker(self) -> bool:
        """Whether only brokers see it: what one person asks, and all that a broker entered."""
        return self.is_brokered or (self.is_of_person and self.side is Side.NEED)

    @property
    def is_shown(self) -> bool:
        """Whether everybody may see it; needs its initiative loaded."""
        return not (self.is_for_broker or self.is_hidden or (self.initiative is not None and self.initiative.is_hidden))

    @property
    def keeper_ids(self) -> frozenset[str]:
        """The people whose it is, besides who speaks for its organisation; needs its initiative and members loaded."""
        if self.initiative is not None:
            return self.initiative.member_ids
        return frozenset({str(self.person_id)} if self.person_id and self.organisation_id is None else ())

    @property
    def organisation_key(self) -> str:
        """The id of the organisation whose it is, or nothing."""
        return str(self.organisation_id) if self.organisation_id else ""


class Match(TenantModel):
    """That a need and an offer may go together: somebody asked, or a broker tied them.

    ``asker_id`` is who asked, from the side ``asked_by``; ``contact_sealed`` is how they can be reached, read once when
    the other side says yes and then thrown away.
    """

    __tablename__ = "help_match"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(MatchState)})", name="state"),
        CheckConstraint(f"asked_by IN ('', {_listed(Side)})", name="asked_by"),
        CheckConstraint("(state = 'proposed') = (settled_on IS NULL)", name="settled"),
        CheckConstraint("state = 'proposed' OR contact_sealed = ''", name="thrown_away"),
        CheckConstraint("need_id <> offer_id", name="two"),
        UniqueConstraint("need_id", "offer_id"),
    )

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    state_name: Mapped[str] = mapped_column("state", String(20), default=MatchState.PROPOSED.value)
    asked_by: Mapped[str] = mapped_column(String(10), default="")
    asker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    message: Mapped[str] = mapped_column(Text, default="")
    contact_sealed: Mapped[str] = mapped_column(Text, default="")
    proposed_on: Mapped[date]
    settled_on: Mapped[date | None]
    drawn_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    need: Mapped[Posting] = relationship(foreign_keys=need_id)
    offer: Mapped[Posting] = relationship(foreign_keys=offer_id)
    asker: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> MatchState:
        """Where it stands."""
        return MatchState(self.state_name)

    @property
    def asking(self) -> Posting:
        """The need or offer from which was asked."""
        return self.offer if self.asked_by == Side.OFFER else self.need

    @property
    def asked(self) -> Posting:
        """The need or offer about which was asked."""
        return self.need if self.asked_by == Side.OFFER else self.offer


class MatchCount(TenantModel):
    """How many matches of a kind were made in a wijk in a year; nothing leads back to a match."""

    __tablename__ = "match_count"
    __table_args__ = (
        CheckConstraint("made > 0", name="made"),
        UniqueConstraint("municipality_id", "year", "kind", "wijk_code"),
    )

    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    wijk_code: Mapped[str] = mapped_column(String(12), default="")
    made: Mapped[int]


class Block(TenantModel):
    """That somebody wants no more questions of somebody else; ``about`` is the title by which they know whom."""

    __tablename__ = "help_block"
    __table_args__ = (UniqueConstraint("blocker_id", "blocked_id"),)

    blocker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    blocked_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(String(120))
    since: Mapped[date]


class LastingQuestion(TenantModel):
    """A question that was sent by a link: does it last? It names no match and no person, and goes when answered."""

    __tablename__ = "lasting_question"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    half_year: Mapped[str] = mapped_column(String(10))
    ends_at: Mapped[datetime]


class LastingAnswer(TenantModel):
    """What somebody answered: no match, no person, no day."""

    __tablename__ = "lasting_answer"
    __table_args__ = (CheckConstraint("lasted IN ('ja', 'deels', 'nee')", name="lasted"),)

    kind: Mapped[str] = mapped_column(String(20))
    half_year: Mapped[str] = mapped_column(String(10))
    lasted: Mapped[str] = mapped_column(String(10))
    would_again: Mapped[bool]


class Fund(TenantModel):
    """A fund to which groups may turn; ``checked_on`` is the day on which somebody saw that this is right."""

    __tablename__ = "fund"
    __table_args__ = (
        CheckConstraint("address LIKE 'https://%'", name="address"),
        UniqueConstraint("municipality_id", "name"),
    )

    name: Mapped[str] = mapped_column(String(120))
    for_what: Mapped[str] = mapped_column(Text)
    how_much: Mapped[str] = mapped_column(String(200), default="")
    term: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(200))
    checked_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
