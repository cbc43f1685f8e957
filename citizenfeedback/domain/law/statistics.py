"""The statutory statistics forms as rows: every column with its number, heading and what it counts.

Thông tư 06/2025/TT-TTCP, in force from 2025-09-30, has six forms on reception, petitions and
settlement (01/TCD … 06/QLKNTC). A column is counted over recorded rows by the traits it names
(`domain/returns.py` says what each trait means), or nothing in the product records it and it
stays blank. `queries/returns.py` has the fast SQL. What must hold of a form (the circular's own
guidance) stands with its set. The forms of earlier circulars are in `statistics_before.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.text import N_
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    CaseResult,
    Instance,
    OversightKind,
    ReceivedBy,
)


class FormCode(StrEnum):
    """The forms of Thông tư 06/2025 and of those before it, as the command line names them."""

    TCD = "01-TCD"
    XLD = "02-XLD"
    GQKN = "03-GQKN"
    GQTC = "04-GQTC"
    KQTH = "05-KQTH"
    QLKNTC = "06-QLKNTC"
    # Earlier circulars; 01-TCD and 02-XLD are names of theirs too.
    TCD_SUBMISSIONS = "02-TCD"
    XLD_ALL = "01-XLD"
    XLD_DENUNCIATIONS = "03-XLD"
    XLD_PETITIONS = "04-XLD"
    KQGQ_COMPLAINTS = "01-KQGQ"
    KQGQ_DECISIONS = "02-KQGQ"
    KQGQ_DENUNCIATIONS = "03-KQGQ"
    KQGQ_CONCLUSIONS = "04-KQGQ"


class Trait(StrEnum):
    """What a row of the register must meet to be counted; `domain/returns.py` says how."""

    AT_HAND = "at_hand"
    CARRIED_OVER = "carried_over"
    RECEIVED = "received"
    IN_PERSON = "in_person"
    UNPROCESSED = "unprocessed"
    PROCESSED = "processed"
    ELIGIBLE = "eligible"
    COMPETENT = "competent"
    OUTSIDE = "outside"
    GUIDED = "guided"
    FORWARDED = "forwarded"
    ONCE = "once"
    EXAMINED = "examined"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"
    ENDED_UNDECIDED = "ended_undecided"
    DECIDED = "decided"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    TO_CARRY_OUT = "to_carry_out"
    CARRIED_OUT = "carried_out"
    ON_TIME = "on_time"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    ENDED = "ended"
    SETTLED = "settled"
    UNSETTLED = "unsettled"


class Visited(StrEnum):
    """What is counted of the visits in the reception book, or of the leaders' days."""

    TURNS = "turns"
    PEOPLE = "people"
    MATTERS = "matters"
    GROUPS = "groups"
    PEOPLE_IN_GROUPS = "people_in_groups"
    DAYS = "days"


class Overseen(StrEnum):
    """Which acts of the register of state management a column counts; `domain/returns.py` says how."""

    DATED = "dated"
    UNDER_WAY = "under_way"
    CONCLUDED = "concluded"
    TO_CARRY_OUT = "to_carry_out"


