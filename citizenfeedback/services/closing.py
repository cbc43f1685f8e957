"""Closing a window: its monthly figures and its statutory forms are written down for good.

The rows go on as they did; the frozen documents never change. Nothing here counts: what is written
down is what `report` gives at that moment, over everything, whoever closes.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.chain import document_digest
from citizenfeedback.domain.closing import check_closable
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM, Actor
from citizenfeedback.domain.indicators import GROUP_SIZE
from citizenfeedback.domain.keys import Linker
from citizenfeedback.domain.law.statistics import FORMS
from citizenfeedback.domain.vocabulary import Action, AuditAction
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.queries.closed import MONTHLY, frozen_report, marks
from citizenfeedback.queries.figures import monthly_to_keep
from citizenfeedback.queries.returns import form_document
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.transaction import transaction

_SHORT = "SET LOCAL lock_timeout = '500ms'"

COUNTED = ("case_file", "reception", "sitting", "rating", "dossier_count", "oversight_act")
"""The tables whose rows are counted and marked."""


def close_window(
    actor: Actor,
    code: str,
    window: Window,
    *,
    group_size: int = GROUP_SIZE,
    keys: Linker,
    today: date,
    now: datetime,
) -> None:
    """Close a window of a unit and all below it.

    Raises `NotFound` out of reach, `RuleBroken("window_not_over")` before it has ended,
    `RuleBroken("window_closed")` the second time, and `ChangedMeanwhile` while many are writing.
    """
    check_closable(window, today)
    with transaction() as session:
        # Two who close at once: the second waits here and then finds it closed. Cases of the unit
        # may be filed meanwhile (`key_share`), or their writers and this would wait for each other.
        unit_id = session.scalar(
            select(Unit.id).where(Unit.code == code).with_for_update(key_share=True)
        )
        if unit_id is None or not can_at(actor, Action.CLOSE_PERIOD, unit_id):
            raise NotFound("unit")
        if frozen_report(unit_id, window) is not None:
            raise RuleBroken("window_closed")
        _hold_still(session)
        known = marks()
        documents: dict[str, dict[str, Any]] = {
            MONTHLY: monthly_to_keep(code, window.first, window.last, group_size=group_size),
            **{
                form.value: form_document(SYSTEM, form, code, window, group_size=group_size)
                for form in FORMS
            },
        }
        for name, document in documents.items():
            document |= {"marks": known, "group_size": group_size}
            session.execute(
                insert(FrozenReport).values(
                    name=name,
                    unit_id=unit_id,
                    starts_on=window.first,
                    ends_on=window.last,
                    frozen_at=now,
                    frozen_by_id=actor.user_id,
                    document=document,
                    digest=document_digest(keys.link, document),
                )
            )
        details = {
            "unit": code,
            "from": window.first.isoformat(),
            "to": window.last.isoformat(),
        }
        append_entry(session, keys, actor, AuditAction.PERIOD_CLOSED, now=now, details=details)


def _hold_still(session: Session) -> None:
    """Let nothing come in between the marks and the counts; SQLite has one writer anyway.

    Whoever files goes first: after half a second, sooner than PostgreSQL looks for a deadlock, the
    closing gives way with `ChangedMeanwhile` and is simply asked for again.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    try:
        session.execute(text(_SHORT))
        session.execute(text(f"LOCK TABLE {', '.join(COUNTED)} IN SHARE MODE"))
        session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError as busy:
        raise ChangedMeanwhile from busy
