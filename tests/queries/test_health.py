"""What a monitor is told of the inner parts."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.migrating import migration_head
from citizenfeedback.models.base import db
from citizenfeedback.queries.health import DatabaseUnavailable, readiness
from citizenfeedback.services.installing import record_worker
from tests.conftest import NOON, build_app


@pytest.mark.both_databases
def test_schema_and_worker_are_told(session: Session) -> None:
    record_worker(now=NOON)
    state = readiness()
    assert (state.schema_version, state.worker_seen_at) == (migration_head(), NOON)
    assert state.connections_in_use >= 0


def test_a_database_without_tables_is_unavailable(tmp_path: Path, keys: Keys) -> None:
    app = build_app(Settings.from_env({"INSTANCE_PATH": str(tmp_path)}), keys)
    with app.app_context():
        with pytest.raises(DatabaseUnavailable):
            readiness()
        db.engine.dispose()
