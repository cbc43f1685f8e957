"""Does a change behind the product's back show?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from citizenfeedback.domain.chain import document_digest
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    AuditAction,
    CaseField,
    CaseKind,
    Channel,
    EventKind,
    State,
)
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.audit import AuditEntry, ChainAnchor
from citizenfeedback.models.base import db
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.chronicle import append_entry, append_event
from citizenfeedback.services.registering import NewCase, register
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import anchor_chains, verify
from tests.conftest import NOON
from tests.people import make_unit

pytestmark = pytest.mark.both_databases


@pytest.fixture
def case_id(session: Any, gateways: Gateways) -> int:
    """A case with three events."""
    unit_id = make_unit(gateways, "QN")
    calendar = work_calendar()
    with transaction() as writing:
        new = NewCase(
            kind=CaseKind.PETITION,
            field=CaseField.LAND,
            channel=Channel.WEB,
            unit_id=unit_id,
            received_on=NOON.date(),
            summary="Đèn đường hỏng",
        )
        made = register(writing, gateways.keys, calendar, Policy(), SYSTEM, new, now=NOON)
        for kind in (EventKind.EXAMINATION_STARTED, EventKind.NOTE_ADDED):
            append_event(
                writing,
                gateways.keys,
                SYSTEM,
                kind,
                case_id=made.id,
                state=State.EXAMINING,
                now=NOON,
                on=NOON.date(),
                details={"số": 1, "ngày": "2026-11-23", "b": [1, "đ"]},
            )
    return made.id


def without_guards(statement: Any) -> None:
    """Do what somebody with the database's own tools could do."""
    with transaction() as writing:
        for table in ("case_event", "audit_entry", "chain_anchor", "frozen_report"):
            if writing.get_bind().dialect.name == "postgresql":
                writing.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            else:
                writing.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_update"))
                writing.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_delete"))
        writing.execute(statement.execution_options(synchronize_session=False))


def codes(gateways: Gateways) -> list[str]:
    """What does not fit."""
    db.session.expire_all()
    return [found.code for found in verify(gateways.keys, gateways.files).mismatches]


def test_an_untouched_house_is_whole(case_id: int, gateways: Gateways) -> None:
    found = verify(gateways.keys, gateways.files)
    assert found.whole
    assert found.checked["case_chains"] == 1
    assert found.checked["audit_chain"] == 1


@pytest.mark.parametrize(
    ("values", "seq"),
    [
        ({"details": {"số": 2}}, 2),
        ({"state": State.DONE}, 1),
        ({"at": NOON - timedelta(days=1)}, 3),
        ({"kind": EventKind.MESSAGE_SENT}, 2),
    ],
)
def test_one_changed_event_is_found(
    case_id: int, gateways: Gateways, values: dict[str, Any], seq: int
) -> None:
    without_guards(update(CaseEvent).where(CaseEvent.seq == seq).values(**values))
    assert codes(gateways) == ["event_changed"]


def test_a_removed_event_is_found(case_id: int, gateways: Gateways) -> None:
    without_guards(delete(CaseEvent).where(CaseEvent.seq == 2))
    assert codes(gateways) == ["event_missing"]


def test_events_removed_from_the_end_are_found_by_the_anchor(
    case_id: int, gateways: Gateways
) -> None:
    later = NOON + timedelta(hours=2)
    assert anchor_chains(keys=gateways.keys, today=later.date(), now=later)
    assert not anchor_chains(keys=gateways.keys, today=later.date(), now=later)
    assert codes(gateways) == []
    without_guards(delete(CaseEvent).where(CaseEvent.seq == 3))
    assert codes(gateways) == ["anchor_does_not_fit"]


def test_anchors_go_on_from_one_another(case_id: int, gateways: Gateways) -> None:
    for days in range(1, 4):
        moment = NOON + timedelta(days=days)
        with transaction() as writing:
            append_entry(writing, gateways.keys, SYSTEM, AuditAction.DIRECTORY_CHANGED, now=moment)
        assert anchor_chains(
            keys=gateways.keys, today=moment.date(), now=moment + timedelta(hours=2)
        )
    assert codes(gateways) == []
    assert len(db.session.scalars(select(ChainAnchor.hash)).unique().all()) == 3


def test_a_case_without_history_is_found(case_id: int, gateways: Gateways) -> None:
    without_guards(delete(CaseEvent).where(CaseEvent.case_id == case_id))
    assert codes(gateways) == ["no_history"]


def test_a_changed_audit_entry_is_found(case_id: int, gateways: Gateways) -> None:
    without_guards(update(AuditEntry).values(details={"unit": "?"}))
    assert codes(gateways) == ["entry_changed"]


def test_a_changed_report_is_found(case_id: int, gateways: Gateways) -> None:
    document = {"report": "monthly", "figures": {"x": {"value": 1}}}
    with transaction() as writing:
        report = FrozenReport(
            name="02-XLD",
            unit_id=1,
            starts_on=NOON.date(),
            ends_on=NOON.date(),
            frozen_at=NOON,
            document=document,
            digest=document_digest(gateways.keys.link, document),
        )
        report.unit_id = writing.scalar(text("SELECT min(id) FROM unit")) or 0
        writing.add(report)
    assert codes(gateways) == []
    without_guards(update(FrozenReport).values(document={"report": "monthly", "figures": {}}))
    assert codes(gateways) == ["report_changed"]


def test_history_cannot_be_changed_the_ordinary_way(case_id: int, gateways: Gateways) -> None:
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError, match="history only grows"), transaction() as writing:
        writing.execute(update(CaseEvent).values(details={}))
