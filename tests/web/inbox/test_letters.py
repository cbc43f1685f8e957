"""The pages of letters: what each person sees and does, step by step, without scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.law.grounds import GroundList, ground, grounds
from citizenfeedback.domain.vocabulary import Action, CaseKind, EventKind, Letter, State
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.letters import CannedParagraph, CaseLetter
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services import accounts
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import PASSWORD, Visitor, visitor
from tests.services.desk import BUILDING, DUC, HOA, LAN, MINH, TRA, Desk, open_desk
from tests.services.letters import approve, draft, issue

Come = Callable[[int], Visitor]


@pytest.fixture
def desk(session: Session, gateways: Gateways) -> Desk:
    """The office of the tests, with the files that the pages read."""
    desk = open_desk(session, gateways.keys)
    desk.files = gateways.files  # type: ignore[assignment]
    return desk


def press(browser: Visitor, where: str, step: str, **data: str) -> Any:
    """Send one of the forms of a letter's page."""
    of = "/inbox" if step == "edit" else where
    return browser.post(f"{where}/{step}", data, of=of)


@pytest.fixture
def come(app: Flask, desk: Desk, gateways: Gateways) -> Come:
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


def main_step(page: Any) -> str:
    """The words of the main button among the steps."""
    found = re.search(r'btn--primary" href="[^"]*/cases/[^"]*"[^>]*>([^<]*)<', page.text)
    return unescape(found[1]) if found else ""


def test_a_case_of_nobody_is_there_to_take(desk: Desk, come: Come) -> None:
    """For the handler of its unit; once somebody has it, taking is not offered."""
    case = desk.file(CaseKind.PETITION)
    hoa = come(HOA)
    assert "Nhận việc này" in text(hoa.get(f"/inbox/cases/{case.number}"))
    desk.act(HOA, case, Action.ASSIGN, assignee=HOA)
    assert "Nhận việc này" not in text(hoa.get(f"/inbox/cases/{case.number}"))


def pressed(browser: Any, page: Any, action: Action) -> Any:
    """Press the step that the page does at once: send what its form holds."""
    form = re.search(rf'<form class="one-button" action="([^"]*/{action})".*?</form>', page.text)
    assert form is not None, action
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
    fields.pop("csrf_token")
    return browser.post(form[1], fields)


def test_is_a_lamp_worked_on_by_single_presses(desk: Desk, come: Come) -> None:
    """Taking it, accepting it and beginning to look into it ask nothing; a notice is not asked for."""
    case = desk.file(CaseKind.REFLECTION)
    hoa, address = come(HOA), f"/inbox/cases/{case.number}"
    assert pressed(hoa, hoa.get(address), Action.ASSIGN).status_code == 303
    assert desk.row(case).assignee_id == HOA
    desk.act(HOA, case, Action.EXAMINE, eligible=True, competent=True)
    form = text(hoa.get(f"{address}/accept"))
    assert "Không phải gửi thông báo thụ lý" in form
    assert "Ngày của thông báo thụ lý" not in form
    assert "Thụ lý, ghi thêm ngày hoặc ghi chú" in text(hoa.get(address))
    assert pressed(hoa, hoa.get(address), Action.ACCEPT).status_code == 303
    assert (desk.row(case).state, desk.row(case).accepted_on) == (State.ACCEPTED, desk.today)
    assert pressed(hoa, hoa.get(address), Action.VERIFY).status_code == 303
    assert desk.row(case).state is State.VERIFYING


def test_is_a_complaint_accepted_by_its_form_only(desk: Desk, come: Come) -> None:
    """The notice of acceptance has a date and a number."""
    case = examined(desk)
    page = come(DUC).get(f"/inbox/cases/{case.number}")
    assert f'action="/inbox/cases/{case.number}/accept"' not in page.text


def examined(desk: Desk, kind: CaseKind = CaseKind.COMPLAINT) -> Registered:
    case = desk.file(kind, respondent="Phòng Kinh tế")
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
    return case


