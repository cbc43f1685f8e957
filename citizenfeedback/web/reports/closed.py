"""Windows that were closed: the frozen figures beside those of today, and closing one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.figure_words import (
    beside,
    figure_name,
    format_change,
    group_name,
    group_of,
    window_title,
)
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.indicators import INDICATORS
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.closed import ClosedLine, ClosedPage, closed_page, closed_windows
from citizenfeedback.queries.reporting import Reach
from citizenfeedback.services.closing import close_window
from citizenfeedback.web.context import actor, gateways, now, today
from citizenfeedback.web.desk import policy
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.reports import shown
from citizenfeedback.web.reports.room import Asked, blueprint
from citizenfeedback.web.reports.views import frame, typed_window


@blueprint.get("/closed")
@requires(Action.SEE_REPORTS)
def closed() -> Response | str:
    """Show a closed window beside what its rows give today, or how to close it."""
    form, away = typed_window("closed")
    if away is not None:
        return away
    asked = Asked.read()
    found = closed_windows(actor(), asked.unit, asked.window)
    reach = found.reach
    lang = current_language()
    page = None
    if found.frozen is not None:
        page = closed_page(actor(), reach, found.frozen, group_size=policy().group_threshold)
    return render_template(
        "reports/closed.html",
        **frame(asked, reach, "closed", form),
        title=window_title(asked.window, lang),
        frozen=found.frozen,
        tables=[] if page is None else _tables(page),
        differing=[] if page is None else _differing(page),
        page=page,
        label=lambda one: label(one, lang),
        may_close=_may_close(reach, asked),
        over=asked.window.last < today(),
        windows=_lines(found.lines, asked, lang),
    )


def _may_close(reach: Reach, asked: Asked) -> bool:
    return asked.window.last < today() and can_at(actor(), Action.CLOSE_PERIOD, reach.chosen.id)


def _lines(lines: tuple[ClosedLine, ...], asked: Asked, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "text": window_title(line.window, lang),
            "href": asked.url("closed", **asked.at(line.window)),
            "at": line.frozen_at,
            "by": line.frozen_by,
        }
        for line in lines
    ]


def _tables(page: ClosedPage) -> list[dict[str, Any]]:
    """Every frozen figure by group, with its sides."""
    lang = current_language()
    groups: dict[str, list[list[str]]] = {}
    for key, figure in page.figures.items():
        told = [] if figure.numerator is None else [shown.over(figure)]
        told += [beside(figure.apart, lang)] if figure.apart else []
        groups.setdefault(group_of(key), []).append(
            [figure_name(key, lang), shown.value(key, figure), "; ".join(told)]
        )
    head = [
        gettext("Số liệu"),
        {"text": gettext("Số đã chốt"), "numeric": True},
        {"text": gettext("Tử số / mẫu số"), "numeric": True},
    ]
    return [
        {"title": group_name(group, lang), "head": head, "rows": rows}
        for group, rows in groups.items()
    ]


def _differing(page: ClosedPage) -> list[list[str]]:
    """The figures that the rows give otherwise today: frozen, today, by how much."""
    lang = current_language()
    return [
        [
            figure_name(key, lang),
            shown.whole(key, page.figures[key]),
            shown.whole(key, page.today[key]),
            format_change(key, page.today[key].value, page.figures[key].value, lang),
        ]
        for key in INDICATORS
        if page.figures[key].document() != page.today[key].document()
    ]


@blueprint.post("/closed")
@requires(Action.CLOSE_PERIOD)
def close() -> Response:
    """Close the window for good."""
    asked = Asked.read(request.form)
    close_window(
        actor(),
        asked.unit,
        asked.window,
        group_size=policy().group_threshold,
        keys=gateways().keys,
        today=today(),
        now=now(),
    )
    flash(gettext("Đã chốt số liệu. Số này không đổi nữa."), "success")
    return redirect(asked.url("closed"), 303)
