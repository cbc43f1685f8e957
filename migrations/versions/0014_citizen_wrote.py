"""Whether what a citizen added to a case still waits for an answer of the office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_citizen_wrote"
down_revision = "0013_letters_to_approve"
branch_labels = None
depends_on = None

ADDED = ("message_received", "document_added", "withdrawal_asked")
ANSWERED = (
    "case_resumed",
    "case_refused",
    "case_guided",
    "case_forwarded",
    "case_returned",
    "citizen_asked",
    "case_decided",
    "case_answered",
    "case_withdrawn",
    "part_withdrawn",
    "settling_kept",
    "case_terminated",
    "message_sent",
)
"""Events by which a citizen added something, and by which the office has taken it up."""


def upgrade() -> None:
    op.execute("ALTER TABLE case_file ADD COLUMN citizen_wrote BOOLEAN DEFAULT false NOT NULL")
    added, answered = (", ".join(f"'{kind}'" for kind in kinds) for kinds in (ADDED, ANSWERED))
    op.execute(
        "UPDATE case_file SET citizen_wrote = true WHERE erased_on IS NULL AND "
        "(SELECT happened.kind FROM case_event AS happened "
        "WHERE happened.case_id = case_file.id AND (happened.kind IN "
        f"({answered}) OR (happened.author = 'citizen' AND happened.kind IN ({added}))) "
        f"ORDER BY happened.seq DESC LIMIT 1) IN ({added})"
    )
    op.create_index(
        "ix_case_citizen_wrote",
        "case_file",
        [
            *("due_on", "id", "unit_id", "assignee_id", "state"),
            *("kind", "field", "respondent_unit_id", "respondent_user_id", "is_open"),
        ],
        sqlite_where=sa.text("citizen_wrote = 1"),
        postgresql_where=sa.text("citizen_wrote"),
    )


def downgrade() -> None:
    op.drop_index("ix_case_citizen_wrote", table_name="case_file")
    op.execute("ALTER TABLE case_file DROP COLUMN citizen_wrote")
