"""A window's figures: the overview, all of them, the rows behind each, and the choice of a unit."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from citizenfeedback.documents.figure_words import (
    balance,
    beside,
    figure_definition,
    figure_name,
    figure_parts,
    headline,
    window_span,
)
from citizenfeedback.documents.labels import label, state_label
from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.indicators import INDICATORS
from citizenfeedback.domain.vocabulary import Action, CaseField
from citizenfeedback.domain.windows import Window
from citizenfeedback.queries.figures import Part
from citizenfeedback.queries.reporting import Asked as AskedRows
from citizenfeedback.queries.reporting import (
    FigureRows,
    Overview,
    Reach,
    figure_rows,
    overview,
    reach_of,
)
from citizenfeedback.web.context import actor
from citizenfeedback.web.desk import policy
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.reports import shown
from citizenfeedback.web.reports.room import (
    Asked,
    WindowForm,
    blueprint,
    legal_pills,
    pills,
    tabs,
    unit_name,
)

PAGES = ("index", "figures", "forms", "closed", "ratings", "verdicts")
"""The pages for which a unit can be chosen."""


def frame(asked: Asked, reach: Reach, endpoint: str, form: WindowForm | None = None) -> Any:
    """What stands around every page of the reports: windows, unit, pages, export."""
    lang = current_language()
    windows = legal_pills if endpoint == "forms" else pills
    return {
        "asked": asked,
        "reach": reach,
        "endpoint": endpoint,
        "pills": windows(asked, endpoint),
        "tabs": tabs(asked, endpoint, ratings=_may(Action.SEE_RATINGS)),
        "form": form
        or WindowForm(None, data={"first": asked.window.first, "last": asked.window.last}),
        "unit_title": reach.chosen.title(lang),
        "unit_url": asked.url("units", page=endpoint),
        "exports": _may(Action.EXPORT_REPORTS),
        "span": window_span(asked.window, lang),
    }


def _may(action: Action) -> bool:
    return not scope_of(actor(), action).nothing


def typed_window(endpoint: str) -> tuple[WindowForm | None, Response | None]:
    """The form of another window: where it leads, or the form with what is wrong."""
    if "first-day" not in request.args:
        return None, None
    form = WindowForm(request.args)
    window = form.window()
    if window is None:
        return form, None
    asked = Asked.read()
    return form, redirect(asked.url(endpoint, **asked.at(window)), 303)


@blueprint.get("")
@requires(Action.SEE_REPORTS)
def index() -> Response | str:
    """Answer the first question in one sentence, then show what it is made of."""
    form, away = typed_window("index")
    if away is not None:
        return away
    asked, page = _overview()
    return render_template(
        "reports/index.html",
        **frame(asked, page.reach, "index", form),
        headline=headline(_documents(page), page.window, unit_name(page.reach), current_language()),
        balance=balance(_documents(page), current_language()),
        tiles=shown.tiles(page, asked),
        chart=shown.chart(page),
        months=shown.by_month(page, asked),
        kinds=shown.by_kind(page, asked),
        compared=shown.compared(page),
        units=shown.by_unit(page, asked) if page.by_unit else None,
        fields=shown.by_field(page, asked),
        definitions=shown.definitions(
            [
                "receptions.people",
                "receptions.groups",
                "petitions.carried_over",
                "cases.opening",
                *shown.COMPARED,
            ]
        ),
    )


def _overview() -> tuple[Asked, Overview]:
    asked = Asked.read()
    page = overview(actor(), asked.unit, asked.window, group_size=policy().group_threshold)
    return asked, page


def _documents(page: Overview) -> dict[str, dict[str, Any]]:
    return {key: dict(one.document()) for key, one in page.figures.items()}


@blueprint.get("/figures")
@requires(Action.SEE_REPORTS)
def figures() -> Response | str:
    """Show every figure there is, with its sides, its past and its meaning."""
    form, away = typed_window("figures")
    if away is not None:
        return away
    asked, page = _overview()
    return render_template(
        "reports/figures.html",
        **frame(asked, page.reach, "figures", form),
        tables=shown.full_tables(page, asked),
        definitions=shown.definitions(INDICATORS),
        note=shown.compared_note(page),
    )


@blueprint.get("/rows")
@requires(Action.SEE_REPORTS)
def rows() -> str:
    """List what stands behind a figure, as far as the reader may see it."""
    asked, wanted = Asked.read(), _rows_asked()
    page = figure_rows(
        actor(), asked.unit, asked.window, wanted, group_size=policy().group_threshold
    )
    lang = current_language()
    parts = figure_parts(wanted.key, lang)
    side = parts[wanted.part is Part.DENOMINATOR] if parts else ""
    return render_template(
        "reports/rows.html",
        page=page,
        over=page.asked.over.value,
        heading=figure_name(wanted.key, lang),
        side=side,
        definition=figure_definition(wanted.key, lang),
        field=label(wanted.field, lang) if wanted.field else "",
        unit_title=page.reach.chosen.title(lang),
        span=window_span(asked.window, lang),
        apart=beside(page.apart, lang) if page.apart else "",
        apart_url=asked.url("doubtful") if _may(Action.SEE_RATINGS) else None,
        back=asked.url("index"),
        next=_next(asked, page),
        label=lambda one: label(one, lang),
        state_label=lambda state, kind: state_label(state, kind, lang),
    )


def _rows_asked() -> AskedRows:
    """Which figure and side the address names; a side that is none is the numerator."""
    below = request.args.get("part") == Part.DENOMINATOR
    field = request.args.get("field", "")
    return AskedRows(
        key=request.args.get("figure", "")[:80],
        part=Part.DENOMINATOR if below else Part.NUMERATOR,
        field=CaseField(field) if field in set(CaseField) else None,
        after=request.args.get("after", "")[:40],
    )


def _next(asked: Asked, page: FigureRows) -> str | None:
    if not page.next:
        return None
    of = page.asked
    return asked.url("rows", figure=of.key, part=of.part.value, field=of.field, after=page.next)


@blueprint.get("/units")
@requires(Action.SEE_REPORTS)
def units() -> str:
    """Choose the unit whose figures to see, by the tree or by a part of its name."""
    asked = Asked.read()
    reach = reach_of(actor(), asked.unit)
    endpoint = request.args.get("page", "index")
    endpoint = endpoint if endpoint in PAGES else "index"
    text = request.args.get("q", "")[:100]
    lang = current_language()
    found = reach.matching(text)
    return render_template(
        "reports/units.html",
        text=text,
        action=url_for("reports.units"),
        keep=[
            *(("page", endpoint), *_kept(asked.window), ("unit", asked.unit)),
            ("form", asked.form),
        ],
        lines=[
            {
                "title": unit.title(lang),
                "code": unit.code,
                "href": asked.url(endpoint, unit=unit.code),
                "depth": 0 if text else min(unit.depth, 4),
                "current": unit is reach.chosen,
            }
            for unit in found
        ],
        back=asked.url(endpoint),
    )


def _kept(window: Window) -> list[tuple[str, str]]:
    return [("from", window.first.isoformat()), ("to", window.last.isoformat())]
