"""Is what is sealed found however it is written, and nothing else?"""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.leaks import LeakKind, SealedIdentity, find_leaks

SEALED = SealedIdentity(
    names=("Nguyễn Văn Đạt",),
    phones=("0912 345 678",),
    emails=("dat.nv@example.vn",),
    addresses=(
        "Số 12, ngõ 5, phố Lê Lợi, phường Hồng Gai, tỉnh Quảng Ninh",
        "Tổ 3, phường Cao Xanh",
    ),
    numbers=("022 080 001 234", "B1234567"),
)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("gặp ông NGUYỄN  VĂN\nĐẠT tại nhà", "name", "NGUYỄN  VĂN\nĐẠT"),
        ("nguyen van dat", "name", "nguyen van dat"),
        # Wrong marks are still recognised; better one place too many than one too few.
        ("Nguyển Vân Dát", "name", "Nguyển Vân Dát"),
        ("Đạt Nguyễn Văn", "name", "Đạt Nguyễn Văn"),
        ("ông Nguyễn Đạt nói", "name", "Nguyễn Đạt"),
        ("thư của nguyenvandat82", "name", "nguyenvandat"),
        ("gọi +84 912.345.678 nhé", "phone", "+84 912.345.678"),
        ("gọi 0084912345678", "phone", "0084912345678"),
        ("số 0912-345-678.", "phone", "0912-345-678"),
        ("số ０９１２３４５６７８", "phone", "０９１２３４５６７８"),
        ("thư DAT.NV@Example.vn", "email", "DAT.NV@Example.vn"),
        ("thư dat.nv (at) example.vn", "email", "dat.nv (at) example.vn"),
        ("ở số nhà 12, ngõ 5 đường Lê Lợi", "address", "12, ngõ 5 đường Lê Lợi"),
        ("ở tổ 3 phường Cao Xanh", "address", "tổ 3 phường Cao Xanh"),
        ("CCCD 022080001234", "number", "022080001234"),
        ("CCCD 022.080.001.234", "number", "022.080.001.234"),
        ("hộ chiếu b 123 4567", "number", "b 123 4567"),
    ],
)
def test_is_it_found(text: str, kind: str, found: str) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, text)
        leaks = find_leaks(written, SEALED)
        assert [leak.kind for leak in leaks] == [LeakKind(kind)]
        told = unicodedata.normalize("NFC", written[leaks[0].start : leaks[0].end])
        assert told == found
        assert " ".join(told.split()) in unicodedata.normalize("NFC", leaks[0].excerpt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ông Nguyễn Văn An và bà Đạt",
        "nguyên đơn và vạn người",
        "số 10912345678",
        "0912 345 679",
        "ở tổ 3 phường Hồng Gai",
        "phường Hồng Gai, tỉnh Quảng Ninh",
        "CCCD 10220800012345",
        "x.dat.nv@example.vn.com",
    ],
)
def test_is_nothing_found_where_nothing_is(text: str) -> None:
    assert find_leaks(text, SEALED) == ()


def test_are_several_places_told_in_order() -> None:
    leaks = find_leaks("0912345678, Nguyễn Văn Đạt, 0912 345 678", SEALED)
    assert [leak.kind.value for leak in leaks] == ["phone", "name", "phone"]


def test_is_what_is_too_short_to_tell_left_out() -> None:
    few = SealedIdentity(("", "  "), ("12", ""), ("nobody",), ("phường Hồng Gai", ""), ("12 3",))
    assert find_leaks("12 phường Hồng Gai nobody 123", few) == ()


def test_is_a_name_of_one_word_found_as_a_word() -> None:
    assert find_leaks("Gặp Pelé ở sân", SealedIdentity(names=("Pelé",)))
    assert not find_leaks("Pelés", SealedIdentity(names=("Pelé",)))


@given(
    st.lists(
        st.sampled_from("Nguyễn Trần Thị Văn Ánh Đào Yến Ước Hằng".split()), min_size=2, max_size=4
    ),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["NFC", "NFD", "NFKC"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "  ", "\n", "\u00a0", ", "]),
)
def test_is_a_name_found_in_any_text(
    words: list[str], before: str, after: str, form: str, letters: object, space: str
) -> None:
    assert callable(letters)
    name = " ".join(words)
    text = f"{before} {unicodedata.normalize(form, letters(space.join(words)))} {after}"
    leaks = find_leaks(text, SealedIdentity(names=(name,)))
    assert leaks
    assert all(0 <= leak.start < leak.end <= len(text) for leak in leaks)


@given(
    st.from_regex(r"\A0[35789][0-9]{8}\Z"),
    st.lists(st.sampled_from(["", " ", ".", "-", "\u00a0"]), min_size=9, max_size=9),
    st.sampled_from(["0", "+84", "84", "+84 ", "0084", "(0)", "+84 (0) "]),
    st.text(alphabet="abc .,;\n", max_size=30),
)
def test_is_a_telephone_found_in_any_grouping(
    phone: str, gaps: list[str], prefix: str, around: str
) -> None:
    written = prefix + "".join(map("".join, zip(phone[1:], gaps, strict=True)))
    text = f"{around} {written} {around}"
    kinds = {leak.kind for leak in find_leaks(text, SealedIdentity(phones=(phone,)))}
    assert kinds == {LeakKind.PHONE}


@given(st.text(max_size=200))
def test_is_any_text_read_without_harm(text: str) -> None:
    assert find_leaks(text, SealedIdentity()) == ()
    find_leaks(text, SealedIdentity((text,), (text,), (text,), (text,), (text,)))


def test_is_a_long_text_read_quickly() -> None:
    text = "Nguyễn Văn A ở phố 0912 345 67 " * 3300
    begun = time.perf_counter()
    assert find_leaks(text, SEALED) == ()
    assert time.perf_counter() - begun < 2
