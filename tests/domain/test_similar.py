"""Which submissions may be one and the same."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from citizenfeedback.domain.similar import (
    THRESHOLD,
    Candidate,
    Likeness,
    LikenessAdvice,
    LikenessReason,
    Print,
    advice,
    candidates,
    common_words,
    likeness,
    print_of,
)

WORDS = (
    "Ngày 12/10/2026 phường thu hồi đất của gia đình tôi tại tổ 5 khu 3 nhưng không có "
    "quyết định thu hồi, không lập phương án bồi thường"
)
OTHER_WORDS = "Đường vào khu 7 ngập nước mỗi khi mưa lớn, mong phường sửa cống thoát nước"


def filed(
    name: str = "Nguyễn Văn Hòa",
    address: str = "Tổ 5, khu 3",
    respondent: str = "UBND phường Hồng Gai",
    text: str = WORDS,
    proof: str = "",
) -> Print:
    return print_of(name=name, address=address, respondent=respondent, text=text, proof=proof)


FIRST = filed()


@pytest.mark.parametrize(
    ("other", "still_open", "proposed"),
    [
        (filed(), True, "attach"),
        (filed(), False, "look"),
        (filed(name="NGUYỄN VĂN HOÀ", address="tổ 5 khu 3"), True, "attach"),
        (filed(text=WORDS + " cho gia đình tôi."), True, "attach"),
        (filed(address="Khu 9"), True, "look"),
        (filed(name="Trần Thị Mai"), True, "look"),
        (filed(text=OTHER_WORDS), True, "look"),
        (filed(respondent="Sở Xây dựng", text=OTHER_WORDS), True, None),
        (filed(name="Trần Thị Mai", text=OTHER_WORDS), True, None),
        (filed(name="", address="", respondent="", text=""), True, None),
    ],
)
def test_what_is_proposed_for_an_earlier_submission(
    other: Print, still_open: bool, proposed: str | None
) -> None:
    assert advice(likeness(FIRST, other), still_open=still_open) == proposed


def test_does_the_same_proof_make_the_same_author() -> None:
    one = filed(name="Nguyễn Văn Hòa", address="Khu 1", proof="f3")
    other = filed(name="Nguyễn V. Hòa", address="Khu 2", proof="f3")
    assert LikenessReason.SAME_AUTHOR in likeness(one, other).reasons
    assert (
        likeness(filed(address="", proof=""), filed(address="", proof="")).reasons[0] == "same_name"
    )


def test_are_two_nameless_submissions_of_no_common_author() -> None:
    nameless = filed(name="", address="")
    assert likeness(nameless, nameless).reasons == ("same_object", "same_text")


def test_is_the_likeliest_named_first() -> None:
    found = candidates(
        FIRST,
        [
            ("none", filed(name="Trần Thị Mai", text=OTHER_WORDS), True),
            ("look", filed(name="Trần Thị Mai"), True),
            ("closed", filed(), False),
            ("same", filed(text=WORDS + " nào."), True),
        ],
    )
    assert [(row.key, row.advice) for row in found] == [
        ("same", LikenessAdvice.ATTACH),
        ("closed", LikenessAdvice.LOOK),
        ("look", LikenessAdvice.LOOK),
    ]
    assert isinstance(found[0], Candidate)


def slow(one: list[str], other: list[str]) -> float:
    """The share of common runs of three words, counted one by one."""

    def runs(words: list[str]) -> list[tuple[str, ...]]:
        size = min(3, len(words))
        found: list[tuple[str, ...]] = []
        for at in range(len(words)):
            run = tuple(words[at : at + size])
            if len(run) == size and run not in found:
                found.append(run)
        return found

    mine, theirs = runs(one), runs(other)
    common = [run for run in mine if run in theirs]
    either = mine + [run for run in theirs if run not in mine]
    return len(common) / len(either) if either else 0.0


TEXTS = some.lists(some.sampled_from(["dat", "nha", "thu", "hoi", "boi"]), max_size=14)


@given(one=TEXTS, other=TEXTS)
def test_is_the_likeness_of_texts_the_share_of_common_runs(
    one: list[str], other: list[str]
) -> None:
    mine, theirs = (
        print_of(name="", address="", respondent="", text=" ".join(words)) for words in (one, other)
    )
    found = likeness(mine, theirs)
    assert found == likeness(theirs, mine)
    assert found.score == round(40 * slow(one, other))
    assert 0 <= found.score <= 100


@given(text=some.text(min_size=1, max_size=60), name=some.text(max_size=20))
def test_is_a_submission_always_wholly_like_itself(text: str, name: str) -> None:
    whole = filed(name=f"An {name}", text=f"Thu hồi đất {text}")
    assert likeness(whole, whole).score == 100
    assert likeness(whole, whole).same_matter


def test_is_the_threshold_between_text_alone_and_text_with_object() -> None:
    assert advice(Likeness(THRESHOLD - 1, ()), still_open=True) is None
    assert advice(Likeness(THRESHOLD, ()), still_open=True) is LikenessAdvice.LOOK


def test_is_a_thousand_compared_at_once() -> None:
    others = [(number, filed(text=f"{WORDS} {number}"), True) for number in range(1000)]
    start = time.perf_counter()
    assert len(candidates(FIRST, others)) == 1000
    assert time.perf_counter() - start < 1


def test_is_a_short_summary_found_in_longer_words() -> None:
    words = "Đèn đường ở thôn Khe Cát hỏng đã ba tháng, trẻ con đi học rất sợ"
    assert common_words(words, "den duong thon Khe Cat hong") == 1.0
    assert common_words(words, "Đèn hỏng") == 0.0
    assert common_words(words, "Đèn đường thôn Khe Lánh hỏng sau cơn bão số mười ở xã bên kia") == 0
