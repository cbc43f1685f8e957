"""What is said when a rule refuses or an entry is wanting: code to sentence, in Vietnamese.

Tables only; `labels.py` reads them and fills in the values. A sentence says what to do.
"""

from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_

REFUSALS: Mapping[str, str] = {
    "not_found": N_("Không tìm thấy nội dung này."),
    "changed_meanwhile": N_("Người khác vừa sửa vụ việc này. Xem lại bản mới rồi thực hiện."),
    "already_held": N_("Hồ sơ này đã được giữ lại."),
    "not_held": N_("Hồ sơ này không bị giữ lại."),
    "data_kept": N_("Thông tin này phải giữ. Căn cứ: {data_ground}."),
    "data_at_once": N_("Ông/bà tự sửa được thông tin này, không phải xin."),
    "data_request_waits": N_("Ông/bà đã gửi yêu cầu này. Cơ quan đang xem và sẽ trả lời."),
    "say_what_is_right": N_("Viết nội dung đúng để cơ quan sửa."),
    "address_is_needed": N_("Nhập địa chỉ. Luật yêu cầu đơn loại này có địa chỉ người gửi."),
    "ground_needed": N_("Chọn căn cứ vì sao không làm, hoặc chỉ làm một phần."),
    "value_needed": N_("Nhập nội dung đúng, thay cho nội dung đang giữ."),
    "papers_needed": N_("Chọn giấy tờ cần xóa."),
    "unknown_paper": N_("Giấy tờ này không còn trong hồ sơ. Tải lại trang rồi chọn lại."),
    "paper_went_out": N_("Giấy tờ này đã gửi kèm một văn bản nên không xóa được."),
    "not_allowed_here": N_(
        "Không thể thực hiện bước “{action}” khi vụ việc ở trạng thái “{state}”."
    ),
    "complaint_never_forwarded": N_(
        "Khiếu nại không thuộc thẩm quyền thì hướng dẫn người dân, không chuyển đơn."
    ),
    "forwarded_already": N_(
        "Tố cáo cùng nội dung đã được chuyển đến {body} ngày {on}. Luật chỉ cho chuyển một lần "
        "(Thông tư 05/2021/TT-TTCP, điều 14). Nếu đây là nội dung khác, ghi rõ khác ở đâu."
    ),
    "complaint_never_extended": N_(
        "Luật không có việc gia hạn khiếu nại. Nếu vụ việc phức tạp, ghi mức độ phức tạp."
    ),
    "decided_not_answered": N_(
        "Khiếu nại, tố cáo kết thúc bằng quyết định hoặc kết luận, không bằng thư trả lời."
    ),
    "answered_not_decided": N_(
        "Kiến nghị, phản ánh kết thúc bằng trả lời, không bằng quyết định giải quyết."
    ),
    "never_reopened": N_(
        "Khiếu nại, tố cáo không mở lại. Lập vụ việc tiếp theo hoặc để lãnh đạo đính chính."
    ),
    "denunciation_never_guided": N_(
        "Tố cáo không thuộc thẩm quyền thì chuyển đơn, không hướng dẫn."
    ),
    "denunciation_never_returned": N_(
        "Đơn tố cáo không trả lại, để giữ kín danh tính người tố cáo."
    ),
    "standard_never_extended": N_("Tiêu chuẩn phục vụ của cơ quan không được gia hạn."),
    "not_examined": N_("Ghi kết quả xem xét trước: có đủ điều kiện, có thuộc thẩm quyền không."),
    "not_in_form": N_(
        "Nội dung gửi qua mạng hoặc điện thoại chưa phải đơn tố cáo. Ghi nhận đơn đúng hình thức trước."
    ),
    "unsigned": N_("Đơn khiếu nại chưa ký. Mời người dân ký, rồi ghi nhận chữ ký."),
    "already_signed": N_("Đơn đã có chữ ký."),
    "not_competent": N_("Đơn không thuộc thẩm quyền của cơ quan nên không thể thụ lý."),
    "not_eligible": N_("Đơn không đủ điều kiện xử lý."),
    "is_competent": N_("Đơn thuộc thẩm quyền của cơ quan nên không hướng dẫn, không chuyển đi."),
    "is_eligible": N_("Đơn đủ điều kiện xử lý nên không được lưu."),
    "not_ours_to_refuse": N_(
        "Đơn không thuộc thẩm quyền thì hướng dẫn hoặc chuyển, không từ chối thụ lý."
    ),
    "must_be_accepted": N_("Đơn đủ điều kiện và thuộc thẩm quyền nên phải thụ lý."),
    "not_accepted": N_("Vụ việc chưa được thụ lý."),
    "already_accepted": N_("Vụ việc đã được thụ lý."),
    "extension_needs_complexity": N_("Chỉ gia hạn vụ việc phức tạp. Ghi mức độ phức tạp trước."),
    "extensions_used_up": N_("Đã gia hạn hết số lần luật cho phép."),
    "no_third_complaint": N_(
        "Đã có quyết định lần hai. Người khiếu nại có thể khởi kiện tại tòa án."
    ),
    "outcome_of_no_decision": N_(
        "Chỉ khiếu nại, tố cáo mới ghi kết quả xử lý tiền, đất, con người."
    ),
    "amount_out_of_range": N_(
        "Số liệu phải từ 0 trở lên và không quá lớn. Kiểm tra lại đơn vị tính."
    ),
    "more_officials_than_people": N_(
        "Số cán bộ, công chức, viên chức không thể nhiều hơn tổng số người."
    ),
    "referred_without_case": N_("Ghi số vụ chuyển cơ quan điều tra."),
    "first_decision_unsaid": N_("Cho biết quyết định lần đầu được công nhận hay bị hủy, sửa."),
    "first_decision_not_here": N_(
        "Chỉ quyết định lần hai mới công nhận hoặc hủy, sửa quyết định lần đầu."
    ),
    "inspection_concluded": N_("Cuộc thanh tra này đã có kết luận."),
    "conclusion_first": N_("Ghi kết luận thanh tra trước."),
    "conclusion_after_follow_up": N_(
        "Ngày kết luận phải trước hoặc trùng ngày thực hiện đầu tiên, {on}."
    ),
    "before_inspection": N_("Ngày kết luận không thể trước ngày quyết định thanh tra."),
    "before_conclusion": N_("Ngày thực hiện không thể trước ngày kết luận."),
    "nothing_done": N_("Ghi ít nhất một số, hoặc đánh dấu đã thực hiện xong."),
    "count_out_of_range": N_("Nhập số từ 0 đến {limit}."),
    "count_from_one": N_("Nhập số từ 1 đến {limit}."),
    "already_carried_out": N_("Quyết định, kết luận này đã thi hành xong."),
    "more_than_ordered": N_("Số đã thu, đã trả vượt số phải thu, phải trả."),
    "not_all_carried_out": N_("Còn tiền hoặc đất phải thu, phải trả nên chưa thi hành xong."),
    "group_needs_representatives": N_("Từ 5 người trở lên phải cử người đại diện."),
    "too_many_representatives": N_(
        "Quá số người đại diện: 5 đến 10 người cử tối đa 2, trên 10 người cử tối đa 5."
    ),
    "appointment_not_written": N_("Việc cử người đại diện phải có văn bản."),
    "appointment_not_signed_by_all": N_(
        "Văn bản cử người đại diện phải có chữ ký của tất cả mọi người."
    ),
    "group_not_signed_by_all": N_(
        "Đơn khiếu nại của nhiều người phải có chữ ký của tất cả mọi người."
    ),
    "authorisation_not_written": N_("Việc ủy quyền phải có văn bản."),
    "authorisation_not_certified": N_(
        "Giấy ủy quyền của cá nhân phải được công chứng hoặc chứng thực."
    ),
    "authorisation_needs_certification": N_(
        "Từ ngày 01/01/2027, giấy ủy quyền của cá nhân phải được chứng thực."
    ),
    "content_authorised_twice": N_("Một nội dung không được ủy quyền cho nhiều người."),
    "filter_unnamed": N_("Đặt tên cho bộ lọc, ví dụ “Đất đai sắp đến hạn”."),
    "too_many_filters": N_("Giữ được nhiều nhất {most} bộ lọc. Xóa bớt rồi lưu lại."),
    "required": N_("Điền mục này."),
    "too_long": N_("Nội dung dài quá {limit} ký tự. Rút ngắn lại."),
    "kiosk_takes_no_denunciation": N_(
        "Không gửi tố cáo tại màn hình chung. Dùng điện thoại riêng hoặc gặp cán bộ tiếp công dân."
    ),
    "id_no_malformed": N_("Nhập số căn cước 12 chữ số, ví dụ 022190001234, hoặc số hộ chiếu."),
    "phone_malformed": N_("Nhập số điện thoại 10 chữ số, ví dụ 0912 345 678."),
    "email_malformed": N_("Nhập địa chỉ email, ví dụ ten@example.vn."),
    "signatories_out_of_range": N_("Số người ký tên từ 1 đến {limit}."),
    "people_out_of_range": N_("Số người từ 1 đến {limit}."),
    "received_in_future": N_("Ngày nhận không thể sau hôm nay."),
    "visit_in_future": N_("Ngày tiếp không thể sau hôm nay."),
    "late_reason_required": N_("Vào sổ sau hơn {limit} ngày làm việc. Ghi lý do."),
    "regular_is_officer": N_(
        "Ngày tiếp thường xuyên do cán bộ tiếp. Lãnh đạo tiếp là định kỳ hoặc đột xuất."
    ),
    "leaders_day_only": N_("Mục này chỉ ghi ngày lãnh đạo tiếp, định kỳ hoặc đột xuất."),
    "visitors_out_of_range": N_("Số lượt từ 0 đến {limit}."),
    "sitting_there_already": N_("Ngày tiếp này đã có trong sổ."),
    "plan_in_past": N_("Ngày dự kiến không thể trước hôm nay. Ngày đã qua thì ghi là đã tiếp."),
    "other_book_year": N_("Số sổ thuộc năm {limit}. Ngày tiếp phải trong năm đó."),
    "kind_of_case_stays": N_("Lượt tiếp gắn với vụ việc tố cáo nên loại đơn phải là tố cáo."),
    "nothing_changed": N_("Chưa có mục nào được sửa."),
    "sitting_not_yet": N_("Ngày tiếp này chưa đến. Ghi kết quả khi đã tiếp."),
    "ground_not_in_force": N_("Căn cứ này chưa có hiệu lực vào ngày từ chối. Chọn căn cứ khác."),
    "no_notice_needed": N_("Căn cứ này chỉ cần giải thích trực tiếp, không cần văn bản."),
    "notice_there_already": N_("Đã có thông báo cho lần từ chối này."),
    "notice_sent_already": N_("Đã ghi việc gửi thông báo này."),
    "time_malformed": N_("Nhập giờ và phút, ví dụ 08:30."),
    "papers_out_of_range": N_("Ghi từ 1 đến {limit} tài liệu."),
    "paper_unnamed": N_("Ghi tên từng tài liệu, nhiều nhất {limit} ký tự."),
    "pages_out_of_range": N_("Số trang của mỗi tài liệu từ 1 đến {limit}."),
    "copies_out_of_range": N_("Số bản từ 2 đến {limit}."),
    "unknown_matter": N_("Không tìm thấy số này. Xem lại số đơn hoặc số sổ tiếp dân."),
    "date_in_future": N_("Ngày không thể sau hôm nay."),
    "date_too_early": N_("Ngày không thể trước {earliest}."),
    "empty_message": N_("Nhập nội dung tin nhắn."),
    "file_too_large": N_("Tệp lớn quá {megabytes} MB."),
    "file_not_sealed": N_("Tệp của đơn tố cáo phải được giữ kín."),
    "unknown_unit": N_("Không có đơn vị này."),
    "reason_required": N_("Ghi lý do."),
    "already_entered": N_("Đơn này vừa được vào sổ với số {number}."),
    "demo_needs_empty": N_("Chỉ tạo bản trình diễn trong cơ sở dữ liệu còn trống."),
    "purpose_is_fixed": N_("Cơ sở dữ liệu này đã dùng cho mục đích khác ({purpose})."),
    "no_term": N_("Quy định này không có thời hạn."),
    "unknown_rule": N_("Không có quy định {rule}."),
    "not_in_force": N_("Quy định {rule} không có hiệu lực vào ngày {on}."),
    "flag_not_applicable": N_("Lựa chọn {flag} không dùng cho quy định {rule}."),
    "extensions_not_allowed": N_(
        "Quy định {rule} cho gia hạn nhiều nhất {allowed} lần, không phải {asked}."
    ),
    "suspension_not_applicable": N_("Quy định này không có tạm đình chỉ."),
    "suspension_backwards": N_("Ngày tiếp tục {end} phải sau ngày tạm đình chỉ {begin}."),
    "date_out_of_range": N_("Ngày nằm ngoài lịch có thể tính."),
    "term_invalid": N_("Số ngày {days} không hợp lệ."),
    "explanation_does_not_hold": N_("Cách tính thời hạn không khớp tại ngày {on}."),
    "window_not_over": N_("Kỳ này chưa kết thúc: ngày cuối là {last}. Chốt sau ngày đó."),
    "window_closed": N_("Kỳ này đã được chốt cho đơn vị này."),
    "window_ends_before_it_begins": N_("Ngày cuối {last} trước ngày đầu {first}."),
    "clock_stopped": N_("Thời hạn này đã ngừng tính."),
    "clock_suspended": N_("Thời hạn này đang tạm dừng."),
    "clock_running": N_("Thời hạn này đang được tính."),
    "clock_out_of_order": N_("Ngày {on} trước lần ghi gần nhất."),
    "preview_outdated": N_("Lịch hoặc thời hạn vừa thay đổi. Xem lại rồi xác nhận lần nữa."),
    "clock_not_started": N_("Thời hạn này chưa bắt đầu."),
    "not_granted": N_("Ông/bà không có quyền thực hiện việc này."),
    "unknown_official": N_("Không có cán bộ này, hoặc tài khoản đã khóa."),
    "cannot_be_given": N_("Không thể giao vụ việc này cho người đã chọn."),
    "only_leader_gives": N_(
        "Chỉ lãnh đạo được giao việc cho người khác. Ông/bà có thể tự nhận việc."
    ),
    "already_theirs": N_("Người này đang xử lý vụ việc rồi."),
    "already_there": N_("Vụ việc đang ở đơn vị này rồi."),
    "unit_is_denounced": N_("Không chuyển tố cáo đến đơn vị bị tố cáo."),
    "denounced_is_highest": N_(
        "Không có cơ quan nào ở đây được giải quyết tố cáo này. Hãy gửi lên cấp trên."
    ),
    "reason_too_short": N_("Ghi lý do rõ hơn, ít nhất {limit} ký tự."),
    "unknown_case_number": N_("Không tìm thấy mã vụ việc này."),
    "not_a_first": N_("Chỉ nhập vào đơn gốc, không nhập vào đơn trùng hoặc chính nó."),
    "duplicate_of_other_kind": N_("Đơn trùng phải cùng loại với đơn gốc."),
    "kind_unchanged": N_("Chọn loại đơn khác với loại hiện tại."),
    "complexity_unchanged": N_("Mức độ phức tạp đã được ghi như vậy."),
    "not_a_decision": N_("Chọn kết quả: đúng, đúng một phần hoặc sai."),
    "draft_missing": N_("Viết dự thảo, hoặc soạn văn bản trước khi trình lãnh đạo."),
    "unknown_ground": N_("Không có căn cứ {ground}."),
    "unknown_respondent_kind": N_("Chọn người bị khiếu nại, tố cáo trong danh sách."),
    "role_not_named": N_("Chọn người đại diện hoặc người được ủy quyền."),
    "papers_stay_sealed": N_("Giấy tờ của tố cáo được niêm phong, không chuyển sang vụ việc khác."),
    "no_partial_withdrawal_yet": N_("Chỉ rút một phần khiếu nại từ ngày {begins}."),
    "incomplete": N_("Còn mục chưa điền hoặc chưa đúng. Xem lại từng mục."),
    "too_many_files": N_("Gửi nhiều nhất {limit} tệp."),
    "file_empty": N_("Tệp này trống."),
    "file_type_refused": N_(
        "Không nhận loại tệp này. Gửi ảnh, PDF, tài liệu văn phòng hoặc ghi âm."
    ),
    "sound_refused": N_("Chưa nhận loại ghi âm này. Ghi lại hoặc đổi sang MP3, M4A, OGG."),
    "file_broken": N_("Không mở được tệp này. Kiểm tra rồi gửi lại."),
    "file_protected": N_("Tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại."),
    "file_has_macros": N_("Tệp có chứa macro nên không nhận. Lưu lại không có macro."),
    "image_too_large": N_("Ảnh lớn quá {megapixels} triệu điểm ảnh."),
    "sign_in_failed": N_("Email hoặc mật khẩu không đúng."),
    "sign_in_locked": N_("Đăng nhập sai quá nhiều lần. Thử lại sau {minutes} phút."),
    "too_many_codes": N_("Hôm nay đã gửi nhiều mã. Mai ông/bà thử lại."),
    "code_wait": N_("Nhập sai nhiều lần. Chờ {minutes} phút rồi thử lại."),
    "link_spent": N_("Liên kết này đã dùng hoặc hết hạn. Đề nghị quản trị viên cấp lại."),
    "account_closed": N_("Tài khoản này đã khóa."),
    "email_taken": N_("Địa chỉ email này đã có tài khoản."),
    "email_invalid": N_("Nhập địa chỉ email đúng, ví dụ ten@example.vn."),
    "name_missing": N_("Nhập tên."),
    "roles_missing": N_("Chọn ít nhất một vai trò."),
    "last_administrator": N_("Phải còn ít nhất một quản trị viên."),
    "password_wrong": N_("Mật khẩu hiện tại không đúng."),
    "password_short": N_("Mật khẩu quá ngắn. Dùng một câu dài hơn."),
    "password_long": N_("Mật khẩu quá dài. Rút ngắn lại."),
    "password_common": N_("Mật khẩu này quá dễ đoán. Chọn mật khẩu khác."),
    "password_personal": N_("Mật khẩu không được dựa vào tên hoặc email của mình."),
    "unit_unknown": N_("Chọn một đơn vị có trong danh mục."),
    "unit_below_itself": N_("Đơn vị không thể trực thuộc chính nó hoặc cấp dưới của nó."),
    "code_invalid": N_("Mã chỉ gồm chữ không dấu, chữ số và dấu gạch nối."),
    "code_taken": N_("Mã này đã được dùng."),
    "ends_before_start": N_("Ngày kết thúc phải sau ngày bắt đầu."),
    "question_unknown": N_("Không có câu hỏi này."),
    "question_asked_already": N_("Câu này đã được hỏi trong những ngày đó."),
    "too_many_questions": N_("Cùng lúc nhiều nhất {most} câu. Thôi hỏi một câu trước."),
    "closes_before_opening": N_("Giờ đóng cửa phải sau giờ mở cửa."),
    "point_of_other_unit": N_("Điểm phục vụ này thuộc đơn vị khác."),
    "languages_missing": N_("Chọn ít nhất một ngôn ngữ."),
    "point_unknown": N_("Không có điểm phục vụ này."),
    "enrolment_code_wrong": N_("Mã không đúng, đã dùng rồi hoặc đã hết hạn."),
    "bad_score": N_("Điểm là số từ 1 đến 5."),
    "bad_answer": N_("Câu này trả lời có hoặc không."),
    "nobody_sent_it": N_("Đơn này không do cơ quan khác chuyển đến nên không phải báo cáo lại."),
    "no_such_form": N_("Không có mẫu văn bản này cho loại đơn và ngày đã chọn."),
    "no_such_template": N_("Không có mẫu văn bản này."),
    "signature_incomplete": N_("Khối chữ ký còn thiếu chức danh hoặc tên cơ quan."),
    "letter_step": N_("Văn bản đang ở bước không cho phép việc này."),
    "letter_not_offered": N_("Văn bản này không dùng cho vụ việc ở bước hiện tại."),
    "number_taken": N_("Số {number} đã cấp cho văn bản khác. Số tiếp theo của sổ này là {next}."),
    "number_leaves_gap": N_(
        "Số {number} bỏ trống các số từ {next}. Vào sổ lần lượt, bắt đầu từ số {next}."
    ),
    "number_out_of_range": N_("Số văn bản từ 1 đến {limit}."),
    "register_not_chosen": N_("Chọn đơn vị và năm của sổ cần xuất."),
    "register_too_long": N_("Sổ có hơn {limit} số. Chọn thêm loại văn bản rồi xuất."),
    "identity_in_register": N_(
        "Có {count} chỗ làm lộ người tố cáo. Sửa trích yếu, nơi nhận rồi ghi lại."
    ),
    "number_cancelled_already": N_("Số này đã hủy."),
    "letter_has_gaps": N_("Văn bản còn chỗ trống “……”. Điền hết rồi trình."),
    "letter_not_issued": N_("Văn bản chưa ban hành nên chưa gửi được."),
    "identity_in_letter": N_(
        "Văn bản hoặc giấy tờ gửi kèm có {count} chỗ làm lộ người tố cáo. Việc ban hành đã dừng lại."
    ),
    "denouncer_unknown": N_("Đơn không có tên người tố cáo nên không có người nhận văn bản này."),
    "proof_required": N_("Ghi số hiệu bưu gửi, hoặc người ký nhận."),
    "address_not_confirmed": N_("Người gửi đơn chưa xác nhận địa chỉ thư điện tử nào."),
    "template_has_problems": N_("Mẫu còn chỗ phải sửa. Xem danh sách rồi lưu lại."),
    "paragraph_does_not_fit": N_("Đoạn mẫu dùng trường mà văn bản này không có, hoặc viết sai."),
    "team_out_of_range": N_("Ghi từ 1 đến {limit} thành viên, mỗi người một dòng."),
    "team_too_small": N_("Tổ xác minh tố cáo có ít nhất {limit} người."),
    "dialogue_too_soon": N_(
        "Đối thoại ngày {day} phải được thông báo chậm nhất ngày {last}. Chọn từ ngày {earliest}."
    ),
    "dialogue_to_repeat": N_(
        "Người khiếu nại vắng mặt trong buổi đối thoại. Hẹn lại trước khi ra quyết định."
    ),
    "criteria_required": N_("Chọn ít nhất một tiêu chí phức tạp theo luật."),
    "first_not_decided": N_(
        "Đơn lần đầu còn trong thời hạn giải quyết nên chưa thể khiếu nại lần hai."
    ),
    "superior_outside": N_(
        "Cấp trên có thẩm quyền không dùng phần mềm này. Hướng dẫn người dân gửi đơn lên cấp trên trực tiếp."
    ),
    "not_late_yet": N_("Chỉ đôn đốc vụ việc quá hạn hoặc đơn quá lâu chưa xử lý."),
    "nothing_to_report": N_("Không có đôn đốc nào chờ báo cáo."),
    "outcome_first": N_("Ghi nội dung phải thi hành của quyết định trước."),
    "no_part_to_withdraw": N_("Ghi phần muốn rút; loại đơn này phải cho rút một phần."),
    "news_needs_proof": N_("Muốn đổi địa chỉ nhận tin, ông/bà xác nhận thêm một lần trước."),
    "public_too_long": N_("Phần này dài quá {limit} ký tự. Viết ngắn hơn."),
    "public_names_somebody": N_(
        "Phần này còn tên, số hoặc địa chỉ của người gửi. Bỏ đi rồi đăng lại."
    ),
    "public_answer_alone": N_("Viết tóm tắt trước, rồi mới trả lời cho mọi người."),
    "verdict_stands": N_("Thời gian để nói lại đã hết. Câu trả lời trước được giữ."),
    "no_such_step": N_("Việc này hiện không có bước đó."),
    "appeal_over": N_(
        "Hạn khiếu nại lần hai đã hết ngày {on}. Ông/bà vẫn có thể khởi kiện ra tòa án."
    ),
    "continued_already": N_("Đã có đơn tiếp theo cho việc này."),
    "superior_elsewhere": N_(
        "Cấp trên có thẩm quyền không nhận đơn ở đây. Ông/bà gửi đơn trực tiếp đến nơi đó."
    ),
    "less_than_done": N_("Số phải thi hành không thể nhỏ hơn số đã thi hành."),
}

