"""Figures leave out doubtful ratings: the index they are counted from knows of the doubt."""

from __future__ import annotations

from alembic import op

revision = "0019_doubt_in_figures"
down_revision = "0018_oversight"
branch_labels = None
depends_on = None

DAY = ["rated_on", "unit_id", "overall"]


def upgrade() -> None:
    op.drop_index("ix_rating_day", table_name="rating")
    op.create_index("ix_rating_day", "rating", [*DAY, "doubt"])


def downgrade() -> None:
    op.drop_index("ix_rating_day", table_name="rating")
    op.create_index("ix_rating_day", "rating", DAY)
