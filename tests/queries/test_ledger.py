"""Does the ledger of a case say who did what to which term, in order and in words?"""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.clocks import ClockEntry, extending, recounting
from citizenfeedback.domain.explanations import Roll
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockEffect,
    ClockKind,
    Complexity,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.ledger import case_clocks, case_ledger, foretold
from citizenfeedback.web.inbox.steps import ledger
from tests.services.desk import DUC, Desk, open_desk
from tests.services.test_clocks import settle, turn

pytestmark = pytest.mark.both_databases


def test_does_a_case_tell_who_did_what_to_its_terms(session: Session, keys: Keys) -> None:
    desk = open_desk(session, keys)
    case = desk.file()
    start = settle(desk, case)
    turn(desk, case, ClockEffect.SUSPEND, Action.SUSPEND, start, paper="5/QĐ-TĐC")
    lines = [line for line in case_ledger(case.id) if line.clock is ClockKind.SETTLEMENT]
    assert [(line.effect, line.by, line.document_no) for line in lines] == [
        (ClockEffect.START, "Trần Văn Đức", ""),
        (ClockEffect.SUSPEND, "Trần Văn Đức", "5/QĐ-TĐC"),
    ]
    clock = case_clocks(case.id)[-1]
    assert (clock.clock, clock.runs, clock.suspended_on) == (ClockKind.SETTLEMENT, False, start)
    rows = ledger(lines, "vi")
    assert rows[0].entry == "Bắt đầu tính: 30 ngày, Luật Khiếu nại 02/2011/QH13, điều 28"
    assert rows[1].entry == "Tạm dừng"
    assert rows[1].document_no == "5/QĐ-TĐC"


def test_is_the_date_foretold_the_one_that_the_act_gives(session: Session, keys: Keys) -> None:
    desk = open_desk(session, keys)
    why = {"reason": "Nhiều nơi", "document_no": "3/BC"}
    for kind, action in (
        (CaseKind.DENUNCIATION, Action.EXTEND),
        (CaseKind.COMPLAINT, Action.SET_COMPLEXITY),
    ):
        case = desk.file(kind)
        desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
        desk.act(DUC, case, Action.ACCEPT, on=desk.today)
        if action is Action.EXTEND:
            desk.act(DUC, case, Action.SET_COMPLEXITY, criteria=("PT-a",), **why)
            more = partial(_extended, desk)
        else:
            more = partial(recounting, "KN-05", desk.today)
            why = {**why, "criteria": ("PT-a",)}
        before = desk.row(case).settle_by, len(case_ledger(case.id))
        then = foretold(case.id, lambda start, made=more: made(start=start), Roll.ONCE)
        assert (desk.row(case).settle_by, len(case_ledger(case.id))) == before, "nothing is written"
        desk.act(DUC, case, action, **why)
        assert before[0] != desk.row(case).settle_by == then


def _extended(desk: Desk, *, start: date) -> ClockEntry:
    assert start == desk.today
    return extending(Complexity.COMPLEX, desk.today)


def test_is_nothing_foretold_where_no_term_runs(session: Session, keys: Keys) -> None:
    desk = open_desk(session, keys)
    case = desk.file()
    longer = partial(extending, Complexity.COMPLEX)
    assert foretold(case.id, longer, Roll.ONCE) is None