ANY_REFUSAL = N_("Việc này không thực hiện được ({code}).")

# An entry left empty, by its name.
REQUIRED: Mapping[str, str] = {
    "respondent": N_("Cho biết người hoặc cơ quan mà đơn nói đến."),
    "words": N_("Kể lại chuyện đã xảy ra."),
    "summary": N_("Ghi tóm tắt nội dung."),
    "verdict": N_("Cho biết kết quả thế nào."),
    "name": N_("Nhập họ và tên."),
    "address": N_("Nhập địa chỉ."),
    "id_no": N_("Nhập số căn cước hoặc hộ chiếu."),
    "received_on": N_("Nhập ngày nhận đơn."),
    "visited_on": N_("Nhập ngày tiếp."),
    "held_on": N_("Nhập ngày tiếp."),
    "reason": N_("Ghi lý do."),
    "on": N_("Nhập ngày."),
    "concluded_on": N_("Nhập ngày."),
    "title": N_("Ghi nội dung."),
    "number": N_("Nhập số văn bản."),
    "conclusion_no": N_("Nhập số kết luận."),
    "document_no": N_("Nhập số văn bản."),
    "signers": N_("Ghi tên ít nhất một người."),
    "body": N_("Nhập cơ quan nhận."),
    "text": N_("Nhập nội dung."),
    "case_number": N_("Nhập mã vụ việc."),
    "assignee": N_("Chọn người xử lý."),
    "unit": N_("Chọn đơn vị."),
    "kind": N_("Chọn loại đơn."),
    "complexity": N_("Chọn mức độ phức tạp."),
    "result": N_("Chọn kết quả."),
    "eligible": N_("Cho biết đơn có đủ điều kiện xử lý không."),
    "competent": N_("Cho biết đơn có thuộc thẩm quyền không."),
    "document": N_("Chọn tệp cần thêm."),
    "first_summary": N_("Ghi tóm tắt mới, không còn phần tố cáo."),
    "ground": N_("Chọn căn cứ."),
    "field": N_("Chọn lĩnh vực."),
    "reply": N_("Cho biết nơi nhận trả lời thế nào."),
    "role": N_("Chọn vai trò."),
    "names": N_("Nhập ít nhất một họ tên."),
    "criteria": N_("Chọn ít nhất một tiêu chí."),
    "day": N_("Nhập ngày đối thoại."),
    "hour": N_("Nhập giờ và phút, ví dụ 08:30."),
    "place": N_("Nhập địa điểm."),
    "attendance": N_("Cho biết người khiếu nại có mặt không."),
    "way": N_("Chọn cách gửi."),
    "publication": N_("Chọn hình thức công khai."),
    "proof": N_("Chọn giấy tờ chứng minh."),
    "first_decision": N_("Cho biết quyết định lần đầu được công nhận hay thay đổi."),
}
