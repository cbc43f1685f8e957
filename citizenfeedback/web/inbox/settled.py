"""What was done to settle a case, and what follows the decision, in the words of the page."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from citizenfeedback.documents.formats import format_date, format_number
from citizenfeedback.documents.labels import input_label, label
from citizenfeedback.domain.aftermath import Aftermath
from citizenfeedback.domain.law.grounds import ground
from citizenfeedback.domain.law.sources import cite
from citizenfeedback.domain.outcomes import OUTCOME_AMOUNTS, PROGRESS_AMOUNTS, square_metres
from citizenfeedback.domain.vocabulary import State
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.proceedings import DialogueLine, OutcomeLines, Proceedings
from citizenfeedback.web.i18n import gettext

Row = dict[str, Any]


def settling_rows(head: CaseHead, done: Proceedings, lang: str) -> list[Row]:
    """The ground of a pause, the criteria, the team, the dialogues and reminders."""
    return _rows(
        (gettext("Căn cứ tạm đình chỉ"), _suspended(head, lang)),
        (
            gettext("Tiêu chí phức tạp"),
            _lines(ground(c).label(lang) for c in head.complexity_criteria),
        ),
        (gettext("Tổ xác minh"), _team(done)),
        (gettext("Đối thoại"), _lines(_dialogue(one, lang) for one in done.dialogues)),
        (gettext("Cấp trên đôn đốc"), _reminders(done, lang)),
    )


def _suspended(head: CaseHead, lang: str) -> str:
    if head.state is not State.SUSPENDED or not head.ground:
        return ""
    row = ground(head.ground)
    return f"{row.label(lang)} ({row.law(lang)})"


def _team(done: Proceedings) -> Any:
    people = [", ".join(part for part in (one.name, one.position) if part) for one in done.team]
    if people:
        people[0] = gettext("%(name)s (tổ trưởng)", name=people[0])
    if done.team_document:
        people.append(gettext("Quyết định số %(number)s", number=done.team_document))
    return _lines(people)


def _dialogue(one: DialogueLine, lang: str) -> str:
    if one.held_on is None:
        day = format_date(one.planned_for, lang) if one.planned_for else ""
        if one.hour:
            return gettext(
                "Hẹn ngày %(day)s, %(hour)s, tại %(place)s",
                day=day,
                hour=one.hour,
                place=one.place,
            )
        return gettext("Hẹn ngày %(day)s tại %(place)s", day=day, place=one.place)
    came = label(one.attendance, lang) if one.attendance else ""
    return gettext("Ngày %(day)s: %(came)s", day=format_date(one.held_on, lang), came=came)


def _reminders(done: Proceedings, lang: str) -> Any:
    return _lines(
        gettext(
            "%(unit)s, ngày %(on)s: đã báo cáo ngày %(answered)s",
            unit=one.unit,
            on=format_date(one.on, lang),
            answered=format_date(one.answered_on, lang),
        )
        if one.answered_on
        else gettext(
            "%(unit)s, ngày %(on)s: phải báo cáo chậm nhất %(by)s",
            unit=one.unit,
            on=format_date(one.on, lang),
            by=format_date(one.report_by, lang),
        )
        for one in done.reminders
    )


def after_rows(head: CaseHead, done: Proceedings, lang: str) -> list[Row]:
    """After the decision: sent, made public, in effect, taken further, carried out."""
    next_ = head.follows
    return _rows(
        (gettext("Gửi"), format_date(head.sent_on, lang) if head.sent_on else ""),
        (gettext("Công khai"), _published(head, lang)),
        (gettext("Có hiệu lực sau ngày"), _dated(next_.effective, lang)),
        (gettext("Khiếu nại lần hai đến hết ngày"), _dated(next_.appeal, lang)),
        (gettext("Tòa án"), _court(next_)),
        (gettext("Phải thi hành"), _ordered(done.outcome, lang)),
        (gettext("Đã thi hành"), _done(done.outcome, lang)),
        (gettext("Còn lại"), _left(done.outcome, lang)),
    )


def _published(head: CaseHead, lang: str) -> str:
    if head.published_on is None:
        return ""
    way = label(head.publication, lang) if head.publication else ""
    return f"{format_date(head.published_on, lang)} · {way}"


def _dated(explained: Any, lang: str) -> str:
    if explained is None:
        return ""
    return f"{format_date(explained.due, lang)} ({cite(explained.provisions, lang)})"


def _court(next_: Aftermath) -> str:
    return gettext("Có thể khởi kiện (Luật Khiếu nại)") if next_.court else ""


def _ordered(found: OutcomeLines | None, lang: str) -> Any:
    if found is None:
        return ""
    lines = _amounts(found.outcome, OUTCOME_AMOUNTS, lang)
    if found.outcome.first_decision is not None:
        lines.insert(0, label(found.outcome.first_decision, lang))
    return _lines(lines or [gettext("Không có gì phải thi hành")])


def _done(found: OutcomeLines | None, lang: str) -> Any:
    return "" if found is None else _lines(_amounts(found.done, PROGRESS_AMOUNTS, lang))


def _left(found: OutcomeLines | None, lang: str) -> Any:
    if found is None:
        return ""
    if found.finished_on is not None:
        return gettext("Đã thi hành xong ngày %(day)s", day=format_date(found.finished_on, lang))
    names = (
        *("money_to_state", "land_to_state", "money_returned", "land_returned"),
        *("organisations_disciplined", "people_disciplined"),
    )
    return _lines(_amounts(found.left, names, lang))


def _amounts(amounts: object, names: tuple[str, ...], lang: str) -> list[str]:
    """The amounts that are not nothing, each with its name."""
    lines = []
    for name in names:
        value = getattr(amounts, name)
        if value:
            shown = _metres(value, lang) if name.startswith("land_") else format_number(value, lang)
            lines.append(f"{input_label(name, lang)}: {shown}")
    return lines


def _metres(tenths: int, lang: str) -> str:
    return format_number(square_metres(tenths), lang, 1 if tenths % 10 else 0)


def _lines(parts: Any) -> Any:
    shown = [escape(part) for part in parts if part]
    return Markup("<br>").join(shown) if shown else ""


def _rows(*pairs: tuple[str, Any]) -> list[Row]:
    return [{"key": key, "value": value} for key, value in pairs if value]
