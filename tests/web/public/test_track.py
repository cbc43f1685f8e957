"""Following a submission with its access code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.documents.formats import format_time
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    Channel,
    Letter,
    MailKind,
)
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import Visitor, visitor
from tests.services.desk import DUC, Desk, open_desk
from tests.services.letters import approve, draft, issue
from tests.services.test_following import picture

CASE = "/track/case"
STAY = "/track/stay"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    return visitor(app)


def opened(citizen: Visitor, case: Registered) -> str:
    answer = citizen.post("/track", {"code": case.access_code})
    assert answer.status_code == 303
    return str(citizen.get(CASE).text)


def test_does_the_code_open_state_and_date_but_no_names(desk: Desk, citizen: Visitor) -> None:
    case = desk.file()
    page = opened(citizen, case)
    assert case.number in page
    assert "Sở Xây dựng" in page
    assert "Vì sao là ngày này?" in page
    for hidden in ("Lò Thị Măng", "0912345678", "022190001234", "Nhà tôi bị nứt", case.access_code):
        assert hidden not in page


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", " ")])
def test_is_the_code_understood_however_it_is_typed(
    desk: Desk, citizen: Visitor, spelling: Callable[[str], str]
) -> None:
    case = desk.file()
    assert citizen.post("/track", {"code": spelling(case.access_code)}).status_code == 303


def test_do_all_wrong_codes_get_the_same_answer(desk: Desk, citizen: Visitor) -> None:
    desk.file()
    answers = {
        citizen.post("/track", {"code": code}).text.replace(code, "")
        for code in ("ABCD-1234-EFGH-5678", "0000-0000-0000-0000", "ZZ9")
    }
    pages = {page.split("<main")[1].split("csrf_token")[0] for page in answers}
    assert len(pages) == 1
    assert citizen.post("/track", {"code": ""}).status_code == 422
    assert citizen.get(CASE).status_code == 303


def test_does_an_open_case_close_by_itself_and_by_hand(
    desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    case = desk.file()
    opened(citizen, case)
    clock.moment = NOON + timedelta(minutes=31)
    assert citizen.get(CASE).status_code == 303
    clock.moment = NOON
    opened(citizen, case)
    citizen.post("/track/close", of=CASE)
    assert citizen.get(CASE).status_code == 303


def test_does_the_page_say_when_it_closes_and_stay_open_on_one_press(
    desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    page = opened(citizen, desk.file())
    ends = format_time(NOON + timedelta(minutes=30))
    assert (
        f'<noscript><div class="notice notice--plain"><p data-stay-line>Trang theo dõi tự đóng lúc {ends}.'
        in page
    )
    hidden = citizen.hidden(CASE)
    clock.moment = NOON + timedelta(minutes=12)
    back = citizen.client.post(STAY, data={**hidden, "next": "/track/message"})
    assert back.location == "/track/message"
    later = format_time(clock.moment + timedelta(minutes=30))
    assert f"Đã kéo dài đến {later}." in citizen.get("/track/message").text
    told = citizen.client.post(STAY, data=hidden, headers={"Accept": "application/json"})
    assert told.json == {"left": 1800, "time": later, "extendable": True}
    clock.moment = NOON + timedelta(minutes=41)
    assert citizen.get(CASE).status_code == 200


@pytest.mark.parametrize(
    "away", ["", "//evil.example", "https://evil.example/track/", "/track/\nx"]
)
def test_does_the_way_back_stay_with_the_case(desk: Desk, citizen: Visitor, away: str) -> None:
    opened(citizen, desk.file())
    assert citizen.post(STAY, {"next": away}, of=CASE).location == CASE


def test_is_a_case_that_has_closed_not_opened_by_staying(
    desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    opened(citizen, desk.file())
    token = citizen.token(CASE)
    clock.moment = NOON + timedelta(minutes=31)
    assert citizen.client.post(STAY, data={"csrf_token": token}).location == "/track"
    assert "Trang theo dõi đã tự đóng" in citizen.get("/track").text
    assert citizen.get(CASE).status_code == 303
    assert citizen.client.post(STAY).status_code == 400


def test_do_messages_go_both_ways(session: Session, desk: Desk, citizen: Visitor) -> None:
    case = desk.file()
    desk.act(DUC, case, Action.MESSAGE, text="Xin gửi ảnh có thước đo")
    page = opened(citizen, case)
    assert "Xin gửi ảnh có thước đo" in page
    assert citizen.post("/track/message", {"body": ""}).status_code == 422
    citizen.post("/track/message", {"body": "Tôi gửi ngày mai"})
    assert "Tôi gửi ngày mai" in citizen.get(CASE).text
    assert session.scalars(select(CaseMessage.id)).all()


def test_is_the_citizen_told_when_and_where_the_dialogue_is(
    desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    case = desk.file()
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    assert "Mời ông/bà đến đối thoại" not in opened(citizen, case)
    meeting = {"day": desk.today + timedelta(days=9), "hour": "08:30", "place": "Phòng họp số 2"}
    desk.act(DUC, case, Action.PLAN_DIALOGUE, **meeting)
    page = citizen.get(CASE).text
    for told in ("Mời ông/bà đến đối thoại", "02/12/2026", "08:30", "Phòng họp số 2"):
        assert told in page
    assert "Ông/bà không phải làm gì" not in page
    clock.moment = NOON + timedelta(days=10)
    assert "Mời ông/bà đến đối thoại" not in opened(citizen, case), "the day is past"


def test_is_a_document_taken_or_refused_with_the_reason(desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file())
    bad = {"files": (BytesIO(b"<html>"), "la.html")}
    refused = citizen.post("/track/document", bad)
    assert refused.status_code == 422
    assert "govuk-error-message" in refused.text
    assert citizen.post("/track/document", {}).status_code == 422
    good = {"files": (BytesIO(picture()), "anh.jpg")}
    assert citizen.post("/track/document", good).status_code == 303
    assert "<li>Ảnh, " in citizen.get(CASE).text


def test_is_a_withdrawal_prepared_and_nothing_withdrawn(desk: Desk, citizen: Visitor) -> None:
    case = desk.file()
    opened(citizen, case)
    assert "Rút đơn" in citizen.get("/track/withdraw").text
    answer = citizen.post("/track/withdraw", {"scope": "whole", "body": ""})
    assert case.number in citizen.get(answer.location).text
    assert desk.row(case).is_open
    page = citizen.get(CASE).text
    for told in ("Đã nhận đơn", "Ông/bà đề nghị rút đơn", ">Đề nghị rút đơn"):
        assert told in page


@pytest.mark.parametrize("kind", [CaseKind.DENUNCIATION, CaseKind.REFLECTION])
def test_is_who_gave_no_name_asked_for_no_identity_paper(
    desk: Desk, citizen: Visitor, kind: CaseKind
) -> None:
    page = opened(citizen, desk.file(kind, people=(), formal=kind is CaseKind.REFLECTION))
    assert "chỉ theo dõi và trả lời được bằng mã này" in page
    for text in (page, citizen.get("/track/data").text):
        assert "mang giấy tờ tùy thân" not in text
        assert "Tên ông/bà vẫn được giữ kín" not in text


def test_does_who_gave_no_name_withdraw_without_a_paper(desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file(CaseKind.REFLECTION, people=()))
    assert "không ký giấy rút đơn được" in citizen.get("/track/withdraw").text
    answer = citizen.post("/track/withdraw", {"scope": "whole", "body": ""})
    assert answer.location.endswith(CASE)
    assert ">Đề nghị rút đơn" in citizen.get(CASE).text


def test_does_the_second_proof_open_what_was_filed(
    session: Session, desk: Desk, citizen: Visitor, keys: Keys
) -> None:
    case = desk.file(notify="sau@example.vn")
    assert "mang giấy tờ tùy thân" in opened(citizen, case)
    with transaction() as writing:
        writing.execute(update(NoticeContact).values(confirmed_at=NOON))
    citizen.post("/track/proof", of=CASE)
    sealed = session.scalars(
        select(OutgoingMessage.secret).where(OutgoingMessage.kind == MailKind.CITIZEN_PROOF)
    ).one()
    assert sealed is not None
    assert citizen.post("/track/proof/check", {"code": "12"}, of="/track/proof").status_code == 422
    citizen.post("/track/proof/check", {"code": keys.unseal(sealed)}, of="/track/proof")
    page = citizen.get(CASE).text
    assert "Lò Thị Măng" in page
    assert "Nhà tôi bị nứt" in page


def test_does_an_online_denunciation_say_how_to_file_it_in_form(
    desk: Desk, citizen: Visitor
) -> None:
    case = desk.file(CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False, signed=False)
    page = opened(citizen, case)
    assert "Để được giải quyết theo luật" in page
    assert "Lò Thị Măng" not in page
    assert "Vì sao là ngày này?" not in page
    assert "chưa có thời hạn giải quyết tố cáo" in page
    watched = deadline("TD-08", desk.row(case).received_on, work_calendar()).due
    assert f"chậm nhất ngày {watched:%d/%m/%Y} (Nghị định 154/2026, điều 41)" in page
    assert desk.row(case).due_on == watched
    desk.act(DUC, case, Action.RECORD_FORM, on=desk.today)
    assert "chưa có thời hạn giải quyết tố cáo" not in citizen.get(CASE).text


def test_does_opening_the_link_in_a_mail_change_nothing(
    session: Session, desk: Desk, citizen: Visitor, keys: Keys
) -> None:
    desk.file(notify="sau@example.vn")
    secret = session.scalars(
        select(OutgoingMessage.secret).where(OutgoingMessage.kind == MailKind.CITIZEN_CONFIRM)
    ).one()
    assert secret is not None
    path = f"/track/confirm/{keys.unseal(secret)}"
    citizen.get(path)
    assert session.scalars(select(NoticeContact.confirmed_at)).one() is None
    assert "đã được xác nhận" in citizen.post(path).text
    session.expire_all()
    assert session.scalars(select(NoticeContact.confirmed_at)).one() is not None
    assert citizen.post(f"/track/confirm/{'x' * 32}").status_code == 404


def test_does_the_page_speak_english(desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file())
    page = citizen.get(f"{CASE}?lang=en").text
    assert "Why this date?" in page
    assert "What has happened" in page


def test_is_a_letter_named_to_the_code_and_opened_by_the_second_proof_only(
    session: Session, app: Flask, desk: Desk, citizen: Visitor, keys: Keys
) -> None:
    desk.files = app.extensions["citizenfeedback_gateways"].files
    case = desk.file(notify="sau@example.vn")
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, user=DUC)
    assert "Văn bản gửi ông/bà" not in opened(citizen, case)
    approve(desk, case, letter, user=DUC)
    issue(desk, case, letter)
    page = opened(citizen, case)
    assert "01/TB-SXD" in page
    assert "Lò Thị Măng" not in page
    address = f"/track/letters/{letter}.pdf"
    assert address not in page
    assert citizen.get(address).status_code == 404
    with transaction() as writing:
        writing.execute(update(NoticeContact).values(confirmed_at=NOON))
    citizen.post("/track/proof", of=CASE)
    sealed = session.scalars(
        select(OutgoingMessage.secret).where(OutgoingMessage.kind == MailKind.CITIZEN_PROOF)
    ).one()
    assert sealed is not None
    citizen.post("/track/proof/check", {"code": keys.unseal(sealed)}, of="/track/proof")
    assert address in citizen.get(CASE).text
    assert citizen.get(address).data.startswith(b"%PDF")
    other = desk.file()
    stranger = visitor(app)
    opened(stranger, other)
    assert stranger.get(address).status_code == 404


def test_does_the_page_say_whose_move_it_is_and_what_is_asked(desk: Desk, citizen: Visitor) -> None:
    case = desk.file()
    assert "Cơ quan làm bước tiếp theo" in opened(citizen, case)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ASK_CITIZEN, text="Xin gửi bản sao quyết định")
    page = citizen.get(CASE).text
    assert "Việc ông/bà cần làm: trả lời cơ quan" in page
    assert "Trả lời cơ quan" in page
    assert page.count("Xin gửi bản sao quyết định") == 2


@pytest.mark.parametrize("kind", [CaseKind.PETITION, CaseKind.REFLECTION])
def test_does_the_answer_stand_first(desk: Desk, citizen: Visitor, kind: CaseKind) -> None:
    case = desk.file(kind)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    desk.act(DUC, case, Action.ANSWER, text="Đã thay bóng đèn ngày 20/11.", document_no="12/TL")
    page = opened(citizen, case)
    assert "Câu trả lời" not in page
    assert "đã soạn câu trả lời và đang chuẩn bị gửi" in page
    desk.act(DUC, case, Action.SEND, on=desk.today)
    page = citizen.get(CASE).text
    assert page.count("Đã thay bóng đèn ngày 20/11.") == 1
    assert page.index("Câu trả lời</h2>") < page.index("Đã thay bóng đèn") < page.index("Tin nhắn")
    assert "số 12/TL" in page
    assert "đã trả lời ông/bà." in page
    assert "giải quyết xong" not in page
    assert "The answer</h2>" in citizen.get(f"{CASE}?lang=en").text


def test_does_a_decision_stand_first_and_stay_closed_without_the_proof(
    desk: Desk, citizen: Visitor
) -> None:
    case = desk.file()
    for step in (
        {"action": Action.EXAMINE, "eligible": True, "competent": True},
        {"action": Action.ACCEPT, "on": desk.today},
        {"action": Action.VERIFY},
        {
            "action": Action.DECIDE,
            "on": desk.today,
            "result": CaseResult.REJECTED,
            "document_no": "5/QĐ",
            "text": "Giữ nguyên quyết định.",
        },
        {"action": Action.SEND, "on": desk.today},
    ):
        desk.act(DUC, case, **step)
    page = opened(citizen, case)
    assert page.index("Kết quả</h2>") < page.index("Tin nhắn")
    assert page.count("Nội dung quyết định chỉ mở khi ông/bà xác nhận thêm một lần") == 1


def test_does_the_page_say_first_that_the_office_wrote(desk: Desk, citizen: Visitor) -> None:
    case = desk.file()
    told = '<a href="#messages">Cơ quan có tin nhắn cho ông/bà.</a>'
    assert told not in opened(citizen, case)
    desk.act(DUC, case, Action.MESSAGE, text="Nhà ông/bà có mấy tầng?")
    page = citizen.get(CASE).text
    assert told in page
    assert "Cơ quan làm bước tiếp theo." in page
    assert "Ông/bà không phải làm gì" not in page
    assert "The office has a message for you." in citizen.get(f"{CASE}?lang=en").text
    citizen.post("/track/message", {"body": "Hai tầng"})
    page = citizen.get(f"{CASE}?lang=vi").text
    assert "Hai tầng" in page
    assert told not in page
    assert "Ông/bà không phải làm gì" in page


def test_is_a_denouncer_warned_where_something_is_sent(desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file(CaseKind.DENUNCIATION))
    for path in ("/track/message", "/track/document"):
        assert "niêm phong" in citizen.get(path).text
        assert "niêm phong" in citizen.post(path, {}).text


def test_do_wrong_codes_make_this_browser_wait_and_nobody_else(
    app: Flask, desk: Desk, citizen: Visitor
) -> None:
    case = desk.file()
    for _ in range(5):
        assert "Không mở được" in citizen.post("/track", {"code": "ABCD-1234-EFGH-5678"}).text
    page = citizen.post("/track", {"code": case.access_code})
    assert page.status_code == 422
    assert "Chờ 1 phút" in page.text
    opened(visitor(app), case)
