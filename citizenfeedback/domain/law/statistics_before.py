"""The statistics forms of earlier circulars, for windows before 2025-09-30.

Thông tư 02/2021/TT-TTCP and Thông tư 01/2024/TT-TTCP, as far as their columns are known: from the
templates and headers of a deployed system (V2 S18) and printed copies (V S30, S31), not from the
annexes themselves. What nothing in the product records has no `counts` and stays blank; where the
source leaves open how a column is counted, `doubt` says so.
"""

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from citizenfeedback.domain.law.statistics import (
    Column,
    Counted,
    Counting,
    Form,
    FormCode,
    FormSet,
    Trait,
    Unit,
    Visited,
    Visits,
)
from citizenfeedback.domain.text import N_
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    CaseResult,
    Instance,
    ReceivedBy,
)

NO_RULE = N_("Nguồn không nêu cách đếm cột này.")
OTHER_FORMULA = N_("Tệp mẫu đang dùng in công thức khác sau cột 18; ở đây theo tiêu đề cột.")
MISPRINT = N_("Bản in ghi 15+18; theo nội dung là 15+16.")
NO_COLUMN = N_("Cách xử lý khác không có cột trong biểu và không tính ở đây.")
ANY_WITHDRAWAL = N_("Đếm mọi vụ rút đơn; phần mềm không ghi rút do được giải thích hay tự rút.")
ENDED_TOO = N_("Bản in còn ghi 24+26+28 và 30+31; chỉ khớp khi không có vụ rút hoặc đình chỉ.")
ONLY_PROCESSED = N_("Bản in còn ghi 9+11; chỉ khớp khi mọi đơn đã xử lý.")

_COMPLAINT = frozenset({CaseKind.COMPLAINT})
_DENUNCIATION = frozenset({CaseKind.DENUNCIATION})
_OTHERS = frozenset({CaseKind.PETITION, CaseKind.REFLECTION})
_LAND = frozenset({CaseField.LAND})
_POLICY = frozenset({CaseField.POLICY})
_CONDUCT = frozenset({CaseField.CONDUCT})
_JUDICIAL = frozenset({CaseField.JUDICIAL})
_CORRUPTION = frozenset({CaseField.CORRUPTION})
_ADMINISTRATIVE = _LAND | _POLICY | _CONDUCT
_OUTSIDE_ALL = frozenset(CaseField) - _ADMINISTRATIVE - _JUDICIAL

Sums = tuple[tuple[int, ...], ...]
Spec = tuple[str, tuple[str, ...], Counting | None, Sums, str]
"""Heading, what stands above it, what it counts, its formulas, what is in doubt."""


def _form(code: FormCode, printed: str, title: str, notes: int, rows: Iterable[Spec]) -> Form:
    return Form(
        code,
        printed,
        title,
        tuple(
            Column(number, heading, parents, counts, sums, _unit_of(counts), doubt)
            for number, (heading, parents, counts, sums, doubt) in enumerate(rows, 1)
        ),
        notes,
    )


def _unit_of(counts: Counting | None) -> Unit:
    name = (counts.ordered or counts.done) if isinstance(counts, Counted) else ""
    if name.startswith("money"):
        return Unit.MILLIONS
    return Unit.SQUARE_METRES if name.startswith("land") else Unit.NUMBER


def _col(
    heading: str,
    *parents: str,
    counts: Counting | None = None,
    sums: Sums = (),
    doubt: str = "",
) -> Spec:
    return heading, parents, counts, sums, doubt


def _of(
    *traits: Trait,
    kinds: frozenset[CaseKind] | None = None,
    fields: frozenset[CaseField] | None = None,
    instance: Instance | None = None,
    result: CaseResult | None = None,
    ordered: str = "",
    done: str = "",
) -> Counted:
    return Counted(traits, kinds, fields, instance, result, ordered, done)


_TOTAL = N_("Tổng số")
_CASES = N_("Số vụ việc")
_SUBMISSIONS = N_("Số đơn")
_TO_PROCESS = N_("Tổng số đơn phải xử lý")
_BEFORE = N_("Kỳ trước chuyển sang")
_NOW = N_("Tiếp nhận trong kỳ")
_DONE = N_("Đơn đã xử lý")
_DONE_BEFORE = N_("Đơn kỳ trước chuyển sang")
_DONE_NOW = N_("Đơn tiếp nhận trong kỳ")
_ELIGIBLE = N_("Đủ điều kiện xử lý")
_BY_CONTENT = N_("Phân loại theo nội dung")
_BY_STANDING = N_("Phân loại theo tình trạng giải quyết")
_COMPLAINTS = N_("Khiếu nại")
_DENUNCIATIONS = N_("Tố cáo")
_PETITIONS = N_("Kiến nghị, phản ánh")
_OWN = N_("Thuộc thẩm quyền")
_ELSEWHERE = N_("Không thuộc thẩm quyền")
_GUIDE = N_("Hướng dẫn")
_FORWARD = N_("Chuyển đơn")
_URGE = N_("Đôn đốc giải quyết")
_REPLIES = N_("Số văn bản phúc đáp nhận được do chuyển đơn")
_ADMIN_FIELD = N_("Lĩnh vực hành chính")
_POLICY_FIELD = N_("Chế độ, chính sách")
_LAND_FIELD = N_("Đất đai, nhà cửa")
_CONDUCT_FIELD = N_("Công chức, công vụ")
_REST = N_("Khác")
_JUDICIAL_FIELD = N_("Lĩnh vực tư pháp")
_PARTY_FIELD = N_("Lĩnh vực Đảng, đoàn thể")
_OTHER_FIELD = N_("Lĩnh vực khác")
_CORRUPTION_FIELD = N_("Tham nhũng")
_FIRST = N_("Lần đầu")
_SECOND = N_("Lần 2")
_MANY = N_("Nhiều lần")
_ALREADY = N_("Đã được giải quyết")
_RULED = N_("Đã có bản án của tòa")
_SETTLING = N_("Đang giải quyết")
_UNSETTLED = N_("Chưa giải quyết xong")
_NOT_SETTLED = N_("Chưa giải quyết")

