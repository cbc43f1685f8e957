"""The whole procedure of the law, and what citizens and kiosks need beyond the first release."""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0002_law_and_citizens"
down_revision = "0001_initial"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[tuple[tuple[str, str, str], ...], list[str], list[str]], ...] = (
    (
        (
            ("case_file", "state", "ck_case_file_case_state"),
            ("case_file", "state_before", "ck_case_file_case_state_before"),
            ("case_event", "state", "ck_case_event_event_state"),
        ),
        "registered examining information awaiting_citizen accepted verifying awaiting_approval decided done refused guided forwarded returned filed attached withdrawn terminated".split(),
        "registered examining information awaiting_citizen accepted verifying suspended awaiting_approval decided done refused guided forwarded returned filed attached withdrawn terminated".split(),
    ),
    (
        (("audit_entry", "action", "ck_audit_entry_audit_action"),),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported records_imported calendar_changed directory_changed reception_recorded".split(),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported records_imported calendar_changed directory_changed reception_recorded reception_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed".split(),
    ),
    (
        (("case_clock", "clock", "ck_case_clock_clock_kind"),),
        "processing acceptance settlement reply sending publication forwarding".split(),
        "processing acceptance settlement reply notice sending publication handling forwarding".split(),
    ),
    (
        (("case_event", "kind", "ck_case_event_event_kind"),),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_returned case_filed case_attached case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended draft_submitted draft_sent_back case_decided case_answered answer_sent case_withdrawn case_terminated case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked sealed_read term_recomputed contact_confirmed".split(),
        "case_registered case_imported examination_started form_recorded case_processed case_accepted case_refused case_guided case_forwarded case_referred forward_replied case_taken_back case_returned case_filed case_attached case_split representatives_named case_assigned case_passed_on case_reclassified case_summarised citizen_asked case_resumed verification_started complexity_set term_extended case_suspended suspension_lifted team_formed dialogue_planned dialogue_held verification_reported notice_sent draft_submitted draft_sent_back case_decided case_answered answer_sent decision_published outcome_recorded progress_recorded sender_told case_withdrawn part_withdrawn settling_kept case_terminated case_reminded reminder_answered case_reopened case_continued case_corrected note_added message_sent message_received document_added withdrawal_asked sealed_read term_recomputed contact_confirmed letter_issued letter_sent letter_cancelled seal_check_overruled".split(),
    ),
    (
        (("case_message", "kind", "ck_case_message_message_kind"),),
        "message request answer withdrawal_request".split(),
        "message request answer reply withdrawal_request withdrawal".split(),
    ),
    (
        (("outgoing_message", "kind", "ck_outgoing_message_mail_kind"),),
        "citizen_news citizen_confirm citizen_proof staff_assigned staff_news staff_due_soon staff_due_today staff_overdue account_invitation account_reset".split(),
        "citizen_news citizen_confirm citizen_proof staff_assigned staff_news staff_due_soon staff_due_today staff_overdue staff_term_moved staff_unprocessed staff_reminded account_invitation account_reset".split(),
    ),
    (
        (("sealed_record", "part", "ck_sealed_record_sealed_part"),),
        "identity words file_name contact".split(),
        "identity people words file_name contact link".split(),
    ),
)
"""Where (table, column, CHECK) a vocabulary grew, what it took before and what it takes now."""

