"""What is written down when figures leave the house: who took which report, of what, in what form."""

from collections.abc import Mapping
from datetime import datetime

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Linker
from citizenfeedback.domain.vocabulary import AuditAction
from citizenfeedback.domain.windows import Window
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.transaction import transaction


def record_export(
    actor: Actor,
    report: str,
    form: str,
    *,
    unit: str,
    window: Window,
    keys: Linker,
    now: datetime,
) -> None:
    """Note an export before it is handed out: without the note, no file.

    The right to take it is checked by the query that makes it (`queries/reporting.py`).
    """
    details: Mapping[str, object] = {
        "report": report,
        "form": form,
        "unit": unit,
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
    }
    with transaction() as session:
        append_entry(session, keys, actor, AuditAction.REPORT_EXPORTED, now=now, details=details)
