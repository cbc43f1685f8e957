"""Officials' pages by role: what each sees, does, and is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Action, CaseKind, Channel, State, WithdrawalProof
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.cases import Case
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.services import accounts
from citizenfeedback.services.following import ask_withdrawal, write_message
from tests.conftest import NOON
from tests.people import PASSWORD, Visitor, visitor
from tests.services.desk import BUILDING, DUC, HOA, LAN, MINH, Desk, open_desk

Come = Callable[[int], Visitor]


@pytest.fixture
def desk(session: Session, gateways: Gateways) -> Desk:
    """The office of the tests; its people sign in with one password."""
    return open_desk(session, gateways.keys)


@pytest.fixture
def come(app: Flask, desk: Desk, gateways: Gateways) -> Callable[[int], Visitor]:
    """Sign somebody in and give their browser."""

    def sign_in(user_id: int) -> Visitor:
        link = accounts.issue_reset(SYSTEM, user_id, keys=gateways.keys, now=NOON)
        accounts.set_password(
            link.token, PASSWORD, keys=gateways.keys, passwords=gateways.passwords, now=NOON
        )
        browser = visitor(app)
        assert browser.sign_in(f"u{user_id}@example.vn").status_code == 303
        return browser

    return sign_in


def text(response: Any) -> str:
    """The page without tags and doubled spaces."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(plain).split())


def test_the_list_shows_whose_turn_it_is(desk: Desk, come: Come) -> None:
    """Tabs count, rows open, a denunciation hides its sender, in both languages."""
    plain = desk.file()
    sealed = desk.file(CaseKind.DENUNCIATION, summary="Nhận tiền để duyệt hồ sơ")
    browser = come(DUC)
    page = browser.get("/inbox?view=unit")
    assert page.status_code == 200
    told = text(page)
    assert "Hộp thư · Sở Xây dựng" in told
    assert plain.number in told
    assert sealed.number in told
    assert "(người gửi được giữ kín)" in told
    assert "Lò Thị Măng" in told
    assert told.count("Măng") == 1
    english = text(browser.get("/inbox?view=unit&lang=en"))
    assert "· Unit 2" in english
    assert "New, unassigned" in english
    assert "In all units:" in english
    soon = browser.get("/inbox?view=soon&lang=vi")
    assert re.search(r'view=soon" aria-current="page">Sắp đến hạn <span[^>]*>\d', soon.text)


def test_what_a_citizen_wrote_is_marked_and_listed(desk: Desk, come: Come) -> None:
    """In the row, beside it and on the case, for whoever sees it; sealed words stay sealed."""
    plain, sealed = desk.file(), desk.file(CaseKind.DENUNCIATION)
    quiet = desk.file()
    browser = come(DUC)
    assert "Tin mới của người dân" not in text(browser.get("/inbox?view=unit"))
    for case in (plain, sealed):
        write_message(citizen(case.id), desk.keys, "Tôi là Sáu", today=desk.today, now=desk.now)
    desk.put(plain, state=State.DONE)
    told = text(browser.get("/inbox?view=written"))
    assert "Tin mới của người dân 2" in told
    assert plain.number in told
    assert sealed.number in told
    assert quiet.number not in told
    assert told.count("tin mới") == 2
    assert "Tôi là Sáu" not in told
    assert text(browser.get("/inbox?view=unit&lang=en")).count("new message") == 1
    beside = browser.get(f"/inbox?view=unit&case={sealed.number}&lang=vi").text
    side = beside[beside.index('class="bench__side"') :]
    assert "Tin mới của người dân" in side
    page = browser.get(f"/inbox/cases/{sealed.number}").text
    assert re.search(r'<a href="#messages"><strong[^>]*>Tin mới của người dân</strong></a>', page)
    assert "Tôi là Sáu" not in page
    desk.act(DUC, sealed, Action.MESSAGE, text="Đã nhận")
    assert "Tin mới" not in browser.get(f"/inbox/cases/{sealed.number}").text


