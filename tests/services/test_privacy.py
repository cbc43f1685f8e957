"""People's rights over the own data: seen, changed, asked for, answered within two working days."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockKind,
    DataGround,
    DataOutcome,
    DataPart,
    DataWish,
    MailKind,
    SealedPart,
    State,
    Verdict,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import CaseClock, CasePerson, SealedRecord
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent, CaseMessage, CaseVerdict
from citizenfeedback.queries.after import AfterView, after_page
from citizenfeedback.queries.privacy import data_page, requests_of
from citizenfeedback.queries.tracking import citizen, tracking_page
from citizenfeedback.services import privacy
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.concluding import Opinion
from citizenfeedback.services.privacy import Answer, Ask, Contact
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.verifying import verify
from tests.conftest import NOON
from tests.services.desk import DUC, HOA, LAN, MINH, Desk, open_desk
from tests.services.test_concluding import ended, say
from tests.services.test_erasing import add_paper

pytestmark = pytest.mark.both_databases

NAME = Ask(DataWish.CORRECTION, DataPart.NAME, "Tôi là Lò Thị Mằng")
DONE = Answer(DataOutcome.DONE, "Đã sửa lại tên.", value="Lò Thị Mằng")


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def ask(desk: Desk, case: Registered, asked: Ask = NAME, after: int = 0) -> date:
    moment = timedelta(days=after)
    return privacy.ask_about_data(
        citizen(case.id, proven=True),
        desk.keys,
        asked,
        policy=Policy(),
        today=desk.today + moment,
        now=NOON + moment,
    )


def answer(desk: Desk, case: Registered, told: Answer = DONE, by: int = DUC) -> None:
    page = data_page(desk.actor(by), case.number, desk.today)
    request = page.waiting.id if page.waiting else 0
    privacy.answer_data_request(
        desk.actor(by), Seen(case.number), request, told, files=desk.files, office=desk.office
    )


def contact(desk: Desk, case: Registered, new: Contact) -> tuple[DataPart, ...]:
    return privacy.change_contact(
        citizen(case.id, proven=True), desk.keys, new, today=desk.today, now=NOON
    )


def running(session: Session) -> list[tuple[date, str]]:
    """The clocks of requests that run."""
    rows = session.execute(
        select(CaseClock.due_on, CaseClock.rule).where(
            CaseClock.clock == ClockKind.DATA_REQUEST, CaseClock.stopped_on.is_(None)
        )
    )
    return [(row.due_on, row.rule) for row in rows]


def told_of(session: Session, case: Registered) -> str:
    """Everything that stands in the history of a case."""
    return str(session.scalars(select(CaseEvent.details).where(CaseEvent.case_id == case.id)).all())


def test_is_the_contact_changed_at_once_and_only_that_it_was_noted(
    session: Session, desk: Desk
) -> None:
    case = desk.file()
    changed = contact(desk, case, Contact("0987654321", "", "Khe Cát mới"))
    assert changed == (DataPart.PHONE, DataPart.ADDRESS)
    person = session.execute(select(CasePerson.phone, CasePerson.address)).one()
    assert tuple(person) == ("0987654321", "Khe Cát mới")
    assert desk.events(case)[-1] == "data_changed"
    assert "0987654321" not in told_of(session, case)
    assert contact(desk, case, Contact("0987654321", "", "Khe Cát mới")) == ()
    assert verify(desk.keys, desk.files).whole


def test_stays_an_address_where_the_law_asks_for_one(session: Session, desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="address_is_needed"):
        contact(desk, desk.file(), Contact("", "", ""))
    reflection = desk.file(CaseKind.REFLECTION)
    contact(desk, reflection, Contact("", "", ""))
    of_case = CasePerson.case_id == reflection.id
    person = session.execute(select(CasePerson.phone, CasePerson.address).where(of_case)).one()
    assert tuple(person) == ("", "")


def test_is_nothing_done_without_the_second_proof(desk: Desk) -> None:
    case = desk.file()
    with pytest.raises(NotFound):
        privacy.change_contact(
            citizen(case.id), desk.keys, Contact("", "", "x"), today=desk.today, now=NOON
        )
    with pytest.raises(NotFound):
        privacy.ask_about_data(
            citizen(case.id), desk.keys, NAME, policy=Policy(), today=desk.today, now=NOON
        )
    with pytest.raises(NotFound):
        contact(desk, desk.file(people=()), Contact("1", "", ""))


def test_has_a_request_a_clock_of_two_working_days(session: Session, desk: Desk) -> None:
    case = desk.file()
    friday = 4
    assert ask(desk, case, after=friday) == date(2026, 12, 1)
    assert running(session) == [(date(2026, 12, 1), "DL-01")]
    assert desk.events(case)[-1] == "data_requested"
    assert "Mằng" not in told_of(session, case)
    with pytest.raises(RuleBroken, match="data_request_waits"):
        ask(desk, case)
    mails = session.scalars(select(OutgoingMessage.kind)).all()
    assert mails == [MailKind.STAFF_NEWS], "the leader hears of a case that is nobody's"


def test_is_a_closed_case_owed_an_answer_too(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.put(case, state=State.DONE)
    ask(desk, case)
    assert running(session) == [(date(2026, 11, 25), "DL-01")]
    assert case.number in {
        row.number for row in after_page(desk.actor(DUC), AfterView.TERMS, None, desk.today).rows
    }
    answer(desk, case)
    assert desk.row(case).state is State.DONE
    assert running(session) == []


def test_is_a_name_put_right_everywhere_and_the_sender_told(session: Session, desk: Desk) -> None:
    case = desk.file(notify="sau@example.vn")
    ask(desk, case)
    answer(desk, case)
    assert session.scalars(select(CasePerson.name)).all() == ["Lò Thị Mằng"]
    assert "lo thi mang" in session.scalars(select(CaseSearch.folded)).one()
    line = requests_of(case.id)[0]
    assert (line.outcome, line.ground, line.answered_on) == (DataOutcome.DONE, None, desk.today)
    proven = tracking_page(citizen(case.id, proven=True), desk.keys)
    unproven = tracking_page(citizen(case.id), desk.keys)
    assert proven is not None
    assert unproven is not None
    assert [one.body for one in proven.messages] == [NAME.words, DONE.text]
    assert [one.body for one in unproven.messages] == [None, None]
    assert desk.events(case)[-1] == "data_answered"
    assert "Mằng" not in told_of(session, case)
    assert verify(desk.keys, desk.files).whole


def test_waits_the_next_request_from_its_own_day(session: Session, desk: Desk) -> None:
    case = desk.file()
    ask(desk, case)
    ask(desk, case, Ask(DataWish.CORRECTION, DataPart.ID_NO, "022190001235"), after=2)
    answer(desk, case)
    assert running(session) == [(date(2026, 11, 27), "DL-01")]
    answer(desk, case, Answer(DataOutcome.DONE, "Đã sửa", value="022190001235"))
    assert session.scalars(select(CasePerson.id_no)).all() == ["022190001235"]
    assert running(session) == []
    with pytest.raises(ChangedMeanwhile):
        answer(desk, case)


def test_is_a_refusal_given_with_its_ground_or_not_at_all(session: Session, desk: Desk) -> None:
    case = desk.file()
    ask(desk, case)
    with pytest.raises(RuleBroken, match="ground_needed"):
        answer(desk, case, Answer(DataOutcome.REFUSED, "Không"))
    with pytest.raises(RuleBroken, match="ground_needed"):
        answer(desk, case, Answer(DataOutcome.REFUSED, "Không", DataGround.HISTORY))
    with pytest.raises(RuleBroken, match="value_needed"):
        answer(desk, case, Answer(DataOutcome.DONE, "Rồi"))
    answer(desk, case, Answer(DataOutcome.REFUSED, "Không", DataGround.NOT_SHOWN))
    assert session.scalars(select(CasePerson.name)).all() == ["Lò Thị Măng"]
    assert requests_of(case.id)[0].ground is DataGround.NOT_SHOWN


def test_go_papers_for_good_and_nobody_elses(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION)
    paper, kept = add_paper(desk, case), add_paper(desk, case)
    ask(desk, case, Ask(DataWish.ERASURE, DataPart.PAPERS, "Ảnh gửi nhầm"))
    with pytest.raises(RuleBroken, match="papers_needed"):
        answer(desk, case, Answer(DataOutcome.DONE, "Đã xóa"))
    with pytest.raises(RuleBroken, match="unknown_paper"):
        answer(desk, case, Answer(DataOutcome.DONE, "Đã xóa", papers=(10**6,)))
    answer(desk, case, Answer(DataOutcome.DONE, "Đã xóa", papers=(paper,)))
    assert session.scalars(select(Attachment.id)).all() == [kept]
    assert len(list(desk.files.keys())) == 1
    assert verify(desk.keys, desk.files).whole


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Ask(DataWish.ERASURE, DataPart.NAME), "data_kept"),
        (Ask(DataWish.ERASURE, DataPart.PHONE), "data_at_once"),
        (Ask(DataWish.CORRECTION, DataPart.NAME, "  "), "say_what_is_right"),
    ],
)
def test_is_nothing_asked_that_cannot_be_asked(desk: Desk, asked: Ask, code: str) -> None:
    case = desk.file()
    with pytest.raises(RuleBroken, match=code):
        ask(desk, case, asked)
    assert requests_of(case.id) == ()


def test_may_only_those_answer_who_handle_the_case(desk: Desk) -> None:
    case = desk.file()
    ask(desk, case)
    for stranger in (LAN, MINH):
        with pytest.raises(NotFound):
            data_page(desk.actor(stranger), case.number, desk.today)
    with pytest.raises(RuleBroken, match="not_granted"):
        privacy.answer_data_request(
            desk.actor(LAN), Seen(case.number), 1, DONE, files=desk.files, office=desk.office
        )
    assert data_page(desk.actor(HOA), case.number, desk.today).words == NAME.words
    desk.act(HOA, case, Action.ASSIGN, assignee=HOA)
    answer(desk, case, by=HOA)


def test_lies_all_of_a_denouncer_under_the_seal(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION)
    contact(desk, case, Contact("0987654321", "", "Chỗ khác"))
    ask(desk, case)
    page = data_page(desk.actor(DUC), case.number, desk.today)
    assert (page.words, page.value) == (None, None)
    with pytest.raises(RuleBroken, match="not_granted"):
        answer(desk, case, by=HOA)  # nobody's yet: handled by the unit, but not unsealed
    answer(desk, case)
    identity = select(SealedRecord.ciphertext).where(SealedRecord.part == SealedPart.IDENTITY)
    person = json.loads(desk.keys.unseal(session.scalars(identity).one()))[0]
    assert (person["name"], person["phone"]) == ("Lò Thị Mằng", "0987654321")
    assert session.scalars(select(CaseMessage.body)).all() == [None, None]
    assert "lo thi" not in session.scalars(select(CaseSearch.folded)).one()
    assert session.scalars(select(CasePerson.id)).all() == []


def test_go_the_words_beside_a_verdict_and_stays_the_verdict(session: Session, desk: Desk) -> None:
    case = ended(desk)
    say(desk, case, Opinion(Verdict.NOT, "Chưa đo lại đất"))
    proven = citizen(case.id, proven=True)
    privacy.erase_verdict_words(proven, desk.keys, today=desk.today, now=NOON)
    privacy.erase_verdict_words(proven, desk.keys, today=desk.today, now=NOON)
    assert session.scalars(select(CaseMessage.id)).all() == []
    assert session.scalars(select(CaseVerdict.verdict)).one() is Verdict.NOT
    assert desk.events(case).count("data_changed") == 1
