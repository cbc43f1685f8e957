"""Is what is sealed found however it is written, and nothing else?"""

import time
import unicodedata
from collections.abc import Callable

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


TWISTED = SealedIdentity(
    names=("Lò Thị Măng", "Trần Thị Ngọc Hà"),
    phones=("0912345678",),
    emails=("lo.mang@example.vn",),
    addresses=("Số 12, ngõ 5, tổ 3, khu 2, phường Bãi Cháy, tỉnh Quảng Ninh",),
    numbers=("022190001234",),
)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            "name",
            (
                "bà Lò Thị Mă-\nng",
                "L ò T h ị M ă n g",
                "Lò Thị\u200b Mă\u00adng",
                "bà L.T. Măng",
                "Lò T. Măng",
                "Lо Thị Măng",  # the o of another script
                "**Lò** *Thị* Măng",
                "lo_thi_mang",
                "Lo Mang",
                "chị Ngọc Hà",
                "Trần Ngọc Hà",
                "bà L.T.M",
                "L. T. M.",
                "(LTM)",
                "T.T.N.H.",
                "bà L.M.",
                "chị TH",
                "Lof Thij Mawng",
                "LOF THIJ MAWNG",
                "Lo2 Thi5 Ma8ng",
                "Traanf Thij Ngocj Haf",
                "Lof Mawng",
            ),
        ),
        (
            "phone",
            (
                "0912–345–678",
                "0912·345·678",
                "0912 345  -  678",
                "0912\n345\n678",
                "₀₉₁₂₃₄₅₆₇₈",
                "⓪⑨①②③④⑤⑥⑦⑧",
                "(+84) 912/345/678",
                "không chín một hai ba bốn năm sáu bảy tám",
                "khong chin mot hai, ba bon nam, sau bay tam",
                "không chín mười hai, ba trăm bốn mươi lăm, sáu trăm bảy mươi tám",
                "chín trăm mười hai - ba trăm bốn lăm - sáu trăm bảy tám",
                "0912 ba bốn năm 678",
            ),
        ),
        ("email", ("lo.mang@\nexample.vn", "lo.mang@example .vn", "lo.mang＠example.vn")),
        (
            "address",
            (
                "ngõ 5, số nhà 12, tổ 3, khu 2",
                "nhà 12 ngõ 5",
                "số 12/5, tổ 3, khu 2",
                "SỐ 12\nNGÕ 5\nTỔ 3\nKHU 2",
            ),
        ),
        (
            "number",
            (
                "0221 9000\n1234",
                "022 190 – 001 234",
                "không hai hai một chín không không không một hai ba bốn",
            ),
        ),
    ],
)
def test_is_it_found_however_it_is_twisted(kind: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        found = {leak.kind.value for leak in find_leaks(f"Về {text}, nêu", TWISTED)}
        assert kind in found, text


@pytest.mark.parametrize(
    "text",
    [
        "Mang lò than ra thị trấn",
        "mảng lò nung, trần nhà và hà bá",
        "đường Ngọc Hà",
        "Công văn số 12/UBND ngày 5 tháng 3",
        "từ tổ 3 đến khu 2",
        "dài 12 m, rộng 5 m, ngõ 7",
        "l.t.m và 12/LTM-UBND, BC-LTM",
        "chín trăm mười hai đồng",
        "một hai ba bốn năm sáu bảy tám chín",
        "ông M. và bà Măng",
    ],
)
def test_are_words_that_are_alike_left_alone(text: str) -> None:
    assert find_leaks(text, TWISTED) == ()


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


def test_is_a_short_form_of_office_language_no_initials() -> None:
    names = SealedIdentity(names=("Sầm Thị Thu", "Hoàng Thị Xuân", "Bùi Thị Cúc"))
    assert find_leaks("| STT | Họ tên |, HTX Đông Triều, Bộ Tài chính (BTC)", names) == ()
    assert len(find_leaks("S.T.T., bà HTX và bà B.T.C.", names)) == 3


@given(
    st.lists(
        st.sampled_from("Nguyễn Trần Thị Văn Đạt Hường Lương Phượng Quốc Yến Khuê Giỏi".split()),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from(["telex", "telex_end", "vni", "vni_end"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_is_a_name_found_when_its_keys_were_typed(
    words: list[str], keys: str, letters: Callable[[str], str]
) -> None:
    typed = letters(" ".join(typed_by(word, keys) for word in words))
    leaks = find_leaks(f"Về việc {typed} nêu", SealedIdentity(names=(" ".join(words),)))
    assert [leak.kind for leak in leaks] == [LeakKind.NAME]


KEYS = {
    "telex": dict(zip("\u0301\u0300\u0309\u0303\u0323\u0306\u031b", "sfrxjww", strict=True)),
    "vni": dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b", "12345687", strict=True)),
}


def typed_by(word: str, keys: str) -> str:
    """A word as the keys of Telex or VNI, each after its letter or all at the end."""
    way, at_end = keys.partition("_")[0], keys.endswith("_end")
    typed, later = "", ""
    for letter in unicodedata.normalize("NFD", word.replace("đ", "dd").replace("Đ", "Dd")):
        if way == "vni" and letter == "d" and typed.casefold() == "d":
            key = "9"
        elif letter == "\u0302" and way == "telex":
            key = typed[-1].casefold()
        else:
            key = KEYS[way].get(letter, "")
        if not key:
            typed += letter
        elif at_end:
            later += key
        else:
            typed += key
    return typed + later


@given(st.from_regex(r"\A0[35789][0-9]{8}\Z"), st.sampled_from([" ", ", ", " - "]))
def test_is_a_telephone_found_in_words(phone: str, between: str) -> None:
    names = "không một hai ba bốn năm sáu bảy tám chín".split()
    told = between.join(names[int(digit)] for digit in phone)
    leaks = find_leaks(f"gọi {told} nhé", SealedIdentity(phones=(phone,)))
    assert [leak.kind for leak in leaks] == [LeakKind.PHONE]


@given(st.text(max_size=200))
def test_is_any_text_read_without_harm(text: str) -> None:
    assert find_leaks(text, SealedIdentity()) == ()
    find_leaks(text, SealedIdentity((text,), (text,), (text,), (text,), (text,)))


def test_is_a_long_text_read_quickly() -> None:
    text = "Nguyễn Văn A ở phố 0912 345 67 " * 3300
    begun = time.process_time()
    assert find_leaks(text, SEALED) == ()
    assert time.process_time() - begun < 2
