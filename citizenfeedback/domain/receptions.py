"""What the reception book asks of an entry, who may be refused, and how often a leader receives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.intake import LIMITS, Problem, normalise_id_no
from citizenfeedback.domain.law.grounds import Ground, GroundList, ground, grounds
from citizenfeedback.domain.law.regimes import START_OF_LAW_136, START_OF_TWO_LEVELS, in_force
from citizenfeedback.domain.law.sources import Provision, cite
from citizenfeedback.domain.text import fold, is_time
from citizenfeedback.domain.vocabulary import (
    CaseKind,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    UnitLevel,
)

GROUP_FROM = 5  # TT 06/2025/TT-TTCP; Luật Tiếp công dân art. 29
PEOPLE_MOST = 10_000
VISITORS_MOST = 10_000


@dataclass(frozen=True, slots=True)
class ReceptionEntry:
    """One visit as written in the book (Mẫu 03/TCD); every text has passed `clean`."""

    visited_on: date | None
    people: int = 1
    sitting: SittingKind = SittingKind.REGULAR
    received_by: ReceivedBy = ReceivedBy.OFFICER
    kind: ReceptionKind = ReceptionKind.NONE
    name: str = ""
    id_no: str = ""
    address: str = ""
    summary: str = ""
    settled_by: str = ""
    guided_to: str = ""
    accepted_by: str = ""
    follow_up: str = ""
    notes: str = ""


BOOK_LIMITS: dict[str, int] = {
    "name": LIMITS["name"],
    "address": LIMITS["address"],
    "summary": 2_000,
    "settled_by": 200,
    "guided_to": 200,
    "accepted_by": 200,
    "follow_up": 500,
    "notes": 500,
}


def is_group(people: int, threshold: int = GROUP_FROM) -> bool:
    """Whether so many people on one content are a large group (đoàn đông người)."""
    return people >= threshold


def representatives_most(people: int) -> int:
    """How many may speak for a group: 2 of five to ten people, 5 of more (art. 29)."""
    if people < GROUP_FROM:
        return people
    return 2 if people <= 10 else 5


def book_problems(entry: ReceptionEntry, today: date) -> tuple[Problem, ...]:
    """Everything to put right before the visit can be written into the book."""
    found: list[Problem] = []
    if entry.visited_on is None:
        found.append(Problem("visited_on", "required"))
    elif entry.visited_on > today:
        found.append(Problem("visited_on", "visit_in_future"))
    if not 1 <= entry.people <= PEOPLE_MOST:
        found.append(Problem("people", "people_out_of_range", PEOPLE_MOST))
    found += [
        Problem(name, "required")
        for name in ("name", "address", "summary")
        if not fold(getattr(entry, name))
    ]
    if entry.id_no and normalise_id_no(entry.id_no) is None:
        found.append(Problem("id_no", "id_no_malformed"))
    found += [
        Problem(name, "too_long", limit)
        for name, limit in BOOK_LIMITS.items()
        if len(getattr(entry, name)) > limit
    ]
    # An officer receives on regular days; the leader's days are received by the leader.
    if entry.sitting is SittingKind.REGULAR and entry.received_by is not ReceivedBy.OFFICER:
        found.append(Problem("received_by", "regular_is_officer"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SittingEntry:
    """A leader's reception day; `visitors` counts visits and may be none."""

    held_on: date | None
    kind: SittingKind = SittingKind.PERIODIC
    received_by: ReceivedBy = ReceivedBy.HEAD
    announced: bool = False
    visitors: int = 0


def sitting_problems(
    entry: SittingEntry, today: date, *, planned: bool = False
) -> tuple[Problem, ...]:
    """Everything to put right before the leader's day can be written down, or planned."""
    found: list[Problem] = []
    if entry.held_on is None:
        found.append(Problem("held_on", "required"))
    elif planned and entry.held_on < today:
        found.append(Problem("held_on", "plan_in_past"))
    elif not planned and entry.held_on > today:
        found.append(Problem("held_on", "visit_in_future"))
    if entry.kind is SittingKind.REGULAR:
        found.append(Problem("kind", "leaders_day_only"))
    if entry.received_by is ReceivedBy.OFFICER:
        found.append(Problem("received_by", "leaders_day_only"))
    if not 0 <= entry.visitors <= VISITORS_MOST:
        found.append(Problem("visitors", "visitors_out_of_range", VISITORS_MOST))
    return tuple(found)


def book_number(unit_code: str, year: int, serial: int) -> str:
    """The number of a visit in the book of a unit and year: `QN-BTCD-2026-0001`."""
    return f"{unit_code}-{year}-{serial:04d}"


def serial_of(book_no: str, start: str) -> int:
    """The serial in a number that begins with `start`; 0 for a number of another form."""
    rest = book_no.removeprefix(start)
    return int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 10 else 0


# What a correction leaves behind.

REASON_MOST = 300


