"""The receipt of a submission: that it came, what happens next and by when, and what is missing.

It proves the filing and names neither the sender nor anything that was said.
"""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.formats import (
    HERE,
    format_date,
    format_datetime,
    format_long_date,
    sentence,
)
from citizenfeedback.documents.kinds import rule_days
from citizenfeedback.documents.qr import qr_svg
from citizenfeedback.domain.drafts import ReceiptFacts
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.domain.workflow import UNPROCESSED


@dataclass(frozen=True, slots=True)
class Term:
    """By when the next thing happens and how that date was found."""

    promise: str
    due: str
    basis: str
    steps: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """What the sender must still do, why, and the ways to do it."""

    title: str
    why: tuple[str, ...]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt in words of one language."""

    filed: str
    office: str
    office_address: str
    office_hours: str
    next_steps: tuple[tuple[str, str], ...]
    term: Term | None
    completion: Completion | None


_PROMISES: dict[CaseKind, str] = {
    CaseKind.COMPLAINT: N_("Cơ quan báo có thụ lý (chính thức nhận giải quyết) hay không"),
    CaseKind.DENUNCIATION: N_("Cơ quan báo có thụ lý (chính thức nhận giải quyết) hay không"),
    CaseKind.PETITION: N_("Cơ quan trả lời ông/bà"),
    CaseKind.REFLECTION: N_("Cơ quan trả lời ông/bà"),
}
_NOW = N_("Ngay bây giờ")
_BY = N_("Chậm nhất {date}")
_AFTER = N_("Sau đó")
_RECEIVED = N_("{office} đã nhận đơn.")
_FOLLOW = N_("Ông/bà theo dõi và nhắn cho cơ quan bằng mã tra cứu.")
_COMPLAINT_THEN = N_("Nếu thụ lý, cơ quan xác minh rồi ra quyết định. Hạn mới sẽ được ghi rõ.")
_ANSWER_THEN = N_("Nếu cần thêm thời gian, cơ quan báo lý do và ngày trả lời.")
_WAITING = N_("Khi ông/bà hoàn thiện")
_WAITING_TEXT = N_("Cơ quan có {days} để kiểm tra và báo có thụ lý hay không.")
_NO_TERM_YET = N_(
    "Trước lúc đó, chưa có thời hạn giải quyết tố cáo. Cơ quan vẫn phải xem xét thông tin này trong "
    "{days} (Nghị định 154/2026, điều 41)."
)

_CODE_PICTURE = N_("Mã QR mở trang theo dõi đơn")

_SIGN_TITLE = N_("Ông/bà cần ký đơn")
_SIGN_WHY = (
    N_("Khiếu nại gửi qua mạng chưa có chữ ký."),
    N_("Khi có chữ ký, cơ quan mới thụ lý được."),
)
_SIGN_WAYS = (
    N_("Đến {place} để ký. Mang theo giấy tờ tùy thân."),
    N_("Gửi đơn đã ký qua bưu điện tới {place}. Ghi số đơn {number}."),
    N_("Ký vào đơn giấy, chụp ảnh rồi gửi ở trang “Theo dõi đơn”."),
)
_FORM_TITLE = N_("Đây mới là thông tin, chưa phải đơn tố cáo theo luật")
_FORM_WHY = (
    N_("Luật chỉ nhận tố cáo bằng đơn có chữ ký hoặc trình bày trực tiếp (Luật Tố cáo, điều 22)."),
    N_("Thông tin của ông/bà đã được niêm phong và vẫn được xem xét."),
    N_("Muốn được giải quyết theo luật, ông/bà chọn một trong hai cách:"),
)
_FORM_WAYS = (
    N_("Đến {place} trình bày. Cán bộ ghi lại, ông/bà đọc và ký."),
    N_("Gửi đơn có chữ ký qua bưu điện tới {place}. Ghi số {number} vào đơn."),
)


def code_picture(site: str, access_code: str, lang: str) -> Markup:
    """The QR code that opens the page to follow a case; the code behind "#" reaches no server."""
    return qr_svg(f"{site}/track#{access_code}", title=translate(_CODE_PICTURE, lang))


def receipt(filed: ReceiptFacts, lang: str) -> Receipt:
    """Word the receipt of a case in `lang`."""
    office = filed.unit_name_en if lang == "en" and filed.unit_name_en else filed.unit_name
    term = _term(filed, lang)
    return Receipt(
        filed=format_datetime(filed.registered_at, lang),
        office=office,
        office_address=filed.unit_address,
        office_hours=filed.unit_hours,
        next_steps=_next_steps(filed, office, term, lang),
        term=term,
        completion=_completion(filed, office, lang),
    )


def _term(filed: ReceiptFacts, lang: str) -> Term | None:
    explanation = filed.explanation
    if explanation is None:
        return None
    return Term(
        promise=translate(_PROMISES[filed.kind], lang),
        due=sentence(format_long_date(explanation.due, lang)),
        basis=term_line(explanation, lang),
        steps=tuple(explain(explanation, lang)),
    )


def _next_steps(
    filed: ReceiptFacts, office: str, term: Term | None, lang: str
) -> tuple[tuple[str, str], ...]:
    received = f"{translate(_RECEIVED, lang).format(office=office)} {translate(_FOLLOW, lang)}"
    steps = [(translate(_NOW, lang), received)]
    explanation = filed.explanation
    if term is None or explanation is None:
        on = filed.registered_at.astimezone(HERE).date()
        days = rule_days("TC-01", on, lang)
        waiting = translate(_WAITING_TEXT, lang).format(days=days)
        examined = rule_days(UNPROCESSED, on, lang)
        text = f"{waiting} {translate(_NO_TERM_YET, lang).format(days=examined)}"
        return (*steps, (translate(_WAITING, lang), text))
    by = translate(_BY, lang).format(date=format_date(explanation.due, lang))
    steps.append((by, f"{term.promise}."))
    decides = filed.kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
    then = _COMPLAINT_THEN if decides else _ANSWER_THEN
    return (*steps, (translate(_AFTER, lang), translate(then, lang)))


def _completion(filed: ReceiptFacts, office: str, lang: str) -> Completion | None:
    place = f"{office}, {filed.unit_address}" if filed.unit_address else office
    title: str
    why: tuple[str, ...]
    ways: tuple[str, ...]
    if not filed.formal:
        title, why, ways = _FORM_TITLE, _FORM_WHY, _FORM_WAYS
    elif not filed.signed:
        title, why, ways = _SIGN_TITLE, _SIGN_WHY, _SIGN_WAYS
    else:
        return None
    return Completion(
        translate(title, lang),
        tuple(translate(text, lang) for text in why),
        tuple(translate(text, lang).format(place=place, number=filed.number) for text in ways),
    )