# 01/TCD, the same in both circulars.

_TURNS = N_("Số lượt tiếp")
_PEOPLE = N_("Số người được tiếp")
_GROUPS = N_("Số đoàn được tiếp")
_SESSIONS = N_("Số kỳ tiếp")
_FIRST_VISIT = N_("Tiếp lần đầu")
_REPEATED = N_("Tiếp nhiều lần")
_CROWD = N_("Trong đó đoàn đông người")


def _visits(received_by: ReceivedBy, *parents: str, days: bool) -> Iterable[Spec]:
    """The columns of one kind of receiver; nothing says how first and repeated visits are told."""
    if days:
        yield _col(_SESSIONS, *parents, counts=Visits(Visited.DAYS, received_by))
    yield _col(_TURNS, *parents, counts=Visits(Visited.TURNS, received_by))
    yield _col(_PEOPLE, *parents, counts=Visits(Visited.PEOPLE, received_by))
    for heading in (_FIRST_VISIT, _REPEATED):
        yield _col(heading, *parents, _CASES, doubt=NO_RULE)
    yield _col(_GROUPS, *parents, _CROWD, counts=Visits(Visited.GROUPS, received_by))
    yield _col(_PEOPLE, *parents, _CROWD, counts=Visits(Visited.PEOPLE_IN_GROUPS, received_by))
    for heading in (_FIRST_VISIT, _REPEATED):
        yield _col(heading, *parents, _CROWD, _CASES, doubt=NO_RULE)


_REGULAR = N_("Tiếp thường xuyên")
_PERIODIC = N_("Tiếp định kỳ và đột xuất")

_TCD = _form(
    FormCode.TCD,
    "01/TCD",
    N_("Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất"),
    30,
    (
        _col(N_("Tổng số lượt tiếp"), counts=Visits(Visited.TURNS), sums=((4, 13, 22),)),
        _col(N_("Tổng số người được tiếp"), counts=Visits(Visited.PEOPLE), sums=((5, 14, 23),)),
        _col(
            N_("Tổng số vụ việc tiếp"),
            counts=Visits(Visited.MATTERS),
            sums=((6, 7, 15, 16, 24, 25),),
        ),
        *_visits(ReceivedBy.OFFICER, _REGULAR, days=False),
        *_visits(ReceivedBy.HEAD, _PERIODIC, N_("Thủ trưởng tiếp"), days=True),
        *_visits(ReceivedBy.DELEGATED, _PERIODIC, N_("Ủy quyền tiếp"), days=True),
    ),
)

# The processing of submissions.

_MINE = (Trait.COMPETENT,)
_ONCE = (Trait.ELIGIBLE, Trait.ONCE)


def _intake(kinds: frozenset[CaseKind] | None, processed: str) -> Iterable[Spec]:
    """Columns 1 to 6 of 2024: what there was to process, and what was processed of it."""
    yield _col(_TOTAL, _TO_PROCESS, counts=_of(Trait.AT_HAND, kinds=kinds), sums=((2, 3),))
    yield _col(_BEFORE, _TO_PROCESS, counts=_of(Trait.CARRIED_OVER, kinds=kinds))
    yield _col(_NOW, _TO_PROCESS, counts=_of(Trait.RECEIVED, kinds=kinds))
    yield _col(_TOTAL, processed, counts=_of(Trait.PROCESSED, kinds=kinds), sums=((5, 6),))
    for heading, trait in ((_DONE_BEFORE, Trait.CARRIED_OVER), (_DONE_NOW, Trait.RECEIVED)):
        yield _col(heading, processed, counts=_of(Trait.PROCESSED, trait, kinds=kinds))


_SIGNED_BY_MANY = N_("Đơn có nhiều người đứng tên")
_SIGNED_BY_ONE = N_("Đơn có một người đứng tên")
_SIGNED_OTHERWISE = N_("Đơn khác")


