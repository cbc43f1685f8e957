"""The books of the demonstration: points, staff, ratings, visits, leaders' days, monthly counts.

Rows in the form of the import files, so that they enter by the same door as an office's own.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.oversight import Conclusion, FollowUp, OversightEntry
from citizenfeedback.domain.vocabulary import CaseKind, OversightKind, ReceptionKind
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.services.demonstrating_places import (
    PROVINCE,
    RECEPTION_BOARD,
    SERVICE_CENTRE,
    Place,
)
from citizenfeedback.services.demonstrating_texts import (
    BODIES,
    COMMENTS,
    identity,
    matter,
    name,
    templates,
)

Row = dict[str, Any]

CENTRE_COUNTERS = 10
LIVE_DAYS = 15
"""The last days, whose visits are entered one by one, as an officer would."""

DOUBTFUL_RUNS = 8
RUN, LATE_PRAISE = "DEMO-RUN", "DEMO-LATE"
"""How the references of doubtful ratings begin: many taps in a minute, praise after closing."""

_SCORED = ("ATT02", "ATT03", "ATT04", "CMP01")
_CONDUCT = ("ATT05", "ATT06", "DRS01", "ETH01", "ETH02")
_PROCEDURES = ("DD-01", "HT-01", "HT-02", "XD-01", "LD-03", "CT-01", "GT-02", "YT-01")


def points(places: Sequence[Place]) -> list[Row]:
    """Counters of the service centre, and two in every commune at work."""
    rows: list[Row] = []
    for place in places:
        count = CENTRE_COUNTERS if place.code == SERVICE_CENTRE else 2 if place.commune else 0
        rows += [
            {
                "code": f"{place.code}-Q{number:02}",
                "name": f"Quầy số {number}",
                "unit": place.code,
                "opens": "07:30",
                "closes": "17:00",
            }
            for number in range(1, count + 1)
        ]
    return rows


def staff(chance: random.Random, counters: Sequence[Row]) -> list[Row]:
    """Two people at every counter of the centre, one elsewhere."""
    rows: list[Row] = []
    for counter in counters:
        for _ in range(2 if counter["unit"] == SERVICE_CENTRE else 1):
            rows.append(
                {
                    "code": f"CB{len(rows) + 1:03}",
                    "name": name(chance),
                    "position": "Chuyên viên",
                    "unit": counter["unit"],
                    "point": counter["code"],
                    "active": "yes",
                }
            )
    return rows


def ratings(
    chance: random.Random,
    people: Sequence[Row],
    calendar: WorkCalendar,
    *,
    count: int,
    now: datetime,
) -> list[Row]:
    """A year of ratings: most good, some not, each person with a hand of their own."""
    counters: dict[str, list[str]] = {}
    for one in people:
        counters.setdefault(one["point"], []).append(one["code"])
    weights = [6 if code.startswith(SERVICE_CENTRE) else 2 for code in counters]
    manner = {one["code"]: chance.uniform(-0.5, 0.9) for one in people}
    days = working_days(calendar, until=_today(now), back=365)
    rows = []
    for number in range(1, count + 1):
        counter = chance.choices(list(counters), weights)[0]
        member = chance.choice(counters[counter])
        rows.append(_rating(chance, f"DEMO-{number:06}", counter, member, manner[member], days))
    return sorted(rows, key=lambda row: row["rated_at"])


def _rating(
    chance: random.Random,
    reference: str,
    counter: str,
    member: str,
    manner: float,
    days: Sequence[date],
) -> Row:
    overall = min(5, max(1, round(chance.gauss(4.1 + manner, 0.9))))
    moment = datetime.combine(chance.choice(days), time(7, 35), tzinfo=LOCAL_ZONE)
    moment += timedelta(seconds=chance.randint(0, 9 * 3600 + 1200))
    row: Row = {
        "id": reference,
        "rated_at": moment.isoformat(),
        "point": counter,
        "staff": member if chance.random() < 0.85 else "",
        "channel": chance.choices(("kiosk", "phone", "web", "sms"), (70, 8, 18, 4))[0],
        "dossier": "",
        "overall": overall,
        "comment": chance.choice(COMMENTS) if chance.random() < 0.05 else "",
    }
    fuller = chance.random() < (0.7 if overall <= 2 else 0.2)
    for code in _SCORED:
        near = min(5, max(1, overall + chance.choice((-1, 0, 0, 1))))
        row[code] = near if fuller else ""
    for code in _CONDUCT:
        proper = chance.random() < (0.75 if overall <= 2 else 0.98)
        row[code] = ("yes" if proper else "no") if fuller else ""
    return row


def doubtful_ratings(
    chance: random.Random, people: Sequence[Row], days: Sequence[date]
) -> list[Row]:
    """What should be counted apart: taps in a row, praise after closing; `id` tells which."""
    rows = []
    for visit in range(DOUBTFUL_RUNS):
        one, on = chance.choice(people), chance.choice(days[-90:])
        late = visit % 2 == 1
        moment = datetime.combine(on, time(17, 20) if late else time(10, 5), tzinfo=LOCAL_ZONE)
        moment += timedelta(minutes=chance.randint(0, 30))
        for tap in range(3 if late else 7):
            row = _rating(chance, "", one["point"], one["code"], 0, days)
            empty = dict.fromkeys((*_SCORED, *_CONDUCT), "")
            rows.append(
                {
                    **row,
                    **empty,
                    "id": f"{LATE_PRAISE if late else RUN}-{visit:02}-{tap}",
                    "rated_at": (moment + timedelta(seconds=tap * 7)).isoformat(),
                    "staff": one["code"],
                    "channel": "kiosk",
                    "overall": 5,
                    "comment": "",
                }
            )
    return rows


def receptions(
    chance: random.Random,
    places: Sequence[Place],
    calendar: WorkCalendar,
    *,
    count: int,
    now: datetime,
) -> list[Row]:
    """A year of visits but for the last days; some come again, some come in groups."""
    today = _today(now)
    days = working_days(calendar, until=today - timedelta(days=LIVE_DAYS), back=350)
    kept: dict[str, list[tuple[str, Row]]] = {}
    entries: list[tuple[date, str, Row]] = []
    for on in sorted(chance.choices(days, k=count)):
        place = visited(chance, places)
        before = kept.setdefault(place.code, [])
        if before and chance.random() < 0.25:
            key, content = chance.choice(before)
        else:
            key = f"VV-{len(entries) + 1:05}"
            content = visit(chance, place, places)
            before.append((key, content))
        entries.append((on, place.code, {**content, "matter": key}))
    return list(_numbered(chance, entries))


def visit(chance: random.Random, place: Place, places: Sequence[Place]) -> Row:
    """Who comes, with what, and what is done about it."""
    kinds = (*CaseKind, "none")
    kind = chance.choices(kinds, (26, 4, 36, 28, 6))[0]
    about = CaseKind.PETITION if kind == "none" else CaseKind(kind)
    communes = [one for one in places if one.commune]
    area = place.area if place.commune else chance.choice(communes).area
    what = matter(chance, chance.choice(templates(about)), area)
    competent = chance.random() < 0.72
    group = chance.random() < 0.035
    return {
        "people": chance.randint(5, 38) if group else chance.choice((1, 1, 1, 1, 2, 2, 3)),
        "citizen_name": name(chance),
        "id_no": identity(chance)[0],
        "address": f"{what.quarter}, {area}",
        "summary": what.summary,
        "kind": ReceptionKind(kind),
        "settled_by": f"UBND {area}" if chance.random() < 0.2 else "",
        "competent": "yes" if competent else "no",
        "guided_to": "" if competent else chance.choice(BODIES),
        "accepted_by": place.name if competent and chance.random() < 0.5 else "",
        "follow_up": "Đã có văn bản trả lời" if chance.random() < 0.4 else "",
        "notes": "",
    }


def visited(chance: random.Random, places: Sequence[Place]) -> Place:
    """Where somebody comes: most often the reception board."""
    weights = [14 if one.code == RECEPTION_BOARD else 3 if one.commune else 2 for one in places]
    return chance.choices(places, weights)[0]


def _numbered(chance: random.Random, entries: Sequence[tuple[date, str, Row]]) -> Iterator[Row]:
    serials: dict[tuple[str, int], int] = {}
    for on, unit, content in entries:
        serial = serials[unit, on.year] = serials.get((unit, on.year), 0) + 1
        leads = chance.random() < 0.18
        received_by = chance.choices(("head", "delegated"), (85, 15))[0] if leads else "officer"
        yield {
            "book_no": f"{unit}-{on.year}-{serial:04}",
            "date": on.isoformat(),
            "unit": unit,
            "sitting": chance.choices(("periodic", "ad_hoc"), (90, 10))[0] if leads else "regular",
            "received_by": received_by,
            **content,
        }


def sittings(
    chance: random.Random, places: Sequence[Place], calendar: WorkCalendar, *, now: datetime
) -> list[Row]:
    """Leaders' days: two a month in a commune, one elsewhere; some see nobody."""
    today = _today(now)
    rows: dict[tuple[str, str], Row] = {}
    for place in places:
        for day in (5, 20) if place.commune else (15,):
            for back in range(12):
                month = today.year * 12 + today.month - 1 - back
                on = calendar.roll_forward(date(month // 12, month % 12 + 1, day))
                if on < today:
                    head = chance.random() < 0.9
                    rows[on.isoformat(), place.code] = {
                        "date": on.isoformat(),
                        "unit": place.code,
                        "kind": "periodic",
                        "received_by": "head" if head else "delegated",
                        "announced": "yes" if chance.random() < 0.93 else "no",
                        "visitors": chance.choices(range(9), (22, 18, 18, 14, 10, 8, 5, 3, 2))[0],
                    }
    return list(rows.values())


@dataclass(frozen=True, slots=True)
class Managed:
    """An act of state management, and what was done of its conclusion."""

    unit: str
    entry: OversightEntry
    follow_ups: tuple[FollowUp, ...] = ()


_DOCUMENTS = (
    (
        OversightKind.DOCUMENT_ISSUED,
        "Kế hoạch tiếp công dân, giải quyết khiếu nại, tố cáo trong năm",
    ),
    (OversightKind.DOCUMENT_ISSUED, "Chấn chỉnh việc tiếp công dân của người đứng đầu"),
    (OversightKind.DOCUMENT_AMENDED, "Sửa đổi quy chế tiếp công dân"),
    (OversightKind.DOCUMENT_REPEALED, "Bãi bỏ quy định cũ về phân loại đơn"),
)
_LESSONS = ("Kỹ năng tiếp công dân và đối thoại", "Luật Khiếu nại, Luật Tố cáo cho cán bộ cấp xã")


def oversight(places: Sequence[Place], *, now: datetime) -> list[Managed]:
    """A year of the province's documents, classes and inspections, and of one commune's."""
    today = _today(now)
    communes = [place.code for place in places if place.commune]

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    acts = [
        Managed(
            PROVINCE,
            OversightEntry(ago(340 - 90 * place), kind, title, f"{12 + 31 * place}/UBND-TD"),
        )
        for place, (kind, title) in enumerate(_DOCUMENTS)
    ]
    acts += [
        Managed(
            PROVINCE,
            OversightEntry(
                ago(200 - 150 * place), OversightKind.TRAINING, title, "", 2, 96 - place
            ),
        )
        for place, title in enumerate(_LESSONS)
    ]
    acts += [
        Managed(
            code,
            OversightEntry(
                ago(60 + place),
                OversightKind.DOCUMENT_ISSUED,
                "Phân công lãnh đạo tiếp công dân",
                f"{7 + place}/KH-UBND",
            ),
        )
        for place, code in enumerate(communes[:3])
    ]

    def inspected(
        back: int, number: int, units: int, conclusion: Conclusion | None
    ) -> OversightEntry:
        return OversightEntry(
            ago(back),
            OversightKind.INSPECTION,
            "Trách nhiệm của người đứng đầu trong tiếp công dân, giải quyết khiếu nại, tố cáo",
            f"{number}/QĐ-TTr",
            units=units,
            conclusion=conclusion,
        )

    first = Conclusion(ago(270), "18/KL-TTr", 1, 3, 0, 1)
    second = Conclusion(ago(70), "41/KL-TTr", 0, 2)
    return [
        *acts,
        Managed(
            PROVINCE,
            inspected(320, 9, 4, first),
            (FollowUp(ago(230), 0, 2), FollowUp(ago(150), 1, 1, 1, 1, finished=True)),
        ),
        Managed(PROVINCE, inspected(120, 33, 3, second), (FollowUp(ago(20), 0, 1),)),
        Managed(PROVINCE, inspected(25, 52, 2, None)),
    ]


def dossiers(chance: random.Random, places: Sequence[Place], *, now: datetime) -> list[Row]:
    """Monthly counts of procedures, as the one-stop system gives them."""
    today = _today(now)
    rows = []
    for place in places:
        if not place.commune and place.code != SERVICE_CENTRE:
            continue
        for back in range(1, 13):
            month = today.year * 12 + today.month - 1 - back
            for procedure in _PROCEDURES if place.code == SERVICE_CENTRE else _PROCEDURES[:3]:
                on_time = (
                    chance.randint(40, 700)
                    if place.code == SERVICE_CENTRE
                    else chance.randint(8, 160)
                )
                rows.append(
                    {
                        "month": f"{month // 12}-{month % 12 + 1:02}",
                        "unit": place.code,
                        "procedure": procedure,
                        "on_time": on_time,
                        "late": chance.choice((0, 0, 0, 1, 2, on_time // 60)),
                        "pending_in_time": chance.randint(0, 40),
                        "pending_overdue": chance.choice((0, 0, 0, 1)),
                    }
                )
    return rows


def working_days(calendar: WorkCalendar, *, until: date, back: int) -> list[date]:
    """The working days of so many days before `until`, itself left out."""
    every = (until - timedelta(days=number) for number in range(back, 0, -1))
    return [day for day in every if calendar.is_working(day)]


def _today(now: datetime) -> date:
    return now.astimezone(LOCAL_ZONE).date()
