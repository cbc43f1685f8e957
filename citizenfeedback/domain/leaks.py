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
from itertools import permutations

from citizenfeedback.domain.spellings import ONE_TEN, read_digits, without_keys


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
# Whatever parts a number into groups: spaces, dots, dashes, brackets, signs that are not seen.
_BETWEEN = r"[\W_]{0,6}"
_COUNTRY = f"(?:(?:\\+|00)?84{_BETWEEN})?(?:0{_BETWEEN})?"
_NOT_TELLING = ("so", "nha", "duong", "pho")
_LANES = ("ngo", "ngach", "hem", "kiet")
_TITLES = ("ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "cu", "cau", "di")
_MOST_PARTS = 4
# Short forms of office language that may be somebody's initials too.
_SHORT_FORMS = frozenset(
    "bca bct btc bqp bhxh bhyt cccd cmnd cntt csgt gcn gpmb hdnd htx ktnn mttq nvl pccc qsd stt "
    "tand tcd tdc thads tnhh tnmt ttcp tthc tttt tttp ubnd vks vksnd vpcp vpd xld kntc ttg".split()
)
# Letters of other scripts that look like ours.
_ALIKE = str.maketrans("авеікмнорстухѕјһԁԛԝ", "abeikmhopctyxsjhdqw")
_LARGER_PLACES = frozenset({"phuong", "xa", "tinh", "tp", "quan", "huyen", "p", "q", "h", "t"})
_LARGER_PLACES_OF_TWO = ("thi tran", "thi xa", "dac khu", "thanh pho", "viet nam")


def find_leaks(text: str, sealed: SealedIdentity) -> tuple[Leak, ...]:
    """Every place where the text gives away something sealed, in the order of the text.

    A name is found in full, turned round, with initials or as initials alone, spaced out or broken
    over lines, as family and given name, and typed in Telex or VNI; a number in any grouping or told
    in words, a telephone with 0 or +84; an address by its parts below commune or ward, in any order.
    A given name alone is too often another person's, or a word, to be told.
    """
    folded = _folded(text)
    found = {
        *_in_words(text, folded, sealed),
        *_in_digits(text, sealed.phones, sealed.numbers),
        *_in_spoken_digits(text, folded, sealed.phones, sealed.numbers),
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

    def words(self) -> list[tuple[int, int]]:
        """Where each word begins and ends."""
        return [match.span() for match in re.finditer(r"\S+", self.text)]


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
    letters = letters.translate(_ALIKE)
    return "".join(one if one.isalnum() else " " for one in letters) or " "


def _words(text: str) -> list[str]:
    return _folded(text).text.split()


def _in_words(text: str, folded: _Folded, sealed: SealedIdentity) -> Iterator[_Place]:
    patterns = [(LeakKind.NAME, one) for name in sealed.names for one in _name_patterns(name)]
    patterns += [
        (LeakKind.ADDRESS, one) for each in sealed.addresses for one in _address_patterns(each)
    ]
    shorts = [one for name in sealed.names for one in _short_names(name)]
    runs = [run for name in sealed.names if (run := _run(name))]
    for kind, pattern in patterns:
        for match in re.finditer(pattern, folded.text):
            yield (*folded.place(*match.span()), kind)
    for words in shorts:
        for match in re.finditer(_pattern(map(_plain_word, words)), folded.text):
            start, end = folded.place(*match.span())
            if _is_written_so(text[start:end], words):
                yield start, end, LeakKind.NAME
    if runs:
        yield from _spaced_out(folded, runs)
    for name in sealed.names:
        yield from _as_initials(text, folded, _words(name))
    yield from _typed_by_keys(folded, sealed.names)


def _as_initials(text: str, folded: _Folded, name: list[str]) -> Iterator[_Place]:
    """Initials alone: "L.T.M.", "LTM"; of two of them only after a form of address."""
    letters = [word[0] for word in name]
    if len(letters) < 2:
        return
    titles = f"(?:{'|'.join(_TITLES)}) "
    ends = [letters[0], letters[-1]]
    told = [(f"(?<= ){titles}", one) for one in (letters, ends)]
    if len(letters) > 2:
        told.append(("(?<= )", letters))
    for before, initials in told:
        pattern = rf"{before}({' '.join(initials)}|{''.join(initials)})(?= )"
        for match in re.finditer(pattern, folded.text):
            start, end = folded.place(*match.span(1))
            if _are_initials(text, start, end, addressed=match.start() < match.start(1)):
                yield (*folded.place(*match.span()), LeakKind.NAME)


def _are_initials(text: str, start: int, end: int, *, addressed: bool) -> bool:
    """Whether these letters are written as initials, and no short form or symbol of a document."""
    written = text[start:end]
    if any(letter.islower() for letter in written):
        return False
    if addressed or "." in written:
        return True
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    whole = not any(sign.isspace() for sign in written)
    return whole and _plain_word(written) not in _SHORT_FORMS and not set(around) & set("-/&–")


def _typed_by_keys(folded: _Folded, names: Iterable[str]) -> Iterator[_Place]:
    """Names typed in Telex or VNI whose keys nothing turned into marks: "Nguyeexn Vawn A"."""
    words = folded.words()
    typed = [folded.text[start:end] for start, end in words]
    plain = [without_keys(word) for word in typed]
    changed = [place for place, word in enumerate(plain) if word != typed[place]]
    if not changed:
        return
    for order in {order for name in names for order in _orders(name)}:
        starts = {place - back for place in changed for back in range(len(order))}
        for first in starts:
            if first >= 0 and tuple(plain[first : first + len(order)]) == order:
                start, end = words[first][0], words[first + len(order) - 1][1]
                yield (*folded.place(start, end), LeakKind.NAME)


def _orders(name: str) -> Iterator[tuple[str, ...]]:
    """A name of several words in full, turned round, and as family and given name."""
    words = _words(name)
    if len(words) > 1:
        yield from (tuple(words), tuple(reversed(words)), (words[-1], *words[:-1]))
        yield words[0], words[-1]


def _name_patterns(name: str) -> Iterator[str]:
    words = _words(name)
    if not words:
        return
    orders = {tuple(words), tuple(reversed(words)), (words[-1], *words[:-1])}
    if len(words) > 2:
        initials = [word[0] for word in words[:-1]]
        orders |= {(*initials, words[-1]), (words[0], *initials[1:], words[-1])}
    if len(words) > 3:
        orders |= {(words[0], *words[-2:]), *((title, *words[-2:]) for title in _TITLES)}
    for order in sorted(orders):
        yield _pattern(order)
    run = _run(name)
    if run:
        yield re.escape(run)


def _pattern(words: Iterable[str]) -> str:
    return rf"(?<= ){' '.join(map(re.escape, words))}(?= )"


def _run(name: str) -> str:
    """The letters of a name without spaces, where they are many enough to tell."""
    words = _words(name)
    run = "".join(words)
    return run if len(words) > 1 and len(run) >= _SHORTEST_RUN else ""


def _short_names(name: str) -> Iterator[tuple[str, ...]]:
    """Family and given name, as written with their marks: folded they are too often other words."""
    words = unicodedata.normalize("NFC", name).split()
    if len(words) > 2:
        yield words[0], words[-1]
        yield words[-1], words[0]


def _plain_word(word: str) -> str:
    return _folded(word).text.strip()


def _is_written_so(found: str, words: tuple[str, ...]) -> bool:
    """Whether the marks are those of the name, or none at all."""
    told = unicodedata.normalize("NFC", found).casefold()
    unmarked = all(not _is_marked(letter) for letter in told)
    return unmarked or [part for part in re.split(r"[\W_]+", told) if part] == [
        word.casefold() for word in words
    ]


def _is_marked(letter: str) -> bool:
    return letter == "đ" or len(unicodedata.normalize("NFD", letter)) > 1


def _spaced_out(folded: _Folded, runs: Iterable[str]) -> Iterator[_Place]:
    """Names whose letters stand apart, or whose words are parted wrongly: at a line's end, say."""
    kept = [place for place, letter in enumerate(folded.text) if letter != " "]
    joined = "".join(folded.text[place] for place in kept)
    for run in runs:
        for match in re.finditer(re.escape(run), joined):
            first, last = kept[match.start()], kept[match.end() - 1]
            if folded.text[first - 1] == " " and folded.text[last + 1] == " ":
                yield (*folded.place(first, last + 1), LeakKind.NAME)


def _address_patterns(address: str) -> Iterator[str]:
    """The parts of an address that find one house, however "số", "phố" and commas are written."""
    parts = [words for part in re.split(r"[,;\n]| - ", address) if (words := _words(part))]
    near = [kept for words in parts if not _is_larger(words) and (kept := _telling(words))]
    if not near:
        return
    told = [word for words in near for word in words]
    if len(told) < 3:
        larger = next((words for words in parts if _is_larger(words)), [])
        yield _near_pattern([*told, *larger])
        return
    orders = [tuple(near)] if len(near) > _MOST_PARTS else list(permutations(near))
    for order in orders:
        yield _near_pattern([word for part in order for word in part])
    if len(told) > 3:
        yield _near_pattern([word for word in told if word not in _LANES])
    # The house and its lane find it alone.
    house = [*near[0], *near[1]] if len(near) > 1 else []
    if len(house) > 2 and any(word[0].isdigit() for word in near[0]):
        yield _near_pattern(house)


def _telling(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NOT_TELLING)


def _near_pattern(words: Iterable[str]) -> str:
    gap = f" (?:(?:{'|'.join(_NOT_TELLING)}) )*"
    return rf"(?<= ){gap.join(map(re.escape, words))}(?= )"


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
    """A digit of any script, also one raised, lowered or in a circle, as one of ours."""
    return str(unicodedata.digit(character)) if character.isdigit() else character


def _in_spoken_digits(
    text: str, folded: _Folded, phones: Iterable[str], numbers: Iterable[str]
) -> Iterator[_Place]:
    """Numbers told in words, digit by digit or as hundreds and tens."""
    wanted = [(LeakKind.PHONE, one) for one in map(_national, phones)]
    wanted += [(LeakKind.NUMBER, "".join(map(_ascii_digit, _plain_digits(one)))) for one in numbers]
    wanted = [(kind, one) for kind, one in wanted if len(one) >= _SHORTEST_NUMBER]
    if not wanted:
        return
    words = folded.words()
    told = [_told_apart(text, folded, start, end) for start, end in words]
    for reading in read_digits(told):
        for kind, digits in wanted:
            at = reading.digits.find(digits)
            if at >= 0:
                first, last = reading.words[at], reading.words[at + len(digits) - 1]
                yield (*folded.place(words[first][0], words[last][1]), kind)


def _told_apart(text: str, folded: _Folded, start: int, end: int) -> str:
    """A folded word; "mười" marked, which folded is "mươi" too."""
    word = folded.text[start:end]
    if word != "muoi":
        return word
    first, last = folded.place(start, end)
    written = unicodedata.normalize("NFC", text[first : last + 1]).casefold()
    return ONE_TEN if "ờ" in written else word


def _plain_digits(number: str) -> str:
    """The signs of a number that has digits alone, nothing of one with letters."""
    signs = "".join(one for one in number if one.isalnum())
    return signs if signs.isdigit() else ""


def _national(phone: str) -> str:
    digits = re.sub(r"\D", "", "".join(map(_ascii_digit, phone)))
    return re.sub(r"^(?:00)?84(?=\d{8})", "", digits).lstrip("0")


def _phone_pattern(phone: str) -> str:
    national = _national(phone)
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
        at = re.escape(signs).replace("@", r"\s*(?:[@＠﹫]|\(at\)|\[at\]|a còng)\s*")
        pattern = at.replace(r"\.", r"\s*\.\s*")
        for match in re.finditer(rf"(?<![\w.+-]){pattern}(?![\w-])", text, re.IGNORECASE):
            yield (*match.span(), LeakKind.EMAIL)
