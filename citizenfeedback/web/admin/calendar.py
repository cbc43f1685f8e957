"""The working calendar of a year: the days that differ, and putting them right."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for

from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action, DayKind
from citizenfeedback.queries.calendar import calendar_days
from citizenfeedback.services.calendar import remove_day, set_day
from citizenfeedback.web.admin.forms import DayForm, day_kinds
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext

EARLIEST, LATEST = 1990, 2100


@blueprint.get("/calendar")
@requires(Action.MANAGE_CALENDAR)
def calendar() -> str:
    """Show the days of a year that differ from their weekday."""
    year = request.args.get("year", today().year, type=int)
    if not EARLIEST <= year <= LATEST:
        abort(404)
    form = DayForm(formdata=None)
    form.kind.choices = day_kinds()
    return _page(year, form)


@blueprint.post("/calendar")
@requires(Action.MANAGE_CALENDAR)
def set_calendar_day() -> Answer:
    """Put a day into the calendar."""
    form = DayForm()
    form.kind.choices = day_kinds()
    if form.validate():
        day = CalendarDay(
            form.date.data,
            DayKind(form.kind.data),
            form.name.data,
            form.name_en.data or "",
            form.basis.data or "",
        )
        try:
            set_day(actor(), day, keys=gateways().keys, now=now())
        except RuleBroken as error:
            show_refusal(form, error)
        else:
            flash(gettext("Đã lưu ngày. Hạn tính từ nay theo lịch mới."))
            return redirect(url_for("admin.calendar", year=day.date.year), 303)
    return _page(form.date.data.year if form.date.data else today().year, form), WRONG


@blueprint.post("/calendar/remove")
@requires(Action.MANAGE_CALENDAR)
def remove_calendar_day() -> Answer:
    """Make a day an ordinary one again."""
    try:
        on = date.fromisoformat(request.form.get("date", ""))
    except ValueError:
        abort(404)
    remove_day(actor(), on, keys=gateways().keys, now=now())
    flash(gettext("Đã bỏ ngày khỏi lịch."))
    return redirect(url_for("admin.calendar", year=on.year), 303)


def _page(year: int, form: DayForm) -> str:
    return render_template(
        "admin/calendar.html",
        year=year,
        days=calendar_days(year),
        kinds={choice[0]: choice[1] for choice in day_kinds()},
        form=form,
        lang=current_language(),
        earliest=EARLIEST,
        latest=LATEST,
    )
