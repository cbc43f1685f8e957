"""What citizens said of results: of one case, and of a window."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.aftermath import NextStepKind
from citizenfeedback.domain.vocabulary import CaseKind, CaseResult, Verdict
from citizenfeedback.domain.windows import Window
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.verdicts import (
    closing_of,
    next_steps_of,
    verdict_book,
    verdict_report,
    verdict_rows,
)
from citizenfeedback.services.concluding import Opinion
from tests.services.desk import BUILDING, CHIEF, DUC, Desk, open_desk
from tests.services.test_concluding import TODAY, ended, say

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def test_is_the_end_of_a_case_told_with_its_verdict_and_its_continuation(desk: Desk) -> None:
    case = ended(desk)
    assert closing_of(case.id).given is None
    say(desk, case, Opinion(Verdict.PARTLY))
    later = desk.file(previous_id=case.id)
    closing = closing_of(case.id)
    assert closing.given is not None
    assert (closing.given.verdict, closing.decision_no) == (Verdict.PARTLY, "15/QĐ-SXD")
    assert closing.continued == later.number


def test_which_ways_lead_on_from_a_case(desk: Desk) -> None:
    kinds = [one.kind for one in next_steps_of(ended(desk).id, TODAY)]
    assert kinds == [NextStepKind.SECOND_COMPLAINT, NextStepKind.COURT]
    assert next_steps_of(desk.file().id, TODAY) == ()


def test_do_the_verdicts_of_a_window_add_up_and_open_their_cases(desk: Desk) -> None:
    window = Window(TODAY, TODAY)
    sent = {"sent_on": TODAY}
    solved, partly = ended(desk, **sent), ended(desk, CaseKind.PETITION, **sent)
    silent = ended(desk, **sent)
    say(desk, solved, Opinion(Verdict.SOLVED))
    say(desk, partly, Opinion(Verdict.PARTLY))
    report = verdict_report(desk.actor(CHIEF), "", window)
    whole = report.whole
    assert whole.document() == {"solved": 1, "partly": 1, "not": 0, "sent": 3, "answered": 2}
    assert report.by_kind[CaseKind.PETITION].said[Verdict.PARTLY] == 1
    assert [(unit.id, found.total) for unit, found in report.by_unit] == [(BUILDING, 2)]
    rows = verdict_rows(desk.actor(DUC), "", window, verdict=Verdict.SOLVED)
    assert [one.number for one in rows.rows] == [solved.number]
    assert silent.number not in {
        one.number for one in verdict_rows(desk.actor(DUC), "", window, of_sent=True).rows
    }
    assert verdict_rows(desk.actor(DUC), "", window, kind=CaseKind.PETITION, after="x").total == 1
    assert verdict_book(desk.actor(CHIEF), "", window)["whole"]["solved"] == 1


def test_is_a_denunciation_behind_the_wall_not_counted(desk: Desk) -> None:
    case = ended(
        desk,
        CaseKind.DENUNCIATION,
        result=CaseResult.UPHELD,
        respondent_unit_id=BUILDING,
        unit_id=1,
    )
    say(desk, case, Opinion(Verdict.NOT))
    window = Window(TODAY, TODAY)
    desk.put(case, respondent_user_id=CHIEF, respondent_unit_id=None)
    assert verdict_report(desk.actor(CHIEF), "", window).whole.total == 0
    assert verdict_rows(desk.actor(CHIEF), "", window).total == 0
    desk.put(case, respondent_user_id=None)
    assert verdict_report(desk.actor(CHIEF), "", window).whole.total == 1
