"""wizard, freezes and ledger."""

import sqlalchemy as sa
from alembic import op

from buurtbegroting.foundation.database import JsonValue, UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phase_move",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("moved_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_phase_move_reason")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_phase_move_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_phase_move_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_move")),
    )
    with op.batch_alter_table("phase_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_move_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_phase_move_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_criterion",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("explanation", sa.String(length=500), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_round_criterion_position")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_criterion_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_criterion")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_round_criterion_round_id_position")),
    )
    op.create_table(
        "rulebook_version",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", JsonValue, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_rulebook_version_number")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_rulebook_version_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_rulebook_version_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_version")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_rulebook_version_round_id_number")),
    )
    with op.batch_alter_table("rulebook_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rulebook_version_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "ledger_entry",
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_key", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('voted', 'committed', 'spent')", name=op.f("ck_ledger_entry_kind")),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_ledger_entry_cents")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_ledger_entry_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["pot.id"], name=op.f("fk_ledger_entry_pot_id_pot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_entry_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_pot_id"), ["pot_id"], unique=False)

    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("theme_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="plans"))
        batch_op.add_column(sa.Column("holder", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("legal_form", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("is_kept", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_pot_theme_id"), ["theme_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_pot_theme_id_theme"), "theme", ["theme_id"], ["id"])

    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("holder", server_default=None)
        batch_op.alter_column("legal_form", server_default=None)
        batch_op.alter_column("is_kept", server_default=None)

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preset", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("conditions_frozen_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("conditions_hash", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("list_frozen_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("list_hash", sa.String(length=64), nullable=False, server_default=""))

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.alter_column("preset", server_default=None)
        batch_op.alter_column("conditions_hash", server_default=None)
        batch_op.alter_column("list_hash", server_default=None)

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decision_form", sa.String(length=20), nullable=False, server_default="vote"))
        batch_op.add_column(sa.Column("decided_by", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("deciding_days", JsonValue, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("propose_from", sa.String(length=20), nullable=False, server_default="everybody"))
        batch_op.add_column(sa.Column("propose_min_age", sa.Integer(), nullable=False, server_default="12"))
        batch_op.add_column(sa.Column("max_plans_per_person", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("min_plan_cents", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("max_plan_cents", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("vote_from", sa.String(length=20), nullable=False, server_default="area"))
        batch_op.add_column(sa.Column("reference_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("leftover", sa.String(length=20), nullable=False, server_default="next-round"))
        batch_op.add_column(sa.Column("dropout", sa.String(length=20), nullable=False, server_default="next"))
        batch_op.add_column(sa.Column("promise_decision", sa.String(length=80), nullable=False, server_default=""))

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.alter_column("decision_form", server_default=None)
        batch_op.alter_column("decided_by", server_default=None)
        batch_op.alter_column("deciding_days", server_default=None)
        batch_op.alter_column("propose_from", server_default=None)
        batch_op.alter_column("propose_min_age", server_default=None)
        batch_op.alter_column("vote_from", server_default=None)
        batch_op.alter_column("leftover", server_default=None)
        batch_op.alter_column("dropout", server_default=None)
        batch_op.alter_column("promise_decision", server_default=None)

    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_pot_kind"), "kind IN ('plans', 'free', 'maatwerk')")
        batch_op.create_check_constraint(
            op.f("ck_pot_legal_form"), "legal_form IN ('', 'own-spending', 'subsidy', 'contract')"
        )
        batch_op.create_check_constraint(op.f("ck_pot_holder"), "kind <> 'maatwerk' OR holder <> ''")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_round_conditions"), "(conditions_frozen_at IS NULL) = (conditions_hash = '')"
        )
        batch_op.create_check_constraint(op.f("ck_round_list"), "(list_frozen_at IS NULL) = (list_hash = '')")
        batch_op.create_check_constraint(
            op.f("ck_round_freezes"), "list_frozen_at IS NULL OR conditions_frozen_at IS NOT NULL"
        )

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_rulebook_decision_form"), "decision_form IN ('vote', 'packages', 'jury', 'consensus', 'live')"
        )
        batch_op.create_check_constraint(
            op.f("ck_rulebook_propose_from"), "propose_from IN ('area', 'municipality', 'everybody')"
        )
        batch_op.create_check_constraint(op.f("ck_rulebook_vote_from"), "vote_from IN ('area', 'municipality')")
        batch_op.create_check_constraint(
            op.f("ck_rulebook_leftover"), "leftover IN ('reserve', 'next-round', 'general')"
        )
        batch_op.create_check_constraint(op.f("ck_rulebook_dropout"), "dropout IN ('next', 'leftover')")
        batch_op.create_check_constraint(
            op.f("ck_rulebook_plan_amounts"),
            "min_plan_cents IS NULL OR max_plan_cents IS NULL OR min_plan_cents <= max_plan_cents",
        )
        batch_op.create_check_constraint(op.f("ck_rulebook_max_plans_per_person"), "max_plans_per_person > 0")

    with op.batch_alter_table("round_phase", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_round_phase_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_round_phase_kind"), "kind IN ('all-year', 'propose', 'assess', 'vote', 'result', 'deliver')"
        )


def downgrade() -> None:
    with op.batch_alter_table("round_phase", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_round_phase_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_round_phase_kind"), "kind IN ('propose', 'assess', 'vote', 'result', 'deliver')"
        )

    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_pot_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_pot_legal_form"), type_="check")
        batch_op.drop_constraint(op.f("ck_pot_holder"), type_="check")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_round_conditions"), type_="check")
        batch_op.drop_constraint(op.f("ck_round_list"), type_="check")
        batch_op.drop_constraint(op.f("ck_round_freezes"), type_="check")

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_rulebook_decision_form"), type_="check")
        batch_op.drop_constraint(op.f("ck_rulebook_propose_from"), type_="check")
        batch_op.drop_constraint(op.f("ck_rulebook_vote_from"), type_="check")
        batch_op.drop_constraint(op.f("ck_rulebook_leftover"), type_="check")
        batch_op.drop_constraint(op.f("ck_rulebook_dropout"), type_="check")
        batch_op.drop_constraint(op.f("ck_rulebook_plan_amounts"), type_="check")
        batch_op.drop_constraint(op.f("ck_rulebook_max_plans_per_person"), type_="check")

    with op.batch_alter_table("rulebook", schema=None) as batch_op:
        batch_op.drop_column("promise_decision")
        batch_op.drop_column("dropout")
        batch_op.drop_column("leftover")
        batch_op.drop_column("reference_date")
        batch_op.drop_column("vote_from")
        batch_op.drop_column("max_plan_cents")
        batch_op.drop_column("min_plan_cents")
        batch_op.drop_column("max_plans_per_person")
        batch_op.drop_column("propose_min_age")
        batch_op.drop_column("propose_from")
        batch_op.drop_column("deciding_days")
        batch_op.drop_column("decided_by")
        batch_op.drop_column("decision_form")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("list_hash")
        batch_op.drop_column("list_frozen_at")
        batch_op.drop_column("conditions_hash")
        batch_op.drop_column("conditions_frozen_at")
        batch_op.drop_column("preset")

    with op.batch_alter_table("pot", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pot_theme_id_theme"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_pot_theme_id"))
        batch_op.drop_column("is_kept")
        batch_op.drop_column("legal_form")
        batch_op.drop_column("holder")
        batch_op.drop_column("kind")
        batch_op.drop_column("theme_id")

    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_entry_pot_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_entry_municipality_id"))

    op.drop_table("ledger_entry")
    with op.batch_alter_table("rulebook_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rulebook_version_municipality_id"))

    op.drop_table("rulebook_version")
    op.drop_table("round_criterion")
    with op.batch_alter_table("phase_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phase_move_round_id"))
        batch_op.drop_index(batch_op.f("ix_phase_move_municipality_id"))

    op.drop_table("phase_move")