class Unit(StrEnum):
    """In what a column is printed."""

    NUMBER = "number"
    MILLIONS = "millions"
    SQUARE_METRES = "square_metres"


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of the register that have every trait; each counts one, or an amount of its outcome.

    `ordered` is what the decision orders, `done` what was carried out of it in the window. Both
    together are what was still owed when the window began: ordered, less what was done before.
    """

    traits: tuple[Trait, ...]
    kinds: frozenset[CaseKind] | None = None
    fields: frozenset[CaseField] | None = None
    instance: Instance | None = None
    result: CaseResult | None = None
    ordered: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of the reception book, all or those that one kind of receiver took."""

    what: Visited
    received_by: ReceivedBy | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts of the register of state management: how many, or one of their numbers added up.

    `number` is what the act or its conclusion says, `done` what was done of the conclusion in the
    window.
    """

    kind: OversightKind
    trait: Overseen
    number: str = ""
    done: str = ""


Counting = Counted | Visits | Acts


@dataclass(frozen=True, slots=True)
class Column:
    """One numbered column: what stands above it, from the outermost heading to its own.

    `sums` are the formulas printed beside the number (1 = 5+11+17): checks, for the column itself is
    counted on its own. Without `counts` nothing in the product records it; `doubt` says what the
    source leaves open.
    """

    number: int
    heading: str
    parents: tuple[str, ...] = ()
    counts: Counting | None = None
    sums: tuple[tuple[int, ...], ...] = ()
    unit: Unit = Unit.NUMBER
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its printed code, title and columns; `notes` is the number of its last line, if any."""

    code: FormCode
    printed: str
    title: str
    columns: tuple[Column, ...]
    notes: int

    def column(self, number: int) -> Column:
        """The column with a number; raises `NotFound("column")`."""
        for column in self.columns:
            if column.number == number:
                return column
        raise NotFound("column")


Place = tuple[FormCode, int]
"""One column of one form."""


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold: the left column equals the sum of the right ones, or does not exceed it."""

    left: Place
    right: tuple[Place, ...]
    at_most: bool = False

    @property
    def forms(self) -> frozenset[FormCode]:
        """The forms it is about: one, or two that must agree."""
        return frozenset(form for form, _number in (self.left, *self.right))

    def rule(self, code: FormCode) -> str:
        """The rule as it is printed under a form: 1 = 5+11+17, 20 <= 19, 1 = 02-XLD.6."""

        def named(place: Place) -> str:
            form, number = place
            return str(number) if form is code else f"{form}.{number}"

        return f"{named(self.left)} {'<=' if self.at_most else '='} " + "+".join(
            named(place) for place in self.right
        )


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms that one circular prescribes; a day that the sources do not give is None.

    `parts` are columns that cannot exceed others of their form, `across` what must hold between
    two forms.
    """

    code: str
    circular: str
    issued_on: date | None
    in_force: date | None
    source: str
    forms: Mapping[FormCode, Form]
    parts: Mapping[FormCode, tuple[tuple[int, int], ...]]
    across: tuple[Check, ...] = ()

    @property
    def checks(self) -> Iterable[Check]:
        """The circular's own guidance: printed sums, then equalities, chains, parts of a whole."""
        for form in self.forms.values():
            for column in form.columns:
                for terms in column.sums:
                    yield Check(
                        (form.code, column.number), tuple((form.code, number) for number in terms)
                    )
            yield from (
                Check((form.code, part), ((form.code, whole),), at_most=True)
                for part, whole in self.parts.get(form.code, ())
            )
        yield from self.across

    def checks_of(self, code: FormCode) -> tuple[Check, ...]:
        """The checks that a form is held to, those with other forms included."""
        return tuple(check for check in self.checks if code in check.forms)


_COMPLAINT = frozenset({CaseKind.COMPLAINT})
_DENUNCIATION = frozenset({CaseKind.DENUNCIATION})
_OTHERS = frozenset({CaseKind.PETITION, CaseKind.REFLECTION})
_LAND = frozenset({CaseField.LAND})
_POLICY = frozenset({CaseField.POLICY})
_NEITHER = frozenset(CaseField) - _LAND - _POLICY
_ADMINISTRATIVE = _LAND | _POLICY | {CaseField.CONDUCT}
_CORRUPTION = frozenset({CaseField.CORRUPTION})
_JUDICIAL = frozenset({CaseField.JUDICIAL})
_REST = frozenset(CaseField) - _ADMINISTRATIVE - _CORRUPTION - _JUDICIAL

