"""The words of the screen in an office, and of how it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.formats import format_date, format_time
from citizenfeedback.documents.rating_words import reason_words
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
    "yes": N_("Có, đúng vậy"),
    "no": N_("Không phải vậy"),
    "trips_1": N_("1 lần"),
    "trips_2": N_("2 lần"),
    "trips_3": N_("3 lần trở lên"),
    "further": N_("Gửi thành đơn"),
    "further_hint": N_("Muốn được trả lời? Gửi thành đơn: chỉ nơi và giờ được ghi sẵn."),
    "further_title": N_("Ông/bà muốn gửi gì?"),
    "reflection": N_("Phản ánh"),
    "reflection_hint": N_("Một việc chưa đúng đã gặp"),
    "petition": N_("Kiến nghị"),
    "petition_hint": N_("Một đề nghị, mong muốn"),
    "complaint": N_("Khiếu nại"),
    "complaint_hint": N_("Quyết định, việc làm trái quyền lợi"),
    "denunciation": N_("Tố cáo"),
    "denunciation_hint": N_("Hành vi vi phạm pháp luật"),
    "here_title": N_("Ông/bà muốn viết ở đâu?"),
    "here": N_("Viết và gửi tại đây"),
    "here_reflection": N_("Không cần tên. Ông/bà nhận mã để xem trả lời."),
    "here_petition": N_("Cần họ tên và địa chỉ. Người đứng sau có thể thấy."),
    "here_complaint": N_("Cần họ tên, địa chỉ, số căn cước. Người đứng sau có thể thấy."),
    "on_phone": N_("Viết tiếp trên điện thoại"),
    "on_phone_hint": N_("Quét mã QR, thêm ảnh, sửa rồi mới gửi."),
    "phone_button": N_("Trên điện thoại"),
    "ask_words": N_("Chuyện gì đã xảy ra?"),
    "ask_name": N_("Họ và tên của ông/bà"),
    "ask_address": N_("Địa chỉ của ông/bà"),
    "ask_id_no": N_("Số căn cước hoặc hộ chiếu"),
    "ask_phone": N_("Số điện thoại"),
    "optional": N_("{} (không bắt buộc)"),
    "continue": N_("Tiếp tục"),
    "check": N_("Kiểm tra rồi gửi"),
    "to": N_("{kind} gửi tới {unit}"),
    "change": N_("Sửa: {}"),
    "not_given": N_("Không ghi"),
    "place_time": N_("Nơi và giờ được ghi sẵn: {}."),
    "signature": N_("Khiếu nại cần chữ ký. Cơ quan sẽ mời ông/bà đến ký rồi mới thụ lý."),
    "no_name": N_("Không có tên, cơ quan vẫn xem xét. Xem trả lời bằng mã."),
    "with_name": N_("Tên và số điện thoại chỉ người giải quyết xem được."),
    "again": N_("Thử lại"),
    "watched": N_("Người đứng sau có thể nhìn thấy màn hình."),
    "wiped": N_("Xong là màn hình xóa hết."),
    "drop": N_("Xóa hết"),
    "scan": N_("Quét mã để viết tiếp"),
    "scan_once": N_("Mã dùng một lần, trong 15 phút. Màn hình này không giữ lại gì."),
    "scan_type": N_("Không quét được? Mở trang này và nhập mã:"),
    "scan_qr": N_("Mã QR: viết tiếp trên điện thoại của tôi"),
    "sent_reflection": N_("Phản ánh đã được gửi"),
    "sent_petition": N_("Kiến nghị đã được gửi"),
    "sent_complaint": N_("Khiếu nại đã được gửi"),
    "sent_sign": N_("Khiếu nại cần chữ ký: ông/bà đến nơi nhận đơn để ký."),
    "sent_keep": N_("Chụp ảnh hoặc ghi lại mã này để xem trả lời. Mã không hiện lại."),
    "sent_qr": N_("Mã QR: xem trả lời trên điện thoại của tôi"),
    "number": N_("Số đơn"),
    "private": N_("Tố cáo: dùng điện thoại của ông/bà"),
    "private_hint": N_(
        "Người đứng sau có thể nhìn thấy màn hình này. Quét mã và viết ở nơi kín đáo."
    ),
    "private_type": N_("Hoặc mở trang này trên điện thoại:"),
    "no_network": N_("Chưa có mạng nên chưa gửi được"),
    "no_network_hint": N_(
        "Đánh giá đã được giữ. Đơn thì chưa: xin thử lại, hoặc mở trang này trên điện thoại."
    ),
    "qr": N_("Mã QR: tiếp tục trên điện thoại của tôi"),
    "send": N_("Gửi"),
    "skip": N_("Bỏ qua"),
    "done": N_("Xong"),
    "others": N_("Người khác"),
    "staff_number": N_("Số hiệu {}"),
    "leaving": N_("Màn hình sẽ xóa hết sau {} giây. Chạm vào màn hình để ở lại."),
    "closed": N_("Đang ngoài giờ ({opens} – {closes}). Đánh giá lúc này được tính riêng."),
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


PLACE = N_("Tại {point}, {unit}, lúc {time} ngày {date}.")
WRONG = N_("Điều chưa tốt: {reasons}.")


def opening_words(
    point: str,
    unit: str,
    at: datetime,
    reasons: Sequence[str],
    comment: str,
    lang: str,
) -> str:
    """How a submission begins that grew out of a tap: where, when, and what was given."""
    words = reason_words(lang)
    named = [words[code] for code in reasons if code in words]
    lines = [
        translate(PLACE, lang).format(
            point=point, unit=unit, time=format_time(at, lang), date=format_date(at, lang)
        )
    ]
    if named:
        lines.append(translate(WRONG, lang).format(reasons=", ".join(named)))
    if comment:
        lines.append(comment)
    return "\n".join(lines)


def state_words(state: DeviceState, lang: str) -> str:
    """How a screen stands, in words."""
    return translate(STATES[state], lang)
