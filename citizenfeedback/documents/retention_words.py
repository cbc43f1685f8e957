"""How long records are kept, in words: the notice to citizens and the administrator's table say it.

Made from the same rows that the worker erases by, so that a notice cannot promise anything else.
"""

from __future__ import annotations

from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_, ntranslate, translate
from citizenfeedback.domain.law.sources import cite
from citizenfeedback.domain.privacy import Retention, Since, Span

_MONTHS, _DAYS = N_("{number} tháng"), N_("{number} ngày")
_ARCHIVES = N_("theo luật về lưu trữ")
_OFFICE = N_("cơ quan tự đặt")
_TERM = N_("{span}, {since}")
_SINCE: Mapping[Since, str] = {
    Since.SAVED: N_("kể từ lần lưu cuối"),
    Since.TRIED: N_("kể từ lần đăng nhập sai đầu tiên"),
    Since.SENT: N_("kể từ ngày gửi"),
    Since.DELIVERED: N_("kể từ ngày nhận được"),
    Since.RATED: N_("kể từ ngày đánh giá"),
    Since.WRITTEN: N_("kể từ ngày viết"),
    Since.SHOWN: N_("kể từ ngày đăng"),
    Since.TOLD: N_("kể từ ngày báo có trả lời"),
    Since.ENDED: N_("kể từ ngày giải quyết xong"),
    Since.PROCESSED: N_("kể từ ngày xử lý đơn"),
    Since.NOTHING: "",
}


def span_words(span: Span, lang: str = "vi") -> str:
    """12 tháng · 90 ngày; 12 months · 90 days."""
    number, text = (span.months, _MONTHS) if span.months else (span.days, _DAYS)
    return ntranslate(text, text, number, lang).format(number=number)


def term_words(rule: Retention, lang: str = "vi") -> str:
    """How long, from when on; what the law on archives decides is said so."""
    if rule.span is None:
        return translate(_ARCHIVES, lang)
    since = _SINCE[rule.since]
    return translate(_TERM, lang).format(
        span=span_words(rule.span, lang), since=translate(since, lang)
    )


def source_words(rule: Retention, lang: str = "vi") -> str:
    """The article a term comes from, or that the office set it."""
    return cite(rule.provisions, lang) if rule.provisions else translate(_OFFICE, lang)