_MONEY = N_("Tiền (Trđ)")
_GROUND = N_("Đất (m²)")
_OFFICIALS = N_("Trong đó số cán bộ, công chức, viên chức")
_TOTAL = N_("Tổng số đơn")
_RESULT = N_("Phân tích kết quả")
_TO_STATE = N_("Kiến nghị thu hồi cho Nhà nước")
_RETURNED = N_("Trả lại cho tổ chức, cá nhân")
_DISCIPLINE = N_("Kiến nghị xử lý hành chính")
_INVESTIGATED = N_("Chuyển cơ quan điều tra")

# 01/TCD.

_TURNS = N_("Số lượt tiếp")
_PEOPLE = N_("Số người được tiếp")
_MATTERS = N_("Số vụ việc")
_GROUPS = N_("Số đoàn được tiếp")
_DAYS = N_("Số ngày tiếp")
_CROWD = N_("Trong đó đoàn đông người")
_REGULAR = N_("Tiếp thường xuyên")
_HEAD = N_("Thủ trưởng tiếp")
_DELEGATED = N_("Ủy quyền tiếp")


def _visits(
    first: int, received_by: ReceivedBy, *parents: str, days: bool = True
) -> Iterable[Column]:
    """The columns of one kind of receiver."""
    rows: list[tuple[str, Visited, tuple[str, ...]]] = [
        *(((_DAYS, Visited.DAYS, ()),) if days else ()),
        (_TURNS, Visited.TURNS, ()),
        (_PEOPLE, Visited.PEOPLE, ()),
        (_MATTERS, Visited.MATTERS, ()),
        (_GROUPS, Visited.GROUPS, (_CROWD,)),
        (_PEOPLE, Visited.PEOPLE_IN_GROUPS, (_CROWD,)),
    ]
    for number, (heading, what, more) in enumerate(rows, first):
        yield Column(number, heading, (*parents, *more), Visits(what, received_by))


_TCD = Form(
    FormCode.TCD,
    "01/TCD",
    N_("Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất"),
    (
        Column(1, N_("Tổng số lượt tiếp"), (), Visits(Visited.TURNS), ((5, 11, 17),)),
        Column(2, N_("Tổng số người được tiếp"), (), Visits(Visited.PEOPLE), ((6, 12, 18),)),
        Column(3, N_("Tổng số vụ việc tiếp"), (), Visits(Visited.MATTERS), ((7, 13, 19),)),
        Column(4, N_("Tổng số đoàn đông người"), (), Visits(Visited.GROUPS), ((8, 14, 20),)),
        *_visits(5, ReceivedBy.OFFICER, _REGULAR, days=False),
        *_visits(10, ReceivedBy.HEAD, _HEAD),
        *_visits(16, ReceivedBy.DELEGATED, _DELEGATED),
    ),
    22,
)

# 02/XLD.

_COMPLAINTS = N_("Khiếu nại")
_DENUNCIATIONS = N_("Tố cáo")
_PETITIONS = N_("Kiến nghị, phản ánh")
_BY_INSTANCE = N_("Theo thẩm quyền giải quyết")
_BY_FIELD = N_("Theo lĩnh vực")
_ELSEWHERE = N_("Đơn không thuộc thẩm quyền")
_DONE_WITH = N_("Kết quả xử lý")
_FIELD_LAND = N_("Đất đai")
_FIELD_POLICY = N_("Chế độ, chính sách")
_FIELD_OTHER = N_("Khác")


def _mine(
    kinds: frozenset[CaseKind],
    fields: frozenset[CaseField] | None = None,
    instance: Instance | None = None,
) -> Counted:
    return Counted((Trait.COMPETENT,), kinds, fields, instance)


