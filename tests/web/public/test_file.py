"""Filing in a browser without scripts: nothing is lost, one case is made, the code is kept."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.documents.formats import format_time
from citizenfeedback.domain.vocabulary import CaseKind, UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment, DraftFile
from citizenfeedback.models.cases import Case, CasePerson, CaseText, Draft
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.outbox import OutgoingMessage
from tests.conftest import NOON
from tests.people import Visitor, make_unit, visitor

NEW = "/petitions/new"
WORDS = "Tôi bị thu hồi 120 m² đất mà chưa được bồi thường."
YOU = {
    "name": "Nguyễn Văn Hùng",
    "id_no": "022190001234",
    "phone": "0912 345 678",
    "address": "Khu 3, phường Bãi Cháy",
}
COMPLAINT, DENUNCIATION = "decision_against_me", "breach_of_law"
PETITION, REFLECTION = "proposal", "something_seen"


@pytest.fixture
def office(session: Session, gateways: Gateways) -> int:
    """A province with a department; the id of the department."""
    top = make_unit(
        gateways,
        "QN",
        name="UBND tỉnh Quảng Ninh",
        level=UnitLevel.PROVINCE,
        address="Phường Hồng Gai",
    )
    return make_unit(gateways, "SXD", top, name="Sở Xây dựng", address="Đường 25/4")


@pytest.fixture
def citizen(app: Flask, office: int) -> Visitor:
    return visitor(app)


def text_of(answer: Any) -> str:
    """What a reader sees of a page."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


def picture(kind: str = "PNG") -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, kind)
    return out.getvalue()


def begin(citizen: Visitor, question: str = COMPLAINT) -> None:
    answer = citizen.post(NEW, {"question": question})
    assert (answer.status_code, answer.location) == (303, f"{NEW}/meaning")
    assert citizen.get(answer.location).status_code == 200


def answer(citizen: Visitor, question: str, then: str, **values: str) -> None:
    """Answer one question and be led to the next."""
    sent = citizen.post(f"{NEW}/{question}", {"go": "next", **values})
    assert (sent.status_code, sent.location) == (303, f"{NEW}/{then}"), text_of(sent)


def fill(citizen: Visitor, question: str = COMPLAINT, **you: str) -> None:
    """Everything up to the last page before sending."""
    begin(citizen, question)
    answer(citizen, "words", "wish", words=WORDS)
    answer(citizen, "wish", "field", wish="Tính lại tiền bồi thường")
    reports = question == REFLECTION
    answer(citizen, "field", "office" if reports else "respondent", field="land")
    if not reports:
        answer(citizen, "respondent", "office", respondent="Quyết định số 118", unit="unknown")
    answer(citizen, "office", "files", unit="unknown")
    answer(citizen, "files", "you" if reports else "standing")
    if not reports:
        answer(citizen, "standing", "you", standing="alone")
    answer(citizen, "you", "check", **(you or YOU))


def send(citizen: Visitor) -> str:
    """Send; the access code that is shown."""
    sent = citizen.post(f"{NEW}/check")
    assert (sent.status_code, sent.location) == (303, f"{NEW}/code")
    return code_on(citizen.get(sent.location))


def code_on(page: Any) -> str:
    found = re.search(r"data-copy-source>\s*([0-9A-Z-]{19})\s*<", page.text)
    assert found
    return found.group(1)


