"""The closed lists of the law, as rows.

Why a submission is not accepted, a visitor not received, a case suspended or ended, and what makes
a matter complex. Each ground has a stable code, what it says in both languages, its article and the
dates between which it holds. A letter of refusal quotes the ground; the person picks it from the
list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.regimes import START_OF_LAW_136, in_force
from citizenfeedback.domain.law.sources import Mark, Provision, cite
from citizenfeedback.domain.vocabulary import CaseKind, Complexity


class GroundList(StrEnum):
    """The lists a ground can be on."""

    COMPLAINT_NOT_ACCEPTED = "complaint_not_accepted"
    DENUNCIATION_NOT_ACCEPTED = "denunciation_not_accepted"
    VISITOR_NOT_RECEIVED = "visitor_not_received"
    SUBMISSION_NOT_ELIGIBLE = "submission_not_eligible"
    COMPLAINT_SUSPENDED = "complaint_suspended"
    COMPLAINT_TERMINATED = "complaint_terminated"
    DENUNCIATION_SUSPENDED = "denunciation_suspended"
    DENUNCIATION_TERMINATED = "denunciation_terminated"
    WITHDRAWN_YET_SETTLED = "withdrawn_yet_settled"
    SUBMISSION_FILED = "submission_filed"
    COMPLEX_MATTER = "complex_matter"


@dataclass(frozen=True, slots=True)
class Ground:
    """One entry of a list. `written_notice` grounds oblige to a letter (term TD-04)."""

    code: str
    group: GroundList
    vi: str
    en: str
    provisions: tuple[Provision, ...]
    effective_from: date | None = None
    effective_to: date | None = None
    written_notice: bool = False
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S1",)

    def label(self, lang: str = "vi") -> str:
        """What the ground says."""
        return self.vi if lang == "vi" else self.en

    def law(self, lang: str = "vi") -> str:
        """The article the ground comes from."""
        return cite(self.provisions, lang)

    def holds_on(self, day: date) -> bool:
        """Whether the ground may be used on a day."""
        return in_force(self.effective_from, self.effective_to, day)


def _complaint_not_accepted(clause: int, vi: str, en: str) -> Ground:
    provision = Provision("KN", "11", str(clause))
    return Ground(f"KN11-{clause}", GroundList.COMPLAINT_NOT_ACCEPTED, vi, en, (provision,))


def _refusal_2026(point: str, code: str, vi: str, en: str, *, written: bool = False) -> Ground:
    return Ground(
        f"N154-{code}",
        GroundList.VISITOR_NOT_RECEIVED,
        vi,
        en,
        (Provision("ND154", "4", "1", point),),
        effective_from=START_OF_LAW_136,
        written_notice=written,
        read_in=("S5",),
    )


def _since_2026(
    code: str, group: GroundList, vi: str, en: str, provision: Provision, read_in: str
) -> Ground:
    return Ground(
        code,
        group,
        vi,
        en,
        (provision,),
        effective_from=START_OF_LAW_136,
        read_in=(read_in,),
    )


_COMPLAINT_NOT_ACCEPTED = (
    _complaint_not_accepted(
        1,
        "Quyết định, hành vi chỉ đạo mang tính nội bộ; văn bản quy phạm pháp luật; "
        "bí mật nhà nước trong quốc phòng, an ninh, ngoại giao",
        "Internal steering acts, normative legal documents, or state secrets in defence, "
        "security and diplomacy",
    ),
    _complaint_not_accepted(
        2,
        "Không liên quan trực tiếp đến quyền, lợi ích hợp pháp của người khiếu nại",
        "The act does not directly concern the rights or interests of the complainant",
    ),
    _complaint_not_accepted(
        3,
        "Người khiếu nại không có năng lực hành vi dân sự đầy đủ và không có người đại diện "
        "hợp pháp",
        "The complainant lacks full civil capacity and has no lawful representative",
    ),
    _complaint_not_accepted(
        4, "Người đại diện không hợp pháp", "The representative is not a lawful one"
    ),
    _complaint_not_accepted(
        5,
        "Đơn không có chữ ký hoặc điểm chỉ của người khiếu nại",
        "The complaint bears neither signature nor fingerprint",
    ),
    _complaint_not_accepted(
        6,
        "Hết thời hiệu, thời hạn khiếu nại mà không có lý do chính đáng",
        "The time limit has passed without good reason",
    ),
    _complaint_not_accepted(
        7, "Đã có quyết định giải quyết lần hai", "A second-instance decision exists"
    ),
    _complaint_not_accepted(
        8,
        "Đã đình chỉ giải quyết mà sau 30 ngày không khiếu nại tiếp",
        "Settlement was terminated and the complaint was not resumed within 30 days",
    ),
    _complaint_not_accepted(
        9,
        "Tòa án đã thụ lý hoặc đã giải quyết, trừ khi tòa án đã đình chỉ vụ án",
        "A court has accepted or judged the matter, unless it terminated the case",
    ),
)

_DENUNCIATION = GroundList.DENUNCIATION_NOT_ACCEPTED
_DENUNCIATION_NOT_ACCEPTED = (
    Ground(
        "TC29-1a",
        _DENUNCIATION,
        "Tố cáo không đúng hình thức: phải bằng đơn hoặc trình bày trực tiếp",
        "Not in form: a denunciation is a written petition or a direct statement",
        (Provision("TC", "22"), Provision("TC", "23"), Provision("TC", "29", "1")),
    ),
    Ground(
        "TC29-1b",
        _DENUNCIATION,
        "Người tố cáo không có đủ năng lực hành vi dân sự và không có người đại diện hợp pháp",
        "The denouncer lacks full capacity and has no lawful representative",
        (Provision("TC", "29", "1"),),
    ),
    Ground(
        "TC29-1c",
        _DENUNCIATION,
        "Vụ việc không thuộc thẩm quyền giải quyết",
        "The matter is not within competence",
        (Provision("TC", "29", "1"),),
    ),
    Ground(
        "TC29-1d",
        _DENUNCIATION,
        "Nội dung tố cáo không có cơ sở xác định người vi phạm, hành vi vi phạm",
        "The content gives no basis for identifying violator and violation",
        (Provision("TC", "29", "1"),),
    ),
    Ground(
        "TC29-1e",
        _DENUNCIATION,
        "Tố cáo từ vụ khiếu nại đã giải quyết đúng luật mà không có chứng cứ người giải quyết "
        "vi phạm",
        "It grows out of a duly settled complaint without evidence that the settler broke the law",
        (Provision("TC", "29", "1"),),
    ),
    Ground(
        "TC25-1",
        _DENUNCIATION,
        "Đơn không ghi rõ họ tên, địa chỉ của người tố cáo",
        "The denouncer is anonymous: no clear name or address",
        (Provision("TC", "25"),),
    ),
    Ground(
        "TC25-2",
        _DENUNCIATION,
        "Đã kiểm tra, xác minh mà không xác định được người tố cáo",
        "The denouncer could not be traced by checking",
        (Provision("TC", "25"),),
    ),
    Ground(
        "TC25-3",
        _DENUNCIATION,
        "Người tố cáo dùng họ tên của người khác",
        "The denouncer used the name of another person",
        (Provision("TC", "25"),),
    ),
    Ground(
        "TC24-3",
        _DENUNCIATION,
        "Đơn đã gửi nhiều cơ quan, trong đó có cơ quan có thẩm quyền, hoặc đã được hướng dẫn",
        "Sent to several bodies including the competent one, or sent again after guidance",
        (Provision("TC", "24", "3"),),
    ),
)

_VISITOR = GroundList.VISITOR_NOT_RECEIVED
_VISITOR_NOT_RECEIVED = (
    Ground(
        "TC9-1",
        _VISITOR,
        "Say do chất kích thích, mắc bệnh tâm thần hoặc bệnh làm mất nhận thức, điều khiển hành vi",
        "Intoxicated, or ill so that awareness or control of conduct is lost",
        (Provision("TCD", "9", "1"),),
    ),
    Ground(
        "TC9-2",
        _VISITOR,
        "Đe dọa, xúc phạm cơ quan, người tiếp công dân; vi phạm nội quy tiếp công dân",
        "Threatens or insults, or breaks the rules of the reception",
        (Provision("TCD", "9", "2"),),
    ),
    Ground(
        "TC9-3",
        _VISITOR,
        "Vụ việc đã giải quyết đúng pháp luật, đã kiểm tra, thông báo bằng văn bản và giải thích",
        "Lawfully settled, reviewed, notified in writing and explained, yet raised again",
        (Provision("TCD", "9", "3"),),
        written_notice=True,
        read_in=("S1", "S5"),
    ),
    _refusal_2026(
        "a",
        "a",
        "Mang vũ khí, chất nổ, vật nguy hiểm mà không giao nộp",
        "Weapons, explosives or dangerous objects not handed over",
    ),
    _refusal_2026("b", "b", "Không chấp hành kiểm tra an ninh", "Refuses the security check"),
    _refusal_2026(
        "c",
        "c",
        "Ghi âm, ghi hình, phát trực tiếp sau khi đã được yêu cầu dừng",
        "Records or streams after being asked not to",
    ),
    _refusal_2026(
        "d", "d", "Kích động, gây rối trật tự công cộng", "Incites or disturbs public order"
    ),
    _refusal_2026(
        "đ",
        "dd",
        "Không có đủ năng lực hành vi dân sự và không có người đại diện hợp pháp",
        "No full civil capacity and no lawful representative",
    ),
    _refusal_2026(
        "e",
        "e",
        "Người đại diện không có giấy tờ chứng minh việc đại diện",
        "A representative without proof of it",
    ),
    _refusal_2026(
        "g",
        "g",
        "Nội dung không phải khiếu nại, tố cáo, kiến nghị, phản ánh",
        "Neither complaint nor denunciation, petition or report",
    ),
    _refusal_2026(
        "h",
        "h",
        "Kiến nghị, phản ánh đã được tiếp, hướng dẫn hoặc trả lời bằng văn bản, không có tình "
        "tiết mới",
        "A petition or report already received, guided or answered in writing, without new facts",
        written=True,
    ),
    _refusal_2026(
        "i",
        "i",
        "Đã có bản án, quyết định của tòa án có hiệu lực, không còn được xem xét lại",
        "Final judgment of a court that can no longer be reviewed",
    ),
    _refusal_2026(
        "k",
        "k",
        "Vụ việc đang được cơ quan có thẩm quyền khác giải quyết",
        "Being handled by another competent body",
    ),
)


_ONCE_FORWARDED = Provision("TT05", "14")


def _not_eligible(code: str, vi: str, en: str) -> Ground:
    provision = Provision("TT07", "6", "2")
    return Ground(code, GroundList.SUBMISSION_NOT_ELIGIBLE, vi, en, (provision,))


_SUBMISSION_NOT_ELIGIBLE = (
    _not_eligible("XLD-1", "Không viết bằng tiếng Việt", "Not in Vietnamese"),
    _not_eligible(
        "XLD-2",
        "Thiếu ngày, họ tên, địa chỉ, chữ ký hoặc điểm chỉ",
        "Date, name, address, signature or fingerprint is missing",
    ),
    _not_eligible(
        "XLD-3",
        "Không nêu rõ người, cơ quan bị khiếu nại, tố cáo, nội dung hoặc yêu cầu",
        "Does not name the person or body concerned, the content or the request",
    ),
    _not_eligible(
        "XLD-4",
        "Đã được cơ quan này xử lý và không còn quyền khiếu nại, tố cáo tiếp",
        "Already handled by this body, with no further recourse open",
    ),
    _not_eligible(
        "XLD-5",
        "Đã gửi nhiều cơ quan, trong đó có cơ quan có thẩm quyền",
        "Sent to several bodies including the competent one",
    ),
    _not_eligible(
        "XLD-6",
        "Đã được hướng dẫn một lần về cùng nội dung",
        "Already guided once on the same content",
    ),
    _not_eligible("XLD-7", "Rách nát, không đọc được", "Torn or illegible"),
    Ground(
        "XLD-8",
        GroundList.SUBMISSION_NOT_ELIGIBLE,
        "Đơn tố cáo cùng nội dung đã được chuyển một lần",
        "A denunciation of the same content was forwarded once already",
        (_ONCE_FORWARDED,),
    ),
)

_SUSPENSION = Provision("L136", "2", "4")
_COMPLAINT_PAUSED = (
    _since_2026(
        "KN11a-1-1",
        GroundList.COMPLAINT_SUSPENDED,
        "Bất khả kháng hoặc trở ngại khách quan làm người khiếu nại không thể tham gia",
        "Force majeure or an objective obstacle keeps the complainant from taking part",
        _SUSPENSION,
        "S90",
    ),
    _since_2026(
        "KN11a-1-2",
        GroundList.COMPLAINT_SUSPENDED,
        "Cần chờ kết quả của cơ quan khác về vấn đề liên quan trực tiếp",
        "The result of another body on a directly related matter must be awaited",
        _SUSPENSION,
        "S90",
    ),
)
_COMPLAINT_ENDED = tuple(
    _since_2026(f"KN11a-2-{letter}", GroundList.COMPLAINT_TERMINATED, vi, en, _SUSPENSION, "S90")
    for letter, vi, en in (
        ("a", "Người khiếu nại rút toàn bộ khiếu nại", "The complaint was wholly withdrawn"),
        (
            "b",
            "Người khiếu nại chết, tổ chức chấm dứt mà không có người thừa kế quyền, nghĩa vụ",
            "The complainant died or the organisation ended, with nobody to succeed",
        ),
        (
            "c",
            "Đối tượng hoặc nội dung khiếu nại không còn",
            "Nothing is left to settle: object or content no longer exists",
        ),
        (
            "d",
            "Tòa án đã thụ lý hoặc đã quyết định về vụ việc",
            "A court has accepted or decided the matter",
        ),
    )
)


def _from_memory(code: str, group: GroundList, vi: str, en: str) -> Ground:
    """A ground of article 34, which was not read: to be checked before use."""
    return Ground(code, group, vi, en, (Provision("TC", "34"),), mark=Mark.MEMORY, read_in=())


_DENUNCIATION_PAUSED = (
    _from_memory(
        "TC34-1-1",
        GroundList.DENUNCIATION_SUSPENDED,
        "Cần chờ kết quả giải quyết của tòa án",
        "The result of a court must be awaited",
    ),
    _from_memory(
        "TC34-1-2",
        GroundList.DENUNCIATION_SUSPENDED,
        "Cần chờ kết quả của cơ quan, tổ chức, cá nhân khác",
        "The result of another body or person must be awaited",
    ),
    _from_memory(
        "TC34-1-3",
        GroundList.DENUNCIATION_SUSPENDED,
        "Cần chờ kết luận giám định hoặc ý kiến chuyên môn",
        "The opinion of an expert must be awaited",
    ),
)
_DENUNCIATION_ENDED = (
    _from_memory(
        "TC34-3-1",
        GroundList.DENUNCIATION_TERMINATED,
        "Người tố cáo rút toàn bộ tố cáo, không thuộc trường hợp vẫn phải giải quyết",
        "The denunciation was wholly withdrawn, and nothing asks for settling it all the same",
    ),
    _from_memory(
        "TC34-3-2",
        GroundList.DENUNCIATION_TERMINATED,
        "Người bị tố cáo là cá nhân đã chết và không cần giải quyết tiếp",
        "The person denounced has died and there is no need to go on",
    ),
    _from_memory(
        "TC34-3-3",
        GroundList.DENUNCIATION_TERMINATED,
        "Vụ việc đã có bản án, quyết định của tòa án hoặc quyết định có hiệu lực",
        "The matter was judged by a court or decided with effect",
    ),
)

_WITHDRAWN_YET_SETTLED = tuple(
    Ground(
        f"TC33-{number}",
        GroundList.WITHDRAWN_YET_SETTLED,
        vi,
        en,
        (Provision("TC", "33"),),
        read_in=("S1", "S7"),
    )
    for number, vi, en in (
        (
            1,
            "Hành vi bị tố cáo có dấu hiệu vi phạm pháp luật",
            "The conduct denounced shows signs of a violation of law",
        ),
        (
            2,
            "Việc rút tố cáo do bị đe dọa, ép buộc hoặc mua chuộc",
            "The withdrawal came of threat, coercion or bribery",
        ),
        (
            3,
            "Lợi dụng tố cáo để vu khống, xúc phạm người bị tố cáo",
            "The denunciation was used to slander or insult the person denounced",
        ),
    )
)

_FILED = GroundList.SUBMISSION_FILED
_TT07_28 = Provision("TT07", "28")
_SUBMISSION_FILED = (
    Ground(
        "LD-1",
        _FILED,
        "Đơn không đủ điều kiện xử lý",
        "The submission does not meet the conditions for handling",
        (_TT07_28, Provision("TT07", "6", "2")),
    ),
    Ground(
        "LD-2",
        _FILED,
        "Khiếu nại đã hết thời hiệu, thời hạn",
        "The complaint is out of time",
        (_TT07_28,),
    ),
    Ground(
        "LD-3",
        _FILED,
        "Vụ việc đã giải quyết xong, không có tình tiết mới",
        "The matter is finally settled and there are no new facts",
        (_TT07_28,),
    ),
    Ground(
        "LD-4",
        _FILED,
        "Đơn tố cáo đã gửi nhiều cơ quan, trong đó có cơ quan có thẩm quyền",
        "The denunciation was sent to several bodies, among them the competent one",
        (Provision("TC", "24", "3"),),
    ),
    Ground(
        "LD-5",
        _FILED,
        "Đơn tố cáo gửi lại sau khi đã được hướng dẫn",
        "The denunciation was sent again after guidance",
        (Provision("TC", "24", "3"),),
    ),
    Ground(
        "LD-6",
        _FILED,
        "Đơn tố cáo cùng nội dung đã được chuyển cơ quan có thẩm quyền",
        "A denunciation of the same content was forwarded to the competent body already",
        (_ONCE_FORWARDED,),
    ),
)

_COMPLEX_MATTER = tuple(
    Ground(
        f"PT-{code}",
        GroundList.COMPLEX_MATTER,
        vi,
        en,
        (Provision("ND155", "2"), Provision("ND31", "3", "2")),
        read_in=("S6", "S1"),
    )
    for code, vi, en in (
        (
            "a",
            "Một nội dung nhưng phải xác minh tại từ hai địa điểm trở lên",
            "One content that must be verified at two places or more",
        ),
        ("b", "Từ hai nội dung phải xác minh trở lên", "Two contents or more to verify"),
        (
            "c",
            "Nhiều người về một nội dung, hoặc liên quan quyền lợi của nhiều người",
            "Several people on one content, or the interests of many people",
        ),
        ("d", "Có yếu tố nước ngoài", "A foreign element"),
        (
            "dd",
            "Liên quan trách nhiệm quản lý của nhiều cơ quan",
            "Several managing bodies are concerned",
        ),
        ("e", "Các cơ quan liên quan còn ý kiến khác nhau", "The bodies involved still disagree"),
        (
            "g",
            "Chứng cứ mâu thuẫn, cần thời gian hoặc ý kiến chuyên môn",
            "Contradictory evidence that needs time or expert opinion",
        ),
    )
)

_GROUNDS: tuple[Ground, ...] = (
    *_COMPLAINT_NOT_ACCEPTED,
    *_DENUNCIATION_NOT_ACCEPTED,
    *_VISITOR_NOT_RECEIVED,
    *_SUBMISSION_NOT_ELIGIBLE,
    *_COMPLAINT_PAUSED,
    *_COMPLAINT_ENDED,
    *_DENUNCIATION_PAUSED,
    *_DENUNCIATION_ENDED,
    *_WITHDRAWN_YET_SETTLED,
    *_SUBMISSION_FILED,
    *_COMPLEX_MATTER,
)
_BY_CODE = {row.code: row for row in _GROUNDS}


def grounds(group: GroundList, on_date: date | None = None) -> tuple[Ground, ...]:
    """The grounds of a list, in the order of the law; on a date, only those that hold."""
    return tuple(
        row for row in _GROUNDS if row.group is group and (on_date is None or row.holds_on(on_date))
    )


def ground(code: str) -> Ground:
    """The ground with this code."""
    found = _BY_CODE.get(code)
    if found is None:
        raise RuleBroken("unknown_ground", ground=code)
    return found


def matter_complexity(kind: CaseKind | str, codes: Iterable[str]) -> Complexity:
    """How complex the recorded criteria make a case.

    One criterion makes it complex; two or more make a denunciation specially complex (Nghị định
    31/2019, article 3), while for a complaint the law knows only complex.
    """
    found = {code for code in codes if ground(code).group is GroundList.COMPLEX_MATTER}
    if not found:
        return Complexity.NORMAL
    special = len(found) > 1 and kind == CaseKind.DENUNCIATION
    return Complexity.SPECIAL if special else Complexity.COMPLEX


def complexity_of(
    criteria: Iterable[str], kind: CaseKind | str, day: date, *, reason: str = ""
) -> Complexity:
    """How complex a case may be called on a day, from its criteria or, earlier, its reason.

    Until 2026-06-30 no list bound a complaint, and a written reason was enough; since then its
    list is closed (Nghị định 155/2026, article 2), as that of a denunciation has always been.
    """
    found = matter_complexity(kind, criteria)
    free = kind == CaseKind.COMPLAINT and day < START_OF_LAW_136 and bool(reason.strip())
    return Complexity.COMPLEX if found is Complexity.NORMAL and free else found
