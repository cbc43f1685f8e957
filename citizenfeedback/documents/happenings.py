"""How an entry of the timeline reads when its details are known, in Vietnamese.

Table only; `labels.py` takes the first line whose details are all there, else the plain name of
the event from `words.py`.
"""

from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_
from citizenfeedback.domain.vocabulary import Channel, EventKind

FINDINGS: Mapping[str, tuple[str, str]] = {
    "eligible": (N_("đủ điều kiện xử lý"), N_("không đủ điều kiện xử lý")),
    "competent": (N_("thuộc thẩm quyền giải quyết"), N_("không thuộc thẩm quyền giải quyết")),
}
"""What an examination found, said of a yes and of a no."""

HAPPENINGS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.CASE_REGISTERED: (N_("Vào sổ, gửi đến: {channel}"),),
    EventKind.FORM_RECORDED: (N_("Nhận đơn đúng hình thức, văn bản số {document_no}"),),
    EventKind.EXAMINATION_STARTED: (N_("Đơn {eligible}, {competent}"),),
    EventKind.CASE_PROCESSED: (N_("Xử lý đơn: {direction}"),),
    EventKind.CASE_ACCEPTED: (N_("Thụ lý đơn, văn bản số {document_no}"),),
    EventKind.CASE_REFUSED: (N_("Thông báo không thụ lý, văn bản số {document_no}"),),
    EventKind.CASE_GUIDED: (N_("Hướng dẫn đến {body}"),),
    EventKind.CASE_FORWARDED: (N_("Chuyển đơn đến {body}"),),
    EventKind.CASE_ATTACHED: (N_("Nhập vào vụ việc {number}"),),
    EventKind.CASE_ASSIGNED: (N_("Giao cho {assignee}"),),
    EventKind.CASE_PASSED_ON: (N_("Chuyển nội bộ đến {unit}"),),
    EventKind.CASE_RECLASSIFIED: (N_("Đổi loại đơn từ {from_kind} sang {kind}"),),
    EventKind.COMPLEXITY_SET: (N_("Xác định mức độ: {complexity}"),),
    EventKind.TERM_EXTENDED: (
        N_("Gia hạn giải quyết đến {due}"),
        N_("Gia hạn lần {extensions}, văn bản số {document_no}"),
    ),
    EventKind.CASE_DECIDED: (
        N_("Ban hành kết quả: {result}, văn bản số {document_no}"),
        N_("Ban hành kết quả: {result}"),
    ),
    EventKind.CASE_CONTINUED: (N_("Tiếp tục bằng vụ việc {number}"),),
    EventKind.TERM_RECOMPUTED: (
        N_("Lịch làm việc thay đổi ({basis}): thời hạn từ {before} thành {due}"),
        N_("Lịch làm việc thay đổi: thời hạn từ {before} thành {due}"),
    ),
    EventKind.CASE_TERMINATED: (
        N_("Đình chỉ việc giải quyết, văn bản số {document_no}. Căn cứ: {ground}"),
        N_("Đình chỉ việc giải quyết, văn bản số {document_no}"),
        N_("Đình chỉ việc giải quyết. Căn cứ: {ground}"),
    ),
    EventKind.ANSWER_SENT: (N_("Gửi kết quả, văn bản số {document_no}"),),
    EventKind.LETTER_ISSUED: (
        N_("Ban hành {letter}, số {document_no}"),
        N_("Ban hành {letter}"),
    ),
    EventKind.LETTER_SENT: (
        N_("Gửi văn bản số {document_no}: {way}"),
        N_("Gửi {letter}: {way}"),
    ),
    EventKind.LETTER_CANCELLED: (N_("Hủy văn bản số {document_no}"),),
    EventKind.CASE_REFERRED: (N_("Chuyển đến {body}"),),
    EventKind.FORWARD_REPLIED: (
        N_("Nơi nhận trả lời: {reply}, văn bản số {document_no}"),
        N_("Nơi nhận trả lời: {reply}"),
    ),
    EventKind.REPRESENTATIVES_NAMED: (
        N_("{role}: {count} người, giấy số {document_no}"),
        N_("{role}: {count} người"),
    ),
    EventKind.CASE_WITHDRAWN: (N_("Người dân rút đơn: {proof}"),),
    EventKind.CASE_SPLIT: (N_("Tách thành vụ việc {number}"),),
    EventKind.CASE_SUSPENDED: (
        N_("Tạm đình chỉ giải quyết, văn bản số {document_no}. Căn cứ: {ground}"),
        N_("Tạm đình chỉ giải quyết. Căn cứ: {ground}"),
    ),
    EventKind.SUSPENSION_LIFTED: (N_("Tiếp tục giải quyết, văn bản số {document_no}"),),
    EventKind.TEAM_FORMED: (N_("Lập tổ xác minh, văn bản số {document_no}"),),
    EventKind.DIALOGUE_PLANNED: (N_("Hẹn đối thoại ngày {day}"),),
    EventKind.DIALOGUE_HELD: (N_("Đối thoại: {attendance}"),),
    EventKind.NOTICE_SENT: (N_("Gửi thông báo số {document_no}"),),
    EventKind.DECISION_PUBLISHED: (N_("Công khai kết quả: {publication}"),),
    EventKind.SENDER_TOLD: (N_("Báo cáo cơ quan chuyển đơn, văn bản số {document_no}"),),
    EventKind.DATA_REQUESTED: (N_("Yêu cầu về dữ liệu cá nhân: {wish}. {part}"),),
    EventKind.DATA_ANSWERED: (N_("Trả lời yêu cầu về dữ liệu cá nhân ({part}): {outcome}"),),
    EventKind.VERDICT_GIVEN: (N_("Người dân nói về kết quả: {verdict}"),),
    EventKind.PART_WITHDRAWN: (N_("Rút một phần đơn: {proof}"),),
    EventKind.REPORT_DEMANDED: (
        N_(
            "Cấp trên yêu cầu nơi giải quyết báo cáo, văn bản số {document_no}, chậm nhất {report_by}"
        ),
        N_("Cấp trên yêu cầu nơi giải quyết báo cáo chậm nhất {report_by}"),
    ),
    EventKind.CASE_REMINDED: (
        N_("Cấp trên đôn đốc, văn bản số {document_no}, báo cáo chậm nhất {report_by}"),
        N_("Cấp trên đôn đốc, báo cáo chậm nhất {report_by}"),
    ),
}

