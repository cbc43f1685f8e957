"""The register of state management, which form 06/QLKNTC counts."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0018_oversight"
down_revision = "0017_numbers_given_elsewhere"
branch_labels = None
depends_on = None

GROWN: tuple[tuple[tuple[tuple[str, str, str], ...], list[str], list[str]], ...] = (
    (
        (
            ("case_letter", "action", "ck_case_letter_letter_action"),
            ("paper_document", "action", "ck_paper_document_paper_action"),
        ),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct hold_data release_data note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register enter_number register_submission register_reception sign_refusal see_receptions see_reports export_reports close_period see_ratings see_audit see_retention manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
        "examine record_form accept refuse guide forward refer record_reply take_back return file attach split represent assign pass_on reclassify summarise ask_citizen resume verify set_complexity extend suspend lift_suspension form_team plan_dialogue record_dialogue record_verification record_notice submit_draft send_back decide answer send publish record_outcome record_progress tell_sender show_public withdraw withdraw_part keep_settling terminate remind report_back reopen continue correct hold_data release_data note message add_document track write_message add_own_document ask_withdrawal give_verdict read_own_filing ask_about_data see_case read_sealed answer_data_request draft_letter issue_letter send_letter overrule_seal_check see_register enter_number register_submission register_reception sign_refusal see_receptions see_reports export_reports close_period see_oversight keep_oversight see_ratings see_audit see_retention manage_directory manage_accounts manage_calendar manage_templates own_account".split(),
    ),
    (
        (("audit_entry", "action", "ck_audit_entry_audit_action"),),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported period_closed records_imported calendar_changed directory_changed reception_recorded reception_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed number_entered number_cancelled data_erased".split(),
        "signed_in sign_in_failed signed_out_everywhere account_created account_changed link_issued password_set sealed_read report_exported period_closed records_imported calendar_changed directory_changed reception_recorded reception_corrected oversight_recorded oversight_corrected visitor_refused refusal_notice papers_received seal_check_overruled template_changed number_entered number_cancelled data_erased".split(),
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


def guard() -> None:
    """Let the history of the register only grow."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER oversight_change_no_{act.lower()} BEFORE {act} ON oversight_change "
                "BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER oversight_change_only_grows BEFORE UPDATE OR DELETE "
            "ON oversight_change FOR EACH ROW EXECUTE FUNCTION history_only_grows()"
        )


def upgrade() -> None:
    widen()
    op.create_table('oversight_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('document_issued', 'document_amended', 'document_repealed', 'training', 'inspection', name='oversight_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('classes', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('units', sa.Integer(), nullable=False),
    sa.Column('concluded_on', sa.Date(), nullable=True),
    sa.Column('conclusion_no', sa.String(length=80), nullable=False),
    sa.Column('organisations_disciplined', sa.Integer(), nullable=False),
    sa.Column('people_disciplined', sa.Integer(), nullable=False),
    sa.Column('organisations_referred', sa.Integer(), nullable=False),
    sa.Column('people_referred', sa.Integer(), nullable=False),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('struck', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("concluded_on IS NULL OR kind = 'inspection'", name=op.f('ck_oversight_act_only_inspections')),
    sa.CheckConstraint('finished_on IS NULL OR concluded_on IS NOT NULL', name=op.f('ck_oversight_act_concluded_first')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_oversight_act_recorded_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_oversight_act_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oversight_act'))
    )
    op.create_index('ix_oversight_act_unit', 'oversight_act', ['unit_id', 'on', 'id'], unique=False)

    op.create_table('oversight_follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('organisations_handled', sa.Integer(), nullable=False),
    sa.Column('people_handled', sa.Integer(), nullable=False),
    sa.Column('prosecuted_cases', sa.Integer(), nullable=False),
    sa.Column('prosecuted_people', sa.Integer(), nullable=False),
    sa.Column('finished', sa.Boolean(), nullable=False),
    sa.Column('struck', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['act_id'], ['oversight_act.id'], name=op.f('fk_oversight_follow_up_act_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_oversight_follow_up_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oversight_follow_up'))
    )
    op.create_index('ix_oversight_follow_up_act_id', 'oversight_follow_up', ['act_id'], unique=False)

    op.create_table('oversight_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('follow_up_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['act_id'], ['oversight_act.id'], name=op.f('fk_oversight_change_act_id')),
    sa.ForeignKeyConstraint(['follow_up_id'], ['oversight_follow_up.id'], name=op.f('fk_oversight_change_follow_up_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_oversight_change_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oversight_change'))
    )
    op.create_index('ix_oversight_change_act_id', 'oversight_change', ['act_id'], unique=False)

    guard()


def downgrade() -> None:
    op.drop_table("oversight_change")
    op.drop_table("oversight_follow_up")
    op.drop_table("oversight_act")
    widen(undo=True)