_XLD = Form(
    FormCode.XLD,
    "02/XLD",
    N_("Tổng hợp kết quả xử lý đơn"),
    (
        Column(1, _TOTAL, (), Counted((Trait.AT_HAND,))),
        Column(2, N_("Số đơn đã xử lý"), (), Counted((Trait.PROCESSED,))),
        Column(3, N_("Số đơn đủ điều kiện xử lý"), (), Counted((Trait.ELIGIBLE,)), ((4, 23),)),
        Column(
            4,
            N_("Số đơn thuộc thẩm quyền"),
            (),
            Counted((Trait.COMPETENT,)),
            ((6, 12, 19),),
        ),
        Column(
            5,
            N_("Số vụ việc thuộc thẩm quyền"),
            (),
            Counted((Trait.COMPETENT, Trait.ONCE)),
        ),
        Column(
            6,
            _TOTAL,
            (_COMPLAINTS,),
            _mine(_COMPLAINT),
            ((7, 8), (9, 10, 11)),
        ),
        Column(
            7,
            N_("Khiếu nại lần đầu"),
            (_COMPLAINTS, _BY_INSTANCE),
            _mine(_COMPLAINT, instance=Instance.FIRST),
        ),
        Column(
            8,
            N_("Khiếu nại lần 2"),
            (_COMPLAINTS, _BY_INSTANCE),
            _mine(_COMPLAINT, instance=Instance.SECOND),
        ),
        *(
            Column(
                number,
                heading,
                (_COMPLAINTS, _BY_FIELD),
                _mine(_COMPLAINT, fields),
            )
            for number, heading, fields in (
                (9, _FIELD_LAND, _LAND),
                (10, _FIELD_POLICY, _POLICY),
                (11, _FIELD_OTHER, _NEITHER),
            )
        ),
        Column(
            12,
            _TOTAL,
            (_DENUNCIATIONS,),
            _mine(_DENUNCIATION),
            ((13, 14), (15, 16, 17, 18)),
        ),
        Column(
            13,
            N_("Tố cáo lần đầu"),
            (_DENUNCIATIONS, _BY_INSTANCE),
            _mine(_DENUNCIATION, instance=Instance.FIRST),
        ),
        Column(
            14,
            N_("Tố cáo tiếp"),
            (_DENUNCIATIONS, _BY_INSTANCE),
            _mine(_DENUNCIATION, instance=Instance.SECOND),
        ),
        *(
            Column(
                number,
                heading,
                (_DENUNCIATIONS, _BY_FIELD),
                _mine(_DENUNCIATION, fields),
            )
            for number, heading, fields in (
                (15, N_("Hành chính"), _ADMINISTRATIVE),
                (16, N_("Tham nhũng"), _CORRUPTION),
                (17, N_("Tư pháp"), _JUDICIAL),
                (18, _FIELD_OTHER, _REST),
            )
        ),
        Column(19, _TOTAL, (_PETITIONS,), _mine(_OTHERS), ((20, 21, 22),)),
        *(
            Column(number, heading, (_PETITIONS, _BY_FIELD), _mine(_OTHERS, fields))
            for number, heading, fields in (
                (20, _FIELD_POLICY, _POLICY),
                (21, _FIELD_LAND, _LAND),
                (22, _FIELD_OTHER, _NEITHER),
            )
        ),
        Column(23, _TOTAL, (_ELSEWHERE,), Counted((Trait.OUTSIDE,)), ((24, 25),)),
        Column(24, N_("Hướng dẫn"), (_ELSEWHERE, _DONE_WITH), Counted((Trait.GUIDED,))),
        Column(25, N_("Chuyển đơn"), (_ELSEWHERE, _DONE_WITH), Counted((Trait.FORWARDED,))),
    ),
    26,
)

# 03/GQKN and 04/GQTC.


def _standing(kinds: frozenset[CaseKind]) -> Iterable[Column]:
    """How the cases of the window stand at its end; the columns 2 to 6 of both forms."""
    here = (Trait.COMPETENT, Trait.ONCE)
    yield Column(2, N_("Tổng số vụ việc"), (), Counted(here, kinds), ((3, 4, 5, 6),))
    for number, heading, trait in (
        (3, N_("Đang xem xét điều kiện thụ lý"), Trait.EXAMINED),
        (4, N_("Đã thụ lý giải quyết"), Trait.TAKEN_UP),
        (5, N_("Không thụ lý"), Trait.NOT_TAKEN_UP),
        (6, N_("Rút đơn, đình chỉ giải quyết"), Trait.ENDED_UNDECIDED),
    ):
        yield Column(number, heading, (_RESULT,), Counted((*here, trait), kinds))


