"""The meaning of every published number, as one table.

Each indicator says in words what it asks, and as a predicate which row counts in a window. The
page, the export and `docs/figures.md` take the words from here; `queries/figures.py` has the fast
SQL, and a property test demands that both agree. The rules are those of the product's contract,
section 4: duplicates count as submissions and never as cases.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from citizenfeedback.domain.text import N_
from citizenfeedback.domain.vocabulary import CaseField, CaseKind, Direction, ReceivedBy
from citizenfeedback.domain.windows import Window

GROUP_SIZE = 5
"""A visit of this many people or more is a group, unless the office's setting says otherwise."""

SATISFIED_FROM = 4
"""The lowest overall score that counts as satisfied."""

_PLACES = Decimal("0.01")


class Over(StrEnum):
    """Which rows an indicator or a column of a form is counted over."""

    CASES = "cases"
    RECEPTIONS = "receptions"
    RATINGS = "ratings"
    DOSSIERS = "dossiers"
    ACTS = "acts"


class Measure(StrEnum):
    """What kind of number it is."""

    COUNT = "count"
    RATE = "rate"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """What the figures read of a row of the petition register."""

    kind: CaseKind
    received_on: date
    processed_on: date | None = None
    eligible: bool | None = None
    competent: bool | None = None
    direction: Direction | None = None
    accepted_on: date | None = None
    closed_on: date | None = None
    settle_by: date | None = None
    duplicate: bool = False
    field: CaseField = CaseField.OTHER

    @property
    def is_case(self) -> bool:
        """Whether the submission opened a case: taken up, and not a duplicate of another."""
        return self.accepted_on is not None and not self.duplicate


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """What the figures read of a row of the reception book."""

    date: date
    people: int
    received_by: ReceivedBy
    matter: str = ""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What the figures read of a rating; `rated_on` is the day as written in its offset.

    `doubtful` ones carry a mark of doubt: they enter no figure and are counted apart beside it.
    """

    rated_on: date
    overall: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A month of one administrative procedure at one unit."""

    month: date
    on_time: int
    late: int


Amount = Callable[[Any, Window], int]
"""How much one row adds to a figure; a predicate adds 0 or 1."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published number: its stable key, the question it answers, and what counts.

    `counts` is the number itself, or the numerator of a rate or mean whose denominator is
    `out_of`. `distinct` gives the key by which rows are counted once, `apart` the rows that are
    left out and said beside the number. `question` and `definition` are Vietnamese; the English is
    in the catalogue.
    """

    key: str
    question: str
    definition: str
    over: Over
    counts: Amount
    measure: Measure = Measure.COUNT
    out_of: Amount | None = None
    distinct: Callable[[Any], str] | None = None
    kind: CaseKind | None = None
    apart: Amount | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed number; a rate keeps its numerator and denominator beside it.

    `apart` is how many rows were left out because of doubt, where that can be.
    """

    value: int | Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    apart: int | None = None

    def document(self) -> dict[str, int | float | None]:
        """The figure as the report prints it: plain JSON numbers."""
        value = float(self.value) if isinstance(self.value, Decimal) else self.value
        if self.numerator is None or self.denominator is None:
            return {"value": value}
        return {"value": value, "numerator": self.numerator, "denominator": self.denominator}


def exact_rate(numerator: int, denominator: int) -> Decimal | None:
    """The percentage, exact and rounded half up to two places; None where nothing is divided."""
    if denominator == 0:
        return None
    return _half_up(numerator * 100, denominator)


def exact_mean(total: int, count: int) -> Decimal | None:
    """The mean, exact and rounded half up to two places; None of nothing."""
    return None if count == 0 else _half_up(total, count)


def _half_up(above: int, below: int) -> Decimal:
    """A quotient of whole numbers rounded half up to two places, without a rounding on the way."""
    hundredths, rest = divmod(abs(above) * 100, below)
    rounded = hundredths + (1 if rest * 2 >= below else 0)
    return (Decimal(rounded if above >= 0 else -rounded) / 100).quantize(
        _PLACES, rounding=ROUND_HALF_UP
    )


def figure(
    indicator: Indicator, numerator: int, denominator: int = 0, apart: int | None = None
) -> Figure:
    """The figure that an indicator makes of its counts."""
    if indicator.measure is Measure.RATE:
        return Figure(exact_rate(numerator, denominator), numerator, denominator, apart)
    if indicator.measure is Measure.MEAN:
        return Figure(exact_mean(numerator, denominator), apart=apart)
    return Figure(numerator, apart=apart)


# Submissions: the whole register, duplicates included.


def received(row: SubmissionRow, window: Window) -> bool:
    """The submission reached the office in the window."""
    return row.received_on in window


def carried_over(row: SubmissionRow, window: Window) -> bool:
    """It came before the window and nothing was decided on it before the window began."""
    return row.received_on < window.first and (
        row.processed_on is None or row.processed_on >= window.first
    )


def processed(row: SubmissionRow, window: Window) -> bool:
    """What to do with it was decided in the window."""
    return row.processed_on in window


def eligible(row: SubmissionRow, window: Window) -> bool:
    """Decided in the window, and it met the conditions."""
    return processed(row, window) and row.eligible is True


def ineligible(row: SubmissionRow, window: Window) -> bool:
    """Decided in the window, and it did not meet them; not known is neither."""
    return processed(row, window) and row.eligible is False


def competent(row: SubmissionRow, window: Window) -> bool:
    """Among those that met the conditions: the office's own matter, whatever the direction."""
    return eligible(row, window) and row.competent is True