def cases(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.both_databases
def test_does_a_complaint_find_its_way_from_question_to_receipt(
    session: Session, citizen: Visitor
) -> None:
    fill(citizen)
    check = text_of(citizen.get(f"{NEW}/check"))
    for said in (WORDS, "Tính lại tiền bồi thường", "Quyết định số 118", *YOU.values()):
        assert said.replace("0912 345 678", "0912345678") in check
    code = send(citizen)
    wrong = citizen.post(f"{NEW}/code-check", {"code": "AAAA"})
    assert code_on(wrong) == code
    assert "chưa khớp" in text_of(wrong)
    right = citizen.post(f"{NEW}/code-check", {"code": code.lower().replace("-", " ")})
    assert right.location == f"{NEW}/receipt"
    receipt = text_of(citizen.get(right.location))
    case = session.execute(select(Case)).scalar_one()
    assert f"Giấy biên nhận đơn số {case.number}" in receipt
    assert "Ông/bà cần ký đơn" in receipt
    assert "02/12/2026" in receipt
    assert "Vì sao là ngày này?" in receipt
    assert WORDS not in receipt
    assert "Hùng" not in receipt
    assert session.scalars(select(CaseText.words)).one() == WORDS
    assert session.scalars(select(CasePerson.name)).one() == "Nguyễn Văn Hùng"
    assert session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0


def test_is_every_page_there_in_english(citizen: Visitor) -> None:
    citizen.get("/?lang=en")
    fill(citizen)
    for page in ("words", "wish", "field", "respondent", "office", "files", "you", "check"):
        shown = text_of(citizen.get(f"{NEW}/{page}"))
        assert "Ông/bà" not in shown, page
    send(citizen)
    assert "You need to sign the complaint" in text_of(citizen.get(f"{NEW}/receipt"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (COMPLAINT, "Đây là khiếu nại"),
        (DENUNCIATION, "Đây là tố cáo"),
        (PETITION, "Đây là kiến nghị"),
        (REFLECTION, "Đây là phản ánh"),
    ],
)
def test_is_the_meaning_said_before_the_first_field(
    citizen: Visitor, question: str, said: str
) -> None:
    begin(citizen, question)
    page = citizen.get(f"{NEW}/meaning")
    assert said in text_of(page)
    for part in ("Họ tên", "Ai đọc được", "Thời hạn"):
        assert part in text_of(page)


def test_may_somebody_who_knows_the_kind_say_so(citizen: Visitor) -> None:
    sent = citizen.post(NEW, {"kind": "petition"})
    assert "Đây là kiến nghị" in text_of(citizen.get(sent.location))


def test_is_a_page_without_a_choice_asked_again(citizen: Visitor) -> None:
    for sent in ({}, {"question": "nothing"}, {"kind": "nothing"}):
        page = citizen.post(NEW, sent)
        assert page.status_code == 422
        assert "Chọn câu gần nhất" in text_of(page)


def test_does_an_error_keep_what_was_typed(citizen: Visitor) -> None:
    begin(citizen)
    assert citizen.post(f"{NEW}/words", {"words": "  "}).status_code == 422
    long = "dài " * 2600
    page = citizen.post(f"{NEW}/words", {"words": long})
    assert page.status_code == 422
    assert "Rút ngắn" in text_of(page)
    assert long.strip() in citizen.get(f"{NEW}/words").text
    wrong = {**YOU, "phone": "12", "id_no": "x"}
    page = citizen.post(f"{NEW}/you", wrong)
    assert page.status_code == 422
    assert 'href="#phone"' in page.text
    assert 'href="#id_no"' in page.text
    kept = citizen.get(f"{NEW}/you").text
    assert 'value="Nguyễn Văn Hùng"' in kept
    assert 'value="12"' in kept


def test_does_going_back_keep_what_was_typed(citizen: Visitor) -> None:
    begin(citizen)
    answer(citizen, "words", "wish", words=WORDS)
    back = citizen.post(f"{NEW}/wish", {"wish": "Xin lỗi", "go": "back"})
    assert back.location == f"{NEW}/words"
    assert WORDS in citizen.get(back.location).text
    assert "Xin lỗi" in citizen.get(f"{NEW}/wish").text


def test_does_the_script_keep_what_is_being_typed(citizen: Visitor) -> None:
    begin(citizen)
    kept = citizen.post(f"{NEW}/words", {"words": "Dở dang", "go": "keep"})
    assert kept.get_json() == {"saved": "12:00"}
    assert "Dở dang" in citizen.get(f"{NEW}/words").text


def test_does_changing_an_answer_lead_back_to_the_check(session: Session, citizen: Visitor) -> None:
    fill(citizen)
    assert f"{NEW}/wish?then=check" in citizen.get(f"{NEW}/check").text
    sent = citizen.post(f"{NEW}/wish?then=check", {"wish": "Đổi ý", "go": "next"})
    assert sent.location == f"{NEW}/check"
    kind = citizen.post(f"{NEW}?then=check", {"question": PETITION})
    assert kind.location == f"{NEW}/meaning?then=check"
    assert f'href="{NEW}/check"' in citizen.get(kind.location).text
    send(citizen)
    assert session.scalars(select(Case.kind)).one() == CaseKind.PETITION


def test_is_an_office_found_without_accents_and_kept(
    session: Session, citizen: Visitor, office: int
) -> None:
    fill(citizen)
    found = citizen.post(f"{NEW}/office", {"search": "so xay dung", "go": "search"})
    assert found.location == f"{NEW}/office"
    page = citizen.get(found.location)
    assert "Tìm thấy 1 cơ quan" in text_of(page)
    assert "Sở Xây dựng" in text_of(page)
    entered = citizen.post(f"{NEW}/office", {"search": "hong gai", "go": "next"})
    assert entered.location == f"{NEW}/office"
    assert "Không thấy cơ quan nào" in text_of(citizen.get(entered.location))
    answer(citizen, "office", "files", search="hong gai", unit=str(office))
    send(citizen)
    assert session.scalars(select(Case.unit_id)).one() == office


@pytest.mark.parametrize("unit", ["", "987654", "-1", "x", "1e9"])
def test_is_an_office_that_is_none_refused(citizen: Visitor, unit: str) -> None:
    begin(citizen)
    page = citizen.post(f"{NEW}/office", {"unit": unit, "go": "next"})
    assert page.status_code == 422
    assert 'href="#unit"' in page.text


def test_is_a_refused_file_named_while_the_others_are_kept(
    session: Session, citizen: Visitor
) -> None:
    fill(citizen)
    files = [
        (BytesIO(picture()), "ảnh nhà.png"),
        (BytesIO(b"hello"), "bài viết.txt"),
        (BytesIO(picture("JPEG")), "giả.pdf"),
    ]
    page = citizen.post(f"{NEW}/files", {"files": files, "go": "next"})
    assert page.status_code == 422
    shown = text_of(page)
    assert "bài viết.txt: Không nhận loại tệp này" in shown
    assert "ảnh nhà.png" in shown
    assert "giả.jpg" in shown
    file_id = session.scalars(select(DraftFile.id).order_by(DraftFile.id)).first()
    gone = citizen.post(f"{NEW}/files", {"remove": str(file_id)})
    assert gone.location == f"{NEW}/files"
    assert "ảnh nhà.png" not in text_of(citizen.get(gone.location))
    send(citizen)
    assert session.scalars(select(Attachment.name)).all() == ["giả.jpg"]


def test_does_sending_what_is_incomplete_lead_to_the_gaps(
    session: Session, citizen: Visitor
) -> None:
    begin(citizen)
    answer(citizen, "words", "wish", words=WORDS)
    page = citizen.post(f"{NEW}/check")
    assert page.status_code == 422
    assert f"{NEW}/you?then=check" in page.text
    assert f"{NEW}/respondent?then=check" in page.text
    assert cases(session) == 0


def test_does_pressing_twice_make_one_case(session: Session, citizen: Visitor) -> None:
    fill(citizen)
    token = citizen.token(f"{NEW}/check")
    first = citizen.client.post(f"{NEW}/check", data={"csrf_token": token})
    second = citizen.client.post(f"{NEW}/check", data={"csrf_token": token})
    assert first.location == second.location == f"{NEW}/code"
    assert cases(session) == 1
    again = citizen.get(f"{NEW}/words")
    assert again.location == f"{NEW}/code"
    assert "Ông/bà vừa gửi một đơn" in text_of(citizen.get(NEW))


def test_is_the_code_only_in_the_page_that_shows_it(
    citizen: Visitor, gateways: Gateways, caplog: pytest.LogCaptureFixture
) -> None:
    fill(citizen, **YOU, email="hung@example.vn")
    sent = citizen.post(f"{NEW}/check")
    headers = str(sent.headers)
    code = code_on(citizen.get(sent.location))
    for place in (sent.location, headers, caplog.text, sent.text):
        assert code not in place
    assert "no-store" in citizen.get(f"{NEW}/code").headers["Cache-Control"]


def test_can_another_browser_see_nothing_of_it(app: Flask, citizen: Visitor) -> None:
    fill(citizen)
    other = visitor(app)
    assert other.get(f"{NEW}/check").location == NEW
    send(citizen)
    for page in ("code", "code-check", "receipt"):
        assert other.get(f"{NEW}/{page}").location == NEW


def test_are_numbers_gone_after_half_an_hour_or_when_done(
    citizen: Visitor, clock: SetClock, session: Session
) -> None:
    fill(citizen)
    send(citizen)
    clock.moment = NOON + timedelta(minutes=31)
    assert citizen.get(f"{NEW}/code").location == NEW
    clock.moment = NOON
    done = citizen.post(f"{NEW}/done", of=f"{NEW}/receipt")
    assert done.location == "/"
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert citizen.get(f"{NEW}/code").location == NEW


def test_does_leaving_wipe_everything_and_show_a_harmless_page(
    session: Session, citizen: Visitor
) -> None:
    fill(citizen)
    left = citizen.post(f"{NEW}/leave", of=f"{NEW}/check")
    assert left.location == "/offices"
    assert "no-store" in citizen.get(NEW).headers["Cache-Control"]
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert citizen.get(f"{NEW}/words").location == NEW
    assert "tố cáo" not in text_of(citizen.get("/offices"))


def test_does_a_draft_wait_a_day_and_say_so(citizen: Visitor, clock: SetClock) -> None:
    begin(citizen)
    answer(citizen, "words", "wish", words=WORDS)
    clock.moment = NOON + timedelta(hours=23)
    page = citizen.get(NEW)
    assert "Ông/bà đang viết dở một đơn" in text_of(page)
    assert f'href="{NEW}/wish"' in page.text
    clock.moment = NOON + timedelta(hours=24)
    assert citizen.get(f"{NEW}/wish").location == NEW
    assert "Không còn đơn đang viết" in text_of(citizen.get(NEW))


def test_does_each_save_give_a_draft_another_day(citizen: Visitor, clock: SetClock) -> None:
    begin(citizen)
    answer(citizen, "words", "wish", words=WORDS)
    clock.moment = NOON + timedelta(hours=23)
    answer(citizen, "words", "wish", words=WORDS)
    said = f"Đã lưu tạm lúc {format_time(clock.moment)}, tự xóa sau 24 giờ"
    assert said in text_of(citizen.get(f"{NEW}/wish"))
    clock.moment = NOON + timedelta(hours=46)
    assert "Ông/bà đang viết dở một đơn" in text_of(citizen.get(NEW))
    clock.moment = NOON + timedelta(hours=47)
    assert "Không còn đơn đang viết" in text_of(citizen.get(f"{NEW}/wish", follow_redirects=True))


def test_does_the_cookie_of_a_denunciation_end_with_the_browser(citizen: Visitor) -> None:
    kept = citizen.post(NEW, {"question": COMPLAINT}).headers["Set-Cookie"]
    assert "Max-Age" not in kept, "not asked for"
    assert "HttpOnly" in kept
    assert "Path=/petitions/new" in kept
    brief = citizen.post(NEW, {"question": DENUNCIATION}).headers["Set-Cookie"]
    assert "Max-Age" not in brief
    assert "Expires" not in brief


def test_is_an_online_denunciation_called_information(session: Session, citizen: Visitor) -> None:
    fill(citizen, DENUNCIATION, name="")
    send(citizen)
    receipt = text_of(citizen.get(f"{NEW}/receipt"))
    assert "chưa phải đơn tố cáo theo luật" in receipt
    assert "Cất kỹ giấy này" in receipt
    case = session.execute(select(Case)).scalar_one()
    assert (case.kind, case.formal, case.summary) == (CaseKind.DENUNCIATION, False, "")


def test_is_a_denouncer_warned_before_giving_an_address(session: Session, citizen: Visitor) -> None:
    fill(citizen, DENUNCIATION, name="")
    mail = {"email": "hung@example.vn"}
    page = citizen.post(f"{NEW}/you", {**mail, "go": "next"})
    assert page.status_code == 422
    assert "Đánh dấu đồng ý bên dưới" in text_of(page)
    answer(citizen, "you", "check", **mail, news_despite_risk="1")
    assert "hung@example.vn" in text_of(citizen.get(f"{NEW}/check"))


def test_is_it_said_what_an_address_is_good_for(citizen: Visitor) -> None:
    """Nobody learns only afterwards that without one they must come to the office."""
    later = "tự xem và sửa được thông tin của mình"
    fill(citizen)
    assert later in text_of(citizen.get(f"{NEW}/you"))
    fill(citizen, DENUNCIATION, name="")
    assert later not in text_of(citizen.get(f"{NEW}/you"))


def test_is_the_highest_office_not_denounced_here(
    session: Session, citizen: Visitor, gateways: Gateways
) -> None:
    fill(citizen, DENUNCIATION, name="")
    top = re.search(
        r'value="(\d+)"[^>]*>\s*<label[^>]*>UBND tỉnh', citizen.get(f"{NEW}/office").text
    )
    assert top
    wrong = {"respondent": "Chủ tịch tỉnh", "unit": top.group(1), "go": "next"}
    page = citizen.post(f"{NEW}/respondent", wrong)
    assert page.status_code == 422
    assert "Hãy gửi lên cấp trên" in text_of(page)
    assert citizen.post(f"{NEW}/check").status_code == 422
    assert cases(session) == 0


def test_is_nothing_kept_of_where_a_sender_came_from(
    session: Session, citizen: Visitor, keys: Keys
) -> None:
    citizen.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    citizen.client.environ_base["HTTP_USER_AGENT"] = "Nokia 3310 Browser"
    fill(citizen, DENUNCIATION, name="")
    send(citizen)
    from citizenfeedback.models.base import Base

    for table in Base.metadata.sorted_tables:
        held = str(session.execute(select(table)).all())
        assert "203.0.113.77" not in held, table.name
        assert "Nokia" not in held, table.name


def test_is_text_composed_and_turned_marks_taken_out(session: Session, citizen: Visitor) -> None:
    fill(citizen, **{**YOU, "name": unicodedata.normalize("NFD", "Lò Thị Mẵng\u202e")})
    send(citizen)
    assert session.scalars(select(CasePerson.name)).one() == "Lò Thị Mẵng"


HOSTILE = [
    {"words": "x" * 10_000_000},
    {"words": "a\x00b"},
    {"field": "[object]"},
    {"unit": "9" * 500},
    {"go": "elsewhere", "words": "a"},
    {"remove": "9" * 30},
    {"remove": "-1"},
    {"news_despite_risk": "maybe", "email": "@" * 300},
    {"phone": "\u202e" * 50, "id_no": "=cmd|' /C calc'!A0"},
]


@pytest.mark.parametrize(
    "page", ["words", "field", "respondent", "office", "files", "you", "check"]
)
def test_does_hostile_input_get_a_clear_answer(citizen: Visitor, page: str) -> None:
    begin(citizen)
    for values in HOSTILE:
        sent = citizen.post(f"{NEW}/{page}", values)
        assert sent.status_code in (200, 303, 400, 413, 422), (page, list(values))
    for values in ({"files": "no file"}, {"words": (BytesIO(b"x"), "words.txt")}):
        assert citizen.post(f"{NEW}/{page}", values).status_code in (303, 422)


def test_is_a_broken_multipart_body_no_failure(citizen: Visitor) -> None:
    begin(citizen)
    for body in (b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"\xff" * 999):
        sent = citizen.client.post(
            f"{NEW}/files", data=body, content_type="multipart/form-data; boundary=x"
        )
        assert sent.status_code in (303, 400, 413)


@pytest.mark.parametrize("token", ["", "x", "y" * 43, "é" * 43, "a" * 3000])
def test_is_an_odd_cookie_no_draft(citizen: Visitor, token: str) -> None:
    citizen.client.set_cookie("draft", token, path=NEW)
    assert citizen.get(f"{NEW}/words").location == NEW
    assert citizen.get(NEW).status_code == 200


def test_is_too_large_a_page_led_back_with_the_draft_kept(citizen: Visitor) -> None:
    begin(citizen)
    answer(citizen, "words", "wish", words=WORDS)
    sent = citizen.post(f"{NEW}/wish", {"wish": "x" * 10_000_000})
    assert (sent.status_code, sent.location) == (303, f"{NEW}/wish")
    assert "quá lớn" in text_of(citizen.get(sent.location))
    assert WORDS in citizen.get(f"{NEW}/words").text


def test_is_sending_without_a_draft_led_to_the_start(citizen: Visitor) -> None:
    assert citizen.post(f"{NEW}/check", of=NEW).location == NEW
    assert citizen.post(f"{NEW}/done", of=NEW).location == "/"


def test_is_the_office_that_decides_proposed_with_the_reason(citizen: Visitor, office: int) -> None:
    begin(citizen, PETITION)
    citizen.post(f"{NEW}/field", {"field": "construction", "go": "next"})
    page = citizen.get(f"{NEW}/office")
    assert "Cơ quan này phụ trách: xây dựng" in text_of(page).replace("Xây", "xây")
    assert page.text.count(f'value="{office}"') == 1
    begin(citizen, COMPLAINT)
    citizen.post(
        f"{NEW}/respondent", {"respondent": "Quyết định 118", "unit": office, "go": "next"}
    )
    told = text_of(citizen.get(f"{NEW}/office"))
    assert "Nơi giải quyết việc này" in told
    assert "Luật Khiếu nại" in told
    citizen.post(f"{NEW}/office", {"unit": "unknown", "go": "next"})
    assert "Nơi giải quyết việc này" in text_of(citizen.get(f"{NEW}/office"))


@pytest.mark.both_databases
def test_is_a_lamp_reported_to_the_ward_where_it_is(
    session: Session, citizen: Visitor, gateways: Gateways
) -> None:
    top = session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    ward = make_unit(gateways, "BCY", top, name="UBND phường Bãi Cháy", level=UnitLevel.COMMUNE)
    begin(citizen, REFLECTION)
    assert 'name="place"' in citizen.get(f"{NEW}/words").text
    answer(citizen, "words", "wish", words="Đèn đường hỏng", place="ngõ 5, Bãi Cháy")
    answer(citizen, "wish", "field", wish="Sửa đèn")
    answer(citizen, "field", "office", field="construction")
    page = citizen.get(f"{NEW}/office")
    told = text_of(page)
    assert "Nơi xảy ra việc thuộc xã, phường này" in told
    assert told.index("UBND phường Bãi Cháy") < told.index("Sở Xây dựng")
    assert "Câu 5 trên 7" in told
    answer(citizen, "office", "files", unit=str(ward))
    answer(citizen, "files", "you")
    answer(citizen, "you", "check", name="Lò Thị Măng")
    check = text_of(citizen.get(f"{NEW}/check"))
    assert "ngõ 5, Bãi Cháy" in check
    for left_out in ("Nói về ai, việc gì", "Đơn của Của riêng tôi"):
        assert left_out not in check
    send(citizen)
    assert session.scalars(select(CaseText.place)).one() == "ngõ 5, Bãi Cháy"
    assert session.scalars(select(Case.unit_id)).one() == ward


def test_is_no_department_put_before_the_wards_for_a_thing_seen(
    citizen: Visitor, gateways: Gateways, session: Session
) -> None:
    top = session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    make_unit(gateways, "BCY", top, name="UBND phường Bãi Cháy", level=UnitLevel.COMMUNE)
    begin(citizen, REFLECTION)
    answer(citizen, "words", "wish", words="Đèn đường hỏng", place="gần chợ")
    answer(citizen, "field", "office", field="construction")
    told = text_of(citizen.get(f"{NEW}/office"))
    assert "Nơi giải quyết việc này" not in told
    assert "Việc ở xã, phường nào" in told
    assert told.index("UBND phường Bãi Cháy") < told.index("Sở Xây dựng")
    answer(citizen, "field", "respondent", field="conduct")


def test_does_the_denounced_wards_own_article_stand_beside_its_chairmans(
    citizen: Visitor, gateways: Gateways, session: Session
) -> None:
    top = session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
    ward = make_unit(gateways, "BCY", top, name="UBND phường Bãi Cháy", level=UnitLevel.COMMUNE)
    begin(citizen, DENUNCIATION)
    citizen.post(
        f"{NEW}/respondent", {"respondent": "Một công chức hộ tịch", "unit": ward, "go": "next"}
    )
    told = text_of(citizen.get(f"{NEW}/office"))
    assert "Chủ tịch UBND cấp xã giải quyết tố cáo công chức do mình quản lý" in told
    assert "Tố cáo Chủ tịch, Phó Chủ tịch UBND cấp xã do Chủ tịch UBND cấp tỉnh giải quyết" in told
    assert "để cơ quan bị tố cáo không thấy" in told


def test_is_a_complainant_not_asked_for_a_place(citizen: Visitor) -> None:
    begin(citizen)
    assert 'name="place"' not in citizen.get(f"{NEW}/words").text
