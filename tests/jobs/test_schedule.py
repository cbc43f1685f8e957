"""The schedule: every job does its work at its time, once, and harms nothing when repeated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from citizenfeedback.domain.vocabulary import MailKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs.runner import run_due
from citizenfeedback.jobs.schedule import SCHEDULE
from citizenfeedback.queries.audit import job_lines
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit, make_user


@pytest.mark.both_databases
def test_every_job_runs_and_runs_again_without_harm(at: Any, gateways: Gateways) -> None:
    user_id = make_user(gateways, make_unit(gateways, "QN"))
    with transaction() as writing:
        queue_mail(
            writing,
            gateways.keys,
            MailKind.STAFF_ASSIGNED,
            occasion="x",
            address=gateways.keys.seal("hoa@qn.vn"),
            language="vi",
            now=NOON,
            user_id=user_id,
            details={"number": "26-4K7Q-2"},
        )
    said = run_due(at(NOON + timedelta(hours=2)), SCHEDULE)
    assert said["send_mail"] == "1 sent, 0 put off, 0 given up"
    assert said["anchor_chains"] == "anchored"
    assert set(run_due(at(NOON + timedelta(hours=2)), SCHEDULE).values()) == {""}
    leased = {job.name for job in SCHEDULE} - {"send_mail"}
    assert {line.name for line in job_lines()} == leased


def test_names_in_the_schedule_are_its_own() -> None:
    names = [job.name for job in SCHEDULE]
    assert len(names) == len(set(names))
    assert all(job.every_seconds <= 60 for job in SCHEDULE)
