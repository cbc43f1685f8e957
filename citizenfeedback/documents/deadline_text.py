"""A due date explained in sentences: one for each step that matters, in both languages."""

from datetime import date, timedelta
from itertools import groupby

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.formats import format_date, format_long_date, sentence
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.lawbook import days_label, event_label
from citizenfeedback.domain.deadlines import OFFICE_STANDARD, Explanation, Step, StepKind
from citizenfeedback.domain.law.sources import cite
from citizenfeedback.domain.law.terms import CountsFrom, DayUnit, rows_of
from citizenfeedback.domain.vocabulary import Action, ClockEffect, DayKind, LedgerAct

SATURDAY = 5
ONE_DAY = timedelta(days=1)

_FORWARD: dict[StepKind, str] = {
    StepKind.START: N_("{event} là mốc tính, ngày này chưa tính."),
    StepKind.FIRST_DAY: N_("Ngày đầu tiên được tính."),
    StepKind.SKIPPED: N_("{day}: cơ quan nghỉ nên không tính."),
    StepKind.MAKEUP_COUNTED: N_("{day}: được tính là ngày làm việc."),
    StepKind.SUSPENDED: N_("Tạm đình chỉ: không tính từ ngày này đến hết {until}."),
    StepKind.RESUMED: N_("Tiếp tục giải quyết: ngày lại được tính từ đây."),
    StepKind.EXTENDED: N_("Gia hạn thêm {days}."),
    StepKind.LAST_DAY: N_("Ngày thứ {number}, ngày cuối của thời hạn."),
    StepKind.MOVED: N_("{day}: cơ quan nghỉ nên chuyển sang ngày làm việc tiếp theo."),
    StepKind.DUE: N_("Hạn cuối: hết {date}."),
}
_BACKWARD: dict[StepKind, str] = {
    **_FORWARD,
    StepKind.START: N_("{event} là mốc, tính ngược về trước, ngày này không tính."),
    StepKind.MOVED: N_("{day}: cơ quan nghỉ nên lùi về ngày làm việc trước đó."),
    StepKind.DUE: N_("Chậm nhất: {date}."),
}
_NOT_IN_FORCE = {
    "holds_from": N_("Lưu ý: quy định này chỉ áp dụng từ {until}."),
    "held_until": N_("Lưu ý: quy định này chỉ áp dụng đến hết {until}."),
}
_WEEKEND = N_("Thứ Bảy và Chủ nhật")
_SATURDAY = N_("Thứ Bảy")
_SUNDAY = N_("Chủ nhật")
_NOT_DECREED = N_("Ngày nghỉ này mới là dự kiến.")
_STANDARD = N_("{days} theo tiêu chuẩn phục vụ của cơ quan, tính từ {event}.")
_BY_LAW = N_("{days} tính từ {event}, theo {law}.")
_BEFORE_BY_LAW = N_("Ít nhất {days} trước {event}, theo {law}.")
_BY_PRACTICE = N_("{days} tính từ {event}.")
_IN_LIEU = N_("{name} (nghỉ bù, nghỉ hoán đổi)")
_SAYS_SO = ("bù", "thay cho", "hoán đổi")
_ENTRY_STANDARD = N_("{effect}: {days}, tiêu chuẩn phục vụ của cơ quan")
_ENTRY_BY_LAW = N_("{effect}: {days}, {law}")
_ENTRY_DAYS = N_("{effect}: {days}")


def explain(explanation: Explanation, lang: str = "vi") -> list[tuple[date, str]]:
    """The steps as dated sentences; a weekend is one of them, not two."""
    told: list[tuple[date, str]] = []
    for (what, why), group in groupby(explanation.steps, key=lambda step: (step.what, step.why)):
        steps = list(group)
        away = why == "weekend" and what in (StepKind.SKIPPED, StepKind.MOVED)
        while steps:
            both = away and len(steps) > 1 and abs(steps[1].on - steps[0].on) == ONE_DAY
            told.append((steps[0].on, _sentence(explanation, steps[0], lang, both=both)))
            steps = steps[2 if both else 1 :]
    return told


def term_line(explanation: Explanation, lang: str = "vi") -> str:
    """How long, from when and under which article, in one sentence."""
    if explanation.rule == OFFICE_STANDARD:
        text = _STANDARD
    elif not explanation.provisions:
        text = _BY_PRACTICE
    else:
        text = _BEFORE_BY_LAW if explanation.allowance.backward else _BY_LAW
    return sentence(
        translate(text, lang).format(
            days=days_label(explanation.days, explanation.unit, lang),
            event=_event(explanation, lang),
            law=explanation.law(lang),
        )
    )


def _event(explanation: Explanation, lang: str) -> str:
    if explanation.rule == OFFICE_STANDARD:
        return event_label(CountsFrom.RECEIPT, lang)
    return event_label(rows_of(explanation.rule)[0].counts_from, lang)


def _sentence(explanation: Explanation, step: Step, lang: str, *, both: bool) -> str:
    if step.what is StepKind.NOT_IN_FORCE:
        text = _NOT_IN_FORCE[step.why]
    else:
        text = (_BACKWARD if explanation.allowance.backward else _FORWARD)[step.what]
    words = translate(text, lang).format(
        event=sentence(_event(explanation, lang)),
        day=_day_name(step, lang, both=both),
        until=format_date(step.until or step.on, lang),
        days=days_label(step.days, explanation.unit, lang),
        number=step.days,
        date=format_long_date(step.on, lang),
    )
    return words if step.decreed else f"{words} {translate(_NOT_DECREED, lang)}"


def _day_name(step: Step, lang: str, *, both: bool) -> str:
    if both:
        return translate(_WEEKEND, lang)
    if step.name:
        name = step.name_en if lang == "en" and step.name_en else step.name
        told = any(word in step.name.lower() for word in _SAYS_SO)
        if step.why == DayKind.COMPENSATORY_OFF and not told:
            return translate(_IN_LIEU, lang).format(name=name)
        return name
    return translate(_SATURDAY if step.on.weekday() == SATURDAY else _SUNDAY, lang)


def entry_line(effect: ClockEffect, rule: str, days: int, lang: str = "vi") -> str:
    """One entry of the ledger: what it did, the days it brought, and the article behind them."""
    told = label(effect, lang)
    if not days:
        return told
    if rule == OFFICE_STANDARD:
        given = days_label(days, DayUnit.WORKING, lang)
        return translate(_ENTRY_STANDARD, lang).format(effect=told, days=given)
    row = rows_of(rule)[0] if rule else None
    given = days_label(days, (row.unit if row else None) or DayUnit.CALENDAR, lang)
    law = cite(row.provisions, lang) if row else ""
    text = _ENTRY_BY_LAW if law else _ENTRY_DAYS
    return translate(text, lang).format(effect=told, days=given, law=law)


def act_line(act: str, lang: str = "vi") -> str:
    """What was done to bring an entry about."""
    known = act in set(LedgerAct)
    return label(LedgerAct(act) if known else Action(act), lang)