def test_the_filter_and_the_search(desk: Desk, come: Come) -> None:
    """Narrowed by kind and found without accents; nothing found is said kindly."""
    desk.file()
    other = desk.file(CaseKind.PETITION, summary="Đèn đường thôn Khe Cát hỏng")
    browser = come(HOA)
    told = text(browser.get("/inbox?view=unit&kind=petition&standing=in_time&standing=overdue"))
    assert other.number in told
    assert "1–1 của 1" in told
    assert other.number in text(browser.get("/inbox?q=den+duong"))
    assert "Không có vụ việc nào khớp" in text(browser.get("/inbox?q=khong+co+dau"))
    assert (
        browser.get("/inbox?kind=x&state=y&at=z&unit=9999999999999&from=2&view=q").status_code
        == 200
    )


def test_a_case_is_opened_acted_on_and_written_down(desk: Desk, come: Come) -> None:
    """The page offers the lawful steps; doing one brings it into the timeline."""
    case = desk.file()
    browser = come(DUC)
    page = browser.get(f"/inbox/cases/{case.number}")
    assert "Nhà tôi bị nứt tường" in text(page)
    form = browser.get(f"/inbox/cases/{case.number}/examine")
    version = re.search(r'name="version"[^>]*value="(\d+)"', form.text).group(1)
    done = browser.post(
        f"/inbox/cases/{case.number}/examine",
        {"version": version, "eligible": "yes", "competent": "yes"},
    )
    assert done.status_code == 303
    told = text(browser.get(f"/inbox/cases/{case.number}"))
    assert "đủ điều kiện xử lý, thuộc thẩm quyền giải quyết" in told
    assert "Trần Văn Đức" in told
    refused = browser.post(
        f"/inbox/cases/{case.number}/accept",
        {"version": "2", "on-day": "30", "on-month": "12", "on-year": "2026"},
    )
    assert refused.status_code == 409
    assert "Ngày không thể sau hôm nay" in text(refused)
    assert desk.row(case).state is State.EXAMINING


def test_changed_meanwhile_is_shown_and_nothing_typed_is_lost(desk: Desk, come: Come) -> None:
    """What another did is listed, the text stays, a second press does it."""
    case = desk.file()
    browser = come(DUC)
    stale = {"version": "1", "seq": "1", "summary": "Tường nứt do nhà bên xây"}
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    shown = browser.post(f"/inbox/cases/{case.number}/summarise", stale)
    assert shown.status_code == 409
    told = text(shown)
    assert "Người khác vừa thay đổi vụ việc này" in told
    assert "Phạm Thị Lan" in told
    assert "Tường nứt do nhà bên xây" in told
    version = re.search(r'name="version"[^>]*value="(\d+)"', shown.text).group(1)
    again = browser.post(
        f"/inbox/cases/{case.number}/summarise", {**stale, "version": version, "seq": "2"}
    )
    assert again.status_code == 303
    assert desk.row(case).summary == "Tường nứt do nhà bên xây"


def test_unknown_forbidden_and_walled_look_the_same(desk: Desk, come: Come) -> None:
    """Word for word the same page, whatever the reason."""
    case = desk.file()
    walled = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=BUILDING)
    stranger, denounced = come(MINH), come(DUC)
    pages = [
        stranger.get(f"/inbox/cases/{case.number}"),
        stranger.get("/inbox/cases/26-0000-0"),
        denounced.get(f"/inbox/cases/{walled.number}"),
        denounced.get(f"/inbox/cases/{walled.number}/examine"),
        denounced.get(f"/inbox/cases/{walled.number}/papers/1"),
        denounced.get(f"/inbox/cases/{walled.number}/original"),
    ]
    assert {page.status_code for page in pages} == {404}
    assert (
        len({text(page).replace("Vũ Minh", "").replace("Trần Văn Đức", "") for page in pages}) == 1
    )
    assert walled.number not in denounced.get("/inbox?view=reach").text
    assert "Không có vụ việc nào khớp" in text(denounced.get(f"/inbox?q={walled.number}"))


