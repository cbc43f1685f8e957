"""After the decision: made public, what it orders, and what has been carried out of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    ClockKind,
    PublicationWay,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CaseClock
from citizenfeedback.models.procedures import DecisionOutcome, ImplementationEntry
from citizenfeedback.services.registering import Registered
from tests.services.desk import DUC, LAN, Desk, open_desk
from tests.services.test_handling import refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def decided(desk: Desk, kind: CaseKind = CaseKind.COMPLAINT) -> Registered:
    """A case decided two days ago."""
    case = desk.file(kind)
    day = desk.today - timedelta(days=2)
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today - timedelta(days=5))
    desk.act(DUC, case, Action.VERIFY)
    desk.act(DUC, case, Action.DECIDE, on=day, result=CaseResult.UPHELD, document_no="7/QĐ")
    return case


def running(desk: Desk, case: Registered) -> set[ClockKind]:
    """The clocks that run."""
    return set(
        desk.session.scalars(
            select(CaseClock.clock).where(
                CaseClock.case_id == case.id, CaseClock.stopped_on.is_(None)
            )
        )
    )


def test_is_a_decision_made_public_after_it_was_made(desk: Desk) -> None:
    case = decided(desk)
    way = {"publication": PublicationWay.POSTING, "place": "Nhà văn hóa thôn Khe Cát"}
    refused(
        "date_too_early",
        lambda: desk.act(DUC, case, Action.PUBLISH, on=desk.today - timedelta(days=3), **way),
    )
    assert ClockKind.PUBLICATION in running(desk, case)
    desk.act(DUC, case, Action.PUBLISH, on=desk.today, **way)
    row = desk.row(case)
    assert (row.published_on, row.publication) == (desk.today, PublicationWay.POSTING)
    assert ClockKind.PUBLICATION not in running(desk, case)


def test_is_a_decision_followed_until_it_is_carried_out(desk: Desk) -> None:
    case = decided(desk, CaseKind.DENUNCIATION)
    today = {"on": desk.today}
    refused("outcome_first", lambda: desk.act(DUC, case, Action.RECORD_PROGRESS, **today))
    orders = {"money_to_state": 250_000_000, "land_to_state": 1255, "people_disciplined": 2}
    desk.act(DUC, case, Action.RECORD_OUTCOME, **today, **orders)
    assert ClockKind.HANDLING not in running(desk, case)
    desk.act(DUC, case, Action.RECORD_PROGRESS, **today, money_collected=100_000_000)
    refused(
        "less_than_done",
        lambda: desk.act(DUC, case, Action.RECORD_OUTCOME, **today, money_to_state=1),
    )
    refused(
        "more_than_ordered",
        lambda: desk.act(DUC, case, Action.RECORD_PROGRESS, **today, money_collected=200_000_000),
    )
    refused(
        "not_all_carried_out",
        lambda: desk.act(DUC, case, Action.RECORD_PROGRESS, **today, finished=True),
    )
    rest = {"money_collected": 150_000_000, "land_collected": 1255, "people_handled": 2}
    desk.act(DUC, case, Action.RECORD_PROGRESS, **today, **rest, finished=True, note="Xong")
    assert desk.session.scalar(select(DecisionOutcome.finished_on)) == desk.today
    assert len(desk.session.scalars(select(ImplementationEntry.id)).all()) == 2
    for action in (Action.RECORD_PROGRESS, Action.RECORD_OUTCOME):
        refused("already_carried_out", lambda action=action: desk.act(DUC, case, action, **today))


def test_is_a_decision_that_orders_nothing_finished_at_once(desk: Desk) -> None:
    case = decided(desk)
    desk.act(DUC, case, Action.RECORD_OUTCOME, on=desk.today)
    assert desk.session.scalar(select(DecisionOutcome.finished_on)) == desk.today


def test_does_a_correction_take_the_outcome_back(desk: Desk) -> None:
    case = decided(desk)
    desk.act(DUC, case, Action.RECORD_OUTCOME, on=desk.today, money_returned=5)
    desk.act(DUC, case, Action.RECORD_PROGRESS, on=desk.today, money_given_back=1)
    desk.act(DUC, case, Action.CORRECT, reason="Nhầm vụ việc")
    assert desk.session.scalar(select(DecisionOutcome.case_id)) is None