def guided(row: SubmissionRow, window: Window) -> bool:
    """Among those that met the conditions: the citizen was told where to go."""
    return eligible(row, window) and row.direction is Direction.GUIDE


def forwarded(row: SubmissionRow, window: Window) -> bool:
    """Among those that met the conditions: passed to the office that must handle it."""
    return eligible(row, window) and row.direction is Direction.FORWARD


def duplicate(row: SubmissionRow, window: Window) -> bool:
    """Came in the window and repeats another submission."""
    return received(row, window) and row.duplicate


# Cases: taken up, and no duplicate.


def opening(row: SubmissionRow, window: Window) -> bool:
    """Taken up before the window and still open when it began."""
    return (
        row.is_case
        and row.accepted_on is not None
        and row.accepted_on < window.first
        and (row.closed_on is None or row.closed_on >= window.first)
    )


def accepted(row: SubmissionRow, window: Window) -> bool:
    """Taken up in the window."""
    return row.is_case and row.accepted_on in window


def resolved(row: SubmissionRow, window: Window) -> bool:
    """Ended in the window, whatever the result."""
    return row.is_case and row.closed_on in window


def closing(row: SubmissionRow, window: Window) -> int:
    """Opening plus taken up minus ended."""
    return opening(row, window) + accepted(row, window) - resolved(row, window)


def at_hand(row: SubmissionRow, window: Window) -> int:
    """Opening plus taken up: what there was to settle."""
    return opening(row, window) + accepted(row, window)


def on_time(row: SubmissionRow, window: Window) -> bool:
    """Ended in the window and not after its due date."""
    return (
        resolved(row, window)
        and row.closed_on is not None
        and row.settle_by is not None
        and row.closed_on <= row.settle_by
    )


def overdue_at_end(row: SubmissionRow, window: Window) -> bool:
    """Taken up by the last day, not ended by it, and due on or before it."""
    return (
        row.is_case
        and row.accepted_on is not None
        and row.accepted_on <= window.last
        and (row.closed_on is None or row.closed_on > window.last)
        and row.settle_by is not None
        and row.settle_by <= window.last
    )


# Receptions, ratings, dossiers.


def visit(row: ReceptionRow, window: Window) -> bool:
    """A row of the book in the window."""
    return row.date in window


def _people(row: ReceptionRow, window: Window) -> int:
    return row.people if visit(row, window) else 0


def _group(row: ReceptionRow, window: Window) -> bool:
    return visit(row, window) and row.people >= GROUP_SIZE


def _people_in_groups(row: ReceptionRow, window: Window) -> int:
    return row.people if _group(row, window) else 0


