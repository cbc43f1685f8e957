"""What people are asked about how they were served, and how the answers are read.

The items are those of `law.md` 4.5: the faces are the overall score (ATT01), the rest is optional.
Nothing is ever answered for somebody who did not answer. A figure stands beside its number of
answers and its interval, and names nobody while there are too few of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from math import sqrt

from citizenfeedback.domain.text import N_
from citizenfeedback.domain.vocabulary import RatingDoubt

SCORES = range(1, 6)
OVERALL = "ATT01"
LEAST_NAMED = 5
"""Fewer ratings than this and no person is named, unless the office's setting says otherwise."""
LEAST_RELIABLE = 30
"""Fewer ratings than this and a figure is shown as not yet reliable."""

REASONS_BELOW = 3
"""A score under this opens the question what was wrong."""

TOO_FAST = timedelta(seconds=5)
WEB_LIMIT_A_MINUTE = 6


class Scale(StrEnum):
    """How an item is answered. Yes means that the conduct was proper."""

    FIVE = "five"
    YES_NO = "yes_no"
    TRIPS = "trips"


class Consequence(StrEnum):
    """What an improper answer brings with it besides counting."""

    NOTHING = "nothing"
    ALERT = "alert"
    POSSIBLE_DENUNCIATION = "possible_denunciation"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One item of the questionnaire; `label` is Vietnamese, the English is in the catalogue."""

    code: str
    label: str
    scale: Scale
    on_no: Consequence = Consequence.NOTHING


_CRITERIA = (
    Criterion(OVERALL, N_("Thái độ phục vụ chung của cán bộ, công chức"), Scale.FIVE),
    Criterion(
        "ATT02",
        N_("Giao tiếp lịch sự, tôn trọng (xin chào, xin lỗi, xin cảm ơn, xin phép)"),
        Scale.FIVE,
    ),
    Criterion("ATT03", N_("Lắng nghe ý kiến của người dân"), Scale.FIVE),
    Criterion("ATT04", N_("Hướng dẫn, giải thích rõ ràng, tận tình"), Scale.FIVE),
    Criterion("ATT05", N_("Không gây phiền hà, sách nhiễu"), Scale.YES_NO, Consequence.ALERT),
    Criterion("ATT06", N_("Không phân biệt đối xử"), Scale.YES_NO),
    Criterion("CMP01", N_("Đúng giờ làm việc, có mặt tại vị trí"), Scale.FIVE),
    Criterion("CMP02", N_("Tuân thủ đúng quy định, thời hạn hẹn trả"), Scale.FIVE),
    Criterion("CMP03", N_("Số lần phải đi lại, liên hệ"), Scale.TRIPS),
    Criterion("DRS01", N_("Trang phục gọn gàng, đeo thẻ"), Scale.YES_NO),
    Criterion(
        "ETH01",
        N_("Không có dấu hiệu uống rượu, bia trong giờ làm việc"),
        Scale.YES_NO,
        Consequence.ALERT,
    ),
    Criterion("ETH02", N_("Không hút thuốc lá nơi cấm"), Scale.YES_NO),
    Criterion(
        "ETH03",
        N_("Không đòi hỏi, gợi ý khoản ngoài quy định"),
        Scale.YES_NO,
        Consequence.POSSIBLE_DENUNCIATION,
    ),
    Criterion("INF01", N_("Thủ tục, phí, lịch tiếp được niêm yết công khai"), Scale.YES_NO),
    Criterion("FAC01", N_("Nơi chờ, biển chỉ dẫn, trang thiết bị"), Scale.FIVE),
    Criterion("OUT01", N_("Hài lòng với kết quả giải quyết"), Scale.FIVE),
)

CRITERIA: Mapping[str, Criterion] = {criterion.code: criterion for criterion in _CRITERIA}

ASKABLE: tuple[str, ...] = tuple(code for code in CRITERIA if code != OVERALL)
"""The items that a point may ask on its screen, one at a time; the faces are always asked."""
MOST_ASKED = 5
"""How many a visitor at a counter meets at most."""

IMPORTED: tuple[str, ...] = (
    "ATT02",
    "ATT03",
    "ATT04",
    "ATT05",
    "ATT06",
    "CMP01",
    "DRS01",
    "ETH01",
    "ETH02",
)
"""The items that an imported file of ratings has columns for."""

_ALLOWED: Mapping[Scale, range] = {
    Scale.FIVE: SCORES,
    Scale.YES_NO: range(2),
    Scale.TRIPS: range(1, 4),
}


def acceptable_answer(code: str, value: int) -> bool:
    """Whether an item exists and takes this value (1 is yes, 0 is no)."""
    criterion = CRITERIA.get(code)
    return criterion is not None and value in _ALLOWED[criterion.scale]


def consequence(answers: Mapping[str, int]) -> Consequence:
    """The gravest consequence of a set of answers; nothing is classified by itself."""
    found = {
        CRITERIA[code].on_no
        for code, value in answers.items()
        if CRITERIA[code].scale is Scale.YES_NO and value == 0
    }
    for grave in (Consequence.POSSIBLE_DENUNCIATION, Consequence.ALERT):
        if grave in found:
            return grave
    return Consequence.NOTHING


class Band(StrEnum):
    """How good a mean is, in the words of the yearly assessment."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


