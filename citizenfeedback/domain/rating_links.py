"""A link by which somebody rates after a visit: it makes one rating, and that one counts as verified.

The link holds the point, how long it works, a mark of the visit and, where there is one, the number
of the dossier; it is encrypted and authenticated as a whole, so nothing can be read from an address
and nothing changed in it. The mark becomes the rating's reference: a visit is rated once, whatever
opens the link and however often.
"""

import re
import struct
from dataclasses import dataclass
from datetime import date, timedelta

from citizenfeedback.domain.vocabulary import RatingChannel

LINK_DAYS = 30
"""How long after a visit its link works."""
VISIT_BYTES = 8
RATE_VISIT_PATH = "/rate/visit/"
PURPOSE = "rating_link"
_HEAD = struct.Struct(f">IHB{VISIT_BYTES}s")
_FIRST_DAY = date(2020, 1, 1)
_CHANNELS = (RatingChannel.WEB, RatingChannel.SMS)
# As printed on an appointment slip: the office's code, the day or year, the number in the day.
_DOSSIER = re.compile(r"[0-9A-Z]{1,8}(?:[.\-/][0-9A-Z]{1,12}){2,7}")
_LEAST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class RatingLink:
    """What a link stands for; `until` is the last day on which it works."""

    point_id: int
    until: date
    visit: bytes
    channel: RatingChannel = RatingChannel.WEB
    dossier: str = ""

    @property
    def reference(self) -> str:
        """The reference of the one rating it makes."""
        return f"link:{self.visit.hex()}"

    def packed(self) -> bytes:
        """The link as bytes, to be encrypted."""
        days = (self.until - _FIRST_DAY).days
        channel = _CHANNELS.index(self.channel)
        return _HEAD.pack(self.point_id, days, channel, self.visit) + self.dossier.encode()


def unpacked(content: bytes) -> RatingLink:
    """The link of bytes that `packed` made; only ever given what was authenticated."""
    point_id, days, channel, visit = _HEAD.unpack_from(content)
    until = _FIRST_DAY + timedelta(days=days)
    return RatingLink(point_id, until, visit, _CHANNELS[channel], content[_HEAD.size :].decode())


def dossier_number(typed: str) -> str | None:
    """A dossier number in its one written form; None for what cannot be one.

    Its form only: whether the dossier exists, the one-stop system alone knows.
    """
    plain = "".join(typed.upper().split())
    digits = sum(letter.isdigit() for letter in plain)
    return plain if _DOSSIER.fullmatch(plain) and digits >= _LEAST_DIGITS else None
