"""The two numbers of a case: the case number on every letter, and the access code.

Both use base 32 without I, L, O and U, so that what is read aloud or copied by hand comes back
right, and carry check characters over the field of 32 elements: one finds every wrong character
and every swap of two, two find every pair of wrong characters as well.
"""

import re
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_RANDOM = 4
NUMBER_RANDOM_LONGEST = 6
CODE_RANDOM = 14
CODE_LENGTH = 16

_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._/]+")
_MODULUS = 0b100101  # x^5 + x^2 + 1, primitive: the powers of x are all 31 non-zero elements
_FIELD = 32


def _powers() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < _FIELD - 1:
        doubled = powers[-1] << 1
        powers.append(doubled ^ _MODULUS if doubled & _FIELD else doubled)
    return tuple(powers)


_POWER = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_POWER)}


def _times(left: int, right: int) -> int:
    """The product in the field of 32 elements."""
    if not left or not right:
        return 0
    return _POWER[(_LOG[left] + _LOG[right]) % (_FIELD - 1)]


def _weighted_sum(values: list[int], first: int = 0) -> int:
    """The sum of the values, the n-th one weighted with x^(first + n)."""
    total = 0
    for place, value in enumerate(values, start=first):
        total ^= _times(value, _POWER[place % (_FIELD - 1)])
    return total


def _letters(random_bytes: bytes, count: int) -> str:
    if len(random_bytes) < count:
        raise ValueError("not enough random bytes")
    return "".join(ALPHABET[octet % _FIELD] for octet in random_bytes[:count])


def _plain(text: str) -> str:
    """What was typed, without separators, in capitals, with misread letters put right."""
    text = unicodedata.normalize("NFKC", text).upper()
    return _SEPARATORS.sub("", text).translate(_MISREAD)


def _values(text: str) -> list[int] | None:
    values = [_VALUE.get(letter) for letter in text]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def _number_check(text: str) -> str:
    return ALPHABET[_weighted_sum([_VALUE[letter] for letter in text], first=1)]


def make_number(year: int, random_bytes: bytes, length: int = NUMBER_RANDOM) -> str:
    """A case number such as `26-4K7Q-2`: year, random, check character.

    Four random characters give a million numbers a year; ask for five when a new one keeps
    meeting a taken one.
    """
    head = f"{year % 100:02}"
    middle = _letters(random_bytes, length)
    return f"{head}-{middle}-{_number_check(head + middle)}"


def case_number(year: int, random: Callable[[int], bytes], length: int = NUMBER_RANDOM) -> str:
    """A new case number from a source of random bytes such as `secrets.token_bytes`."""
    return make_number(year, random(length), length)


def normalise_number(text: str) -> str | None:
    """The case number in its one written form, or None when it is mistyped or none at all."""
    plain = _plain(text)
    if not 2 + NUMBER_RANDOM < len(plain) <= 3 + NUMBER_RANDOM_LONGEST:
        return None
    if _values(plain) is None or not (plain[:2].isascii() and plain[:2].isdigit()):
        return None
    if _number_check(plain[:-1]) != plain[-1]:
        return None
    return f"{plain[:2]}-{plain[2:-1]}-{plain[-1]}"


def make_code(random_bytes: bytes) -> str:
    """An access code: 14 random characters (70 bits) and 2 check characters, in fours."""
    text = _letters(random_bytes, CODE_RANDOM)
    values = [_VALUE[letter] for letter in text]
    # Two unknowns from two sums that must be zero: the plain one and the weighted one.
    plain = 0
    for value in values:
        plain ^= value
    weighted = _weighted_sum(values)
    before_last, last = _POWER[CODE_RANDOM], _POWER[CODE_RANDOM + 1]
    numerator = weighted ^ _times(plain, before_last)
    inverse = _POWER[-_LOG[before_last ^ last] % (_FIELD - 1)]
    final = _times(numerator, inverse)
    return _in_fours(text + ALPHABET[plain ^ final] + ALPHABET[final])


def access_code(random: Callable[[int], bytes]) -> str:
    """A new access code from a source of random bytes such as `secrets.token_bytes`."""
    return make_code(random(CODE_RANDOM))


def normalise_code(text: str) -> str | None:
    """The access code in its one written form, or None when it is mistyped or none at all.

    Lower case, spaces instead of hyphens, O for 0 and I or L for 1 are put right.
    """
    plain = _plain(text)
    values = _values(plain)
    if values is None or len(values) != CODE_LENGTH:
        return None
    total = 0
    for value in values:
        total ^= value
    if total or _weighted_sum(values):
        return None
    return _in_fours(plain)


def _in_fours(text: str) -> str:
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))
