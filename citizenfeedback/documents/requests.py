"""What a citizen is asked to put right, as a draft that the official reads before sending."""

from collections.abc import Sequence

from citizenfeedback.documents.catalogue import N_, translate
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
