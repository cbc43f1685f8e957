"""Each step that brings a letter, walked by it: drafted, filled in, approved, issued, sent with proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import Action, CaseKind, EventKind, Letter, SendingWay, State
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Registered
from tests.browser.conftest import Office
from tests.browser.walking import People, Walker, paper_no
from tests.services.desk import CHIEF, DUC, HOA, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

C, D, P = CaseKind.COMPLAINT, CaseKind.DENUNCIATION, CaseKind.PETITION
PROOF = "RR123456789VN"

Meet = Callable[[int], Walker]


@dataclass(frozen=True)
class Step:
    """A letter that does an act: what is entered for it, and where the case stands then."""

    letter: Letter
    action: Action
    state: State
    entries: dict[str, Any] = field(default_factory=dict)
    send: bool = False


WHY = {"reason": "Chờ kết quả đo đạc"}
TEAM = {"names": "Lê An, Trưởng đoàn\nTrần Bình, Thành viên"}
COMPLEX = {"criteria": ("PT-a",), **WHY}
ELSEWHERE = {"body": "Sở Công Thương"}
COMPLAINT = (
    Step(Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, State.ACCEPTED, send=True),
    Step(Letter.VERIFICATION_TEAM, Action.FORM_TEAM, State.VERIFYING, TEAM),
    Step(
        Letter.COMPLAINT_SUSPENDED,
        Action.SUSPEND,
        State.SUSPENDED,
        {"ground": "KN11a-1-2", **WHY},
        send=True,
    ),
)
COMPLAINT_RESUMED = (
    Step(Letter.COMPLAINT_CONTINUED, Action.LIFT_SUSPENSION, State.VERIFYING, WHY),
    Step(
        Letter.COMPLAINT_DECISION, Action.DECIDE, State.DECIDED, {"result": "rejected"}, send=True
    ),
)
DENUNCIATION = (
    Step(Letter.DENUNCIATION_ACCEPTED, Action.ACCEPT, State.ACCEPTED),
    Step(
        Letter.DENUNCIATION_SUSPENDED,
        Action.SUSPEND,
        State.SUSPENDED,
        {"ground": "TC34-1-1", **WHY},
    ),
)
DENUNCIATION_RESUMED = (
    Step(Letter.DENUNCIATION_CONTINUED, Action.LIFT_SUSPENSION, State.VERIFYING, WHY),
    Step(Letter.DENUNCIATION_EXTENDED, Action.EXTEND, State.VERIFYING, WHY),
    Step(
        Letter.DENUNCIATION_CONCLUSION,
        Action.DECIDE,
        State.DECIDED,
        {"result": "upheld"},
        send=True,
    ),
)
ANSWER = (Step(Letter.PETITION_ANSWER, Action.ANSWER, State.DECIDED, send=True),)


@pytest.fixture(scope="module")
def people(browser: Browser, office: Office) -> Iterator[People]:
    """Those who take part, signed in once for all walks."""
    everybody = People(browser, office)
    yield everybody
    everybody.close()


@pytest.fixture(params=["vi", "en"])
def meet(request: pytest.FixtureRequest, people: People) -> Meet:
    """`meet(HOA)`: her browser, in the language of the walk."""
    return lambda user: people(user, request.param)


MATTERS = {
    "vi": "Nhà bên xây sai phép, làm nứt tường",
    "en": "Nhận tiền của người dân khi cấp giấy phép kinh doanh ở chợ",
}
"""Of one content only the first is forwarded: each language has a matter of its own."""


@pytest.fixture
def case_of(office: Office) -> Callable[..., Registered]:
    """`case_of(kind, (DUC, Action.ACCEPT, {}))`: a case in Hoa's hands after these acts."""

    def make(
        kind: CaseKind,
        *acts: tuple[int, Action, dict[str, Any]],
        competent: bool = True,
        **values: Any,
    ) -> Registered:
        with office.app.app_context():
            gateways = office.app.extensions["citizenfeedback_gateways"]
            desk = Desk(db.session(), gateways.keys, gateways.clock.now(), gateways.files)
            case = desk.file(kind, respondent="Phòng Kinh tế", **values)
            desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=competent)
            desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
            for user, action, entries in acts:
                given = {"on": desk.today} if action is Action.ACCEPT else {}
                desk.act(user, case, action, **(given | entries))
            db.session.remove()
            return case

    return make


def walk(meet: Meet, case: Registered, kind: CaseKind, *steps: Step) -> None:
    """The handler drafts, the leader approves and issues, and some letters go out by post."""
    hoa, duc = meet(HOA), meet(DUC)
    for step in steps:
        address = hoa.letter(case.number, step.letter, step.action, **step.entries)
        duc.issue(address)
        assert duc.state(case.number, kind) is step.state, step.letter
        if step.send:
            hoa.open(address)
            hoa.send(SendingWay.POST, PROOF)
            assert PROOF in hoa.text


def listed(walker: Walker, case: Registered) -> list[str]:
    """The lines of the register that are of this case."""
    walker.open(f"/inbox/register?q={case.number}")
    return walker.page.locator("main table tbody tr").all_inner_texts()


