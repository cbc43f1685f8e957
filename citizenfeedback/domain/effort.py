"""A little work that the sender's device does once, so that sending a thousand costs a thousand times.

No stranger's service is asked. The office picks a number and gives a hash of it; the device tries
numbers until one fits. The number follows from the draft and from the last moment by a keyed hash:
nothing is stored, nobody else can make such a task, and since a draft is sent once, an answer is
worth nothing the second time.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

ROUNDS = 100
"""Rounds of PBKDF2 for one try: an old phone does some thousand tries in seconds."""
HASH_BYTES = 16
LASTS = timedelta(hours=2)
PURPOSE = "effort"

KeyedHash = Callable[[str, str], str]
"""Makes a keyed hash, in hexadecimal, of a text for one purpose (`gateways.keys.Keys`)."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the device is given: try numbers below `most` until one gives `target`."""

    salt: str
    target: str
    most: int
    rounds: int
    until: int


def task(keyed: KeyedHash, draft: str, most: int, *, now: datetime) -> Task:
    """A task for one draft, to be answered within two hours."""
    until = int((now + LASTS).timestamp())
    number, salt = _secret(keyed, draft, until, most)
    return Task(salt, hashed(salt, number), most, ROUNDS, until)


def done(keyed: KeyedHash, draft: str, answer: str, most: int, *, now: datetime) -> bool:
    """Whether `answer` ("until:number") is right for this draft and in time; one keyed hash."""
    until, _, number = answer.partition(":")
    if not _whole(until) or not _whole(number) or int(until) < now.timestamp():
        return False
    if int(until) > (now + LASTS).timestamp():
        return False
    return _secret(keyed, draft, int(until), most)[0] == int(number)


def hashed(salt: str, number: int) -> str:
    """The hash of one try, in hexadecimal."""
    tried = str(number).encode()
    return hashlib.pbkdf2_hmac("sha256", salt.encode(), tried, ROUNDS, HASH_BYTES).hex()


def _secret(keyed: KeyedHash, draft: str, until: int, most: int) -> tuple[int, str]:
    text = keyed(PURPOSE, f"{draft}:{until}:{most}")
    return int(text[:16], 16) % most, text[32:]


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
