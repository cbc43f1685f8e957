"""Questions that a point asks in a period, and hours of a screen's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_kiosk_questions"
down_revision = "0011_honest_ratings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE kiosk_device ADD COLUMN opens TIME")
    op.execute("ALTER TABLE kiosk_device ADD COLUMN closes TIME")
    op.create_table(
        "point_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=8), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["point_id"], ["service_point.id"], name=op.f("fk_point_question_point_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_question")),
    )
    op.create_index(
        op.f("ix_point_question_point_id"), "point_question", ["point_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_point_question_point_id"), table_name="point_question")
    op.drop_table("point_question")
    op.execute("ALTER TABLE kiosk_device DROP COLUMN closes")
    op.execute("ALTER TABLE kiosk_device DROP COLUMN opens")