@pytest.mark.parametrize(
    ("kind", "begun", "resumed"),
    [
        (C, COMPLAINT, COMPLAINT_RESUMED),
        (D, DENUNCIATION, DENUNCIATION_RESUMED),
    ],
    ids=["complaint", "denunciation"],
)
def test_settled_by_letters_alone(
    meet: Meet,
    case_of: Callable[..., Registered],
    kind: CaseKind,
    begun: tuple[Step, ...],
    resumed: tuple[Step, ...],
) -> None:
    """From acceptance to suspension; then, of one suspended days ago, on to the sent decision."""
    hoa, duc = meet(HOA), meet(DUC)
    walk(meet, case_of(kind), kind, *begun)
    pause = next(step for step in begun if step.action is Action.SUSPEND)
    suspended = case_of(
        kind,
        (DUC, Action.ACCEPT, {"on": date(2026, 11, 17)}),
        (DUC, Action.SET_COMPLEXITY, {"document_no": paper_no("BC-TTr"), **COMPLEX}),
        (DUC, Action.SUSPEND, {"on": date(2026, 11, 19), **pause.entries}),
    )
    walk(meet, suspended, kind, *resumed)
    assert hoa.state(suspended.number, kind) is State.DONE, "the decision was sent"
    lines = listed(duc, suspended)
    assert len(lines) == len(resumed)
    assert all(label(step.letter, duc.lang) in " ".join(lines) for step in resumed)
    assert ("Lò Thị Măng" in " ".join(lines)) is (kind is C)


def test_petition_answered_by_its_letter(meet: Meet, case_of: Callable[..., Registered]) -> None:
    case = case_of(P, (DUC, Action.ACCEPT, {}))
    walk(meet, case, P, *ANSWER)
    assert meet(HOA).state(case.number, P) is State.DONE


@pytest.mark.parametrize(
    ("kind", "competent", "step"),
    [
        (C, False, Step(Letter.COMPLAINT_GUIDED, Action.GUIDE, State.GUIDED, ELSEWHERE, True)),
        (
            D,
            False,
            Step(Letter.DENUNCIATION_FORWARDED, Action.FORWARD, State.FORWARDED, ELSEWHERE, True),
        ),
        (
            P,
            False,
            Step(Letter.PETITION_FORWARDED, Action.FORWARD, State.FORWARDED, ELSEWHERE, True),
        ),
        (P, False, Step(Letter.PETITION_GUIDED, Action.GUIDE, State.GUIDED, ELSEWHERE)),
        (P, True, Step(Letter.PETITION_REFUSED, Action.REFUSE, State.REFUSED, WHY)),
        (
            D,
            True,
            Step(
                Letter.DENUNCIATION_REFUSED,
                Action.REFUSE,
                State.REFUSED,
                {"ground": "TC29-1a", **WHY},
                True,
            ),
        ),
    ],
    ids=lambda one: str(getattr(one, "letter", "")),
)
def test_examined_case_goes_its_way_by_its_letter(
    meet: Meet, case_of: Callable[..., Registered], kind: CaseKind, competent: bool, step: Step
) -> None:
    case = case_of(kind, competent=competent, summary=MATTERS[meet(HOA).lang])
    walk(meet, case, kind, step)


@pytest.mark.parametrize(
    ("kind", "letter", "ground"),
    [
        (C, Letter.COMPLAINT_TERMINATED, "KN11a-2-a"),
        (D, Letter.DENUNCIATION_TERMINATED, "TC34-3-2"),
    ],
    ids=["complaint", "denunciation"],
)
def test_terminated_and_all_told_with_the_last_sending(
    meet: Meet,
    case_of: Callable[..., Registered],
    kind: CaseKind,
    letter: Letter,
    ground: str,
) -> None:
    """The tick with the sending does the step that says everybody was told."""
    case = case_of(kind, (DUC, Action.ACCEPT, {}))
    entries = {"ground": ground, **WHY}
    hoa, duc = meet(HOA), meet(DUC)
    address = hoa.letter(case.number, letter, Action.TERMINATE, **entries)
    duc.issue(address)
    assert duc.state(case.number, kind) is State.TERMINATED
    hoa.open(address)
    asked = hoa.page.locator("main input[name=notice]")
    if kind is C:
        asked.check()
    else:
        assert asked.count() == 0, "no term of a notice runs from this letter"
    hoa.send(SendingWay.HANDED_OVER, "Phòng Kinh tế ký nhận")
    told = label(EventKind.NOTICE_SENT, hoa.lang) in hoa.case(case.number)
    assert told is (kind is C)


def test_minutes_are_issued_without_approval(
    meet: Meet, case_of: Callable[..., Registered]
) -> None:
    case = case_of(C, (DUC, Action.ACCEPT, {}))
    hoa = meet(HOA)
    held = {"attendance": "present"}
    hoa.draft(case.number, Letter.DIALOGUE_MINUTES, Action.RECORD_DIALOGUE, **held)
    hoa.press_step("issue")
    duc = meet(DUC)
    duc.draft(case.number, Letter.WITHDRAWAL_RECORD, Action.WITHDRAW, proof="minutes")
    duc.press_step("issue")
    assert hoa.state(case.number, C) is State.WITHDRAWN
    assert listed(hoa, case) == [], "minutes bear no number"


def test_reminder_is_drafted_and_signed_above(
    meet: Meet, case_of: Callable[..., Registered]
) -> None:
    case = case_of(P, received_on=date(2026, 10, 1))
    chief = meet(CHIEF)
    address = chief.letter(case.number, Letter.SETTLEMENT_REMINDER, Action.REMIND)
    chief.issue(address)
    chief.send(SendingWay.PRINTED, "")
    hoa = meet(HOA)
    hoa.case(case.number)
    assert hoa.offered(case.number, Action.REPORT_BACK)
    assert len(listed(chief, case)) == 1
