"""Do the filters of the templates speak the language of the page?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask, render_template_string

MOMENT = datetime(2026, 11, 12, 2, 14, tzinfo=UTC)
DAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("expression", "vi", "en"),
    [
        ("moment | datetime", "12/11/2026 09:14", "12/11/2026 09:14"),
        ("moment | time", "09:14", "09:14"),
        ("day | date", "04/12/2026", "04/12/2026"),
        ("day | short_date", "04/12", "04/12"),
        ("day | long_date | sentence", "Thứ Sáu 04/12/2026", "Friday 4 December 2026"),
        ("day | month", "tháng 12/2026", "December 2026"),
        ("9209 | number", "9.209", "9,209"),
        ("0.8774 | percent", "87,74\u00a0%", "87.74%"),
        ("ratio(421, 461, digits=1)", "91,3\u00a0%", "91.3%"),
        ("1230000 | filesize", "1,2\u00a0MB", "1.2\u00a0MB"),
        ("day | iso", "2026-12-04", "2026-12-04"),
        ("moment | iso", "2026-11-12T09:14+07:00", "2026-11-12T09:14+07:00"),
    ],
)
def test_filters_follow_the_language(app: Flask, expression: str, vi: str, en: str) -> None:
    """Is a value written as the language of the page asks?"""
    for lang, expected in (("vi", vi), ("en", en)):
        with app.test_request_context(f"/?lang={lang}"):
            shown = render_template_string(
                f"{{{{ {expression} }}}}",
                moment=MOMENT,
                day=DAY,
            )
        assert shown == expected
