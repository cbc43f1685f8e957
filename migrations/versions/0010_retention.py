"""How long personal data is kept: files held back, files erased."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0010_retention"
down_revision = "0009_closed_periods"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[tuple[tuple[str, str, str], ...], list[str], list[str]], ...] = (
    (
        (("case_event", "kind", "ck_case_event_event_kind"),),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked verdict_given public_shown data_changed data_requested data_answered sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked verdict_given public_shown data_changed data_requested data_answered data_held data_released data_erased sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
    ),
    (
        (("case_letter", "action", "ck_case_letter_letter_action"),),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register enter_number register_submission register_reception sign_refusal see_receptions see_reports export_reports close_period see_ratings see_audit manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct hold_data release_data note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register enter_number register_submission register_reception sign_refusal see_receptions see_reports export_reports close_period see_ratings see_audit see_retention manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
    ),
    (
        (("audit_entry", "action", "ck_audit_entry_audit_action"),),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported period_closed records_imported calendar_changed directory_changed reception_recorded reception_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed number_entered number_cancelled".split(),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported period_closed records_imported calendar_changed directory_changed reception_recorded reception_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed number_entered number_cancelled data_erased".split(),
    ),
)
"""Where (table, column, CHECK) a vocabulary grew, what it took before and what it takes now."""

NEW_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("case_file", "held", "held BOOLEAN DEFAULT false NOT NULL"),
    ("case_file", "erased_on", "erased_on DATE"),
)
"""Table, name and words of a column; rows that are there take its default."""


def add_columns() -> None:
    """Add columns in place: SQLite would otherwise make the table anew, without its CHECKs."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _, words in NEW_COLUMNS:
        typed = words.replace("TIMESTAMP", "DATETIME") if sqlite else words
        op.execute(f"ALTER TABLE {table} ADD COLUMN {typed}")


def drop_columns() -> None:
    """Take the columns away again."""
    for table, name, _ in reversed(NEW_COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


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


def upgrade() -> None:
    widen()
    add_columns()


def downgrade() -> None:
    drop_columns()
    widen(undo=True)
