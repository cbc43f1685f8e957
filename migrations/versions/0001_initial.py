"""The tables, the search index and the guards of history, as first released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001_initial'
down_revision = None
branch_labels = None
depends_on = None

SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE case_fts USING fts5("
    "folded, content='case_search', content_rowid='case_id', tokenize='unicode61')",
    "CREATE TRIGGER case_search_added AFTER INSERT ON case_search BEGIN "
    "INSERT INTO case_fts(rowid, folded) VALUES (new.case_id, new.folded); END",
    "CREATE TRIGGER case_search_changed AFTER UPDATE ON case_search BEGIN "
    "INSERT INTO case_fts(case_fts, rowid, folded) VALUES ('delete', old.case_id, old.folded); "
    "INSERT INTO case_fts(rowid, folded) VALUES (new.case_id, new.folded); END",
    "CREATE TRIGGER case_search_removed AFTER DELETE ON case_search BEGIN "
    "INSERT INTO case_fts(case_fts, rowid, folded) VALUES ('delete', old.case_id, old.folded); END",
)
GROWS_ONLY = ("case_event", "audit_entry", "chain_anchor")


def search_and_guards() -> None:
    """What no column can say: the search index, and the triggers that let history only grow."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE_SEARCH:
            op.execute(statement)
        for table in GROWS_ONLY:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
                )
        return
    op.execute(
        "CREATE INDEX ix_case_search_words ON case_search "
        "USING gin (to_tsvector('simple', folded))"
    )
    op.execute(
        "CREATE OR REPLACE FUNCTION history_only_grows() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'history only grows'; END $$ LANGUAGE plpgsql"
    )
    for table in GROWS_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION history_only_grows()"
        )


