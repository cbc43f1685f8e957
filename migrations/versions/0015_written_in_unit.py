"""What citizens added in one unit is found without a look at all its cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_written_in_unit"
down_revision = "0014_citizen_wrote"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_case_citizen_wrote_unit",
        "case_file",
        [
            *("unit_id", "due_on", "id", "assignee_id", "state"),
            *("kind", "field", "respondent_unit_id", "respondent_user_id", "is_open"),
        ],
        sqlite_where=sa.text("citizen_wrote = 1"),
        postgresql_where=sa.text("citizen_wrote"),
    )


def downgrade() -> None:
    op.drop_index("ix_case_citizen_wrote_unit", table_name="case_file")
