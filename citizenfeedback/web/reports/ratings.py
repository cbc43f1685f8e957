"""How people say they were served: by point, by person, by item, each with how sure it is."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.figure_words import window_span
from citizenfeedback.documents.formats import format_datetime
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.rating_words import counter_name
from citizenfeedback.domain.honesty import may_judge
from citizenfeedback.domain.vocabulary import Action, RatingDoubt
from citizenfeedback.queries.ratings import doubtful_ratings, rating_report
from citizenfeedback.queries.reporting import comments, doubts, reach_of
from citizenfeedback.services.doubting import judge
from citizenfeedback.web.context import actor, now
from citizenfeedback.web.desk import policy
from citizenfeedback.web.fields import Form, TextField
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.reports import shown
from citizenfeedback.web.reports.room import Asked, blueprint
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
    apart = doubts(reach.chosen.scope, window)
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
        doubts=[(label(doubt, lang), shown.number(count)) for doubt, count in apart.items()],
        adds_up=gettext(
            "Tất cả %(all)s lượt = %(counted)s lượt tính vào điểm + %(apart)s lượt tính riêng.",
            all=shown.number(report.overall.count + sum(apart.values())),
            counted=shown.number(report.overall.count),
            apart=shown.number(sum(apart.values())),
        ),
        comments=[
            {
                "from": f"{score} / 5 · {counter_name(point, lang)} · {units.get(unit, unit)}",
                "when": format_datetime(at, lang),
                "text": text,
                "mine": False,
            }
            for at, score, point, unit, text in comments(reach.chosen.scope, window)
        ],
        window_text=window_span(window, lang),
    )


class JudgeForm(Form):
    """Why a rating is counted again, or apart."""

    reason = TextField(_l("Lý do"), required=_l("Nhập lý do"), max_length=500)


@blueprint.get("/ratings/doubtful")
@requires(Action.SEE_RATINGS)
def doubtful() -> str:
    """List what is counted apart and what was judged, with the reasons."""
    return _doubtful(JudgeForm(formdata=None))


@blueprint.post("/ratings/<int(max=2147483647):rating_id>/judge")
@requires(Action.SEE_RATINGS)
def judge_rating(rating_id: int) -> Response | tuple[str, int]:
    """Count a rating again, or apart; the reason is kept with the name."""
    form, doubt = JudgeForm(), request.form.get("doubt", "")
    if not form.validate_on_submit() or doubt not in {"", *RatingDoubt}:
        # Each rating has a field of its own: what is wrong is said of the form as a whole.
        wrong, form.reason.errors = form.reason.errors, []
        for said in wrong:
            form.add_errors({"": str(said)})
        return _doubtful(form), 422
    judge(
        actor(),
        rating_id,
        RatingDoubt(doubt) if doubt else None,
        form.reason.data,
        now=now(),
    )
    flash(gettext("Đã ghi lại."))
    return redirect(Asked.read().url("doubtful"), 303)


def _doubtful(form: JudgeForm) -> str:
    asked, lang = Asked.read(), current_language()
    reach = reach_of(actor(), asked.unit, action=Action.SEE_RATINGS)
    after = request.args.get("after", "")
    known = after.isascii() and after.isdigit() and len(after) < 10
    lines, more = doubtful_ratings(reach.chosen.scope, asked.window, int(after) if known else None)
    return render_template(
        "reports/doubtful.html",
        asked=asked,
        form=form,
        lines=lines,
        judging=may_judge(actor()),
        next=asked.url("doubtful", after=more) if more else None,
        label=lambda one: label(one, lang),
        unit_title=reach.chosen.title(lang),
        span=window_span(asked.window, lang),
    )
