"""What citizens say of results: the figure, its sides and meaning, and the cases behind it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.figure_words import window_span
from citizenfeedback.documents.formats import format_ratio
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.verdict_words import verdict_headline, verdict_meanings
from citizenfeedback.domain.vocabulary import Action, CaseKind, Verdict
from citizenfeedback.queries.verdicts import VerdictReport, Verdicts, verdict_report, verdict_rows
from citizenfeedback.web.context import actor
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.reports import shown
from citizenfeedback.web.reports.room import Asked, blueprint
from citizenfeedback.web.reports.views import frame, typed_window


@blueprint.get("/verdicts")
@requires(Action.SEE_REPORTS)
def verdicts() -> Response | str:
    """Show what citizens said of results, all together, by kind and by unit."""
    form, away = typed_window("verdicts")
    if away is not None:
        return away
    asked, lang = Asked.read(), current_language()
    report = verdict_report(actor(), asked.unit, asked.window)
    whole = report.whole
    return render_template(
        "reports/verdicts.html",
        **frame(asked, report.reach, "verdicts", form),
        headline=verdict_headline(whole.said[Verdict.SOLVED], whole.total, lang),
        tiles=_tiles(whole, asked, lang),
        kinds=_table(_kinds(report, asked, lang), gettext("Loại đơn")),
        units=_table(_units(report, asked, lang), gettext("Đơn vị")),
        definitions=verdict_meanings(lang),
    )


@blueprint.get("/verdicts/rows")
@requires(Action.SEE_REPORTS)
def verdict_list() -> str:
    """List the cases behind a figure, as far as the reader may see them."""
    asked, lang = Asked.read(), current_language()
    said, asked_kind = request.args.get("verdict", ""), request.args.get("kind", "")
    verdict = Verdict(said) if said in set(Verdict) else None
    kind = CaseKind(asked_kind) if asked_kind in set(CaseKind) else None
    of_sent = request.args.get("of") == "sent"
    after = request.args.get("after", "")[:40]
    page = verdict_rows(
        actor(),
        asked.unit,
        asked.window,
        verdict=verdict,
        kind=kind,
        of_sent=of_sent,
        after=after,
    )
    of = "sent" if of_sent else None
    onward = asked.url("verdict_list", verdict=verdict, kind=kind, of=of, after=page.next)
    return render_template(
        "reports/verdict_rows.html",
        page=page,
        heading=label(verdict, lang) if verdict else gettext("Tất cả câu trả lời"),
        unit_title=page.reach.chosen.title(lang),
        span=window_span(asked.window, lang),
        kind=label(kind, lang) if kind else "",
        back=asked.url("verdicts"),
        next=onward if page.next else None,
        label=lambda one: label(one, lang),
    )


def _tiles(whole: Verdicts, asked: Asked, lang: str) -> list[dict[str, str]]:
    tiles = [
        {
            "label": label(one, lang),
            "value": format_ratio(number, whole.total, lang) if whole.total else "–",
            "note": _of(number, whole.total),
            "href": asked.url("verdict_list", verdict=one.value),
        }
        for one, number in whole.said.items()
    ]
    share = format_ratio(whole.answered, whole.sent, lang) if whole.sent else "–"
    answered = {
        "label": gettext("Tỷ lệ người dân trả lời"),
        "value": share,
        "note": _of(whole.answered, whole.sent),
        "href": asked.url("verdict_list", of="sent"),
    }
    return [*tiles, answered]


def _of(part: int, whole: int) -> str:
    return gettext("%(part)s trên %(whole)s", part=shown.number(part), whole=shown.number(whole))


def _kinds(report: VerdictReport, asked: Asked, lang: str) -> list[list[Any]]:
    return [
        _line(label(kind, lang), one, asked, {"kind": kind.value})
        for kind, one in report.by_kind.items()
    ]


def _units(report: VerdictReport, asked: Asked, lang: str) -> list[list[Any]]:
    return [
        _line(unit.title(lang), one, asked, {"unit": unit.code}) for unit, one in report.by_unit
    ]


def _line(name: str, one: Verdicts, asked: Asked, at: dict[str, str]) -> list[Any]:
    def opens(number: int, **more: str) -> dict[str, Any]:
        href = asked.url("verdict_list", **{**at, **more})
        return {"text": shown.number(number), "href": href, "numeric": True}

    said = [opens(number, verdict=verdict.value) for verdict, number in one.said.items()]
    solved = one.said[Verdict.SOLVED]
    rate = format_ratio(solved, one.total, current_language()) if one.total else "–"
    sides = {"text": _of(one.answered, one.sent), "numeric": True}
    return [name, *said, opens(one.total), {"text": rate, "numeric": True}, sides]


def _table(rows: list[list[Any]], first: str) -> dict[str, Any]:
    numeric = [
        gettext("Đã giải quyết"),
        gettext("Một phần"),
        gettext("Chưa"),
        gettext("Tất cả"),
        gettext("Tỷ lệ đã giải quyết"),
        gettext("Đã trả lời"),
    ]
    return {"head": [first, *({"text": one, "numeric": True} for one in numeric)], "rows": rows}
