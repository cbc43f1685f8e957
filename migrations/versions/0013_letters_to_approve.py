"""The letters that wait for the leader are found by their state."""

from __future__ import annotations

from alembic import op

revision = "0013_letters_to_approve"
down_revision = "0012_kiosk_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_letter_state", "case_letter", ["state", "case_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_case_letter_state", table_name="case_letter")
