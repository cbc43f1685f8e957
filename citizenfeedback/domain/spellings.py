"""Other ways of writing: keys of Telex and VNI that nothing turned into marks, digits told in words.

Everything is compared folded: small letters without marks, words parted by spaces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_VOWELS = frozenset("aeiouy")
# After a vowel no syllable has these letters; whoever typed them meant a tone or a horn.
_KEYS = frozenset("sfrxjzw")
_DIGITS = {
    "khong": "0",
    "mot": "1",
    "hai": "2",
    "ba": "3",
    "bon": "4",
    "tu": "4",
    "nam": "5",
    "lam": "5",
    "nham": "5",
    "sau": "6",
    "bay": "7",
    "tam": "8",
    "chin": "9",
}
_TEN, _HUNDRED, _AND = "muoi", "tram", ("linh", "le")
ONE_TEN = "muoif"
"""How a caller who knows the marks tells "mười" (ten) from "mươi" (tens)."""

_SPOKEN = frozenset({*_DIGITS, _TEN, ONE_TEN, _HUNDRED, *_AND})


@lru_cache(maxsize=4096)
def without_keys(word: str) -> str:
    """The plain syllable of a folded word typed in Telex or VNI: "nguyeexn" and "nguye6n4" alike."""
    if not word[:1].isalpha():
        return word
    letters = "".join(letter for letter in word if not letter.isdigit())
    kept: list[str] = []
    vowel = closed = False
    for letter in letters:
        if vowel and letter in _KEYS:
            continue
        if letter == "d" and kept[:1] == ["d"] and (vowel or len(kept) == 1):
            continue
        if letter in "aeo" and letter in kept and (closed or kept[-1] == letter):
            continue
        kept.append("u" if letter == "w" else letter)
        if kept[-1] in _VOWELS:
            vowel = True
        elif vowel:
            closed = True
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of words read as digits, and of which word each digit is."""

    digits: str
    words: tuple[int, ...]


def read_digits(words: Sequence[str]) -> Iterator[Reading]:
    """What numbers in words may mean, each run of them read in two ways.

    "chín mười hai" is 912 digit by digit; "chín trăm mười hai" is 912 as one number. Digits already
    written as such go along; a run of nothing else is not told.
    """
    run: list[int] = []
    for place, word in enumerate([*words, ""]):
        if word in _SPOKEN or (word.isascii() and word.isdigit()):
            run.append(place)
            continue
        if any(words[one] in _SPOKEN for one in run):
            yield _one_by_one(words, run)
            yield _as_numbers(words, run)
        run = []


def _one_by_one(words: Sequence[str], run: Sequence[int]) -> Reading:
    told: list[tuple[str, int]] = []
    for at, place in enumerate(run):
        word = words[place]
        if word in (_TEN, ONE_TEN):
            after = words[run[at + 1]] if at + 1 < len(run) else ""
            told.append(("1" if after in _DIGITS else "10", place))
        elif word in _DIGITS or word.isdigit():
            told.append((_DIGITS.get(word, word), place))
    return _reading(told)


def _as_numbers(words: Sequence[str], run: Sequence[int]) -> Reading:
    """Hundreds and tens put together: a digit, then a hundred or a ten that it counts."""
    told: list[tuple[str, int]] = []
    missing = 0
    for at, place in enumerate(run):
        word = words[place]
        after = words[run[at + 1]] if at + 1 < len(run) else ""
        if word == _HUNDRED:
            missing = 2
        elif word == ONE_TEN or (word == _TEN and at and words[run[at - 1]] == _HUNDRED):
            told.append(("1", place))
            missing = 1
        elif word == _TEN:
            missing = 1
        elif word in _AND:
            told.append(("0", place))
            missing = 1
        elif word in _DIGITS:
            told.append((_DIGITS[word], place))
            missing = max(missing - 1, 0) if after != _TEN else missing
        else:
            told.append((word, place))
            missing = 0
        counted = word in (_HUNDRED, _TEN, ONE_TEN) and after not in _DIGITS
        if counted and after not in (_TEN, ONE_TEN, *_AND):
            told.append(("0" * missing, place))
            missing = 0
    return _reading(told)


def _reading(told: Sequence[tuple[str, int]]) -> Reading:
    return Reading(
        "".join(digits for digits, _ in told),
        tuple(place for digits, place in told for _ in digits),
    )