def _amounts(
    first: int, kinds: frozenset[CaseKind], rows: Iterable[tuple[str, tuple[str, ...], str]]
) -> Iterable[Column]:
    """What the decisions of the window order: heading, what stands above it, name of the amount."""
    for number, (heading, parents, name) in enumerate(rows, first):
        counts = Counted((Trait.DECIDED,), kinds, ordered=name)
        yield Column(number, heading, parents, counts, unit=_unit_of(name))


def _unit_of(name: str) -> Unit:
    if name.startswith("money"):
        return Unit.MILLIONS
    return Unit.SQUARE_METRES if name.startswith("land") else Unit.NUMBER


_RECOVERED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (_MONEY, (_TO_STATE,), "money_to_state"),
    (_GROUND, (_TO_STATE,), "land_to_state"),
    (_MONEY, (_RETURNED,), "money_returned"),
    (_GROUND, (_RETURNED,), "land_returned"),
    (N_("Số tổ chức được trả lại quyền lợi"), (_RETURNED,), "organisations_restored"),
    (N_("Số cá nhân được trả lại quyền lợi"), (_RETURNED,), "people_restored"),
)


def _decided(
    kinds: frozenset[CaseKind], instance: Instance, result: CaseResult | None, *more: Trait
) -> Counted:
    return Counted((Trait.DECIDED, *more), kinds, None, instance, result)


_FIRST_TIME = N_("Giải quyết lần đầu")
_SECOND_TIME = N_("Giải quyết lần 2")

_GQKN = Form(
    FormCode.GQKN,
    "03/GQKN",
    N_("Tổng hợp kết quả giải quyết khiếu nại"),
    (
        Column(1, N_("Tổng số đơn khiếu nại thuộc thẩm quyền"), (), _mine(_COMPLAINT)),
        *_standing(_COMPLAINT),
        Column(
            7,
            N_("Tổng số quyết định ban hành trong kỳ"),
            (),
            Counted((Trait.DECIDED,), _COMPLAINT),
            ((8, 9, 10, 11, 12),),
        ),
        *(
            Column(number, heading, (_FIRST_TIME,), _decided(_COMPLAINT, Instance.FIRST, result))
            for number, heading, result in (
                (8, N_("Khiếu nại đúng"), CaseResult.UPHELD),
                (9, N_("Khiếu nại sai"), CaseResult.REJECTED),
                (10, N_("Khiếu nại đúng 1 phần"), CaseResult.PARTLY_UPHELD),
            )
        ),
        *(
            Column(
                number, heading, (_SECOND_TIME,), _decided(_COMPLAINT, Instance.SECOND, None, trait)
            )
            for number, heading, trait in (
                (11, N_("Công nhận kết quả lần đầu"), Trait.CONFIRMED),
                (12, N_("Hủy, sửa kết quả lần đầu"), Trait.CHANGED),
            )
        ),
        *_amounts(
            13,
            _COMPLAINT,
            (
                *_RECOVERED,
                (N_("Tổng số người bị kiến nghị xử lý"), (_DISCIPLINE,), "people_disciplined"),
                (_OFFICIALS, (_DISCIPLINE,), "officials_disciplined"),
                (N_("Số vụ"), (_INVESTIGATED,), "referred_cases"),
                (N_("Tổng số người"), (_INVESTIGATED,), "referred_people"),
                (_OFFICIALS, (_INVESTIGATED,), "referred_officials"),
            ),
        ),
    ),
    24,
)

_FOLLOW_UP = N_("Tố cáo tiếp")