def _intake_by_signers(
    kinds: frozenset[CaseKind] | None, *, others: bool, parts: bool
) -> Iterable[Spec]:
    """The same of 2021, split by who signed: who counts as many, nothing says."""
    signers = (_SIGNED_BY_MANY, _SIGNED_BY_ONE, *((_SIGNED_OTHERWISE,) if others else ()))
    last = 1 + 2 * len(signers)
    yield _col(
        _TOTAL,
        _TO_PROCESS,
        counts=_of(Trait.AT_HAND, kinds=kinds),
        sums=(tuple(range(2, last + 1)),),
    )
    for period in (_BEFORE, _NOW):
        for heading in signers:
            yield _col(heading, _TO_PROCESS, period, doubt=NO_RULE)
    sums: Sums = ((last + 2, last + 3),) if parts else ()
    yield _col(_TOTAL, _DONE, counts=_of(Trait.PROCESSED, kinds=kinds), sums=sums)
    if parts:
        for heading, trait in ((_DONE_BEFORE, Trait.CARRIED_OVER), (_DONE_NOW, Trait.RECEIVED)):
            yield _col(heading, _DONE, counts=_of(Trait.PROCESSED, trait, kinds=kinds))


def _by_field_of_complaint(first: int) -> Iterable[Spec]:
    """The fields of complaints; a matter of the Party or an association has no field of its own."""
    rows = (
        (_POLICY_FIELD, _POLICY),
        (_LAND_FIELD, _LAND),
        (_REST, _CONDUCT),
    )
    yield _col(
        _TOTAL,
        _BY_CONTENT,
        _ADMIN_FIELD,
        counts=_of(*_ONCE, kinds=_COMPLAINT, fields=_ADMINISTRATIVE),
        sums=((first + 1, first + 2, first + 3),),
    )
    for heading, fields in rows:
        yield _col(
            heading,
            _BY_CONTENT,
            _ADMIN_FIELD,
            counts=_of(*_ONCE, kinds=_COMPLAINT, fields=fields),
        )
    yield _col(_JUDICIAL_FIELD, _BY_CONTENT, counts=_of(*_ONCE, kinds=_COMPLAINT, fields=_JUDICIAL))
    yield _col(_PARTY_FIELD, _BY_CONTENT)
    yield _col(_OTHER_FIELD, _BY_CONTENT, counts=_of(*_ONCE, kinds=_COMPLAINT, fields=_OUTSIDE_ALL))


def _by_field_of_denunciation(first: int) -> Iterable[Spec]:
    yield _col(
        _TOTAL,
        _BY_CONTENT,
        _ADMIN_FIELD,
        counts=_of(*_ONCE, kinds=_DENUNCIATION, fields=_ADMINISTRATIVE),
        sums=((first + 1, first + 2, first + 3, first + 4),),
    )
    for heading, fields in (
        (_POLICY_FIELD, _POLICY),
        (_LAND_FIELD, _LAND),
        (_CONDUCT_FIELD, _CONDUCT),
        (_REST, frozenset[CaseField]()),
    ):
        yield _col(
            heading,
            _BY_CONTENT,
            _ADMIN_FIELD,
            counts=_of(*_ONCE, kinds=_DENUNCIATION, fields=fields),
        )
    for heading, fields in ((_CORRUPTION_FIELD, _CORRUPTION), (_JUDICIAL_FIELD, _JUDICIAL)):
        yield _col(heading, _BY_CONTENT, counts=_of(*_ONCE, kinds=_DENUNCIATION, fields=fields))
    yield _col(_PARTY_FIELD, _BY_CONTENT)
    yield _col(
        _OTHER_FIELD,
        _BY_CONTENT,
        counts=_of(*_ONCE, kinds=_DENUNCIATION, fields=_OUTSIDE_ALL - _CORRUPTION),
    )


def _by_field_of_petition() -> Iterable[Spec]:
    rest = frozenset(CaseField) - _POLICY - _LAND - _JUDICIAL
    for heading, fields in (
        (_POLICY_FIELD, _POLICY),
        (N_("Đất đai"), _LAND),
        (N_("Tư pháp"), _JUDICIAL),
        (_REST, rest),
    ):
        yield _col(heading, _BY_CONTENT, counts=_of(*_ONCE, kinds=_OTHERS, fields=fields))


def _unclear(*headings: str, parents: tuple[str, ...] = (_BY_STANDING,)) -> Iterable[Spec]:
    """Columns that the source names without saying how they are counted."""
    for heading in headings:
        yield _col(heading, *parents, doubt=NO_RULE)


def _results(
    first: int,
    kinds: frozenset[CaseKind] | None,
    *,
    instances: tuple[str, str] | None,
    ways: tuple[str, ...],
    once: bool = True,
    replies: bool = True,
) -> Iterable[Spec]:
    """Whose matter it is, and what became of what is not the office's own."""
    more = (Trait.ONCE,) if once else ()
    mine = _of(*_MINE, *more, kinds=kinds)
    if instances is None:
        yield _col(N_("Vụ việc thuộc thẩm quyền"), counts=mine)
        outside = first + 1
    else:
        yield _col(_TOTAL, _OWN, counts=mine, sums=((first + 1, first + 2),))
        for heading, instance in zip(instances, (Instance.FIRST, Instance.SECOND), strict=True):
            counts = _of(*_MINE, *more, kinds=kinds, instance=instance)
            yield _col(heading, _OWN, counts=counts)
        outside = first + 3
    yield from _outside(outside, kinds, ways, more)
    if replies:
        yield _col(_REPLIES)


