"""What citizens said of results: of one case, and of a window."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.aftermath import NextStepKind
from citizenfeedback.domain.vocabulary import Verdict
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.verdicts import closing_of, next_steps_of
from citizenfeedback.services.concluding import Opinion
from tests.services.desk import Desk, open_desk
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
