"""The formats of dates and numbers as template filters, in the language of the page."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask

from citizenfeedback.documents import formats
from citizenfeedback.documents.rating_words import counter_name
from citizenfeedback.web.i18n import current_language

FILTERS: dict[str, Callable[..., str]] = {
    "date": formats.format_date,
    "short_date": formats.format_short_date,
    "long_date": formats.format_long_date,
    "month": formats.format_month,
    "time": formats.format_time,
    "datetime": formats.format_datetime,
    "number": formats.format_number,
    "percent": formats.format_percent,
    "filesize": formats.format_size,
    "counter": counter_name,
}


def _in_page_language(function: Callable[..., str]) -> Callable[..., str]:
    def filtered(value: Any, **options: Any) -> str:
        return function(value, lang=current_language(), **options)

    return filtered


def ratio(part: int, whole: int, digits: int = 2) -> str:
    """The percentage of `part` in `whole` in the language of the page."""
    return formats.format_ratio(part, whole, current_language(), digits)


def iso(value: date | datetime) -> str:
    """The machine-readable form for `<time datetime>`."""
    if isinstance(value, datetime):
        return value.astimezone(formats.HERE).isoformat(timespec="minutes")
    return value.isoformat()


def init_app(app: Flask) -> None:
    """Add the filters and the `ratio` function to every template."""
    for name, function in FILTERS.items():
        app.jinja_env.filters[name] = _in_page_language(function)
    app.jinja_env.filters["sentence"] = formats.sentence
    app.jinja_env.filters["iso"] = iso
    app.jinja_env.globals["ratio"] = ratio