def state(desk: Desk, case: Registered) -> State:
    found: State = desk.row(case).state
    return found


def test_a_complaint_is_accepted_by_its_letter(desk: Desk, come: Come) -> None:
    """Drafted by the handler, approved and issued by the leader, downloaded, in the register."""
    case = examined(desk)
    hoa, duc = come(HOA), come(DUC)
    page = hoa.get(f"/inbox/cases/{case.number}")
    assert main_step(page).startswith("Soạn văn bản: ")
    assert main_step(duc.get(f"/inbox/cases/{case.number}")) == "Thụ lý"
    href = f"/inbox/cases/{case.number}/letters/new/complaint_accepted?act=accept"
    assert href in unescape(page.text)
    form = hoa.get(href)
    assert "Lò Thị Măng" in form.text
    made = hoa.post(
        f"/inbox/cases/{case.number}/letters/new/complaint_accepted",
        {
            "act": "accept",
            "f_person": "Lò Thị Măng",
            "f_person_address": "Khe Cát",
            "f_person_identity": "Căn cước số 022190001234",
            "f_content": "nhà bên xây sai phép",
            "f_received_on-day": "1",
            "f_received_on-month": "10",
            "f_received_on-year": "2026",
            "f_due_on-day": "20",
            "f_due_on-month": "11",
            "f_due_on-year": "2026",
            "sign_authority": "head",
            "sign_name": "Trần Văn Đức",
        },
    )
    assert made.status_code == 303, text(made)
    edit = made.headers["Location"]
    assert "Lò Thị Măng" in hoa.get(edit).text
    where = edit.removesuffix("/edit")
    assert hoa.get(f"{where}/draft.pdf").data.startswith(b"%PDF")
    assert hoa.get(f"{where}/draft.docx").data.startswith(b"PK")
    assert press(hoa, where, "submit", version="1").status_code == 303
    assert press(hoa, where, "approve", version="2").status_code == 409
    assert main_step(hoa.get(f"/inbox/cases/{case.number}")).startswith("Mở văn bản: ")
    for page in (duc.get(f"/inbox/cases/{case.number}"), hoa.get(f"/inbox/cases/{case.number}")):
        assert "Văn bản chờ duyệt" in text(page)
    step = duc.get(f"/inbox/cases/{case.number}/accept")
    assert "Đã có văn bản cho bước này" in text(step)
    assert f'href="{where}"' in step.text
    assert "Soạn văn bản tại đây" not in text(step)
    assert case.number in text(duc.get("/inbox?view=approval"))
    assert press(duc, where, "approve", version="2").status_code == 303
    assert state(desk, case) is State.EXAMINING
    issued = press(duc, where, "issue", version="3")
    assert issued.status_code == 303, text(issued)
    assert state(desk, case) is State.ACCEPTED
    again = press(duc, where, "issue", version="3")
    assert again.status_code == 409
    pdf = duc.get(f"{where}/issued.pdf")
    assert "01/TB-SXD" in PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    assert "01-TB-SXD" in pdf.headers["Content-Disposition"]
    register = text(hoa.get("/inbox/register"))
    assert case.number in register
    assert "TB-SXD" in register
    sent = hoa.post(
        f"{where}/send",
        {"way": "post", "on-day": "1", "on-month": "1", "on-year": "2026", "proof": "RR1"},
        of=where,
    )
    assert sent.status_code == 409
    day = desk.today
    sent = hoa.post(
        f"{where}/send",
        {
            "way": "post",
            "on-day": str(day.day),
            "on-month": str(day.month),
            "on-year": str(day.year),
            "proof": "RR123456789VN",
        },
        of=where,
    )
    assert sent.status_code == 303, text(sent)
    assert "RR123456789VN" in hoa.get(where).text