def test_the_original_opens_by_post_with_a_reason_only(desk: Desk, come: Come) -> None:
    """Looking opens nothing; the reason comes first, then the log, then the page."""
    case = desk.file(CaseKind.DENUNCIATION)
    browser = come(DUC)
    address = f"/inbox/cases/{case.number}/original"
    assert "Lò Thị Măng" not in text(browser.get(f"/inbox/cases/{case.number}"))
    assert "Lò Thị Măng" not in text(browser.get(address))
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "vì"}).status_code == 409
    opened = browser.post(address, {"reason": "Cần hỏi thêm người tố cáo"})
    assert "Lò Thị Măng" in text(opened)
    assert "no-store" in opened.headers["Cache-Control"]
    assert desk.session.scalar(select(func.count()).select_from(AuditEntry)) >= 1
    handler = come(HOA)
    assert handler.get(address).status_code == 404
    refused = handler.post(
        address, {"reason": "Cần hỏi thêm người"}, of=f"/inbox/cases/{case.number}"
    )
    assert refused.status_code == 404


def test_cases_are_given_from_the_list(desk: Desk, come: Come) -> None:
    """The chosen ones are given; a stale one is named."""
    one, two = desk.file(), desk.file()
    browser = come(DUC)
    answer = browser.post(
        "/inbox/assign",
        {
            "pick": [f"{one.number}:1", f"{two.number}:9"],
            "assignee": str(HOA),
            "back": "/inbox?view=unit",
        },
        of="/inbox?view=unit",
    )
    assert answer.status_code == 303
    assert answer.location == "/inbox?view=unit"
    told = text(browser.get("/inbox?view=unit"))
    assert "Đã giao 1 vụ việc" in told
    assert f"{two.number}: Người khác vừa sửa" in told
    assert desk.row(one).assignee_id == HOA
    away = browser.post(
        "/inbox/assign", {"pick": "x", "back": "https://elsewhere.example"}, of="/inbox?view=unit"
    )
    assert away.location == "/inbox"


def test_a_paper_is_entered_and_its_slip_printed(desk: Desk, come: Come) -> None:
    """The slip shows the code until it was handed over; sent twice it is one case."""
    browser = come(LAN)
    page = browser.get("/inbox/new")
    assert re.search(r'value="in_person" checked', page.text)
    submission = re.search(r'name="submission"[^>]*value="([^"]+)"', page.text).group(1)
    day = NOON.date() - timedelta(days=2)
    values = {
        "submission": submission,
        "kind": "complaint",
        "channel": "in_person",
        "received_on-day": str(day.day),
        "received_on-month": str(day.month),
        "received_on-year": str(day.year),
        "name": "Nguyễn Văn Hùng",
        "id_no": "022190001234",
        "address": "Tổ 3, Hà Khánh",
        "respondent": "UBND phường",
        "field": "land",
        "unit": str(BUILDING),
        "summary": "Không đồng ý mức bồi thường",
        "signed": "1",
        "signatories": "1",
        "papers": "3",
    }
    entered = browser.post("/inbox/new", values)
    assert entered.status_code == 303, text(entered)
    slip = browser.get("/inbox/slip")
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", slip.text)
    told = text(slip)
    assert f"Ngày nhận đơn {day:%d/%m/%Y}" in told
    assert "Người gửi Nguyễn Văn Hùng" in told
    assert "Giấy tờ nộp kèm 3" in told
    assert "/track và nhập mã tra cứu" in told
    case = desk.session.execute(select(Case)).scalar_one()
    assert case.channel is Channel.IN_PERSON
    again = browser.post("/inbox/new", {**values, "confirmed": "1"})
    assert again.status_code == 409
    assert case.number in text(again)
    similar = browser.post("/inbox/new", {**values, "submission": ""})
    assert "Có thể đơn này đã có trong sổ" in text(similar)
    assert browser.post("/inbox/slip", of="/inbox/slip").status_code == 303
    assert browser.get("/inbox/slip").status_code == 303
    sealed = {**values, "submission": "", "kind": "denunciation", "papers": ""}
    assert browser.post("/inbox/new", sealed, of="/inbox/new").status_code == 303
    told = text(browser.get("/inbox/slip"))
    assert "Giấy tờ nộp kèm ……" in told
    assert "Nguyễn Văn Hùng" not in told
    late = browser.post("/inbox/new", {**values, "received_on-year": "2025", "confirmed": "1"})
    assert late.status_code == 422
    assert "Vào sổ sau hơn 5 ngày làm việc" in text(late)
    assert come(HOA).get("/inbox/new").status_code == 404


