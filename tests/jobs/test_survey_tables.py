"""The daily look at how rows are spread."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, table
from sqlalchemy.orm import Session

from citizenfeedback.jobs import survey_tables
from tests.conftest import NOON


def test_sqlite_is_told_how_many_rows_there_are(session: Session, at: Any) -> None:
    assert survey_tables.run(at(NOON)) == "tables surveyed"
    assert session.scalar(select(func.count()).select_from(table("sqlite_stat1")))


@pytest.mark.both_databases
def test_it_does_no_harm(session: Session, at: Any) -> None:
    asked = survey_tables.run(at(NOON))
    assert asked == ("tables surveyed" if session.get_bind().dialect.name == "sqlite" else "")