NEW_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("draft", "kept_until", "kept_until TIMESTAMP"),
    ("sitting", "held", "held BOOLEAN DEFAULT true NOT NULL"),
    ("case_file", "respondent_kind", "respondent_kind VARCHAR(24) DEFAULT '' NOT NULL"),
    ("case_file", "representatives", "representatives SMALLINT DEFAULT 0 NOT NULL"),
    ("case_file", "lacking", "lacking VARCHAR(80) DEFAULT '' NOT NULL"),
    ("case_file", "ground", "ground VARCHAR(20) DEFAULT '' NOT NULL"),
    ("case_file", "complexity_criteria", "complexity_criteria VARCHAR(60) DEFAULT '' NOT NULL"),
    (
        "case_file",
        "complexity_document_no",
        "complexity_document_no VARCHAR(80) DEFAULT '' NOT NULL",
    ),
    ("case_file", "sent_on", "sent_on DATE"),
    ("case_file", "published_on", "published_on DATE"),
    (
        "case_file",
        "publication",
        "publication VARCHAR(40) CONSTRAINT ck_case_file_case_publication CHECK (publication IN ('meeting', 'posting', 'media'))",
    ),
    (
        "case_file",
        "split_from_id",
        "split_from_id INTEGER CONSTRAINT fk_case_file_split_from_id REFERENCES case_file (id)",
    ),
    ("case_clock", "suspended_on", "suspended_on DATE"),
    (
        "case_person",
        "role",
        "role VARCHAR(40) DEFAULT 'filer' NOT NULL CONSTRAINT ck_case_person_person_role CHECK (role IN ('filer', 'signatory', 'representative', 'authorised'))",
    ),
    ("case_person", "document_no", "document_no VARCHAR(80) DEFAULT '' NOT NULL"),
)
"""Table, name and words of a column; rows that are there take its default."""

GROWS_ONLY = ("clock_entry", "reception_change")


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


