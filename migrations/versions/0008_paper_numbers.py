"""Papers numbered by hand stand in the register of documents."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0008_paper_numbers"
down_revision = "0007_inbox_counts"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("case_letter", "action", "ck_case_letter_letter_action", "see_register", ("enter_number",)),
    (
        "audit_entry",
        "action",
        "ck_audit_entry_audit_action",
        "template_changed",
        ("number_entered", "number_cancelled"),
    ),
)
"""Table, column and CHECK of a vocabulary that grew; the value after which, and the new ones."""

ONE_PAPER = "(letter_id IS NULL) <> (refusal_id IS NULL)"
AT_MOST_ONE = "letter_id IS NULL OR refusal_id IS NULL"


def widen(*, undo: bool = False) -> None:
    """Let the CHECKs take the new values besides those they take, or no longer.

    On SQLite the words of the table are changed in place: nothing on disk depends on a CHECK, and
    making a table anew would lose its triggers.
    """
    for table, column, name, after, new in GROWN:
        taken = re.findall(r"'([a-z_]+)'", check(table, name))
        if undo:
            taken = [value for value in taken if value not in new]
        else:
            place = taken.index(after) + 1
            taken = [*taken[:place], *new, *taken[place:]]
        listed = ", ".join(f"'{value}'" for value in taken)
        recheck(table, name, f"{column} IN ({listed})")


def check(table: str, name: str) -> str:
    """What a CHECK of a table says now."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        query = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
        return str(bind.execute(query, {"name": name}).scalar_one())
    words = _words(table)
    return words[slice(*_place(words, name))]


def recheck(table: str, name: str, condition: str) -> None:
    """Let a CHECK say something else."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})")
        return

    def changed(words: str) -> str:
        start, end = _place(words, name)
        return f"{words[:start]}{condition}{words[end:]}"

    _reword(table, changed)


def _place(words: str, name: str) -> tuple[int, int]:
    """Where between its brackets the condition of a CHECK stands."""
    start = words.index(f"CONSTRAINT {name} CHECK (") + len(f"CONSTRAINT {name} CHECK (")
    depth, end = 1, start
    while depth:
        depth += {"(": 1, ")": -1}.get(words[end], 0)
        end += 1
    return start, end - 1


def _words(table: str) -> str:
    query = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return str(op.get_bind().execute(query, {"name": table}).scalar_one())


def _reword(table: str, changed: Callable[[str], str]) -> None:
    bind = op.get_bind()
    words = changed(_words(table))
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (words, table)
    )
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute(f"PRAGMA schema_version = {version + 1}")


def upgrade() -> None:
    widen()
    recheck("document_number", "ck_document_number_one_paper", AT_MOST_ONE)
    op.create_table(
        "paper_document",
        sa.Column("number_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("recipients", sa.String(length=300), nullable=False),
        sa.Column("signer", sa.String(length=120), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_paper_document_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["number_id"], ["document_number.id"], name=op.f("fk_paper_document_number_id")
        ),
        sa.PrimaryKeyConstraint("number_id", name=op.f("pk_paper_document")),
    )
    op.create_index(op.f("ix_paper_document_case_id"), "paper_document", ["case_id"])


def downgrade() -> None:
    op.drop_table("paper_document")
    # What is left without a paper are the numbers given by hand.
    op.execute("DELETE FROM document_number WHERE letter_id IS NULL AND refusal_id IS NULL")
    recheck("document_number", "ck_document_number_one_paper", ONE_PAPER)
    widen(undo=True)
