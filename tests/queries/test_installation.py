"""What this installation is."""

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.migrating import migration_head
from citizenfeedback.queries.installation import Installation, installation, schema_version


@pytest.mark.both_databases
def test_a_new_installation_is_for_real_work(session: Session) -> None:
    assert installation() == Installation()
    assert not installation().for_trial
    assert schema_version() == migration_head()


@pytest.mark.parametrize(("purpose", "demo"), [("demo", True), ("benchmark", False)])
def test_trials_are_told_from_demonstrations(purpose: str, demo: bool) -> None:
    told = Installation(purpose=purpose)
    assert (told.for_trial, told.demo) == (True, demo)
