"""People, their organisations and roles, and the ways in which they get in."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurtbegroting.foundation.database import Identified
from buurtbegroting.foundation.tenancy import TenantModel


class Channel(enum.StrEnum):
    """How somebody wants to hear from us, besides on the site itself."""

    EMAIL = "email"
    LETTER = "letter"
    NONE = "none"


class Rhythm(enum.StrEnum):
    """How often somebody wants to hear about what they follow."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Person(TenantModel):
    """Somebody with an account in one municipality; a forgotten person keeps an id and nothing else.

    ``born_in`` is kept only for who is younger than 16, because then no surname and no photo may be shown.
    ``address_sealed`` is kept only for who wants letters.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("language IN ('nl', 'en')", name="language"),
        CheckConstraint("channel IN ('email', 'letter', 'none')", name="channel"),
        CheckConstraint("rhythm IN ('at-once', 'daily', 'weekly', 'never')", name="rhythm"),
        CheckConstraint("channel <> 'letter' OR address_sealed IS NOT NULL", name="letter"),
        CheckConstraint("channel <> 'email' OR email IS NOT NULL", name="email"),
        CheckConstraint("forgotten_on IS NULL OR (email IS NULL AND name = '')", name="forgotten"),
        CheckConstraint("totp_confirmed_at IS NULL OR totp_sealed IS NOT NULL", name="totp"),
        UniqueConstraint("municipality_id", "email"),
    )

    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254))
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_sealed: Mapped[str | None] = mapped_column(Text)
    totp_confirmed_at: Mapped[datetime | None]
    totp_step: Mapped[int] = mapped_column(default=0)
    wijk_code: Mapped[str | None] = mapped_column(String(12))
    born_in: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2), default="nl")
    channel: Mapped[str] = mapped_column(String(10), default=Channel.NONE)
    rhythm: Mapped[str] = mapped_column(String(10), default=Rhythm.DAILY)
    address_sealed: Mapped[str | None] = mapped_column(Text)
    made_on: Mapped[date]
    seen_on: Mapped[date | None]
    forgotten_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    grants: Mapped[list[RoleGrant]] = relationship(
        foreign_keys="RoleGrant.person_id", order_by="RoleGrant.granted_at", viewonly=True
    )
    recovery_codes: Mapped[list[RecoveryCode]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def has_second_factor(self) -> bool:
        """Whether a second factor was set up and shown to work."""
        return self.totp_confirmed_at is not None

    @property
    def public_name(self) -> str:
        """What others see: of a child the first name alone, and of who is forgotten nothing."""
        return self.name.split(maxsplit=1)[0] if self.is_child and self.name else self.name

    @property
    def is_child(self) -> bool:
        """Whether this person is younger than 16; the clean-up forgets the year of birth when it no longer matters."""
        return self.born_in is not None


class RecoveryCode(Identified):
    """A code that replaces the second factor, once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))


class Purpose(enum.StrEnum):
    """What a link in a mail lets somebody do."""

    SIGN_IN = "sign-in"
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105
    EMAIL = "email"


class MailedLink(TenantModel):
    """A link in a mail: whoever has it can read that mail. Kept as hashes, used once, gone after its term.

    ``code_hash`` is of the six digits that the browser which asked may type instead. ``person_id`` is empty when the
    address is not known yet.
    """

    __tablename__ = "mailed_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('sign-in', 'invitation', 'password', 'email')", name="purpose"),
        UniqueConstraint("token_hash"),
    )

    purpose: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    next_path: Mapped[str] = mapped_column(String(300), default="")


class Method(enum.StrEnum):
    """How somebody showed who they are."""

    LINK = "link"
    PASSWORD = "password"  # noqa: S105
    PROVIDER = "provider"


class SignIn(TenantModel):
    """One browser in which somebody is signed in; what the browser holds is kept as a hash.

    A password of staff opens only half: until the second factor is given, nobody is acting.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("method IN ('link', 'password', 'provider')", name="method"),
        UniqueConstraint("token_hash"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(10))
    device: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    on_behalf_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person: Mapped[Person] = relationship(foreign_keys=person_id)


class Identity(TenantModel):
    """Somebody as a provider of identities knows them; never tied to an account by an e-mail address alone."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("municipality_id", "issuer", "subject"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    person: Mapped[Person] = relationship()


class RoleGrant(TenantModel):
    """A role that somebody has or had; empty texts mean the whole municipality and every department.

    A role by two persons counts from its confirmation on, and nobody confirms what they proposed themselves.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> granted_by_id", name="two_persons"),
        CheckConstraint("(ended_at IS NULL) OR (ended_at >= granted_at)", name="order"),
        Index(
            "uq_role_grant_open",
            "person_id",
            "role",
            "area_code",
            "department",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    area_code: Mapped[str] = mapped_column(String(12), default="")
    department: Mapped[str] = mapped_column(String(80), default="")
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=person_id, viewonly=True)


class OrganisationKind(enum.StrEnum):
    """What kind of organisation takes part."""

    NEIGHBOURHOOD_TEAM = "neighbourhood-team"
    CLIENT_COUNCIL = "client-council"
    WELFARE = "welfare"
    BUSINESS = "business"
    HOUSING = "housing"
    OTHER = "other"


class Organisation(TenantModel):
    """An organisation that takes part under its own name."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('neighbourhood-team', 'client-council', 'welfare', 'business', 'housing', 'other')", name="kind"
        ),
        UniqueConstraint("municipality_id", "name"),
    )

    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(30))
    wijk_code: Mapped[str | None] = mapped_column(String(12))
    website: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
    members: Mapped[list[OrganisationMember]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class OrganisationMember(Identified):
    """Somebody who speaks for an organisation."""

    __tablename__ = "organisation_member"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person: Mapped[Person] = relationship()
