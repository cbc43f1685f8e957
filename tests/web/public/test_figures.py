"""Do citizens see the newest month's figures, each with what it is of, and nothing small?"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import ReceivedBy, ReceptionKind, SittingKind, UnitLevel
from citizenfeedback.domain.windows import Window, month_window
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.receptions import Reception
from citizenfeedback.queries.published import published_months
from citizenfeedback.services.closing import close_window
from citizenfeedback.services.publishing import count_months
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import Visitor, make_unit, visitor

OCTOBER = month_window(2026, 10)


@pytest.fixture
def top(session: Session, gateways: Gateways) -> int:
    """The province."""
    return make_unit(gateways, "QN", name="UBND tỉnh", level=UnitLevel.PROVINCE)


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    """Somebody at home."""
    return visitor(app)


def visits(unit_id: int, number: int, day: date = OCTOBER.first, prefix: str = "") -> None:
    """Visits in the book, two people each."""
    with transaction() as session:
        session.execute(
            insert(Reception),
            [
                {
                    "book_no": f"{prefix}{day}-{place}",
                    "unit_id": unit_id,
                    "date": day,
                    "sitting": SittingKind.REGULAR,
                    "received_by": ReceivedBy.OFFICER,
                    "people": 2,
                    "kind": ReceptionKind.NONE,
                    "matter": "",
                    "recorded_at": NOON,
                }
                for place in range(number)
            ],
        )


def counted() -> int:
    """Count ahead, as the job does every night."""
    return count_months(today=NOON.date(), now=NOON)


@pytest.mark.both_databases
def test_a_month_is_counted_ahead_and_shown_on_the_front_page(citizen: Visitor, top: int) -> None:
    """Is there nothing before it is counted, and then the number, its name and as of when?"""
    visits(top, 6)
    assert "toàn tỉnh" not in citizen.get("/").text
    assert counted() == 1
    page = citizen.get("/").text
    assert "Tháng 10/2026 toàn tỉnh" in page
    assert "lượt tiếp công dân" in page
    assert "Tính đến 23/11/2026 12:00." in page
    assert 'href="/figures"' in page
    visits(top, 6, date(2026, 9, 2))
    assert counted() == 2
    assert [one.window.first.month for one in published_months()] == [10, 9]


@pytest.mark.both_databases
def test_a_closed_month_stands_for_good(citizen: Visitor, gateways: Gateways, top: int) -> None:
    """Does a late visit change neither the front page nor the table once the month is closed?"""
    visits(top, 6)
    close_window(
        SYSTEM, "QN", OCTOBER, keys=gateways.keys, today=NOON.date(), now=NOON - timedelta(days=9)
    )
    odd = Window(date(2026, 10, 2), date(2026, 11, 2))
    close_window(SYSTEM, "QN", odd, keys=gateways.keys, today=NOON.date(), now=NOON)
    visits(top, 5, prefix="late")
    counted()
    (month,) = published_months()
    assert (month.closed, month.figures["receptions.turns"]["value"]) == (True, 6)
    text = citizen.get("/figures").text
    assert "Số này đã chốt, không đổi nữa." in text
    assert "<strong>6</strong> lượt tiếp công dân" in text
    assert "14/11/2026" in text


def test_small_counts_are_masked_on_the_page_and_in_the_file(citizen: Visitor, top: int) -> None:
    """Is a handful said to be few, without its number, and left out of the front page?"""
    visits(top, 4)
    counted()
    assert "toàn tỉnh" not in citizen.get("/").text
    text = citizen.get("/figures").text
    assert "Lượt tiếp công dân: <span>ít, không nêu</span>" in text
    assert "<strong>8</strong> người được tiếp" in text
    rows = list(csv.DictReader(io.StringIO(citizen.get("/figures.csv").data.decode("utf-8-sig"))))
    turns = next(row for row in rows if row["key"] == "receptions.turns")
    assert (turns["month"], turns["value"], turns["masked"]) == ("2026-10", "", "yes")


def test_several_months_stand_beside_each_other(citizen: Visitor, top: int) -> None:
    """Is there a chart with its table as soon as there are two months, in English too?"""
    assert "Chưa có số liệu nào được công bố" in citizen.get("/figures").text
    visits(top, 6)
    visits(top, 7, date(2026, 9, 2))
    counted()
    text = citizen.get("/figures?lang=en").text
    assert "<svg" in text
    assert "September 2026" in text
    assert "Published figures" in text