def test_what_was_typed_is_kept_when_another_saved_and_a_paragraph_is_added(
    desk: Desk, come: Come
) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    with transaction() as session:
        session.add(CannedParagraph(title="Mời đến", body="Kính mời {{ person }} đến trụ sở."))
    hoa = come(HOA)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    typed = {"version": "1", "body": "Đoạn đã gõ dở", "summary": "V/v", "sign_authority": "head"}
    paragraph = desk.session.scalar(select(CannedParagraph.id))
    page = hoa.post(f"{where}/edit", typed | {"insert": "1", "paragraph": str(paragraph)})
    assert "Đoạn đã gõ dở" in page.text
    assert "Kính mời Lò Thị Măng đến trụ sở." in page.text
    assert hoa.post(f"{where}/edit", typed | {"insert": "1"}).status_code == 422
    saved = hoa.post(f"{where}/edit", typed)
    assert saved.status_code == 303, text(saved)
    late = hoa.post(f"{where}/edit", typed | {"body": "Bản của người đến sau"})
    assert late.status_code == 409
    assert "Bản của người đến sau" in late.text
    assert "Đoạn đã gõ dở" in late.text
    assert hoa.post(f"{where}/edit", typed | {"version": "2", "body": "Lần nữa"}).status_code == 303


def test_a_letter_is_laid_before_the_leader_from_where_it_is_written(
    desk: Desk, come: Come
) -> None:
    """Is what was typed saved and submitted in one press, and one with gaps saved and shown?"""
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    hoa, where = come(HOA), f"/inbox/cases/{case.number}/letters/{letter}"
    assert "Lưu và trình lãnh đạo duyệt" in text(hoa.get(f"{where}/edit"))
    typed = {
        "version": "1",
        "body": "Còn ………… chưa điền",
        "summary": "V/v",
        "sign_authority": "head",
    }
    gaps = hoa.post(f"{where}/edit", typed | {"submit_too": "1"})
    assert gaps.status_code == 409
    assert "Văn bản còn chỗ trống" in text(gaps)
    typed |= {"version": "2", "body": "Đã điền đủ."}
    assert hoa.post(f"{where}/edit", typed | {"submit_too": "1"}).status_code == 303
    shown = come(DUC).get(where)
    assert "Đã điền đủ." in shown.text
    assert "Duyệt là đồng ý nội dung; ban hành là cấp số" in text(shown)


def test_a_draft_is_read_on_the_page_of_its_case(desk: Desk, come: Come) -> None:
    """Does the leader find the text laid before them, and nobody outside?"""
    case = examined(desk, CaseKind.PETITION)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    where = f"/inbox/cases/{case.number}"
    empty = come(HOA).post(f"{where}/submit_draft", {"version": str(desk.row(case).version)})
    assert empty.status_code == 409
    assert "Viết dự thảo, hoặc soạn văn bản trước khi trình lãnh đạo." in text(empty)
    desk.act(HOA, case, Action.SUBMIT_DRAFT, text="Đèn đã sáng lại.")
    assert "Dự thảo trình lãnh đạo Đèn đã sáng lại." in text(come(DUC).get(where))
    assert "Đèn đã sáng lại." not in come(LAN).get(where).text


