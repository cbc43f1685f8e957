"""Windows that stay closed: frozen reports only grow, and a month is counted ahead for citizens."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0009_closed_periods"
down_revision = "0008_paper_numbers"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[tuple[tuple[str, str, str], ...], list[str], list[str]], ...] = (
    (
        (("case_letter", "action", "ck_case_letter_letter_action"),),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register enter_number register_submission register_reception sign_refusal see_receptions see_reports export_reports see_ratings see_audit manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register enter_number register_submission register_reception sign_refusal see_receptions see_reports export_reports close_period see_ratings see_audit manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
    ),
    (
        (("audit_entry", "action", "ck_audit_entry_audit_action"),),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported records_imported calendar_changed directory_changed reception_recorded reception_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed number_entered number_cancelled".split(),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported period_closed records_imported calendar_changed directory_changed reception_recorded reception_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed number_entered number_cancelled".split(),
    ),
)
"""Where (table, column, CHECK) a vocabulary grew, what it took before and what it takes now."""


def widen(*, undo: bool = False) -> None:
    """Let the CHECKs take the new values, or no longer.

    On SQLite the words of the table are changed in place: nothing on disk depends on a CHECK, and
    making a table anew would lose its triggers.
    """
    sqlite = op.get_bind().dialect.name == "sqlite"
    for places, before, now in GROWN:
        listed = ", ".join(f"'{value}'" for value in (before if undo else now))
        for table, column, name in places:
            if sqlite:
                _reword(table, name, listed)
            else:
                op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
                op.execute(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({listed}))"
                )
    if sqlite:
        version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
        op.execute(f"PRAGMA schema_version = {version + 1}")


def _reword(table: str, name: str, listed: str) -> None:
    bind = op.get_bind()
    words = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).scalar_one()
    new, found = re.subn(rf"(CONSTRAINT {name} CHECK \(\S+ IN \()[^)]*", rf"\g<1>{listed}", words)
    if found != 1:
        raise RuntimeError(f"{table} has no CHECK {name}")
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (new, table)
    )
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")


def guard(*, undo: bool = False) -> None:
    """Let frozen reports only grow, as history does."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            name = f"frozen_report_no_{act.lower()}"
            op.execute(
                f"DROP TRIGGER {name}"
                if undo
                else f"CREATE TRIGGER {name} BEFORE {act} ON frozen_report "
                "BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
            )
    else:
        op.execute(
            "DROP TRIGGER frozen_report_only_grows ON frozen_report"
            if undo
            else "CREATE TRIGGER frozen_report_only_grows BEFORE UPDATE OR DELETE ON frozen_report "
            "FOR EACH ROW EXECUTE FUNCTION history_only_grows()"
        )


def upgrade() -> None:
    widen()
    guard()
    op.create_table(
        "month_summary",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("starts_on", name=op.f("pk_month_summary")),
    )


def downgrade() -> None:
    op.drop_table("month_summary")
    guard(undo=True)
    widen(undo=True)
