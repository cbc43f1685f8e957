"""The audit as auditors read it."""

from __future__ import annotations

from typing import Any

import pytest

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.vocabulary import AuditAction
from citizenfeedback.gateways import Gateways
from citizenfeedback.queries import audit
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON

pytestmark = pytest.mark.both_databases


def test_the_newest_comes_first_page_by_page(session: Any, gateways: Gateways) -> None:
    with transaction() as writing:
        for number in range(audit.PAGE + 2):
            action = AuditAction.SIGNED_IN if number else AuditAction.CALENDAR_CHANGED
            append_entry(
                writing, gateways.keys, SYSTEM, action, now=NOON, details={"number": number}
            )
    first = audit.audit_page(SYSTEM)
    assert first.lines[0].details == {"number": audit.PAGE + 1}
    second = audit.audit_page(SYSTEM, before=first.next_before)
    assert [line.details["number"] for line in second.lines] == [1, 0]
    assert second.next_before is None
    only = audit.audit_page(SYSTEM, action=AuditAction.CALENDAR_CHANGED)
    assert [line.details["number"] for line in only.lines] == [0]


def test_the_audit_is_for_auditors(session: Any) -> None:
    with pytest.raises(NotFound):
        audit.audit_page(NOBODY)


def test_an_empty_outbox_has_nothing_waiting(session: Any) -> None:
    assert audit.mail_state() == audit.MailState(0, None, 0)
    assert audit.job_lines() == ()
