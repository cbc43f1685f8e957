"""Where the matter of a petition or reflection is, in the citizen's own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_place_of_matter"
down_revision = "0019_doubt_in_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "case_text", sa.Column("place", sa.String(300), nullable=False, server_default="")
    )


def downgrade() -> None:
    # What was said of the place is the citizen's: it goes on with the words.
    op.execute(
        "UPDATE case_text SET words = words || char(10) || place WHERE place <> ''"
        if op.get_bind().dialect.name == "sqlite"
        else "UPDATE case_text SET words = words || chr(10) || place WHERE place <> ''"
    )
    op.drop_column("case_text", "place")