def _by(received_by: ReceivedBy) -> Amount:
    def counts(row: ReceptionRow, window: Window) -> bool:
        return visit(row, window) and row.received_by is received_by

    return counts


def rated(row: RatingRow, window: Window) -> bool:
    """A rating given in the window that nobody and no rule has set apart."""
    return row.rated_on in window and not row.doubtful


def set_apart(row: RatingRow, window: Window) -> bool:
    """A rating given in the window that is in doubt: kept, shown, and counted apart."""
    return row.rated_on in window and row.doubtful


def _score(row: RatingRow, window: Window) -> int:
    return row.overall if rated(row, window) else 0


def _satisfied(row: RatingRow, window: Window) -> bool:
    return rated(row, window) and row.overall >= SATISFIED_FROM


def _whole_month(row: DossierRow, window: Window) -> bool:
    start, after = window.whole_months()
    return start <= row.month < after


def _dossiers_on_time(row: DossierRow, window: Window) -> int:
    return row.on_time if _whole_month(row, window) else 0


def _dossiers(row: DossierRow, window: Window) -> int:
    return row.on_time + row.late if _whole_month(row, window) else 0


def _of_kinds(counts: Amount, kinds: frozenset[CaseKind]) -> Amount:
    def counts_of_kinds(row: SubmissionRow, window: Window) -> int:
        return counts(row, window) if row.kind in kinds else 0

    return counts_of_kinds


_COMPLAINT_AND_DENUNCIATION = frozenset({CaseKind.COMPLAINT, CaseKind.DENUNCIATION})

_RECEPTIONS = (
    Indicator(
        "receptions.turns",
        N_("Có bao nhiêu lượt tiếp công dân?"),
        N_("Số dòng của sổ tiếp công dân trong kỳ; mỗi lần tiếp là một lượt."),
        Over.RECEPTIONS,
        visit,
    ),
    Indicator(
        "receptions.people",
        N_("Có bao nhiêu người đến trong các lượt tiếp?"),
        N_("Tổng số người của các lượt tiếp trong kỳ."),
        Over.RECEPTIONS,
        _people,
    ),
    Indicator(
        "receptions.matters",
        N_("Các lượt tiếp nói về bao nhiêu vụ việc?"),
        N_("Số vụ việc khác nhau trên toàn phạm vi; nhiều lượt về một vụ việc chỉ tính một."),
        Over.RECEPTIONS,
        visit,
        distinct=lambda row: row.matter,
    ),
    Indicator(
        "receptions.groups",
        N_("Có bao nhiêu lượt đoàn đông người?"),
        N_("Số lượt tiếp có từ 5 người trở lên, hoặc từ số người mà cơ quan đã đặt."),
        Over.RECEPTIONS,
        _group,
    ),
    Indicator(
        "receptions.people_in_groups",
        N_("Có bao nhiêu người trong các đoàn đông người?"),
        N_("Tổng số người của các lượt đoàn đông người."),
        Over.RECEPTIONS,
        _people_in_groups,
    ),
    Indicator(
        "receptions.turns.regular",
        N_("Cán bộ tiếp công dân tiếp bao nhiêu lượt?"),
        N_("Số lượt do cán bộ tiếp công dân tiếp."),
        Over.RECEPTIONS,
        _by(ReceivedBy.OFFICER),
    ),
    Indicator(
        "receptions.turns.head",
        N_("Người đứng đầu trực tiếp tiếp bao nhiêu lượt?"),
        N_("Số lượt do chính người đứng đầu cơ quan tiếp."),
        Over.RECEPTIONS,
        _by(ReceivedBy.HEAD),
    ),
    Indicator(
        "receptions.turns.delegated",
        N_("Người được ủy quyền tiếp bao nhiêu lượt?"),
        N_("Số lượt do người được người đứng đầu ủy quyền tiếp."),
        Over.RECEPTIONS,
        _by(ReceivedBy.DELEGATED),
    ),
)

