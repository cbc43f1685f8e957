"""Who must decide, under which law, and where the rest goes."""

from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from citizenfeedback.domain.law.competence import (
    DOORS,
    END_OF_DISTRICTS,
    ROWS,
    CompetenceRow,
    Door,
    DoorRow,
    Respondent,
    RespondentKind,
    RespondentRank,
    Settler,
    SettlingUnit,
    Sign,
    Way,
    competent_body,
    respondent_of,
    right_door,
    settling_unit,
)
from citizenfeedback.domain.law.sources import READ_IN, Mark
from citizenfeedback.domain.vocabulary import CaseKind, Instance, UnitLevel

R2019, R2025, R2026 = date(2024, 5, 6), date(2025, 12, 1), date(2026, 11, 23)
EDGES = (date(2019, 1, 1), END_OF_DISTRICTS, date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 1))
FIRST, SECOND = Instance
EVERY: tuple[CompetenceRow | DoorRow, ...] = (*ROWS, *DOORS)


def settler(day: date, kind: str, respondent: str, level: str, instance: Instance) -> str:
    return competent_body(
        day, CaseKind(kind), RespondentKind(respondent), UnitLevel(level), instance
    ).settler


@pytest.mark.parametrize(
    ("respondent", "level", "first", "second_2019", "second_now"),
    [
        ("commune_chair", "commune", "commune_chair", "district_chair", "province_chair"),
        ("commune_official", "commune", "commune_chair", "district_chair", "province_chair"),
        ("commune_body_head", "commune", "commune_chair", "district_chair", "province_chair"),
        ("agency_head", "service_unit", "agency_head", "department_director", None),
        ("department_head", "department", "department_director", "province_chair", None),
        ("department_official", "department", "department_director", "province_chair", None),
        ("province_chair", "province", "province_chair", "minister", None),
        ("organisation", "commune", "commune_chair", "district_chair", "province_chair"),
        ("moved_official", "department", "department_director", "province_chair", None),
    ],
)
def test_who_settles_a_complaint(
    respondent: str, level: str, first: str, second_2019: str, second_now: str | None
) -> None:
    for day in (R2019, R2025, R2026):
        assert settler(day, "complaint", respondent, level, FIRST) == first
    assert settler(R2019, "complaint", respondent, level, SECOND) == second_2019
    for day in (R2025, R2026):
        assert settler(day, "complaint", respondent, level, SECOND) == (second_now or second_2019)


@pytest.mark.parametrize(
    ("respondent", "level", "before_2025", "now"),
    [
        ("commune_official", "commune", "commune_chair", "commune_chair"),
        ("commune_body_head", "commune", "commune_chair", "commune_chair"),
        ("commune_chair", "commune", "district_chair", "province_chair"),
        ("agency_official", "service_unit", "agency_head", "agency_head"),
        ("agency_head", "service_unit", "department_director", "department_director"),
        ("department_official", "department", "department_director", "department_director"),
        ("department_head", "department", "province_chair", "province_chair"),
        ("province_chair", "province", "prime_minister", "prime_minister"),
        ("district_act", "district", "district_chair", "successor_head"),
        ("organisation", "commune", "district_chair", "province_chair"),
        ("organisation", "service_unit", "department_director", "department_director"),
        ("organisation", "department", "province_chair", "province_chair"),
        ("moved_official", "commune", "former_body_head", "former_body_head"),
        ("dissolved_body", "commune", "successor_head", "successor_head"),
        ("other_under_province", "team", "province_chair", "designated_by_province_chair"),
    ],
)
def test_who_settles_a_denunciation(
    respondent: str, level: str, before_2025: str, now: str
) -> None:
    assert settler(R2019, "denunciation", respondent, level, FIRST) == before_2025
    assert settler(R2026, "denunciation", respondent, level, FIRST) == now


@pytest.mark.parametrize("day", EDGES)
def test_has_every_question_exactly_one_answer(day: date) -> None:
    for asked in product(CaseKind, RespondentKind, UnitLevel, Instance):
        kind, respondent, level, instance = asked
        rows = [
            row for row in ROWS if row.holds_on(day) and row.fits(kind, respondent, level, instance)
        ]
        assert len(rows) == 1, asked
        assert competent_body(day, kind, respondent, level, instance).row is rows[0]


def test_does_no_district_decide_after_the_districts_ended() -> None:
    for row in ROWS:
        if row.settler is Settler.DISTRICT_CHAIR:
            assert row.effective_to == END_OF_DISTRICTS, row.code