def _outside(
    first: int,
    kinds: frozenset[CaseKind] | None,
    ways: tuple[str, ...],
    more: tuple[Trait, ...] = (),
) -> Iterable[Spec]:
    traits = {_GUIDE: Trait.GUIDED, _FORWARD: Trait.FORWARDED}
    # The total is of the ways that the form prints; urging on is nowhere recorded.
    whole = Trait.OUTSIDE if {_GUIDE, _FORWARD} <= set(ways) else traits[ways[0]]
    yield _col(
        _TOTAL,
        _ELSEWHERE,
        counts=_of(whole, *more, kinds=kinds),
        sums=(tuple(range(first + 1, first + 1 + len(ways))),),
        doubt="" if whole is Trait.OUTSIDE else NO_COLUMN,
    )
    for way in ways:
        trait = traits.get(way)
        yield _col(way, _ELSEWHERE, counts=_of(trait, *more, kinds=kinds) if trait else None)


def _eligible(kinds: frozenset[CaseKind] | None, sums: Sums, doubt: str = "") -> Iterable[Spec]:
    yield _col(_SUBMISSIONS, _ELIGIBLE, counts=_of(Trait.ELIGIBLE, kinds=kinds))
    yield _col(_CASES, _ELIGIBLE, counts=_of(*_ONCE, kinds=kinds), sums=sums, doubt=doubt)


def _kinds(*traits: Trait, above: str) -> Iterable[Spec]:
    for heading, kinds in (
        (_COMPLAINTS, _COMPLAINT),
        (_DENUNCIATIONS, _DENUNCIATION),
        (_PETITIONS, _OTHERS),
    ):
        yield _col(heading, above, counts=_of(*traits, kinds=kinds))


_XLD_TITLE = N_("Tổng hợp kết quả xử lý đơn")
_XLD_COMPLAINTS = N_("Tổng hợp kết quả xử lý đơn khiếu nại")
_XLD_DENUNCIATIONS = N_("Tổng hợp kết quả xử lý đơn tố cáo")
_XLD_PETITIONS = N_("Tổng hợp kết quả xử lý đơn kiến nghị, phản ánh")
_ALL_WAYS = (_GUIDE, _FORWARD, _URGE)
_INSTANCES = (_FIRST, _SECOND)
_DENOUNCED = (N_("Tố cáo lần đầu"), N_("Tố cáo tiếp"))
_FOLLOW_UP = N_("Tố cáo tiếp")

_XLD_2024 = (
    _form(
        FormCode.XLD_ALL,
        "01/XLD",
        _XLD_TITLE,
        23,
        (
            _col(_TOTAL, _TO_PROCESS, counts=_of(Trait.AT_HAND), sums=((2, 3), (4, 5))),
            _col(_BEFORE, _TO_PROCESS, counts=_of(Trait.CARRIED_OVER)),
            _col(_NOW, _TO_PROCESS, counts=_of(Trait.RECEIVED)),
            _col(N_("Số đơn đã xử lý"), counts=_of(Trait.PROCESSED)),
            _col(N_("Số đơn chưa xử lý (chuyển kỳ sau)"), counts=_of(Trait.UNPROCESSED)),
            _col(
                _SUBMISSIONS,
                _ELIGIBLE,
                counts=_of(Trait.ELIGIBLE),
                sums=((8, 9, 10), (11, 12, 13), (14, 18)),
            ),
            _col(_CASES, _ELIGIBLE, counts=_of(*_ONCE)),
            *_kinds(Trait.ELIGIBLE, above=_BY_CONTENT),
            *_unclear(_FIRST, _MANY, _UNSETTLED),
            _col(_TOTAL, _OWN, counts=_of(*_MINE), sums=((15, 16, 17),)),
            *_kinds(*_MINE, above=_OWN),
            *_outside(18, None, _ALL_WAYS),
            _col(_REPLIES),
        ),
    ),
    _form(
        FormCode.XLD,
        "02/XLD",
        _XLD_COMPLAINTS,
        0,
        (
            *_intake(_COMPLAINT, _DONE),
            *_eligible(_COMPLAINT, ((9, 13, 14, 15), (16, 17, 18, 19), (20, 23)), OTHER_FORMULA),
            *_by_field_of_complaint(9),
            *_unclear(_FIRST, _SECOND, _RULED, _UNSETTLED),
            *_results(20, _COMPLAINT, instances=_INSTANCES, ways=(_GUIDE, _URGE)),
        ),
    ),
    _form(
        FormCode.XLD_DENUNCIATIONS,
        "03/XLD",
        _XLD_DENUNCIATIONS,
        0,
        (
            *_intake(_DENUNCIATION, _DONE),
            *_eligible(_DENUNCIATION, ((9, 14, 15, 16, 17), (18, 19, 20), (21, 24))),
            *_by_field_of_denunciation(9),
            *_unclear(
                N_("Quá thời hạn chưa giải quyết"),
                N_("Đã có kết luận giải quyết"),
                parents=(_BY_STANDING, _FOLLOW_UP),
            ),
            *_unclear(_NOT_SETTLED),
            *_results(21, _DENUNCIATION, instances=_DENOUNCED, ways=(_FORWARD, _URGE)),
        ),
    ),
    _form(
        FormCode.XLD_PETITIONS,
        "04/XLD",
        _XLD_PETITIONS,
        0,
        (
            *_intake(_OTHERS, N_("Đơn đã xem xét về điều kiện xử lý")),
            *_eligible(_OTHERS, ((9, 10, 11, 12), (13, 14), (15, 16)), MISPRINT),
            *_by_field_of_petition(),
            *_unclear(_ALREADY, N_("Chưa được giải quyết")),
            *_results(15, _OTHERS, instances=None, ways=(_FORWARD, _URGE), replies=False),
            *(
                _col(
                    heading,
                    N_("Kết quả giải quyết vụ việc thuộc thẩm quyền"),
                    counts=_of(*_MINE, Trait.ONCE, trait, kinds=_OTHERS),
                )
                for heading, trait in (
                    (N_("Đã giải quyết"), Trait.SETTLED),
                    (_NOT_SETTLED, Trait.UNSETTLED),
                )
            ),
        ),
    ),
)

