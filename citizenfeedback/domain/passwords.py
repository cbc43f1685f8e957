"""What a password must be: long, not one of those tried first, not the person's own name.

No rules about kinds of characters: length is what helps, and such rules make people write
passwords down.
"""

import re
import unicodedata

from citizenfeedback.domain.text import nfc

LEAST = 10
MOST = 200

_TRIED_FIRST = frozenset(
    "password matkhau iloveyou anhyeuem emyeuanh yeuem yeuanh admin administrator quantri "
    "qwerty qwertyuiop asdfghjkl zxcvbnm asdfgh zxcvbn abcdef abcdefghij welcome letmein "
    "vietnam vietnamvodich hanoi quangninh halong tiengnoinguoidan congan ubnd congdan xinchao "
    "monkey dragon football baseball sunshine princess superman batman master shadow "
    "changeme secret default test guest user login hello khongbiet khongco conyeume meyeucon "
    "giadinh hanhphuc tinhyeu maimai passw0rd p@ssword p@ssw0rd".split()
)
_ROWS = (
    "01234567890123456789",
    "09876543210987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
_VARIETY = 4
_OWN_PART = 4


def password_problem(password: str, *, email: str = "", name: str = "") -> str | None:
    """Return the code of why a password is refused; None when it is taken.

    Codes: password_short, password_long, password_common, password_personal.
    """
    plain = nfc(password)
    if len(plain) < LEAST:
        return "password_short"
    if len(plain) > MOST:
        return "password_long"
    bare = _bare(plain)
    if _is_common(plain.lower(), bare):
        return "password_common"
    own = [email.partition("@")[0], email.rpartition("@")[2].partition(".")[0], *name.split()]
    # What is left of the password without the person's own words must still be something.
    left = bare
    for part in sorted((_bare(word) for word in own), key=len, reverse=True):
        if len(part) >= _OWN_PART:
            left = left.replace(part, "")
    if left != bare and len(re.sub(r"\d", "", left)) < _OWN_PART:
        return "password_personal"
    return None


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _is_common(plain: str, bare: str) -> bool:
    if len(set(plain)) < _VARIETY:
        return True
    words = re.sub(r"\d", "", bare)
    if plain.isascii() and (words in _TRIED_FIRST or bare.strip("0123456789") in _TRIED_FIRST):
        return True
    if plain.isascii() and not words and len(bare) == len(plain) and len(bare) <= LEAST + 2:
        return True  # a phone number, a date, a number of an identity card
    return any(bare and len(bare) == len(plain) and bare in row * 2 for row in _ROWS)