def changed_columns(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Of the columns that a correction writes, those that said something else, as they were."""
    return {name: before[name] for name in after if before[name] != after[name]}


def correction_problems(
    entry: ReceptionEntry, today: date, *, year: int, sealed: bool, kind: CaseKind | None
) -> tuple[Problem, ...]:
    """Everything to put right before a row of the book may be corrected.

    `year` is that of the book, which its number names; `kind` that of the case of the visit. Where
    a denouncer lies `sealed`, an empty name and address leave him as he is.
    """
    stays = sealed and entry.kind is ReceptionKind.DENUNCIATION
    kept = ("name", "address") if stays and not fold(entry.name) and not fold(entry.address) else ()
    found = [
        one
        for one in book_problems(entry, today)
        if not (one.code == "required" and one.entry in kept)
    ]
    if entry.visited_on is not None and entry.visited_on.year != year:
        found.append(Problem("visited_on", "other_book_year", year))
    if kind is CaseKind.DENUNCIATION and entry.kind is not ReceptionKind.DENUNCIATION:
        found.append(Problem("kind", "kind_of_case_stays"))
    return tuple(found)


# Who is not received.


@dataclass(frozen=True, slots=True)
class RefusalEntry:
    """Somebody who came and was not received; name and address as far as they are known."""

    refused_on: date | None
    ground: str = ""
    kind: ReceptionKind = ReceptionKind.NONE
    name: str = ""
    id_no: str = ""
    address: str = ""
    summary: str = ""
    explanation: str = ""


REFUSAL_LIMITS: Mapping[str, int] = {
    "name": LIMITS["name"],
    "address": LIMITS["address"],
    "summary": 2_000,
    "explanation": 2_000,
}


def refusal_grounds(on: date | None = None) -> tuple[Ground, ...]:
    """The grounds on which a visitor may be refused; on a day, only those that hold."""
    return grounds(GroundList.VISITOR_NOT_RECEIVED, on)


def refusal_problems(entry: RefusalEntry, today: date) -> tuple[Problem, ...]:
    """Everything to put right before a refusal can be written down.

    Where the ground asks for a written notice, one must know to whom it goes.
    """
    found: list[Problem] = []
    if entry.refused_on is None:
        found.append(Problem("refused_on", "required"))
    elif entry.refused_on > today:
        found.append(Problem("refused_on", "visit_in_future"))
    chosen = _refusal_ground(entry.ground)
    if chosen is None:
        found.append(Problem("ground", "required"))
    elif entry.refused_on is not None and not chosen.holds_on(entry.refused_on):
        found.append(Problem("ground", "ground_not_in_force"))
    wanted = ["summary", "explanation"]
    if chosen is not None and chosen.written_notice:
        wanted = ["name", "address", *wanted]
    found += [Problem(name, "required") for name in wanted if not fold(getattr(entry, name))]
    if entry.id_no and normalise_id_no(entry.id_no) is None:
        found.append(Problem("id_no", "id_no_malformed"))
    found += [
        Problem(name, "too_long", limit)
        for name, limit in REFUSAL_LIMITS.items()
        if len(getattr(entry, name)) > limit
    ]
    return tuple(found)


def _refusal_ground(code: str) -> Ground | None:
    try:
        found = ground(code)
    except RuleBroken:
        return None
    return found if found.group is GroundList.VISITOR_NOT_RECEIVED else None


# Papers handed in.


class Copy(StrEnum):
    """Whether a paper handed in is the original."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper handed in."""

    name: str
    pages: int = 1
    copy: Copy = Copy.COPY
    condition: str = ""


@dataclass(frozen=True, slots=True)
class PapersEntry:
    """Papers handed in, as the receipt (Mẫu 02/TCD) has them."""

    on: date | None
    time: str = ""
    place: str = ""
    name: str = ""
    id_no: str = ""
    address: str = ""
    papers: tuple[Paper, ...] = ()
    copies: int = 2


PAPERS_MOST = 60
PAGES_MOST = 5_000
COPIES_MOST = 9
_PAPER_NAME, _PAPER_CONDITION = 200, 100


def papers_problems(
    entry: PapersEntry, today: date, *, sealed: bool = False
) -> tuple[Problem, ...]:
    """Everything to put right before a receipt can be given; a sealed visitor is not asked again."""
    found: list[Problem] = []
    if entry.on is None:
        found.append(Problem("on", "required"))
    elif entry.on > today:
        found.append(Problem("on", "date_in_future"))
    if not is_time(entry.time):
        found.append(Problem("time", "time_malformed"))
    if not fold(entry.place):
        found.append(Problem("place", "required"))
    if not sealed and not fold(entry.name):
        found.append(Problem("name", "required"))
    if entry.id_no and normalise_id_no(entry.id_no) is None:
        found.append(Problem("id_no", "id_no_malformed"))
    if not 2 <= entry.copies <= COPIES_MOST:
        found.append(Problem("copies", "copies_out_of_range", COPIES_MOST))
    found += [
        Problem(name, "too_long", LIMITS["address"])
        for name in ("name", "address", "place")
        if len(getattr(entry, name)) > LIMITS["address"]
    ]
    return (*found, *_list_problems(entry.papers))


def _list_problems(papers: tuple[Paper, ...]) -> tuple[Problem, ...]:
    """What is wrong with the list itself, each thing said once."""
    found: list[Problem] = []
    if not 1 <= len(papers) <= PAPERS_MOST:
        found.append(Problem("papers", "papers_out_of_range", PAPERS_MOST))
    if any(not fold(paper.name) or len(paper.name) > _PAPER_NAME for paper in papers):
        found.append(Problem("papers", "paper_unnamed", _PAPER_NAME))
    if any(not 1 <= paper.pages <= PAGES_MOST for paper in papers):
        found.append(Problem("papers", "pages_out_of_range", PAGES_MOST))
    if any(len(paper.condition) > _PAPER_CONDITION for paper in papers):
        found.append(Problem("papers", "too_long", _PAPER_CONDITION))
    return tuple(found)


# How often a leader receives.


class DutyPeriod(StrEnum):
    """The span in which the days of a duty are counted."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Duty:
    """How many days the head of a level must receive citizens, while the row holds."""

    level: UnitLevel
    days: int
    period: DutyPeriod
    provisions: tuple[Provision, ...]
    effective_from: date | None = None
    effective_to: date | None = None

    def law(self, lang: str = "vi") -> str:
        """The article of the duty."""
        return cite(self.provisions, lang)

    def holds_on(self, day: date) -> bool:
        """Whether the row is the one that counts on a day."""
        return in_force(self.effective_from, self.effective_to, day)


_DAY = timedelta(days=1)
DUTIES: tuple[Duty, ...] = (
    Duty(UnitLevel.PROVINCE, 1, DutyPeriod.MONTH, (Provision("TCD", "12", "5"),)),
    Duty(
        UnitLevel.DISTRICT,
        2,
        DutyPeriod.MONTH,
        (Provision("TCD", "13", "5"),),
        effective_to=START_OF_TWO_LEVELS - _DAY,
    ),
    Duty(
        UnitLevel.COMMUNE,
        1,
        DutyPeriod.WEEK,
        (Provision("TCD", "15", "2", "d"),),
        effective_to=START_OF_LAW_136 - _DAY,
    ),
    Duty(
        UnitLevel.COMMUNE,
        2,
        DutyPeriod.MONTH,
        (Provision("TCD", "15", "2", "d"), Provision("L136", "15", "2", "c")),
        effective_from=START_OF_LAW_136,
    ),
    Duty(UnitLevel.DEPARTMENT, 1, DutyPeriod.MONTH, (Provision("TCD", "18", "2"),)),
    Duty(
        UnitLevel.SERVICE_UNIT,
        1,
        DutyPeriod.MONTH,
        (Provision("ND154", "10", "2"),),
        effective_from=START_OF_LAW_136,
    ),
)
"""The days on which heads must receive citizens (law.md 2.1); a team of a unit has none."""


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """What a unit's head owes in a month and what was held; `short` is what is still to be held."""

    duty: Duty
    required: int
    held: int

    @property
    def short(self) -> int:
        """How many days are missing."""
        return max(0, self.required - self.held)


def duty_of(level: UnitLevel, month: date) -> Duty | None:
    """The duty of a level in a month, by its first day."""
    first = month.replace(day=1)
    return next((one for one in DUTIES if one.level is level and one.holds_on(first)), None)


def months_weeks(month: date) -> tuple[date, ...]:
    """The Mondays of the weeks that belong to a month: those whose Monday lies in it."""
    first = month.replace(day=1)
    monday = first + timedelta(days=-first.weekday() % 7)
    found = []
    while (monday.year, monday.month) == (first.year, first.month):
        found.append(monday)
        monday += timedelta(days=7)
    return tuple(found)


def duty_span(month: date) -> tuple[date, date]:
    """The days of which a month's duty must know the sittings: its own and those of its weeks."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first, max(after - _DAY, months_weeks(month)[-1] + timedelta(days=6))


def duty_standing(level: UnitLevel, month: date, held: Iterable[date]) -> DutyStanding | None:
    """Required and held in a month; `held` are the days of the head's periodic reception.

    A day without a visitor counts like any other. Where the duty is by week, a week counts once.
    """
    duty = duty_of(level, month)
    if duty is None:
        return None
    days = set(held)
    if duty.period is DutyPeriod.MONTH:
        inside = {day for day in days if (day.year, day.month) == (month.year, month.month)}
        return DutyStanding(duty, duty.days, len(inside))
    mondays = set(months_weeks(month))
    weeks = {day - timedelta(days=day.weekday()) for day in days} & mondays
    return DutyStanding(duty, duty.days * len(mondays), len(weeks))
