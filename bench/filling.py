"""What the benchmark lays into its own installations: offices, accounts, drafts, many cases.

Everything is invented and made from a seed. Only a database that is marked as a benchmark's for
good is filled, so that nothing here can ever meet a real register.
"""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, text

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.drafts import DRAFT_LIFE, DraftContent
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import (
    OPEN_PHASES,
    PHASE_OF,
    Author,
    CaseField,
    CaseKind,
    Channel,
    ClockKind,
    EventKind,
    Role,
    State,
    UnitLevel,
)
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.cases import Case, CaseClock, CasePerson, Draft
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services import accounts, directory, intake
from citizenfeedback.services.installing import set_purpose
from citizenfeedback.services.transaction import transaction

UNITS = 60
PASSWORD = "mười hai cây phượng bên hồ"
BATCH = 5_000
AT_ONCE = 2_000
DAYS_OF_RECORDS = 1_095

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
GIVEN = "An Bình Chi Dũng Giang Hà Hải Hạnh Hoa Hùng Hương Lan Linh Mai Nam Nga Phúc Tâm".split()
SUBJECTS = (
    "Đường hư hỏng nặng gây nguy hiểm cho người đi lại",
    "Rác thải tồn đọng nhiều ngày tại khu dân cư",
    "Nước sinh hoạt bị đục và có mùi",
    "Chậm trả kết quả quá thời hạn ghi trên giấy hẹn",
    "Cơ sở sản xuất xả khói bụi vào khu dân cư",
    "Lấn chiếm vỉa hè và lòng đường trước chợ",
)
WORDS = (
    "Kính gửi quý cơ quan. {subject} tại số {number} đường Trần Phú. Gia đình tôi và người dân "
    "trong tổ đã phản ánh nhiều lần nhưng chưa được giải quyết dứt điểm trong thời gian qua. "
    "Kính mong lãnh đạo xem xét, kiểm tra và trả lời bằng văn bản."
)
OPEN_STATES = tuple(state for state in State if PHASE_OF[state] in OPEN_PHASES)
KINDS = (CaseKind.COMPLAINT, CaseKind.DENUNCIATION, CaseKind.PETITION, CaseKind.REFLECTION)
KIND_WEIGHTS = (20, 5, 30, 45)


@dataclass(frozen=True)
class Office:
    """The offices, points and accounts of one benchmark installation."""

    units: tuple[int, ...]
    points: tuple[str, ...]
    supervisor: str
    leader: str


def settle(gateways: Gateways, now: datetime) -> Office:
    """Mark the database as a benchmark's and put up its offices, points and two officials."""
    set_purpose("benchmark")
    root = _unit(gateways, "T00", "UBND tỉnh", UnitLevel.PROVINCE, None, now)
    units = tuple(
        _unit(gateways, f"X{one:02}", f"UBND phường số {one}", UnitLevel.COMMUNE, root, now)
        for one in range(1, UNITS + 1)
    )
    points = tuple(f"Q{one:02}" for one in range(1, UNITS + 1))
    for code, unit_id in zip(points, units, strict=True):
        wanted = directory.PointWanted(
            name="Quầy số 1", unit_id=unit_id, opens=time(7, 30), closes=time(17), active=True
        )
        directory.create_point(SYSTEM, code, wanted, keys=gateways.keys, now=now)
    supervisor = _official(gateways, root, Role.SUPERVISOR, "giam.sat@example.vn", now)
    leader = _official(gateways, units[0], Role.UNIT_LEADER, "lanh.dao@example.vn", now)
    return Office(units, points, supervisor, leader)


def _unit(
    gateways: Gateways,
    code: str,
    name: str,
    level: UnitLevel,
    parent_id: int | None,
    now: datetime,
) -> int:
    wanted = directory.UnitWanted(
        name=name,
        name_en="",
        level=level,
        parent_id=parent_id,
        remote=False,
        valid_from=None,
        valid_to=None,
        receives=True,
        address="",
        phone="",
        hours="",
    )
    return directory.create_unit(SYSTEM, code, wanted, keys=gateways.keys, now=now)


def _official(gateways: Gateways, unit_id: int, role: Role, email: str, now: datetime) -> str:
    new = accounts.NewAccount(
        email=email, name="Trần Văn Bình", unit_id=unit_id, roles=frozenset({role})
    )
    link = accounts.create_account(SYSTEM, new, keys=gateways.keys, now=now)
    accounts.set_password(
        link.token, PASSWORD, keys=gateways.keys, passwords=gateways.passwords, now=now
    )
    return email


def content(chance: random.Random, office: Office) -> DraftContent:
    """What one citizen has written: a petition with name, telephone and an address for news."""
    subject = chance.choice(SUBJECTS)
    return DraftContent(
        kind=CaseKind.PETITION,
        words=WORDS.format(subject=subject, number=chance.randint(1, 900)),
        wish="Đề nghị khắc phục trước mùa mưa",
        field=CaseField.ENVIRONMENT,
        unit_id=chance.choice(office.units),
        name=_name(chance),
        phone=f"09{chance.randint(0, 10**8 - 1):08}",
        address="12 Trần Phú",
        email=f"nguoi.dan.{chance.randint(1, 10**6)}@example.vn",
    )


