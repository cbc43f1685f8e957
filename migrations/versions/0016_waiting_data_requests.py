"""What citizens asked about their data and nobody answered is found without reading the rest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_waiting_data_requests"
down_revision = "0015_written_in_unit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_data_request_waiting",
        "data_request",
        ["case_id", "due_on"],
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_data_request_waiting", table_name="data_request")
