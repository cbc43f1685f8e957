"""Every procedure walked from where people begin to where it ends, by role, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest

from citizenfeedback.documents.formats import format_long_date
from citizenfeedback.documents.labels import state_label
from citizenfeedback.domain.vocabulary import Action, CaseKind, Letter, State
from tests.browser.conftest import Office
from tests.browser.walking import NUMBER, Filed, People, Walker, paper_no
from tests.services.desk import CHIEF, DUC, HOA, LAN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

C, D, P = CaseKind.COMPLAINT, CaseKind.DENUNCIATION, CaseKind.PETITION
R = CaseKind.REFLECTION
ACCEPTED, SUSPENDED, RESUMED = date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 21)

Meet = Callable[[int | None], Walker]


@pytest.fixture(scope="module")
def people(browser: Browser, office: Office) -> Iterator[People]:
    """Those who take part, signed in once for all walks."""
    everybody = People(browser, office)
    yield everybody
    everybody.close()


@pytest.fixture(params=["vi", "en"])
def meet(request: pytest.FixtureRequest, people: People) -> Meet:
    """`meet(HOA)`: her browser, in the language of the walk; `meet(None)`: a citizen's phone."""
    return lambda user: people(user, request.param)


def given_to_hoa(meet: Meet, filed: Filed) -> Walker:
    """The leader gives the case to Hoa; her browser."""
    meet(DUC).act(filed.number, Action.ASSIGN, assignee=HOA)
    return meet(HOA)


def examined(meet: Meet, filed: Filed, *, competent: str = "yes") -> Walker:
    """Given to Hoa, who finds it fit to be taken up, and this office's or not."""
    hoa = given_to_hoa(meet, filed)
    hoa.act(filed.number, Action.EXAMINE, eligible="yes", competent=competent)
    return hoa


def stands(walker: Walker, kind: CaseKind, state: State) -> bool:
    """Whether the page, of an official or of the sender, names this state."""
    return state_label(state, kind, walker.lang) in walker.text