def guard_ledger() -> None:
    """Let the ledger of the clocks only grow, as the history does."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in GROWS_ONLY:
        if sqlite:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION history_only_grows()"
            )


def fill_ledger() -> None:
    """Begin the ledger with what the clocks that are there already tell."""
    bind = op.get_bind()
    ledger = sa.table(
        "clock_entry",
        *map(sa.column, ("case_id", "clock", "effect", "act", "on", "at", "actor_id", "rule")),
        *map(sa.column, ("days", "document_no", "reason")),
    )
    clocks = bind.execute(
        sa.text(
            "SELECT clock.case_id, clock.clock, clock.started_on, clock.stopped_on, clock.rule, "
            "clock.explanation, filed.registered_at, filed.imported FROM case_clock clock "
            "JOIN case_file filed ON filed.id = clock.case_id ORDER BY clock.id"
        )
    ).all()
    for place in range(0, len(clocks), 500):
        rows = [row for clock in clocks[place : place + 500] for row in told_by(clock)]
        bind.execute(sa.insert(ledger), rows)


def told_by(clock: sa.Row) -> list[dict[str, object]]:
    """The entries that a stored clock stands for: its start, its extensions, its end."""
    kept = json.loads(clock.explanation)
    row = {
        "case_id": clock.case_id,
        "clock": clock.clock,
        "act": "imported" if clock.imported else "carried_on",
        "on": clock.started_on,
        "at": clock.registered_at,
        "actor_id": None,
        "document_no": "",
        "reason": "",
    }
    extended = [step[5] for step in kept["steps"] if step[1] == "extended"]
    under = "TC-08" if len(extended) > 1 else "TC-07"
    rows = [row | {"effect": "start", "rule": clock.rule, "days": kept["days"]}]
    rows += [row | {"effect": "extend", "rule": under, "days": days} for days in extended]
    if clock.stopped_on is not None:
        rows.append(row | {"effect": "stop", "rule": "", "days": 0, "on": clock.stopped_on})
    return rows


def upgrade() -> None:
    widen()
    add_columns()
    op.create_table(
        "canned_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "land",
                "policy",
                "conduct",
                "corruption",
                "judicial",
                "environment",
                "construction",
                "order",
                "other",
                name="paragraph_field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "letter",
            sa.Enum(
                "complaint_accepted",
                "complaint_refused",
                "complaint_guided",
                "complaint_decision",
                "complaint_terminated",
                "complaint_suspended",
                "complaint_continued",
                "denunciation_accepted",
                "denunciation_acceptance_notice",
                "denunciation_content_notice",
                "denunciation_refused",
                "denunciation_forwarded",
                "denunciation_extended",
                "denunciation_conclusion",
                "denunciation_terminated",
                "denunciation_suspended",
                "denunciation_continued",
                "petition_forwarded",
                "petition_guided",
                "petition_refused",
                "petition_answer",
                "return_note",
                "request_to_citizen",
                "withdrawal_record",
                "verification_team",
                "verification_report",
                "dialogue_minutes",
                "settlement_reminder",
                "verification_assigned",
                "verification_body_report",
                "working_minutes",
                "evidence_request",
                "evidence_receipt",
                "expert_request",
                "temporary_stay",
                "stay_lifted",
                "dialogue_notice",
                "denunciation_forward_notice",
                "denunciation_conclusion_notice",
                "acceptance_proposal",
                "mixed_guidance",
                "reception_refused",
                "papers_received",
                "reception_minutes",
                "reception_conclusion",
                "appointment",
                "complaint_petition",
                "complaint_authorisation",
                "denunciation_withdrawal",
                name="paragraph_letter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_canned_paragraph_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_paragraph")),
    )
    op.create_index("ix_canned_paragraph_unit_id", "canned_paragraph", ["unit_id"], unique=False)
    op.create_table(
        "draft_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("single_use", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_key_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_draft_key_token_hash")),
    )
    op.create_index("ix_draft_key_draft_id", "draft_key", ["draft_id"], unique=False)
    op.create_table(
        "unit_letterhead",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("superior", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("short", sa.String(length=30), nullable=False),
        sa.Column("drafting", sa.String(length=30), nullable=False),
        sa.Column("head_title", sa.String(length=80), nullable=False),
        sa.Column("collective", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_letterhead_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_letterhead")),
    )
    op.create_table(
        "kiosk_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("languages", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(), nullable=True),
        sa.Column("key_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(), nullable=True),
        sa.Column("last_tap_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("drift_seconds", sa.Integer(), nullable=False),
        sa.Column("next_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["service_point.id"], name=op.f("fk_kiosk_device_point_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk_device")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_kiosk_device_code_hash")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_kiosk_device_key_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kiosk_device_public_id")),
    )
    op.create_index("ix_kiosk_device_point_id", "kiosk_device", ["point_id"], unique=False)
    op.create_table(
        "kiosk_tap",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("drift_seconds", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["kiosk_device.id"], name=op.f("fk_kiosk_tap_device_id")
        ),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_kiosk_tap_rating_id")),
        sa.PrimaryKeyConstraint("rating_id", name=op.f("pk_kiosk_tap")),
        sa.UniqueConstraint("device_id", "series", "seq", name="uq_kiosk_tap_number"),
    )
    op.create_index(
        "ix_kiosk_tap_delivered", "kiosk_tap", ["device_id", "delivered_at"], unique=False
    )
    op.create_table(
        "letter_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "letter",
            sa.Enum(
                "complaint_accepted",
                "complaint_refused",
                "complaint_guided",
                "complaint_decision",
                "complaint_terminated",
                "complaint_suspended",
                "complaint_continued",
                "denunciation_accepted",
                "denunciation_acceptance_notice",
                "denunciation_content_notice",
                "denunciation_refused",
                "denunciation_forwarded",
                "denunciation_extended",
                "denunciation_conclusion",
                "denunciation_terminated",
                "denunciation_suspended",
                "denunciation_continued",
                "petition_forwarded",
                "petition_guided",
                "petition_refused",
                "petition_answer",
                "return_note",
                "request_to_citizen",
                "withdrawal_record",
                "verification_team",
                "verification_report",
                "dialogue_minutes",
                "settlement_reminder",
                "verification_assigned",
                "verification_body_report",
                "working_minutes",
                "evidence_request",
                "evidence_receipt",
                "expert_request",
                "temporary_stay",
                "stay_lifted",
                "dialogue_notice",
                "denunciation_forward_notice",
                "denunciation_conclusion_notice",
                "acceptance_proposal",
                "mixed_guidance",
                "reception_refused",
                "papers_received",
                "reception_minutes",
                "reception_conclusion",
                "appointment",
                "complaint_petition",
                "complaint_authorisation",
                "denunciation_withdrawal",
                name="template_letter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("based_on", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_letter_template_author_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_letter_template_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
    )
    op.create_index(
        "ix_letter_template", "letter_template", ["based_on", "unit_id", "id"], unique=False
    )
    op.create_table(
        "refused_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "complaint",
                "denunciation",
                "petition",
                "reflection",
                "none",
                name="refused_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("citizen_name", sa.String(length=120), nullable=False),
        sa.Column("id_no", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=250), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_refused_visit_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_refused_visit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_visit")),
    )
    op.create_index(
        "ix_refused_visit_unit", "refused_visit", ["unit_id", "date", "id"], unique=False
    )
    op.create_table(
        "case_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "letter",
            sa.Enum(
                "complaint_accepted",
                "complaint_refused",
                "complaint_guided",
                "complaint_decision",
                "complaint_terminated",
                "complaint_suspended",
                "complaint_continued",
                "denunciation_accepted",
                "denunciation_acceptance_notice",
                "denunciation_content_notice",
                "denunciation_refused",
                "denunciation_forwarded",
                "denunciation_extended",
                "denunciation_conclusion",
                "denunciation_terminated",
                "denunciation_suspended",
                "denunciation_continued",
                "petition_forwarded",
                "petition_guided",
                "petition_refused",
                "petition_answer",
                "return_note",
                "request_to_citizen",
                "withdrawal_record",
                "verification_team",
                "verification_report",
                "dialogue_minutes",
                "settlement_reminder",
                "verification_assigned",
                "verification_body_report",
                "working_minutes",
                "evidence_request",
                "evidence_receipt",
                "expert_request",
                "temporary_stay",
                "stay_lifted",
                "dialogue_notice",
                "denunciation_forward_notice",
                "denunciation_conclusion_notice",
                "acceptance_proposal",
                "mixed_guidance",
                "reception_refused",
                "papers_received",
                "reception_minutes",
                "reception_conclusion",
                "appointment",
                "complaint_petition",
                "complaint_authorisation",
                "denunciation_withdrawal",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "examine",
                "record_form",
                "accept",
                "refuse",
                "guide",
                "forward",
                "refer",
                "record_reply",
                "take_back",
                "return",
                "file",
                "attach",
                "split",
                "represent",
                "assign",
                "pass_on",
                "reclassify",
                "summarise",
                "ask_citizen",
                "resume",
                "verify",
                "set_complexity",
                "extend",
                "suspend",
                "lift_suspension",
                "form_team",
                "plan_dialogue",
                "record_dialogue",
                "record_verification",
                "record_notice",
                "submit_draft",
                "send_back",
                "decide",
                "answer",
                "send",
                "publish",
                "record_outcome",
                "record_progress",
                "tell_sender",
                "withdraw",
                "withdraw_part",
                "keep_settling",
                "terminate",
                "remind",
                "report_back",
                "reopen",
                "continue",
                "correct",
                "note",
                "message",
                "add_document",
                "track",
                "write_message",
                "add_own_document",
                "ask_withdrawal",
                "read_own_filing",
                "see_case",
                "read_sealed",
                "draft_letter",
                "issue_letter",
                "send_letter",
                "overrule_seal_check",
                "see_register",
                "register_submission",
                "register_reception",
                "sign_refusal",
                "see_receptions",
                "see_reports",
                "export_reports",
                "see_ratings",
                "see_audit",
                "manage_directory",
                "manage_accounts",
                "manage_calendar",
                "manage_templates",
                "own_account",
                name="letter_action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "issued",
                "cancelled",
                name="letter_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("to_citizen", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("returned_because", sa.String(length=500), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("pdf_key", sa.String(length=80), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_digest", sa.String(length=64), nullable=False),
        sa.Column("docx_key", sa.String(length=80), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx_digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user_account.id"], name=op.f("fk_case_letter_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_case_letter_author_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_letter_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_letter_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_letter")),
    )
    op.create_index("ix_case_letter_case", "case_letter", ["case_id", "id"], unique=False)
    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "clock",
            sa.Enum(
                "processing",
                "acceptance",
                "settlement",
                "reply",
                "notice",
                "sending",
                "publication",
                "handling",
                "forwarding",
                name="entry_clock",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "effect",
            sa.Enum(
                "start",
                "suspend",
                "resume",
                "extend",
                "recount",
                "transfer",
                "stop",
                name="clock_effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("document_no", sa.String(length=250), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_clock_entry_actor_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_clock_entry_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entry")),
    )
    op.create_index("ix_clock_entry_case", "clock_entry", ["case_id", "clock", "id"], unique=False)
    op.create_table(
        "decision_outcome",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "first_decision",
            sa.Enum(
                "confirmed",
                "changed",
                name="outcome_first_decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("money_to_state", sa.BigInteger(), nullable=False),
        sa.Column("land_to_state", sa.BigInteger(), nullable=False),
        sa.Column("money_returned", sa.BigInteger(), nullable=False),
        sa.Column("land_returned", sa.BigInteger(), nullable=False),
        sa.Column("organisations_restored", sa.Integer(), nullable=False),
        sa.Column("people_restored", sa.Integer(), nullable=False),
        sa.Column("organisations_disciplined", sa.Integer(), nullable=False),
        sa.Column("people_disciplined", sa.Integer(), nullable=False),
        sa.Column("officials_disciplined", sa.Integer(), nullable=False),
        sa.Column("referred_cases", sa.Integer(), nullable=False),
        sa.Column("referred_people", sa.Integer(), nullable=False),
        sa.Column("referred_officials", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_decision_outcome_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_decision_outcome")),
    )
    op.create_index(
        "ix_decision_outcome_unfinished",
        "decision_outcome",
        ["recorded_on", "case_id"],
        unique=False,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )
    op.create_table(
        "refusal_notice",
        sa.Column("refusal_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "issued",
                "cancelled",
                name="notice_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("returned_because", sa.String(length=500), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("pdf_key", sa.String(length=80), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_digest", sa.String(length=64), nullable=False),
        sa.Column("docx_key", sa.String(length=80), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "post",
                "handed_over",
                "mail",
                "printed",
                name="notice_way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user_account.id"], name=op.f("fk_refusal_notice_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_refusal_notice_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["refusal_id"], ["refused_visit.id"], name=op.f("fk_refusal_notice_refusal_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_refusal_notice_sent_by_id")
        ),
        sa.PrimaryKeyConstraint("refusal_id", name=op.f("pk_refusal_notice")),
    )
    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_team_member_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index("ix_team_member_case_id", "team_member", ["case_id"], unique=False)
    op.create_table(
        "dialogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column(
            "attendance",
            sa.Enum(
                "present",
                "absent_excused",
                "absent_unexcused",
                name="dialogue_attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_dialogue_case_id")),
        sa.ForeignKeyConstraint(["note_id"], ["case_note.id"], name=op.f("fk_dialogue_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue")),
    )
    op.create_index("ix_dialogue_case_id", "dialogue", ["case_id"], unique=False)
    op.create_table(
        "document_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("refusal_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "taken",
                "issued",
                "cancelled",
                name="register_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(letter_id IS NULL) <> (refusal_id IS NULL)", name=op.f("ck_document_number_one_paper")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["case_letter.id"], name=op.f("fk_document_number_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["refusal_id"], ["refused_visit.id"], name=op.f("fk_document_number_refusal_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["user_account.id"], name=op.f("fk_document_number_taken_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_number_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_number")),
        sa.UniqueConstraint(
            "unit_id",
            "symbol",
            "year",
            "number",
            name=op.f("uq_document_number_unit_id_symbol_year_number"),
        ),
    )
    op.create_index("ix_document_number_letter_id", "document_number", ["letter_id"], unique=False)
    op.create_index(
        "ix_document_number_refusal_id", "document_number", ["refusal_id"], unique=False
    )
    op.create_table(
        "implementation_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("money_collected", sa.BigInteger(), nullable=False),
        sa.Column("land_collected", sa.BigInteger(), nullable=False),
        sa.Column("money_given_back", sa.BigInteger(), nullable=False),
        sa.Column("land_given_back", sa.BigInteger(), nullable=False),
        sa.Column("organisations_handled", sa.Integer(), nullable=False),
        sa.Column("people_handled", sa.Integer(), nullable=False),
        sa.Column("officials_handled", sa.Integer(), nullable=False),
        sa.Column("prosecuted_cases", sa.Integer(), nullable=False),
        sa.Column("prosecuted_people", sa.Integer(), nullable=False),
        sa.Column("prosecuted_officials", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "land_collected >= 0 AND land_given_back >= 0",
            name=op.f("ck_implementation_entry_land"),
        ),
        sa.CheckConstraint(
            "money_collected >= 0 AND money_given_back >= 0",
            name=op.f("ck_implementation_entry_money"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_implementation_entry_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["case_note.id"], name=op.f("fk_implementation_entry_note_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_implementation_entry")),
    )
    op.create_index(
        "ix_implementation_entry_case_id", "implementation_entry", ["case_id"], unique=False
    )
    op.create_table(
        "letter_dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "post",
                "handed_over",
                "mail",
                "printed",
                name="dispatch_way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["case_letter.id"], name=op.f("fk_letter_dispatch_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_letter_dispatch_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_dispatch")),
    )
    op.create_index("ix_letter_dispatch_letter_id", "letter_dispatch", ["letter_id"], unique=False)
    op.create_table(
        "letter_enclosure",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_letter_enclosure_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["case_letter.id"], name=op.f("fk_letter_enclosure_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", "attachment_id", name=op.f("pk_letter_enclosure")),
    )
    op.create_table(
        "papers_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reception_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_papers_receipt_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["reception_id"], ["reception.id"], name=op.f("fk_papers_receipt_reception_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_papers_receipt_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_papers_receipt_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers_receipt")),
    )
    op.create_index("ix_papers_receipt_case_id", "papers_receipt", ["case_id"], unique=False)
    op.create_index(
        "ix_papers_receipt_reception_id", "papers_receipt", ["reception_id"], unique=False
    )
    op.create_table(
        "reception_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reception_id", sa.Integer(), nullable=True),
        sa.Column("sitting_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(length=300), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(reception_id IS NULL) <> (sitting_id IS NULL)",
            name=op.f("ck_reception_change_one_row"),
        ),
        sa.ForeignKeyConstraint(
            ["reception_id"], ["reception.id"], name=op.f("fk_reception_change_reception_id")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_reception_change_sitting_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_reception_change_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_change")),
    )
    op.create_index(
        "ix_reception_change_reception_id", "reception_change", ["reception_id"], unique=False
    )
    op.create_index(
        "ix_reception_change_sitting_id", "reception_change", ["sitting_id"], unique=False
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("report_by", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(length=80), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_note_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_note_id"], ["case_note.id"], name=op.f("fk_reminder_answer_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_reminder_author_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_reminder_case_id")),
        sa.ForeignKeyConstraint(
            ["from_unit_id"], ["unit.id"], name=op.f("fk_reminder_from_unit_id")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["case_note.id"], name=op.f("fk_reminder_note_id")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_reminder_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_case_id", "reminder", ["case_id"], unique=False)
    op.create_index(
        "ix_reminder_open",
        "reminder",
        ["case_id", "report_by"],
        unique=False,
        sqlite_where=sa.text("answered_on IS NULL"),
        postgresql_where=sa.text("answered_on IS NULL"),
    )
    op.create_index(
        "ix_reminder_unanswered",
        "reminder",
        ["from_unit_id", "report_by"],
        unique=False,
        sqlite_where=sa.text("answered_on IS NULL"),
        postgresql_where=sa.text("answered_on IS NULL"),
    )
    op.create_index(
        "ix_case_ended_due",
        "case_file",
        [
            "due_on",
            "id",
            "unit_id",
            "assignee_id",
            "state",
            "kind",
            "field",
            "respondent_unit_id",
            "respondent_user_id",
            "is_open",
        ],
        unique=False,
        sqlite_where=sa.text("is_open = 0"),
        postgresql_where=sa.text("NOT is_open"),
    )
    op.create_index("ix_case_split_from", "case_file", ["split_from_id"], unique=False)
    op.create_index(
        "ix_case_unprocessed",
        "case_file",
        [
            "received_on",
            "unit_id",
            "assignee_id",
            "state",
            "processed_on",
            "kind",
            "field",
            "respondent_unit_id",
            "respondent_user_id",
            "is_open",
        ],
        unique=False,
        sqlite_where=sa.text("is_open = 1 AND processed_on IS NULL"),
        postgresql_where=sa.text("is_open AND processed_on IS NULL"),
    )
    fill_ledger()
    guard_ledger()


def downgrade() -> None:
    op.drop_index("ix_case_unprocessed", table_name="case_file")
    op.drop_index("ix_case_split_from", table_name="case_file")
    op.drop_index("ix_case_ended_due", table_name="case_file")
    op.drop_index("ix_reminder_unanswered", table_name="reminder")
    op.drop_index("ix_reminder_open", table_name="reminder")
    op.drop_index("ix_reminder_case_id", table_name="reminder")
    op.drop_table("reminder")
    op.drop_index("ix_reception_change_sitting_id", table_name="reception_change")
    op.drop_index("ix_reception_change_reception_id", table_name="reception_change")
    op.drop_table("reception_change")
    op.drop_index("ix_papers_receipt_reception_id", table_name="papers_receipt")
    op.drop_index("ix_papers_receipt_case_id", table_name="papers_receipt")
    op.drop_table("papers_receipt")
    op.drop_table("letter_enclosure")
    op.drop_index("ix_letter_dispatch_letter_id", table_name="letter_dispatch")
    op.drop_table("letter_dispatch")
    op.drop_index("ix_implementation_entry_case_id", table_name="implementation_entry")
    op.drop_table("implementation_entry")
    op.drop_index("ix_document_number_refusal_id", table_name="document_number")
    op.drop_index("ix_document_number_letter_id", table_name="document_number")
    op.drop_table("document_number")
    op.drop_index("ix_dialogue_case_id", table_name="dialogue")
    op.drop_table("dialogue")
    op.drop_index("ix_team_member_case_id", table_name="team_member")
    op.drop_table("team_member")
    op.drop_table("refusal_notice")
    op.drop_index("ix_decision_outcome_unfinished", table_name="decision_outcome")
    op.drop_table("decision_outcome")
    op.drop_index("ix_clock_entry_case", table_name="clock_entry")
    op.drop_table("clock_entry")
    op.drop_index("ix_case_letter_case", table_name="case_letter")
    op.drop_table("case_letter")
    op.drop_index("ix_refused_visit_unit", table_name="refused_visit")
    op.drop_table("refused_visit")
    op.drop_index("ix_letter_template", table_name="letter_template")
    op.drop_table("letter_template")
    op.drop_index("ix_kiosk_tap_delivered", table_name="kiosk_tap")
    op.drop_table("kiosk_tap")
    op.drop_index("ix_kiosk_device_point_id", table_name="kiosk_device")
    op.drop_table("kiosk_device")
    op.drop_table("unit_letterhead")
    op.drop_index("ix_draft_key_draft_id", table_name="draft_key")
    op.drop_table("draft_key")
    op.drop_index("ix_canned_paragraph_unit_id", table_name="canned_paragraph")
    op.drop_table("canned_paragraph")
    drop_columns()
    widen(undo=True)
