"""Counting the last months ahead, so that citizens' pages read a few rows instead of counting."""

from datetime import date, datetime

from sqlalchemy import delete, insert

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.windows import last_month, previous_window
from citizenfeedback.models.reporting import MonthSummary
from citizenfeedback.queries.figures import apart_document, unit_scope, window_figures
from citizenfeedback.services.transaction import transaction

MONTHS = 12


def count_months(*, today: date, now: datetime) -> int:
    """Count the last whole months of the highest unit anew; returns how many had anything."""
    windows = [last_month(today)]
    while len(windows) < MONTHS:
        windows.append(previous_window(windows[-1]))
    try:
        found = window_figures(unit_scope(), windows)
    except NotFound:
        return 0
    rows = [
        {
            "starts_on": window.first,
            "counted_at": now,
            "document": {
                "figures": {key: one.document() for key, one in figures.items()},
                "apart": apart_document(figures),
            },
        }
        for window, figures in zip(windows, found, strict=True)
        if any(figures[key].value for key in ("receptions.turns", "petitions.received"))
        or figures["ratings.count"].value
        or figures["cases.resolution_rate"].denominator
    ]
    with transaction() as session:
        session.execute(delete(MonthSummary))
        if rows:
            session.execute(insert(MonthSummary), rows)
    return len(rows)
