"""Marks on ratings that only grow, two more reasons for doubt, the pause between taps of a point."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0011_honest_ratings"
down_revision = "0010_retention"
branch_labels = None
depends_on = None

BEFORE = ("too_fast", "limit_reached", "outside_opening_hours")
NOW = (*BEFORE, "burst", "own_button")
CHECK = "ck_rating_rating_doubt"
TABLE = "rating_mark"


def upgrade() -> None:
    _take(NOW)
    op.execute("ALTER TABLE service_point ADD COLUMN pause_seconds INTEGER DEFAULT 5 NOT NULL")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("before", _doubt("mark_before"), nullable=True),
        sa.Column("after", _doubt("mark_after"), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_rating_mark_by_id")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_mark_rating_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_mark")),
    )
    op.create_index(op.f("ix_rating_mark_rating_id"), TABLE, ["rating_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {TABLE}_only_grows BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION history_only_grows()"
        )


def downgrade() -> None:
    op.drop_index(op.f("ix_rating_mark_rating_id"), table_name=TABLE)
    op.drop_table(TABLE)
    op.execute("ALTER TABLE service_point DROP COLUMN pause_seconds")
    op.execute("UPDATE rating SET doubt = 'limit_reached' WHERE doubt IN ('burst', 'own_button')")
    _take(BEFORE)


def _doubt(name: str) -> sa.Enum:
    return sa.Enum(*NOW, name=name, native_enum=False, create_constraint=True, length=40)


def _take(values: tuple[str, ...]) -> None:
    """Let the CHECK take these values; on SQLite in place, as nothing on disk depends on it."""
    listed = ", ".join(f"'{value}'" for value in values)
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE rating DROP CONSTRAINT {CHECK}")
        op.execute(f"ALTER TABLE rating ADD CONSTRAINT {CHECK} CHECK (doubt IN ({listed}))")
        return
    words = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'rating'"
    ).scalar_one()
    new, found = re.subn(rf"(CONSTRAINT {CHECK} CHECK \(\S+ IN \()[^)]*", rf"\g<1>{listed}", words)
    if found != 1:
        raise RuntimeError(f"rating has no CHECK {CHECK}")
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'rating'", (new,)
    )
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute(f"PRAGMA schema_version = {version + 1}")