_XLD_2021 = (
    _form(
        FormCode.XLD_ALL,
        "01/XLD",
        _XLD_TITLE,
        27,
        (
            *_intake_by_signers(None, others=True, parts=False),
            _col(
                _SUBMISSIONS,
                _ELIGIBLE,
                counts=_of(Trait.ELIGIBLE),
                sums=((11, 12, 13), (14, 15, 16, 17), (18, 22)),
            ),
            _col(_CASES, _ELIGIBLE, counts=_of(*_ONCE)),
            *_kinds(Trait.ELIGIBLE, above=_BY_CONTENT),
            *_unclear(_FIRST, _MANY, _SETTLING, _NOT_SETTLED),
            _col(_TOTAL, _OWN, counts=_of(*_MINE), sums=((19, 20, 21),)),
            *_kinds(*_MINE, above=_OWN),
            *_outside(22, None, _ALL_WAYS),
            _col(_REPLIES),
        ),
    ),
    _form(
        FormCode.XLD,
        "02/XLD",
        _XLD_COMPLAINTS,
        31,
        (
            *_intake_by_signers(_COMPLAINT, others=False, parts=True),
            *_eligible(_COMPLAINT, ((11, 15, 16, 17), (18, 19, 20, 21, 22), (23, 26))),
            *_by_field_of_complaint(11),
            *_unclear(_FIRST, _SECOND, _RULED, _SETTLING, _NOT_SETTLED),
            *_results(23, _COMPLAINT, instances=_INSTANCES, ways=_ALL_WAYS),
        ),
    ),
    _form(
        FormCode.XLD_DENUNCIATIONS,
        "03/XLD",
        _XLD_DENUNCIATIONS,
        34,
        (
            *_intake_by_signers(_DENUNCIATION, others=True, parts=True),
            *_eligible(_DENUNCIATION, ((13, 18, 19, 20, 21), (22, 23, 24, 25), (26, 29))),
            *_by_field_of_denunciation(13),
            *_unclear(
                N_("Chưa giải quyết trong hạn"),
                _SETTLING,
                N_("Tố cáo tiếp quá thời hạn"),
                N_("Tố cáo tiếp đã có kết luận"),
            ),
            *_results(26, _DENUNCIATION, instances=_DENOUNCED, ways=_ALL_WAYS),
        ),
    ),
    _form(
        FormCode.XLD_PETITIONS,
        "04/XLD",
        _XLD_PETITIONS,
        25,
        (
            *_intake_by_signers(_OTHERS, others=True, parts=True),
            *_eligible(_OTHERS, ((13, 14, 15, 16), (17, 18, 19), (20, 21))),
            *_by_field_of_petition(),
            *_unclear(N_("Đã giải quyết"), _SETTLING, _NOT_SETTLED),
            *_results(20, _OTHERS, instances=None, ways=(_FORWARD, _URGE)),
        ),
    ),
)

# 02/TCD of 2021: submissions that came in at reception.

_AT_RECEPTION = (Trait.RECEIVED, Trait.IN_PERSON)


def _pairs(
    heading: str, *traits: Trait, kinds: frozenset[CaseKind] | None = None
) -> Iterable[Spec]:
    """Submissions and cases side by side."""
    yield _col(_SUBMISSIONS, heading, counts=_of(*_AT_RECEPTION, *traits, kinds=kinds))
    yield _col(_CASES, heading, counts=_of(*_AT_RECEPTION, *traits, Trait.ONCE, kinds=kinds))


