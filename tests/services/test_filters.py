"""Keeping and dropping filters of the inbox."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.gateways import Gateways
from citizenfeedback.queries.filters import kept_filters
from citizenfeedback.services.filters import LONGEST_NAME, MOST_FILTERS, drop_filter, keep_filter
from tests.services.desk import DUC, HOA, open_desk

pytestmark = pytest.mark.both_databases


def test_a_filter_is_its_owners_alone(session: Session, gateways: Gateways) -> None:
    """Kept under a name, replaced by the same name, dropped by nobody else."""
    desk = open_desk(session, gateways.keys)
    hoa, duc = desk.actor(HOA), desk.actor(DUC)
    keep_filter(hoa, "  Đất đai   sắp đến hạn ", "view=unit&standing=due_soon&field=land")
    keep_filter(hoa, "Đất đai sắp đến hạn", "view=unit&field=land")
    (kept,) = kept_filters(hoa)
    assert (kept.name, kept.narrowing) == ("Đất đai sắp đến hạn", "view=unit&field=land")
    assert kept_filters(duc) == []
    with pytest.raises(NotFound):
        drop_filter(duc, kept.id)
    drop_filter(hoa, kept.id)
    assert kept_filters(hoa) == []
    with pytest.raises(NotFound):
        drop_filter(hoa, kept.id)


def test_names_and_number_have_limits(session: Session, gateways: Gateways) -> None:
    """No name is refused, a long one is cut, one too many is refused with the limit."""
    desk = open_desk(session, gateways.keys)
    hoa = desk.actor(HOA)
    with pytest.raises(RuleBroken, match="filter_unnamed"):
        keep_filter(hoa, " \u200e ", "view=unit&field=land")
    for number in range(MOST_FILTERS):
        keep_filter(hoa, f"{number:02}" + "x" * 100, "view=unit&field=land")
    assert {len(kept.name) for kept in kept_filters(hoa)} == {LONGEST_NAME}
    with pytest.raises(RuleBroken) as refused:
        keep_filter(hoa, "thêm", "view=unit&field=land")
    assert refused.value.values == {"most": MOST_FILTERS}
    keep_filter(hoa, kept_filters(hoa)[0].name, "view=unit&kind=petition")
    assert len(kept_filters(hoa)) == MOST_FILTERS
