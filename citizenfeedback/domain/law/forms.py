"""The documents of the law, as rows: which form, from which decree, for whom, with what in it.

One row is one document in one span of time. The row says under which kind it is entered in the
register of documents, who gets it, what must stand in it, whether the leader approves it, and
whether a denouncer may be named in it: only where he is the one who gets it. The wording is in
`documents/templates/letters`, the layout in `documents/letters.py`; which act brings which letter
is in `domain/workflow.py`. The reception book (03/TCD) is a register, not a document of this table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.regimes import START_OF_LAW_136, in_force
from citizenfeedback.domain.law.sources import Mark, Provision, cite
from citizenfeedback.domain.vocabulary import CaseKind, Instance, Letter


class DocumentKind(StrEnum):
    """The kinds of administrative document, by the letters of their symbol (Nghị định 30/2020).

    An official letter (công văn) has no letters of its own: its symbol names who drafted it.
    """

    DECISION = "QĐ"
    NOTICE = "TB"
    CONCLUSION = "KL"
    REPORT = "BC"
    MINUTES = "BB"
    GUIDANCE = "HD"
    FORWARDING_SLIP = "PC"
    PROPOSAL = "PĐX"
    APPOINTMENT = "PH"
    RECEIPT = "GBN"
    OFFICIAL_LETTER = "CV"
    PETITION = "Đ"


class Layout(StrEnum):
    """How a document stands on paper."""

    NAMED = "named"
    OFFICIAL_LETTER = "official_letter"
    MINUTES = "minutes"
    SHEET = "sheet"
    PETITION = "petition"


class Addressee(StrEnum):
    """Who gets a document, by the part he plays in the matter."""

    COMPLAINANT = "complainant"
    DENOUNCER = "denouncer"
    PETITIONER = "petitioner"
    VISITOR = "visitor"
    RESPONDENT = "respondent"
    DENOUNCED = "denounced"
    RECEIVING_BODY = "receiving_body"
    LOWER_UNIT = "lower_unit"
    VERIFIER = "verifier"
    EXPERT = "expert"
    CONCERNED = "concerned"
    SETTLER = "settler"
    OFFICE = "office"
    FILE = "file"


class FieldKind(StrEnum):
    """What is entered for a field: a line, a longer text, a day, a number, or rows of cells.

    Rows are a text, one row a line, its cells parted by `|`.
    """

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    ROWS = "rows"


_LINE, _TEXT, _DAY = FieldKind.LINE, FieldKind.TEXT, FieldKind.DAY
_NUMBER, _ROWS = FieldKind.NUMBER, FieldKind.ROWS

# What the office knows of itself and of the case, and what follows from the row and the day: at
# hand in every template without being asked for.
OFFICE_FIELDS: tuple[str, ...] = ("body", "head_title", "drafting_unit", "case_number")
DERIVED_FIELDS: tuple[str, ...] = ("law_bases", "kind_name", "instance_name")

# What tells who filed. In a document of a denunciation only where the denouncer himself gets it.
AUTHOR_FIELDS: tuple[str, ...] = (
    "person",
    "person_address",
    "person_identity",
    "person_contact",
)

FIELDS: Mapping[str, FieldKind] = MappingProxyType(
    {
        "body": _LINE,
        "head_title": _LINE,
        "drafting_unit": _LINE,
        "case_number": _LINE,
        "law_bases": _TEXT,
        "kind_name": _LINE,
        "instance_name": _LINE,
        "person": _LINE,
        "person_address": _LINE,
        "person_identity": _LINE,
        "person_contact": _LINE,
        "authorised": _LINE,
        "authorised_address": _LINE,
        "authorised_identity": _LINE,
        "scope": _TEXT,
        "respondent": _LINE,
        "respondent_address": _LINE,
        "content": _TEXT,
        "petition_on": _DAY,
        "received_on": _DAY,
        "ground": _TEXT,
        "ground_law": _LINE,
        "competent_body": _LINE,
        "reason": _TEXT,
        "missing": _TEXT,
        "due_on": _DAY,
        "term_days": _NUMBER,
        "report_by": _DAY,
        "accepted_on": _DAY,
        "acceptance_no": _LINE,
        "decision_no": _LINE,
        "decision_on": _DAY,
        "decision_subject": _LINE,
        "proposer": _LINE,
        "verifier": _LINE,
        "team": _TEXT,
        "started_on": _DAY,
        "claims": _TEXT,
        "findings": _TEXT,
        "dialogue_result": _TEXT,
        "legal_grounds": _TEXT,
        "conclusion": _TEXT,
        "result": _LINE,
        "measures": _TEXT,
        "recommendations": _TEXT,
        "appeal_body": _LINE,
        "appeal_days": _NUMBER,
        "participants": _TEXT,
        "opinions": _TEXT,
        "agreed": _TEXT,
        "disagreed": _TEXT,
        "started_at": _LINE,
        "ended_at": _LINE,
        "venue": _LINE,
        "visit_on": _DAY,
        "official": _LINE,
        "papers": _ROWS,
        "copies": _NUMBER,
        "evidence": _TEXT,
        "expert": _LINE,
        "questions": _TEXT,
        "contents": _ROWS,
        "withdrawn": _TEXT,
        "earlier": _TEXT,
        "proposal": _TEXT,
        "conclusion_no": _LINE,
        "conclusion_on": _DAY,
        "overdue_days": _NUMBER,
        "assignments": _TEXT,
        "meeting_at": _LINE,
        "bring": _TEXT,
        "answer": _TEXT,
    }
)
"""Every field a document may have, with what is entered for it."""


@dataclass(frozen=True, slots=True)
class LetterForm:
    """One document of the law while it holds.

    `template` is its shipped text, `<decree>/<name>`; also its key in the rows of letters.
    `laws` are the instruments it rests on, as keys of `BASES`. `instance` is set where first and
    second instance have forms of their own. `signers` are those who sign beside one another;
    without any the head signs alone. `sending_rule` is the term within which it must be sent.
    """

    letter: Letter
    kinds: frozenset[CaseKind]
    title: str
    document: DocumentKind
    layout: Layout
    template: str
    number: str
    provisions: tuple[Provision, ...]
    laws: tuple[str, ...]
    addressees: tuple[Addressee, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    numbered: bool = True
    approved: bool = True
    names_denouncer: bool = False
    signers: tuple[str, ...] = ()
    sending_rule: str = ""
    instance: Instance | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S1",)
    doubt: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """Every variable that a template of this row may use."""
        return frozenset((*self.required, *self.optional, *OFFICE_FIELDS, *DERIVED_FIELDS))

    def holds_on(self, day: date) -> bool:
        """Whether the row is the one to use on a day."""
        return in_force(self.effective_from, self.effective_to, day)

    def law(self, lang: str = "vi") -> str:
        """The instrument that has the form; empty where no form is set."""
        return cite(self.provisions, lang)


@dataclass(frozen=True, slots=True)
class Basis:
    """One line "Căn cứ …" for an instrument, while it holds; laws are cited without number."""

    instrument: str
    text: str
    effective_from: date | None = None
    effective_to: date | None = None


_BEFORE = START_OF_LAW_136 - timedelta(days=1)
_NEW = START_OF_LAW_136
_START_OF_DECREE_124 = date(2020, 12, 10)
_START_OF_CIRCULAR_05 = date(2021, 11, 15)

_AMENDING_LAW = (
    "Luật sửa đổi, bổ sung một số điều của Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo "
    "ngày 10 tháng 12 năm 2025"
)
BASES: tuple[Basis, ...] = (
    Basis("TCD", "Luật Tiếp công dân ngày 25 tháng 11 năm 2013"),
    Basis("KN", "Luật Khiếu nại ngày 11 tháng 11 năm 2011"),
    Basis("TC", "Luật Tố cáo ngày 12 tháng 6 năm 2018"),
    Basis("L136", _AMENDING_LAW, effective_from=_NEW),
    Basis(
        "DECREE_TCD",
        "Nghị định số 64/2014/NĐ-CP ngày 26 tháng 6 năm 2014 của Chính phủ quy định chi tiết thi "
        "hành một số điều của Luật Tiếp công dân",
        effective_to=_BEFORE,
    ),
    Basis(
        "DECREE_TCD",
        "Nghị định số 154/2026/NĐ-CP ngày 15 tháng 5 năm 2026 của Chính phủ quy định chi tiết một "
        "số điều và biện pháp thi hành Luật Tiếp công dân",
        effective_from=_NEW,
    ),
    Basis(
        "ND124",
        "Nghị định số 75/2012/NĐ-CP ngày 03 tháng 10 năm 2012 của Chính phủ quy định chi tiết một "
        "số điều của Luật Khiếu nại",
        effective_to=_START_OF_DECREE_124 - timedelta(days=1),
    ),
    Basis(
        "ND124",
        "Nghị định số 124/2020/NĐ-CP ngày 19 tháng 10 năm 2020 của Chính phủ quy định chi tiết một "
        "số điều và biện pháp thi hành Luật Khiếu nại",
        effective_from=_START_OF_DECREE_124,
        effective_to=_BEFORE,
    ),
    Basis(
        "ND124",
        "Nghị định số 124/2020/NĐ-CP ngày 19 tháng 10 năm 2020 của Chính phủ quy định chi tiết một "
        "số điều và biện pháp thi hành Luật Khiếu nại, được sửa đổi, bổ sung bởi Nghị định số "
        "155/2026/NĐ-CP ngày 15 tháng 5 năm 2026",
        effective_from=_NEW,
    ),
    Basis(
        "ND31",
        "Nghị định số 31/2019/NĐ-CP ngày 10 tháng 4 năm 2019 của Chính phủ quy định chi tiết một số "
        "điều và biện pháp tổ chức thi hành Luật Tố cáo",
        effective_to=_BEFORE,
    ),
    Basis(
        "ND31",
        "Nghị định số 31/2019/NĐ-CP ngày 10 tháng 4 năm 2019 của Chính phủ quy định chi tiết một số "
        "điều và biện pháp tổ chức thi hành Luật Tố cáo, được sửa đổi, bổ sung bởi Nghị định số "
        "156/2026/NĐ-CP ngày 15 tháng 5 năm 2026",
        effective_from=_NEW,
    ),
    Basis(
        "TT05",
        "Thông tư số 07/2014/TT-TTCP ngày 31 tháng 10 năm 2014 của Tổng Thanh tra Chính phủ quy định "
        "quy trình xử lý đơn khiếu nại, đơn tố cáo, đơn kiến nghị, phản ánh",
        effective_to=_START_OF_CIRCULAR_05 - timedelta(days=1),
    ),
    Basis(
        "TT05",
        "Thông tư số 05/2021/TT-TTCP ngày 01 tháng 10 năm 2021 của Tổng Thanh tra Chính phủ quy định "
        "quy trình xử lý đơn khiếu nại, đơn tố cáo, đơn kiến nghị, phản ánh",
        effective_from=_START_OF_CIRCULAR_05,
    ),
)

_C = frozenset({CaseKind.COMPLAINT})
_D = frozenset({CaseKind.DENUNCIATION})
_PR = frozenset({CaseKind.PETITION, CaseKind.REFLECTION})
_CPR = _C | _PR
_ALL = frozenset(CaseKind)

_LAWS_TCD = ("TCD", "L136", "DECREE_TCD")
_LAWS_C = ("KN", "L136", "ND124")
_LAWS_D = ("TC", "L136", "ND31")
_LAWS_P = ("TCD", "L136", "DECREE_TCD", "TT05")

_WHO = ("person", "person_address")
_RECEIVED = ("received_on", "content")
_ACCEPTED = ("acceptance_no", "accepted_on")
_MAIN_C = (Addressee.COMPLAINANT, Addressee.RESPONDENT, Addressee.CONCERNED, Addressee.FILE)
_TO_DENOUNCED = (Addressee.DENOUNCED, Addressee.CONCERNED, Addressee.FILE)
_TO_BOTH = (Addressee.DENOUNCER, *_TO_DENOUNCED)

_RECEPTION: tuple[LetterForm, ...] = tuple(
    row
    for old in (True, False)
    for row in (
        LetterForm(
            Letter.RECEPTION_REFUSED,
            _ALL,
            "Thông báo",
            DocumentKind.NOTICE,
            Layout.NAMED,
            "tt04/reception_refused" if old else "nd154/reception_refused",
            "01-TCD" if old else "01/TCD",
            (Provision("TT04" if old else "ND154"),),
            _LAWS_TCD,
            (Addressee.VISITOR, Addressee.FILE),
            (*_WHO, "person_identity", "visit_on", "content", "ground", "ground_law"),
            names_denouncer=True,
            sending_rule="" if old else "TD-04",
            effective_from=None if old else _NEW,
            effective_to=_BEFORE if old else None,
            mark=Mark.MEMORY if old else Mark.READ,
            read_in=() if old else ("S5",),
        ),
        LetterForm(
            Letter.PAPERS_RECEIVED,
            _ALL,
            "Giấy biên nhận",
            DocumentKind.RECEIPT,
            Layout.MINUTES,
            "tt04/papers_received" if old else "nd154/papers_received",
            "02-TCD" if old else "02/TCD",
            (Provision("TT04" if old else "ND154"),),
            (),
            (Addressee.VISITOR, Addressee.FILE),
            (*_WHO, "person_identity", "started_at", "venue", "official", "papers", "copies"),
            numbered=False,
            approved=False,
            names_denouncer=True,
            signers=("Người giao", "Người nhận"),
            effective_from=None if old else _NEW,
            effective_to=_BEFORE if old else None,
            mark=Mark.MEMORY if old else Mark.READ,
            read_in=() if old else ("S5",),
        ),
    )
)


def _reception_conclusion(kinds: frozenset[CaseKind], template: str) -> LetterForm:
    """The leader's conclusion goes to the bodies concerned: without the denouncer's name."""
    named = kinds is not _D
    return LetterForm(
        Letter.RECEPTION_CONCLUSION,
        kinds,
        "Thông báo",
        DocumentKind.NOTICE,
        Layout.NAMED,
        template,
        "",
        (Provision("ND154", "25", "2"),),
        _LAWS_TCD,
        (
            (Addressee.VISITOR, Addressee.CONCERNED, Addressee.FILE)
            if named
            else (Addressee.CONCERNED, Addressee.FILE)
        ),
        (*(_WHO if named else ()), "visit_on", "content", "official", "conclusion", "assignments"),
        ("report_by",),
        effective_from=_NEW,
        read_in=("S5",),
    )


_RECEPTION_UNNUMBERED: tuple[LetterForm, ...] = (
    _reception_conclusion(_CPR, "nd154/reception_conclusion"),
    _reception_conclusion(_D, "nd154/reception_conclusion_denunciation"),
    LetterForm(
        Letter.RECEPTION_MINUTES,
        _ALL,
        "Biên bản tiếp công dân",
        DocumentKind.MINUTES,
        Layout.MINUTES,
        "tt04/reception_minutes",
        "",
        (Provision("TT04"),),
        (),
        (Addressee.VISITOR, Addressee.FILE),
        (
            *_WHO,
            "person_identity",
            "started_at",
            "venue",
            "official",
            "content",
            "conclusion",
            "ended_at",
        ),
        ("participants", "evidence", "opinions"),
        numbered=False,
        approved=False,
        names_denouncer=True,
        signers=("Công dân", "Người tiếp công dân"),
        mark=Mark.INDIRECT,
        read_in=("S18",),
    ),
    LetterForm(
        Letter.APPOINTMENT,
        _ALL,
        "Phiếu hẹn",
        DocumentKind.APPOINTMENT,
        Layout.SHEET,
        "tt04/appointment",
        "",
        (Provision("TT04"),),
        (),
        (Addressee.VISITOR, Addressee.FILE),
        ("person", "person_identity", "content", "meeting_at", "venue"),
        ("bring", "official"),
        numbered=False,
        approved=False,
        names_denouncer=True,
        signers=("Người hẹn",),
        mark=Mark.INDIRECT,
        read_in=("S18",),
    ),
)


def _proposal(kinds: frozenset[CaseKind], template: str) -> LetterForm:
    return LetterForm(
        Letter.ACCEPTANCE_PROPOSAL,
        kinds,
        "Phiếu đề xuất",
        DocumentKind.PROPOSAL,
        Layout.SHEET,
        template,
        "01",
        (Provision("TT05"),),
        (),
        (Addressee.OFFICE, Addressee.FILE),
        (*(() if kinds is _D else _WHO), *_RECEIVED, "proposal"),
        ("petition_on", "respondent", "earlier", "reason"),
        numbered=False,
        approved=False,
        signers=("Phê duyệt của thủ trưởng", "Lãnh đạo đơn vị", "Người đề xuất"),
        mark=Mark.INDIRECT,
        read_in=("S1", "S18"),
        doubt="D3",
    )


def _reminder(kinds: frozenset[CaseKind], template: str) -> LetterForm:
    return LetterForm(
        Letter.SETTLEMENT_REMINDER,
        kinds,
        "",
        DocumentKind.OFFICIAL_LETTER,
        Layout.OFFICIAL_LETTER,
        template,
        "",
        (Provision("TT05", "14", "2"), Provision("ND154", "15", "3")),
        (),
        (Addressee.LOWER_UNIT, Addressee.FILE),
        (
            *(() if kinds is _D else _WHO),
            "competent_body",
            *_RECEIVED,
            "due_on",
            "overdue_days",
            "report_by",
        ),
        mark=Mark.INDIRECT,
        read_in=("S1", "S5", "S18"),
        doubt="D3",
    )


_HANDLING: tuple[LetterForm, ...] = (
    _proposal(_CPR, "tt05/acceptance_proposal"),
    _proposal(_D, "tt05/acceptance_proposal_denunciation"),
    LetterForm(
        Letter.COMPLAINT_GUIDED,
        _C,
        "Phiếu hướng dẫn",
        DocumentKind.GUIDANCE,
        Layout.NAMED,
        "tt05/complaint_guided",
        "02",
        (Provision("TT05"),),
        ("KN", "L136", "TT05"),
        (Addressee.COMPLAINANT, Addressee.FILE),
        (*_WHO, *_RECEIVED, "competent_body"),
        ("petition_on", "reason", "legal_grounds"),
        mark=Mark.MEMORY,
        read_in=("S18",),
        doubt="D3",
    ),
    LetterForm(
        Letter.DENUNCIATION_FORWARDED,
        _D,
        "Phiếu chuyển đơn tố cáo",
        DocumentKind.FORWARDING_SLIP,
        Layout.NAMED,
        "tt05/denunciation_forwarded",
        "03",
        (Provision("TT05", "14"),),
        ("TC", "L136", "TT05"),
        (Addressee.RECEIVING_BODY, Addressee.FILE),
        (*_RECEIVED, "competent_body"),
        ("petition_on", "respondent", "legal_grounds"),
        sending_rule="TC-03",
        read_in=("S1", "S18"),
        doubt="D3",
    ),
    LetterForm(
        Letter.DENUNCIATION_FORWARD_NOTICE,
        _D,
        "Thông báo",
        DocumentKind.NOTICE,
        Layout.NAMED,
        "tt05/denunciation_forward_notice",
        "",
        (Provision("TC", "24", "2"),),
        ("TC", "L136", "TT05"),
        (Addressee.DENOUNCER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "competent_body"),
        names_denouncer=True,
        sending_rule="TC-03",
    ),
    LetterForm(
        Letter.PETITION_FORWARDED,
        _PR,
        "Phiếu chuyển đơn",
        DocumentKind.FORWARDING_SLIP,
        Layout.NAMED,
        "tt05/petition_forwarded",
        "04",
        (Provision("TT05"),),
        ("TCD", "L136", "TT05"),
        (Addressee.RECEIVING_BODY, Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "competent_body"),
        ("petition_on", "legal_grounds"),
        mark=Mark.MEMORY,
        read_in=("S18",),
        doubt="D3",
    ),
    LetterForm(
        Letter.MIXED_GUIDANCE,
        _ALL,
        "Phiếu hướng dẫn",
        DocumentKind.GUIDANCE,
        Layout.NAMED,
        "tt05/mixed_guidance",
        "07-XLĐ",
        (Provision("TT07"),),
        _LAWS_P,
        (Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, "received_on", "contents"),
        ("petition_on",),
        names_denouncer=True,
        doubt="D3",
    ),
    _reminder(_CPR, "tt05/settlement_reminder"),
    _reminder(_D, "tt05/settlement_reminder_denunciation"),
    LetterForm(
        Letter.PETITION_GUIDED,
        _PR,
        "Phiếu hướng dẫn",
        DocumentKind.GUIDANCE,
        Layout.NAMED,
        "tt05/petition_guided",
        "",
        (Provision("TCD", "26", "2"),),
        ("TCD", "L136", "TT05"),
        (Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "competent_body"),
        ("petition_on", "reason"),
    ),
    LetterForm(
        Letter.PETITION_REFUSED,
        _PR,
        "Thông báo",
        DocumentKind.NOTICE,
        Layout.NAMED,
        "tt05/petition_refused",
        "",
        (Provision("TCD", "28", "1"),),
        ("TCD", "L136", "TT05"),
        (Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "reason"),
        ("petition_on", "ground_law"),
    ),
    LetterForm(
        Letter.PETITION_ANSWER,
        _PR,
        "",
        DocumentKind.OFFICIAL_LETTER,
        Layout.OFFICIAL_LETTER,
        "tt05/petition_answer",
        "",
        (Provision("TCD", "28", "1"),),
        (),
        (Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "answer"),
        ("petition_on", "measures"),
    ),
    LetterForm(
        Letter.RETURN_NOTE,
        _CPR,
        "Phiếu trả đơn",
        DocumentKind.NOTICE,
        Layout.NAMED,
        "tt05/return_note",
        "",
        (Provision("TT05"),),
        ("TCD", "L136", "TT05"),
        (Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "reason"),
        ("petition_on", "papers"),
        mark=Mark.MEMORY,
        read_in=(),
        doubt="D3",
    ),
    LetterForm(
        Letter.REQUEST_TO_CITIZEN,
        _ALL,
        "",
        DocumentKind.OFFICIAL_LETTER,
        Layout.OFFICIAL_LETTER,
        "tt05/request_to_citizen",
        "",
        (Provision("TT05"),),
        (),
        (Addressee.PETITIONER, Addressee.FILE),
        (*_WHO, *_RECEIVED, "missing"),
        ("petition_on", "due_on"),
        approved=False,
        names_denouncer=True,
        mark=Mark.MEMORY,
        read_in=(),
    ),
)


def _complaint_pair(
    letter: Letter,
    title: str,
    number: str,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    document: DocumentKind = DocumentKind.NOTICE,
    layout: Layout = Layout.NAMED,
    addressees: tuple[Addressee, ...] = (Addressee.COMPLAINANT, Addressee.FILE),
    numbered: bool = True,
    approved: bool = True,
    signers: tuple[str, ...] = (),
) -> tuple[LetterForm, LetterForm]:
    """A form of Decree 124/2020 and the one of Decree 155/2026 that took its place."""

    def row(
        decree: str, start: date | None, end: date | None, read_in: tuple[str, ...]
    ) -> LetterForm:
        return LetterForm(
            letter,
            _C,
            title,
            document,
            layout,
            f"{decree.lower()}/{letter.value}",
            number,
            (Provision(decree),),
            _LAWS_C if layout is Layout.NAMED else (),
            addressees,
            required,
            optional,
            numbered=numbered,
            approved=approved,
            signers=signers,
            effective_from=start,
            effective_to=end,
            mark=Mark.READ if decree == "ND155" else Mark.MEMORY,
            read_in=read_in,
        )

    return row("ND124", None, _BEFORE, ()), row("ND155", _NEW, None, ("S6",))


def _complaint(
    letter: Letter,
    title: str,
    number: str,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    document: DocumentKind = DocumentKind.DECISION,
    layout: Layout = Layout.NAMED,
    addressees: tuple[Addressee, ...] = _MAIN_C,
    numbered: bool = True,
    approved: bool = True,
    signers: tuple[str, ...] = (),
) -> LetterForm:
    """A form of Decree 124/2020 that nothing has replaced; its number is from memory."""
    return LetterForm(
        letter,
        _C,
        title,
        document,
        layout,
        f"nd124/{letter.value}",
        number,
        (Provision("ND124"),),
        _LAWS_C if document is DocumentKind.DECISION else (),
        addressees,
        required,
        optional,
        numbered=numbered,
        approved=approved,
        signers=signers,
        mark=Mark.MEMORY,
    )


def _since_law_136(letter: Letter, number: str, required: tuple[str, ...]) -> LetterForm:
    """The decisions that pause, end or take up again the settlement of a complaint."""
    return LetterForm(
        letter,
        _C,
        "Quyết định",
        DocumentKind.DECISION,
        Layout.NAMED,
        f"nd155/{letter.value}",
        number,
        (Provision("ND155"),),
        _LAWS_C,
        _MAIN_C,
        required,
        ("proposer",),
        sending_rule="KN-20",
        effective_from=_NEW,
        read_in=("S6",),
    )


def _complaint_decision(instance: Instance) -> LetterForm:
    second = instance is Instance.SECOND
    return LetterForm(
        Letter.COMPLAINT_DECISION,
        _C,
        "Quyết định",
        DocumentKind.DECISION,
        Layout.NAMED,
        "nd124/complaint_decision_second" if second else "nd124/complaint_decision",
        "16" if second else "15",
        (Provision("KN", "40" if second else "31"), Provision("ND124")),
        _LAWS_C,
        _MAIN_C,
        (
            *_WHO,
            "respondent",
            *_ACCEPTED,
            "content",
            "findings",
            "legal_grounds",
            "conclusion",
            "result",
            "measures",
            *(("decision_no", "decision_on") if second else ("appeal_body", "appeal_days")),
        ),
        ("claims", "dialogue_result", "proposer", "decision_subject"),
        sending_rule="KN-15" if second else "KN-08",
        instance=instance,
        mark=Mark.MEMORY,
    )


_ABOUT_PERSON = (*_WHO, "person_identity")
_COMPLAINTS: tuple[LetterForm, ...] = (
    *_complaint_pair(
        Letter.COMPLAINT_PETITION,
        "Đơn khiếu nại",
        "01",
        ("competent_body",),
        (
            *_ABOUT_PERSON,
            "person_contact",
            "authorised",
            "authorised_address",
            "respondent",
            "content",
            "evidence",
        ),
        document=DocumentKind.PETITION,
        layout=Layout.PETITION,
        addressees=(Addressee.OFFICE,),
        numbered=False,
        approved=False,
        signers=("Người khiếu nại",),
    ),
    *_complaint_pair(
        Letter.COMPLAINT_AUTHORISATION,
        "Giấy ủy quyền khiếu nại",
        "02",
        (),
        (
            *_ABOUT_PERSON,
            "authorised",
            "authorised_address",
            "authorised_identity",
            "content",
            "scope",
        ),
        document=DocumentKind.PETITION,
        layout=Layout.PETITION,
        addressees=(Addressee.OFFICE,),
        numbered=False,
        approved=False,
        signers=("Người được ủy quyền", "Người ủy quyền"),
    ),
    *_complaint_pair(
        Letter.COMPLAINT_ACCEPTED,
        "Thông báo",
        "03",
        (*_ABOUT_PERSON, *_RECEIVED, "due_on"),
        ("petition_on", "term_days", "respondent"),
        addressees=(
            Addressee.COMPLAINANT,
            Addressee.RESPONDENT,
            Addressee.CONCERNED,
            Addressee.FILE,
        ),
    ),
    *_complaint_pair(
        Letter.COMPLAINT_REFUSED,
        "Thông báo",
        "04",
        (*_WHO, *_RECEIVED, "ground", "ground_law"),
        ("petition_on", "person_identity"),
    ),
    _complaint(
        Letter.VERIFICATION_ASSIGNED,
        "Quyết định",
        "05",
        ("verifier", *_ACCEPTED, "content", "term_days", "report_by"),
        ("proposer", "person"),
        addressees=(Addressee.VERIFIER, Addressee.CONCERNED, Addressee.FILE),
    ),
    _complaint(
        Letter.VERIFICATION_TEAM,
        "Quyết định",
        "06",
        ("team", *_ACCEPTED, "content", "term_days"),
        ("proposer", "person"),
        addressees=(Addressee.VERIFIER, Addressee.CONCERNED, Addressee.FILE),
    ),
    _complaint(
        Letter.WORKING_MINUTES,
        "Biên bản làm việc",
        "07",
        ("started_at", "venue", "participants", "content", "findings", "ended_at"),
        ("decision_no", "decision_on", "copies"),
        document=DocumentKind.MINUTES,
        layout=Layout.MINUTES,
        addressees=(Addressee.CONCERNED, Addressee.FILE),
        numbered=False,
        approved=False,
        signers=("Người làm việc với người xác minh", "Người xác minh", "Người ghi biên bản"),
    ),
    _complaint(
        Letter.EVIDENCE_REQUEST,
        "",
        "08",
        ("competent_body", "content", "evidence", "report_by"),
        ("person", *_ACCEPTED, "official"),
        document=DocumentKind.OFFICIAL_LETTER,
        layout=Layout.OFFICIAL_LETTER,
        addressees=(Addressee.CONCERNED, Addressee.FILE),
    ),
    _complaint(
        Letter.EVIDENCE_RECEIPT,
        "Giấy biên nhận",
        "09",
        (*_ABOUT_PERSON, "started_at", "venue", "official", "papers", "copies"),
        document=DocumentKind.RECEIPT,
        layout=Layout.MINUTES,
        addressees=(Addressee.CONCERNED, Addressee.FILE),
        numbered=False,
        approved=False,
        signers=("Người giao", "Người nhận"),
    ),
    _complaint(
        Letter.EXPERT_REQUEST,
        "Quyết định",
        "10",
        ("expert", "content", "questions", "evidence", "report_by"),
        (*_ACCEPTED, "proposer"),
        addressees=(Addressee.EXPERT, Addressee.FILE),
    ),
    _complaint(
        Letter.TEMPORARY_STAY,
        "Quyết định",
        "11",
        ("decision_no", "decision_on", "decision_subject", "reason", "started_on"),
        (*_ACCEPTED, "person", "proposer"),
    ),
    _complaint(
        Letter.STAY_LIFTED,
        "Quyết định",
        "12",
        ("decision_no", "decision_on", "decision_subject", "reason", "started_on"),
        (*_ACCEPTED, "person", "proposer"),
    ),
    _complaint(
        Letter.VERIFICATION_REPORT,
        "Báo cáo",
        "13",
        (
            *_WHO,
            "respondent",
            "decision_no",
            "decision_on",
            "content",
            "findings",
            "conclusion",
            "recommendations",
        ),
        ("claims", "dialogue_result", "legal_grounds"),
        document=DocumentKind.REPORT,
        addressees=(Addressee.SETTLER, Addressee.FILE),
        approved=False,
        signers=("Người xác minh",),
    ),
    LetterForm(
        Letter.DIALOGUE_NOTICE,
        _C,
        "Thông báo",
        DocumentKind.NOTICE,
        Layout.NAMED,
        "nd155/dialogue_notice",
        "",
        (Provision("KN", "30"), Provision("ND155", "11")),
        _LAWS_C,
        _MAIN_C,
        ("person", "respondent", "content", "meeting_at", "venue"),
        ("participants", "official", "bring"),
        sending_rule="KN-19",
        effective_from=_NEW,
        read_in=("S1", "S6"),
    ),
    *_complaint_pair(
        Letter.DIALOGUE_MINUTES,
        "Biên bản đối thoại",
        "14",
        (
            "started_at",
            "venue",
            "official",
            "participants",
            "content",
            "opinions",
            "agreed",
            "disagreed",
            "ended_at",
        ),
        ("copies", "conclusion"),
        document=DocumentKind.MINUTES,
        layout=Layout.MINUTES,
        addressees=_MAIN_C,
        numbered=False,
        approved=False,
        signers=(
            "Người khiếu nại",
            "Người bị khiếu nại",
            "Người ghi biên bản",
            "Người chủ trì đối thoại",
        ),
    ),
    _since_law_136(
        Letter.COMPLAINT_SUSPENDED, "14a", ("person", *_ACCEPTED, "content", "reason", "ground_law")
    ),
    _since_law_136(
        Letter.COMPLAINT_TERMINATED,
        "14a",
        ("person", *_ACCEPTED, "content", "reason", "ground_law"),
    ),
    _since_law_136(
        Letter.COMPLAINT_CONTINUED,
        "14b",
        ("person", *_ACCEPTED, "content", "decision_no", "decision_on", "reason", "due_on"),
    ),
    LetterForm(
        Letter.COMPLAINT_TERMINATED,
        _C,
        "Quyết định",
        DocumentKind.DECISION,
        Layout.NAMED,
        "nd124/complaint_terminated",
        "",
        (Provision("KN", "10"),),
        _LAWS_C,
        _MAIN_C,
        ("person", *_ACCEPTED, "content", "reason", "ground_law"),
        ("proposer",),
        effective_to=_BEFORE,
        mark=Mark.MEMORY,
        read_in=(),
    ),
    _complaint_decision(Instance.FIRST),
    _complaint_decision(Instance.SECOND),
)


def _denunciation(
    letter: Letter,
    title: str,
    number: str,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    document: DocumentKind = DocumentKind.DECISION,
    layout: Layout = Layout.NAMED,
    addressees: tuple[Addressee, ...] = _TO_DENOUNCED,
    provisions: tuple[Provision, ...] = (Provision("ND31"),),
    template: str = "",
    numbered: bool = True,
    approved: bool = True,
    names_denouncer: bool = False,
    signers: tuple[str, ...] = (),
    sending_rule: str = "",
    mark: Mark = Mark.READ,
) -> LetterForm:
    """A document of the settlement of a denunciation; nothing of who filed unless he gets it."""
    return LetterForm(
        letter,
        _D,
        title,
        document,
        layout,
        template or f"nd31/{letter.value}",
        number,
        provisions,
        _LAWS_D if document in (DocumentKind.DECISION, DocumentKind.CONCLUSION) else (),
        addressees,
        required,
        optional,
        numbered=numbered,
        approved=approved,
        names_denouncer=names_denouncer,
        signers=signers,
        sending_rule=sending_rule,
        mark=mark,
        read_in=("S1",) if mark is Mark.READ else (),
    )


def _complaint_withdrawal(decree: str) -> LetterForm:
    """The minutes of a withdrawal by word of mouth; the law gives them no form."""
    new = decree == "ND155"
    return LetterForm(
        Letter.WITHDRAWAL_RECORD,
        _C,
        "Biên bản ghi nhận việc rút khiếu nại",
        DocumentKind.MINUTES,
        Layout.MINUTES,
        f"{decree.lower()}/withdrawal_record_complaint",
        "",
        (Provision("KN", "10"), *((Provision("L136", "2", "3"),) if new else ())),
        (),
        (Addressee.COMPLAINANT, Addressee.FILE),
        (*_WHO, "started_at", "venue", "official", "withdrawn", "ended_at"),
        ("person_identity", "petition_on", "reason", "copies"),
        numbered=False,
        approved=False,
        signers=("Người rút khiếu nại", "Người ghi biên bản"),
        effective_from=_NEW if new else None,
        effective_to=None if new else _BEFORE,
        read_in=("S90",) if new else ("S1",),
    )


_TC34 = (Provision("TC", "34"),)
_DENUNCIATIONS: tuple[LetterForm, ...] = (
    _denunciation(
        Letter.DENUNCIATION_EXTENDED,
        "Quyết định",
        "01",
        (*_ACCEPTED, "content", "reason", "term_days", "due_on"),
        ("proposer", "respondent"),
        addressees=_TO_BOTH,
    ),
    *(
        LetterForm(
            letter,
            _D,
            title,
            document,
            layout,
            f"{decree.lower()}/{letter.value}",
            number,
            (Provision(decree),),
            (),
            addressees,
            required,
            optional,
            numbered=False,
            approved=False,
            names_denouncer=True,
            signers=signers,
            effective_from=_NEW if decree == "ND156" else None,
            effective_to=None if decree == "ND156" else _BEFORE,
            read_in=("S7",) if decree == "ND156" else ("S1",),
        )
        for decree in ("ND31", "ND156")
        for letter, title, document, layout, number, addressees, required, optional, signers in (
            (
                Letter.DENUNCIATION_WITHDRAWAL,
                "Đơn rút tố cáo",
                DocumentKind.PETITION,
                Layout.PETITION,
                "02",
                (Addressee.OFFICE,),
                ("competent_body",),
                (
                    *_ABOUT_PERSON,
                    "person_contact",
                    "petition_on",
                    "respondent",
                    "withdrawn",
                    "reason",
                ),
                ("Người rút tố cáo",),
            ),
            (
                Letter.WITHDRAWAL_RECORD,
                "Biên bản ghi nhận việc rút tố cáo",
                DocumentKind.MINUTES,
                Layout.MINUTES,
                "03",
                (Addressee.DENOUNCER, Addressee.FILE),
                (*_WHO, "started_at", "venue", "official", "withdrawn", "ended_at"),
                ("person_identity", "petition_on", "reason", "copies"),
                ("Người rút tố cáo", "Người ghi biên bản"),
            ),
        )
    ),
    _complaint_withdrawal("ND124"),
    _complaint_withdrawal("ND155"),
    _denunciation(
        Letter.DENUNCIATION_ACCEPTED,
        "Quyết định",
        "04",
        ("received_on", "content", "term_days"),
        ("proposer", "respondent", "due_on"),
        addressees=(Addressee.VERIFIER, Addressee.FILE),
    ),
    _denunciation(
        Letter.DENUNCIATION_ACCEPTANCE_NOTICE,
        "Thông báo",
        "05",
        (*_WHO, "received_on", *_ACCEPTED, "content", "due_on"),
        ("term_days",),
        document=DocumentKind.NOTICE,
        addressees=(Addressee.DENOUNCER, Addressee.FILE),
        names_denouncer=True,
        sending_rule="TC-05",
    ),
    _denunciation(
        Letter.DENUNCIATION_CONTENT_NOTICE,
        "Thông báo",
        "06",
        ("respondent", *_ACCEPTED, "content", "report_by"),
        ("respondent_address", "due_on"),
        document=DocumentKind.NOTICE,
        addressees=(Addressee.DENOUNCED, Addressee.FILE),
        sending_rule="TC-05",
    ),
    _denunciation(
        Letter.VERIFICATION_TEAM,
        "Quyết định",
        "07",
        ("team", *_ACCEPTED, "content", "term_days"),
        ("proposer", "respondent"),
        addressees=(Addressee.VERIFIER, Addressee.DENOUNCED, Addressee.FILE),
        template="nd31/verification_team",
    ),
    _denunciation(
        Letter.WORKING_MINUTES,
        "Biên bản làm việc",
        "08",
        ("started_at", "venue", "participants", "content", "findings", "ended_at"),
        ("decision_no", "decision_on", "copies"),
        document=DocumentKind.MINUTES,
        layout=Layout.MINUTES,
        addressees=(Addressee.CONCERNED, Addressee.FILE),
        numbered=False,
        approved=False,
        signers=("Người làm việc với Tổ xác minh", "Đại diện Tổ xác minh", "Người ghi biên bản"),
    ),
    _denunciation(
        Letter.EXPERT_REQUEST,
        "",
        "09",
        ("expert", "content", "questions", "evidence", "report_by"),
        _ACCEPTED,
        document=DocumentKind.OFFICIAL_LETTER,
        layout=Layout.OFFICIAL_LETTER,
        addressees=(Addressee.EXPERT, Addressee.FILE),
    ),
    _denunciation(
        Letter.VERIFICATION_REPORT,
        "Báo cáo",
        "10",
        (
            "respondent",
            "decision_no",
            "decision_on",
            "content",
            "findings",
            "conclusion",
            "recommendations",
        ),
        ("claims", "legal_grounds"),
        document=DocumentKind.REPORT,
        addressees=(Addressee.SETTLER, Addressee.FILE),
        numbered=False,
        approved=False,
        signers=("Tổ trưởng Tổ xác minh",),
    ),
    _denunciation(
        Letter.VERIFICATION_BODY_REPORT,
        "Báo cáo",
        "11",
        (
            "respondent",
            "decision_no",
            "decision_on",
            "content",
            "findings",
            "conclusion",
            "recommendations",
        ),
        ("claims", "legal_grounds"),
        document=DocumentKind.REPORT,
        addressees=(Addressee.SETTLER, Addressee.FILE),
    ),
    _denunciation(
        Letter.DENUNCIATION_CONCLUSION,
        "Kết luận",
        "12",
        (
            "respondent",
            *_ACCEPTED,
            "content",
            "findings",
            "legal_grounds",
            "conclusion",
            "result",
            "measures",
            "recommendations",
        ),
        ("claims",),
        document=DocumentKind.CONCLUSION,
        sending_rule="TC-09",
    ),
    _denunciation(
        Letter.DENUNCIATION_CONCLUSION_NOTICE,
        "Thông báo",
        "",
        (*_WHO, "conclusion_no", "conclusion_on", "content", "conclusion", "result"),
        ("measures",),
        document=DocumentKind.NOTICE,
        addressees=(Addressee.DENOUNCER, Addressee.FILE),
        provisions=(Provision("TC", "35", "3"),),
        names_denouncer=True,
        sending_rule="TC-09",
    ),
    _denunciation(
        Letter.DENUNCIATION_REFUSED,
        "Thông báo",
        "",
        (*_WHO, *_RECEIVED, "ground", "ground_law"),
        ("petition_on",),
        document=DocumentKind.NOTICE,
        addressees=(Addressee.DENOUNCER, Addressee.FILE),
        provisions=(Provision("TC", "24", "1"), Provision("TC", "29", "1")),
        names_denouncer=True,
    ),
    *(
        _denunciation(
            letter,
            "Quyết định",
            "",
            (*_ACCEPTED, "content", "reason", "ground_law"),
            ("proposer", "respondent"),
            addressees=_TO_BOTH,
            provisions=_TC34,
            mark=Mark.MEMORY,
        )
        for letter in (Letter.DENUNCIATION_SUSPENDED, Letter.DENUNCIATION_TERMINATED)
    ),
    _denunciation(
        Letter.DENUNCIATION_CONTINUED,
        "Quyết định",
        "",
        (*_ACCEPTED, "content", "decision_no", "decision_on", "reason", "due_on"),
        ("proposer", "respondent"),
        addressees=_TO_BOTH,
        provisions=_TC34,
        mark=Mark.MEMORY,
    ),
)

FORMS: tuple[LetterForm, ...] = (
    *_RECEPTION,
    *_RECEPTION_UNNUMBERED,
    *_HANDLING,
    *_COMPLAINTS,
    *_DENUNCIATIONS,
)
NUMBERED_KINDS: tuple[DocumentKind, ...] = tuple(
    kind for kind in DocumentKind if any(row.numbered and row.document is kind for row in FORMS)
)
"""The kinds of document that have a register."""

_BY_TEMPLATE = {row.template: row for row in FORMS}


def forms(letter: Letter | None = None) -> tuple[LetterForm, ...]:
    """All rows, or those of one letter, in the order of the table."""
    return tuple(row for row in FORMS if letter is None or row.letter is letter)


def forms_for(
    kind: CaseKind, on: date, instance: Instance = Instance.FIRST
) -> tuple[LetterForm, ...]:
    """The documents that a case of this kind may have on a day."""
    return tuple(row for row in FORMS if _fits(row, kind, on, instance))


def form(
    letter: Letter, kind: CaseKind, on: date, instance: Instance = Instance.FIRST
) -> LetterForm:
    """The row of a letter for a kind of case on the day it is drafted.

    Raises `RuleBroken("no_such_form")` where the law of that day knows none, as with the
    suspension of a complaint before Law 136/2025.
    """
    for row in forms(letter):
        if _fits(row, kind, on, instance):
            return row
    raise RuleBroken("no_such_form", letter=letter, kind=kind, on=on)


def forms_to_fill_in(on: date) -> tuple[LetterForm, ...]:
    """The forms that people fill in and sign themselves, as the law of a day has them."""
    return tuple(row for row in FORMS if row.layout is Layout.PETITION and row.holds_on(on))


def form_of_template(template: str) -> LetterForm:
    """The row of a shipped text by its key, also once a newer one holds."""
    found = _BY_TEMPLATE.get(template)
    if found is None:
        raise RuleBroken("no_such_template", template=template)
    return found


def _fits(row: LetterForm, kind: CaseKind, on: date, instance: Instance) -> bool:
    return kind in row.kinds and row.instance in (None, instance) and row.holds_on(on)


def bases(laws: Iterable[str], on: date) -> tuple[str, ...]:
    """The lines "Căn cứ …" for these instruments as they stand on a day."""
    return tuple(
        f"Căn cứ {row.text};"
        for key in laws
        for row in BASES
        if row.instrument == key and in_force(row.effective_from, row.effective_to, on)
    )