_TCD_SUBMISSIONS = _form(
    FormCode.TCD_SUBMISSIONS,
    "02/TCD",
    N_("Tổng hợp kết quả phân loại, xử lý đơn qua tiếp công dân"),
    17,
    (
        _col(
            N_("Tổng số đơn nhận qua tiếp công dân"),
            counts=_of(*_AT_RECEPTION),
            sums=((3, 5, 7),),
            doubt=ONLY_PROCESSED,
        ),
        _col(N_("Tổng số vụ việc"), counts=_of(*_AT_RECEPTION, Trait.ONCE), sums=((4, 6, 8),)),
        *_pairs(_COMPLAINTS, kinds=_COMPLAINT),
        *_pairs(_DENUNCIATIONS, kinds=_DENUNCIATION),
        *_pairs(_PETITIONS, kinds=_OTHERS),
        *_pairs(_OWN, Trait.COMPETENT),
        _col(_SUBMISSIONS, _ELSEWHERE, counts=_of(*_AT_RECEPTION, Trait.OUTSIDE)),
        _col(
            _CASES,
            _ELSEWHERE,
            counts=_of(*_AT_RECEPTION, Trait.OUTSIDE, Trait.ONCE),
            sums=((13, 14, 15),),
        ),
        _col(_GUIDE, _ELSEWHERE, counts=_of(*_AT_RECEPTION, Trait.GUIDED, Trait.ONCE)),
        _col(_FORWARD, _ELSEWHERE, counts=_of(*_AT_RECEPTION, Trait.FORWARDED, Trait.ONCE)),
        _col(_URGE, _ELSEWHERE),
        _col(_REPLIES),
    ),
)

# Settlement, and what was carried out.

_MONEY = N_("Tiền (Trđ)")
_GROUND = N_("Đất (m²)")
_OFFICIALS = N_("Trong đó số cán bộ, công chức, viên chức")
_TO_STATE = N_("Kiến nghị thu hồi cho Nhà nước")
_ORGANISATIONS = N_("Trả lại cho tổ chức")
_PERSONS = N_("Trả lại cho cá nhân")
_RESTORED_BODIES = N_("Số tổ chức được trả lại quyền lợi")
_RESTORED_PEOPLE = N_("Số cá nhân được trả lại quyền lợi")
_DISCIPLINE = N_("Kiến nghị xử lý hành chính")
_REFERRED = N_("Chuyển cơ quan điều tra")
_TERM = N_("Chấp hành thời hạn giải quyết")
_SETTLED = N_("Đã giải quyết")


def _decided(kinds: frozenset[CaseKind], *more: Trait, ordered: str = "") -> Counted:
    return _of(Trait.DECIDED, *more, kinds=kinds, ordered=ordered)


def _own_submissions(kinds: frozenset[CaseKind]) -> Iterable[Spec]:
    above = N_("Đơn thuộc thẩm quyền")
    yield _col(_TOTAL, above, counts=_of(*_MINE, kinds=kinds), sums=((2, 3),))
    for heading, trait in ((_BEFORE, Trait.CARRIED_OVER), (_NOW, Trait.RECEIVED)):
        yield _col(heading, above, counts=_of(*_MINE, trait, kinds=kinds))
    yield _col(N_("Tổng số vụ việc thuộc thẩm quyền"), counts=_of(*_MINE, Trait.ONCE, kinds=kinds))


def _ordered(kinds: frozenset[CaseKind]) -> Iterable[Spec]:
    """What decisions order. The product keeps what is given back in one sum for both."""
    yield _col(_MONEY, _TO_STATE, counts=_decided(kinds, ordered="money_to_state"))
    yield _col(_GROUND, _TO_STATE, counts=_decided(kinds, ordered="land_to_state"))
    for above in (_ORGANISATIONS, _PERSONS):
        yield _col(_MONEY, above)
        yield _col(_GROUND, above)
    for heading, name in (
        (_RESTORED_BODIES, "organisations_restored"),
        (_RESTORED_PEOPLE, "people_restored"),
    ):
        yield _col(heading, counts=_decided(kinds, ordered=name))
    for heading, above, name in (
        (N_("Tổng số người"), _DISCIPLINE, "people_disciplined"),
        (_OFFICIALS, _DISCIPLINE, "officials_disciplined"),
        (N_("Số vụ"), _REFERRED, "referred_cases"),
        (N_("Số đối tượng"), _REFERRED, "referred_people"),
        (_OFFICIALS, _REFERRED, "referred_officials"),
    ):
        yield _col(heading, above, counts=_decided(kinds, ordered=name))


def _in_time(kinds: frozenset[CaseKind]) -> Iterable[Spec]:
    yield _col(N_("Đúng quy định"), _TERM, counts=_decided(kinds, Trait.ON_TIME))
    yield _col(N_("Không đúng quy định"), _TERM, counts=_decided(kinds, Trait.LATE))


