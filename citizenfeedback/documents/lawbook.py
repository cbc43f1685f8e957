"""The terms of the law in words: what each row is about, and the table for `docs/deadlines.md`.

The numbers, dates and articles are in `domain/law`; here is only what a person calls them.
"""

from collections.abc import Iterable
from datetime import date

from citizenfeedback.documents.catalogue import N_, ntranslate, translate
from citizenfeedback.documents.formats import format_date
from citizenfeedback.domain.deadlines import OFFICE_STANDARD
from citizenfeedback.domain.law.days import shipped_days
from citizenfeedback.domain.law.lawsuits import LAWSUIT
from citizenfeedback.domain.law.sources import READ_IN
from citizenfeedback.domain.law.terms import CountsFrom, DayUnit, Term, terms

TERM_LABELS: dict[str, str] = {
    "KN-01": N_("Thời hiệu khiếu nại lần đầu"),
    "KN-02": N_("Thời hiệu khiếu nại quyết định kỷ luật lần đầu"),
    "KN-02b": N_("Thời hiệu khiếu nại quyết định kỷ luật lần hai"),
    "KN-03a": N_("Thụ lý hoặc thông báo không thụ lý khiếu nại lần đầu"),
    "KN-03b": N_("Thụ lý hoặc thông báo không thụ lý khiếu nại lần đầu"),
    "KN-03c": N_("Thụ lý khiếu nại quyết định kỷ luật"),
    "KN-04": N_("Giải quyết khiếu nại lần đầu"),
    "KN-05": N_("Giải quyết khiếu nại lần đầu, vụ việc phức tạp"),
    "KN-06": N_("Giải quyết khiếu nại lần đầu, vùng sâu, vùng xa"),
    "KN-07": N_("Giải quyết khiếu nại lần đầu, vùng sâu, vùng xa, phức tạp"),
    "KN-08": N_("Gửi quyết định giải quyết lần đầu"),
    "KN-09": N_("Nộp đơn khiếu nại lần hai"),
    "KN-10a": N_("Thụ lý hoặc thông báo không thụ lý khiếu nại lần hai"),
    "KN-11": N_("Giải quyết khiếu nại lần hai"),
    "KN-12": N_("Giải quyết khiếu nại lần hai, vụ việc phức tạp"),
    "KN-13": N_("Giải quyết khiếu nại lần hai, vùng sâu, vùng xa"),
    "KN-14": N_("Giải quyết khiếu nại lần hai, vùng sâu, vùng xa, phức tạp"),
    "KN-15": N_("Gửi quyết định giải quyết lần hai"),
    "KN-16": N_("Công khai quyết định giải quyết khiếu nại"),
    "KN-17": N_("Quyết định giải quyết lần đầu có hiệu lực"),
    "KN-18": N_("Quyết định giải quyết lần hai có hiệu lực"),
    "KN-19": N_("Thông báo trước buổi đối thoại"),
    "KN-20": N_("Gửi quyết định tạm đình chỉ, đình chỉ hoặc tiếp tục giải quyết"),
    "KN-21": N_("Quyền khởi kiện vụ án hành chính"),
    "TC-01": N_("Xử lý ban đầu đơn tố cáo"),
    "TC-02": N_("Xử lý ban đầu đơn tố cáo, phải xác minh ở nhiều nơi"),
    "TC-03": N_("Chuyển đơn tố cáo không thuộc thẩm quyền và báo người tố cáo"),
    "TC-04": N_("Đơn tố cáo đã gửi nhiều nơi hoặc đã được hướng dẫn: không xử lý"),
    "TC-05": N_("Thông báo thụ lý tố cáo và nội dung tố cáo"),
    "TC-06": N_("Giải quyết tố cáo"),
    "TC-07": N_("Gia hạn giải quyết tố cáo, vụ việc phức tạp"),
    "TC-08": N_("Gia hạn giải quyết tố cáo, vụ việc đặc biệt phức tạp"),
    "TC-09": N_("Gửi kết luận nội dung tố cáo"),
    "TC-10": N_("Xử lý theo kết luận nội dung tố cáo"),
    "TC-11": N_("Báo cáo kết quả xử lý với người giải quyết tố cáo"),
    "TC-12": N_("Công khai kết luận hoặc quyết định xử lý tố cáo"),
    "TC-13": N_("Thông báo kết quả cho cơ quan, báo chí đã chuyển đơn"),
    "TC-14": N_("Xem xét việc tố cáo tiếp"),
    "TC-15": N_("Cấp trên yêu cầu báo cáo khi quá hạn giải quyết tố cáo"),
    "TC-16": N_("Người giải quyết báo cáo cấp trên khi quá hạn"),
    "TD-01": N_("Trả lời người đến khiếu nại, tố cáo, kiến nghị, phản ánh"),
    "TD-02": N_("Báo kết quả giải quyết cho cơ quan đã chuyển đơn"),
    "TD-03": N_("Cơ quan chuyển đơn thông báo cho công dân"),
    "TD-04": N_("Thông báo bằng văn bản việc từ chối tiếp công dân"),
    "TD-05": N_("Niêm yết lịch tiếp công dân của lãnh đạo"),
    "TD-06": N_("Thông báo buổi tiếp công dân trực tuyến"),
    "TD-07": N_("Kiểm tra kết nối trước buổi tiếp trực tuyến"),
    "TD-08": N_("Đơn chưa được xử lý: mức cảnh báo kỷ luật"),
    "PA-01": N_("Chuyển phản ánh về quy định hành chính không thuộc thẩm quyền"),
    "PA-02": N_("Giải quyết kiến nghị, phản ánh: luật không ấn định thời hạn"),
    "PA-03": N_("Phản ánh hiện trường: thời hạn do tỉnh quy định"),
    "DT-01": N_("Xử lý ban đầu trong phần mềm dùng chung hiện nay"),
    "DL-01": N_("Trả lời yêu cầu về dữ liệu cá nhân"),
    OFFICE_STANDARD: N_("Tiêu chuẩn phục vụ của cơ quan"),
}

