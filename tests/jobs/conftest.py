"""What tests of jobs share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.jobs.job import JobContext


@pytest.fixture
def at(app: Flask, session: Any, gateways: Gateways) -> Any:
    """Make the context of a job for a moment."""

    def context(moment: datetime) -> JobContext:
        return JobContext(
            now=moment, today=local_date(moment), gateways=gateways, settings=app.config
        )

    return context
