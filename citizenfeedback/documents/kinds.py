"""What each kind of submission means for the sender: said before the first field is filled."""

from dataclasses import dataclass, replace
from datetime import date

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.lawbook import days_label
from citizenfeedback.domain.law.terms import DayUnit, term
from citizenfeedback.domain.publishing import MADE_PUBLIC, MadePublic
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.domain.workflow import UNPROCESSED

_NAMES: dict[CaseKind, str] = {
    CaseKind.COMPLAINT: N_("Đây là khiếu nại"),
    CaseKind.DENUNCIATION: N_("Đây là tố cáo"),
    CaseKind.PETITION: N_("Đây là kiến nghị"),
    CaseKind.REFLECTION: N_("Đây là phản ánh"),
}
_PLAINLY: dict[CaseKind, str] = {
    CaseKind.COMPLAINT: N_(
        "Ông/bà đề nghị xem lại một quyết định hoặc việc làm của cơ quan, vì nó ảnh hưởng đến mình."
    ),
    CaseKind.DENUNCIATION: N_("Ông/bà báo một người hoặc cơ quan vi phạm pháp luật."),
    CaseKind.PETITION: N_("Ông/bà đề nghị làm một việc hoặc thay đổi một quy định."),
    CaseKind.REFLECTION: N_("Ông/bà cho cơ quan biết một việc mình thấy hoặc gặp."),
}
_YOUR_NAME: dict[CaseKind, str] = {
    CaseKind.COMPLAINT: N_(
        "Cần họ tên, địa chỉ và số giấy tờ tùy thân. Sau khi gửi, ông/bà ký đơn."
    ),
    CaseKind.DENUNCIATION: N_(
        "Họ tên được giữ kín. Ông/bà có thể không ghi tên. Khi đó cơ quan không thể giải quyết như "
        "một đơn tố cáo."
    ),
    CaseKind.PETITION: N_("Cần họ tên và địa chỉ để trả lời ông/bà."),
    CaseKind.REFLECTION: N_("Không bắt buộc ghi họ tên."),
}
_WHO_SEES: dict[CaseKind, str] = {
    CaseKind.COMPLAINT: N_(
        "Người đã ra quyết định sẽ đọc đơn, vì theo luật họ giải quyết lần đầu."
    ),
    CaseKind.DENUNCIATION: N_(
        "Tên, lời kể và giấy tờ được niêm phong (khóa kín). Người bị tố cáo không được biết ai đã gửi."
    ),
    CaseKind.PETITION: N_("Chỉ cán bộ xử lý và lãnh đạo của họ đọc đơn."),
    CaseKind.REFLECTION: N_("Chỉ cán bộ xử lý và lãnh đạo của họ đọc đơn."),
}
_MADE_PUBLIC: dict[MadePublic, str] = {
    MadePublic.NOTHING: N_("Đơn không đăng công khai."),
    MadePublic.SUMMARY: N_(
        "Đơn không đăng công khai. Cơ quan có thể đăng tóm tắt bằng lời của mình và câu trả lời, "
        "không nêu tên ai."
    ),
    MadePublic.DECISION: N_(
        "Đơn không đăng công khai. Quyết định giải quyết được công khai theo luật."
    ),
    MadePublic.CONCLUSION: N_(
        "Đơn không đăng công khai. Kết luận được công khai theo luật, không để lộ người tố cáo."
    ),
}
_SECOND = N_("Đây là khiếu nại lần hai")
_SECOND_PLAINLY = N_("Ông/bà không đồng ý với kết quả lần đầu và đề nghị cấp trên xem lại.")
_SECOND_SEES = N_("Cấp trên của nơi đã giải quyết lần đầu đọc đơn.")
_TERM_COMPLAINT = N_(
    "Trong {acceptance}, cơ quan báo có thụ lý (chính thức nhận giải quyết) hay không. Thụ lý rồi, "
    "thời hạn giải quyết là {settlement}."
)
_TERM_DENUNCIATION = N_(
    "Gửi qua mạng mới là thông tin, chưa có thời hạn giải quyết tố cáo. Cơ quan phải xem xét thông tin "
    "trong {examination}. Muốn giải quyết theo luật, ông/bà ký đơn hoặc trình bày trực tiếp. Từ đó, "
    "cơ quan có {acceptance} để kiểm tra."
)
_TERM_FOLLOW_UP = N_(
    "Gửi qua mạng mới là thông tin. Muốn giải quyết theo luật, ông/bà ký đơn hoặc trình bày trực tiếp. "
    "Từ đó, cấp trên có {days} để xem xét."
)
_TERM_OVERDUE_FOLLOW_UP = N_(
    "Gửi qua mạng mới là thông tin. Muốn giải quyết theo luật, ông/bà ký đơn hoặc trình bày trực tiếp. "
    "Từ đó, cấp trên có {days} để yêu cầu nơi giải quyết báo cáo."
)
_TERM_STANDARD = N_("Cơ quan trả lời trong {days}. Đây là tiêu chuẩn phục vụ của cơ quan.")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A kind in plain words, and what it means for name, readers and term."""

    title: str
    plainly: str
    your_name: str
    who_sees: str
    made_public: str
    term: str


def meaning(kind: CaseKind, today: date, petition_days: int, lang: str) -> Meaning:
    """What a submission of `kind` that is sent `today` means for its sender."""
    return Meaning(
        title=translate(_NAMES[kind], lang),
        plainly=translate(_PLAINLY[kind], lang),
        your_name=translate(_YOUR_NAME[kind], lang),
        who_sees=translate(_WHO_SEES[kind], lang),
        made_public=made_public(kind, lang),
        term=_term(kind, today, petition_days, lang),
    )


def made_public(kind: CaseKind, lang: str) -> str:
    """What everybody may come to read of a submission: said alike wherever it is said."""
    return translate(_MADE_PUBLIC[MADE_PUBLIC[kind]], lang)


def second_meaning(first: Meaning, today: date, lang: str) -> Meaning:
    """The same for a second complaint: the superior reads it, in a longer term."""
    return replace(
        first,
        title=translate(_SECOND, lang),
        plainly=translate(_SECOND_PLAINLY, lang),
        who_sees=translate(_SECOND_SEES, lang),
        term=translate(_TERM_COMPLAINT, lang).format(
            acceptance=rule_days("KN-03", today, lang), settlement=rule_days("KN-11", today, lang)
        ),
    )


def follow_up_meaning(first: Meaning, today: date, lang: str, *, unsettled: bool) -> Meaning:
    """The same for a denunciation that follows another one, settled or left unsettled."""
    rule, text = ("TC-15", _TERM_OVERDUE_FOLLOW_UP) if unsettled else ("TC-14", _TERM_FOLLOW_UP)
    return replace(first, term=translate(text, lang).format(days=rule_days(rule, today, lang)))


def rule_days(rule: str, today: date, lang: str) -> str:
    """The length of a term of the law as it holds today: "7 ngày làm việc"."""
    row = term(rule, today)
    if row.days is None or row.unit is None:
        raise ValueError(f"{rule} sets no term")
    return days_label(row.days, row.unit, lang)


def _term(kind: CaseKind, today: date, petition_days: int, lang: str) -> str:
    if kind is CaseKind.COMPLAINT:
        return translate(_TERM_COMPLAINT, lang).format(
            acceptance=rule_days("KN-03", today, lang), settlement=rule_days("KN-04", today, lang)
        )
    if kind is CaseKind.DENUNCIATION:
        return translate(_TERM_DENUNCIATION, lang).format(
            examination=rule_days(UNPROCESSED, today, lang),
            acceptance=rule_days("TC-01", today, lang),
        )
    days = days_label(petition_days, DayUnit.WORKING, lang)
    return translate(_TERM_STANDARD, lang).format(days=days)
