"""Indexes by which lists are counted: by kind, and who is denounced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_inbox_counts"
down_revision = "0006_visits_and_dialogues"
branch_labels = None
depends_on = None

BY_KIND = (
    *("kind", "due_on", "id", "unit_id", "assignee_id", "state"),
    *("field", "respondent_unit_id", "respondent_user_id", "is_open"),
)
INDEXES = (
    ("ix_case_open_kind_due", BY_KIND, "is_open = 1", "is_open"),
    *(
        (name, columns, f"{columns[0]} IS NOT NULL", f"{columns[0]} IS NOT NULL")
        for name, columns in (
            ("ix_case_respondent_unit", ("respondent_unit_id", "unit_id", "kind")),
            ("ix_case_respondent_user", ("respondent_user_id", "kind")),
        )
    ),
)


def upgrade() -> None:
    for name, columns, sqlite_where, postgresql_where in INDEXES:
        op.create_index(
            name,
            "case_file",
            columns,
            sqlite_where=sa.text(sqlite_where),
            postgresql_where=sa.text(postgresql_where),
        )


def downgrade() -> None:
    for name, *_ in INDEXES:
        op.drop_index(name, "case_file")