# Lowest mean of each band: 83.3, 66.7, 50 and 33.3 of 100 points, a mean counting twentyfold.
_BANDS: tuple[tuple[float, Band], ...] = (
    (83.3, Band.EXCELLENT),
    (66.7, Band.GOOD),
    (50.0, Band.FAIR),
    (33.3, Band.AVERAGE),
)


def band(mean: float) -> Band:
    """The band of a mean on the scale of five."""
    points = mean * 20
    return next((name for least, name in _BANDS if points >= least), Band.WEAK)


def may_name(count: int, least: int = LEAST_NAMED) -> bool:
    """Whether there are enough ratings to name the person they are about."""
    return count >= least


def reliable(count: int) -> bool:
    """Whether there are enough ratings to stand without a warning."""
    return count >= LEAST_RELIABLE


# Intervals: where the true value lies with 95 in 100 chances, by plain arithmetic.

_NORMAL = 1.959964
# The 97.5 % points of Student's t for 1 to 30 degrees of freedom.
_STUDENT = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where a value may lie."""

    low: float
    high: float


def share_interval(part: int, whole: int) -> Interval | None:
    """Wilson's interval of a share, between 0 and 1; None of nothing.

    It never leaves 0 to 1 and stays honest for few answers and for shares near the ends, where
    the simpler textbook interval does not.
    """
    if whole == 0:
        return None
    square = _NORMAL**2
    share = part / whole
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = share * (1 - share) / whole + square / (4 * whole**2)
    half = _NORMAL * sqrt(spread) / (1 + square / whole)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def mean_interval(count: int, total: int, squares: int) -> Interval | None:
    """The interval of a mean score, from its count, sum and sum of squares.

    None of fewer than two answers: one answer says nothing about how answers differ. Student's t
    up to 30 degrees of freedom, the normal distribution above.
    """
    if count < 2:
        return None
    mean = total / count
    variance = max(0.0, (squares - total * total / count) / (count - 1))
    freedom = count - 1
    factor = _STUDENT[freedom - 1] if freedom <= len(_STUDENT) else _NORMAL
    half = factor * sqrt(variance / count)
    return Interval(max(float(SCORES[0]), mean - half), min(float(SCORES[-1]), mean + half))


# Doubt: a mark beside a rating, which is kept all the same.


def doubt(
    at: datetime,
    previous_at: datetime | None,
    in_last_minute: int,
    *,
    verified: bool,
    limit: int = WEB_LIMIT_A_MINUTE,
    pause: timedelta = TOO_FAST,
) -> RatingDoubt | None:
    """Why a rating is counted apart, if it is.

    `previous_at` is the last rating from the same device at the same point; `in_last_minute` is
    how many unverified ratings the point has had in the minute before; `pause` is the point's own.
    """
    if previous_at is not None and at - previous_at < pause:
        return RatingDoubt.TOO_FAST
    if not verified and in_last_minute >= limit:
        return RatingDoubt.LIMIT_REACHED
    return None


def outside_opening_hours(
    at: time, opens: time | None, closes: time | None, *, working_day: bool
) -> bool:
    """Whether a rating was given while the point was closed; worth a look, not a doubt."""
    if not working_day:
        return True
    return (opens is not None and at < opens) or (closes is not None and at > closes)
