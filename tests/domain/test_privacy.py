"""What of a person is shown, and how long records are kept."""

from collections.abc import Callable

import pytest

from citizenfeedback.domain.law.sources import INSTRUMENTS
from citizenfeedback.domain.privacy import (
    CONTACT,
    GROUND_SOURCES,
    HIDDEN,
    REFUSING,
    RETENTION,
    Way,
    mask_email,
    mask_id_no,
    mask_initials,
    mask_name,
    mask_phone,
    right_to,
    sees_persons,
)
from citizenfeedback.domain.vocabulary import CaseKind, DataGround, DataPart, DataWish, Role


def test_how_is_a_person_masked() -> None:
    assert mask_name("Nguyễn Văn Hùng") == "N. V. Hùng"
    assert mask_name("Hùng") == "Hùng"
    assert mask_initials("nguyễn Văn Hùng") == "N. V. H."
    assert mask_phone("0912 345 678") == HIDDEN + "678"
    assert mask_id_no("022190001234") == HIDDEN + "234"
    assert mask_email("hung@example.vn") == f"h{HIDDEN}@example.vn"


@pytest.mark.parametrize("mask", [mask_name, mask_initials, mask_phone, mask_id_no, mask_email])
def test_does_nothing_stay_nothing(mask: Callable[[str], str]) -> None:
    assert mask("") == ""


@pytest.mark.parametrize("mask", [mask_phone, mask_id_no, mask_email])
def test_is_a_short_one_hidden_whole(mask: Callable[[str], str]) -> None:
    assert mask("113") == HIDDEN


def test_who_sees_the_person() -> None:
    assert sees_persons(frozenset({Role.HANDLER}), CaseKind.COMPLAINT)
    assert not sees_persons(frozenset({Role.SUPERVISOR}), CaseKind.COMPLAINT)
    assert not sees_persons(frozenset({Role.UNIT_LEADER}), CaseKind.DENUNCIATION)


def test_has_every_retention_a_source_and_one_length() -> None:
    assert len({row.key for row in RETENTION}) == len(RETENTION)
    assert all(row.source for row in RETENTION)
    assert not any(row.months and row.days for row in RETENTION)


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("part", DataPart)
@pytest.mark.parametrize("wish", DataWish)
def test_is_what_stays_always_said_with_its_ground(
    wish: DataWish, part: DataPart, kind: CaseKind
) -> None:
    right = right_to(wish, part, kind)
    assert (right.way is Way.KEPT) is (right.ground is not None)
    if wish is DataWish.CORRECTION:
        assert (right.way is Way.AT_ONCE) is (part in CONTACT)


@pytest.mark.parametrize(
    ("part", "kind", "way"),
    [
        (DataPart.PHONE, CaseKind.COMPLAINT, Way.AT_ONCE),
        (DataPart.NAME, CaseKind.COMPLAINT, Way.KEPT),
        (DataPart.ADDRESS, CaseKind.PETITION, Way.KEPT),
        (DataPart.NAME, CaseKind.REFLECTION, Way.ON_REQUEST),
        (DataPart.ADDRESS, CaseKind.REFLECTION, Way.AT_ONCE),
        (DataPart.WORDS, CaseKind.REFLECTION, Way.KEPT),
        (DataPart.PAPERS, CaseKind.DENUNCIATION, Way.ON_REQUEST),
        (DataPart.HISTORY, CaseKind.PETITION, Way.KEPT),
    ],
)
def test_what_goes_when_somebody_asks(part: DataPart, kind: CaseKind, way: Way) -> None:
    assert right_to(DataWish.ERASURE, part, kind).way is way


def test_has_every_ground_its_source() -> None:
    assert set(GROUND_SOURCES) == set(DataGround)
    assert set(REFUSING) < set(DataGround)
    for provisions in GROUND_SOURCES.values():
        assert provisions
        assert {one.instrument for one in provisions} <= set(INSTRUMENTS)