def upgrade() -> None:
    """Go to the state that this file names."""
    op.create_table('calendar_day',
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('holiday', 'compensatory_off', 'makeup_workday', name='day_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=120), nullable=False),
    sa.Column('basis', sa.String(length=250), nullable=False),
    sa.Column('decreed', sa.Boolean(), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=False),
    sa.Column('origin', sa.Enum('shipped', 'imported', 'set', name='day_origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.PrimaryKeyConstraint('date', name=op.f('pk_calendar_day'))
    )
    op.create_table('chain_anchor',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_chain_anchor'))
    )
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('submission_id', sa.String(length=36), nullable=False),
    sa.Column('ciphertext', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_draft_submission_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_draft_token_hash'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_expires_at'), ['expires_at'], unique=False)

    op.create_table('installation',
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_installation'))
    )
    op.create_table('job_run',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('run_at', sa.DateTime(), nullable=False),
    sa.Column('lease_until', sa.DateTime(), nullable=True),
    sa.Column('last_done_at', sa.DateTime(), nullable=True),
    sa.Column('last_outcome', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_job_run'))
    )
    op.create_table('sign_in_failure',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('first_at', sa.DateTime(), nullable=False),
    sa.Column('locked_until', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sign_in_failure'))
    )
    op.create_table('unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('folded', sa.String(length=450), nullable=False),
    sa.Column('level', sa.Enum('province', 'department', 'district', 'commune', 'service_unit', 'team', name='unit_level', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('remote', sa.Boolean(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('receives', sa.Boolean(), nullable=False),
    sa.Column('address', sa.String(length=250), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('hours', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('code', name=op.f('uq_unit_code'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index('ix_unit_path', ['path'], unique=False)

    op.create_table('dossier_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('procedure', sa.String(length=40), nullable=False),
    sa.Column('on_time', sa.Integer(), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('pending_in_time', sa.Integer(), nullable=False),
    sa.Column('pending_overdue', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_dossier_count_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_count'))
    )
    with op.batch_alter_table('dossier_count', schema=None) as batch_op:
        batch_op.create_index('ix_dossier_count_key', ['month', 'unit_id', 'procedure'], unique=True)

    op.create_table('draft_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('storage_key', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('sealed_name', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_file_draft_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_file')),
    sa.UniqueConstraint('storage_key', name=op.f('uq_draft_file_storage_key'))
    )
    with op.batch_alter_table('draft_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_file_draft_id'), ['draft_id'], unique=False)

    op.create_table('reception_serial',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reception_serial_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'year', name=op.f('pk_reception_serial'))
    )
    op.create_table('service_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=True),
    sa.Column('closes', sa.Time(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_service_point_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_point')),
    sa.UniqueConstraint('code', name=op.f('uq_service_point_code'))
    )
    with op.batch_alter_table('service_point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_point_unit_id'), ['unit_id'], unique=False)

    op.create_table('sitting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('regular', 'periodic', 'ad_hoc', name='sitting_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('received_by', sa.Enum('officer', 'head', 'delegated', name='sitting_received_by', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('announced', sa.Boolean(), nullable=False),
    sa.Column('visitors', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_sitting_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting'))
    )
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.create_index('ix_sitting_key', ['date', 'unit_id', 'kind', 'received_by'], unique=True)

    op.create_table('staff_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('position', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('photo', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['point_id'], ['service_point.id'], name=op.f('fk_staff_member_point_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_staff_member_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_member')),
    sa.UniqueConstraint('code', name=op.f('uq_staff_member_code'))
    )
    with op.batch_alter_table('staff_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_member_point_id'), ['point_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_member_unit_id'), ['unit_id'], unique=False)

    op.create_table('rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('rated_at', sa.DateTime(), nullable=False),
    sa.Column('rated_on', sa.Date(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.Enum('kiosk', 'phone', 'web', 'sms', name='rating_channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('dossier', sa.String(length=60), nullable=False),
    sa.Column('overall', sa.SmallInteger(), nullable=False),
    sa.Column('verified', sa.Boolean(), nullable=False),
    sa.Column('doubt', sa.Enum('too_fast', 'limit_reached', 'outside_opening_hours', name='rating_doubt', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('look', sa.String(length=120), nullable=False),
    sa.Column('imported', sa.Boolean(), nullable=False),
    sa.CheckConstraint('overall BETWEEN 1 AND 5', name=op.f('ck_rating_overall')),
    sa.ForeignKeyConstraint(['point_id'], ['service_point.id'], name=op.f('fk_rating_point_id')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_member.id'], name=op.f('fk_rating_staff_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rating_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    sa.UniqueConstraint('reference', name=op.f('uq_rating_reference'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index('ix_rating_day', ['rated_on', 'unit_id', 'overall'], unique=False)
        batch_op.create_index('ix_rating_point', ['point_id', 'rated_on'], unique=False)
        batch_op.create_index('ix_rating_point_at', ['point_id', 'rated_at'], unique=False)
        batch_op.create_index('ix_rating_staff', ['staff_id', 'rated_on'], unique=False)

    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=250), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_member.id'], name=op.f('fk_user_account_staff_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_user_account_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email'))
    )
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_account_unit_id'), ['unit_id'], unique=False)

    op.create_table('case_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('register_code', sa.String(length=60), nullable=True),
    sa.Column('access_hash', sa.String(length=64), nullable=True),
    sa.Column('kind', sa.Enum('complaint', 'denunciation', 'petition', 'reflection', name='case_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('instance', sa.SmallInteger(), nullable=False),
    sa.Column('field', sa.Enum('land', 'policy', 'conduct', 'corruption', 'judicial', 'environment', 'construction', 'order', 'other', name='case_field', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('channel', sa.Enum('in_person', 'post', 'kiosk', 'phone', 'web', 'referral', name='case_channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('registered', 'examining', 'information', 'awaiting_citizen', 'accepted', 'verifying', 'awaiting_approval', 'decided', 'done', 'refused', 'guided', 'forwarded', 'returned', 'filed', 'attached', 'withdrawn', 'terminated', name='case_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_before', sa.Enum('registered', 'examining', 'information', 'awaiting_citizen', 'accepted', 'verifying', 'awaiting_approval', 'decided', 'done', 'refused', 'guided', 'forwarded', 'returned', 'filed', 'attached', 'withdrawn', 'terminated', name='case_state_before', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('phase', sa.Enum('received', 'working', 'waiting', 'answered', 'closed', name='case_phase', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.Column('summary', sa.String(length=2000), nullable=False),
    sa.Column('respondent', sa.String(length=300), nullable=False),
    sa.Column('respondent_unit_id', sa.Integer(), nullable=True),
    sa.Column('respondent_user_id', sa.Integer(), nullable=True),
    sa.Column('signatories', sa.Integer(), nullable=False),
    sa.Column('formal', sa.Boolean(), nullable=False),
    sa.Column('signed', sa.Boolean(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('registered_at', sa.DateTime(), nullable=False),
    sa.Column('late_entry_reason', sa.String(length=500), nullable=False),
    sa.Column('processed_on', sa.Date(), nullable=True),
    sa.Column('eligible', sa.Boolean(), nullable=True),
    sa.Column('competent', sa.Boolean(), nullable=True),
    sa.Column('direction', sa.Enum('accept', 'guide', 'forward', 'file', 'return', 'refuse', name='case_direction', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('forwarded_to', sa.String(length=300), nullable=False),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('complexity', sa.Enum('normal', 'complex', 'special', name='case_complexity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('remote', sa.Boolean(), nullable=False),
    sa.Column('extensions', sa.SmallInteger(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('result', sa.Enum('upheld', 'partly_upheld', 'rejected', 'withdrawn', 'terminated', 'answered', name='case_result', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('decision_no', sa.String(length=80), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('due_rule', sa.String(length=20), nullable=False),
    sa.Column('settle_by', sa.Date(), nullable=True),
    sa.Column('duplicate_of_id', sa.Integer(), nullable=True),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('look', sa.String(length=250), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('imported', sa.Boolean(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('extensions BETWEEN 0 AND 2', name=op.f('ck_case_file_extensions')),
    sa.CheckConstraint('instance IN (1, 2)', name=op.f('ck_case_file_instance')),
    sa.CheckConstraint('signatories >= 1', name=op.f('ck_case_file_signatories')),
    sa.ForeignKeyConstraint(['assignee_id'], ['user_account.id'], name=op.f('fk_case_file_assignee_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_case_file_created_by_id')),
    sa.ForeignKeyConstraint(['duplicate_of_id'], ['case_file.id'], name=op.f('fk_case_file_duplicate_of_id')),
    sa.ForeignKeyConstraint(['previous_id'], ['case_file.id'], name=op.f('fk_case_file_previous_id')),
    sa.ForeignKeyConstraint(['respondent_unit_id'], ['unit.id'], name=op.f('fk_case_file_respondent_unit_id')),
    sa.ForeignKeyConstraint(['respondent_user_id'], ['user_account.id'], name=op.f('fk_case_file_respondent_user_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_case_file_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_file')),
    sa.UniqueConstraint('access_hash', name=op.f('uq_case_file_access_hash')),
    sa.UniqueConstraint('number', name=op.f('uq_case_file_number')),
    sa.UniqueConstraint('register_code', name=op.f('uq_case_file_register_code'))
    )
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.create_index('ix_case_accepted', ['accepted_on', 'unit_id', 'kind'], unique=False)
        batch_op.create_index('ix_case_closed', ['closed_on', 'unit_id', 'kind'], unique=False)
        batch_op.create_index('ix_case_duplicate_of', ['duplicate_of_id'], unique=False)
        batch_op.create_index('ix_case_ended_unit', ['unit_id', 'id', 'assignee_id', 'state', 'kind', 'field', 'respondent_unit_id', 'respondent_user_id', 'is_open'], unique=False, sqlite_where=sa.text('is_open = 0'), postgresql_where=sa.text('NOT is_open'))
        batch_op.create_index('ix_case_open_assignee_due', ['assignee_id', 'due_on', 'id', 'unit_id', 'state', 'kind', 'field', 'respondent_unit_id', 'respondent_user_id', 'is_open'], unique=False, sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.create_index('ix_case_open_due', ['due_on', 'id', 'unit_id', 'assignee_id', 'state', 'kind', 'field', 'respondent_unit_id', 'respondent_user_id', 'is_open'], unique=False, sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.create_index('ix_case_open_state_due', ['state', 'due_on', 'id', 'unit_id', 'assignee_id', 'kind', 'field', 'respondent_unit_id', 'respondent_user_id', 'is_open'], unique=False, sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.create_index('ix_case_open_unit_due', ['unit_id', 'due_on', 'id', 'assignee_id', 'state', 'kind', 'field', 'respondent_unit_id', 'respondent_user_id', 'is_open'], unique=False, sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.create_index('ix_case_previous', ['previous_id'], unique=False)
        batch_op.create_index('ix_case_processed', ['processed_on', 'unit_id'], unique=False)
        batch_op.create_index('ix_case_received', ['received_on', 'unit_id', 'kind'], unique=False)
        batch_op.create_index('ix_case_unit_id', ['unit_id', 'id'], unique=False)

    op.create_table('frozen_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(), nullable=False),
    sa.Column('frozen_by_id', sa.Integer(), nullable=True),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['user_account.id'], name=op.f('fk_frozen_report_frozen_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_frozen_report_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_frozen_report'))
    )
    with op.batch_alter_table('frozen_report', schema=None) as batch_op:
        batch_op.create_index('ix_frozen_report_period', ['name', 'unit_id', 'starts_on', 'ends_on'], unique=False)

    op.create_table('one_time_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('invitation', 'reset', name='link_purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_one_time_link_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_link_token_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_user_id'), ['user_id'], unique=False)

    op.create_table('rating_answer',
    sa.Column('rating_id', sa.Integer(), nullable=False),
    sa.Column('criterion', sa.String(length=8), nullable=False),
    sa.Column('value', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['rating_id'], ['rating.id'], name=op.f('fk_rating_answer_rating_id')),
    sa.PrimaryKeyConstraint('rating_id', 'criterion', name=op.f('pk_rating_answer'))
    )
    with op.batch_alter_table('rating_answer', schema=None) as batch_op:
        batch_op.create_index('ix_rating_answer_criterion', ['criterion', 'rating_id'], unique=False)

    op.create_table('rating_comment',
    sa.Column('rating_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['rating_id'], ['rating.id'], name=op.f('fk_rating_comment_rating_id')),
    sa.PrimaryKeyConstraint('rating_id', name=op.f('pk_rating_comment'))
    )
    op.create_table('rating_reason',
    sa.Column('rating_id', sa.Integer(), nullable=False),
    sa.Column('criterion', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['rating_id'], ['rating.id'], name=op.f('fk_rating_reason_rating_id')),
    sa.PrimaryKeyConstraint('rating_id', 'criterion', name=op.f('pk_rating_reason'))
    )
    op.create_table('user_role',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('reception_officer', 'handler', 'unit_leader', 'supervisor', 'inspector', 'administrator', 'auditor', 'citizen', 'citizen_proven', 'system', name='user_role_code', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_user_role_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'role', name=op.f('pk_user_role'))
    )
    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('storage_key', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('author', sa.Enum('citizen', 'official', 'system', 'import', name='attachment_author', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_attachment_author_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_attachment_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('storage_key', name=op.f('uq_attachment_storage_key'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_case', ['case_id', 'id'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.Enum('signed_in', 'sign_in_failed', 'signed_out_everywhere', 'account_created', 'account_changed', 'link_issued', 'password_set', 'sealed_read', 'report_exported', 'records_imported', 'calendar_changed', 'directory_changed', 'reception_recorded', name='audit_action', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_audit_entry_actor_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_audit_entry_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_case_id'), ['case_id'], unique=False)

    op.create_table('case_clock',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('clock', sa.Enum('processing', 'acceptance', 'settlement', 'reply', 'sending', 'publication', 'forwarding', name='clock_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rule', sa.String(length=20), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_clock_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_clock'))
    )
    with op.batch_alter_table('case_clock', schema=None) as batch_op:
        batch_op.create_index('ix_case_clock_case', ['case_id'], unique=False)
        batch_op.create_index('ix_case_clock_running', ['due_on'], unique=False, sqlite_where=sa.text('stopped_on IS NULL'), postgresql_where=sa.text('stopped_on IS NULL'))

    op.create_table('case_draft_answer',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_case_draft_answer_author_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_draft_answer_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_draft_answer'))
    )
    op.create_table('case_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('case_registered', 'case_imported', 'examination_started', 'form_recorded', 'case_processed', 'case_accepted', 'case_refused', 'case_guided', 'case_forwarded', 'case_returned', 'case_filed', 'case_attached', 'case_assigned', 'case_passed_on', 'case_reclassified', 'case_summarised', 'citizen_asked', 'case_resumed', 'verification_started', 'complexity_set', 'term_extended', 'draft_submitted', 'draft_sent_back', 'case_decided', 'case_answered', 'answer_sent', 'case_withdrawn', 'case_terminated', 'case_reopened', 'case_continued', 'case_corrected', 'note_added', 'message_sent', 'message_received', 'document_added', 'withdrawal_asked', 'sealed_read', 'term_recomputed', 'contact_confirmed', name='event_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('author', sa.Enum('citizen', 'official', 'system', 'import', name='event_author', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('registered', 'examining', 'information', 'awaiting_citizen', 'accepted', 'verifying', 'awaiting_approval', 'decided', 'done', 'refused', 'guided', 'forwarded', 'returned', 'filed', 'attached', 'withdrawn', 'terminated', name='event_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_case_event_actor_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_event_case_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_case_event_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_event')),
    sa.UniqueConstraint('case_id', 'seq', name=op.f('uq_case_event_case_id_seq'))
    )
    op.create_table('case_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('message', 'request', 'answer', 'withdrawal_request', name='message_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('author', sa.Enum('citizen', 'official', 'system', 'import', name='message_author', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('sealed_body', sa.LargeBinary(), nullable=True),
    sa.Column('document_no', sa.String(length=80), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_case_message_author_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_message_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_message'))
    )
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.create_index('ix_case_message_case', ['case_id', 'id'], unique=False)

    op.create_table('case_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_case_note_author_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_note_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note'))
    )
    with op.batch_alter_table('case_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_note_case_id'), ['case_id'], unique=False)

    op.create_table('case_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('id_no', sa.String(length=40), nullable=False),
    sa.Column('phone', sa.String(length=80), nullable=False),
    sa.Column('email', sa.String(length=250), nullable=False),
    sa.Column('address', sa.String(length=250), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_person_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_person'))
    )
    with op.batch_alter_table('case_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_person_case_id'), ['case_id'], unique=False)

    op.create_table('case_search',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_search_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_search'))
    )
    op.create_table('case_text',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_case_text_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_text'))
    )
    op.create_table('notice_contact',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('ciphertext', sa.LargeBinary(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_notice_contact_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_notice_contact')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_notice_contact_token_hash'))
    )
    op.create_table('outgoing_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('citizen_news', 'citizen_confirm', 'citizen_proof', 'staff_assigned', 'staff_news', 'staff_due_soon', 'staff_due_today', 'staff_overdue', 'account_invitation', 'account_reset', name='mail_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.LargeBinary(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=True),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('run_at', sa.DateTime(), nullable=False),
    sa.Column('lease_until', sa.DateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('failed_at', sa.DateTime(), nullable=True),
    sa.Column('failure', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_outgoing_message_case_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_outgoing_message_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outgoing_message')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outgoing_message_message_id')),
    sa.UniqueConstraint('occasion', name=op.f('uq_outgoing_message_occasion'))
    )
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outgoing_message_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_outgoing_message_waiting', ['run_at', 'id'], unique=False, sqlite_where=sa.text('sent_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND failed_at IS NULL'))

    op.create_table('reception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('book_no', sa.String(length=60), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('sitting', sa.Enum('regular', 'periodic', 'ad_hoc', name='reception_sitting', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('received_by', sa.Enum('officer', 'head', 'delegated', name='reception_received_by', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('citizen_name', sa.String(length=120), nullable=False),
    sa.Column('id_no', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=250), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('kind', sa.Enum('complaint', 'denunciation', 'petition', 'reflection', 'none', name='reception_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('matter', sa.String(length=60), nullable=False),
    sa.Column('settled_by', sa.String(length=200), nullable=False),
    sa.Column('competent', sa.Boolean(), nullable=True),
    sa.Column('guided_to', sa.String(length=200), nullable=False),
    sa.Column('accepted_by', sa.String(length=200), nullable=False),
    sa.Column('follow_up', sa.String(length=500), nullable=False),
    sa.Column('notes', sa.String(length=500), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('imported', sa.Boolean(), nullable=False),
    sa.CheckConstraint('people >= 1', name=op.f('ck_reception_people')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_reception_case_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_reception_recorded_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reception_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reception')),
    sa.UniqueConstraint('book_no', name=op.f('uq_reception_book_no'))
    )
    with op.batch_alter_table('reception', schema=None) as batch_op:
        batch_op.create_index('ix_reception_day', ['date', 'unit_id'], unique=False)
        batch_op.create_index('ix_reception_matter', ['matter'], unique=False)
        batch_op.create_index('ix_reception_unit', ['unit_id', 'id'], unique=False)

    op.create_table('second_proof',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_second_proof_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_second_proof'))
    )
    op.create_table('submission',
    sa.Column('submission_id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_submission_case_id')),
    sa.PrimaryKeyConstraint('submission_id', name=op.f('pk_submission')),
    sa.UniqueConstraint('case_id', name=op.f('uq_submission_case_id'))
    )
    op.create_table('sealed_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('identity', 'words', 'file_name', 'contact', name='sealed_part', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('ciphertext', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_sealed_record_attachment_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_sealed_record_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_record'))
    )
    with op.batch_alter_table('sealed_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_record_attachment_id'), ['attachment_id'], unique=False)
        batch_op.create_index('ix_sealed_record_case', ['case_id', 'part'], unique=False)
    search_and_guards()


def downgrade() -> None:
    """Go back to the state before."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TABLE case_fts")
    with op.batch_alter_table('sealed_record', schema=None) as batch_op:
        batch_op.drop_index('ix_sealed_record_case')
        batch_op.drop_index(batch_op.f('ix_sealed_record_attachment_id'))

    op.drop_table('sealed_record')
    op.drop_table('submission')
    op.drop_table('second_proof')
    with op.batch_alter_table('reception', schema=None) as batch_op:
        batch_op.drop_index('ix_reception_unit')
        batch_op.drop_index('ix_reception_matter')
        batch_op.drop_index('ix_reception_day')

    op.drop_table('reception')
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_message_waiting', sqlite_where=sa.text('sent_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('sent_at IS NULL AND failed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_outgoing_message_case_id'))

    op.drop_table('outgoing_message')
    op.drop_table('notice_contact')
    op.drop_table('case_text')
    op.drop_table('case_search')
    with op.batch_alter_table('case_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_person_case_id'))

    op.drop_table('case_person')
    with op.batch_alter_table('case_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_note_case_id'))

    op.drop_table('case_note')
    with op.batch_alter_table('case_message', schema=None) as batch_op:
        batch_op.drop_index('ix_case_message_case')

    op.drop_table('case_message')
    op.drop_table('case_event')
    op.drop_table('case_draft_answer')
    with op.batch_alter_table('case_clock', schema=None) as batch_op:
        batch_op.drop_index('ix_case_clock_running', sqlite_where=sa.text('stopped_on IS NULL'), postgresql_where=sa.text('stopped_on IS NULL'))
        batch_op.drop_index('ix_case_clock_case')

    op.drop_table('case_clock')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_case_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_at'))

    op.drop_table('audit_entry')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index('ix_attachment_case')

    op.drop_table('attachment')
    op.drop_table('user_role')
    op.drop_table('rating_reason')
    op.drop_table('rating_comment')
    with op.batch_alter_table('rating_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_rating_answer_criterion')

    op.drop_table('rating_answer')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_user_id'))

    op.drop_table('one_time_link')
    with op.batch_alter_table('frozen_report', schema=None) as batch_op:
        batch_op.drop_index('ix_frozen_report_period')

    op.drop_table('frozen_report')
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index('ix_case_unit_id')
        batch_op.drop_index('ix_case_received')
        batch_op.drop_index('ix_case_processed')
        batch_op.drop_index('ix_case_previous')
        batch_op.drop_index('ix_case_open_unit_due', sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.drop_index('ix_case_open_state_due', sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.drop_index('ix_case_open_due', sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.drop_index('ix_case_ended_unit', sqlite_where=sa.text('is_open = 0'), postgresql_where=sa.text('NOT is_open'))
        batch_op.drop_index('ix_case_open_assignee_due', sqlite_where=sa.text('is_open = 1'), postgresql_where=sa.text('is_open'))
        batch_op.drop_index('ix_case_duplicate_of')
        batch_op.drop_index('ix_case_closed')
        batch_op.drop_index('ix_case_accepted')

    op.drop_table('case_file')
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_account_unit_id'))

    op.drop_table('user_account')
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index('ix_rating_staff')
        batch_op.drop_index('ix_rating_point_at')
        batch_op.drop_index('ix_rating_point')
        batch_op.drop_index('ix_rating_day')

    op.drop_table('rating')
    with op.batch_alter_table('staff_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_member_unit_id'))
        batch_op.drop_index(batch_op.f('ix_staff_member_point_id'))

    op.drop_table('staff_member')
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.drop_index('ix_sitting_key')

    op.drop_table('sitting')
    with op.batch_alter_table('service_point', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_point_unit_id'))

    op.drop_table('service_point')
    op.drop_table('reception_serial')
    with op.batch_alter_table('draft_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_file_draft_id'))

    op.drop_table('draft_file')
    with op.batch_alter_table('dossier_count', schema=None) as batch_op:
        batch_op.drop_index('ix_dossier_count_key')

    op.drop_table('dossier_count')
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index('ix_unit_path')
        batch_op.drop_index(batch_op.f('ix_unit_parent_id'))

    op.drop_table('unit')
    op.drop_table('sign_in_failure')
    op.drop_table('job_run')
    op.drop_table('installation')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_expires_at'))

    op.drop_table('draft')
    op.drop_table('chain_anchor')
    op.drop_table('calendar_day')
    if not sqlite:
        op.execute("DROP FUNCTION history_only_grows()")
