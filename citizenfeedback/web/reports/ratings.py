"""How people say they were served: by point, by person, by item, each with how sure it is."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from citizenfeedback.documents.figure_words import window_span
from citizenfeedback.documents.formats import format_datetime
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.ratings import rating_report
from citizenfeedback.queries.reporting import comments, doubts, reach_of
from citizenfeedback.web.context import actor
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.reports import shown
from citizenfeedback.web.reports.room import Asked, blueprint, policy
from citizenfeedback.web.reports.views import frame, typed_window


@blueprint.get("/ratings")
@requires(Action.SEE_RATINGS)
def ratings() -> Response | str:
    """Show the ratings of a unit and all below it; nobody is named on a handful of them."""
    form, away = typed_window("ratings")
    if away is not None:
        return away
    asked, lang = Asked.read(), current_language()
    reach = reach_of(actor(), asked.unit, action=Action.SEE_RATINGS)
    window, least = asked.window, policy().ratings_minimum
    units = {unit.code: unit.title(lang) for unit in reach.units}
    report = rating_report(reach.chosen.code, window.first, window.last, least_named=least)
    return render_template(
        "reports/ratings.html",
        **frame(asked, reach, "ratings", form),
        report=report,
        least=least,
        headline=shown.ratings_headline(report),
        scores=shown.scores(report),
        overall=shown.overall(report),
        points=shown.rated(report.points, gettext("Điểm phục vụ"), units),
        points_chart=shown.points_chart(report, units),
        staff=shown.rated(report.staff, gettext("Cán bộ"), units),
        criteria=shown.criteria(report),
        doubts=[
            (label(doubt, lang), shown.number(count))
            for doubt, count in doubts(reach.chosen.scope, window).items()
        ],
        comments=[
            {
                "from": f"{score} / 5 · {point}",
                "when": format_datetime(at, lang),
                "text": text,
                "mine": False,
            }
            for at, score, point, text in comments(reach.chosen.scope, window)
        ],
        window_text=window_span(window, lang),
    )
