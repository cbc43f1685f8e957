"""How SQLite goes about counting the lists: past what has ended."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries import inbox
from citizenfeedback.queries.inbox import Filters, View, inbox_page
from tests.conftest import counted_queries
from tests.services.desk import CHIEF, HOA, LAN, MINH, TRA, open_desk

NARROW = (
    *("ix_case_open_", "ix_case_citizen_wrote", "ix_case_unprocessed", "ix_case_processed"),
    *("PRIMARY KEY", "AND id=?"),
)
"""The ways to a case that lead past what has ended."""


@pytest.mark.parametrize("user_id", [HOA, LAN, CHIEF, MINH, TRA])
def test_no_count_looks_at_ended_cases(session: Session, keys: Keys, user_id: int) -> None:
    """With the statistics of a register in which nearly all has ended, as after some years."""
    desk = open_desk(session, keys)
    for number in range(120):
        ended = State.DONE if number % 6 else State.EXAMINING
        desk.put(desk.file(CaseKind.REFLECTION), state=ended, citizen_wrote=number % 40 == 0)
    session.execute(text("ANALYZE"))
    actor = desk.actor(user_id)
    with counted_queries(session.get_bind()) as statements:
        inbox_page(actor, View.LATE, Filters(), None, desk.today)
    counting = next(one for one in statements if one.startswith("SELECT (SELECT count(*)"))
    plan = session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {counting}", (0,) * counting.count("?")
    )
    ways = [row[3] for row in plan if " case_file" in row[3]]
    assert len(ways) >= len(inbox.views_of(actor))
    assert [way for way in ways if not any(index in way for index in NARROW)] == []