def test_what_the_step_records_is_shown_changed_and_told_where_the_letter_differs(
    desk: Desk, come: Come
) -> None:
    case = examined(desk)
    known = [one.code for one in grounds(GroundList.COMPLAINT_NOT_ACCEPTED, desk.today)]
    entries = {"reason": "Nộp muộn", "ground": known[0]}
    letter = draft(desk, case, Letter.COMPLAINT_REFUSED, Action.REFUSE, entries=entries)
    hoa = come(HOA)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    assert "Văn bản ghi khác" not in text(hoa.get(where))
    form = hoa.get(f"{where}/entries")
    assert form.status_code == 200
    other = known[1]
    saved = hoa.post(
        f"{where}/entries", {"version": "1", "reason": "Nộp muộn", "ground": other}, of="/inbox"
    )
    assert saved.status_code == 303, text(saved)
    shown = text(hoa.get(where))
    assert shown.count(ground(other).label("vi")) >= 2
    assert "Văn bản ghi khác" not in shown
    late = hoa.post(
        f"{where}/entries", {"version": "1", "reason": "Nộp muộn", "ground": other}, of="/inbox"
    )
    assert late.status_code == 409
    typed = {"version": "2", "body": "Vì lý do khác.", "sign_authority": "head"}
    assert hoa.post(f"{where}/edit", typed, of="/inbox").status_code == 303
    assert "Văn bản ghi khác" in text(hoa.get(where))
    assert hoa.post(f"{where}/entries", {"version": "3"}, of="/inbox").status_code == 422
    assert come(MINH).get(f"{where}/entries").status_code == 404


def test_a_page_of_a_letter_is_not_there_for_those_who_have_no_part_in_it(
    desk: Desk, come: Come
) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    for user in (LAN, MINH, TRA):
        browser = come(user)
        for path in ("", "/edit", "/draft.pdf", "/issued.pdf"):
            assert browser.get(where + path).status_code == 404, (user, path)
        assert browser.post(f"{where}/issue", {"version": "1"}, of="/account").status_code == 404
    hoa = come(HOA)
    for path in (f"{where}0", f"{where}/issued.pdf", f"{where}/draft.txt"):
        assert hoa.get(path).status_code == 404
    new = f"/inbox/cases/{case.number}/letters/new"
    assert hoa.get(f"{new}/nothing").status_code == 404
    assert hoa.get(f"{new}/complaint_accepted?act=fly").status_code == 404
    assert hoa.get(f"{new}/complaint_decision?act=decide").status_code == 409


def test_a_leak_is_shown_and_only_the_leader_goes_on(desk: Desk, come: Come) -> None:
    case = examined(desk, CaseKind.DENUNCIATION)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today, document_no="7/QĐ")
    letter = draft(
        desk, case, Letter.DENUNCIATION_CONTENT_NOTICE, content="Việc bà Lò Thị Măng nêu"
    )
    approve(desk, case, letter)
    duc = come(DUC)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    stopped = press(duc, where, "issue", version="3")
    assert stopped.status_code == 409
    assert "Họ tên" in text(stopped)
    gone_on = press(duc, where, "issue", version="3", reason="Người tố cáo đồng ý nêu tên mình")
    assert gone_on.status_code == 303, text(gone_on)
    kinds = desk.session.scalars(select(CaseEvent.kind)).all()
    assert EventKind.SEAL_CHECK_OVERRULED in kinds


def test_a_letter_to_the_denouncer_opens_by_a_logged_reading_only(desk: Desk, come: Come) -> None:
    case = examined(desk, CaseKind.DENUNCIATION)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today, document_no="7/QĐ")
    letter = draft(desk, case, Letter.DENUNCIATION_ACCEPTANCE_NOTICE)
    approve(desk, case, letter)
    issue(desk, case, letter)
    duc = come(DUC)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    shown = duc.get(where)
    assert "Lò Thị Măng" not in shown.text
    assert duc.get(f"{where}/issued.pdf").status_code == 404
    assert press(duc, where, "issued.pdf", reason="x").status_code == 409
    opened = press(duc, where, "issued.pdf", reason="Gửi bưu điện cho người tố cáo")
    assert "Lò Thị Măng" in PdfReader(io.BytesIO(opened.data)).pages[0].extract_text()
    kinds = desk.session.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == case.id)).all()
    assert kinds.count(EventKind.SEALED_READ) == 1


