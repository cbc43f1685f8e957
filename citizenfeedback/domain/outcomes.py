"""What a decision or conclusion brings, and how far it has been carried out.

The numbers that forms 03/GQKN, 04/GQTC and 05/KQTH count. Money is in whole đồng (the forms print
millions), land in whole tenths of a square metre, the precision of a land certificate: sums of
integers are exact on both databases and in every order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from citizenfeedback.domain.vocabulary import CaseKind, FirstDecision, Instance

DONG_IN_A_MILLION = 1_000_000
TENTHS_IN_A_METRE = 10
# Above any sum a province could order; keeps the columns within 64 bits and catches a slipped key.
MOST = 10**15


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was ordered or recommended: đồng, tenths of a square metre, and whole numbers.

    `…_to_state` is to be recovered for the State, `…_returned` to be given back to people and
    organisations, `…_restored` counts those whose rights are restored, `…_disciplined` whom the
    decision recommends for administrative handling, `referred_…` what went to investigators.
    Officials are always among the people beside them.
    """

    money_to_state: int = 0
    land_to_state: int = 0
    money_returned: int = 0
    land_returned: int = 0
    organisations_restored: int = 0
    people_restored: int = 0
    organisations_disciplined: int = 0
    people_disciplined: int = 0
    officials_disciplined: int = 0
    referred_cases: int = 0
    referred_people: int = 0
    referred_officials: int = 0
    first_decision: FirstDecision | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One entry of what was done since the entry before: added up, never overwritten.

    The units are those of `Outcome`; `finished` marks the decision as fully carried out.
    """

    on: date
    money_collected: int = 0
    land_collected: int = 0
    money_given_back: int = 0
    land_given_back: int = 0
    organisations_handled: int = 0
    people_handled: int = 0
    officials_handled: int = 0
    prosecuted_cases: int = 0
    prosecuted_people: int = 0
    prosecuted_officials: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is still to be done; handling may stay open when people left or retired."""

    money_to_state: int
    land_to_state: int
    money_returned: int
    land_returned: int
    organisations_disciplined: int
    people_disciplined: int
    officials_disciplined: int

    @property
    def owes(self) -> bool:
        """Whether money or land is still to be collected or given back."""
        return any(
            (self.money_to_state, self.land_to_state, self.money_returned, self.land_returned)
        )


OUTCOME_AMOUNTS: tuple[str, ...] = tuple(
    field.name for field in fields(Outcome) if field.name != "first_decision"
)
PROGRESS_AMOUNTS: tuple[str, ...] = tuple(
    field.name for field in fields(Progress) if field.name not in ("on", "finished")
)

# What was done, beside the order that it fulfils.
_FULFILS: tuple[tuple[str, str], ...] = (
    ("money_collected", "money_to_state"),
    ("land_collected", "land_to_state"),
    ("money_given_back", "money_returned"),
    ("land_given_back", "land_returned"),
    ("organisations_handled", "organisations_disciplined"),
    ("people_handled", "people_disciplined"),
    ("officials_handled", "officials_disciplined"),
)
_OWED = _FULFILS[:4]


def outcome_problem(outcome: Outcome, kind: CaseKind, instance: Instance) -> str | None:
    """What is wrong with a recorded outcome, or None."""
    if kind not in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION):
        return "outcome_of_no_decision"
    if not _in_range(getattr(outcome, name) for name in OUTCOME_AMOUNTS):
        return "amount_out_of_range"
    if outcome.officials_disciplined > outcome.people_disciplined:
        return "more_officials_than_people"
    if outcome.referred_officials > outcome.referred_people:
        return "more_officials_than_people"
    if outcome.referred_people and not outcome.referred_cases:
        return "referred_without_case"
    return _first_decision_problem(outcome, kind, instance)


def _first_decision_problem(outcome: Outcome, kind: CaseKind, instance: Instance) -> str | None:
    second = kind is CaseKind.COMPLAINT and instance is Instance.SECOND
    if second and outcome.first_decision is None:
        return "first_decision_unsaid"
    return "first_decision_not_here" if outcome.first_decision and not second else None


def progress_problem(outcome: Outcome, before: Iterable[Progress], entry: Progress) -> str | None:
    """What is wrong with the next entry, or None.

    More people may be handled or prosecuted than the decision named; more money or land than it
    orders cannot be collected, and nothing is finished while some of it is owed.
    """
    earlier = tuple(before)
    if finished(earlier):
        return "already_carried_out"
    if not _in_range(getattr(entry, name) for name in PROGRESS_AMOUNTS):
        return "amount_out_of_range"
    total = total_of((*earlier, entry))
    if total["officials_handled"] > total["people_handled"]:
        return "more_officials_than_people"
    if total["prosecuted_officials"] > total["prosecuted_people"]:
        return "more_officials_than_people"
    if any(total[done] > getattr(outcome, ordered) for done, ordered in _OWED):
        return "more_than_ordered"
    if entry.finished and remaining(outcome, (*earlier, entry)).owes:
        return "not_all_carried_out"
    return None


def total_of(progresses: Iterable[Progress]) -> dict[str, int]:
    """Every amount of the entries, added up by name."""
    entries = tuple(progresses)
    return {name: sum(getattr(entry, name) for entry in entries) for name in PROGRESS_AMOUNTS}


def remaining(outcome: Outcome, progresses: Iterable[Progress]) -> Remaining:
    """What the decision orders less what was done; never below nothing."""
    total = total_of(progresses)
    return Remaining(
        **{ordered: max(0, getattr(outcome, ordered) - total[done]) for done, ordered in _FULFILS}
    )


def finished(progresses: Iterable[Progress]) -> bool:
    """Whether an entry says that the decision is fully carried out (05/KQTH, columns 2 and 17)."""
    return any(entry.finished for entry in progresses)


def to_carry_out(outcome: Outcome) -> bool:
    """Whether there is anything at all to carry out: a rejected complaint orders nothing."""
    return any(getattr(outcome, ordered) for _done, ordered in _FULFILS)


def millions(dong: int) -> Decimal:
    """Đồng as the forms print them: triệu đồng, exact."""
    return Decimal(dong) / DONG_IN_A_MILLION


def square_metres(tenths: int) -> Decimal:
    """Tenths as the forms print them: m², one decimal."""
    return Decimal(tenths) / TENTHS_IN_A_METRE


def tenths_of_metres(square: Decimal) -> int:
    """Square metres as they are stored, rounded half up to a tenth."""
    return int((square * TENTHS_IN_A_METRE).to_integral_value(ROUND_HALF_UP))


def _in_range(amounts: Iterable[int]) -> bool:
    return all(0 <= amount <= MOST for amount in amounts)
