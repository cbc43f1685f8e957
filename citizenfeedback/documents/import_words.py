"""What is wrong with a file of records, in words: one sentence for every code."""

from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.domain.records import Problem

PROBLEMS: Mapping[str, str] = {
    # The file as a whole.
    "unknown_file_type": N_("Chỉ nhận tệp .csv và .xlsx."),
    "file_too_large": N_("Tệp quá lớn."),
    "cannot_open": N_("Không mở được tệp."),
    "not_utf8": N_("Tệp không phải mã UTF-8."),
    "malformed_csv": N_("Tệp CSV bị hỏng ở dòng này."),
    "malformed_xlsx": N_("Không đọc được tệp XLSX."),
    "malformed_ical": N_("Tệp lịch iCalendar bị hỏng ở dòng này."),
    "ical_not_all_day": N_("Chỉ nhận sự kiện cả ngày, ghi ngày dạng YYYYMMDD."),
    "ical_bad_date": N_("Phải là ngày có thật, dạng YYYYMMDD."),
    "ical_repeats": N_("Không nhận sự kiện lặp lại. Ghi từng ngày."),
    "ical_too_long": N_("Sự kiện phải dài từ 1 đến {most} ngày."),
    "empty_file": N_("Tệp không có dòng nào."),
    "too_many_rows": N_("Tệp có nhiều hơn {most} dòng."),
    # The first row.
    "unknown_column": N_("Không có cột nào mang tên này."),
    "column_twice": N_("Cột này xuất hiện hai lần."),
    "missing_column": N_("Thiếu cột này."),
    # One cell.
    "too_many_cells": N_("Dòng có nhiều ô hơn {columns} cột."),
    "too_few_cells": N_("Dòng có ít ô hơn {columns} cột."),
    "required": N_("Ô này không được để trống."),
    "not_text": N_("Ô có ký tự không phải chữ."),
    "too_long": N_("Dài hơn {most} ký tự."),
    "unknown_value": N_("Giá trị phải là một trong: {known}."),
    "not_a_whole_number": N_("Phải là số nguyên, chỉ gồm chữ số."),
    "out_of_range": N_("Phải từ {least} đến {most}."),
    "not_yes_or_no": N_("Phải là yes hoặc no."),
    "not_a_date": N_("Phải là ngày có thật, dạng YYYY-MM-DD."),
    "not_a_month": N_("Phải là tháng, dạng YYYY-MM."),
    "not_an_hour": N_("Phải là giờ, dạng HH:MM."),
    "not_a_moment": N_("Phải là ngày giờ ISO 8601, như 2026-11-23T09:30:00+07:00."),
    "no_offset": N_("Thiếu múi giờ, như +07:00."),
    "number_not_text": N_("Ô đang là số nên số 0 ở đầu có thể đã mất; hãy đổi sang dạng chữ."),
    # One row.
    "in_future": N_("Ngày này chưa đến."),
    "ends_before_it_begins": N_("Ngày kết thúc trước ngày bắt đầu."),
    "own_parent": N_("Một đơn vị không thể là cấp trên của chính mình."),
    "closes_before_it_opens": N_("Giờ đóng cửa phải sau giờ mở cửa."),
    "processed_before_received": N_("Ngày xử lý trước ngày nhận đơn."),
    "accepted_before_received": N_("Ngày thụ lý trước ngày nhận đơn."),
    "closed_before_accepted": N_("Ngày kết thúc trước ngày thụ lý."),
    "closed_before_received": N_("Ngày kết thúc trước ngày nhận đơn."),
    "result_without_closing": N_("Có kết quả thì phải có ngày kết thúc."),
    "duplicate_of_itself": N_("Một đơn không thể trùng với chính nó."),
    "duplicate_has_no_case": N_("Đơn trùng không có ngày thụ lý và ngày kết thúc riêng."),
    # Against other rows and against what is stored.
    "unknown_unit": N_("Không có đơn vị mang mã này."),
    "unknown_point": N_("Không có điểm phục vụ mang mã này."),
    "unknown_staff": N_("Không có cán bộ mang mã này."),
    "unknown_case": N_("Không có đơn mang số này."),
    "goes_round": N_("Các đơn vị cấp trên quay vòng về chính đơn vị này."),
    "duplicate_of_duplicate": N_("Đơn được dẫn chiếu cũng là đơn trùng."),
    "differs_from_first": N_("Đơn trùng phải mang kết quả xem xét của đơn đầu."),
    "key_twice": N_("Trùng khóa với dòng {row} của tệp {file}."),
    "conflict": N_("Đã lưu khóa này với nội dung khác."),
}


def problem_message(problem: Problem, lang: str = "vi") -> str:
    """What is wrong, in one sentence; never a cell of a person."""
    return translate(PROBLEMS[problem.code], lang).format_map(dict(problem.values))
