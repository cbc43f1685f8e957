"""Those who join a public reflection are told of its answer, if they ask for it."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0021_joined_contact"
down_revision = "0020_place_of_matter"
branch_labels = None
depends_on = None

BEFORE = (
    "citizen_news citizen_confirm citizen_proof staff_assigned staff_news staff_due_soon "
    "staff_due_today staff_overdue staff_term_moved staff_unprocessed staff_reminded "
    "account_invitation account_reset"
).split()
NEW = ("joined_confirm", "joined_news")
NOW = [*BEFORE[:3], *NEW, *BEFORE[3:]]
CHECK = "ck_outgoing_message_mail_kind"


def take_kinds(kinds: list[str]) -> None:
    """Let the CHECK of mail take these kinds; on SQLite its words are changed in place."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE outgoing_message DROP CONSTRAINT {CHECK}")
        op.execute(
            f"ALTER TABLE outgoing_message ADD CONSTRAINT {CHECK} CHECK (kind IN ({listed}))"
        )
        return
    bind = op.get_bind()
    words = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'outgoing_message'"
    ).scalar_one()
    new, found = re.subn(rf"(CONSTRAINT {CHECK} CHECK \(\S+ IN \()[^)]*", rf"\g<1>{listed}", words)
    if found != 1:
        raise RuntimeError(f"outgoing_message has no CHECK {CHECK}")
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'outgoing_message'",
        (new,),
    )
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")


def upgrade() -> None:
    take_kinds(NOW)
    op.add_column(
        "public_reflection",
        sa.Column("answer", sa.String(length=1000), server_default="", nullable=False),
    )
    op.create_table(
        "joined_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["public_reflection.case_id"],
            name=op.f("fk_joined_contact_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_contact")),
        sa.UniqueConstraint("case_id", "address_hash", name=op.f("uq_joined_contact_case_id_address_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_joined_contact_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("joined_contact")
    op.drop_column("public_reflection", "answer")
    listed = ", ".join(f"'{kind}'" for kind in NEW)
    op.execute(f"DELETE FROM outgoing_message WHERE kind IN ({listed})")
    take_kinds(BEFORE)
