"""The statutory forms on screen: the table as prescribed, what was checked, the rows behind a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.figure_words import window_span
from citizenfeedback.documents.form_words import (
    column_definition,
    depth,
    format_cell,
    full_heading,
    head_cells,
    number_line,
)
from citizenfeedback.documents.labels import label, state_label
from citizenfeedback.domain.law.statistics import FORMS, FormCode
from citizenfeedback.domain.returns import Checked, Row
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.domain.windows import last_legal_window
from citizenfeedback.queries.closed import frozen_form
from citizenfeedback.queries.reporting import ReportUnit
from citizenfeedback.queries.returns import FormFigures, FormRows, form_figures, form_rows, opens
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.desk import policy
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext, ngettext
from citizenfeedback.web.reports.room import Asked, blueprint
from citizenfeedback.web.reports.views import frame, typed_window


@blueprint.get("/forms")
@requires(Action.SEE_REPORTS)
def forms() -> Response | str:
    """Show one statutory form of a window as it is sent, and what of its checks fails."""
    window_form, away = typed_window("forms")
    if away is not None:
        return away
    asked, code = _asked()
    page = form_figures(
        actor(), code, asked.unit, asked.window, group_size=policy().group_threshold
    )
    lang = current_language()
    frozen = frozen_form(actor(), code, asked.unit, asked.window)
    return render_template(
        "reports/forms.html",
        **frame(asked, page.reach, "forms", window_form),
        code=code.value,
        choices=_choices(asked, code),
        title=f"{page.form.printed}: {translate(page.form.title, lang)}",
        circular=page.forms.circular,
        verdict=_verdict(page.checks),
        table=_table(page, asked, frozen, every="all" in request.args),
        closed_url=asked.url("closed", form=None) if frozen is not None else None,
        every_url=asked.url("forms", all="1"),
        checks=[_check(one, page) for one in page.checks],
        meanings=[
            {
                "number": number_line(column),
                "name": full_heading(column, lang),
                "definition": column_definition(column, lang),
            }
            for column in page.form.columns
        ],
    )


def _asked() -> tuple[Asked, FormCode]:
    """The window, the last legal one if none is named, and the form, the first if none is."""
    asked = Asked.read(otherwise=last_legal_window(today()))
    code = FormCode(asked.form) if asked.form in FORMS else FormCode.TCD
    return Asked(asked.window, asked.unit, code.value), code


def _choices(asked: Asked, code: FormCode) -> list[dict[str, Any]]:
    return [
        {
            "text": form.printed,
            "href": asked.url("forms", form=one.value),
            "current": one is code,
        }
        for one, form in FORMS.items()
    ]


def _verdict(checks: tuple[Checked, ...]) -> dict[str, str]:
    """One sentence on the checks, and its tone."""
    failing = sum(one.holds is False for one in checks)
    if failing:
        text = ngettext(
            "%(count)s phép kiểm tra không khớp.",
            "%(count)s phép kiểm tra không khớp.",
            failing,
            count=failing,
        )
        return {"text": text, "tone": "overdue"}
    made = sum(one.holds is True for one in checks)
    if not made:
        return {"text": gettext("Biểu này để trống, chưa có gì để kiểm tra."), "tone": "neutral"}
    text = ngettext(
        "%(count)s phép kiểm tra của thông tư khớp.",
        "Cả %(count)s phép kiểm tra của thông tư đều khớp.",
        made,
        count=made,
    )
    return {"text": text, "tone": "answered"}


def _check(one: Checked, page: FormFigures) -> dict[str, Any]:
    lang = current_language()
    names = {unit.code: unit.title(lang) for unit, _row in page.lines}
    where = [gettext("Tổng số") if code is None else names[code] for code in one.failing]
    return {"rule": one.rule.replace("<=", "≤"), "holds": one.holds, "where": where}


Frozen = Mapping[str, Any] | None


def _table(page: FormFigures, asked: Asked, frozen: Frozen, *, every: bool) -> dict[str, Any]:
    """The cells of the table; units in which nothing happened are left out unless asked for.

    Of a closed window they hold what was closed and, where the rows say otherwise, today's number.
    """
    lang = current_language()
    closed = {row["unit"]: row["columns"] for row in frozen["rows"]} if frozen else {}
    shown = [line for line in page.lines if every or any(line[1].values())]
    return {
        "depth": depth(page.form),
        "heads": [
            [cell for cell in head_cells(page.form, lang) if cell.row == level]
            for level in range(depth(page.form))
        ],
        "numbers": [column.number for column in page.form.columns],
        "rows": [
            {
                "name": unit.title(lang),
                "depth": min(unit.depth - page.reach.chosen.depth, 4),
                "cells": _cells(page, row, asked, unit, closed.get(unit.code)),
            }
            for unit, row in shown
        ],
        "total": _cells(
            page, page.total, asked, None, frozen["total"]["columns"] if frozen else None
        ),
        "left_out": len(page.lines) - len(shown),
    }


def _cells(
    page: FormFigures,
    row: Row,
    asked: Asked,
    unit: ReportUnit | None,
    closed: Mapping[str, Any] | None,
) -> list[dict[str, str]]:
    """One line; each number that counts something opens its rows."""
    lang = current_language()
    at = {} if unit is None else {"unit": unit.code, "alone": "1"}
    cells = []
    for column in page.form.columns:
        now = row[column.number]
        was = now if closed is None else closed.get(str(column.number))
        text = format_cell(column, was, lang)
        today = format_cell(column, now, lang)
        counts = (now or was) and opens(column)
        cells.append(
            {
                "text": text,
                "today": "" if today == text else today,
                "href": asked.url("form_list", column=column.number, **at) if counts else "",
            }
        )
    return cells


@blueprint.get("/forms/rows")
@requires(Action.SEE_REPORTS)
def form_list() -> str:
    """List what a column counts, as far as the reader may see it."""
    asked, code = _asked()
    number = request.args.get("column", "")
    page = form_rows(
        actor(),
        (code, int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0),
        asked.unit,
        asked.window,
        alone="alone" in request.args,
        after=request.args.get("after", "")[:40],
        group_size=policy().group_threshold,
    )
    lang = current_language()
    return render_template(
        "reports/rows.html",
        page=page,
        over=page.over.value,
        heading=full_heading(page.column, lang),
        side="",
        definition=column_definition(page.column, lang),
        field=gettext("%(form)s, cột %(column)s", form=page.form.printed, column=number),
        unit_title=page.reach.chosen.title(lang),
        span=window_span(asked.window, lang),
        back=asked.url("forms"),
        next=_next(asked, page, number),
        label=lambda one: label(one, lang),
        state_label=lambda state, kind: state_label(state, kind, lang),
    )


def _next(asked: Asked, page: FormRows, number: str) -> str | None:
    if not page.next:
        return None
    alone = "1" if page.alone else None
    return asked.url("form_list", column=number, alone=alone, after=page.next)
