"""What a citizen does at the end: the word on the result, and the way on from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.aftermath import NextStepKind
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import NOBODY
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseKind, CaseResult, Instance, State, Verdict
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.timeline import CaseMessage, CaseVerdict
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.drafts import OpenDraft, draft_in
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.queries.verdicts import closing_of
from citizenfeedback.services import concluding, intake
from citizenfeedback.services.concluding import Opinion
from citizenfeedback.services.registering import Registered
from tests.conftest import NOON
from tests.services.desk import PROVINCE, Desk, open_desk

pytestmark = pytest.mark.both_databases

TODAY = NOON.date()


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def ended(desk: Desk, kind: CaseKind = CaseKind.COMPLAINT, **values: Any) -> Registered:
    case = desk.file(kind)
    desk.put(
        case,
        **{
            "state": State.DONE,
            "result": CaseResult.REJECTED,
            "decision_no": "15/QĐ-SXD",
            "closed_on": TODAY - timedelta(days=3),
            "sent_on": TODAY - timedelta(days=2),
            **values,
        },
    )
    return case


def say(desk: Desk, case: Registered, said: Opinion, after: int = 0) -> None:
    day = timedelta(days=after)
    concluding.give_verdict(
        citizen(case.id), desk.keys, said, days=30, today=TODAY + day, now=NOON + day
    )


def begin(desk: Desk, case: Registered, *, proven: bool = False) -> OpenDraft:
    kind = desk.row(case).kind
    wanted = NextStepKind.SECOND_COMPLAINT
    if kind is CaseKind.DENUNCIATION:
        wanted = NextStepKind.FOLLOW_UP
    actor = citizen(case.id, proven=proven)
    token = concluding.begin_next(
        actor, desk.keys, wanted, "Quyết định số 15/QĐ-SXD", today=TODAY, now=NOON
    )
    draft = draft_in(desk.keys.box("draft", token), now=NOON)
    assert isinstance(draft, OpenDraft)
    return draft


def test_is_a_verdict_kept_once_and_changed_only_for_a_while(session: Session, desk: Desk) -> None:
    case = ended(desk)
    say(desk, case, Opinion(Verdict.NOT, "Chưa đo lại đất"))
    say(desk, case, Opinion(Verdict.PARTLY), after=30)
    row = session.execute(select(CaseVerdict.verdict, CaseVerdict.given_on)).one()
    assert tuple(row) == (Verdict.PARTLY, TODAY)
    assert session.scalars(select(CaseMessage.body)).all() == ["Chưa đo lại đất"]
    assert desk.events(case)[-2:] == ["verdict_given", "verdict_given"]
    with pytest.raises(RuleBroken, match="verdict_stands"):
        say(desk, case, Opinion(Verdict.SOLVED), after=31)
    desk.put(case, sent_on=TODAY + timedelta(days=60))
    say(desk, case, Opinion(Verdict.SOLVED), after=90)
    given = closing_of(case.id).given
    assert given is not None
    assert (given.verdict, given.given_on) == (Verdict.SOLVED, TODAY + timedelta(days=90))


def test_is_a_verdict_taken_only_at_the_end_and_from_the_own_citizen(desk: Desk) -> None:
    case = desk.file()
    with pytest.raises(RuleBroken):
        say(desk, case, Opinion(Verdict.SOLVED))
    with pytest.raises(NotFound):
        concluding.give_verdict(
            NOBODY, desk.keys, Opinion(Verdict.SOLVED), days=30, today=TODAY, now=NOON
        )


def test_are_the_words_of_a_denouncer_sealed(session: Session, desk: Desk) -> None:
    case = ended(desk, CaseKind.DENUNCIATION)
    say(desk, case, Opinion(Verdict.NOT, "Tôi là Sáu"))
    message = session.scalars(select(CaseMessage)).one()
    assert message.body is None
    assert message.sealed_body is not None
    assert desk.keys.unseal(message.sealed_body) == "Tôi là Sáu"
    assert session.scalars(select(CaseVerdict.verdict)).one() is Verdict.NOT


def test_does_the_second_complaint_begin_with_what_is_known(desk: Desk) -> None:
    case = ended(desk)
    content = begin(desk, case).content
    assert (content.previous_id, content.previous_number) == (case.id, case.number)
    assert content.unit_id == PROVINCE
    assert content.respondent == "Quyết định số 15/QĐ-SXD"
    assert content.until is not None
    assert (content.name, content.words) == ("", "")
    assert begin(desk, case, proven=True).content.name == "Lò Thị Măng"
    assert content.having({"kind": CaseKind.PETITION}).previous_id is None


def test_begins_a_denunciation_left_unsettled_under_seal(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION)
    late = TODAY - timedelta(days=3)
    desk.put(case, state=State.VERIFYING, accepted_on=late, settle_by=late)
    token = concluding.begin_next(
        citizen(case.id),
        desk.keys,
        NextStepKind.OVERDUE_FOLLOW_UP,
        "Đơn trước đã quá hạn.",
        today=TODAY,
        now=NOON,
    )
    box = desk.keys.box("draft", token)
    draft = draft_in(box, now=NOON)
    assert isinstance(draft, OpenDraft)
    content = draft.content
    assert (content.kind, content.unit_id) == (CaseKind.DENUNCIATION, PROVINCE)
    assert (content.words, content.respondent) == ("Đơn trước đã quá hạn.", "")
    named = {"name": "Lò Thị Măng", "phone": "0912345678", "address": "Khe Cát"}
    intake.save_draft(box, {"respondent": "Ông Ba", "wish": "Giải quyết", **named}, now=NOON)
    filing = intake.Filing(desk.keys, desk.files, work_calendar(), Policy(), "vi")
    sent = intake.file_case(box, filing, today=TODAY, now=NOON)
    assert isinstance(sent, intake.Sent)
    row = desk.row(sent.number)
    assert (row.previous_id, row.unanswered, row.formal) == (case.id, True, False)
    assert "quá hạn" not in row.summary + row.respondent
    assert desk.events(case)[-1] == "case_continued"


def test_is_a_sent_second_complaint_linked_and_told_to_the_first(desk: Desk) -> None:
    case = ended(desk)
    draft = begin(desk, case, proven=True)
    token = concluding.begin_next(
        citizen(case.id, proven=True),
        desk.keys,
        NextStepKind.SECOND_COMPLAINT,
        draft.content.respondent,
        today=TODAY,
        now=NOON,
    )
    box = desk.keys.box("draft", token)
    intake.save_draft(box, {"words": "Nhà tôi vẫn nứt.", "wish": "Xem lại"}, now=NOON)
    filing = intake.Filing(desk.keys, desk.files, work_calendar(), Policy(), "vi")
    sent = intake.file_case(box, filing, today=TODAY, now=NOON)
    second = desk.row(sent.number)
    assert (second.previous_id, second.instance) == (case.id, Instance.SECOND)
    assert desk.events(case)[-1] == "case_continued"
    assert closing_of(case.id).continued == sent.number
    with pytest.raises(RuleBroken, match="continued_already"):
        begin(desk, case)


def test_is_nothing_begun_after_the_last_day_or_without_a_superior_here(desk: Desk) -> None:
    late = ended(desk, sent_on=TODAY - timedelta(days=40), closed_on=TODAY - timedelta(days=41))
    with pytest.raises(RuleBroken, match="appeal_over"):
        begin(desk, late)
    highest = ended(desk, unit_id=PROVINCE)
    with pytest.raises(RuleBroken, match="superior_elsewhere"):
        begin(desk, highest)
    with pytest.raises(RuleBroken, match="no_such_step"):
        begin(desk, ended(desk, CaseKind.PETITION))
    with pytest.raises(NotFound):
        concluding.begin_next(
            replace(NOBODY, case_id=0),
            desk.keys,
            NextStepKind.SECOND_COMPLAINT,
            "",
            today=TODAY,
            now=NOON,
        )


def test_does_a_following_denunciation_begin_without_a_name(desk: Desk) -> None:
    case = ended(desk, CaseKind.DENUNCIATION, result=CaseResult.UPHELD)
    content = begin(desk, case, proven=True).content
    assert (content.kind, content.unit_id) == (CaseKind.DENUNCIATION, PROVINCE)
    assert (content.name, content.respondent, content.last_day) == ("", "", "")
