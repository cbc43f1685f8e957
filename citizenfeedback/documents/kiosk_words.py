"""The words of the screen in an office, and of how it stands."""

from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.domain.devices import DeviceState

SCREEN: Mapping[str, str] = {
    "question": N_("Ông/bà được phục vụ như thế nào?"),
    "who": N_("Ai đã phục vụ ông/bà?"),
    "reasons": N_("Điều gì chưa tốt?"),
    "comment": N_("Ông/bà muốn nói thêm điều gì?"),
    "comment_hint": N_("Xin đừng ghi tên, số điện thoại của ông/bà ở đây."),
    "thanks": N_("Cảm ơn ông/bà"),
    "kept": N_("Đánh giá đã được ghi nhận."),
    "phone": N_(
        "Muốn gửi khiếu nại, tố cáo? Ông/bà dùng điện thoại của mình để không ai nhìn thấy."
    ),
    "qr": N_("Mã QR: tiếp tục trên điện thoại của tôi"),
    "send": N_("Gửi"),
    "skip": N_("Bỏ qua"),
    "done": N_("Xong"),
    "leaving": N_("Màn hình sẽ xóa hết sau {} giây."),
    "promise": N_("Không ai ở quầy thấy câu trả lời này."),
    "display": N_("Chữ to, tương phản"),
    "full": N_("Máy chưa lưu được đánh giá này. Xin báo cán bộ, hoặc thử lại."),
    "unknown": N_("Màn hình này chưa gắn với điểm phục vụ nào. Xin báo cán bộ."),
    "back": N_("Quay lại"),
    "space": N_("Dấu cách"),
    "erase": N_("Xóa"),
    "shift": N_("Chữ hoa"),
    "numbers": N_("Số"),
    "letters": N_("Chữ"),
    "keyboard": N_("Bàn phím"),
    "acute": N_("Dấu sắc"),
    "grave": N_("Dấu huyền"),
    "hook": N_("Dấu hỏi"),
    "tilde": N_("Dấu ngã"),
    "dot": N_("Dấu nặng"),
}

STATES: Mapping[DeviceState, str] = {
    DeviceState.WAITING: N_("Chờ nhập mã"),
    DeviceState.CODE_EXPIRED: N_("Mã đã hết hạn"),
    DeviceState.ALIVE: N_("Đang hoạt động"),
    DeviceState.SILENT: N_("Im lặng đã lâu"),
    DeviceState.REVOKED: N_("Đã thôi dùng"),
}


def screen_words(lang: str) -> dict[str, str]:
    """Every text of the screen, by its name in the script."""
    return {name: translate(text, lang) for name, text in SCREEN.items()}


def state_words(state: DeviceState, lang: str) -> str:
    """How a screen stands, in words."""
    return translate(STATES[state], lang)
