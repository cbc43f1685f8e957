"""Codes of the lists and of a case in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from citizenfeedback.documents.formats import HERE, format_date, format_datetime
from citizenfeedback.documents.labels import (
    button,
    event_text,
    input_label,
    label,
    state_label,
)
from citizenfeedback.domain.examination import ground_text
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    Complexity,
    EventKind,
    Letter,
    LetterState,
    LookReason,
    MessageKind,
    PersonRole,
    Phase,
    Standing,
    State,
)
from citizenfeedback.queries.case_page import CasePage, EventLine, MessageLine
from citizenfeedback.queries.inbox import Count, View
from citizenfeedback.services.unsealing import SealedMessage
from citizenfeedback.web.i18n import current_language, gettext, ngettext
from citizenfeedback.web.i18n import lazy_gettext as _l

VIEWS = {
    View.NEW: _l("Mới, chưa ai nhận"),
    View.MINE: _l("Của tôi"),
    View.UNIT: _l("Đơn vị"),
    View.REACH: _l("Mọi đơn vị"),
    View.LATE: _l("Quá hạn"),
    View.SOON: _l("Sắp đến hạn"),
    View.WRITTEN: _l("Tin mới của người dân"),
    View.ASKED: _l("Yêu cầu về dữ liệu"),
    View.WAITING: _l("Chờ người dân"),
    View.APPROVAL: _l("Chờ duyệt"),
    View.UNPROCESSED: _l("Quá 45 ngày chưa xử lý"),
    View.REMINDED: _l("Bị đôn đốc"),
}

MARKS = {
    CaseKind.COMPLAINT: _l("KN"),
    CaseKind.DENUNCIATION: _l("TC"),
    CaseKind.PETITION: _l("KI"),
    CaseKind.REFLECTION: _l("PA"),
}

KINDS_IN_FULL = {
    (CaseKind.COMPLAINT, 1): _l("Khiếu nại lần đầu"),
    (CaseKind.COMPLAINT, 2): _l("Khiếu nại lần hai"),
    (CaseKind.DENUNCIATION, 1): _l("Tố cáo"),
    (CaseKind.DENUNCIATION, 2): _l("Tố cáo tiếp"),
}


def number_of(count: Count) -> str:
    """A count, exact up to ten thousand, then with a plus."""
    text = f"{count.value:,}"
    if current_language() == "vi":
        text = text.replace(",", ".")
    return f"{text}+" if count.more else text


def kind_in_full(kind: CaseKind, instance: int) -> str:
    """The kind with its instance, as a heading says it."""
    text = KINDS_IN_FULL.get((kind, instance))
    return str(text) if text else label(kind, current_language())


def standing_text(
    standing: Standing, phase: Phase, due_on: date | None, days_left: int | None
) -> str:
    """How the term stands, short enough for a tag."""
    if standing is Standing.OVERDUE and days_left is not None:
        return ngettext("quá %(num)s ngày", "quá %(num)s ngày", -days_left)
    if standing is Standing.DUE_SOON and days_left is not None:
        if days_left == 0:
            return gettext("hôm nay")
        return ngettext("còn %(num)s ngày", "còn %(num)s ngày", days_left)
    if standing is Standing.SUSPENDED:
        return gettext("tạm đình chỉ")
    if standing is Standing.ANSWERED:
        return gettext("đã xong")
    if standing is Standing.ANSWERED_LATE:
        return gettext("xong muộn")
    if due_on is not None:
        return format_date(due_on, current_language())
    return gettext("chờ người dân") if phase is Phase.WAITING else gettext("không hạn")


def left_text(standing: Standing, days_left: int | None) -> str:
    """How many days are left, beside the date itself."""
    if days_left is None or standing in (Standing.OVERDUE, Standing.DUE_SOON):
        return standing_text(standing, Phase.WORKING, None, days_left)
    return ngettext("còn %(num)s ngày", "còn %(num)s ngày", days_left)


def event_line(event: EventLine) -> dict[str, str]:
    """One entry of the timeline: when and who, what, and the reason that was given."""
    lang = current_language()
    when = format_datetime(event.at, lang)
    if event.on != _day_of(event.at) and event.kind not in _SAME_DAY:
        when = gettext("%(when)s, ghi ngày %(on)s", when=when, on=format_date(event.on, lang))
    return {
        "when": when,
        "by": who(event.author, event.by),
        "title": event_text(event.kind, event.details, lang),
        "text": "" if event.kind is EventKind.NOTE_ADDED else event.note,
    }


def _day_of(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


_SAME_DAY = frozenset({EventKind.NOTE_ADDED, EventKind.SEALED_READ})


def who(author: Author, name: str) -> str:
    """Who did or wrote something: an official by name, else the side."""
    if name:
        return name
    return str(_SIDES[author])


_SIDES = {
    Author.CITIZEN: _l("người dân"),
    Author.OFFICIAL: _l("cán bộ"),
    Author.SYSTEM: _l("hệ thống"),
    Author.IMPORT: _l("nhập từ sổ"),
}


def state_name(state: State, kind: CaseKind) -> str:
    """A state as it is called for this kind."""
    return state_label(state, kind, current_language())


def name_of(code: StrEnum) -> str:
    """What a code is called."""
    return label(code, current_language())


def number_from(value: int) -> str:
    """A place in a list."""
    return number_of(Count(value))


def dated(steps: Iterable[tuple[date, str]]) -> list[tuple[str, str]]:
    """Steps of a count with their days written out."""
    return [(format_date(day, current_language()), text) for day, text in steps]


def event_lines(events: Iterable[EventLine]) -> list[dict[str, str]]:
    """Entries of the timeline."""
    return [event_line(event) for event in events]


def message_items(messages: Iterable[MessageLine | SealedMessage]) -> list[dict[str, Any]]:
    """The correspondence as the component draws it."""
    lang = current_language()
    items = []
    for message in messages:
        mine = message.author is not Author.CITIZEN
        by = who(message.author, getattr(message, "by", ""))
        kind = "" if message.kind is MessageKind.MESSAGE else f" · {label(message.kind, lang)}"
        items.append(
            {
                "from": f"{by}{kind}",
                "when": format_datetime(message.at, lang),
                "text": _said(message),
                "mine": mine,
            }
        )
    return items


def _said(message: MessageLine | SealedMessage) -> str:
    """The words of a message; only a wish to withdraw may come without any."""
    if message.body is None:
        return gettext("(được niêm phong)")
    return message.body or gettext("(không ghi lý do)")


def person_rows(person: Mapping[str, str]) -> list[dict[str, str]]:
    """What is known of a person, as a list of facts."""
    return [
        {"key": input_label(name, current_language()), "value": value}
        for name, value in person.items()
        if value
    ]


def fact_rows(page: CasePage, lang: str) -> list[dict[str, Any]]:
    """What the case is: from whom, about whom, where it lies and what was found."""
    head = page.head
    rows: list[tuple[str, Any]] = [
        (gettext("Người gửi"), _sender(page)),
        (gettext("Các đơn trùng"), _submissions(page)),
        (gettext("Người nói thay"), _representatives(page)),
        (gettext("Đơn nói về"), head.respondent or head.respondent_unit),
        (gettext("Nhận"), _received(page, lang)),
        (gettext("Đơn vị"), head.unit_title(lang)),
        (gettext("Xử lý"), head.assignee or gettext("chưa ai nhận")),
        (gettext("Xem xét"), _examined(page)),
        (gettext("Ngày thụ lý"), format_date(head.accepted_on, lang) if head.accepted_on else ""),
        (gettext("Mức độ"), _complexity(page, lang)),
        (gettext("Chuyển, hướng dẫn đến"), head.forwarded_to),
        (gettext("Căn cứ"), _ground(page, lang)),
        (gettext("Kết quả"), _result(page, lang)),
        (gettext("Liên quan"), _linked(page)),
        (gettext("Cần xem lại"), ", ".join(_look(code, lang) for code in head.look)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _sender(page: CasePage) -> Any:
    head = page.head
    if head.sealed and not page.people:
        return gettext("(được giữ kín)")
    filers = [one for one in page.people if one.role not in _SPEAK]
    if not filers:
        return gettext("không nêu tên")
    first = filers[0]
    lines = [
        part for part in (first.name, first.address, first.phone, first.email, first.id_no) if part
    ]
    if head.signatories > 1:
        lines.append(gettext("%(count)s người cùng ký", count=head.signatories))
    return Markup("<br>").join(escape(line) for line in lines)


def _received(page: CasePage, lang: str) -> str:
    head = page.head
    text = f"{format_date(head.received_on, lang)} · {label(head.channel, lang)}"
    if head.register_code:
        text += " · " + gettext("số trong sổ %(code)s", code=head.register_code)
    if not head.formal:
        text += " · " + gettext("chưa đúng hình thức")
    elif not head.signed:
        text += " · " + gettext("chưa ký")
    return text


def _examined(page: CasePage) -> str:
    head = page.head
    parts = []
    if head.eligible is not None:
        parts.append(
            gettext("đủ điều kiện xử lý") if head.eligible else gettext("không đủ điều kiện xử lý")
        )
    if head.competent is not None:
        parts.append(
            gettext("thuộc thẩm quyền giải quyết")
            if head.competent
            else gettext("không thuộc thẩm quyền giải quyết")
        )
    return ", ".join(parts)


def _complexity(page: CasePage, lang: str) -> str:
    head = page.head
    parts = [] if head.complexity is Complexity.NORMAL else [label(head.complexity, lang)]
    if head.remote:
        parts.append(gettext("vùng sâu, vùng xa"))
    if head.extensions:
        parts.append(gettext("gia hạn %(count)s lần", count=head.extensions))
    return ", ".join(parts)


def _result(page: CasePage, lang: str) -> str:
    head = page.head
    if head.result is None:
        return ""
    parts = [label(head.result, lang), head.decision_no]
    if head.closed_on:
        parts.append(format_date(head.closed_on, lang))
    return " · ".join(part for part in parts if part)


def _submissions(page: CasePage) -> Any:
    """One case and its submissions: how many, each with its number and who filed it."""
    if not page.duplicates:
        return ""
    lines = [gettext("%(count)s đơn trong một vụ việc", count=len(page.duplicates) + 1)]
    lines += [
        Markup('<a href="{}">{}</a> {}').format(
            url_for("inbox.case", number=one.number), one.number, one.name
        )
        for one in page.duplicates
    ]
    return Markup("<br>").join(lines)


def _representatives(page: CasePage) -> Any:
    """Who speaks for the others; in a denunciation only how many they are."""
    head = page.head
    if head.sealed:
        if not head.representatives:
            return ""
        return gettext("%(count)s người (được giữ kín)", count=head.representatives)
    spoken = [one for one in page.people if one.role in _SPEAK]
    return Markup("<br>").join(
        f"{one.name} · {label(one.role, current_language())}" for one in spoken
    )


_SPEAK = (PersonRole.REPRESENTATIVE, PersonRole.AUTHORISED)


def _ground(page: CasePage, lang: str) -> str:
    code = page.head.ground
    return ground_text(code, lang) if code else ""


def _linked(page: CasePage) -> Any:
    head = page.head
    parts = [
        (gettext("trùng với"), (head.first_number,) if head.first_number else ()),
        (gettext("tiếp theo của"), (head.previous_number,) if head.previous_number else ()),
        (gettext("tách từ"), page.split_from),
        (gettext("tách thành"), page.parts),
        (gettext("vụ việc tiếp theo"), page.later),
    ]
    lines = [
        Markup("{} {}").format(
            text,
            Markup(", ").join(
                Markup('<a href="{}">{}</a>').format(url_for("inbox.case", number=number), number)
                for number in numbers
            ),
        )
        for text, numbers in parts
        if numbers
    ]
    return Markup("<br>").join(lines)


def _look(code: str, lang: str) -> str:
    known = {str(reason) for reason in LookReason}
    return label(LookReason(code), lang) if code in known else code


def letter(code: Letter) -> str:
    """What a letter is called."""
    return label(code, current_language())


def letter_state(code: LetterState) -> str:
    """How far a letter has come."""
    return label(code, current_language())


def act(action: Action, kind: CaseKind) -> str:
    """The verb of an act."""
    return button(action, kind, current_language())