def test_papers_go_in_clean_and_come_out_as_files(desk: Desk, come: Come) -> None:
    """A picture is taken and downloaded, a script is refused."""
    from PIL import Image

    case = desk.file()
    browser = come(DUC)
    address = f"/inbox/cases/{case.number}/add_document"
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    done = browser.post(address, {"version": "1", "document": (picture, "anh nhà.png")})
    assert done.status_code == 303, text(done)
    found = re.search(
        r"/inbox/cases/[^\"]+/papers/\d+", browser.get(f"/inbox/cases/{case.number}").text
    )
    paper = browser.get(found.group(0))
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    bad = browser.post(address, {"version": "1", "document": (io.BytesIO(b"#!/bin/sh"), "a.sh")})
    assert bad.status_code == 409


def test_an_answer_is_kept_first_and_its_sending_comes_next(desk: Desk, come: Come) -> None:
    case = desk.file(CaseKind.PETITION)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    browser = come(DUC)
    address = f"/inbox/cases/{case.number}/answer"
    page = browser.get(address)
    assert "Lưu câu trả lời (chưa gửi)" in text(page)
    data = {"text": "Đã sửa đường."}
    kept = browser.post(address, data)
    assert kept.headers["Location"] == f"/inbox/cases/{case.number}/send"
    sending = text(browser.get(kept.headers["Location"]))
    assert "Người dân chưa nhận được cho đến khi gửi" in sending
    assert "Gửi trả lời" in sending


def test_a_wish_to_withdraw_is_not_overlooked(desk: Desk, come: Come) -> None:
    """It stands on the case and before each act that ends it, until it was taken up."""
    case = desk.file(CaseKind.PETITION)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    browser = come(DUC)
    at = f"/inbox/cases/{case.number}"
    warned = "chưa được giải quyết"
    assert warned not in text(browser.get(at))
    ask_withdrawal(citizen(case.id), desk.keys, "", today=desk.today, now=NOON)
    page = text(browser.get(at))
    assert warned in page
    assert "(không ghi lý do)" in page
    assert warned in text(browser.get(f"{at}/answer"))
    assert warned not in text(browser.get(f"{at}/ask_citizen"))
    assert "still open" in text(browser.get(f"{at}/answer?lang=en"))
    desk.act(DUC, case, Action.WITHDRAW, on=desk.today, proof=WithdrawalProof.PAPER)
    assert warned not in text(browser.get(f"{at}?lang=vi"))


def test_every_act_has_a_page(desk: Desk, come: Come) -> None:
    """An act that is not lawful now is refused with the reason."""
    browser = come(DUC)
    for case in (desk.file(), desk.file(CaseKind.DENUNCIATION), desk.file(CaseKind.PETITION)):
        for action in (a for a in Action if a.value in _ACTS):
            page = browser.get(f"/inbox/cases/{case.number}/{action}")
            assert page.status_code in (200, 409), action
            assert ("Bước này hiện không thực hiện được" in page.text) is (page.status_code == 409)
    assert browser.get(f"/inbox/cases/{case.number}/track").status_code == 404


_ACTS = frozenset(
    "examine record_form accept refuse guide forward return file attach assign pass_on reclassify "
    "summarise ask_citizen resume verify set_complexity extend submit_draft send_back decide answer "
    "send withdraw terminate reopen continue correct note message add_document".split()
)


def test_does_the_form_show_what_others_read_now(desk: Desk, come: Come) -> None:
    case = desk.file(CaseKind.REFLECTION)
    shown = {"text": "Đèn đường thôn hỏng lâu ngày", "public_answer": "Đã thay bóng đèn."}
    browser = come(DUC)
    path = f"/inbox/cases/{case.number}/show_public"
    named = browser.post(path, shown | {"public_answer": "Đã hẹn bà Lò Thị Măng."})
    assert named.status_code == 409
    assert "Đã hẹn bà Lò Thị Măng." in named.text
    assert "Phần này còn tên" in text(named)
    assert browser.post(path, shown).status_code == 303
    again = browser.get(path).text
    for words in shown.values():
        assert f"{words}</textarea>" in again