_GQTC = Form(
    FormCode.GQTC,
    "04/GQTC",
    N_("Tổng hợp kết quả giải quyết tố cáo"),
    (
        Column(1, N_("Tổng số đơn tố cáo thuộc thẩm quyền"), (), _mine(_DENUNCIATION)),
        *_standing(_DENUNCIATION),
        Column(
            7,
            N_("Tổng số kết luận ban hành trong kỳ"),
            (),
            Counted((Trait.DECIDED,), _DENUNCIATION),
            ((8, 9, 10, 11, 12, 13),),
        ),
        *(
            Column(number, heading, (parent,), _decided(_DENUNCIATION, instance, result))
            for number, heading, parent, instance, result in (
                (8, N_("Tố cáo đúng"), N_("Tố cáo lần đầu"), Instance.FIRST, CaseResult.UPHELD),
                (9, N_("Tố cáo sai"), N_("Tố cáo lần đầu"), Instance.FIRST, CaseResult.REJECTED),
                (
                    10,
                    N_("Tố cáo có đúng có sai"),
                    N_("Tố cáo lần đầu"),
                    Instance.FIRST,
                    CaseResult.PARTLY_UPHELD,
                ),
                (11, N_("Tố cáo tiếp đúng"), _FOLLOW_UP, Instance.SECOND, CaseResult.UPHELD),
                (12, N_("Tố cáo tiếp sai"), _FOLLOW_UP, Instance.SECOND, CaseResult.REJECTED),
                (
                    13,
                    N_("Tố cáo tiếp có đúng có sai"),
                    _FOLLOW_UP,
                    Instance.SECOND,
                    CaseResult.PARTLY_UPHELD,
                ),
            )
        ),
        *_amounts(
            14,
            _DENUNCIATION,
            (
                *_RECOVERED,
                (N_("Tổ chức"), (_DISCIPLINE,), "organisations_disciplined"),
                (N_("Cá nhân"), (_DISCIPLINE,), "people_disciplined"),
                (N_("Trong đó cán bộ, công chức"), (_DISCIPLINE,), "officials_disciplined"),
                (N_("Số vụ"), (_INVESTIGATED,), "referred_cases"),
                (N_("Số đối tượng"), (_INVESTIGATED,), "referred_people"),
                (_OFFICIALS, (_INVESTIGATED,), "referred_officials"),
            ),
        ),
    ),
    26,
)

# 05/KQTH: the same columns for complaints and for denunciations.

_RECOVERY = N_("Thu hồi cho Nhà nước")
_HANDLED = N_("Đã xử lý hành chính")
_PROSECUTED = N_("Đã khởi tố")
_DUE = N_("Phải thu")
_COLLECTED = N_("Đã thu")
_OWED = N_("Phải trả")
_GIVEN_BACK = N_("Đã trả")

Carried = tuple[str, tuple[str, ...], str, str]
"""Heading, what stands above it, what was ordered and what was done of it."""

