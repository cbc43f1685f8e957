"""How an official meets a request about personal data and answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from citizenfeedback.domain.vocabulary import Action, CaseKind, DataPart, DataWish
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.services.privacy import Ask
from tests.conftest import NOON
from tests.people import Visitor
from tests.services.desk import DUC, LAN, Desk
from tests.services.test_erasing import add_paper
from tests.services.test_privacy import ask
from tests.services.test_retaining import erase, refused
from tests.web.inbox.test_pages import come, desk, text

__all__ = ["come", "desk"]

Come = Callable[[int], Visitor]


def test_is_a_request_seen_on_the_case_and_answered(desk: Desk, come: Come) -> None:
    case = desk.file()
    ask(desk, case)
    browser = come(DUC)
    path = f"/inbox/cases/{case.number}/data"
    assert "Trả lời chậm nhất ngày 25/11/2026." in text(browser.get(f"/inbox/cases/{case.number}"))
    page = text(browser.get(path))
    assert "Sửa cho đúng: Họ và tên" in page
    assert "Tôi là Lò Thị Mằng" in page
    form = browser.get(path).text
    request_id = form.split('name="request_id"')[1].split('value="')[1].split('"')[0]
    told = {"request_id": request_id, "text": "Đã sửa.", "outcome": "done"}
    assert browser.post(path, {"request_id": request_id}).status_code == 422
    assert "Nhập nội dung đúng" in text(browser.post(path, told))
    assert "Chọn căn cứ" in text(browser.post(path, {**told, "outcome": "refused"}))
    assert browser.post(path, {**told, "value": "Lò Thị Mằng"}).status_code == 303
    assert "Lò Thị Mằng" in text(browser.get(f"/inbox/cases/{case.number}"))
    assert "Không có yêu cầu nào đang chờ" in text(browser.get(path))
    again = browser.post(path, {**told, "value": "Khác"}, of=f"/inbox/cases/{case.number}/note")
    assert again.status_code == 409


def test_are_papers_chosen_and_erased(desk: Desk, come: Come) -> None:
    case = desk.file(CaseKind.PETITION)
    paper = add_paper(desk, case)
    ask(desk, case, Ask(DataWish.ERASURE, DataPart.PAPERS, "Ảnh gửi nhầm"))
    browser = come(DUC)
    path = f"/inbox/cases/{case.number}/data"
    form = browser.get(f"{path}?lang=en")
    assert "anh.jpg" in text(form)
    assert "Papers to erase" in text(form)
    request_id = form.text.split('name="request_id"')[1].split('value="')[1].split('"')[0]
    told = {"request_id": request_id, "text": "Đã xóa.", "outcome": "done", "papers": str(paper)}
    assert browser.post(path, told).status_code == 303
    assert "anh.jpg" not in text(browser.get(f"/inbox/cases/{case.number}"))


def test_stays_a_denouncers_request_under_the_seal(desk: Desk, come: Come) -> None:
    case = desk.file(CaseKind.DENUNCIATION)
    ask(desk, case)
    browser = come(DUC)
    for path in (f"/inbox/cases/{case.number}/data", f"/inbox/cases/{case.number}"):
        page = text(browser.get(path))
        assert "Mằng" not in page
        assert "Măng" not in page
    assert "niêm phong cùng bản gốc" in text(browser.get(f"/inbox/cases/{case.number}/data"))


def test_is_the_page_not_there_for_others(desk: Desk, come: Come) -> None:
    case = desk.file()
    ask(desk, case)
    assert come(LAN).get(f"/inbox/cases/{case.number}/data").status_code == 404


def test_is_a_file_held_back_before_it_goes(desk: Desk, come: Come, clock: SetClock) -> None:
    case = refused(desk)
    path = f"/inbox/cases/{case.number}"
    clock.moment = NOON + timedelta(days=340)
    browser = come(DUC)
    assert "Sau ngày 23/11/2027" in text(browser.get(path))
    form = {"reason": "Đang có vụ kiện tại tòa"}
    version = browser.get(f"{path}/hold_data").text.split('name="version"')[1].split('"')[1]
    assert browser.post(f"{path}/hold_data", {**form, "version": version}).status_code == 303
    assert "được giữ quá thời hạn" in text(browser.get(path))
    desk.act(DUC, case, Action.RELEASE_DATA, reason="Hết vụ kiện")
    erase(desk, 400)
    page = text(browser.get(path))
    assert "đã được xóa ngày 28/12/2027" in page
    assert "Măng" not in page