def test_does_the_second_complaint_go_to_somebody_else() -> None:
    for day, respondent, level in product(EDGES, RespondentKind, UnitLevel):
        first = competent_body(day, CaseKind.COMPLAINT, respondent, level, FIRST)
        second = competent_body(day, CaseKind.COMPLAINT, respondent, level, SECOND)
        assert first.settler is not second.settler


@pytest.mark.parametrize("row", EVERY, ids=[row.code for row in EVERY])
def test_has_each_row_an_article_words_and_an_honest_mark(row: CompetenceRow | DoorRow) -> None:
    assert row.code.isascii()
    assert row.law()
    assert row.why() != row.why("en")
    assert set(row.read_in) <= set(READ_IN)
    assert (row.mark is Mark.MEMORY) == (not row.read_in)


def test_does_everything_from_memory_say_what_is_doubtful() -> None:
    assert all(row.doubt is not None for row in ROWS if row.mark is not Mark.READ)
    assert len({row.code for row in EVERY}) == len(EVERY)


def test_is_the_reason_given_with_the_proposal() -> None:
    proposal = competent_body(
        R2026, CaseKind.COMPLAINT, RespondentKind.COMMUNE_CHAIR, UnitLevel.COMMUNE, SECOND
    )
    assert proposal.law("en") == "Law on Complaints 02/2011/QH13, article 21 clause 2"
    assert proposal.why("en").startswith("The province chairman settles second")
    assert proposal.doubt is None


@pytest.mark.parametrize(
    ("level", "rank", "above", "kind", "as_level"),
    [
        ("commune", "head", "province", "commune_chair", "commune"),
        ("commune", "body", "province", "organisation", "commune"),
        ("team", "head", "commune", "commune_body_head", "commune"),
        ("team", "official", "commune", "commune_body_official", "commune"),
        ("service_unit", "body", "commune", "commune_body_head", "commune"),
        ("service_unit", "head", "department", "agency_head", "service_unit"),
        ("service_unit", "head", "province", "department_head", "department"),
        ("service_unit", "body", "province", "organisation", "department"),
        ("team", "head", "department", "department_official", "department"),
        ("team", "body", None, "agency_official", "service_unit"),
        ("province", "head", None, "province_chair", "province"),
        ("district", "official", "province", "district_act", "district"),
    ],
)
def test_what_kind_of_respondent_is_it(
    level: str, rank: str, above: str | None, kind: str, as_level: str
) -> None:
    found = respondent_of(
        UnitLevel(level), RespondentRank(rank), None if above is None else UnitLevel(above)
    )
    assert found == Respondent(RespondentKind(kind), UnitLevel(as_level))


@pytest.mark.parametrize(
    ("kind", "signs", "doors"),
    [
        ("complaint", [], [("settler", "guide")]),
        ("complaint", ["at_court"], [("court", "guide")]),
        ("complaint", ["settled_twice"], [("court", "guide")]),
        ("complaint", ["crime", "nameless"], [("settler", "guide")]),
        ("denunciation", [], [("settler", "forward")]),
        ("denunciation", ["nameless"], [("file_in_form", "invite")]),
        ("denunciation", ["nameless", "concrete_evidence"], [("inspection", "transfer")]),
        ("denunciation", ["concrete_evidence"], [("settler", "forward")]),
        ("denunciation", ["party_rules"], [("party_body", "forward")]),
        ("denunciation", ["crime", "party_rules"], [("investigators", "transfer")]),
        (
            "denunciation",
            ["imminent_harm", "nameless"],
            [("stop_the_harm", "report_at_once"), ("file_in_form", "invite")],
        ),
        ("petition", [], [("settler", "forward")]),
        ("reflection", ["crime"], [("settler", "forward")]),
    ],
)
def test_which_door_is_the_right_one(
    kind: str, signs: list[str], doors: list[tuple[str, str]]
) -> None:
    found = right_door(
        R2026,
        CaseKind(kind),
        RespondentKind.COMMUNE_CHAIR,
        UnitLevel.COMMUNE,
        signs=[Sign(sign) for sign in signs],
    )
    assert [(door.door, door.way) for door in found] == doors