def prepare_drafts(gateways: Gateways, office: Office, number: int, now: datetime) -> list[str]:
    """Lay finished drafts into the database as browsers would; the tokens that open them."""
    chance = random.Random(number)  # noqa: S311 - invented people
    tokens = [secrets.token_urlsafe(32) for _ in range(number)]
    written = iter(tokens)
    while some := list(islice(written, AT_ONCE)):
        boxes = [gateways.keys.box("draft", token) for token in some]
        rows = [
            {
                "token_hash": box.name,
                "submission_id": str(uuid.uuid4()),
                "ciphertext": box.seal(content(chance, office).as_text()),
                "expires_at": now + DRAFT_LIFE,
            }
            for box in boxes
        ]
        with transaction() as session:
            session.execute(insert(Draft), rows)
    return tokens


def file_cases(
    gateways: Gateways, office: Office, calendar: WorkCalendar, number: int, now: datetime
) -> list[str]:
    """File submissions as citizens do; their access codes."""
    filing = intake.Filing(gateways.keys, gateways.files, calendar, Policy(), "vi")
    today = gateways.clock.today()
    codes = []
    for token in prepare_drafts(gateways, office, number, now):
        box = gateways.keys.box("draft", token)
        codes.append(intake.file_case(box, filing, today=today, now=now).access_code)
    return codes


def fill_cases(office: Office, number: int, today: date, now: datetime) -> None:
    """Fill the register with `number` cases over three years, a tenth of them open."""
    chance = random.Random(7)  # noqa: S311 - invented cases
    made = enumerate(_cases(chance, office, number, today), start=1)
    while some := list(islice(made, BATCH)):
        rows: dict[type, list[dict[str, Any]]] = {
            table: [] for table in (Case, CaseClock, CasePerson, CaseSearch, CaseEvent)
        }
        for case_id, case in some:
            _add(rows, case_id, case, _name(chance), now)
        with transaction() as session:
            for table, values in rows.items():
                if values:
                    session.execute(insert(table), values)
    with transaction() as session:
        session.execute(text("ANALYZE"))


def _cases(
    chance: random.Random, office: Office, number: int, today: date
) -> Iterator[dict[str, Any]]:
    """The columns of each case, oldest first; the first offices have more of them than the last."""
    weights = [1 / (place + 1) ** 0.7 for place in range(len(office.units))]
    for place in range(number):
        received = today - timedelta(days=DAYS_OF_RECORDS * (number - place) // number)
        is_open = chance.random() < (0.85 if place >= number * 0.97 else 0.08)
        kind = chance.choices(KINDS, KIND_WEIGHTS)[0]
        state = chance.choice(OPEN_STATES) if is_open else State.DONE
        due = (
            today + timedelta(days=chance.randint(-40, 45))
            if is_open
            else received + timedelta(days=14)
        )
        yield {
            "kind": kind,
            "field": chance.choice(tuple(CaseField)),
            "state": state,
            "is_open": is_open,
            "unit_id": chance.choices(office.units, weights)[0],
            "summary": "" if kind is CaseKind.DENUNCIATION else chance.choice(SUBJECTS),
            "received_on": received,
            "due_on": due,
            "closed_on": None if is_open else received + timedelta(days=chance.randint(1, 20)),
        }


def _add(
    rows: dict[type, list[dict[str, Any]]],
    case_id: int,
    case: dict[str, Any],
    name: str,
    now: datetime,
) -> None:
    """One case with its clock, person, search text and first event, as registering writes them."""
    number = f"26-{case_id:08}"
    sealed = case["kind"] is CaseKind.DENUNCIATION
    rows[Case].append(
        {
            "id": case_id,
            "number": number,
            "channel": Channel.WEB,
            "phase": PHASE_OF[case["state"]],
            "registered_at": now,
            "processed_on": case["received_on"],
            "accepted_on": case["received_on"],
            "due_rule": "PA-01",
            "settle_by": case["due_on"],
            **case,
        }
    )
    rows[CaseClock].append(
        {
            "case_id": case_id,
            "clock": ClockKind.SETTLEMENT,
            "rule": "PA-01",
            "started_on": case["received_on"],
            "due_on": case["due_on"],
            "stopped_on": case["closed_on"],
            "explanation": "{}",
        }
    )
    if not sealed:
        rows[CasePerson].append({"case_id": case_id, "name": name})
    searched = fold(" ".join((number, "" if sealed else name, case["summary"])))
    rows[CaseSearch].append({"case_id": case_id, "folded": searched})
    rows[CaseEvent].append(
        {
            "case_id": case_id,
            "seq": 1,
            "kind": EventKind.CASE_REGISTERED,
            "at": now,
            "on": case["received_on"],
            "author": Author.CITIZEN,
            "state": State.REGISTERED,
            "details": {},
            "hash": f"{case_id:064}",
        }
    )


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {chance.choice(GIVEN)}"