EVENT_LABELS: dict[CountsFrom, str] = {
    CountsFrom.KNOWN: N_("ngày nhận hoặc biết quyết định, hành vi"),
    CountsFrom.RECEIPT: N_("ngày nhận đơn"),
    CountsFrom.FIRST_DECISION_RECEIVED: N_("ngày nhận quyết định lần đầu"),
    CountsFrom.TERM_END_OR_DECISION: N_("ngày hết hạn giải quyết hoặc nhận quyết định lần đầu"),
    CountsFrom.ACCEPTANCE: N_("ngày thụ lý"),
    CountsFrom.DECISION: N_("ngày ra quyết định"),
    CountsFrom.ISSUE: N_("ngày ban hành"),
    CountsFrom.PREVIOUS_TERM_END: N_("ngày hết thời hạn trước"),
    CountsFrom.CONCLUSION: N_("ngày ra kết luận"),
    CountsFrom.HANDLING_RESULT: N_("ngày có kết quả xử lý"),
    CountsFrom.FOLLOW_UP_RECEIPT: N_("ngày nhận tố cáo tiếp"),
    CountsFrom.REQUEST_RECEIPT: N_("ngày nhận yêu cầu báo cáo"),
    CountsFrom.SETTLED: N_("ngày giải quyết xong"),
    CountsFrom.NOTICE_RECEIVED: N_("ngày nhận thông báo kết quả"),
    CountsFrom.GROUNDS_ESTABLISHED: N_("ngày xác định có căn cứ từ chối"),
    CountsFrom.ENTRY: N_("ngày nhập đơn vào phần mềm"),
    CountsFrom.DATA_REQUEST: N_("ngày nhận yêu cầu"),
    CountsFrom.DIALOGUE_DAY: N_("ngày đối thoại"),
    CountsFrom.RECEPTION_DAY: N_("ngày tiếp công dân"),
    CountsFrom.NOTHING: N_("không có mốc tính"),
}

FAMILIES: tuple[tuple[str, str], ...] = (
    ("KN-", "Complaints (khiếu nại)"),
    ("TC-", "Denunciations (tố cáo)"),
    ("TD-", "Reception of citizens (tiếp công dân)"),
    ("PA-", "Petitions and reports (kiến nghị, phản ánh)"),
    ("DL-", "Personal data (dữ liệu cá nhân)"),
    ("DT-", "Practice of deployed software"),
)

_CONDITIONS = {"remote": "in a remote area", "dismissal": "for a dismissal"}

