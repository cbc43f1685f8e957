"""Text at the border of the house: made whole on the way in, folded for searching.

Every text that people or files bring passes `clean` once; nothing behind the border has to
think of composed letters, control characters or marks that turn the reading direction.
"""

import re
import unicodedata

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
