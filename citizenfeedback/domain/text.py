"""Text at the border of the house: made whole on the way in, folded for searching, put in order.

Every text that people or files bring passes `clean` once; nothing behind the border has to
think of composed letters, control characters or marks that turn the reading direction.
"""

import re
import unicodedata
from functools import lru_cache

# Marks nobody can see that could hide or turn text: direction, zero width, soft hyphen, BOM.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029|\x85")
_SPACES = re.compile(r"\s+")
_LINE_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_NOT_WORDS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"\d+|[^\W\d_]+")

_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
"""Huyền, hỏi, ngã, sắc, nặng; a word without a tone comes before them."""

SortKey = tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]
"""What one name is compared with another by: for each word a number's or letters' place, a tone."""


class _BareLetters(dict[int, int | None]):
    """What is left of a taken-apart letter: nothing of a mark, d of đ; learned as letters come."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = None if unicodedata.combining(chr(code)) else code
        return kept


_BARE = _BareLetters({ord("đ"): ord("d"), ord("Đ"): ord("D")})


def nfc(text: str) -> str:
    """Composed letters and nothing else changed: for what must stay as typed, as a password."""
    return unicodedata.normalize("NFC", text)


def N_(text: str) -> str:  # noqa: N802 - the name by which the catalogue's tools find texts
    """Mark a Vietnamese text of a rule's table; the printing room finds its English by it."""
    return text


def clean(text: str) -> str:
    """One line as it may be stored: composed (NFC), printable, single spaces, no ends."""
    text = _CONTROL.sub("", _LINE_END.sub(" ", _INVISIBLE.sub("", text)))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def clean_lines(text: str) -> str:
    """The same for a longer text: its line breaks stay, at most one empty line in a row."""
    text = _CONTROL.sub("", _LINE_END.sub("\n", _INVISIBLE.sub("", text)))
    text = _LINE_SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def fold(text: str) -> str:
    """Text as search compares it: no marks, đ as d, lower case, words with one space between.

    "Hoà" and "Hòa", "QĐ-UBND" and "qd ubnd" fold alike. One fold for both databases: neither
    of them folds đ by itself.
    """
    text = unicodedata.normalize("NFD", text).translate(_BARE)
    text = unicodedata.normalize("NFC", text).casefold()
    return _NOT_WORDS.sub(" ", text).strip()


def sort_key(text: str) -> SortKey:
    """The place of a name in a list, as Vietnamese dictionaries have it.

    Word by word: first the letters (ă and â after a, đ after d …), then the tone (none, huyền,
    hỏi, ngã, sắc, nặng), wherever it is written ("hòa" is "hoà"). Numbers go by their value.
    """
    words = _WORDS.findall(unicodedata.normalize("NFC", text).casefold())
    return tuple(_number_place(word) if word.isdecimal() else _word_place(word) for word in words)


def person_sort_key(name: str) -> tuple[SortKey, SortKey]:
    """The place of a person in a list: by the given name, which is the last, then by the others."""
    others, _, given = name.strip().rpartition(" ")
    return sort_key(given), sort_key(others)


def _number_place(word: str) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    digits = tuple(unicodedata.decimal(digit) for digit in word)
    first = next((at for at, digit in enumerate(digits) if digit), len(digits))
    return 0, (len(digits) - first, *digits[first:]), ()


@lru_cache(maxsize=5000)  # the same few words stand in all names of offices
def _word_place(word: str) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    bare = "".join(mark for mark in unicodedata.normalize("NFD", word) if mark not in _TONES)
    tones = (_TONES[mark] for mark in unicodedata.normalize("NFD", word) if mark in _TONES)
    return 1, tuple(map(_letter_place, unicodedata.normalize("NFC", bare))), tuple(tones)


def _letter_place(letter: str) -> int:
    """A foreign letter stands where its bare one does, one of another alphabet after all."""
    bare = unicodedata.normalize("NFD", letter)[0]
    return _ALPHABET.get(letter, _ALPHABET.get(bare, len(_ALPHABET) + ord(letter)))


def shorten(text: str, length: int) -> str:
    """The text cut at a word so that it fits, with "…" where something was left out."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    whole_words = cut.rpartition(" ")[0]
    return (whole_words if len(whole_words) > length // 2 else cut).rstrip(" ,;:.-") + "…"


def is_time(text: str) -> bool:
    """Whether this is an hour and minutes as people write them: 08:30, 8:30."""
    hour, colon, minute = text.partition(":")
    shaped = colon and hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()
    if not shaped or len(hour) > 2 or len(minute) != 2:
        return False
    return int(hour) < 24 and int(minute) < 60