_PREAMBLE = """\
# Deadlines

Made from the rows of `citizenfeedback/domain/law/` by `make docs`; edit those, not this file.

## How days are counted

- The day of the event is day zero. Counting begins the next day (Civil Code, article 147).
- The last day ends at midnight. If the office does not work on it, the term ends with the next
  working day (article 148).
- "Days" are calendar days. "Working days" are Monday to Friday, without public holidays and days
  in lieu, with the make-up days that the yearly notice names.
- A suspension from day A to the day B of the decision to go on takes out the days A to B - 1. A
  last day off moves past days of a suspension too.
- A denunciation that is extended counts as one period of 30 x (1 + extensions) days, moved off a
  day off once, at its end. The setting `each` moves it after every extension instead. A complex
  matter allows one extension, a specially complex one two, any other none.
- A term that is counted back from an event gives the last day on which the duty can still be met,
  and moves to the working day before.
- A row holds between its dates. Which of two rows applies is decided by the day of the event that
  starts the term, not by today (doubt D7: the amending law has no transitional clause).
- A petition or reflection has no statutory term. Its date comes from the office's own standard,
  by default 10 working days from receipt, and is never given an article.

`citizenfeedback deadline RULE --from DATE` prints any of these with every step, and the steps can
be replayed to the same date.

## The terms

Marks: V read in a source, V2 read indirectly, M from memory and to be checked before use.
"""


def term_label(code: str, lang: str = "vi") -> str:
    """What the term of a code is for; a code that picks by date has the words of its rows."""
    known = {"KN-03": "KN-03b", "KN-10": "KN-10a"}.get(code, code)
    return translate(TERM_LABELS[known], lang)


def event_label(event: CountsFrom, lang: str = "vi") -> str:
    """The event from which a term runs."""
    return translate(EVENT_LABELS[event], lang)


def days_label(days: int, unit: DayUnit, lang: str = "vi") -> str:
    """30 ngày · 7 ngày làm việc; 30 days · 7 working days."""
    text = N_("{days} ngày làm việc") if unit == DayUnit.WORKING else N_("{days} ngày")
    return ntranslate(text, text, days, lang).format(days=days)


def _limit(row: Term) -> str:
    if row.days is None or row.unit is None:
        return "none"
    limit = days_label(row.days, row.unit, "en")
    if row.backward:
        limit = f"at least {limit} before"
    longer = [f"{days} {_CONDITIONS[condition]}" for condition, days in row.longer]
    return "; ".join([limit, *longer])


def _span(start: date | None, end: date | None) -> str:
    if start is not None:
        return f"from {format_date(start, 'en')}"
    return "all" if end is None else f"until {format_date(end, 'en')}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _term_cells(row: Term) -> tuple[str, ...]:
    return (
        row.code,
        f"{term_label(row.code, 'en')} ({term_label(row.code)})",
        _limit(row),
        event_label(row.counts_from, "en"),
        row.law("en") or "-",
        _span(row.effective_from, row.effective_to),
        " ".join([str(row.mark), *row.read_in, *([row.doubt] if row.doubt else [])]),
    )


def deadlines_markdown() -> str:
    """The whole of `docs/deadlines.md`."""
    lines = [_PREAMBLE]
    heads = ("Code", "Step", "Limit", "Counted from", "Article", "In force", "Mark")
    for prefix, title in FAMILIES:
        rows = [_term_cells(row) for row in terms() if row.code.startswith(prefix)]
        lines += [f"### {title}", "", *_table(heads, rows), ""]
    lines += [
        "### Going to court",
        "",
        f"{LAWSUIT.years} year from the day on which the decision on a complaint was received, or from "
        "the end of the term without one, ending with the next working day. "
        f"{LAWSUIT.law('en')}. Mark: {LAWSUIT.mark} {' '.join(LAWSUIT.read_in)}.",
        "",
    ]
    lines += ["Read in:", "", *(f"- {key}: {words}" for key, words in READ_IN.items()), ""]
    open_days = [day for day in shipped_days() if not day.decreed]
    lines += [
        "## The shipped calendar",
        "",
        "2018 to 2027, as rows that an administrator edits and an import replaces. Not decreed yet:",
        "",
        *_table(
            ("Date", "Day", "Moves terms", "Basis"),
            (
                (
                    format_date(day.date, "en"),
                    f"{day.name_en} ({day.name})",
                    "yes" if day.counts else "no, until a law says so",
                    day.basis,
                )
                for day in open_days
            ),
        ),
        "",
    ]
    return "\n".join(lines)