_SUBMISSIONS = (
    Indicator(
        "petitions.received",
        N_("Cơ quan tiếp nhận bao nhiêu đơn?"),
        N_("Số đơn có ngày nhận trong kỳ, kể cả đơn trùng."),
        Over.CASES,
        received,
    ),
    Indicator(
        "petitions.carried_over",
        N_("Có bao nhiêu đơn kỳ trước chuyển sang?"),
        N_("Số đơn nhận trước kỳ và chưa xử lý trước kỳ."),
        Over.CASES,
        carried_over,
    ),
    Indicator(
        "petitions.processed",
        N_("Có bao nhiêu đơn đã xử lý?"),
        N_("Số đơn có hướng xử lý được quyết định trong kỳ."),
        Over.CASES,
        processed,
    ),
    Indicator(
        "petitions.eligible",
        N_("Có bao nhiêu đơn đủ điều kiện xử lý?"),
        N_("Số đơn xử lý trong kỳ và được ghi là đủ điều kiện."),
        Over.CASES,
        eligible,
    ),
    Indicator(
        "petitions.ineligible",
        N_("Có bao nhiêu đơn không đủ điều kiện xử lý?"),
        N_("Số đơn xử lý trong kỳ và được ghi là không đủ điều kiện; để trống thì không tính."),
        Over.CASES,
        ineligible,
    ),
    Indicator(
        "petitions.competent",
        N_("Có bao nhiêu đơn thuộc thẩm quyền?"),
        N_(
            "Trong số đơn đủ điều kiện: đơn thuộc thẩm quyền của cơ quan, theo bất kỳ hướng xử lý nào."
        ),
        Over.CASES,
        competent,
    ),
    Indicator(
        "petitions.guided",
        N_("Có bao nhiêu đơn được hướng dẫn?"),
        N_("Trong số đơn đủ điều kiện: đơn mà công dân được hướng dẫn đến đúng nơi."),
        Over.CASES,
        guided,
    ),
    Indicator(
        "petitions.forwarded",
        N_("Có bao nhiêu đơn được chuyển?"),
        N_("Trong số đơn đủ điều kiện: đơn được chuyển đến cơ quan có thẩm quyền."),
        Over.CASES,
        forwarded,
    ),
    Indicator(
        "petitions.duplicates",
        N_("Có bao nhiêu đơn trùng?"),
        N_("Số đơn nhận trong kỳ lặp lại một đơn khác."),
        Over.CASES,
        duplicate,
    ),
)

_CASES = (
    Indicator(
        "cases.opening",
        N_("Có bao nhiêu vụ việc đang giải quyết khi kỳ bắt đầu?"),
        N_(
            "Số vụ việc thụ lý trước kỳ và chưa kết thúc trước kỳ; đơn trùng không phải là vụ việc."
        ),
        Over.CASES,
        opening,
    ),
    Indicator(
        "cases.accepted",
        N_("Có bao nhiêu vụ việc được thụ lý?"),
        N_("Số vụ việc có ngày thụ lý trong kỳ."),
        Over.CASES,
        accepted,
    ),
    Indicator(
        "cases.resolved",
        N_("Có bao nhiêu vụ việc đã giải quyết?"),
        N_("Số vụ việc kết thúc trong kỳ, với bất kỳ kết quả nào."),
        Over.CASES,
        resolved,
    ),
    Indicator(
        "cases.closing",
        N_("Còn bao nhiêu vụ việc khi kỳ kết thúc?"),
        N_("Số đầu kỳ, cộng số thụ lý, trừ số đã giải quyết."),
        Over.CASES,
        closing,
    ),
    Indicator(
        "cases.resolution_rate",
        N_("Đã giải quyết bao nhiêu phần trăm vụ việc?"),
        N_("Số vụ việc đã giải quyết chia cho số đầu kỳ cộng số thụ lý."),
        Over.CASES,
        resolved,
        Measure.RATE,
        at_hand,
    ),
    Indicator(
        "cases.on_time_rate",
        N_("Bao nhiêu phần trăm vụ việc được giải quyết đúng hạn?"),
        N_("Trong số vụ việc đã giải quyết: vụ việc kết thúc không muộn hơn ngày hết hạn."),
        Over.CASES,
        on_time,
        Measure.RATE,
        resolved,
    ),
)


