"""What is noted about the installation as a whole."""

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.queries.installation import installation
from citizenfeedback.services.installing import record_worker, set_purpose
from tests.conftest import NOON


@pytest.mark.both_databases
def test_a_demonstration_never_becomes_anything_else(session: Session) -> None:
    set_purpose("demo")
    set_purpose("demo")
    with pytest.raises(RuleBroken, match="purpose_is_fixed"):
        set_purpose("benchmark")
    assert installation().demo


@pytest.mark.both_databases
def test_the_worker_is_seen_last_when_it_was_last_seen(session: Session) -> None:
    for moment in (NOON, NOON.replace(hour=6)):
        record_worker(now=moment)
    assert installation().worker_seen_at == NOON.replace(hour=6)
