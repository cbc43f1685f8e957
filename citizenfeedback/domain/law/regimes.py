"""The dates that cut the rules, and what stands between them.

A rule is resolved by the date of the event that sets it going (the receipt, the acceptance), not
by today's date: Law 136/2025 has no transitional clause (doubt D7).
"""

from dataclasses import dataclass
from datetime import date, timedelta

START_OF_TWO_LEVELS = date(2025, 7, 1)
START_OF_NEW_STATISTICS = date(2025, 9, 30)
START_OF_LAW_136 = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class Regime:
    """A span of time in which the same instruments hold; None is open."""

    key: str
    effective_from: date | None
    effective_to: date | None
    instruments: tuple[str, ...]
    has_districts: bool


REGIMES: tuple[Regime, ...] = (
    Regime(
        "R2019",
        None,
        START_OF_TWO_LEVELS - timedelta(days=1),
        (
            "02/2011/QH13",
            "25/2018/QH14",
            "42/2013/QH13",
            "64/2014/NĐ-CP",
            "31/2019/NĐ-CP",
            "124/2020/NĐ-CP",
            "04/2021/TT-TTCP",
            "05/2021/TT-TTCP",
            "02/2021/TT-TTCP",
            "01/2024/TT-TTCP",
        ),
        has_districts=True,
    ),
    Regime(
        "R2025",
        START_OF_TWO_LEVELS,
        START_OF_NEW_STATISTICS - timedelta(days=1),
        ("141/2025/NĐ-CP", "84/2025/QH15"),
        has_districts=False,
    ),
    Regime(
        "R2025b",
        START_OF_NEW_STATISTICS,
        START_OF_LAW_136 - timedelta(days=1),
        ("06/2025/TT-TTCP",),
        has_districts=False,
    ),
    Regime(
        "R2026",
        START_OF_LAW_136,
        None,
        ("136/2025/QH15", "154/2026/NĐ-CP", "155/2026/NĐ-CP", "156/2026/NĐ-CP"),
        has_districts=False,
    ),
)


def in_force(effective_from: date | None, effective_to: date | None, day: date) -> bool:
    """Whether a rule that holds between these dates (both included, None open) holds on a day."""
    return (effective_from is None or effective_from <= day) and (
        effective_to is None or day <= effective_to
    )


def regime_on(day: date) -> Regime:
    """The regime that holds on a day; there is exactly one for every day."""
    return next(
        regime for regime in REGIMES if in_force(regime.effective_from, regime.effective_to, day)
    )