def _each_kind(indicator: Indicator) -> Iterable[Indicator]:
    """The indicator itself and, after it, the same of each kind."""
    yield indicator
    for kind in CaseKind:
        only = frozenset({kind})
        yield Indicator(
            f"{indicator.key}.{kind}",
            indicator.question,
            indicator.definition,
            indicator.over,
            _of_kinds(indicator.counts, only),
            indicator.measure,
            None if indicator.out_of is None else _of_kinds(indicator.out_of, only),
            kind=kind,
        )


def _table() -> Iterable[Indicator]:
    yield from _RECEPTIONS
    for indicator in _SUBMISSIONS:
        if indicator.key == "petitions.received":
            yield from _each_kind(indicator)
        else:
            yield indicator
    for indicator in _CASES:
        yield from _each_kind(indicator)
    yield Indicator(
        "cases.resolution_rate.complaint_and_denunciation",
        N_("Đã giải quyết bao nhiêu phần trăm vụ việc khiếu nại và tố cáo?"),
        N_("Tỷ lệ giải quyết, tính chung cho khiếu nại và tố cáo."),
        Over.CASES,
        _of_kinds(resolved, _COMPLAINT_AND_DENUNCIATION),
        Measure.RATE,
        _of_kinds(at_hand, _COMPLAINT_AND_DENUNCIATION),
    )
    yield Indicator(
        "cases.overdue_at_end",
        N_("Có bao nhiêu vụ việc quá hạn khi kỳ kết thúc?"),
        N_("Số vụ việc thụ lý đến hết kỳ, chưa kết thúc, và hết hạn muộn nhất vào ngày cuối kỳ."),
        Over.CASES,
        overdue_at_end,
    )
    yield Indicator(
        "dossiers.on_time_rate",
        N_("Bao nhiêu phần trăm hồ sơ thủ tục hành chính đúng hạn?"),
        N_("Hồ sơ đúng hạn chia cho hồ sơ đã trả, tính theo các tháng nằm trọn trong kỳ."),
        Over.DOSSIERS,
        _dossiers_on_time,
        Measure.RATE,
        _dossiers,
    )
    yield Indicator(
        "ratings.count",
        N_("Có bao nhiêu lượt đánh giá?"),
        N_(
            "Số lượt đánh giá trong kỳ, theo ngày ghi trên lượt đánh giá và đơn vị của điểm phục vụ. "
            "Lượt có dấu hiệu bất thường không tính vào đây mà tính riêng."
        ),
        Over.RATINGS,
        rated,
        apart=set_apart,
    )
    yield Indicator(
        "ratings.mean",
        N_("Điểm đánh giá chung trung bình là bao nhiêu?"),
        N_(
            "Trung bình cộng của điểm đánh giá chung, thang 1 đến 5, không tính lượt có dấu hiệu "
            "bất thường."
        ),
        Over.RATINGS,
        _score,
        Measure.MEAN,
        rated,
        apart=set_apart,
    )
    yield Indicator(
        "ratings.satisfied_rate",
        N_("Bao nhiêu phần trăm lượt đánh giá là hài lòng?"),
        N_(
            "Số lượt có điểm chung từ 4 trở lên chia cho số lượt đánh giá. Cả hai đều không tính lượt "
            "có dấu hiệu bất thường."
        ),
        Over.RATINGS,
        _satisfied,
        Measure.RATE,
        rated,
        apart=set_apart,
    )


INDICATORS: Mapping[str, Indicator] = {indicator.key: indicator for indicator in _table()}
"""Every key of the monthly report, in the order in which it is printed."""


def evaluate(indicator: Indicator, rows: Iterable[Any], window: Window) -> Figure:
    """Count row by row, as the words say: slow, and the measure of the fast way."""
    rows = list(rows)
    if indicator.distinct is not None:
        keys = {indicator.distinct(row) for row in rows if indicator.counts(row, window)}
        return figure(indicator, len(keys - {""}))
    numerator = sum(int(indicator.counts(row, window)) for row in rows)
    out_of = indicator.out_of
    denominator = 0 if out_of is None else sum(int(out_of(row, window)) for row in rows)
    apart = indicator.apart
    left = None if apart is None else sum(int(apart(row, window)) for row in rows)
    return figure(indicator, numerator, denominator, left)
