"""How long records are kept and what goes next, before it goes."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template

from citizenfeedback.documents.formats import format_number
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.retention_words import source_words, term_words
from citizenfeedback.domain.privacy import retention
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.retention import MOST_COUNTED, Outlook, outlook
from citizenfeedback.web.admin.room import blueprint
from citizenfeedback.web.context import setting, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext


@blueprint.get("/retention")
@requires(Action.SEE_RETENTION)
def retention_table() -> str:
    """Show every kind of record with its term, its source, and what goes tonight and soon."""
    lang, days = current_language(), setting("RETENTION_WARNING_DAYS")
    rules = retention(setting("RETENTION"))
    return render_template(
        "admin/retention.html",
        lines=[
            {
                "what": label(one.rule.kept, lang),
                "term": term_words(one.rule, lang),
                "source": source_words(one.rule, lang),
                "look": one,
                "numbers": _numbers(one, lang),
            }
            for one in outlook(rules, today=today(), warning_days=days)
        ],
        until=today() + timedelta(days=days),
    )


def _numbers(one: Outlook, lang: str) -> tuple[str, str, str]:
    """What goes tonight, what soon, what is held back; a dash where there is nothing to count.

    What other work clears away is not counted here, and what the law keeps for good never goes.
    """
    counted = one.rule.span is not None and not one.rule.elsewhere
    held = counted and one.rule.of_case
    return (
        _number(one.now, lang) if counted else "–",
        _number(one.soon, lang) if counted else "–",
        _number(one.held, lang) if held else "–",
    )


def _number(value: int, lang: str) -> str:
    """A number, or that it is so many at least where counting stopped."""
    shown = format_number(value, lang)
    return gettext("từ %(number)s trở lên", number=shown) if value >= MOST_COUNTED else shown
