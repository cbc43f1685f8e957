"""What citizens ask about the data kept of them."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0005_personal_data"
down_revision = "0004_saved_filters"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[tuple[tuple[str, str, str], ...], list[str], list[str]], ...] = (
    (
        (("case_event", "kind", "ck_case_event_event_kind"),),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked verdict_given public_shown sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked verdict_given public_shown data_changed data_requested data_answered sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
    ),
    (
        (("case_letter", "action", "ck_case_letter_letter_action"),),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing see_case read_sealed draft_letter issue_letter send_letter overrule_seal_check see_register register_submission register_reception sign_refusal see_receptions see_reports export_reports see_ratings see_audit manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register register_submission register_reception sign_refusal see_receptions see_reports export_reports see_ratings see_audit manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
    ),
    (
        (("case_message", "kind", "ck_case_message_message_kind"),),
        "message request answer reply withdrawal_request part_withdrawal_request withdrawal verdict".split(),
        "message request answer reply withdrawal_request part_withdrawal_request withdrawal verdict data_request data_answer".split(),
    ),
    (
        (("case_clock", "clock", "ck_case_clock_clock_kind"), ("clock_entry", "clock", "ck_clock_entry_entry_clock"),),
        "processing acceptance settlement reply notice sending publication handling forwarding".split(),
        "processing acceptance settlement reply notice sending publication handling forwarding data_request".split(),
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


def upgrade() -> None:
    widen()
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("wish", _codes("data_wish", "correction erasure"), nullable=False),
        sa.Column(
            "part",
            _codes(
                "data_part",
                "name id_no address phone email words papers messages verdict_words history",
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", _codes("data_outcome", "done partly refused"), nullable=True),
        sa.Column(
            "ground",
            _codes(
                "data_ground", "identity_required case_file history others_rights not_shown"
            ),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["case_message.id"], name=op.f("fk_data_request_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user_account.id"], name=op.f("fk_data_request_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_data_request_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["case_message.id"], name=op.f("fk_data_request_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_case", "data_request", ["case_id", "id"], unique=False)


def _codes(name: str, codes: str) -> sa.Enum:
    return sa.Enum(
        *codes.split(), name=name, native_enum=False, create_constraint=True, length=40
    )


def downgrade() -> None:
    op.drop_index("ix_data_request_case", table_name="data_request")
    op.drop_table("data_request")
    widen(undo=True)
