"""The lease of a job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from citizenfeedback.queries.audit import job_lines
from citizenfeedback.services.scheduling import LEASE, claim_job, finish_job, give_back_job
from tests.conftest import NOON

pytestmark = pytest.mark.both_databases


def test_a_job_is_taken_once_and_again_when_it_is_due_again(session: Any) -> None:
    assert not claim_job("x", NOON + timedelta(hours=1), now=NOON)
    assert claim_job("x", NOON, now=NOON)
    assert not claim_job("x", NOON, now=NOON)
    finish_job("x", "3 done", next_at=NOON + timedelta(hours=1), now=NOON)
    assert not claim_job("x", NOON, now=NOON + timedelta(minutes=59))
    assert claim_job("x", NOON, now=NOON + timedelta(hours=1))
    assert [line.last_outcome for line in job_lines()] == ["3 done"]


def test_a_job_of_a_worker_that_died_is_taken_after_its_lease(session: Any) -> None:
    assert claim_job("x", NOON, now=NOON)
    assert claim_job("x", NOON, now=NOON + LEASE + timedelta(seconds=1))


def test_a_failed_job_is_due_at_once(session: Any) -> None:
    claim_job("x", NOON, now=NOON)
    give_back_job("x", "failed: OSError")
    assert claim_job("x", NOON, now=NOON)
