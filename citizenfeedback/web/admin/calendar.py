"""The working calendar: a year to look at, and changes that show what they move before they count."""

from __future__ import annotations

import calendar as months_of
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for

from citizenfeedback.documents.import_words import problem_message
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.calendar import CalendarDay, WorkCalendar
from citizenfeedback.domain.day_files import MOST_BYTES, MOST_DAYS, read_day_file
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.policy import POLICY_SETTINGS, Policy
from citizenfeedback.domain.vocabulary import Action, ClockKind, DayKind
from citizenfeedback.queries.calendar import calendar_days
from citizenfeedback.services.calendar import Preview, change_calendar, preview_change
from citizenfeedback.services.recounting import DayChange
from citizenfeedback.web.admin.forms import DayFileForm, DayForm, day_kinds
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now, setting, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext, ngettext

EARLIEST, LATEST = 1990, 2100
MOST_SHOWN = 200
"""Moved terms that a preview lists; of more it gives the number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day in the picture of a month: its number, why it differs, and how it is drawn."""

    number: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its number and its weeks from Monday on; None stands outside the month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One moved term as the preview lists it; of a denunciation the number alone is named."""

    number: str
    clock: str
    before: date
    after: date


@blueprint.get("/calendar")
@requires(Action.MANAGE_CALENDAR)
def calendar() -> str:
    """Show a year: its months, and the days that differ from their weekday."""
    year = request.args.get("year", today().year, type=int)
    if not EARLIEST <= year <= LATEST:
        abort(404)
    return _page(year, _day_form(shown=True), DayFileForm(formdata=None))


@blueprint.post("/calendar")
@requires(Action.MANAGE_CALENDAR)
def set_calendar_day() -> Answer:
    """Show what a day put into the calendar would move."""
    form = _day_form()
    if form.validate():
        day = CalendarDay(
            form.date.data,
            DayKind(form.kind.data),
            form.name.data,
            form.name_en.data or "",
            form.basis.data or "",
        )
        try:
            return _preview([DayChange(day.date, day)])
        except RuleBroken as error:
            show_refusal(form, error)
    year = form.date.data.year if form.date.data else today().year
    return _page(year, form, DayFileForm(formdata=None)), WRONG


@blueprint.post("/calendar/remove")
@requires(Action.MANAGE_CALENDAR)
def remove_calendar_day() -> Answer:
    """Show what would move if a day were an ordinary one again."""
    try:
        on = date.fromisoformat(request.form.get("date", ""))
    except ValueError:
        abort(404)
    return _preview([DayChange(on, None)])


@blueprint.post("/calendar/import")
@requires(Action.MANAGE_CALENDAR)
def import_calendar_days() -> Answer:
    """Show what the days of a file would move, or everything that is wrong with the file."""
    form = DayFileForm()
    if form.validate():
        file = form.file.data[0]
        days, problems = read_day_file(file.filename or "", file.stream.read(MOST_BYTES + 1))
        if not problems:
            return _preview([DayChange(day.date, day) for day in days])
        lang = current_language()
        places = [
            gettext("Dòng %(row)s: %(what)s", row=problem.row, what=problem_message(problem, lang))
            if problem.row
            else problem_message(problem, lang)
            for problem in problems[:20]
        ]
        form.file.errors = places
    return _page(today().year, _day_form(shown=True), form), WRONG


@blueprint.post("/calendar/confirm")
@requires(Action.MANAGE_CALENDAR)
def confirm_calendar_change() -> Answer:
    """Make a change as it was shown; what has changed meanwhile is shown again."""
    changes = _changes_sent(request.form.get("changes", ""))
    try:
        done = change_calendar(
            actor(),
            changes,
            keys=gateways().keys,
            policy=_policy(),
            now=now(),
            token=request.form.get("token", ""),
        )
    except RuleBroken as error:
        if error.code not in ("preview_outdated", "changed_meanwhile"):
            raise
        flash(gettext("Lịch hoặc thời hạn vừa thay đổi. Xem lại rồi xác nhận lần nữa."))
        return _preview(changes), 409
    flash(
        ngettext(
            "Đã sửa lịch. %(num)s đơn có thời hạn mới.",
            "Đã sửa lịch. %(num)s đơn có thời hạn mới.",
            done.cases,
        )
    )
    return redirect(url_for("admin.calendar", year=changes[0].on.year), 303)


def _policy() -> Policy:
    return Policy.from_values({name: setting(name) for name in POLICY_SETTINGS})


def _day_form(*, shown: bool = False) -> DayForm:
    form = DayForm(formdata=None) if shown else DayForm()
    form.kind.choices = day_kinds()
    return form


def _preview(changes: Sequence[DayChange]) -> str:
    found = preview_change(actor(), changes, policy=_policy())
    return render_template(
        "admin/calendar_preview.html",
        found=found,
        lines=_lines(found),
        more=max(len(found.moves) - MOST_SHOWN, 0),
        changes=json.dumps([_sent(change) for change in found.changes], ensure_ascii=False),
        kinds={choice[0]: choice[1] for choice in day_kinds()},
        lang=current_language(),
        year=found.changes[0].on.year,
    )


def _lines(found: Preview) -> list[MoveLine]:
    """Each term by its name; the one that only a denunciation has by a name that any could have."""
    lang = current_language()
    return [
        MoveLine(
            move.number,
            gettext("Thời hạn thực hiện kết quả")
            if move.clock is ClockKind.HANDLING
            else label(move.clock, lang),
            move.before,
            move.after,
        )
        for move in found.moves[:MOST_SHOWN]
    ]


def _sent(change: DayChange) -> list[str]:
    """A change as the confirming form carries it."""
    day = change.day
    if day is None:
        return [change.on.isoformat()]
    counting = ["" if day.decreed else "no", "" if day.counts else "no"]
    return [change.on.isoformat(), day.kind, day.name, day.name_en, day.basis, *counting]


def _changes_sent(text: str) -> list[DayChange]:
    """The changes that a confirming form brought back; anything else is nothing of ours."""
    try:
        rows = json.loads(text)
        changes = [_change(*map(str, row)) for row in rows]
    except (ValueError, TypeError, RecursionError):
        abort(404)
    if not 0 < len(changes) <= MOST_DAYS:
        abort(404)
    return changes


def _change(
    on: str,
    kind: str = "",
    name: str = "",
    name_en: str = "",
    basis: str = "",
    decreed: str = "",
    counts: str = "",
) -> DayChange:
    day = date.fromisoformat(on)
    if not kind:
        return DayChange(day, None)
    if len(name) > 120 or len(name_en) > 120 or len(basis) > 250:
        raise ValueError(on)
    return DayChange(
        day,
        CalendarDay(day, DayKind(kind), name, name_en, basis, decreed != "no", counts != "no"),
    )


def _page(year: int, form: DayForm, file_form: DayFileForm) -> str:
    days = calendar_days(year)
    lang = current_language()
    return render_template(
        "admin/calendar.html",
        year=year,
        days=days,
        months=_months(year, days, lang),
        weekdays=_weekdays(lang),
        kinds={choice[0]: choice[1] for choice in day_kinds()},
        form=form,
        file_form=file_form,
        lang=lang,
        earliest=EARLIEST,
        latest=LATEST,
    )


def _months(year: int, days: Sequence[CalendarDay], lang: str) -> list[Month]:
    work = WorkCalendar(tuple(days))
    sheet = months_of.Calendar()
    return [
        Month(
            date(year, number, 1),
            tuple(
                tuple(_cell(date(year, number, day), work, lang) if day else None for day in week)
                for week in sheet.monthdayscalendar(year, number)
            ),
        )
        for number in range(1, 13)
    ]


def _cell(day: date, work: WorkCalendar, lang: str) -> Cell:
    entry = work.entry(day)
    name = ""
    if entry is not None:
        name = entry.name_en if lang == "en" and entry.name_en else entry.name
    if entry is not None and entry.counts:
        return Cell(day.day, str(entry.kind), name)
    return Cell(day.day, "" if work.is_working(day) else "weekend", name)


def _weekdays(lang: str) -> tuple[tuple[str, str], ...]:
    """The head of a month: short, and in full for those who listen."""
    short = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    if lang == "vi":
        short = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
    full = (
        gettext("Thứ Hai"),
        gettext("Thứ Ba"),
        gettext("Thứ Tư"),
        gettext("Thứ Năm"),
        gettext("Thứ Sáu"),
        gettext("Thứ Bảy"),
        gettext("Chủ nhật"),
    )
    return tuple(zip(short, full, strict=True))
