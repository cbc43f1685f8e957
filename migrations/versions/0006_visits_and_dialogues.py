"""Visits that were struck out, and the hour of a dialogue."""

from __future__ import annotations

from alembic import op

revision = "0006_visits_and_dialogues"
down_revision = "0005_personal_data"
branch_labels = None
depends_on = None

NEW_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("reception", "struck", "struck BOOLEAN DEFAULT false NOT NULL"),
    ("dialogue", "hour", "hour VARCHAR(5) DEFAULT '' NOT NULL"),
)
"""Table, name and words of a column; rows that are there take its default."""


def upgrade() -> None:
    """Add columns in place: SQLite would otherwise make the table anew, without its triggers."""
    for table, _, words in NEW_COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {words}")


def downgrade() -> None:
    for table, name, _ in reversed(NEW_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
