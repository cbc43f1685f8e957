"""What the reception book asks of an entry, and what counts as a large group."""

from dataclasses import dataclass
from datetime import date

from citizenfeedback.domain.intake import LIMITS, Problem, normalise_id_no
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import ReceivedBy, ReceptionKind, SittingKind

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


def sitting_problems(entry: SittingEntry, today: date) -> tuple[Problem, ...]:
    """Everything to put right before the leader's day can be written down."""
    found: list[Problem] = []
    if entry.held_on is None:
        found.append(Problem("held_on", "required"))
    elif entry.held_on > today:
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
