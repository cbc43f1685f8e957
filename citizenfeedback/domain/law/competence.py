"""Who must decide: the law's rules of competence, as rows, and the right door for the rest.

A row says who settles a kind of submission against a kind of respondent, between two dates, with
its article and how surely it was read. Districts occur only in rows that end on 2025-06-30. The
day asked about is the day of the event: the receipt of the submission at hand, so that a second
complaint received today goes where today's law sends it.

A row with a doubt says so in both languages; it proposes, and a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from citizenfeedback.domain.law.regimes import START_OF_LAW_136, START_OF_TWO_LEVELS, in_force
from citizenfeedback.domain.law.sources import Mark, Provision, cite
from citizenfeedback.domain.vocabulary import CaseKind, Instance, UnitLevel

END_OF_DISTRICTS = START_OF_TWO_LEVELS - timedelta(days=1)
DAY_BEFORE_LAW_136 = START_OF_LAW_136 - timedelta(days=1)


class RespondentKind(StrEnum):
    """Whose decision, act or conduct it is. A head is the head or a deputy head."""

    COMMUNE_CHAIR = "commune_chair"
    COMMUNE_OFFICIAL = "commune_official"
    COMMUNE_BODY_HEAD = "commune_body_head"
    COMMUNE_BODY_OFFICIAL = "commune_body_official"
    DISTRICT_CHAIR = "district_chair"
    DISTRICT_ACT = "district_act"
    AGENCY_HEAD = "agency_head"
    AGENCY_OFFICIAL = "agency_official"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_OFFICIAL = "department_official"
    PROVINCE_CHAIR = "province_chair"
    PROVINCE_OFFICIAL = "province_official"
    ORGANISATION = "organisation"
    MOVED_OFFICIAL = "moved_official"
    DISSOLVED_BODY = "dissolved_body"
    OTHER_UNDER_PROVINCE = "other_under_province"


class RespondentRank(StrEnum):
    """What the respondent is in its unit, for `respondent_of`."""

    HEAD = "head"
    OFFICIAL = "official"
    BODY = "body"


class Settler(StrEnum):
    """Who must decide."""

    COMMUNE_CHAIR = "commune_chair"
    DISTRICT_CHAIR = "district_chair"
    AGENCY_HEAD = "agency_head"
    DEPARTMENT_DIRECTOR = "department_director"
    PROVINCE_CHAIR = "province_chair"
    MINISTER = "minister"
    PRIME_MINISTER = "prime_minister"
    DESIGNATED_BY_PROVINCE_CHAIR = "designated_by_province_chair"
    FORMER_BODY_HEAD = "former_body_head"
    SUCCESSOR_HEAD = "successor_head"
    FIELD_BODY = "field_body"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not sure about a row, said to the person who decides."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    """One rule. `levels` empty: the level of the respondent's unit does not matter."""

    code: str
    kinds: tuple[CaseKind, ...]
    respondents: tuple[RespondentKind, ...]
    instances: tuple[Instance, ...]
    settler: Settler
    provisions: tuple[Provision, ...]
    vi: str
    en: str
    levels: tuple[UnitLevel, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S1",)
    doubt: Doubt | None = None

    def law(self, lang: str = "vi") -> str:
        """The article the rule comes from."""
        return cite(self.provisions, lang)

    def why(self, lang: str = "vi") -> str:
        """The rule in one sentence."""
        return self.vi if lang == "vi" else self.en

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return in_force(self.effective_from, self.effective_to, day)

    def fits(
        self, kind: CaseKind, respondent: RespondentKind, level: UnitLevel, instance: Instance
    ) -> bool:
        """Whether the rule speaks of this respondent in this instance."""
        return (
            kind in self.kinds
            and respondent in self.respondents
            and instance in self.instances
            and (not self.levels or level in self.levels)
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who must decide, by which row; the page shows it with its article, reason and doubt."""

    settler: Settler
    row: CompetenceRow

    @property
    def doubt(self) -> Doubt | None:
        """What is not sure, or None."""
        return self.row.doubt

    def law(self, lang: str = "vi") -> str:
        """The article."""
        return self.row.law(lang)

    def why(self, lang: str = "vi") -> str:
        """The reason in one sentence."""
        return self.row.why(lang)


_R = RespondentKind
_S = Settler
_L = UnitLevel
_KN = (CaseKind.COMPLAINT,)
_TC = (CaseKind.DENUNCIATION,)
_ASKED = (CaseKind.PETITION, CaseKind.REFLECTION)
_FIRST = (Instance.FIRST,)
_SECOND = (Instance.SECOND,)
_BOTH = (Instance.FIRST, Instance.SECOND)

_OF_COMMUNE = (_R.COMMUNE_CHAIR, _R.COMMUNE_OFFICIAL)
_OF_COMMUNE_BODY = (_R.COMMUNE_BODY_HEAD, _R.COMMUNE_BODY_OFFICIAL)
_OF_DISTRICT = (_R.DISTRICT_CHAIR, _R.DISTRICT_ACT)
_OF_AGENCY = (_R.AGENCY_HEAD, _R.AGENCY_OFFICIAL)
_OF_DEPARTMENT = (_R.DEPARTMENT_HEAD, _R.DEPARTMENT_OFFICIAL)
_OF_PROVINCE = (_R.PROVINCE_CHAIR, _R.PROVINCE_OFFICIAL)
# A complaint is against a decision or act: it stays with the body whose act it is, by its level.
_OF_THE_BODY = (_R.ORGANISATION, _R.MOVED_OFFICIAL, _R.OTHER_UNDER_PROVINCE)

_CHECK_141 = Doubt(
    "Chưa đọc toàn văn Nghị định 141/2025. Kiểm tra lại điều khoản trước khi áp dụng.",
    "The text of Decree 141/2025 was not read. Check the article before use.",
)
_SUCCESSOR = Doubt(
    "Cấp huyện đã kết thúc ngày 30/6/2025. Nghị định 141/2025 giao việc cho cấp xã hoặc cấp "
    "tỉnh: xác định cơ quan kế thừa rồi mới chọn.",
    "Districts ended on 30/06/2025. Decree 141/2025 gives the matter to the commune or the "
    "province: find out the successor before choosing.",
)
_BY_LEVEL = Doubt(
    "Điều luật nói về quyết định, hành vi của cơ quan. Xếp theo cấp của cơ quan ra quyết định.",
    "The article speaks of the body's decision or act. It is placed by the level of that body.",
)
_MINISTER = Doubt(
    "Xác định bộ quản lý ngành, lĩnh vực của quyết định bị khiếu nại.",
    "Find out which ministry manages the field of the decision complained of.",
)
_UNREAD_SUPERIOR = Doubt(
    "Suy ra từ nguyên tắc cấp trên trực tiếp. Kiểm tra lại điều luật trước khi áp dụng.",
    "Follows from the principle of the direct superior. Check the article before use.",
)
_FOLLOW_UP = Doubt(
    "Tố cáo tiếp do cấp trên trực tiếp của người đã giải quyết xem xét. Kiểm tra lại điều 37.",
    "A follow-up goes to the direct superior of whoever settled. Check article 37 before use.",
)
_BRANCHES = Doubt(
    "Điều 12 có nhiều trường hợp, theo nơi người bị tố cáo làm việc lúc đó và bây giờ. "
    "Đọc khoản 3 đến 5 trước khi chọn.",
    "Article 12 has several branches, by where the person worked then and works now. Read "
    "clauses 3 to 5 before choosing.",
)
_NO_BODIES_THEN = Doubt(
    "Trước ngày 01/7/2025, cấp xã chưa có cơ quan chuyên môn; xếp như công chức cấp xã.",
    "Before 01/07/2025 communes had no specialised bodies; treated as commune officials.",
)


def _kn(*clauses: tuple[str, str]) -> tuple[Provision, ...]:
    return tuple(Provision("KN", article, clause) for article, clause in clauses)


def _tc(*clauses: tuple[str, str]) -> tuple[Provision, ...]:
    return tuple(Provision("TC", article, clause) for article, clause in clauses)


_ND141 = Provision("ND141")
_READ_IN_141 = ("S12", "S21")

_COMPLAINTS = (
    CompetenceRow(
        "KN-XA-1",
        _KN,
        _OF_COMMUNE,
        _FIRST,
        _S.COMMUNE_CHAIR,
        _kn(("17", "")),
        "Quyết định, hành vi của Chủ tịch UBND cấp xã và người do mình quản lý: Chủ tịch UBND cấp "
        "xã giải quyết lần đầu.",
        "Acts of the commune chairman and of those he manages: the commune chairman settles first.",
    ),
    CompetenceRow(
        "KN-XA-2a",
        _KN,
        _OF_COMMUNE,
        _SECOND,
        _S.DISTRICT_CHAIR,
        _kn(("18", "")),
        "Khi còn cấp huyện, Chủ tịch UBND cấp huyện giải quyết lần hai khiếu nại ở cấp xã.",
        "While there were districts, their chairman settled complaints of communes second.",
        effective_to=END_OF_DISTRICTS,
    ),
    CompetenceRow(
        "KN-XA-2b",
        _KN,
        _OF_COMMUNE,
        _SECOND,
        _S.PROVINCE_CHAIR,
        (*_kn(("21", "2")), _ND141),
        "Không còn cấp huyện: Chủ tịch UBND cấp tỉnh giải quyết lần hai khiếu nại ở cấp xã.",
        "Without districts the province chairman settles complaints of communes second.",
        effective_from=START_OF_TWO_LEVELS,
        effective_to=DAY_BEFORE_LAW_136,
        mark=Mark.INDIRECT,
        read_in=_READ_IN_141,
        doubt=_CHECK_141,
    ),
    CompetenceRow(
        "KN-XA-2c",
        _KN,
        (*_OF_COMMUNE, *_OF_COMMUNE_BODY),
        _SECOND,
        _S.PROVINCE_CHAIR,
        _kn(("21", "2")),
        "Chủ tịch UBND cấp tỉnh giải quyết lần hai khiếu nại mà Chủ tịch UBND cấp xã đã giải quyết.",
        "The province chairman settles second what the commune chairman settled first.",
        effective_from=START_OF_LAW_136,
        read_in=("S90",),
    ),
    CompetenceRow(
        "KN-CM-1a",
        _KN,
        _OF_COMMUNE_BODY,
        _FIRST,
        _S.COMMUNE_CHAIR,
        _kn(("17", "")),
        "Người do Chủ tịch UBND cấp xã quản lý: Chủ tịch UBND cấp xã giải quyết lần đầu.",
        "Those whom the commune chairman manages: the commune chairman settles first.",
        effective_to=END_OF_DISTRICTS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_NO_BODIES_THEN,
    ),
    CompetenceRow(
        "KN-CM-1b",
        _KN,
        _OF_COMMUNE_BODY,
        _FIRST,
        _S.COMMUNE_CHAIR,
        (*_kn(("17", "")), _ND141),
        "Cơ quan chuyên môn thuộc UBND cấp xã: Chủ tịch UBND cấp xã giải quyết lần đầu.",
        "Specialised bodies under the commune: the commune chairman settles first.",
        effective_from=START_OF_TWO_LEVELS,
        effective_to=DAY_BEFORE_LAW_136,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_CHECK_141,
    ),
    CompetenceRow(
        "KN-CM-1c",
        _KN,
        _OF_COMMUNE_BODY,
        _FIRST,
        _S.COMMUNE_CHAIR,
        _kn(("17", "")),
        "Cơ quan chuyên môn thuộc UBND cấp xã: Chủ tịch UBND cấp xã giải quyết lần đầu.",
        "Specialised bodies under the commune: the commune chairman settles first.",
        effective_from=START_OF_LAW_136,
        read_in=("S90",),
    ),
    CompetenceRow(
        "KN-CM-2a",
        _KN,
        _OF_COMMUNE_BODY,
        _SECOND,
        _S.DISTRICT_CHAIR,
        _kn(("18", "")),
        "Khi còn cấp huyện, Chủ tịch UBND cấp huyện giải quyết lần hai khiếu nại ở cấp xã.",
        "While there were districts, their chairman settled complaints of communes second.",
        effective_to=END_OF_DISTRICTS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_NO_BODIES_THEN,
    ),
    CompetenceRow(
        "KN-CM-2b",
        _KN,
        _OF_COMMUNE_BODY,
        _SECOND,
        _S.PROVINCE_CHAIR,
        (*_kn(("21", "2")), _ND141),
        "Không còn cấp huyện: Chủ tịch UBND cấp tỉnh giải quyết lần hai khiếu nại ở cấp xã.",
        "Without districts the province chairman settles complaints of communes second.",
        effective_from=START_OF_TWO_LEVELS,
        effective_to=DAY_BEFORE_LAW_136,
        mark=Mark.INDIRECT,
        read_in=_READ_IN_141,
        doubt=_CHECK_141,
    ),
    CompetenceRow(
        "KN-H-1a",
        _KN,
        _OF_DISTRICT,
        _FIRST,
        _S.DISTRICT_CHAIR,
        _kn(("18", "")),
        "Khi còn cấp huyện: Chủ tịch UBND cấp huyện giải quyết lần đầu khiếu nại ở cấp huyện.",
        "While there were districts, their chairman settled complaints against them first.",
        effective_to=END_OF_DISTRICTS,
    ),
    CompetenceRow(
        "KN-H-1b",
        _KN,
        _OF_DISTRICT,
        _FIRST,
        _S.COMMUNE_CHAIR,
        (_ND141,),
        "Quyết định, hành vi của cấp huyện trước đây: cơ quan kế thừa giải quyết lần đầu.",
        "Acts of a former district: the successor settles first.",
        effective_from=START_OF_TWO_LEVELS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_SUCCESSOR,
    ),
    CompetenceRow(
        "KN-H-2a",
        _KN,
        _OF_DISTRICT,
        _SECOND,
        _S.PROVINCE_CHAIR,
        _kn(("21", "2")),
        "Chủ tịch UBND cấp tỉnh giải quyết lần hai khiếu nại mà cấp huyện đã giải quyết.",
        "The province chairman settled second what the district had settled first.",
        effective_to=END_OF_DISTRICTS,
    ),
    CompetenceRow(
        "KN-H-2b",
        _KN,
        _OF_DISTRICT,
        _SECOND,
        _S.PROVINCE_CHAIR,
        (_ND141,),
        "Chủ tịch UBND cấp tỉnh giải quyết lần hai việc của cấp huyện trước đây.",
        "The province chairman settles second what concerned a former district.",
        effective_from=START_OF_TWO_LEVELS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_SUCCESSOR,
    ),
    CompetenceRow(
        "KN-CC-1",
        _KN,
        _OF_AGENCY,
        _FIRST,
        _S.AGENCY_HEAD,
        _kn(("19", "")),
        "Thủ trưởng cơ quan thuộc sở giải quyết lần đầu quyết định, hành vi của cơ quan mình.",
        "The head of an agency under a department settles first what his agency did.",
    ),
    CompetenceRow(
        "KN-CC-2",
        _KN,
        _OF_AGENCY,
        _SECOND,
        _S.DEPARTMENT_DIRECTOR,
        _kn(("20", "")),
        "Giám đốc sở giải quyết lần hai khiếu nại mà cơ quan thuộc sở đã giải quyết.",
        "The department director settles second what an agency under him settled first.",
    ),
    CompetenceRow(
        "KN-S-1",
        _KN,
        _OF_DEPARTMENT,
        _FIRST,
        _S.DEPARTMENT_DIRECTOR,
        _kn(("20", "")),
        "Giám đốc sở giải quyết lần đầu quyết định, hành vi của mình và người do mình quản lý.",
        "The department director settles first acts of his own and of those he manages.",
    ),
    CompetenceRow(
        "KN-S-2",
        _KN,
        _OF_DEPARTMENT,
        _SECOND,
        _S.PROVINCE_CHAIR,
        _kn(("21", "")),
        "Chủ tịch UBND cấp tỉnh giải quyết lần hai khiếu nại mà giám đốc sở đã giải quyết.",
        "The province chairman settles second what a department director settled first.",
    ),
    CompetenceRow(
        "KN-T-1",
        _KN,
        (_R.PROVINCE_CHAIR,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _kn(("21", "")),
        "Chủ tịch UBND cấp tỉnh giải quyết lần đầu quyết định, hành vi của chính mình.",
        "The province chairman settles first acts of his own.",
    ),
    CompetenceRow(
        "KN-T-1b",
        _KN,
        (_R.PROVINCE_OFFICIAL,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _kn(("21", "")),
        "Người do Chủ tịch UBND cấp tỉnh trực tiếp quản lý: Chủ tịch UBND cấp tỉnh giải quyết.",
        "Those whom the province chairman manages himself: he settles first.",
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_BY_LEVEL,
    ),
    CompetenceRow(
        "KN-T-2",
        _KN,
        _OF_PROVINCE,
        _SECOND,
        _S.MINISTER,
        _kn(("23", "")),
        "Bộ trưởng quản lý ngành giải quyết lần hai việc Chủ tịch UBND cấp tỉnh đã giải quyết.",
        "The competent minister settles second what the province chairman settled first.",
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_MINISTER,
    ),
    CompetenceRow(
        "KN-GT-1",
        _KN,
        (_R.DISSOLVED_BODY,),
        _FIRST,
        _S.SUCCESSOR_HEAD,
        _kn(("17", ""), ("19", ""), ("20", ""), ("21", "")),
        "Cơ quan đã sáp nhập, giải thể: người đứng đầu cơ quan kế thừa giải quyết lần đầu.",
        "A body merged or dissolved: the head of its successor settles first.",
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_UNREAD_SUPERIOR,
    ),
    CompetenceRow(
        "KN-GT-2",
        _KN,
        (_R.DISSOLVED_BODY,),
        _SECOND,
        _S.PROVINCE_CHAIR,
        _kn(("21", "2")),
        "Cơ quan đã sáp nhập, giải thể: Chủ tịch UBND cấp tỉnh giải quyết lần hai.",
        "A body merged or dissolved: the province chairman settles second.",
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_UNREAD_SUPERIOR,
    ),
)


def _by_level(
    code: str,
    level: UnitLevel,
    instance: Instance,
    settler: Settler,
    article: str,
    start: date | None = None,
    end: date | None = None,
) -> CompetenceRow:
    """A complaint whose respondent is named loosely: placed by the level of the unit."""
    return CompetenceRow(
        code,
        _KN,
        _OF_THE_BODY,
        (instance,),
        settler,
        (Provision("KN", article),) if article else (_ND141,),
        "Khiếu nại là về quyết định, hành vi của cơ quan: giải quyết theo cấp của cơ quan đó.",
        "A complaint is about the act of a body: it is settled by the level of that body.",
        levels=(level,),
        effective_from=start,
        effective_to=end,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_SUCCESSOR if level is _L.DISTRICT and start else _BY_LEVEL,
    )


_I1, _I2 = Instance.FIRST, Instance.SECOND
_COMPLAINTS_BY_LEVEL = (
    _by_level("KN-CQ-XA-1", _L.COMMUNE, _I1, _S.COMMUNE_CHAIR, "17"),
    _by_level("KN-CQ-XA-2a", _L.COMMUNE, _I2, _S.DISTRICT_CHAIR, "18", None, END_OF_DISTRICTS),
    _by_level("KN-CQ-XA-2b", _L.COMMUNE, _I2, _S.PROVINCE_CHAIR, "21", START_OF_TWO_LEVELS),
    _by_level("KN-CQ-H-1a", _L.DISTRICT, _I1, _S.DISTRICT_CHAIR, "18", None, END_OF_DISTRICTS),
    _by_level("KN-CQ-H-1b", _L.DISTRICT, _I1, _S.COMMUNE_CHAIR, "", START_OF_TWO_LEVELS),
    _by_level("KN-CQ-H-2", _L.DISTRICT, _I2, _S.PROVINCE_CHAIR, "21"),
    _by_level("KN-CQ-CC-1", _L.SERVICE_UNIT, _I1, _S.AGENCY_HEAD, "19"),
    _by_level("KN-CQ-CC-2", _L.SERVICE_UNIT, _I2, _S.DEPARTMENT_DIRECTOR, "20"),
    _by_level("KN-CQ-TO-1", _L.TEAM, _I1, _S.AGENCY_HEAD, "19"),
    _by_level("KN-CQ-TO-2", _L.TEAM, _I2, _S.DEPARTMENT_DIRECTOR, "20"),
    _by_level("KN-CQ-S-1", _L.DEPARTMENT, _I1, _S.DEPARTMENT_DIRECTOR, "20"),
    _by_level("KN-CQ-S-2", _L.DEPARTMENT, _I2, _S.PROVINCE_CHAIR, "21"),
    _by_level("KN-CQ-T-1", _L.PROVINCE, _I1, _S.PROVINCE_CHAIR, "21"),
    _by_level("KN-CQ-T-2", _L.PROVINCE, _I2, _S.MINISTER, "23"),
)

_DENUNCIATIONS = (
    CompetenceRow(
        "TC-XA",
        _TC,
        (_R.COMMUNE_OFFICIAL,),
        _FIRST,
        _S.COMMUNE_CHAIR,
        _tc(("13", "1")),
        "Chủ tịch UBND cấp xã giải quyết tố cáo công chức do mình quản lý.",
        "The commune chairman settles denunciations of the officials he manages.",
        read_in=("S1", "S90"),
    ),
    CompetenceRow(
        "TC-CM-a",
        _TC,
        _OF_COMMUNE_BODY,
        _FIRST,
        _S.COMMUNE_CHAIR,
        _tc(("13", "1")),
        "Chủ tịch UBND cấp xã giải quyết tố cáo công chức do mình quản lý.",
        "The commune chairman settles denunciations of the officials he manages.",
        effective_to=END_OF_DISTRICTS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_NO_BODIES_THEN,
    ),
    CompetenceRow(
        "TC-CM-b",
        _TC,
        _OF_COMMUNE_BODY,
        _FIRST,
        _S.COMMUNE_CHAIR,
        (*_tc(("13", "1")), _ND141),
        "Chủ tịch UBND cấp xã giải quyết tố cáo cơ quan thuộc UBND cấp xã và người của cơ quan đó.",
        "The commune chairman settles denunciations of commune bodies and of those in them.",
        effective_from=START_OF_TWO_LEVELS,
        effective_to=DAY_BEFORE_LAW_136,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_CHECK_141,
    ),
    CompetenceRow(
        "TC-CM-c",
        _TC,
        _OF_COMMUNE_BODY,
        _FIRST,
        _S.COMMUNE_CHAIR,
        _tc(("13", "1")),
        "Chủ tịch UBND cấp xã giải quyết tố cáo cơ quan thuộc UBND cấp xã và người của cơ quan đó.",
        "The commune chairman settles denunciations of commune bodies and of those in them.",
        effective_from=START_OF_LAW_136,
        read_in=("S1", "S90"),
    ),
    CompetenceRow(
        "TC-XA-CTa",
        _TC,
        (_R.COMMUNE_CHAIR,),
        _FIRST,
        _S.DISTRICT_CHAIR,
        _tc(("13", "2")),
        "Khi còn cấp huyện, tố cáo Chủ tịch, Phó Chủ tịch UBND cấp xã do Chủ tịch UBND cấp huyện "
        "giải quyết.",
        "While there were districts, their chairman settled denunciations of commune chairmen.",
        effective_to=END_OF_DISTRICTS,
    ),
    CompetenceRow(
        "TC-XA-CTb",
        _TC,
        (_R.COMMUNE_CHAIR,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        (*_tc(("12", "1")), _ND141),
        "Không còn cấp huyện: tố cáo Chủ tịch, Phó Chủ tịch UBND cấp xã do Chủ tịch UBND cấp tỉnh "
        "giải quyết.",
        "Without districts the province chairman settles denunciations of commune chairmen.",
        effective_from=START_OF_TWO_LEVELS,
        effective_to=DAY_BEFORE_LAW_136,
        mark=Mark.INDIRECT,
        read_in=("S12",),
        doubt=_CHECK_141,
    ),
    CompetenceRow(
        "TC-XA-CTc",
        _TC,
        (_R.COMMUNE_CHAIR,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        (Provision("TC", "13", "4", "a"),),
        "Tố cáo Chủ tịch, Phó Chủ tịch UBND cấp xã do Chủ tịch UBND cấp tỉnh giải quyết.",
        "The province chairman settles denunciations of commune chairmen and their deputies.",
        effective_from=START_OF_LAW_136,
        read_in=("S1", "S90"),
    ),
    CompetenceRow(
        "TC-H-a",
        _TC,
        (_R.DISTRICT_ACT,),
        _FIRST,
        _S.DISTRICT_CHAIR,
        _tc(("13", "2")),
        "Khi còn cấp huyện, Chủ tịch UBND cấp huyện giải quyết tố cáo công chức do mình quản lý.",
        "While there were districts, their chairman settled denunciations of their officials.",
        effective_to=END_OF_DISTRICTS,
    ),
    CompetenceRow(
        "TC-H-b",
        _TC,
        (_R.DISTRICT_ACT,),
        _FIRST,
        _S.SUCCESSOR_HEAD,
        _tc(("12", "3"), ("12", "4"), ("12", "5")),
        "Công chức cấp huyện trước đây: người đứng đầu cơ quan kế thừa giải quyết.",
        "Officials of a former district: the head of the body that took over settles.",
        effective_from=START_OF_TWO_LEVELS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_SUCCESSOR,
    ),
    CompetenceRow(
        "TC-H-CT",
        _TC,
        (_R.DISTRICT_CHAIR,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _tc(("12", "1")),
        "Tố cáo người đứng đầu do người đứng đầu cơ quan cấp trên trực tiếp giải quyết.",
        "A head is denounced to the head of the body directly above.",
        effective_to=END_OF_DISTRICTS,
    ),
    CompetenceRow(
        "TC-H-CTb",
        _TC,
        (_R.DISTRICT_CHAIR,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _tc(("12", "1")),
        "Chủ tịch UBND cấp huyện trước đây: Chủ tịch UBND cấp tỉnh giải quyết.",
        "Chairmen of former districts: the province chairman settles.",
        effective_from=START_OF_TWO_LEVELS,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_BRANCHES,
    ),
    CompetenceRow(
        "TC-CC",
        _TC,
        (_R.AGENCY_OFFICIAL,),
        _FIRST,
        _S.AGENCY_HEAD,
        _tc(("12", "1")),
        "Tố cáo công chức, viên chức do người đứng đầu cơ quan quản lý người đó giải quyết.",
        "An official is denounced to the head of the body that manages him.",
    ),
    CompetenceRow(
        "TC-CC-TT",
        _TC,
        (_R.AGENCY_HEAD,),
        _FIRST,
        _S.DEPARTMENT_DIRECTOR,
        _tc(("13", "3")),
        "Giám đốc sở giải quyết tố cáo cấp trưởng, cấp phó của cơ quan thuộc sở.",
        "The department director settles denunciations of heads and deputies of his agencies.",
    ),
    CompetenceRow(
        "TC-S",
        _TC,
        (_R.DEPARTMENT_OFFICIAL,),
        _FIRST,
        _S.DEPARTMENT_DIRECTOR,
        _tc(("12", "1"), ("13", "3")),
        "Giám đốc sở giải quyết tố cáo công chức do mình quản lý.",
        "The department director settles denunciations of the officials he manages.",
    ),
    CompetenceRow(
        "TC-S-GD",
        _TC,
        (_R.DEPARTMENT_HEAD,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _tc(("13", "4")),
        "Chủ tịch UBND cấp tỉnh giải quyết tố cáo giám đốc, phó giám đốc sở.",
        "The province chairman settles denunciations of department heads and their deputies.",
    ),
    CompetenceRow(
        "TC-T",
        _TC,
        (_R.PROVINCE_OFFICIAL,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _tc(("12", "1")),
        "Tố cáo công chức do người đứng đầu cơ quan quản lý người đó giải quyết.",
        "An official is denounced to the head of the body that manages him.",
    ),
    CompetenceRow(
        "TC-T-CT",
        _TC,
        (_R.PROVINCE_CHAIR,),
        _FIRST,
        _S.PRIME_MINISTER,
        _tc(("12", "1")),
        "Tố cáo Chủ tịch, Phó Chủ tịch UBND cấp tỉnh do người đứng đầu cấp trên trực tiếp giải "
        "quyết.",
        "The chairman and deputies of the province are denounced to the head directly above.",
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_UNREAD_SUPERIOR,
    ),
    CompetenceRow(
        "TC-CT",
        _TC,
        (_R.MOVED_OFFICIAL,),
        _FIRST,
        _S.FORMER_BODY_HEAD,
        _tc(("12", "3"), ("12", "4"), ("12", "5")),
        "Người đã chuyển công tác: người đứng đầu cơ quan quản lý lúc xảy ra việc chủ trì, cùng "
        "cơ quan đang quản lý.",
        "An official who has moved: the head of the body then in charge leads, with the one now.",
        doubt=_BRANCHES,
    ),
    CompetenceRow(
        "TC-GT",
        _TC,
        (_R.DISSOLVED_BODY,),
        _FIRST,
        _S.SUCCESSOR_HEAD,
        _tc(("12", "3"), ("12", "4"), ("12", "5")),
        "Cơ quan đã sáp nhập, giải thể: người đứng đầu cơ quan kế thừa giải quyết.",
        "A body merged or dissolved: the head of its successor settles.",
        doubt=_BRANCHES,
    ),
    CompetenceRow(
        "TC-K-a",
        _TC,
        (_R.OTHER_UNDER_PROVINCE,),
        _FIRST,
        _S.PROVINCE_CHAIR,
        _tc(("12", "1")),
        "Chưa có điều khoản riêng: trình Chủ tịch UBND cấp tỉnh.",
        "No clause of its own yet: laid before the province chairman.",
        effective_to=DAY_BEFORE_LAW_136,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_UNREAD_SUPERIOR,
    ),
    CompetenceRow(
        "TC-K-b",
        _TC,
        (_R.OTHER_UNDER_PROVINCE,),
        _FIRST,
        _S.DESIGNATED_BY_PROVINCE_CHAIR,
        _tc(("12", "7")),
        "Thuộc quản lý của tỉnh lúc xảy ra việc, không thuộc khoản 3 đến 6: Chủ tịch UBND cấp tỉnh "
        "giao người giải quyết.",
        "Under the province at the time and outside clauses 3 to 6: its chairman names the settler.",
        effective_from=START_OF_LAW_136,
        read_in=("S90",),
    ),
)


def _organisation(
    code: str,
    levels: tuple[UnitLevel, ...],
    settler: Settler,
    clause: tuple[str, str] = ("12", "6"),
    *,
    start: date | None = None,
    end: date | None = None,
    doubt: Doubt | None = None,
) -> CompetenceRow:
    """An organisation in duty is denounced to the head of its direct superior, by its level."""
    return CompetenceRow(
        code,
        _TC,
        (_R.ORGANISATION,),
        _FIRST,
        settler,
        _tc(clause),
        "Tố cáo cơ quan, tổ chức do người đứng đầu cơ quan cấp trên trực tiếp giải quyết.",
        "An organisation is denounced to the head of the body directly above it.",
        levels=levels,
        effective_from=start,
        effective_to=end,
        mark=Mark.READ if doubt is None else Mark.MEMORY,
        read_in=("S1",) if doubt is None else (),
        doubt=doubt,
    )


_DENUNCIATIONS_OF_BODIES = (
    _organisation("TC-TC-XA-a", (_L.COMMUNE,), _S.DISTRICT_CHAIR, end=END_OF_DISTRICTS),
    _organisation("TC-TC-XA-b", (_L.COMMUNE,), _S.PROVINCE_CHAIR, start=START_OF_TWO_LEVELS),
    _organisation("TC-TC-H-a", (_L.DISTRICT,), _S.PROVINCE_CHAIR, end=END_OF_DISTRICTS),
    _organisation(
        "TC-TC-H-b", (_L.DISTRICT,), _S.PROVINCE_CHAIR, start=START_OF_TWO_LEVELS, doubt=_SUCCESSOR
    ),
    _organisation("TC-TC-CC", (_L.SERVICE_UNIT,), _S.DEPARTMENT_DIRECTOR, ("13", "3")),
    _organisation("TC-TC-TO", (_L.TEAM,), _S.AGENCY_HEAD),
    _organisation("TC-TC-S", (_L.DEPARTMENT,), _S.PROVINCE_CHAIR),
    _organisation("TC-TC-T", (_L.PROVINCE,), _S.PRIME_MINISTER, doubt=_UNREAD_SUPERIOR),
)

# Who stands directly above a settler, for a follow-up denunciation; a district has dates of its own.
SUPERIOR_OF: dict[Settler, Settler] = {
    _S.DISTRICT_CHAIR: _S.PROVINCE_CHAIR,
    _S.AGENCY_HEAD: _S.DEPARTMENT_DIRECTOR,
    _S.DEPARTMENT_DIRECTOR: _S.PROVINCE_CHAIR,
    _S.PROVINCE_CHAIR: _S.PRIME_MINISTER,
    _S.PRIME_MINISTER: _S.PRIME_MINISTER,
    _S.DESIGNATED_BY_PROVINCE_CHAIR: _S.PROVINCE_CHAIR,
    _S.FORMER_BODY_HEAD: _S.PROVINCE_CHAIR,
    _S.SUCCESSOR_HEAD: _S.PROVINCE_CHAIR,
}


def _follow_up(first: CompetenceRow) -> tuple[CompetenceRow, ...]:
    """The follow-up of a denunciation: the direct superior of whoever settled it, by date."""
    start, end = first.effective_from, first.effective_to
    if first.settler is not _S.COMMUNE_CHAIR:
        return (_followed(first, "", SUPERIOR_OF[first.settler], start, end),)
    if end == END_OF_DISTRICTS:
        return (_followed(first, "", _S.DISTRICT_CHAIR, start, end),)
    if start is not None:
        return (_followed(first, "", _S.PROVINCE_CHAIR, start, end),)
    return (
        _followed(first, "-a", _S.DISTRICT_CHAIR, None, END_OF_DISTRICTS),
        _followed(first, "-b", _S.PROVINCE_CHAIR, START_OF_TWO_LEVELS, end),
    )


def _followed(
    first: CompetenceRow, suffix: str, settler: Settler, start: date | None, end: date | None
) -> CompetenceRow:
    return CompetenceRow(
        f"{first.code}-TIEP{suffix}",
        _TC,
        first.respondents,
        _SECOND,
        settler,
        _tc(("37", "")),
        "Tố cáo tiếp: người đứng đầu cơ quan cấp trên trực tiếp của người đã giải quyết xem xét.",
        "A follow-up denunciation: the head of the body directly above the settler examines it.",
        levels=first.levels,
        effective_from=start,
        effective_to=end,
        mark=Mark.MEMORY,
        read_in=(),
        doubt=_FOLLOW_UP,
    )


_ASKED_ROW = CompetenceRow(
    "KNPA",
    _ASKED,
    tuple(RespondentKind),
    _BOTH,
    _S.FIELD_BODY,
    (Provision("TCD", "26"),),
    "Kiến nghị, phản ánh do cơ quan quản lý lĩnh vực đó xem xét, trả lời.",
    "A petition or reflection is considered and answered by the body that manages the field.",
)

ROWS: tuple[CompetenceRow, ...] = (
    *_COMPLAINTS,
    *_COMPLAINTS_BY_LEVEL,
    *_DENUNCIATIONS,
    *_DENUNCIATIONS_OF_BODIES,
    *(row for first in (*_DENUNCIATIONS, *_DENUNCIATIONS_OF_BODIES) for row in _follow_up(first)),
    _ASKED_ROW,
)


def competent_body(
    day: date,
    kind: CaseKind,
    respondent: RespondentKind,
    level: UnitLevel,
    instance: Instance = Instance.FIRST,
) -> Proposal:
    """Who must decide a submission received on a day; there is exactly one answer to each."""
    row = next(
        row for row in ROWS if row.holds_on(day) and row.fits(kind, respondent, level, instance)
    )
    return Proposal(row.settler, row)


_BY_RANK: dict[UnitLevel, tuple[RespondentKind, RespondentKind]] = {
    _L.PROVINCE: (_R.PROVINCE_CHAIR, _R.PROVINCE_OFFICIAL),
    _L.DEPARTMENT: _OF_DEPARTMENT,
    _L.DISTRICT: _OF_DISTRICT,
    _L.COMMUNE: _OF_COMMUNE,
    _L.SERVICE_UNIT: _OF_AGENCY,
}


@dataclass(frozen=True, slots=True)
class Respondent:
    """What `competent_body` asks about a respondent."""

    kind: RespondentKind
    level: UnitLevel


def respondent_of(level: UnitLevel, rank: RespondentRank, above: UnitLevel | None) -> Respondent:
    """The respondent by rank, the level of the unit and the level of the nearest one above it.

    Units under a commune are its bodies; an agency directly under the province counts as a
    department; a team, whoever is meant in it, belongs to the unit above.
    """
    if level in (_L.SERVICE_UNIT, _L.TEAM) and above is _L.COMMUNE:
        official = rank is RespondentRank.OFFICIAL
        return Respondent(_OF_COMMUNE_BODY[1 if official else 0], _L.COMMUNE)
    if level is _L.TEAM:
        level = above if above in _BY_RANK else _L.SERVICE_UNIT
        return Respondent(_BY_RANK[level][1], level)
    if level is _L.SERVICE_UNIT and above is _L.PROVINCE:
        level = _L.DEPARTMENT
    if rank is RespondentRank.BODY:
        return Respondent(_R.ORGANISATION, level)
    return Respondent(_BY_RANK[level][0 if rank is RespondentRank.HEAD else 1], level)


# The right door


class Sign(StrEnum):
    """What a submission shows that opens another door than the competent settler's."""

    NAMELESS = "nameless"
    CONCRETE_EVIDENCE = "concrete_evidence"
    PARTY_RULES = "party_rules"
    CRIME = "crime"
    IMMINENT_HARM = "imminent_harm"
    AT_COURT = "at_court"
    SETTLED_TWICE = "settled_twice"


class Door(StrEnum):
    """Where a submission goes that this office does not settle."""

    STOP_THE_HARM = "stop_the_harm"
    INVESTIGATORS = "investigators"
    PARTY_BODY = "party_body"
    INSPECTION = "inspection"
    COURT = "court"
    FILE_IN_FORM = "file_in_form"
    SETTLER = "settler"


class Way(StrEnum):
    """How it gets there."""

    GUIDE = "guide"
    FORWARD = "forward"
    TRANSFER = "transfer"
    REPORT_AT_ONCE = "report_at_once"
    INVITE = "invite"


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One way on. `last` rows end the search: nothing else is proposed beside them."""

    code: str
    door: Door
    way: Way
    kinds: tuple[CaseKind, ...]
    signs: frozenset[Sign]
    without: frozenset[Sign]
    provisions: tuple[Provision, ...]
    vi: str
    en: str
    last: bool = True
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S1",)

    def law(self, lang: str = "vi") -> str:
        """The article that opens the door."""
        return cite(self.provisions, lang)

    def why(self, lang: str = "vi") -> str:
        """What to do, in one sentence."""
        return self.vi if lang == "vi" else self.en

    def opens(self, kind: CaseKind, signs: frozenset[Sign]) -> bool:
        """Whether the door is open to a submission that shows these signs."""
        return kind in self.kinds and self.signs <= signs and not self.without & signs


@dataclass(frozen=True, slots=True)
class RightDoor:
    """A door with the row that opens it; `proposal` names the settler where it leads to one."""

    door: Door
    way: Way
    row: DoorRow
    proposal: Proposal | None = None


_ANY: frozenset[Sign] = frozenset()
DOORS: tuple[DoorRow, ...] = (
    DoorRow(
        "CUA-KHAN",
        Door.STOP_THE_HARM,
        Way.REPORT_AT_ONCE,
        _TC,
        frozenset({Sign.IMMINENT_HARM}),
        _ANY,
        (Provision("TC", "27", "2"), Provision("TT05", "16")),
        "Sắp gây thiệt hại nghiêm trọng: báo ngay cơ quan có thẩm quyền để ngăn chặn.",
        "Serious harm is near: report at once to those who can stop it.",
        last=False,
    ),
    DoorRow(
        "CUA-DT",
        Door.INVESTIGATORS,
        Way.TRANSFER,
        _TC,
        frozenset({Sign.CRIME}),
        _ANY,
        (Provision("TC", "27", "1"),),
        "Có dấu hiệu tội phạm: chuyển ngay hồ sơ cho cơ quan điều tra, viện kiểm sát.",
        "Signs of a crime: hand the file at once to investigators or the procuracy.",
    ),
    DoorRow(
        "CUA-DANG",
        Door.PARTY_BODY,
        Way.FORWARD,
        _TC,
        frozenset({Sign.PARTY_RULES}),
        frozenset({Sign.CRIME}),
        (Provision("TT05", "15"),),
        "Tố cáo đảng viên vi phạm quy định của Đảng: chuyển đến cơ quan của Đảng.",
        "A Party member is denounced under Party rules: forward to the body of the Party.",
    ),
    DoorRow(
        "CUA-TTR",
        Door.INSPECTION,
        Way.TRANSFER,
        _TC,
        frozenset({Sign.NAMELESS, Sign.CONCRETE_EVIDENCE}),
        frozenset({Sign.CRIME, Sign.PARTY_RULES}),
        (Provision("TC", "25"),),
        "Không rõ người tố cáo nhưng nội dung rõ, có chứng cứ cụ thể: chuyển thanh tra, kiểm tra.",
        "No known denouncer, yet clear content with concrete evidence: pass to inspection.",
    ),
    DoorRow(
        "CUA-LAI",
        Door.FILE_IN_FORM,
        Way.INVITE,
        _TC,
        frozenset({Sign.NAMELESS}),
        frozenset({Sign.CRIME, Sign.PARTY_RULES, Sign.CONCRETE_EVIDENCE}),
        (Provision("TC", "25"), Provision("TC", "22")),
        "Không xử lý theo luật tố cáo; giữ làm thông tin. Có thể mời người gửi tố cáo đúng hình "
        "thức.",
        "Not handled as a denunciation; kept as information. The sender may be invited to file it "
        "in form.",
    ),
    DoorRow(
        "CUA-TA",
        Door.COURT,
        Way.GUIDE,
        _KN,
        frozenset({Sign.AT_COURT}),
        _ANY,
        (Provision("KN", "11", "9"),),
        "Tòa án đã thụ lý hoặc đã giải quyết: hướng dẫn theo tòa án.",
        "A court has taken up or judged the matter: guide to the court.",
    ),
    DoorRow(
        "CUA-TA2",
        Door.COURT,
        Way.GUIDE,
        _KN,
        frozenset({Sign.SETTLED_TWICE}),
        frozenset({Sign.AT_COURT}),
        (Provision("KN", "44", "3"), Provision("KN", "11", "7")),
        "Đã có quyết định lần hai: hướng dẫn khởi kiện vụ án hành chính tại tòa án.",
        "A second decision exists: guide to a lawsuit before the administrative court.",
    ),
    DoorRow(
        "CUA-KN",
        Door.SETTLER,
        Way.GUIDE,
        _KN,
        _ANY,
        frozenset({Sign.AT_COURT, Sign.SETTLED_TWICE}),
        (Provision("TT07", "7"),),
        "Khiếu nại không thuộc thẩm quyền: hướng dẫn đến người có thẩm quyền, không chuyển đơn.",
        "A complaint outside competence: guide to the competent person, never forward.",
        mark=Mark.INDIRECT,
        read_in=("S1", "S18"),
    ),
    DoorRow(
        "CUA-TC",
        Door.SETTLER,
        Way.FORWARD,
        _TC,
        _ANY,
        frozenset({Sign.CRIME, Sign.PARTY_RULES, Sign.NAMELESS}),
        (Provision("TC", "24", "2"), Provision("TT05", "14")),
        "Tố cáo không thuộc thẩm quyền: chuyển đến người có thẩm quyền và báo người tố cáo.",
        "A denunciation outside competence: forward to the competent person, tell the denouncer.",
    ),
    DoorRow(
        "CUA-KNPA",
        Door.SETTLER,
        Way.FORWARD,
        _ASKED,
        _ANY,
        _ANY,
        (Provision("TCD", "26", "2", "b"), Provision("TT07", "21")),
        "Kiến nghị, phản ánh không thuộc thẩm quyền: chuyển đến cơ quan quản lý lĩnh vực.",
        "A petition or reflection outside competence: forward to the body managing the field.",
    ),
)


def right_door(
    day: date,
    kind: CaseKind,
    respondent: RespondentKind,
    level: UnitLevel,
    instance: Instance = Instance.FIRST,
    signs: Iterable[Sign] = (),
) -> tuple[RightDoor, ...]:
    """Where a submission outside competence goes: never nothing, the most urgent first."""
    shown = frozenset(signs)
    found: list[RightDoor] = []
    for row in DOORS:
        if not row.opens(kind, shown):
            continue
        proposal = (
            competent_body(day, kind, respondent, level, instance)
            if row.door is Door.SETTLER
            else None
        )
        found.append(RightDoor(row.door, row.way, row, proposal))
        if row.last:
            break
    return tuple(found)


# From the code of a settler to a unit of the tree


class UnitRecord(Protocol):
    """What the resolver reads of a unit."""

    @property
    def id(self) -> int:
        """The key of the unit."""
        ...

    @property
    def level(self) -> UnitLevel:
        """Its level."""
        ...

    @property
    def parent_id(self) -> int | None:
        """The unit above it, or None."""
        ...

    @property
    def valid_from(self) -> date | None:
        """Its first day, None open."""
        ...

    @property
    def valid_to(self) -> date | None:
        """Its last day, None open."""
        ...


@dataclass(frozen=True, slots=True)
class SettlingUnit:
    """The unit whose head must decide; without one, `missing` says why.

    `outside_tree`: the settler sits above the province. `no_such_unit`: nothing of that level
    stands above the respondent. `unit_ended`: it stood there, and had ended by that day.
    `by_field`: the body that manages the field is found by routing.
    """

    settler: Settler
    unit_id: int | None
    missing: str | None = None


_LEVEL_OF: dict[Settler, UnitLevel] = {
    _S.COMMUNE_CHAIR: _L.COMMUNE,
    _S.DISTRICT_CHAIR: _L.DISTRICT,
    _S.PROVINCE_CHAIR: _L.PROVINCE,
    _S.DESIGNATED_BY_PROVINCE_CHAIR: _L.PROVINCE,
}
_WITHOUT_UNIT: dict[Settler, str] = {
    _S.MINISTER: "outside_tree",
    _S.PRIME_MINISTER: "outside_tree",
    _S.FIELD_BODY: "by_field",
}


def settling_unit(
    settler: Settler, respondent_unit: int, units: Iterable[UnitRecord], day: date
) -> SettlingUnit:
    """The unit of the tree in which the settler sits, seen from the respondent's unit."""
    if settler in _WITHOUT_UNIT:
        return SettlingUnit(settler, None, _WITHOUT_UNIT[settler])
    by_id = {unit.id: unit for unit in units}
    line = _line(respondent_unit, by_id)
    found = next((unit for unit in line if _seats(settler, unit, by_id)), None)
    if found is None:
        return SettlingUnit(settler, None, "no_such_unit")
    if not in_force(found.valid_from, found.valid_to, day):
        return SettlingUnit(settler, None, "unit_ended")
    return SettlingUnit(settler, found.id)


def _line(start: int, by_id: dict[int, UnitRecord]) -> list[UnitRecord]:
    """The unit and those above it; a ring in the data ends where it closes."""
    line: list[UnitRecord] = []
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at in by_id and at not in seen:
        seen.add(at)
        line.append(by_id[at])
        at = by_id[at].parent_id
    return line


def _seats(settler: Settler, unit: UnitRecord, by_id: dict[int, UnitRecord]) -> bool:
    """Whether this settler is the head of this unit."""
    if settler in _LEVEL_OF:
        return unit.level is _LEVEL_OF[settler]
    above = by_id.get(unit.parent_id) if unit.parent_id is not None else None
    under_province = above is not None and above.level is _L.PROVINCE
    if settler is _S.DEPARTMENT_DIRECTOR:
        return unit.level is _L.DEPARTMENT or (unit.level is _L.SERVICE_UNIT and under_province)
    # The head of an agency, or of the body then or now in charge: the nearest that is no team.
    return unit.level is not _L.TEAM
