"""The pages of leaders: what is owed after the end, and how the units below stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    DataPart,
    DataWish,
    State,
)
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.services.privacy import Ask, ask_about_data
from tests.people import Visitor
from tests.services.desk import BUILDING, CHIEF, DUC, HOA, Desk
from tests.web.inbox.test_pages import come, desk, text

__all__ = ["come", "desk"]


def test_is_a_decision_followed_on_a_list_of_its_own(
    desk: Desk, come: Callable[[int], Visitor]
) -> None:
    case = desk.file()
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    decide = {"result": CaseResult.UPHELD, "document_no": "7/QĐ", "text": "Đúng"}
    desk.act(DUC, case, Action.DECIDE, on=desk.today, **decide)
    desk.act(DUC, case, Action.SEND, on=desk.today)
    browser = come(DUC)
    assert case.number in text(browser.get("/inbox/after"))
    assert case.number not in text(browser.get("/inbox/after?view=carry_out"))
    desk.act(DUC, case, Action.RECORD_OUTCOME, on=desk.today, money_returned=1_500_000)
    told = text(browser.get("/inbox/after?view=carry_out&lang=en"))
    assert case.number in told
    page = text(browser.get(f"/inbox/cases/{case.number}?lang=vi"))
    assert "Khiếu nại lần hai đến hết ngày" in page
    assert "1.500.000" in page
    form = browser.get(f"/inbox/cases/{case.number}/record_outcome")
    assert 'value="1500000"' in form.text


def test_do_the_numbers_of_a_unit_open_its_lists(
    desk: Desk, come: Callable[[int], Visitor]
) -> None:
    old = desk.file(received_on=desk.today - timedelta(days=50))
    desk.file(CaseKind.PETITION)
    desk.act(CHIEF, old, Action.REMIND, text="Giải quyết ngay")
    browser = come(CHIEF)
    page = browser.get("/inbox/overview")
    assert f"view=unprocessed&amp;unit={BUILDING}" in page.text
    shown = text(browser.get(f"/inbox?view=unprocessed&unit={BUILDING}"))
    assert old.number in shown
    assert "1–1 của 1" in shown
    assert "quá 45 ngày" in shown
    assert old.number in text(browser.get(f"/inbox?view=reminded&unit={BUILDING}"))
    assert "Quá 45 ngày chưa xử lý" in text(browser.get(f"/inbox/cases/{old.number}"))
    assert come(HOA).get("/inbox/overview").status_code == 404


def test_does_a_leader_see_what_was_asked_about_data(
    desk: Desk, come: Callable[[int], Visitor]
) -> None:
    """After the end of a case too, with the day it is owed by, until it is answered."""
    case, quiet = desk.file(CaseKind.REFLECTION), desk.file()
    desk.put(case, state=State.DONE, closed_on=desk.today)
    browser = come(DUC)
    assert "Yêu cầu về dữ liệu" not in text(browser.get("/inbox?view=unit"))
    ask_about_data(
        citizen(case.id, proven=True),
        desk.keys,
        Ask(DataWish.CORRECTION, DataPart.NAME, "Tên tôi viết sai"),
        policy=Policy(),
        today=desk.today - timedelta(days=6),
        now=desk.now - timedelta(days=6),
    )
    assert "Yêu cầu về dữ liệu 1" in text(browser.get("/inbox?view=unit"))
    shown = text(browser.get("/inbox?view=asked"))
    assert case.number in shown
    assert "quá 4 ngày" in shown
    assert quiet.number not in shown
    assert f"view=asked&amp;unit={BUILDING}" in come(CHIEF).get("/inbox/overview").text


def test_are_units_with_nothing_open_named_below_the_others(
    desk: Desk, come: Callable[[int], Visitor]
) -> None:
    browser = come(CHIEF)
    empty = text(browser.get("/inbox/overview"))
    assert "Không đơn vị nào có đơn đang giải quyết" in empty
    desk.file(CaseKind.PETITION)
    page = browser.get("/inbox/overview").text
    table, _end, below = page.partition("</table>")
    assert f"view=reach&amp;unit={BUILDING}" in table
    assert f"unit={BUILDING}" not in below
    assert "đơn vị không có đơn đang giải quyết" in below
    assert 'href="/inbox?view=reach' in below
    assert '<td class="num">0</td>' in table


def test_does_the_superior_read_what_an_unsettled_denunciation_asks_of_him(
    desk: Desk, come: Callable[[int], Visitor]
) -> None:
    first = desk.file(CaseKind.DENUNCIATION)
    late = desk.today - timedelta(days=10)
    accepted = {"accepted_on": desk.today - timedelta(days=40), "due_on": late, "settle_by": late}
    desk.put(first, state=State.VERIFYING, **accepted)
    second = desk.act(DUC, first, Action.CONTINUE, on=desk.today, reason="Quá hạn, chưa kết luận")
    chief = come(CHIEF)
    demand = f"/inbox/cases/{first.number}/remind"
    page = text(chief.get(f"/inbox/cases/{second.number}"))
    assert "Tố cáo tiếp vì quá hạn chưa giải quyết" in page
    assert "Chậm nhất ngày 30/11/2026, yêu cầu nơi giải quyết báo cáo" in page
    assert demand in chief.get(f"/inbox/cases/{second.number}").text
    asked = chief.get(demand).text
    assert "trách nhiệm (Luật Tố cáo, Điều 38)" in asked
    assert demand not in come(HOA).get(f"/inbox/cases/{second.number}").text
    desk.act(CHIEF, first, Action.REMIND, text="Báo cáo lý do chậm", document_no="9/UBND")
    assert "Chậm nhất ngày" not in text(chief.get(f"/inbox/cases/{second.number}"))
