"""Where a text says what a denunciation seals: name, telephone, mail, address, papers' number.

A finding carries the place and an excerpt for the page of the one who may see both; it never goes
into a log. Found is what a reader would recognise: whatever the marks, capitals, spaces and dots.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class LeakKind(StrEnum):
    """What of the identity stands in a text."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """What must not stand in a text; several of each, since a group has several people."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """One place: from `start` to `end` of the text as given, with some words around it."""

    kind: LeakKind
    start: int
    end: int
    excerpt: str


_AROUND = 30
_SHORTEST_RUN = 8
_SHORTEST_NUMBER = 6
_BETWEEN = "[\\s.,\\-()/_\u200b\u200c\u200d\u2060]{0,4}"
_COUNTRY = f"(?:(?:\\+|00)?84{_BETWEEN})?(?:0{_BETWEEN})?"
_NOT_TELLING = ("so", "nha", "duong", "pho")
_LARGER_PLACES = frozenset({"phuong", "xa", "tinh", "tp", "quan", "huyen", "p", "q", "h", "t"})
_LARGER_PLACES_OF_TWO = ("thi tran", "thi xa", "dac khu", "thanh pho", "viet nam")


def find_leaks(text: str, sealed: SealedIdentity) -> tuple[Leak, ...]:
    """Every place where the text gives away something sealed, in the order of the text.

    A name is found in full, turned round, or as family and given name; a number in any grouping,
    a telephone with 0 or +84; an address by its part below commune or ward.
    """
    found = {
        *_in_words(text, sealed),
        *_in_digits(text, sealed.phones, sealed.numbers),
        *_in_mail(text, sealed.emails),
    }
    return tuple(
        Leak(kind, start, end, _excerpt(text, start, end))
        for start, end, kind in sorted(found)
        if not _inside_another(start, end, kind, found)
    )


_Place = tuple[int, int, LeakKind]


def _inside_another(start: int, end: int, kind: LeakKind, found: Iterable[_Place]) -> bool:
    return any(
        other is kind and first <= start and end <= last and (first, last) != (start, end)
        for first, last, other in found
    )


def _excerpt(text: str, start: int, end: int) -> str:
    around = text[max(0, start - _AROUND) : end + _AROUND]
    return " ".join(around.split())


@dataclass(frozen=True, slots=True)
class _Folded:
    """The text as letters and digits without marks, and where each of them stood."""

    text: str
    places: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def _folded(text: str) -> _Folded:
    letters: list[str] = [" "]
    places: list[int] = [0]
    for place, character in enumerate(text):
        for letter in _plain(character):
            if letter != " " or letters[-1] != " ":
                letters.append(letter)
                places.append(place)
    letters.append(" ")
    places.append(len(text))
    return _Folded("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character as it is compared: small, without marks; nothing for a mark, else a space."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    apart = unicodedata.normalize("NFKD", character.replace("đ", "d").replace("Đ", "d"))
    letters = "".join(one for one in apart if not unicodedata.combining(one)).casefold()
    return "".join(one if one.isalnum() else " " for one in letters) or " "


def _words(text: str) -> list[str]:
    return _folded(text).text.split()


def _in_words(text: str, sealed: SealedIdentity) -> Iterator[_Place]:
    patterns = [(LeakKind.NAME, one) for name in sealed.names for one in _name_patterns(name)]
    patterns += [(LeakKind.ADDRESS, one) for one in map(_address_pattern, sealed.addresses) if one]
    if not patterns:
        return
    folded = _folded(text)
    for kind, pattern in patterns:
        for match in re.finditer(pattern, folded.text):
            yield (*folded.place(*match.span()), kind)


def _name_patterns(name: str) -> Iterator[str]:
    words = _words(name)
    if not words:
        return
    orders = {tuple(words), tuple(reversed(words)), (words[-1], *words[:-1])}
    if len(words) > 2:
        orders |= {(words[0], words[-1]), (words[-1], words[0])}
    for order in sorted(orders):
        yield rf"(?<= ){' '.join(map(re.escape, order))}(?= )"
    run = "".join(words)
    if len(words) > 1 and len(run) >= _SHORTEST_RUN:
        yield re.escape(run)


def _address_pattern(address: str) -> str:
    """The part of an address that finds one house, however "số", "phố" and commas are written."""
    parts = [words for part in re.split(r"[,;\n]| - ", address) if (words := _words(part))]
    near = [words for words in parts if not _is_larger(words)]
    told = [word for words in near for word in words if word not in _NOT_TELLING]
    if not told:
        return ""
    if len(told) < 3:
        larger = next((words for words in parts if _is_larger(words)), [])
        told += larger
    gap = f" (?:(?:{'|'.join(_NOT_TELLING)}) )*"
    return rf"(?<= ){gap.join(map(re.escape, told))}(?= )"


def _is_larger(words: list[str]) -> bool:
    return words[0] in _LARGER_PLACES or " ".join(words[:2]) in _LARGER_PLACES_OF_TWO


def _in_digits(text: str, phones: Iterable[str], numbers: Iterable[str]) -> Iterator[_Place]:
    patterns = [(LeakKind.PHONE, one) for one in map(_phone_pattern, phones) if one]
    patterns += [(LeakKind.NUMBER, one) for one in map(_number_pattern, numbers) if one]
    if not patterns:
        return
    plain = "".join(map(_ascii_digit, text))
    for kind, pattern in patterns:
        for match in re.finditer(pattern, plain, re.IGNORECASE):
            yield (*match.span(), kind)


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _phone_pattern(phone: str) -> str:
    digits = re.sub(r"\D", "", "".join(map(_ascii_digit, phone)))
    national = re.sub(r"^(?:00)?84(?=\d{8})", "", digits).lstrip("0")
    if len(national) < _SHORTEST_NUMBER:
        return ""
    return rf"(?<!\d){_COUNTRY}{_BETWEEN.join(national)}(?!\d)"


def _number_pattern(number: str) -> str:
    signs = [one for one in map(_ascii_digit, number) if one.isalnum()]
    if len(signs) < _SHORTEST_NUMBER:
        return ""
    return rf"(?<![^\W_]){_BETWEEN.join(map(re.escape, signs))}(?![^\W_])"


def _in_mail(text: str, emails: Iterable[str]) -> Iterator[_Place]:
    for email in emails:
        signs = email.strip()
        if "@" not in signs:
            continue
        pattern = re.escape(signs).replace("@", r"\s*(?:@|\(at\)|\[at\])\s*")
        for match in re.finditer(rf"(?<![\w.+-]){pattern}(?![\w-])", text, re.IGNORECASE):
            yield (*match.span(), LeakKind.EMAIL)
