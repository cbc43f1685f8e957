"""A denunciation left unsettled goes on to the superior: the mark, the clock, the demand."""

from __future__ import annotations

import re

from alembic import op

revision = "0022_overdue_denunciations"
down_revision = "0021_joined_contact"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[tuple[tuple[str, str, str], ...], list[str], list[str]], ...] = (
    (
        (("case_event", "kind", "ck_case_event_event_kind"),),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked verdict_given public_shown data_changed data_requested data_answered data_held data_released data_erased sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered report_demanded case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked verdict_given public_shown data_changed data_requested data_answered data_held data_released data_erased sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
    ),
    (
        (
            ("case_clock", "clock", "ck_case_clock_clock_kind"),
            ("clock_entry", "clock", "ck_clock_entry_entry_clock"),
        ),
        "processing acceptance settlement reply notice sending publication handling forwarding data_request".split(),
        "processing acceptance demand settlement reply notice sending publication handling forwarding data_request".split(),
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
    op.execute("ALTER TABLE case_file ADD COLUMN unanswered BOOLEAN DEFAULT false NOT NULL")
    op.execute(
        "UPDATE case_file SET unanswered = true WHERE instance = 2 AND EXISTS ("
        "SELECT 1 FROM case_file AS first WHERE first.id = case_file.previous_id "
        "AND (first.closed_on IS NULL OR first.closed_on > case_file.received_on))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE case_file DROP COLUMN unanswered")
    widen(undo=True)
