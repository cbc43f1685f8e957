"""The blueprint of the reports and what its views share: which window and unit are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request, url_for

from citizenfeedback.documents.figure_words import window_title
from citizenfeedback.documents.formats import format_short_date
from citizenfeedback.domain.windows import LegalPeriod, Window, last_legal_window, last_month
from citizenfeedback.queries.reporting import Reach
from citizenfeedback.web.context import today
from citizenfeedback.web.fields import DateField, Form
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

blueprint = Blueprint("reports", __name__)

EARLIEST = date(2000, 1, 1)
LONGEST_YEARS = 10
"""A longer window would be counted slowly and drawn badly."""


class WindowForm(Form):
    """The first and the last day of any other window; sent in the address, so it changes nothing."""

    class Meta(Form.Meta):
        """Nothing is changed, so there is nothing to protect."""

        csrf = False

    first = DateField(_l("Từ ngày"), required=_l("Nhập ngày đầu kỳ"), earliest=EARLIEST)
    last = DateField(_l("Đến ngày"), required=_l("Nhập ngày cuối kỳ"), earliest=EARLIEST)

    def window(self) -> Window | None:
        """The window that was typed, if it is one; otherwise the form says what is wrong."""
        if not self.validate():
            return None
        if self.last.data < self.first.data:
            self.add_errors({"last": _l("Ngày cuối kỳ phải sau hoặc trùng ngày đầu kỳ")})
            return None
        if too_long(Window(self.first.data, self.last.data)):
            self.add_errors({"last": _l("Chọn kỳ không dài quá 10 năm")})
            return None
        return Window(self.first.data, self.last.data)


def too_long(window: Window) -> bool:
    """Whether a window lasts longer than figures are shown for."""
    return window.last.year - window.first.year >= LONGEST_YEARS


@dataclass(frozen=True)
class Asked:
    """The window and the unit of an address; every link of the page keeps them."""

    window: Window
    unit: str
    form: str = ""

    @classmethod
    def read(
        cls, values: Mapping[str, str] | None = None, *, otherwise: Window | None = None
    ) -> Asked:
        """Read the address; a window that makes no sense is the last month, or another one."""
        given = request.args if values is None else values
        window = _window(given.get("from", ""), given.get("to", ""))
        return cls(
            window or otherwise or last_month(today()),
            given.get("unit", "")[:40],
            given.get("form", "")[:12],
        )

    def url(self, endpoint: str, **changes: Any) -> str:
        """The address of a page of the reports for the same window and unit."""
        values: dict[str, Any] = {
            "from": self.window.first.isoformat(),
            "to": self.window.last.isoformat(),
            "unit": self.unit or None,
            "form": self.form or None,
        }
        return url_for(f"reports.{endpoint}", **(values | changes))

    def at(self, window: Window) -> dict[str, str]:
        """What an address changes to show another window."""
        return {"from": window.first.isoformat(), "to": window.last.isoformat()}

    def rows(self, key: str, text: str, **changes: Any) -> dict[str, str]:
        """A cell that opens the rows behind a figure."""
        return {"text": text, "href": self.url("rows", figure=key, **changes)}


def _window(first: str, last: str) -> Window | None:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    if end < start or start < EARLIEST or end.year > today().year + 1:
        return None
    window = Window(start, end)
    return None if too_long(window) else window


def pills(asked: Asked, endpoint: str) -> list[dict[str, Any]]:
    """The windows of one click; the one shown is among them, whichever it is."""
    day, lang = today(), current_language()
    legal = last_legal_window(day)
    choices = [
        (gettext("Tháng trước"), last_month(day)),
        (gettext("Kỳ theo luật (%(span)s)", span=_short(legal)), legal),
        (gettext("Năm nay"), Window(day.replace(month=1, day=1), day)),
        (gettext("Năm trước"), Window(date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
    ]
    return _choices(asked, endpoint, choices, lang)


def legal_pills(asked: Asked, endpoint: str) -> list[dict[str, Any]]:
    """The windows of the statutory reports that ended last, by how long they are."""
    day, lang = today(), current_language()
    names = {
        LegalPeriod.QUARTER: gettext("Quý"),
        LegalPeriod.HALF: gettext("6 tháng"),
        LegalPeriod.NINE_MONTHS: gettext("9 tháng"),
        LegalPeriod.YEAR: gettext("Năm"),
    }
    windows = [(name, last_legal_window(day, period)) for period, name in names.items()]
    choices = [(f"{name} ({_short(window)})", window) for name, window in windows]
    return _choices(asked, endpoint, [*choices, (gettext("Tháng trước"), last_month(day))], lang)


def _short(window: Window) -> str:
    lang = current_language()
    return f"{format_short_date(window.first, lang)}–{format_short_date(window.last, lang)}"


def _choices(
    asked: Asked, endpoint: str, choices: list[tuple[str, Window]], lang: str
) -> list[dict[str, Any]]:
    if asked.window not in [window for _, window in choices]:
        choices.append((window_title(asked.window, lang), asked.window))
    return [
        {
            "text": text,
            "href": asked.url(endpoint, **asked.at(window)),
            "current": window == asked.window,
        }
        for text, window in choices
    ]


def tabs(asked: Asked, endpoint: str, *, ratings: bool) -> list[dict[str, Any]]:
    """The pages of the reports beside one another."""
    shown = [
        ("index", gettext("Tổng quan")),
        ("figures", gettext("Tất cả số liệu")),
        ("forms", gettext("Biểu mẫu thống kê")),
        ("closed", gettext("Chốt kỳ")),
        ("verdicts", gettext("Ý kiến về kết quả")),
    ]
    if ratings:
        shown.append(("ratings", gettext("Đánh giá của người dân")))
    return [
        {"text": text, "href": asked.url(one, form=None), "current": one == endpoint}
        for one, text in shown
    ]


def unit_name(reach: Reach) -> str:
    """The name of the unit asked for, unless it is everything within reach."""
    return "" if reach.chosen is reach.top else reach.chosen.title(current_language())