@pytest.mark.parametrize(
    "kind", [CaseKind.COMPLAINT, CaseKind.DENUNCIATION, CaseKind.PETITION, CaseKind.REFLECTION]
)
def test_every_letter_on_offer_can_be_drafted(desk: Desk, come: Come, kind: CaseKind) -> None:
    """Each link of the section leads to a page, and the page makes a draft."""
    case = examined(desk, kind)
    duc = come(DUC)
    page = unescape(duc.get(f"/inbox/cases/{case.number}").text)
    hrefs = sorted(set(re.findall(r'href="(/inbox/cases/[^"]+/letters/new/[^"]+)"', page)))
    assert len(hrefs) > 5
    for href in hrefs:
        assert duc.get(href).status_code == 200, href
    alone = [href for href in hrefs if "?" not in href]
    for href in alone:
        made = duc.post(href, {"sign_authority": "head", "sign_name": "Trần Văn Đức"})
        assert made.status_code == 303, (href, text(made))
        where = made.headers["Location"].removesuffix("/edit")
        assert duc.get(where).status_code == 200
        assert duc.get(f"{where}/draft.pdf").data.startswith(b"%PDF")
    states = desk.session.scalars(select(CaseLetter.unit_id)).all()
    assert set(states) == {BUILDING}


def test_a_letter_is_shown_as_it_will_print(desk: Desk, come: Come) -> None:
    """The marks of the text are its look on the page too: no mark is left to be read."""
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    hoa = come(HOA)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    body = "# THÔNG BÁO\nĐiều 1. Thụ lý <b>đơn</b>\n*Việc cần làm*\n| STT | Việc |\n| 1 | Đo đất |"
    saved = press(hoa, where, "edit", summary="Về việc thụ lý", addressee="Bà Măng", body=body)
    assert saved.status_code == 303
    page = hoa.get(where).text
    assert "<strong>THÔNG BÁO</strong>" in page
    assert "<strong>Điều 1.</strong> Thụ lý &lt;b&gt;đơn&lt;/b&gt;" in page
    assert "<strong>Việc cần làm</strong>" in page
    assert '<th scope="col">Việc</th>' in page
    assert "<td>Đo đất</td>" in page
    assert "Kính gửi: Bà Măng" in page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert "# THÔNG BÁO" not in page
    assert "| 1 |" not in page


def test_a_letter_without_text_is_not_saved(desk: Desk, come: Come) -> None:
    """Only what the form leaves to choice is called optional; the text itself is asked for."""
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    hoa = come(HOA)
    where = f"/inbox/cases/{case.number}/letters/{letter}"
    assert "(không bắt buộc)" not in text(hoa.get(f"{where}/edit"))
    refused = press(hoa, where, "edit", summary="Về việc thụ lý", body=" ")
    assert refused.status_code == 422
    assert "Nhập nội dung văn bản." in text(refused)


def test_a_form_to_sign_comes_with_what_is_known(desk: Desk, come: Come) -> None:
    """The complaint by name; a denouncer is left to his own hand; nothing for who may not write."""
    case, sealed = examined(desk), examined(desk, CaseKind.DENUNCIATION)
    hoa = come(HOA)
    address = f"/inbox/cases/{case.number}/forms/complaint_petition.pdf"
    assert address in hoa.get(f"/inbox/cases/{case.number}").text
    words = pdf_words(hoa.get(address))
    assert "LòThịMăng" in words
    assert "SởXâydựng" in words
    withdrawal = f"/inbox/cases/{sealed.number}/forms/denunciation_withdrawal"
    assert f"{withdrawal}.docx" in hoa.get(f"/inbox/cases/{sealed.number}").text
    words = pdf_words(hoa.get(f"{withdrawal}.pdf"))
    assert "ĐƠNRÚTTỐCÁO" in words
    assert "LòThịMăng" not in words
    assert "⟦" not in words
    for name in ("denunciation_withdrawal", "complaint_accepted", "nothing"):
        assert hoa.get(f"/inbox/cases/{case.number}/forms/{name}.pdf").status_code == 404
    assert come(MINH).get(address).status_code == 404


def pdf_words(answer: Any) -> str:
    """The words of a PDF, without spaces."""
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
