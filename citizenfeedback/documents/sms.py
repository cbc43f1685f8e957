"""Text messages to citizens: one part of plain letters, neutral for whoever sees the screen.

No number, kind, name or content; accents are left out, as with them a message holds 70 letters only.
"""

import unicodedata
from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.domain.vocabulary import MailKind

LONGEST = 160
_WORDS: Mapping[MailKind, str] = {
    MailKind.CITIZEN_CONFIRM: N_(
        "Mã để bật báo tin: {code}. Nhập trong 15 phút ở trang đang mở. Không đưa mã cho ai."
    ),
    MailKind.CITIZEN_NEWS: N_("Có tin mới dành cho ông/bà. Xem tại {track}"),
    MailKind.CITIZEN_PROOF: N_(
        "Mã xác nhận: {code}. Nhập trong 15 phút ở trang đang mở. Không đưa mã cho ai."
    ),
}


def sms_text(kind: MailKind, lang: str, *, address: str, secret: str | None = None) -> str:
    """Word one message; `address` is where the site is reached, `secret` the code it carries."""
    text = translate(_WORDS[kind], lang).format(code=secret or "", track=f"{address}/track")
    return _plain(text)


def _plain(text: str) -> str:
    """The same in letters that every telephone counts as one."""
    parted = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parted if letter.isascii())
