"""What a unit does to manage reception and settlement: what an entry of the register must contain.

Form 06/QLKNTC counts it: documents of direction, training, and inspections of how heads answer for
reception and settlement, from the decision to inspect through the conclusion to its implementation.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from citizenfeedback.domain.intake import Problem
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import OversightKind

DOCUMENTS = (
    OversightKind.DOCUMENT_ISSUED,
    OversightKind.DOCUMENT_AMENDED,
    OversightKind.DOCUMENT_REPEALED,
)
OVERSIGHT_LIMITS = {"title": 300, "number": 80}
COUNT_MOST = 100_000
"""Above anything a province teaches or inspects; catches a slipped key."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What an inspection concluded: whom it recommends for handling, whom it refers."""

    on: date | None
    number: str = ""
    organisations_disciplined: int = 0
    people_disciplined: int = 0
    organisations_referred: int = 0
    people_referred: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done of a conclusion since the entry before; `finished` marks it as carried out."""

    on: date | None
    organisations_handled: int = 0
    people_handled: int = 0
    prosecuted_cases: int = 0
    prosecuted_people: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True)
class OversightEntry:
    """One act as it is entered; every text has passed `clean`.

    `number` is that of the document or of the decision to inspect, `classes` and `people` are those
    of a training, `units` those that the decision to inspect names.
    """

    on: date | None
    kind: OversightKind
    title: str = ""
    number: str = ""
    classes: int = 0
    people: int = 0
    units: int = 0
    conclusion: Conclusion | None = None


CONCLUSION_COUNTS = tuple(
    field.name for field in fields(Conclusion) if field.name not in ("on", "number")
)
FOLLOW_UP_COUNTS = tuple(
    field.name for field in fields(FollowUp) if field.name not in ("on", "finished")
)


def oversight_problems(entry: OversightEntry, today: date) -> tuple[Problem, ...]:
    """Everything to put right before an act can be written down."""
    found = _day("on", entry.on, today)
    if not fold(entry.title):
        found.append(Problem("title", "required"))
    if entry.kind in DOCUMENTS and not fold(entry.number):
        found.append(Problem("number", "required"))
    found += [
        Problem(name, "too_long", limit)
        for name, limit in OVERSIGHT_LIMITS.items()
        if len(getattr(entry, name)) > limit
    ]
    training, inspection = (
        entry.kind is kind for kind in (OversightKind.TRAINING, OversightKind.INSPECTION)
    )
    found += _counts(entry, ("classes",), least=1 if training else 0)
    found += _counts(entry, ("people",))
    found += _counts(entry, ("units",), least=1 if inspection else 0)
    if entry.conclusion is not None:
        found += conclusion_problems(entry.conclusion, entry.on, today)
    return tuple(found)


def conclusion_problems(
    conclusion: Conclusion, started: date | None, today: date
) -> tuple[Problem, ...]:
    """Everything to put right before the conclusion of an inspection can be written down."""
    found = _day("concluded_on", conclusion.on, today)
    if conclusion.on is not None and started is not None and conclusion.on < started:
        found.append(Problem("concluded_on", "before_inspection"))
    if not fold(conclusion.number):
        found.append(Problem("conclusion_no", "required"))
    elif len(conclusion.number) > OVERSIGHT_LIMITS["number"]:
        found.append(Problem("conclusion_no", "too_long", OVERSIGHT_LIMITS["number"]))
    found += _counts(conclusion, CONCLUSION_COUNTS)
    return tuple(found)


def follow_up_problems(
    follow_up: FollowUp, concluded: date | None, today: date
) -> tuple[Problem, ...]:
    """Everything to put right before what was done of a conclusion can be written down."""
    found = _day("on", follow_up.on, today)
    if follow_up.on is not None and concluded is not None and follow_up.on < concluded:
        found.append(Problem("on", "before_conclusion"))
    found += _counts(follow_up, FOLLOW_UP_COUNTS)
    if not follow_up.finished and not any(getattr(follow_up, name) for name in FOLLOW_UP_COUNTS):
        found.append(Problem("finished", "nothing_done"))
    return tuple(found)


def _day(name: str, day: date | None, today: date) -> list[Problem]:
    if day is None:
        return [Problem(name, "required")]
    return [Problem(name, "date_in_future")] if day > today else []


def _counts(of: object, names: Iterable[str], least: int = 0) -> list[Problem]:
    return [
        Problem(name, "count_out_of_range", COUNT_MOST)
        if least == 0
        else Problem(name, "count_from_one", COUNT_MOST)
        for name in names
        if not least <= getattr(of, name) <= COUNT_MOST
    ]