_KQGQ_COMPLAINTS = _form(
    FormCode.KQGQ_COMPLAINTS,
    "01/KQGQ",
    N_("Tổng hợp kết quả giải quyết khiếu nại thuộc thẩm quyền"),
    28,
    (
        *_own_submissions(_COMPLAINT),
        _col(
            N_("Số vụ việc giải quyết bằng quyết định hành chính"),
            _SETTLED,
            counts=_decided(_COMPLAINT),
            sums=((20, 21, 22, 23, 24),),
        ),
        _col(
            N_("Số vụ việc rút đơn thông qua giải thích, thuyết phục"),
            _SETTLED,
            counts=_of(Trait.WITHDRAWN, kinds=_COMPLAINT),
            doubt=ANY_WITHDRAWAL,
        ),
        *_ordered(_COMPLAINT),
        *(
            _col(
                heading,
                N_("Giải quyết lần đầu"),
                counts=_of(Trait.DECIDED, kinds=_COMPLAINT, instance=Instance.FIRST, result=result),
            )
            for heading, result in (
                (N_("Khiếu nại đúng"), CaseResult.UPHELD),
                (N_("Khiếu nại sai"), CaseResult.REJECTED),
                (N_("Khiếu nại đúng 1 phần"), CaseResult.PARTLY_UPHELD),
            )
        ),
        *(
            _col(
                heading,
                N_("Giải quyết lần 2"),
                counts=_of(Trait.DECIDED, trait, kinds=_COMPLAINT, instance=Instance.SECOND),
            )
            for heading, trait in (
                (N_("Công nhận kết quả lần đầu"), Trait.CONFIRMED),
                (N_("Hủy, sửa kết quả lần đầu"), Trait.CHANGED),
            )
        ),
        *_in_time(_COMPLAINT),
    ),
)

_OPEN = (Trait.TO_CARRY_OUT,)


def _owed(kinds: frozenset[CaseKind]) -> Iterable[Spec]:
    """What was to be collected for the State and what was; columns 3 to 6."""
    above = N_("Thu hồi cho Nhà nước")
    for heading, ordered, done in (
        (_MONEY, "money_to_state", "money_collected"),
        (_GROUND, "land_to_state", "land_collected"),
    ):
        counts = _of(*_OPEN, kinds=kinds, ordered=ordered, done=done)
        yield _col(heading, above, N_("Phải thu"), counts=counts)
    for heading, done in ((_MONEY, "money_collected"), (_GROUND, "land_collected")):
        counts = _of(*_OPEN, kinds=kinds, done=done)
        yield _col(heading, above, N_("Đã thu"), counts=counts)


def _blank_returns(*above: str) -> Iterable[Spec]:
    """Money and land by whom it goes to: kept in one sum, so not to be told apart."""
    for heading in above:
        yield _col(_MONEY, heading)
        yield _col(_GROUND, heading)


def _done(kinds: frozenset[CaseKind], *rows: tuple[str, str, str]) -> Iterable[Spec]:
    for heading, above, done in rows:
        yield _col(heading, above, counts=_of(*_OPEN, kinds=kinds, done=done))


_HANDLED = N_("Đã xử lý hành chính")
_PROSECUTED = N_("Đã khởi tố")
_PROSECUTIONS = (
    (N_("Số vụ"), _PROSECUTED, "prosecuted_cases"),
    (N_("Số đối tượng"), _PROSECUTED, "prosecuted_people"),
    (_OFFICIALS, _PROSECUTED, "prosecuted_officials"),
)
_OWED_BODIES = N_("Phải trả cho tổ chức")
_OWED_PEOPLE = N_("Phải trả cho cá nhân")
_PAID_BODIES = N_("Đã trả cho tổ chức")
_PAID_PEOPLE = N_("Đã trả cho cá nhân")

_KQGQ_DECISIONS = _form(
    FormCode.KQGQ_DECISIONS,
    "02/KQGQ",
    N_("Tổng hợp kết quả thi hành quyết định giải quyết khiếu nại"),
    20,
    (
        _col(
            N_("Tổng số quyết định phải thi hành trong kỳ"),
            counts=_of(*_OPEN, kinds=_COMPLAINT),
        ),
        _col(
            N_("Tổng số quyết định đã thi hành xong"),
            counts=_of(*_OPEN, Trait.CARRIED_OUT, kinds=_COMPLAINT),
        ),
        *_owed(_COMPLAINT),
        *_blank_returns(_OWED_BODIES, _OWED_PEOPLE, _PAID_BODIES, _PAID_PEOPLE),
        *_done(
            _COMPLAINT,
            (N_("Tổng số người bị xử lý"), _HANDLED, "people_handled"),
            (_OFFICIALS, _HANDLED, "officials_handled"),
            *_PROSECUTIONS,
        ),
    ),
)


def _concluded(result: CaseResult) -> Iterable[Spec]:
    names = {
        CaseResult.UPHELD: (N_("Tố cáo đúng"), N_("Tố cáo tiếp đúng")),
        CaseResult.REJECTED: (N_("Tố cáo sai"), N_("Tố cáo tiếp sai")),
        CaseResult.PARTLY_UPHELD: (
            N_("Tố cáo có đúng có sai"),
            N_("Tố cáo tiếp có đúng có sai"),
        ),
    }
    whole, follow_up = names[result]
    above = N_("Kết quả giải quyết")
    yield _col(whole, above, counts=_of(Trait.DECIDED, kinds=_DENUNCIATION, result=result))
    counts = _of(Trait.DECIDED, kinds=_DENUNCIATION, instance=Instance.SECOND, result=result)
    yield _col(follow_up, above, counts=counts)


