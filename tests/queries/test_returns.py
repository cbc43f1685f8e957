"""Do the statutory forms come out by the fast way as the words say, unit by unit?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.indicators import SubmissionRow
from citizenfeedback.domain.law.form_sets import FORM_SETS
from citizenfeedback.domain.law.statistics import FORMS, FormCode
from citizenfeedback.domain.outcomes import OUTCOME_AMOUNTS, Outcome, Progress
from citizenfeedback.domain.oversight import (
    CONCLUSION_COUNTS,
    FOLLOW_UP_COUNTS,
    Conclusion,
    FollowUp,
)
from citizenfeedback.domain.returns import ActRow, DayRow, RegisterRow, UnitRows, VisitRow, evaluate
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    Complexity,
    Direction,
    FirstDecision,
    Instance,
    OversightKind,
    Phase,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    State,
    UnitLevel,
)
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.oversight import OversightAct, OversightFollowUp
from citizenfeedback.models.procedures import DecisionOutcome, ImplementationEntry
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.returns import form_document, form_figures
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON, counted_queries

YEAR = Window(date(2019, 1, 1), date(2019, 12, 31))
FIRST_QUARTER = Window(date(2018, 12, 15), date(2019, 3, 14))


@pytest.fixture
def books(year: Flask) -> Iterator[Flask]:
    """The year, ready to be asked."""
    with year.app_context():
        yield year


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.parametrize("window", [YEAR, FIRST_QUARTER])
def test_the_year_gives_forms_that_add_up_and_agree_with_the_figures(
    books: Flask, window: Window
) -> None:
    """Does every check hold, every total follow from its lines, and is it the monthly figure?"""
    totals = {}
    for code in FORMS:
        with counted_queries(db.engine) as queries:
            document = form_document(SYSTEM, code, "", window)
        assert len(queries) <= 4, code
        assert all(check["holds"] for check in document["checks"]), code
        totals[code] = document["total"]["columns"]
        for number, total in totals[code].items():
            lines = [row["columns"][number] for row in document["rows"]]
            assert total == (None if None in lines else sum(lines))
    figures = monthly(None, window.first, window.last)["figures"]
    for code, number, key in (
        (FormCode.TCD, 1, "receptions.turns"),
        (FormCode.TCD, 2, "receptions.people"),
        (FormCode.TCD, 3, "receptions.matters"),
        (FormCode.TCD, 4, "receptions.groups"),
        (FormCode.TCD, 11, "receptions.turns.head"),
        (FormCode.XLD, 2, "petitions.processed"),
        (FormCode.XLD, 3, "petitions.eligible"),
        (FormCode.XLD, 4, "petitions.competent"),
        (FormCode.XLD, 24, "petitions.guided"),
        (FormCode.XLD, 25, "petitions.forwarded"),
    ):
        assert totals[code][str(number)] == figures[key]["value"], key
    at_hand = figures["petitions.received"]["value"] + figures["petitions.carried_over"]["value"]
    assert totals[FormCode.XLD]["1"] == at_hand


def test_only_those_who_may_see_reports_get_a_form(session: Session) -> None:
    """Is a form refused to nobody, and of a unit that is not there?"""
    _empty()
    for actor, unit in ((NOBODY, ""), (SYSTEM, "NOWHERE")):
        with pytest.raises(NotFound):
            form_figures(actor, FormCode.XLD, unit, YEAR)


@pytest.mark.both_databases
def test_money_and_land_are_printed_in_the_units_of_the_form(session: Session) -> None:
    """Are đồng printed as millions and tenths as square metres, and what is owed carried on?"""
    _empty()
    row = RegisterRow(
        SubmissionRow(
            CaseKind.COMPLAINT,
            date(2020, 1, 2),
            processed_on=date(2020, 1, 3),
            eligible=True,
            competent=True,
            direction=Direction.ACCEPT,
            accepted_on=date(2020, 1, 3),
            closed_on=date(2020, 1, 10),
        ),
        result=CaseResult.UPHELD,
        outcome=Outcome(money_to_state=2_500_000, land_returned=1_234),
        entries=(
            Progress(date(2020, 1, 20), money_collected=500_000),
            Progress(date(2020, 2, 3), money_collected=750_000, land_given_back=34),
        ),
    )
    _fill({2: UnitRows((row,))})
    january = form_document(
        SYSTEM, FormCode.GQKN, "TOP", Window(date(2020, 1, 1), date(2020, 1, 31))
    )
    assert january["total"]["columns"]["13"] == 2.5
    assert january["total"]["columns"]["16"] == 123.4
    february = form_document(
        SYSTEM, FormCode.KQTH, "TOP", Window(date(2020, 2, 1), date(2020, 2, 29))
    )["total"]["columns"]
    assert [february[str(number)] for number in (1, 2, 3, 5, 8, 10)] == [1, 0, 2, 0.75, 123.4, 3.4]


# The fast way and the slow way.

DAYS = st.integers(0, 40).map(lambda days: date(2020, 1, 1) + timedelta(days))
SOME_DAY = st.none() | DAYS
SMALL = st.integers(0, 3)
SUBMISSIONS = st.builds(
    SubmissionRow,
    kind=st.sampled_from(CaseKind),
    received_on=DAYS,
    processed_on=SOME_DAY,
    eligible=st.none() | st.booleans(),
    competent=st.none() | st.booleans(),
    direction=st.none() | st.sampled_from(Direction),
    accepted_on=SOME_DAY,
    closed_on=SOME_DAY,
    settle_by=SOME_DAY,
    duplicate=st.booleans(),
    field=st.sampled_from(CaseField),
)
OUTCOMES = st.builds(
    Outcome,
    first_decision=st.none() | st.sampled_from(FirstDecision),
    **dict.fromkeys(OUTCOME_AMOUNTS, SMALL),
)
PROGRESSES = st.builds(
    Progress,
    on=DAYS,
    finished=st.just(False),
    **{field.name: SMALL for field in fields(Progress) if field.name not in ("on", "finished")},
)
REGISTER = st.lists(
    st.builds(
        RegisterRow,
        submission=SUBMISSIONS,
        instance=st.sampled_from(Instance),
        result=st.none() | st.sampled_from(CaseResult),
        outcome=st.none() | OUTCOMES,
        finished_on=SOME_DAY,
        entries=st.lists(PROGRESSES, max_size=3).map(tuple),
        in_person=st.booleans(),
    ).map(lambda row: row if row.outcome else _without_outcome(row)),
    max_size=8,
)
VISITS = st.lists(
    st.builds(
        VisitRow,
        date=DAYS,
        people=st.integers(1, 9),
        received_by=st.sampled_from(ReceivedBy),
        matter=st.sampled_from(("", "A", "B", "C")),
    ),
    max_size=8,
)
LEADER_DAYS = st.lists(
    st.builds(
        DayRow,
        date=DAYS,
        received_by=st.sampled_from((ReceivedBy.HEAD, ReceivedBy.DELEGATED)),
        announced=st.booleans(),
        held=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda day: (day.date, day.received_by),
)
CONCLUSIONS = st.builds(
    Conclusion, on=DAYS, number=st.just("1/KL"), **dict.fromkeys(CONCLUSION_COUNTS, SMALL)
)
FOLLOW_UPS = st.builds(FollowUp, on=DAYS, **dict.fromkeys(FOLLOW_UP_COUNTS, SMALL))
ACTS = st.lists(
    st.one_of(
        st.builds(
            ActRow,
            on=DAYS,
            kind=st.sampled_from([one for one in OversightKind if one != "inspection"]),
            classes=SMALL,
            people=SMALL,
        ),
        st.builds(
            ActRow,
            on=DAYS,
            kind=st.just(OversightKind.INSPECTION),
            units=SMALL,
            conclusion=st.none() | CONCLUSIONS,
            finished_on=SOME_DAY,
            follow_ups=st.lists(FOLLOW_UPS, max_size=3).map(tuple),
        ).map(lambda row: row if row.conclusion else replace(row, finished_on=None, follow_ups=())),
    ),
    max_size=6,
)
UNIT_ROWS = st.builds(
    UnitRows,
    register=REGISTER.map(tuple),
    visits=VISITS.map(tuple),
    days=LEADER_DAYS.map(tuple),
    acts=ACTS.map(tuple),
)
WINDOWS = st.tuples(DAYS, DAYS).map(lambda days: Window(min(days), max(days)))


def _without_outcome(row: RegisterRow) -> RegisterRow:
    """The day on which it was carried out stands with the outcome: without one there is none."""
    return replace(row, outcome=None, finished_on=None, entries=())


@pytest.mark.both_databases
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(top=UNIT_ROWS, leaf=UNIT_ROWS, window=WINDOWS)
def test_the_database_counts_what_the_words_say(
    session: Session, top: UnitRows, leaf: UnitRows, window: Window
) -> None:
    """Does SQL give every column of every form what the traits give row by row, in each unit?"""
    _empty()
    _fill({1: top, 2: leaf, 3: leaf})
    for forms, code in ((one, code) for one in FORM_SETS.values() for code in one.forms):
        form = forms.forms[code]
        filled = form_figures(SYSTEM, code, "TOP", window, forms=forms)
        lines = {unit.code: row for unit, row in filled.lines}
        assert lines == {
            "TOP": evaluate(form, top, window),
            "LEAF": evaluate(form, leaf, window),
        }, (forms.code, code)
        for number, total in filled.total.items():
            values = [line[number] for line in lines.values()]
            assert total == (None if None in values else sum(v for v in values if v is not None))


def _empty() -> None:
    """A root, a unit below it and one beside; no rows."""
    with transaction() as session:
        for model in (
            *(ImplementationEntry, DecisionOutcome, Case, Reception, Sitting),
            *(OversightFollowUp, OversightAct, Unit),
        ):
            session.execute(model.__table__.delete())
        for number, code, path in ((1, "TOP", "/1/"), (2, "LEAF", "/1/2/"), (3, "APART", "/3/")):
            session.execute(
                insert(Unit).values(
                    id=number,
                    code=code,
                    name=code,
                    level=UnitLevel.PROVINCE if number == 1 else UnitLevel.COMMUNE,
                    parent_id=1 if number == 2 else None,
                    path=path,
                )
            )


def _fill(units: dict[int, UnitRows]) -> None:
    with transaction() as session:
        session.execute(insert(Case), [_case(1, 3, SubmissionRow(CaseKind.PETITION, date.min))])
        for unit_id, rows in units.items():
            for place, row in enumerate(rows.register, unit_id * 100):
                _add_case(session, place, unit_id, row)
            for place, visit in enumerate(rows.visits):
                session.execute(
                    insert(Reception).values(
                        book_no=f"{unit_id}-{place}",
                        date=visit.date,
                        unit_id=unit_id,
                        sitting=SittingKind.REGULAR,
                        received_by=visit.received_by,
                        people=visit.people,
                        kind=ReceptionKind.NONE,
                        matter=visit.matter,
                        recorded_at=NOON,
                    )
                )
            for day in rows.days:
                session.execute(
                    insert(Sitting).values(
                        date=day.date,
                        unit_id=unit_id,
                        kind=SittingKind.PERIODIC,
                        received_by=day.received_by,
                        announced=day.announced,
                        held=day.held,
                    )
                )

            for act in rows.acts:
                _add_act(session, unit_id, act)


def _add_act(session: Any, unit_id: int, row: ActRow) -> None:
    concluded = row.conclusion
    values = {"concluded_on": concluded.on} if concluded else {}
    act_id = session.scalar(
        insert(OversightAct)
        .values(
            unit_id=unit_id,
            title="Thanh tra",
            recorded_at=NOON,
            **{name: getattr(row, name) for name in ("kind", "on", "classes", "people", "units")},
            finished_on=row.finished_on,
            **values,
            **{name: getattr(concluded, name) if concluded else 0 for name in CONCLUSION_COUNTS},
        )
        .returning(OversightAct.id)
    )
    for one in row.follow_ups:
        session.execute(
            insert(OversightFollowUp).values(
                act_id=act_id,
                on=one.on,
                recorded_at=NOON,
                **{name: getattr(one, name) for name in FOLLOW_UP_COUNTS},
            )
        )


def _add_case(session: Any, place: int, unit_id: int, row: RegisterRow) -> None:
    values = _case(place, unit_id, row.submission)
    values |= {"instance": int(row.instance), "result": row.result}
    values["channel"] = Channel.IN_PERSON if row.in_person else Channel.POST
    session.execute(insert(Case).values(**values))
    if row.outcome is not None:
        session.execute(
            insert(DecisionOutcome).values(
                case_id=place,
                recorded_on=date(2020, 1, 1),
                finished_on=row.finished_on,
                **{field.name: getattr(row.outcome, field.name) for field in fields(Outcome)},
            )
        )
    for entry in row.entries:
        session.execute(
            insert(ImplementationEntry).values(
                case_id=place,
                **{
                    field.name: getattr(entry, field.name)
                    for field in fields(Progress)
                    if field.name != "finished"
                },
            )
        )


def _case(place: int, unit_id: int, row: SubmissionRow) -> dict[str, Any]:
    return {
        "id": place,
        "number": f"20-{place}",
        "kind": row.kind,
        "field": row.field,
        "channel": Channel.POST,
        "state": State.REGISTERED,
        "phase": Phase.RECEIVED,
        "unit_id": unit_id,
        "received_on": row.received_on,
        "registered_at": NOON,
        "processed_on": row.processed_on,
        "eligible": row.eligible,
        "competent": row.competent,
        "direction": row.direction,
        "accepted_on": row.accepted_on,
        "complexity": Complexity.NORMAL,
        "closed_on": row.closed_on,
        "settle_by": row.settle_by,
        "due_on": date.max,
        "duplicate_of_id": 1 if row.duplicate else None,
    }
