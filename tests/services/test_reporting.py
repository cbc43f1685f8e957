"""Is what leaves the house written down?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import AuditAction
from citizenfeedback.domain.windows import Window
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.services.reporting import record_export
from tests.conftest import NOON


@pytest.mark.both_databases
def test_an_export_is_an_entry_of_the_audit(session: Session, keys: Keys) -> None:
    """Does the entry say which report, of what, in what form, and nothing personal?"""
    window = Window(date(2019, 5, 1), date(2019, 5, 31))
    record_export(SYSTEM, "monthly", "pdf", unit="QN", window=window, keys=keys, now=NOON)
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.action is AuditAction.REPORT_EXPORTED
    assert entry.details == {
        "report": "monthly",
        "form": "pdf",
        "unit": "QN",
        "from": "2019-05-01",
        "to": "2019-05-31",
    }