_MOVED: tuple[Carried, ...] = (
    (_MONEY, (_RECOVERY, _DUE), "money_to_state", "money_collected"),
    (_GROUND, (_RECOVERY, _DUE), "land_to_state", "land_collected"),
    (_MONEY, (_RECOVERY, _COLLECTED), "", "money_collected"),
    (_GROUND, (_RECOVERY, _COLLECTED), "", "land_collected"),
    (_MONEY, (_RETURNED, _OWED), "money_returned", "money_given_back"),
    (_GROUND, (_RETURNED, _OWED), "land_returned", "land_given_back"),
    (_MONEY, (_RETURNED, _GIVEN_BACK), "", "money_given_back"),
    (_GROUND, (_RETURNED, _GIVEN_BACK), "", "land_given_back"),
)
_OF_PEOPLE: tuple[Carried, ...] = (
    (N_("Tổng số người bị xử lý"), (_HANDLED,), "", "people_handled"),
    (_OFFICIALS, (_HANDLED,), "", "officials_handled"),
    (N_("Số vụ"), (_PROSECUTED,), "", "prosecuted_cases"),
)
_KQTH_COMPLAINTS: tuple[Carried, ...] = (
    *_MOVED,
    *_OF_PEOPLE,
    (N_("Số người"), (_PROSECUTED,), "", "prosecuted_people"),
    (_OFFICIALS, (_PROSECUTED,), "", "prosecuted_officials"),
)
_KQTH_DENUNCIATIONS: tuple[Carried, ...] = (
    *_MOVED,
    (N_("Tổng số tổ chức bị xử lý"), (_HANDLED,), "", "organisations_handled"),
    (N_("Tổng số cá nhân bị xử lý"), (_HANDLED,), "", "people_handled"),
    *_OF_PEOPLE[1:],
    (N_("Số đối tượng"), (_PROSECUTED,), "", "prosecuted_people"),
    (_OFFICIALS, (_PROSECUTED,), "", "prosecuted_officials"),
)


def _carried(
    first: int,
    kinds: frozenset[CaseKind],
    group: str,
    heads: tuple[str, str],
    rows: Iterable[Carried],
) -> Iterable[Column]:
    yield Column(first, heads[0], (group,), Counted((Trait.TO_CARRY_OUT,), kinds))
    yield Column(
        first + 1, heads[1], (group,), Counted((Trait.TO_CARRY_OUT, Trait.CARRIED_OUT), kinds)
    )
    for number, (heading, parents, ordered, done) in enumerate(rows, first + 2):
        counts = Counted((Trait.TO_CARRY_OUT,), kinds, ordered=ordered, done=done)
        yield Column(number, heading, (group, *parents), counts, unit=_unit_of(done))


_KQTH = Form(
    FormCode.KQTH,
    "05/KQTH",
    N_("Tổng hợp kết quả thi hành quyết định giải quyết khiếu nại, thực hiện kết luận tố cáo"),
    (
        *_carried(
            1,
            _COMPLAINT,
            N_("Thi hành quyết định giải quyết khiếu nại"),
            (
                N_("Tổng số quyết định phải thi hành trong kỳ"),
                N_("Tổng số quyết định đã thi hành xong"),
            ),
            _KQTH_COMPLAINTS,
        ),
        *_carried(
            16,
            _DENUNCIATION,
            N_("Thực hiện kết luận nội dung tố cáo"),
            (
                N_("Tổng số kết luận phải thực hiện trong kỳ"),
                N_("Tổng số kết luận đã thực hiện xong"),
            ),
            _KQTH_DENUNCIATIONS,
        ),
    ),
    32,
)

# 06/QLKNTC: what units do to manage all this, from a register of its own.

_DOCUMENTS = N_("Ban hành văn bản quản lý, chỉ đạo")
_TRAINING = N_("Tập huấn, tuyên truyền")
_INSPECTION = N_("Thanh tra trách nhiệm")
_PROPOSED = N_("Kiến nghị xử lý")
_ADMINISTRATIVELY = N_("Hành chính")
_IMPLEMENTED = N_("Kết quả thực hiện kết luận thanh tra")
_ORGANISATIONS = N_("Tổ chức")
_PERSONS = N_("Cá nhân")


def _inspected(trait: Overseen, number: str = "", done: str = "") -> Acts:
    return Acts(OversightKind.INSPECTION, trait, number, done)


def _managed(kind: OversightKind, number: str = "") -> Acts:
    return Acts(kind, Overseen.DATED, number)


