"""Published figures: the newest month in plain words, the months beside each other, and as a file."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from citizenfeedback.documents import published_words
from citizenfeedback.documents.charts import Series, columns
from citizenfeedback.documents.figure_words import NOTHING
from citizenfeedback.documents.formats import format_month, format_number, sentence
from citizenfeedback.documents.paper import month_names
from citizenfeedback.documents.tables import MEDIA_TYPES, Cell, write_csv
from citizenfeedback.domain.publishing import ON_THE_FRONT, PUBLISHED, PublishedFigure, published
from citizenfeedback.queries.published import PublishedMonth, published_months
from citizenfeedback.web.context import setting
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.public.room import blueprint

CHARTED = ("petitions.received", "cases.resolved")


def _shown(month: PublishedMonth) -> dict[str, PublishedFigure]:
    return published(month.figures, setting("PUBLISHED_MINIMUM"), month.apart)


def newest() -> dict[str, Any] | None:
    """The newest month for the front page: its few figures, what each is of, and as of when."""
    months = published_months(1)
    if not months:
        return None
    lang, (month,) = current_language(), months
    figures = _shown(month)
    shown = [figures[key] for key in ON_THE_FRONT if figures[key].known]
    return {
        "month": month.window.first,
        "counted_at": month.counted_at,
        "closed": month.closed,
        "tiles": [
            {
                "value": published_words.value(one, lang),
                "name": published_words.name(one.key, lang),
                "sides": published_words.sides(one, lang),
            }
            for one in shown
        ],
    }


@blueprint.get("/figures")
@anyone("published figures are for everyone")
def figures() -> str:
    """Show every published figure of the newest month, and the months beside each other."""
    lang, months = current_language(), published_months()
    return render_template(
        "public/figures.html",
        month=months[0] if months else None,
        lines=_lines(months[0], lang) if months else [],
        chart=_chart(months, lang) if len(months) > 1 else "",
        table=_table(months, lang),
        least=setting("PUBLISHED_MINIMUM"),
        csv_url=url_for("public.figures_file"),
    )


def _lines(month: PublishedMonth, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "known": one.known,
            "value": published_words.value(one, lang),
            "name": published_words.name(key, lang),
            "sides": published_words.sides(one, lang),
            "meaning": published_words.meaning(key, lang),
        }
        for key, one in _shown(month).items()
    ]


def _chart(months: tuple[PublishedMonth, ...], lang: str) -> str:
    """Submissions received and cases ended, month by month; masked ones are left out."""
    rising = months[::-1]
    shown = [_shown(month) for month in rising]
    return columns(
        gettext("Đơn nhận được và vụ việc kết thúc từng tháng"),
        month_names([month.window for month in rising], lang),
        [
            Series(
                published_words.name(key, lang),
                tuple(one[key].value if one[key].known else None for one in shown),
            )
            for key in CHARTED
        ],
        lang=lang,
    )


def _table(months: tuple[PublishedMonth, ...], lang: str) -> dict[str, Any]:
    """The same as numbers."""
    head: list[Any] = [gettext("Tháng")]
    head += [
        {"text": sentence(published_words.name(key, lang)), "numeric": True} for key in CHARTED
    ]
    rows = []
    for month in months:
        shown = _shown(month)
        cells = [
            format_number(shown[key].value or 0, lang) if shown[key].known else NOTHING
            for key in CHARTED
        ]
        rows.append([sentence(format_month(month.window.first, lang)), *cells])
    return {"head": head, "rows": rows}


@blueprint.get("/figures.csv")
@anyone("published figures are for everyone")
def figures_file() -> Response:
    """Hand out the published figures of all months, with both sides of each rate."""
    rows: list[tuple[Cell, ...]] = [
        ("month", "key", "value", "numerator", "denominator", "masked", "closed")
    ]
    for month in published_months():
        shown = _shown(month)
        rows += [
            (
                f"{month.window.first:%Y-%m}",
                key,
                shown[key].value,
                shown[key].numerator,
                shown[key].denominator,
                "yes" if shown[key].masked else "no",
                "yes" if month.closed else "no",
            )
            for key in PUBLISHED
        ]
    response = Response(write_csv(rows), mimetype=MEDIA_TYPES["csv"])
    response.headers["Content-Disposition"] = 'attachment; filename="figures.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