_KQGQ_DENUNCIATIONS = _form(
    FormCode.KQGQ_DENUNCIATIONS,
    "03/KQGQ",
    N_("Tổng hợp kết quả giải quyết tố cáo thuộc thẩm quyền"),
    32,
    (
        *_own_submissions(_DENUNCIATION),
        _col(
            N_("Trong đó tố cáo tiếp"),
            counts=_of(*_MINE, Trait.ONCE, kinds=_DENUNCIATION, instance=Instance.SECOND),
        ),
        _col(
            _TOTAL,
            _SETTLED,
            counts=_of(Trait.ENDED, kinds=_DENUNCIATION),
            sums=((7, 8, 9, 10),),
            doubt=ENDED_TOO,
        ),
        *(
            _col(
                heading,
                _SETTLED,
                counts=_of(Trait.DECIDED, kinds=_DENUNCIATION, instance=instance),
            )
            for heading, instance in (
                (N_("Tố cáo lần đầu"), Instance.FIRST),
                (_FOLLOW_UP, Instance.SECOND),
            )
        ),
        _col(
            N_("Rút toàn bộ nội dung tố cáo"),
            _SETTLED,
            counts=_of(Trait.WITHDRAWN, kinds=_DENUNCIATION),
        ),
        _col(
            N_("Đình chỉ không do rút tố cáo"),
            _SETTLED,
            counts=_of(Trait.TERMINATED, kinds=_DENUNCIATION),
        ),
        *_ordered(_DENUNCIATION),
        *_concluded(CaseResult.UPHELD),
        *_concluded(CaseResult.REJECTED),
        *_concluded(CaseResult.PARTLY_UPHELD),
        *_in_time(_DENUNCIATION),
    ),
)

_KQGQ_CONCLUSIONS = _form(
    FormCode.KQGQ_CONCLUSIONS,
    "04/KQGQ",
    N_("Tổng hợp kết quả thực hiện kết luận nội dung tố cáo"),
    25,
    (
        _col(
            N_("Tổng số kết luận phải thực hiện trong kỳ"),
            counts=_of(*_OPEN, kinds=_DENUNCIATION),
        ),
        _col(
            N_("Tổng số kết luận đã thực hiện xong"),
            counts=_of(*_OPEN, Trait.CARRIED_OUT, kinds=_DENUNCIATION),
        ),
        *_owed(_DENUNCIATION),
        *(
            _col(
                heading,
                N_("Phải được trả lại quyền lợi"),
                counts=_of(*_OPEN, kinds=_DENUNCIATION, ordered=name),
            )
            for heading, name in (
                (N_("Số tổ chức"), "organisations_restored"),
                (N_("Số cá nhân"), "people_restored"),
            )
        ),
        *_blank_returns(_OWED_BODIES, _OWED_PEOPLE),
        *(
            _col(heading, N_("Đã được trả lại quyền lợi"))
            for heading in (N_("Số tổ chức"), N_("Số cá nhân"))
        ),
        *_blank_returns(_PAID_BODIES, _PAID_PEOPLE),
        *_done(
            _DENUNCIATION,
            (N_("Tổng số tổ chức bị xử lý"), _HANDLED, "organisations_handled"),
            (N_("Tổng số cá nhân bị xử lý"), _HANDLED, "people_handled"),
            (_OFFICIALS, _HANDLED, "officials_handled"),
            *_PROSECUTIONS,
        ),
    ),
)

_PARTS_TCD = tuple(
    (part, whole)
    for first in (4, 13, 22)
    for part, whole in (
        (first + 4, first),
        (first + 5, first + 1),
        (first + 6, first + 2),
        (first + 7, first + 3),
    )
)

CIRCULAR_01 = FormSet(
    "01/2024",
    "01/2024/TT-TTCP",
    date(2024, 1, 20),
    None,
    "V S26; V2 S18",
    MappingProxyType(
        {form.code: form for form in (_TCD, *_XLD_2024, _KQGQ_COMPLAINTS, _KQGQ_DECISIONS)}
    ),
    parts={FormCode.TCD: _PARTS_TCD},
)
CIRCULAR_02 = FormSet(
    "02/2021",
    "02/2021/TT-TTCP",
    None,
    date(2021, 5, 10),
    "V S25, S30, S31; V2 S18",
    MappingProxyType(
        {
            form.code: form
            for form in (
                _TCD,
                _TCD_SUBMISSIONS,
                *_XLD_2021,
                _KQGQ_COMPLAINTS,
                _KQGQ_DECISIONS,
                _KQGQ_DENUNCIATIONS,
                _KQGQ_CONCLUSIONS,
            )
        }
    ),
    parts={FormCode.TCD: _PARTS_TCD},
)
