"""Likely duplicates are proposed from what the person may see, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.similar import LikenessReason
from citizenfeedback.domain.vocabulary import CaseKind, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.case_head import case_head
from citizenfeedback.queries.case_page import case_page
from citizenfeedback.queries.likeness import LOOK_BACK, alike_at_first_sight, alike_to
from citizenfeedback.services.registering import Person, Registered
from tests.services.desk import BUILDING, CHIEF, DUC, HOA, LAN, LAND, Desk, open_desk

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def found(desk: Desk, case: Registered, who: int = DUC) -> list[str]:
    actor = desk.actor(who)
    return [one.number for one in alike_to(actor, case_head(actor, case.number, desk.today))]


def same(desk: Desk, **more: Any) -> Registered:
    return desk.file(**{"respondent": "Công ty Minh Phát", **more})


def test_is_the_same_submission_of_the_same_person_found(desk: Desk) -> None:
    first, again = same(desk), same(desk)
    desk.file(
        summary="Đường ngập sau mưa lớn",
        words="Ngõ 3 ngập nửa mét.",
        people=(Person("Vũ An", "", "", "", "Hạ Long"),),
    )
    actor = desk.actor(DUC)
    (alike,) = alike_to(actor, case_head(actor, again.number, desk.today))
    assert alike.number == first.number
    assert alike.same_matter
    assert LikenessReason.SAME_AUTHOR in alike.reasons


@pytest.mark.parametrize("state", [State.DONE, State.FILED])
def test_is_nothing_attached_to_what_is_closed(desk: Desk, state: State) -> None:
    first, again = same(desk), same(desk)
    desk.put(first, state=state)
    assert found(desk, again) == []


def test_are_other_kinds_old_and_hidden_cases_left_out(desk: Desk) -> None:
    same(desk, kind=CaseKind.PETITION)
    same(desk, received_on=desk.today - LOOK_BACK - timedelta(days=20))
    same(desk, unit_id=LAND)
    again = same(desk)
    assert found(desk, again) == []
    assert len(found(desk, again, CHIEF)) == 1


def test_is_a_denunciation_compared_by_its_open_words_only(desk: Desk) -> None:
    kind = CaseKind.DENUNCIATION
    same(desk, kind=kind, summary="Cán bộ đòi tiền làm sổ đỏ")
    other = same(desk, kind=kind, summary="Xây nhà trên đất công viên", respondent="Ông Sáu")
    again = same(desk, kind=kind, summary="Cán bộ đòi tiền làm sổ đỏ")
    assert found(desk, other) == []
    actor = desk.actor(DUC)
    (alike,) = alike_to(actor, case_head(actor, again.number, desk.today))
    assert LikenessReason.SAME_AUTHOR not in alike.reasons


def at_first_sight(desk: Desk, case: Registered, who: int = DUC) -> list[str]:
    actor = desk.actor(who)
    page = case_page(actor, case.number, desk.today, desk.keys)
    return [one.number for one in alike_at_first_sight(actor, page)]


def test_does_the_page_of_a_case_hint_at_the_same_matter_of_the_same_person(desk: Desk) -> None:
    first, again = same(desk), same(desk)
    desk.file(
        summary="Đường ngập sau mưa lớn",
        words="Ngõ 3 ngập nửa mét.",
        people=(Person("Vũ An", "", "", "", "Hạ Long"),),
    )
    assert at_first_sight(desk, again) == [first.number]
    assert at_first_sight(desk, again, HOA) == [first.number]
    assert at_first_sight(desk, again, LAN) == [], "who may not attach is told nothing"
    desk.put(again, state=State.ACCEPTED, accepted_on=desk.today)
    assert at_first_sight(desk, again) == []


def test_does_the_hint_respect_the_wall_and_the_seal(desk: Desk) -> None:
    denounced = {"kind": CaseKind.DENUNCIATION, "respondent": "Ông Tám"}
    first, again = desk.file(**denounced), desk.file(**denounced)
    assert at_first_sight(desk, again) == [first.number]
    desk.put(first, respondent_unit_id=BUILDING)
    assert at_first_sight(desk, again) == []
    unnamed = desk.file(kind=CaseKind.DENUNCIATION, respondent="")
    assert at_first_sight(desk, unnamed) == [], "nobody is found by a sealed name"
