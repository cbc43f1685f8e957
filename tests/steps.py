"""What the law and the table of rights allow, found out slowly: the oracle of the illegal steps.

`refusal` reads `TRANSITIONS` and `ACCESS` row by row and shares no code with the rules that use
them. `standing_cases` puts one case of every kind into every state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select

from citizenfeedback.domain.access import ACCESS, Grant
from citizenfeedback.domain.facts import CaseFacts
from citizenfeedback.domain.vocabulary import (
    Action,
    Attendance,
    CaseKind,
    CaseResult,
    PublicationWay,
    Reach,
    ReplyOutcome,
    Role,
    SendingWay,
    State,
    WithdrawalProof,
)
from citizenfeedback.domain.workflow import NEVER, TRANSITIONS, Transition, required_inputs
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.base import Base
from citizenfeedback.models.cases import Case
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.services.acts import ACTS
from citizenfeedback.services.handling import KeptFile
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.services.desk import (
    _UNITS,
    BUILDING,
    CHIEF,
    DUC,
    HOA,
    LAN,
    LAND,
    MINH,
    PROVINCE,
    QUAN,
    TRA,
    Desk,
)

SUPERVISOR, ADMINISTRATOR, AUDITOR = 8, 9, 10
_MORE = (
    (SUPERVISOR, "Phạm Minh Quý", Role.SUPERVISOR),
    (ADMINISTRATOR, "Bùi An", Role.ADMINISTRATOR),
    (AUDITOR, "Lý Kiểm", Role.AUDITOR),
)
EVERYBODY = {
    HOA: (Role.HANDLER, BUILDING),
    QUAN: (Role.HANDLER, BUILDING),
    MINH: (Role.HANDLER, LAND),
    DUC: (Role.UNIT_LEADER, BUILDING),
    CHIEF: (Role.UNIT_LEADER, PROVINCE),
    LAN: (Role.RECEPTION_OFFICER, BUILDING),
    TRA: (Role.INSPECTOR, PROVINCE),
    SUPERVISOR: (Role.SUPERVISOR, PROVINCE),
    ADMINISTRATOR: (Role.ADMINISTRATOR, PROVINCE),
    AUDITOR: (Role.AUDITOR, PROVINCE),
}
"""Everybody of the office: role and unit."""

_ACCEPTED = frozenset(
    {
        State.ACCEPTED,
        State.VERIFYING,
        State.SUSPENDED,
        State.AWAITING_APPROVAL,
        State.DECIDED,
        State.DONE,
        State.TERMINATED,
    }
)
_PARENTS = {unit: parent for unit, _, parent, _ in _UNITS}


@dataclass(frozen=True)
class Standing:
    """A case that stands in a state."""

    case: Registered
    facts: CaseFacts


def add_more_people(desk: Desk) -> None:
    """The roles that `open_desk` has nobody for."""
    with transaction() as session:
        for user, name, role in _MORE:
            session.execute(
                insert(User).values(
                    id=user,
                    email=f"u{user}@example.vn",
                    name=name,
                    unit_id=PROVINCE,
                    created_at=desk.now,
                )
            )
            session.execute(insert(UserRole).values(user_id=user, role=role))


def standing_cases(desk: Desk, *kinds: CaseKind) -> Iterator[Standing]:
    """One case of each of these kinds in every state, with Hoa; examined ones thrice.

    An examined one is once for this office, once for another, once not fit to be taken up.
    """
    for kind in kinds or CaseKind:
        for state in State:
            yield _stands(desk, kind, state)
        for found in ({"competent": False}, {"eligible": False}):
            yield _stands(desk, kind, State.EXAMINING, **found)


def _stands(desk: Desk, kind: CaseKind, state: State, **found: Any) -> Standing:
    case = desk.file(kind)
    values: dict[str, Any] = {"state": state, "assignee_id": HOA}
    if state is not State.REGISTERED:
        values |= {"eligible": True, "competent": True}
    if state in _ACCEPTED:
        values["accepted_on"] = desk.today - timedelta(days=6)
    if state is State.INFORMATION:
        values["formal"] = False
    desk.put(case, **(values | found))
    return Standing(case, facts_of(desk.row(case)))


def refusal(facts: CaseFacts, user_id: int, action: Action) -> str | None:
    """Why this person may not do this now, by the code of it; None when it is lawful."""
    if not _granted(facts, user_id, Action.SEE_CASE):
        return "not_found"
    if not _granted(facts, user_id, action):
        return "not_granted"
    if not lawful(facts, action):
        return NEVER.get((facts.kind, action), "not_allowed_here")
    rows = _rows(facts, action)
    if rows[0].guard is not None and (missing := rows[0].guard(facts)) is not None:
        return missing
    # Ten days after receipt nothing is late, nobody was reminded, no first complaint unanswered.
    if action is Action.CONTINUE and not facts.open:
        return None
    return {
        Action.REMIND: "not_late_yet",
        Action.REPORT_BACK: "nothing_to_report",
        Action.CONTINUE: "first_not_decided",
    }.get(action)


def lawful(facts: CaseFacts, action: Action) -> bool:
    """Whether the table knows this act for this kind in this state."""
    return bool(_rows(facts, action))


def _rows(facts: CaseFacts, action: Action) -> list[Transition]:
    return [
        row
        for row in TRANSITIONS
        if row.action is action and facts.kind in row.kinds and facts.state in row.sources
    ]


def _granted(facts: CaseFacts, user_id: int, action: Action) -> bool:
    return any(_gives(grant, facts, user_id) for grant in ACCESS[action])


def _gives(grant: Grant, facts: CaseFacts, user_id: int) -> bool:
    role, home = EVERYBODY[user_id]
    above = []
    unit: int | None = facts.unit_id
    while unit is not None:
        above.append(unit)
        unit = _PARENTS[unit]
    reached = {
        Reach.OWN: facts.assignee_id == user_id,
        Reach.UNIT: facts.unit_id == home,
        Reach.UNIT_TREE: home in above,
        Reach.BELOW: home in above[1:],
        Reach.ALL: True,
    }[grant.reach]
    return (
        grant.role is role
        and reached
        and (grant.kinds is None or facts.kind in grant.kinds)
        and (grant.states is None or facts.state in grant.states)
        and (grant.fields is None or facts.field in grant.fields)
        and not (grant.unassigned and facts.assignee_id is not None)
    )


def entries(desk: Desk) -> dict[Action, dict[str, Any]]:
    """Good entries for every act, so that only right and law can refuse it."""
    dated = {"on": desk.today}
    said = {"text": "Nội dung"}
    why = {"reason": "Lý do đủ dài để ghi"}
    paper = KeptFile("k", "d", "a.pdf", "application/pdf", 1, sealed=True)
    grounds = {
        Action.SUSPEND: "KN11a-1-2",
        Action.TERMINATE: "KN11a-2-a",
        Action.KEEP_SETTLING: "TC33-3",
        Action.REFER: "TC25-2",
    }
    number = {"document_no": "1/CV"}
    known: dict[Action, dict[str, Any]] = {
        Action.EXAMINE: {"eligible": True, "competent": True},
        Action.RECORD_FORM: dated,
        Action.ACCEPT: dated,
        Action.REFUSE: dated | why,
        Action.GUIDE: dated | {"body": "Sở Công Thương"},
        Action.FORWARD: dated | {"body": "Sở Công Thương"},
        Action.REFER: dated | {"body": "Công an tỉnh"},
        Action.RECORD_REPLY: dated | said | {"reply": ReplyOutcome.SETTLED},
        Action.TAKE_BACK: dated | why,
        Action.TELL_SENDER: dated | number,
        Action.REPRESENT: {"role": "representative", "names": "Nguyễn Văn A", "people": 1},
        Action.SPLIT: {"kind": CaseKind.PETITION, "field": "land", "summary": "Xin mở đường"},
        Action.RETURN: dated | why,
        Action.FILE: dated | why,
        Action.ATTACH: {"case_number": "26-0000-0"},
        Action.ASSIGN: {"assignee": QUAN},
        Action.PASS_ON: why | {"unit": LAND},
        Action.RECLASSIFY: why | {"kind": CaseKind.PETITION},
        Action.SUMMARISE: {"summary": "Tóm tắt"},
        Action.ASK_CITIZEN: said,
        Action.SET_COMPLEXITY: why | number | {"criteria": ("PT-a",)},
        Action.EXTEND: why | number,
        Action.SUSPEND: dated | why,
        Action.LIFT_SUSPENSION: dated | why,
        Action.FORM_TEAM: dated | {"names": "Lê An\nTrần Bình"},
        Action.PLAN_DIALOGUE: {
            "day": desk.today + timedelta(days=9),
            "hour": "08:30",
            "place": "Phòng họp",
        },
        Action.RECORD_DIALOGUE: dated | said | {"attendance": Attendance.PRESENT},
        Action.RECORD_VERIFICATION: dated | said,
        Action.RECORD_NOTICE: dated | {"way": SendingWay.POST},
        Action.SUBMIT_DRAFT: said,
        Action.SEND_BACK: why,
        Action.DECIDE: dated | number | {"result": CaseResult.REJECTED},
        Action.ANSWER: said,
        Action.SEND: dated,
        Action.PUBLISH: dated | {"publication": PublicationWay.POSTING},
        Action.RECORD_OUTCOME: dated,
        Action.RECORD_PROGRESS: dated,
        Action.REMIND: said,
        Action.REPORT_BACK: said,
        Action.WITHDRAW: dated | {"proof": WithdrawalProof.PAPER},
        Action.WITHDRAW_PART: dated | said | {"proof": WithdrawalProof.PAPER},
        Action.KEEP_SETTLING: dated | why,
        Action.TERMINATE: dated | why,
        Action.REOPEN: why,
        Action.CONTINUE: dated | why,
        Action.CORRECT: why,
        Action.HOLD_DATA: why,
        Action.RELEASE_DATA: why,
        Action.NOTE: said,
        Action.MESSAGE: said,
        Action.ADD_DOCUMENT: {"document": paper},
    }
    for action, code in grounds.items():
        known[action] = known[action] | why | {"ground": code}
    bare = {act for act in ACTS if not set(required_inputs(act)) <= set(known.get(act, {}))}
    assert not bare, f"these acts ask for more than is given here: {sorted(bare)}"
    return known


def everything(desk: Desk) -> dict[str, Any]:
    """How many rows every table holds, and the version of every case: what no refusal changes."""
    desk.session.expire_all()
    tables: list[Table] = Base.metadata.sorted_tables
    counts: dict[str, Any] = {
        table.name: desk.session.scalar(select(func.count()).select_from(table))
        for table in tables
        if table.name not in {"sign_in_failure", "one_time_link"}
    }
    counts["versions"] = desk.session.execute(
        select(func.count(), func.sum(Case.version), func.sum(Case.id * Case.version))
    ).one()
    return counts
