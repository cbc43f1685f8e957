"""What is shown to everybody: of a submission, and of the figures those that are not too small.

A submission itself is shown of no kind. Of the figures, whole months of the whole province, all
kinds together: no unit, and of denunciations no number of their own, so that nothing points to a
person. A small count is masked, and a rate whose numerator or remainder is small, for each gives
the other away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from citizenfeedback.domain.indicators import INDICATORS, Measure
from citizenfeedback.domain.vocabulary import CaseKind


class MadePublic(StrEnum):
    """What everybody may come to read of a submission; never the submission, nor who sent it."""

    NOTHING = "nothing"
    SUMMARY = "summary"
    DECISION = "decision"
    CONCLUSION = "conclusion"


MADE_PUBLIC: Mapping[CaseKind, MadePublic] = {
    CaseKind.COMPLAINT: MadePublic.DECISION,
    CaseKind.DENUNCIATION: MadePublic.CONCLUSION,
    CaseKind.PETITION: MadePublic.NOTHING,
    CaseKind.REFLECTION: MadePublic.SUMMARY,
}
"""Decisions by Decree 124/2020, article 12; conclusions by the Law on Denunciations, article 40; a
summary of a reflection in the office's words, so that others join it instead of repeating it."""

PUBLISHED: tuple[str, ...] = (
    "receptions.turns",
    "receptions.people",
    "petitions.received",
    "petitions.processed",
    "cases.accepted",
    "cases.resolved",
    "cases.resolution_rate",
    "cases.on_time_rate",
    "cases.overdue_at_end",
    "dossiers.on_time_rate",
    "ratings.count",
    "ratings.satisfied_rate",
)
"""The figures on citizens' pages, in the order in which they stand there."""

ON_THE_FRONT = (
    "receptions.turns",
    "cases.resolution_rate",
    "cases.on_time_rate",
    "ratings.satisfied_rate",
)
"""Those of the front page."""

SMALL = 5
"""A count below this is masked, unless the office's setting says otherwise."""

NOTHING_APART: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure as it is shown; `masked` when it is too small, and then it has no number at all.

    `apart` is how many were left out of it because of doubt; None where none were, or where they
    are too few to be said.
    """

    key: str
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    masked: bool = False
    apart: int | None = None

    @property
    def rate(self) -> bool:
        """Whether it is a percentage."""
        return INDICATORS[self.key].measure is Measure.RATE

    @property
    def known(self) -> bool:
        """Whether there is a number to show: it is not masked, and something was divided."""
        return not self.masked and self.value is not None


def published(
    figures: Mapping[str, Mapping[str, Any]],
    least: int = SMALL,
    apart: Mapping[str, int] = NOTHING_APART,
) -> dict[str, PublishedFigure]:
    """The published ones of a month's figures (as `report monthly` prints them), small ones masked.

    `apart` is how many rows were left out, by what they are.
    """
    return {
        key: replace(
            _published(key, figures[key], least),
            apart=_told(apart.get(INDICATORS[key].over), least),
        )
        for key in PUBLISHED
    }


def _told(apart: int | None, least: int) -> int | None:
    return apart if apart and not _small(apart, least) else None


def _published(key: str, one: Mapping[str, Any], least: int) -> PublishedFigure:
    if "numerator" in one:
        part, whole = int(one["numerator"]), int(one["denominator"])
        if _small(part, least) or _small(whole - part, least) or _small(whole, least):
            return PublishedFigure(key, masked=True)
        return PublishedFigure(key, one["value"], part, whole)
    if _small(int(one["value"]), least):
        return PublishedFigure(key, masked=True)
    return PublishedFigure(key, one["value"])


def _small(count: int, least: int) -> bool:
    """Nought tells of nobody; a few may."""
    return 0 < count < least
