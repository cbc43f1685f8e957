"""Numbers typed at an act of a case stand in the register, as given elsewhere."""

from __future__ import annotations

from alembic import op

revision = "0017_numbers_given_elsewhere"
down_revision = "0016_waiting_data_requests"
branch_labels = None
depends_on = None

ACTIONS = (
    "examine record_form accept refuse guide forward refer record_reply take_back return file "
    "attach split represent assign pass_on reclassify summarise ask_citizen resume verify "
    "set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue "
    "record_verification record_notice submit_draft send_back decide answer send publish "
    "record_outcome record_progress tell_sender show_public withdraw withdraw_part "
    "keep_settling terminate remind report_back reopen continue correct hold_data "
    "release_data note message add_document track write_message add_own_document "
    "ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed "
    "answer_data_request draft_letter issue_letter send_letter overrule_seal_check "
    "see_register enter_number register_submission register_reception sign_refusal "
    "see_receptions see_reports export_reports close_period see_ratings see_audit "
    "see_retention manage_directory manage_accounts manage_calendar manage_templates "
    "own_account "
).split()


def upgrade() -> None:
    listed = ", ".join(f"'{one}'" for one in ACTIONS)
    op.execute(
        "ALTER TABLE paper_document ADD COLUMN action VARCHAR(40) "
        f"CONSTRAINT ck_paper_document_paper_action CHECK (action IN ({listed}))"
    )


def downgrade() -> None:
    # What was given elsewhere is in no series: without the mark it would look like gaps.
    elsewhere = "SELECT number_id FROM paper_document WHERE action IS NOT NULL"
    op.execute(f"CREATE TEMPORARY TABLE given_elsewhere AS {elsewhere}")
    op.execute("DELETE FROM paper_document WHERE action IS NOT NULL")
    op.execute("DELETE FROM document_number WHERE id IN (SELECT number_id FROM given_elsewhere)")
    op.execute("DROP TABLE given_elsewhere")
    op.execute("ALTER TABLE paper_document DROP COLUMN action")
