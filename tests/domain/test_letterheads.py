"""The head of a unit's letters, read off its name."""

import pytest

from citizenfeedback.domain.letterheads import Entered, abbreviated, office_head, place_of


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("UBND tỉnh Quảng Ninh", "UBND"),
        ("Ủy ban nhân dân phường Hồng Gai", "UBND"),
        ("Sở Xây dựng", "SXD"),
        ("Sở Nông nghiệp và Môi trường", "SNNMT"),
    ],
)
def test_what_is_a_body_called_in_a_symbol(name: str, short: str) -> None:
    assert abbreviated(name) == short


def test_is_the_place_that_of_the_province() -> None:
    assert place_of("UBND tỉnh Quảng Ninh") == "Quảng Ninh"
    assert place_of("UBND") == "……"


def test_is_the_letter_of_a_commune_dated_there() -> None:
    top = "UBND tỉnh Quảng Ninh"
    named = (
        ("UBND phường Bãi Cháy", top, "Bãi Cháy"),
        ("UBND đặc khu Cô Tô", top, "Cô Tô"),
        ("UBND phường 9", top, "Phường 9"),
        ("Phòng Kinh tế", "UBND xã Đầm Hà", "Đầm Hà"),
        ("Sở Xây dựng", top, "Quảng Ninh"),
        ("UBND tỉnh Quảng Ninh", "", "Quảng Ninh"),
    )
    for name, parent, place in named:
        head = office_head(Entered(), name=name, parent=parent, top=top)
        assert head.letterhead.place == place


def test_does_a_committee_sign_by_its_chair_and_a_department_by_its_director() -> None:
    committee = office_head(Entered(), name="UBND phường Hồng Gai", top="UBND tỉnh Quảng Ninh")
    assert committee.head_title == "Chủ tịch"
    assert committee.collective == "Ủy ban nhân dân"
    assert committee.letterhead.superior == ""
    department = office_head(
        Entered(), name="Sở Xây dựng", parent="UBND tỉnh Quảng Ninh", top="UBND tỉnh Quảng Ninh"
    )
    assert department.head_title == "Giám đốc"
    assert department.letterhead.superior == "Ủy ban nhân dân tỉnh Quảng Ninh"
    assert office_head(Entered(), name="Kho lưu trữ").head_title == "Thủ trưởng"


def test_does_what_was_entered_come_first() -> None:
    entered = Entered("A", "B", "C", "D", "E", "F", "G")
    found = office_head(entered, name="Sở Xây dựng")
    assert (found.letterhead.superior, found.letterhead.body, found.letterhead.place) == (
        "A",
        "B",
        "C",
    )
    assert (found.letterhead.short, found.letterhead.drafting) == ("D", "E")
    assert (found.head_title, found.collective) == ("F", "G")