_QLKNTC = Form(
    FormCode.QLKNTC,
    "06/QLKNTC",
    N_("Tổng hợp công tác quản lý nhà nước về tiếp công dân, giải quyết khiếu nại, tố cáo"),
    tuple(
        Column(number, heading, parents, counts)
        for number, (heading, parents, counts) in enumerate(
            (
                (
                    N_("Số văn bản ban hành mới"),
                    (_DOCUMENTS,),
                    _managed(OversightKind.DOCUMENT_ISSUED),
                ),
                (
                    N_("Số văn bản được sửa đổi, bổ sung"),
                    (_DOCUMENTS,),
                    _managed(OversightKind.DOCUMENT_AMENDED),
                ),
                (
                    N_("Số văn bản hủy bỏ"),
                    (_DOCUMENTS,),
                    _managed(OversightKind.DOCUMENT_REPEALED),
                ),
                (N_("Số lớp"), (_TRAINING,), _managed(OversightKind.TRAINING, "classes")),
                (N_("Số người"), (_TRAINING,), _managed(OversightKind.TRAINING, "people")),
                (N_("Số cuộc"), (_INSPECTION,), _inspected(Overseen.UNDER_WAY)),
                (N_("Số đơn vị"), (_INSPECTION,), _inspected(Overseen.UNDER_WAY, "units")),
                (
                    N_("Số cuộc đã ban hành kết luận"),
                    (_INSPECTION,),
                    _inspected(Overseen.CONCLUDED),
                ),
                *(
                    (
                        heading,
                        (_INSPECTION, _PROPOSED, above),
                        _inspected(Overseen.CONCLUDED, number),
                    )
                    for above, heading, number in (
                        (_ADMINISTRATIVELY, _ORGANISATIONS, "organisations_disciplined"),
                        (_ADMINISTRATIVELY, _PERSONS, "people_disciplined"),
                        (_INVESTIGATED, _ORGANISATIONS, "organisations_referred"),
                        (_INVESTIGATED, _PERSONS, "people_referred"),
                    )
                ),
                (
                    N_("Tổng số kết luận phải thực hiện"),
                    (_IMPLEMENTED,),
                    _inspected(Overseen.TO_CARRY_OUT),
                ),
                *(
                    (
                        heading,
                        (_IMPLEMENTED, above),
                        _inspected(Overseen.TO_CARRY_OUT, done=done),
                    )
                    for above, heading, done in (
                        (_HANDLED, _ORGANISATIONS, "organisations_handled"),
                        (_HANDLED, _PERSONS, "people_handled"),
                        (_PROSECUTED, N_("Số vụ"), "prosecuted_cases"),
                        (_PROSECUTED, N_("Số đối tượng"), "prosecuted_people"),
                    )
                ),
            ),
            1,
        )
    ),
    18,
)

_AT_MOST: Mapping[FormCode, tuple[tuple[int, int], ...]] = {
    FormCode.TCD: ((9, 6), (15, 12), (21, 18)),
    FormCode.XLD: ((2, 1), (3, 2), (4, 3), (5, 4)),
    FormCode.GQKN: ((2, 1), (20, 19), (23, 22)),
    FormCode.GQTC: ((2, 1), (22, 21), (25, 24)),
    FormCode.KQTH: ((2, 1), (12, 11), (15, 14), (17, 16), (28, 27), (31, 30)),
    FormCode.QLKNTC: ((8, 6),),
}
_ACROSS = (
    Check((FormCode.GQKN, 1), ((FormCode.XLD, 6),)),
    Check((FormCode.GQKN, 7), ((FormCode.KQTH, 1),), at_most=True),
    Check((FormCode.GQTC, 1), ((FormCode.XLD, 12),)),
    Check((FormCode.GQTC, 7), ((FormCode.KQTH, 16),), at_most=True),
)

CIRCULAR_06 = FormSet(
    "06/2025",
    "06/2025/TT-TTCP",
    date(2025, 9, 29),
    date(2025, 9, 30),
    "S89",
    MappingProxyType({form.code: form for form in (_TCD, _XLD, _GQKN, _GQTC, _KQTH, _QLKNTC)}),
    _AT_MOST,
    _ACROSS,
)
CURRENT = CIRCULAR_06
FORMS = CURRENT.forms
