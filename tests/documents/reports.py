"""Small documents of both reports, as the queries make them."""

from __future__ import annotations

from typing import Any

from citizenfeedback.domain.indicators import INDICATORS, Measure
from citizenfeedback.domain.law.statistics import CURRENT, FORMS, FormCode
from citizenfeedback.domain.vocabulary import CaseField

HOSTILE = "=cmd|' /C calc'!A0"


def figures(count: int = 7) -> dict[str, dict[str, Any]]:
    """Every key with a value; rates with both sides."""
    sides = {"value": 66.67, "numerator": 2, "denominator": 3}
    values: dict[Measure, dict[str, Any]] = {
        Measure.RATE: sides,
        Measure.MEAN: {"value": 4.26},
        Measure.COUNT: {"value": count},
    }
    return {key: dict(values[indicator.measure]) for key, indicator in INDICATORS.items()}


def plain_monthly() -> dict[str, Any]:
    """What `report monthly` prints."""
    period = {"from": "2019-05-01", "to": "2019-06-30"}
    return {"report": "monthly", "period": period, "unit": "TOP", "figures": figures()}


def monthly_book() -> dict[str, Any]:
    """The same with all that a table book shows beside it; one unit has a hostile name."""
    month = {"received": 5, "opening": 1, "accepted": 2, "resolved": 1, "closing": 2}
    month |= {"turns": 3, "ratings": 4, "satisfied": 3}
    names = (("TOP", "UBND tỉnh", 0), ("X1", "UBND phường Hồng Gai", 1), ("X2", HOSTILE, 1))
    before = {"from": "2019-03-01", "to": "2019-04-30"}
    earlier = {"from": "2018-05-01", "to": "2018-06-30"}
    return plain_monthly() | {
        "name": {"vi": "UBND tỉnh", "en": "Province"},
        "whole": True,
        "previous": {"period": before, "figures": figures(5)},
        "year_before": {"period": earlier, "figures": figures(6)},
        "months": [
            {"from": "2019-05-01", "to": "2019-05-31", **month},
            {"from": "2019-06-01", "to": "2019-06-30", **month},
        ],
        "fields": {str(field): figures() for field in CaseField},
        "units": [
            {"code": code, "name": {"vi": name, "en": name}, "depth": depth, "figures": figures()}
            for code, name, depth in names
        ],
    }


def ratings() -> dict[str, Any]:
    """What `report ratings` prints."""
    standing = {
        "count": 40,
        "mean": 4.26,
        "mean_interval": {"low": 4.1, "high": 4.42},
        "satisfied_rate": 85.0,
        "satisfied_interval": {"low": 70.93, "high": 92.94},
        "band": "excellent",
        "reliable": True,
    }
    alone = standing | {"count": 1, "mean_interval": None, "reliable": False}
    scored = {"code": "ATT02", "scale": "five", "count": 9, "mean": 4.5, "proper_rate": None}
    proper = {"code": "ATT05", "scale": "yes_no", "count": 9, "mean": None, "proper_rate": 90.0}
    interval = {"low": 4.2, "high": 4.8}
    return {
        "report": "ratings",
        "period": {"from": "2019-05-01", "to": "2019-05-31"},
        "unit": "TOP",
        "overall": standing,
        "scores": {"5": 20, "4": 14, "3": 4, "2": 1, "1": 1},
        "doubtful": 2,
        "points": [
            {"code": "Q1", "name": "Quầy 1", "unit": "X1", **standing},
            {"code": "Q2", "name": HOSTILE, "unit": "X1", **alone},
        ],
        "staff": [{"code": "CB1", "name": "Nguyễn Thị Hoa", "unit": "X1", **standing}],
        "unnamed": {"staff": 2, "count": 6},
        "criteria": [
            scored | {"interval": interval},
            proper | {"interval": {"low": 80.0, "high": 95.0}},
        ],
    }


def form(code: FormCode = FormCode.XLD) -> dict[str, Any]:
    """What `report 02-XLD` is made of: two units, one with a hostile name."""
    columns = {
        str(column.number): None if column.counts is None else column.number
        for column in FORMS[code].columns
    }
    names = (("UBND tỉnh", 0), (HOSTILE, 1))
    return {
        "report": str(code),
        "period": {"from": "2026-09-15", "to": "2026-12-14"},
        "rows": [{"unit": unit, "columns": columns} for unit in ("TOP", "X1")],
        "total": {"columns": {key: value and value * 2 for key, value in columns.items()}},
        "checks": [{"rule": "1 = 5+11+17", "holds": True}],
        "forms": CURRENT.code,
        "unit": "TOP",
        "name": {"vi": "UBND tỉnh", "en": "Province"},
        "names": [{"vi": name, "en": name, "depth": depth} for name, depth in names],
    }