def test_first_complaint_to_its_publication_and_the_second_to_the_superior(meet: Meet) -> None:
    citizen = meet(None)
    filed = citizen.file(C, "Tôi không đồng ý quyết định thu hồi 120 m² đất của gia đình.")
    hoa = examined(meet, filed)
    assert not hoa.offered(filed.number, Action.ACCEPT), "it is not signed yet"
    hoa.act(filed.number, Action.ASK_CITIZEN)
    assert stands(citizen, C, State.AWAITING_CITIZEN) or citizen.follow(filed)
    citizen.write("Tôi sẽ đến ký ngày mai.")
    hoa.act(filed.number, Action.RECORD_FORM)
    address = hoa.letter(filed.number, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    duc = meet(DUC)
    duc.issue(address)
    assert hoa.state(filed.number, C) is State.ACCEPTED
    citizen.follow(filed)
    assert stands(citizen, C, State.ACCEPTED)
    meeting = {"day": date(2026, 12, 2), "hour": "08:30", "place": "Phòng họp số 2"}
    hoa.act(filed.number, Action.PLAN_DIALOGUE, **meeting)
    told = citizen.follow(filed)
    assert "08:30" in told
    assert "Phòng họp số 2" in told
    held = {"attendance": "present", "text": "Hai bên thống nhất đo lại."}
    hoa.act(filed.number, Action.RECORD_DIALOGUE, **held)
    hoa.act(filed.number, Action.VERIFY)
    hoa.act(filed.number, Action.RECORD_VERIFICATION, text="Diện tích đo đúng.")
    hoa.act(filed.number, Action.SUBMIT_DRAFT, text="Không công nhận nội dung khiếu nại.")
    assert not hoa.offered(filed.number, Action.DECIDE), "the leader decides"
    decision = paper_no("QĐ-SXD")
    duc.act(filed.number, Action.DECIDE, result="rejected", document_no=decision)
    hoa.act(filed.number, Action.SEND)
    hoa.act(filed.number, Action.PUBLISH, publication="posting", place="Trụ sở")
    assert hoa.state(filed.number, C) is State.DONE
    assert decision in citizen.follow(filed)
    citizen.page.locator("form[action='/petitions/new/next'] button").click()
    citizen.look()
    second = go_on(citizen)
    chief = meet(CHIEF)
    chief.act(second.number, Action.RECORD_FORM)
    chief.act(second.number, Action.EXAMINE, eligible="yes", competent="yes")
    chief.act(second.number, Action.ACCEPT)
    entries = {"result": "upheld", "document_no": paper_no("QĐ-UBND"), "first_decision": "changed"}
    chief.act(second.number, Action.DECIDE, **entries)
    chief.act(second.number, Action.SEND)
    assert chief.state(second.number, C) is State.DONE
    assert filed.number in chief.text
    citizen.follow(second)
    assert citizen.page.locator("form[action='/petitions/new/next']").count() == 0, "then court"


def go_on(citizen: Walker) -> Filed:
    """From the meaning of a second complaint, filled in already, to its code."""
    citizen.press()
    return citizen.finish({"words": "Tôi không đồng ý với quyết định giải quyết lần đầu."})


def test_denunciation_extended_twice_and_concluded(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(
        D, summary="Cán bộ nhận tiền duyệt hồ sơ", words="Ông Tám nhận tiền", respondent="Ông Tám"
    )
    hoa = examined(meet, filed)
    assert "Lò Thị Măng" not in hoa.text
    duc = meet(DUC)
    duc.act(filed.number, Action.ACCEPT, on=ACCEPTED)
    why = {"reason": "Phải xác minh ở hai nơi", "document_no": paper_no("BC")}
    duc.act(filed.number, Action.SET_COMPLEXITY, criteria=("PT-a", "PT-b"), **why)
    for _ in range(2):
        extended = {"reason": "Chờ giám định", "document_no": paper_no("QĐ")}
        duc.act(filed.number, Action.EXTEND, **extended)
    duc.case(filed.number)
    assert not duc.offered(filed.number, Action.EXTEND)
    answer = duc.page.goto(f"/inbox/cases/{filed.number}/{Action.EXTEND}")
    assert answer is not None
    assert answer.status == 409
    duc.act(filed.number, Action.FORM_TEAM, names="Lê An, Trưởng đoàn\nTrần Bình, Thành viên")
    hoa.act(filed.number, Action.RECORD_NOTICE, way="post")
    hoa.act(filed.number, Action.RECORD_VERIFICATION, text="Có nhận tiền.")
    duc.act(filed.number, Action.DECIDE, result="upheld", document_no=paper_no("KL"))
    hoa.act(filed.number, Action.SEND)
    hoa.act(filed.number, Action.PUBLISH, publication="posting")
    assert hoa.state(filed.number, D) is State.DONE
    citizen = meet(None)
    told = citizen.follow(filed)
    assert stands(citizen, D, State.DONE)
    assert "Ông Tám" not in told


def test_denunciation_by_phone_becomes_one_in_law_once_it_is_in_form(meet: Meet) -> None:
    citizen = meet(None)
    words = "Cán bộ thuế đòi năm triệu đồng để duyệt hồ sơ."
    filed = citizen.file(D, words, respondent="Một cán bộ thuế", unit="unknown")
    hoa = given_to_hoa(meet, filed)
    assert hoa.state(filed.number, D) is State.INFORMATION
    assert words not in hoa.text
    assert not hoa.offered(filed.number, Action.EXAMINE)
    hoa.act(filed.number, Action.SUMMARISE, summary="Đòi tiền để duyệt hồ sơ")
    hoa.act(filed.number, Action.RECORD_FORM)
    hoa.act(filed.number, Action.EXAMINE, eligible="yes", competent="yes")
    duc = meet(DUC)
    duc.act(filed.number, Action.ACCEPT)
    assert duc.state(filed.number, D) is State.ACCEPTED
    citizen.follow(filed)
    assert stands(citizen, D, State.ACCEPTED)


def test_complaint_suspended_and_taken_up_again(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(C, summary="Khiếu nại đền bù", respondent="UBND xã")
    examined(meet, filed)
    duc, citizen = meet(DUC), meet(None)
    duc.act(filed.number, Action.ACCEPT, on=ACCEPTED)
    pause = {"on": SUSPENDED, "ground": "KN11a-1-2", "reason": "Chờ kết quả đo đạc"}
    duc.act(filed.number, Action.SUSPEND, **pause)
    citizen.follow(filed)
    assert stands(citizen, C, State.SUSPENDED)
    duc.act(filed.number, Action.LIFT_SUSPENSION, on=RESUMED, reason="Đã có kết quả đo đạc")
    assert duc.state(filed.number, C) is State.VERIFYING
    # Thirty days from 17 November, and the two of the suspension: Saturday, so the Monday.
    citizen.follow(filed)
    assert format_long_date(date(2026, 12, 21), citizen.lang) in citizen.text


def test_group_of_twelve_names_who_speaks_for_it(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(
        C, summary="Mười hai hộ khiếu nại đền bù", respondent="UBND xã", signatories=12
    )
    hoa = examined(meet, filed)
    duc = meet(DUC)
    duc.case(filed.number)
    assert not duc.offered(filed.number, Action.ACCEPT), "nobody speaks for them yet"
    hoa.begin(filed.number, Action.REPRESENT)
    hoa.fill(role="representative", people=12)
    hoa.fill(names="\n".join(f"Nguyễn Văn {letter}" for letter in "ABCDEF"))
    hoa.submit()
    assert hoa.refused, "six are too many"
    assert "Nguyễn Văn F" in hoa.page.locator("[name=names]").input_value()
    hoa.fill(names="Nguyễn Văn A, Khe Cát\nNguyễn Thị B")
    hoa.submit()
    assert "Nguyễn Thị B" in hoa.case(filed.number)
    duc.act(filed.number, Action.ACCEPT)
    assert duc.state(filed.number, C) is State.ACCEPTED


def test_mixed_submission_split_in_three(meet: Meet) -> None:
    first = meet(LAN).enter_paper(
        C,
        summary="Khiếu nại xử phạt, xin mở đường, tố cáo đòi tiền",
        words="Tôi khiếu nại biên bản. Xin mở đường. Cán bộ Tám đòi tiền.",
        respondent="UBND xã",
    )
    hoa = given_to_hoa(meet, first)
    hoa.act(first.number, Action.SPLIT, kind=P, field="land", summary="Xin mở đường vào xóm")
    petition = hoa.hand_over()
    hoa.case(first.number)
    apart = {"kind": D, "field": "corruption", "summary": "Cán bộ địa chính đòi tiền"}
    hoa.act(first.number, Action.SPLIT, first_summary="Khiếu nại biên bản xử phạt", **apart)
    denunciation = hoa.hand_over()
    told = hoa.case(first.number)
    assert petition.number in told
    assert denunciation.number not in told
    assert "Cán bộ Tám" not in told
    assert first.number in hoa.case(petition.number)
    duc = meet(DUC)
    assert first.number not in duc.case(denunciation.number)
    for part in (first, petition, denunciation):
        duc.act(part.number, Action.EXAMINE, eligible="yes", competent="yes")
        duc.act(part.number, Action.ACCEPT)
    citizen = meet(None)
    told = citizen.follow(first)
    assert petition.number in told
    assert denunciation.number not in told
    assert first.number not in citizen.follow(denunciation)


def test_submission_for_another_office_forwarded_answered_and_returned(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(P, summary="Xin cấp lại giấy phép kinh doanh")
    hoa = examined(meet, filed, competent="no")
    hoa.act(filed.number, Action.FORWARD, body="Sở Công Thương")
    hoa.act(filed.number, Action.RECORD_REPLY, reply="accepted", text="Sở đã nhận đơn.")
    citizen = meet(None)
    told = citizen.follow(filed)
    assert "Sở Công Thương" in told
    assert "Sở đã nhận đơn." in told
    hoa.act(filed.number, Action.RECORD_REPLY, reply="not_competent", text="Không thuộc Sở.")
    hoa.act(filed.number, Action.TAKE_BACK, reason="Nơi nhận trả lại đơn")
    hoa.act(filed.number, Action.EXAMINE, eligible="yes", competent="yes")
    hoa.act(filed.number, Action.ACCEPT)
    hoa.act(filed.number, Action.ANSWER, text="Đã cấp lại giấy phép số 12.")
    hoa.act(filed.number, Action.SEND)
    assert "Đã cấp lại giấy phép số 12." in citizen.follow(filed)


def test_complaint_refused_by_its_letter(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(C, summary="Khiếu nại sau hai năm", respondent="UBND xã")
    hoa = examined(meet, filed)
    entries = {"ground": "KN11-6", "reason": "Quyết định nhận từ năm 2024."}
    address = hoa.letter(filed.number, Letter.COMPLAINT_REFUSED, Action.REFUSE, **entries)
    duc = meet(DUC)
    duc.issue(address)
    assert duc.state(filed.number, C) is State.REFUSED
    citizen = meet(None)
    citizen.follow(filed)
    assert stands(citizen, C, State.REFUSED)
    assert citizen.page.locator("#letters + ul li").count() == 1


def test_complaint_withdrawn_in_part_then_whole(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(
        C, summary="Khiếu nại bồi thường và tái định cư", respondent="UBND xã"
    )
    examined(meet, filed)
    citizen, duc = meet(None), meet(DUC)
    duc.act(filed.number, Action.ACCEPT, on=ACCEPTED)
    citizen.follow(filed)
    citizen.open("/track/withdraw")
    citizen.page.locator("input[type=radio][name=scope][value=part]").check()
    citizen.page.locator("textarea[name=part]").fill("Phần tái định cư")
    citizen.press()
    assert "Phần tái định cư" in duc.case(filed.number)
    part = {"text": "Phần tái định cư", "proof": "paper"}
    duc.act(filed.number, Action.WITHDRAW_PART, **part)
    assert duc.state(filed.number, C) is State.ACCEPTED
    assert "Phần tái định cư" in citizen.follow(filed)
    duc.act(filed.number, Action.WITHDRAW, proof="minutes")
    assert duc.state(filed.number, C) is State.WITHDRAWN
    citizen.follow(filed)
    assert stands(citizen, C, State.WITHDRAWN)


def test_duplicate_attached_with_all_who_sent_it(meet: Meet) -> None:
    matter = {"summary": "Xưởng gỗ Đại Lộc xả bụi suốt đêm", "respondent": f"Xưởng gỗ {id(meet)}"}
    lan = meet(LAN)
    first = lan.enter_paper(P, **matter)
    again = lan.enter_paper(P, **matter, name="Hoàng Văn Sơn", id_no="022190005555")
    hoa = given_to_hoa(meet, again)
    assert first.number in hoa.case(again.number), "the page hints at the first"
    hoa.begin(again.number, Action.ATTACH)
    hoa.page.locator(f"main a[href*='first={first.number}']").first.click()
    hoa.submit()
    told = meet(DUC).case(first.number)
    assert again.number in told
    assert "Hoàng Văn Sơn" in told
    citizen = meet(None)
    citizen.follow(again)
    assert stands(citizen, P, State.ATTACHED)


def test_late_submission_reminded_from_above_and_reported_on(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(
        P,
        summary="Xin sửa cống thoát nước",
        received_on=date(2026, 10, 1),
        late_reason="Đơn nằm ở văn thư",
    )
    hoa, chief = given_to_hoa(meet, filed), meet(CHIEF)
    chief.open("/inbox/overview")
    chief.page.locator("main td a[href*='view=unprocessed']").first.click()
    chief.look()
    assert filed.number in chief.text, "45 days unprocessed is a list of its own"
    chief.act(filed.number, Action.REMIND, text="Xử lý ngay và báo cáo.")
    hoa.case(filed.number)
    assert hoa.offered(filed.number, Action.REPORT_BACK)
    assert not hoa.offered(filed.number, Action.REMIND), "only from above"
    hoa.act(filed.number, Action.REPORT_BACK, text="Đã mời người gửi đơn làm việc.")
    hoa.case(filed.number)
    assert not hoa.offered(filed.number, Action.REPORT_BACK)
    assert "Đã mời người gửi đơn làm việc." in chief.case(filed.number)


def test_petition_answered_and_taken_up_again(meet: Meet) -> None:
    citizen = meet(None)
    filed = citizen.file(P, "Đường vào xóm ngập sau mưa. Đề nghị làm cống thoát nước.")
    hoa = examined(meet, filed)
    hoa.act(filed.number, Action.ACCEPT)
    hoa.act(filed.number, Action.ANSWER, text="Sẽ làm cống trong quý một.")
    hoa.act(filed.number, Action.SEND)
    assert "Sẽ làm cống trong quý một." in citizen.follow(filed)
    citizen.open("/track/verdict")
    citizen.page.locator("input[name=verdict][value=not]").check()
    citizen.press()
    hoa.act(filed.number, Action.REOPEN, reason="Người dân chưa đồng ý")
    assert hoa.state(filed.number, P) is State.VERIFYING
    hoa.act(filed.number, Action.ANSWER, text="Đã làm cống ngày 20/11.")
    hoa.act(filed.number, Action.SEND)
    assert "Đã làm cống ngày 20/11." in citizen.follow(filed)
    assert NUMBER.search(citizen.text)


def test_reflection_answered_closed_and_taken_up_again(meet: Meet) -> None:
    citizen = meet(None)
    filed = citizen.file(R, "Đèn đường trước nhà số 12 hỏng đã hai tuần.")
    hoa = given_to_hoa(meet, filed)
    assert hoa.state(filed.number, R) is State.REGISTERED
    assert "Đèn đường trước nhà số 12 hỏng" in hoa.text
    hoa.act(filed.number, Action.EXAMINE, eligible="yes", competent="yes")
    hoa.act(filed.number, Action.ACCEPT)
    hoa.act(filed.number, Action.SUBMIT_DRAFT, text="Đã thay đèn.")
    duc = meet(DUC)
    duc.act(filed.number, Action.SEND_BACK, reason="Nói rõ ngày thay đèn.")
    hoa.act(filed.number, Action.SUBMIT_DRAFT, text="Đã thay đèn ngày 20/11.")
    assert "Đã thay đèn" not in citizen.follow(filed), "a draft is nobody's answer yet"
    duc.act(filed.number, Action.ANSWER, text="Đã thay đèn ngày 20/11.")
    hoa.act(filed.number, Action.SEND)
    assert "Đã thay đèn ngày 20/11." in citizen.follow(filed)
    assert stands(citizen, R, State.DONE)
    assert not hoa.offered(filed.number, Action.EXTEND)
    citizen.open("/track/verdict")
    citizen.page.locator("input[name=verdict][value=partly]").check()
    citizen.page.locator("textarea[name=body]").fill("Đèn sáng nhưng cột còn nghiêng.")
    citizen.press()
    assert "Đèn sáng nhưng cột còn nghiêng." in hoa.case(filed.number)
    hoa.act(filed.number, Action.REOPEN, reason="Cột đèn còn nghiêng")
    citizen.follow(filed)
    assert stands(citizen, R, State.VERIFYING)
    hoa.act(filed.number, Action.ANSWER, text="Đã dựng lại cột ngày 22/11.")
    hoa.act(filed.number, Action.SEND)
    assert "Đã dựng lại cột ngày 22/11." in citizen.follow(filed)


def test_follow_up_denunciation_begun_on_the_page_of_the_first(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(
        D, summary="Cán bộ chia đất trái phép", words="Ông Sáu chia đất", respondent="Ông Sáu"
    )
    hoa, duc, citizen = examined(meet, filed), meet(DUC), meet(None)
    duc.act(filed.number, Action.ACCEPT, on=ACCEPTED)
    hoa.act(filed.number, Action.RECORD_NOTICE, way="post")
    duc.act(filed.number, Action.FORM_TEAM, names="Lê An, Trưởng đoàn\nTrần Bình, Thành viên")
    hoa.act(filed.number, Action.RECORD_VERIFICATION, text="Không thấy sai.")
    duc.act(filed.number, Action.DECIDE, result="rejected", document_no=paper_no("KL"))
    citizen.follow(filed)
    way_on = "form[action='/petitions/new/next'] button"
    assert citizen.page.locator(way_on).count() == 0, "the conclusion was not sent yet"
    hoa.act(filed.number, Action.SEND)
    citizen.follow(filed)
    citizen.page.locator(way_on).click()
    citizen.look()
    citizen.press()
    words = "Kết luận bỏ sót hai nhân chứng."
    again = citizen.finish({"words": words, "respondent": "Ông Sáu", "unit": "unknown"})
    chief = meet(CHIEF)
    assert chief.state(again.number, D) is State.INFORMATION, "online it is not in form yet"
    assert filed.number in chief.text
    assert words not in chief.text
    chief.act(again.number, Action.SUMMARISE, summary="Tố cáo tiếp: bỏ sót nhân chứng")
    chief.act(again.number, Action.RECORD_FORM)
    chief.act(again.number, Action.EXAMINE, eligible="yes", competent="yes")
    # Twenty days of examination: 23 November and twenty is Sunday, 13 December.
    assert format_long_date(date(2026, 12, 14), chief.lang) in chief.case(again.number)
    chief.act(again.number, Action.ACCEPT)
    citizen.follow(again)
    assert stands(citizen, D, State.ACCEPTED)


def test_neighbour_speaks_by_a_certified_authorisation(meet: Meet) -> None:
    filed = meet(LAN).enter_paper(C, summary="Khiếu nại thay mẹ già", respondent="UBND xã")
    hoa = examined(meet, filed)
    hoa.begin(filed.number, Action.REPRESENT)
    hoa.fill(role="authorised", names="Vàng Thị Súa, Khe Cát", document_no="12/UQ")
    hoa.submit()
    assert hoa.refused, "nobody certified it"
    assert "Vàng Thị Súa" in hoa.page.locator("[name=names]").input_value()
    hoa.fill(certification="certified", names="Vàng Thị Súa, Khe Cát\nVàng A Páo, Khe Cát")
    hoa.submit()
    assert hoa.refused, "one content is not given to two people"
    hoa.fill(names="Vàng Thị Súa, Khe Cát")
    hoa.submit()
    told = hoa.case(filed.number)
    assert "Vàng Thị Súa" in told
    assert "12/UQ" in told
    duc = meet(DUC)
    duc.act(filed.number, Action.ACCEPT)
    assert duc.state(filed.number, C) is State.ACCEPTED


def test_denunciation_of_the_same_content_is_forwarded_once(meet: Meet) -> None:
    matter = {"summary": "Cán bộ thu tiền rừng trái phép", "words": "Ông Bảy thu tiền"}
    lan, duc, body = meet(LAN), meet(DUC), "Công an tỉnh"
    matter["respondent"] = f"Ông Bảy {lan.lang}"
    first = lan.enter_paper(D, **matter)
    examined(meet, first, competent="no")
    duc.act(first.number, Action.FORWARD, body=body)
    again = lan.enter_paper(D, **matter, name="Lò A Sử")
    hoa = examined(meet, again, competent="no")
    duc.begin(again.number, Action.FORWARD)
    duc.fill(body=body)
    duc.submit()
    assert "05/2021/TT-TTCP" in duc.refused
    assert body in duc.refused
    hoa.begin(again.number, Action.EXAMINE)
    assert hoa.page.locator("input[name=lacking][value='XLD-8']").is_checked()
    hoa.fill(eligible="no", competent="no")
    hoa.submit()
    duc.act(again.number, Action.FILE, ground="LD-6", reason="Đã chuyển Công an tỉnh")
    assert duc.state(again.number, D) is State.FILED
