"""Do rows of the register become ordinary cases, sealed where the law seals?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import (
    Author,
    ClockKind,
    EventKind,
    LookReason,
    Phase,
    SealedPart,
    State,
)
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import Base
from citizenfeedback.models.cases import Case, CaseClock, CasePerson, SealedRecord
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services.clocks import NO_TERM
from citizenfeedback.services.importing import ImportResult
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import verify
from tests.records import UNITS, Row, petition, write
from tests.year import import_file

CLOSED = {
    "processed_on": "2019-05-06",
    "eligible": "yes",
    "competent": "yes",
    "direction": "accept",
    "accepted_on": "2019-05-07",
    "closed_on": "2019-06-06",
    "result": "upheld",
    "decision_no": "1/QĐ",
}


@pytest.fixture
def register(session: Session, tmp_path: Path, keys: Keys) -> Any:
    """Import these rows of the register."""
    import_file(RecordKind.UNITS, write(tmp_path, RecordKind.UNITS, UNITS), keys=keys)

    def take(*rows: Row) -> ImportResult:
        path = write(tmp_path, RecordKind.PETITIONS, list(rows))
        result = import_file(RecordKind.PETITIONS, path, keys=keys)
        assert result.accepted, result.problems
        return result

    return take


def one(session: Session, code: str) -> Case:
    return session.scalars(select(Case).where(Case.register_code == code)).one()


def story(session: Session, case_id: int) -> list[tuple[EventKind, date, State]]:
    rows = session.execute(
        select(CaseEvent.kind, CaseEvent.on, CaseEvent.state)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.seq)
    )
    return [(row.kind, row.on, row.state) for row in rows]


@pytest.mark.both_databases
def test_a_settled_complaint(session: Session, register: Any, keys: Keys) -> None:
    """Has it its dates, its term under the right row, its person, its search and its story?"""
    register(petition("2019-1", **CLOSED))
    case = one(session, "2019-1")
    assert (case.state, case.phase, case.is_open) == (State.DONE, Phase.CLOSED, False)
    assert case.settle_by == date(2019, 6, 6)
    assert case.due_on == NO_TERM
    assert case.imported
    clock = session.scalars(select(CaseClock).where(CaseClock.case_id == case.id)).one()
    assert (clock.clock, clock.rule, clock.started_on, clock.stopped_on) == (
        ClockKind.SETTLEMENT,
        "KN-04",
        date(2019, 5, 7),
        date(2019, 6, 6),
    )
    assert recall(clock.explanation).due == clock.due_on == case.settle_by
    person = session.scalars(select(CasePerson).where(CasePerson.case_id == case.id)).one()
    assert (person.name, person.id_no, person.phone) == (
        "Trần Thị Mít",
        "034162960872",
        "0912345678",
    )
    assert story(session, case.id) == [
        (EventKind.CASE_IMPORTED, date(2019, 5, 2), State.REGISTERED),
        (EventKind.CASE_PROCESSED, date(2019, 5, 6), State.EXAMINING),
        (EventKind.CASE_ACCEPTED, date(2019, 5, 7), State.ACCEPTED),
        (EventKind.CASE_DECIDED, date(2019, 6, 6), State.DONE),
    ]
    folded = session.scalar(select(CaseSearch.folded).where(CaseSearch.case_id == case.id))
    assert folded is not None
    for part in (case.number, "2019-1", "Trần Thị Mít", "giấy chứng nhận"):
        assert fold(part) in folded
    events = session.scalars(select(CaseEvent.author)).all()
    assert set(events) == {Author.IMPORT}
    assert not verify(keys, MemoryFiles(keys)).mismatches


@pytest.mark.both_databases
def test_a_visitor_is_owed_a_reply_until_it_was_processed(session: Session, register: Any) -> None:
    """Does TD-01 run for what was brought in person and not for what was decided or came by post?"""
    processed = {"processed_on": "2019-05-06", "eligible": "yes", "competent": "yes"}
    register(
        petition("2019-1", channel="in_person"),
        petition("2019-2", channel="in_person", direction="accept", **processed),
        petition("2019-3", channel="post"),
    )
    rules = dict[str, list[str]]()
    for code, rule in session.execute(
        select(Case.register_code, CaseClock.rule).join(CaseClock, CaseClock.case_id == Case.id)
    ):
        rules.setdefault(code, []).append(rule)
    assert "TD-01" in rules["2019-1"]
    assert "TD-01" not in [*rules["2019-2"], *rules["2019-3"]]


@pytest.mark.both_databases
def test_a_denunciation_is_sealed(session: Session, register: Any, keys: Keys) -> None:
    """Is the sender in no table but the sealed one, whatever the register's summary says?"""
    register(
        petition(
            "2019-2",
            kind="denunciation",
            summary="Bà TRẦN THỊ MÍT, số 034162960872, tố cáo cán bộ.",
            **CLOSED,
        ),
        petition("2019-3", kind="denunciation", citizen_name="", id_no="", phone="", address=""),
    )
    case = one(session, "2019-2")
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            for secret in ("mít", "034162960872", "0912345678", "khe cát"):
                assert secret not in str(tuple(row)).lower(), table.name
    assert not session.scalars(select(CasePerson)).all()
    assert case.summary == "Bà (được giữ kín), số (được giữ kín), tố cáo cán bộ."
    sealed = {
        record.part: json.loads(keys.unseal(record.ciphertext))
        for record in session.scalars(select(SealedRecord))
    }
    assert sealed[SealedPart.IDENTITY][0]["name"] == "Trần Thị Mít"
    assert sealed[SealedPart.WORDS]["words"].startswith("Bà TRẦN THỊ MÍT")
    assert set(sealed) == {SealedPart.IDENTITY, SealedPart.WORDS}
    assert case.settle_by == date(2019, 6, 6)


