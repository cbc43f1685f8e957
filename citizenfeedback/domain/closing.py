"""Closing a window: when it may be closed, and what of a later difference is explained.

A closed window keeps its figures for good. Rows go on: some are entered late, some corrected, and
every such act is dated in history. What of a difference that explains is decided here, so that
`verify` tells a late entry from a row that was changed behind the product's back:

* rows that came after the closing are left out, exactly, by their number;
* a row that was there is *touched* when history has an act on it recorded after the closing that is
  dated within the window or before it, or that rewrites what was (`REWRITES`);
* the rows that are neither must still give the frozen figure, give or take one for each touched row;
  amounts (people, dong, land) of touched rows may differ by any sum.

So an untouched window must come out exactly, and a touched one within the number of its corrections.
Decision 16 says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.indicators import INDICATORS, Over
from citizenfeedback.domain.vocabulary import EventKind
from citizenfeedback.domain.windows import Window

REWRITES = frozenset(
    {
        EventKind.CASE_ATTACHED,
        EventKind.CASE_CONTINUED,
        EventKind.CASE_CORRECTED,
        EventKind.CASE_PASSED_ON,
        EventKind.CASE_RECLASSIFIED,
        EventKind.CASE_REOPENED,
        EventKind.CASE_RESUMED,
        EventKind.CASE_SPLIT,
        EventKind.CASE_SUSPENDED,
        EventKind.CASE_TAKEN_BACK,
        EventKind.COMPLEXITY_SET,
        EventKind.OUTCOME_RECORDED,
        EventKind.SUSPENSION_LIFTED,
        EventKind.TERM_EXTENDED,
        EventKind.TERM_RECOMPUTED,
    }
)
"""Acts that change what is counted of days before them: kind, unit, term, closing day, outcome."""

AMOUNTS = frozenset({"receptions.people", "receptions.people_in_groups"})
"""Figures that a single row moves by more than one."""


@dataclass(frozen=True, slots=True)
class Touched:
    """How many rows that were there when the window was closed were entered upon since, by kind."""

    cases: int = 0
    visits: int = 0

    def of(self, over: Over) -> int:
        """Of the rows that a figure is counted over; ratings and monthly counts never change."""
        return {Over.CASES: self.cases, Over.RECEPTIONS: self.visits}.get(over, 0)


Document = Mapping[str, Any]


def check_closable(window: Window, today: date) -> None:
    """Refuse to close a window that is not over."""
    if window.last >= today:
        raise RuleBroken("window_not_over", last=window.last)


def unexplained(frozen: Document, untouched: Document, touched: Touched) -> tuple[str, ...]:
    """The figures of a closed month that neither late entries nor corrections explain, by key.

    Both documents hold figures by key as `report monthly` prints them; `untouched` counts only the
    rows that were there and that nobody has touched since.
    """
    return tuple(
        key
        for key, indicator in INDICATORS.items()
        if not _figure_explained(
            key,
            frozen.get(key, {}),
            untouched[key],
            touched.of(indicator.over),
        )
    )


def _figure_explained(key: str, frozen: Document, now: Document, touched: int) -> bool:
    sides = ("numerator", "denominator") if "numerator" in now else ("value",)
    return all(
        explained(frozen.get(side), now[side], touched, amount=key in AMOUNTS) for side in sides
    )


def explained(
    frozen: float | None, now: float | None, touched: int, *, amount: bool = False
) -> bool:
    """Whether what the untouched rows give agrees with a frozen number, given the touched rows."""
    if frozen is None or now is None:
        return frozen is now
    if amount and touched:
        return True
    return abs(frozen - now) <= touched
