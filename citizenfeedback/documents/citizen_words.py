"""What a citizen reads: where the case stands, what comes next, and the everyday questions.

Tables only; `labels.py` reads them. At most 20 words a sentence, and a legal term has its plain
meaning beside it.
"""

from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_
from citizenfeedback.domain.vocabulary import CaseKind, ClockKind, State

STANDING: Mapping[State, str] = {
    State.REGISTERED: N_("{unit} đã nhận được đơn của ông/bà."),
    State.EXAMINING: N_("{unit} đang xem xét đơn của ông/bà."),
    State.INFORMATION: N_("{unit} đã ghi nhận thông tin; đây chưa phải đơn tố cáo."),
    State.AWAITING_CITIZEN: N_("{unit} đang chờ ông/bà bổ sung."),
    State.ACCEPTED: N_("{unit} đã thụ lý, tức là chính thức nhận giải quyết."),
    State.VERIFYING: N_("{unit} đang xác minh."),
    State.SUSPENDED: N_("{unit} tạm dừng giải quyết. Thời gian tạm dừng không tính vào thời hạn."),
    State.AWAITING_APPROVAL: N_("{unit} đang duyệt kết quả."),
    State.DECIDED: N_("{unit} đã có kết quả và đang chuẩn bị gửi."),
    State.DONE: N_("{unit} đã giải quyết xong và đã gửi kết quả."),
    State.REFUSED: N_("{unit} không thụ lý đơn này, lý do nêu trong thông báo."),
    State.GUIDED: N_("{unit} không có thẩm quyền và đã hướng dẫn nơi giải quyết."),
    State.FORWARDED: N_("{unit} đã chuyển đơn đến cơ quan có thẩm quyền."),
    State.RETURNED: N_("{unit} đã trả lại đơn và nói rõ lý do."),
    State.FILED: N_("{unit} đã lưu đơn vì chưa đủ điều kiện xử lý."),
    State.ATTACHED: N_("{unit} đã nhập đơn này vào đơn trước cùng nội dung."),
    State.WITHDRAWN: N_("{unit} đã ghi nhận việc rút đơn."),
    State.TERMINATED: N_("{unit} đã đình chỉ, tức là dừng hẳn việc giải quyết."),
}

# A petition or reflection ends with an answer, which settles nothing by itself.
ANSWERED: Mapping[State, str] = {
    State.DECIDED: N_("{unit} đã soạn câu trả lời và đang chuẩn bị gửi."),
    State.DONE: N_("{unit} đã trả lời ông/bà."),
}

# The next date, by the clock that runs out first; a settlement is called by its kind.
NEXT: Mapping[ClockKind, str] = {
    ClockKind.ACCEPTANCE: N_("Ông/bà được báo có thụ lý hay không chậm nhất {due}."),
    ClockKind.DEMAND: N_("Cấp trên yêu cầu nơi giải quyết báo cáo chậm nhất {due}."),
    ClockKind.SETTLEMENT: N_("Trả lời chậm nhất {due}."),
    ClockKind.SENDING: N_("Văn bản được gửi chậm nhất {due}."),
    ClockKind.FORWARDING: N_("Đơn được chuyển chậm nhất {due}."),
}
SETTLED_BY: Mapping[CaseKind, str] = {
    CaseKind.COMPLAINT: N_("Có quyết định chậm nhất {due}."),
    CaseKind.DENUNCIATION: N_("Có kết luận chậm nhất {due}."),
}
OVERDUE = N_("Việc này đã quá hạn từ {due}. Ông/bà có thể nhắn tin hỏi cơ quan.")
TO_FILE_IN_FORM = N_("Để được giải quyết theo luật, ông/bà nộp đơn có chữ ký hoặc đến trình bày.")
TERM_RUNS_ON = N_("Thời hạn vẫn được tính.")

AFTER_EFFECT = N_("Quyết định có hiệu lực, tức là phải thực hiện, sau ngày {day}.")
AFTER_APPEAL = N_(
    "Nếu không đồng ý, ông/bà có thể khiếu nại lần hai, tức là gửi lên cấp trên, đến hết {day}."
)
AFTER_COURT = N_("Ông/bà cũng có thể khởi kiện, tức là đưa việc này ra tòa án.")
AFTER_COURT_ONLY = N_("Nếu không đồng ý, ông/bà có thể khởi kiện, tức là đưa việc này ra tòa án.")
AFTER_SILENCE = N_("Đã quá hạn mà cơ quan chưa có quyết định. Ông/bà không phải chờ thêm.")
AFTER_NO_CONCLUSION = N_(
    "Đã quá hạn mà cơ quan chưa có kết luận. Người tố cáo có thể gửi đơn lên cấp trên."
)
AFTER_SILENCE_APPEAL = N_(
    "Ông/bà có thể khiếu nại lần hai, tức là gửi lên cấp trên, đến hết {day}."
)
AFTER_FOLLOW_UP = N_("Nếu thấy giải quyết chưa đúng luật, ông/bà có thể tố cáo tiếp lên cấp trên.")

KIND_QUESTIONS: Mapping[str, str] = {
    "decision_against_me": N_(
        "Một quyết định hoặc việc làm của cơ quan nhà nước gây thiệt cho chính ông/bà?"
    ),
    "breach_of_law": N_("Ông/bà muốn báo một người hoặc cơ quan vi phạm pháp luật?"),
    "proposal": N_("Ông/bà muốn đề nghị hoặc góp ý với cơ quan nhà nước?"),
    "something_seen": N_("Ông/bà thấy một việc cần cơ quan xử lý?"),
    "none_of_these": N_("Chưa thấy câu nào đúng"),
}

KIND_REASONS: Mapping[str, str] = {
    "decision_against_me": N_(
        "Đây là khiếu nại: đề nghị xem lại một quyết định hoặc việc làm của cơ quan."
    ),
    "breach_of_law": N_("Đây là tố cáo: báo việc vi phạm pháp luật của người hoặc cơ quan."),
    "proposal": N_("Đây là kiến nghị: đề nghị hoặc góp ý để cơ quan làm tốt hơn."),
    "something_seen": N_("Đây là phản ánh: báo một việc ông/bà đã thấy hoặc gặp."),
    "none_of_these": N_("Ông/bà có thể gửi phản ánh; cơ quan sẽ xem và phân loại lại nếu cần."),
}

MEANINGS: Mapping[CaseKind, str] = {
    CaseKind.COMPLAINT: N_("đề nghị xem lại quyết định hoặc việc làm của cơ quan nhà nước"),
    CaseKind.DENUNCIATION: N_("báo việc vi phạm pháp luật của người hoặc cơ quan"),
    CaseKind.PETITION: N_("đề nghị, góp ý với cơ quan nhà nước"),
    CaseKind.REFLECTION: N_("báo một việc đã thấy hoặc gặp"),
}

YES, NO = N_("có"), N_("không")