@given(
    day=some.dates(date(2019, 1, 1), date(2030, 12, 31)),
    kind=some.sampled_from(CaseKind),
    respondent=some.sampled_from(RespondentKind),
    level=some.sampled_from(UnitLevel),
    instance=some.sampled_from(Instance),
    signs=some.sets(some.sampled_from(Sign)),
)
def test_is_there_always_a_last_door_and_a_settler_behind_it(
    day: date,
    kind: CaseKind,
    respondent: RespondentKind,
    level: UnitLevel,
    instance: Instance,
    signs: set[Sign],
) -> None:
    doors = right_door(day, kind, respondent, level, instance, signs)
    assert doors[-1].row.last
    assert all((door.door is Door.SETTLER) == (door.proposal is not None) for door in doors)
    if kind is CaseKind.COMPLAINT:
        assert {door.way for door in doors} == {Way.GUIDE}
    if kind is CaseKind.DENUNCIATION:
        assert Way.GUIDE not in {door.way for door in doors}


@dataclass(frozen=True)
class Place:
    id: int
    level: UnitLevel
    parent_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


TREE = (
    Place(1, UnitLevel.PROVINCE),
    Place(2, UnitLevel.DEPARTMENT, 1),
    Place(3, UnitLevel.SERVICE_UNIT, 2),
    Place(4, UnitLevel.TEAM, 3),
    Place(5, UnitLevel.DISTRICT, 1, None, END_OF_DISTRICTS),
    Place(6, UnitLevel.COMMUNE, 5, None, END_OF_DISTRICTS),
    Place(7, UnitLevel.COMMUNE, 1, date(2025, 7, 1)),
    Place(8, UnitLevel.SERVICE_UNIT, 7),
    Place(9, UnitLevel.SERVICE_UNIT, 1),
)


@pytest.mark.parametrize(
    ("settling", "unit", "day", "found", "missing"),
    [
        ("agency_head", 4, R2026, 3, None),
        ("department_director", 4, R2026, 2, None),
        ("department_director", 9, R2026, 9, None),
        ("department_director", 7, R2026, None, "no_such_unit"),
        ("province_chair", 4, R2026, 1, None),
        ("commune_chair", 8, R2026, 7, None),
        ("district_chair", 6, R2019, 5, None),
        ("district_chair", 6, R2026, None, "unit_ended"),
        ("province_chair", 6, R2026, 1, None),
        ("commune_chair", 5, R2026, None, "no_such_unit"),
        ("commune_chair", 7, R2019, None, "unit_ended"),
        ("successor_head", 6, R2026, None, "unit_ended"),
        ("former_body_head", 4, R2026, 3, None),
        ("designated_by_province_chair", 3, R2026, 1, None),
        ("minister", 1, R2026, None, "outside_tree"),
        ("prime_minister", 1, R2026, None, "outside_tree"),
        ("field_body", 4, R2026, None, "by_field"),
        ("agency_head", 99, R2026, None, "no_such_unit"),
    ],
)
def test_in_which_unit_does_the_settler_sit(
    settling: str, unit: int, day: date, found: int | None, missing: str | None
) -> None:
    asked = Settler(settling)
    assert settling_unit(asked, unit, TREE, day) == SettlingUnit(asked, found, missing)


def test_does_a_ring_in_the_tree_end() -> None:
    ring = (Place(1, UnitLevel.TEAM, 2), Place(2, UnitLevel.TEAM, 1))
    assert settling_unit(Settler.PROVINCE_CHAIR, 1, ring, R2026).missing == "no_such_unit"


@given(
    parents=some.lists(some.integers(0, 12), min_size=1, max_size=12),
    levels=some.lists(some.sampled_from(UnitLevel), min_size=12, max_size=12),
    asked=some.sampled_from(Settler),
)
def test_is_the_settler_above_the_respondent_and_the_nearest(
    parents: list[int], levels: list[UnitLevel], asked: Settler
) -> None:
    units = [
        Place(at, levels[at], parent if parent < at else None) for at, parent in enumerate(parents)
    ]
    start = units[-1].id
    found = settling_unit(asked, start, units, R2026)
    line = [start]
    while (parent := units[line[-1]].parent_id) is not None:
        line.append(parent)
    assert (found.unit_id is None) == (found.missing is not None)
    if found.unit_id is not None:
        assert found.unit_id in line
        if asked is Settler.DEPARTMENT_DIRECTOR:  # an agency counts only under the province
            return
        for below in line[: line.index(found.unit_id)]:
            assert units[below].level is not units[found.unit_id].level
