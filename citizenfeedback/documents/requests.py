"""What a citizen is asked to put right, and a unit reminded of: drafts to be read before sending."""

from collections.abc import Sequence
from datetime import date

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.formats import format_date
from citizenfeedback.domain.law.grounds import ground
from citizenfeedback.domain.vocabulary import CaseKind

OPENING = N_("Cơ quan đã xem đơn số {number} của ông/bà. Đơn còn thiếu:")
SIGNATURE = N_(
    "Đơn chưa có chữ ký. Mời ông/bà đến {unit} để ký, hoặc gửi bản đơn có chữ ký qua bưu chính."
)
CLOSING = N_("Ông/bà gửi bổ sung bằng mã tra cứu, hoặc mang đến {unit}.")


def request_text(
    kind: CaseKind, lacking: Sequence[str], *, signed: bool, number: str, unit: str, lang: str
) -> str:
    """The invitation to sign and the list of what is missing; nothing when all is there."""
    unsigned = kind is CaseKind.COMPLAINT and not signed
    parts = []
    if unsigned:
        parts.append(translate(SIGNATURE, lang).format(unit=unit))
    if lacking:
        parts.append(translate(OPENING, lang).format(number=number))
        parts += [f"- {ground(code).label(lang)}" for code in lacking]
        parts.append(translate(CLOSING, lang).format(unit=unit))
    return "\n".join(parts)


LATE = N_("Đơn số {number} nhận ngày {received}, hết hạn ngày {due}, đến nay chưa xong.")
UNPROCESSED = N_("Đơn số {number} nhận ngày {received}, đến nay chưa được xử lý.")
DEMAND = N_("Yêu cầu {unit} giải quyết và báo cáo kết quả.")
DEMAND_OF_DENUNCIATION = N_(
    "Yêu cầu {unit} báo cáo quá trình giải quyết, lý do chậm và trách nhiệm (Luật Tố cáo, Điều 38)."
)


def reminder_text(
    *,
    number: str,
    unit: str,
    received_on: date,
    due_on: date | None,
    today: date,
    lang: str,
    unsettled: bool = False,
) -> str:
    """The words of a superior to the unit with which a case lies late.

    `unsettled`: a denunciation past its settlement term, of which the law says what to report.
    """
    late = due_on is not None and due_on < today
    words = translate(LATE if late else UNPROCESSED, lang).format(
        number=number,
        received=format_date(received_on, lang),
        due=format_date(due_on, lang) if due_on else "",
    )
    demand = DEMAND_OF_DENUNCIATION if unsettled else DEMAND
    return f"{words} {translate(demand, lang).format(unit=unit)}"