RECEIVED: Mapping[Channel, str] = {
    Channel.IN_PERSON: N_("Đã nhận đơn tại cơ quan"),
    Channel.POST: N_("Đã nhận đơn qua bưu chính"),
    Channel.KIOSK: N_("Đã nhận đơn tại màn hình cảm ứng"),
    Channel.PHONE: N_("Đã nhận đơn qua điện thoại"),
    Channel.WEB: N_("Đã nhận đơn qua mạng"),
    Channel.REFERRAL: N_("Đã nhận đơn do cơ quan khác chuyển đến"),
}
"""How the registration reads to the citizen, by the way the submission came."""

OWN: Mapping[EventKind, str] = {
    EventKind.MESSAGE_RECEIVED: N_("Ông/bà gửi tin nhắn"),
    EventKind.DOCUMENT_ADDED: N_("Ông/bà gửi thêm tài liệu"),
    EventKind.WITHDRAWAL_ASKED: N_("Ông/bà đề nghị rút đơn"),
    EventKind.VERDICT_GIVEN: N_("Ông/bà nói về kết quả: {verdict}"),
    EventKind.DATA_REQUESTED: N_("Ông/bà yêu cầu về dữ liệu cá nhân: {wish}. {part}"),
}
"""What the citizen did, as the own timeline says it."""