@pytest.mark.both_databases
def test_open_cases_stand_in_the_inbox_by_their_terms(session: Session, register: Any) -> None:
    """Does each open case wait for its nearest term, and a closed one for none?"""
    register(
        petition("1"),
        petition("2", kind="petition"),
        petition("3", kind="denunciation", channel="web"),
        petition("4", accepted_on="2019-05-07"),
        petition(
            "5",
            kind="petition",
            processed_on="2019-05-03",
            eligible="yes",
            competent="no",
            direction="forward",
            forwarded_to="TOP",
        ),
        petition("6", duplicate_of="2", kind="petition"),
    )
    expected = {
        "1": (State.REGISTERED, "KN-03a", date(2019, 5, 13)),
        "2": (State.REGISTERED, "office_standard", date(2019, 5, 16)),
        "3": (State.INFORMATION, "", NO_TERM),
        "4": (State.ACCEPTED, "KN-04", date(2019, 6, 6)),
        "5": (State.FORWARDED, "", NO_TERM),
        "6": (State.ATTACHED, "", NO_TERM),
    }
    for code, (state, rule, due) in expected.items():
        case = one(session, code)
        assert (case.state, case.due_rule, case.due_on) == (state, rule, due), code
        assert case.is_open is (state in {State.REGISTERED, State.INFORMATION, State.ACCEPTED})
        assert story(session, case.id)[-1][2] is state
    assert one(session, "6").duplicate_of_id == one(session, "2").id
    forwarded = one(session, "5")
    details = session.scalars(
        select(CaseEvent.details).where(CaseEvent.case_id == forwarded.id).order_by(CaseEvent.seq)
    )
    assert list(details)[-1]["body"] == "UBND tỉnh"
    assert story(session, forwarded.id)[-1][0] is EventKind.CASE_FORWARDED


def test_terms_by_kind(session: Session, register: Any) -> None:
    """Are instance, complexity, remoteness and extensions held against the right rows?"""
    accepted = {"accepted_on": "2019-05-07"}
    register(
        petition("1", complexity="special", remote="yes", **accepted),
        petition("2", instance="2", **accepted),
        petition("3", kind="denunciation", extensions="2", **accepted),
        petition("4", kind="reflection", accepted_on="2019-05-20"),
    )
    rules = {code: (one(session, code).due_rule, one(session, code).settle_by) for code in "1234"}
    assert rules == {
        "1": ("KN-07", date(2019, 7, 8)),
        "2": ("KN-11", date(2019, 6, 21)),
        "3": ("TC-06", date(2019, 8, 5)),
        "4": ("office_standard", date(2019, 5, 16)),
    }


def test_the_unusual_is_marked(session: Session, register: Any) -> None:
    """Is a row worth a look imported with its reasons?"""
    result = register(
        petition("1", received_on="2019-05-04", id_no="", instance="2"), petition("2")
    )
    assert result.marked == 1
    assert one(session, "1").look.split() == [
        LookReason.RECEIVED_ON_DAY_OFF,
        LookReason.NO_IDENTITY,
        LookReason.SECOND_AT_COMMUNE,
    ]
    assert one(session, "2").look == ""


@pytest.mark.both_databases
def test_the_same_register_after_people_worked_on_it(session: Session, register: Any) -> None:
    """Is a case that was acted on since still the same row, and its duplicate still joined?"""
    register(petition("1"))
    with transaction() as writing:
        writing.execute(update(Case).values(state=State.VERIFYING, accepted_on=date(2019, 5, 8)))
    result = register(petition("1"), petition("2", duplicate_of="1"))
    assert (result.added, result.skipped) == (1, 1)
    assert one(session, "2").duplicate_of_id == one(session, "1").id


def test_numbers_are_random_and_differ(session: Session, register: Any) -> None:
    """Does no number of a case follow from the one before?"""
    register(*(petition(str(number)) for number in range(60)))
    numbers = list(session.scalars(select(Case.number).order_by(Case.id)))
    assert len(set(numbers)) == 60
    assert all(number.startswith("19-") for number in numbers)
    assert numbers != sorted(numbers)
