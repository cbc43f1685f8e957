"""The slip of a filing: proof of time and content for whoever holds it, and nothing for others.

A slip says the number, the moment, a digest of what was filed and, where asked for, the office; the
province signs all of it. The digest is of the copy that the sender may keep, which begins with a
random salt: who holds the slip alone cannot even try guesses of what it says.
"""

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from citizenfeedback.domain.drafts import DraftContent

FORM = 1
"""The form of the signed bytes, their first one; another form gets another number."""
SIGNATURE_BYTES = 64
DIGEST_BYTES = 32
_HEAD = struct.Struct(">BIBB")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{140,600}")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is signed; `office` is a code, blank when the slip does not name one."""

    number: str
    filed_at: datetime
    digest: bytes
    office: str = ""


def copy_of(content: DraftContent, salt: str, files: tuple[tuple[str, int], ...]) -> str:
    """The sender's own copy of what is filed, as a text file; the slip holds its digest.

    `files` are names and sizes in bytes. The salt makes two equal submissions two digests.
    """
    lines = [
        f"[{salt}]",
        content.words,
        content.place,
        content.wish,
        content.respondent,
        content.name,
        content.id_no,
        content.phone,
        content.address,
        *(f"{one.name} {one.id_no} {one.phone} {one.address}".strip() for one in content.people),
        content.document_no,
        *(f"{name} ({size})" for name, size in files),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def digest_of(copy: bytes) -> bytes:
    """The digest of a copy; line ends that a mail program changed do not count."""
    return hashlib.sha256(copy.replace(b"\r\n", b"\n")).digest()


def signed_bytes(slip: Slip) -> bytes:
    """The bytes of a slip that are signed; the moment counts in whole seconds."""
    number, office = slip.number.encode(), slip.office.encode()
    moment = int(slip.filed_at.timestamp())
    return _HEAD.pack(FORM, moment, len(number), len(office)) + number + office + slip.digest


def slip_text(signed: bytes, signature: bytes) -> str:
    """A slip as the text behind its code: letters, digits, hyphen and underscore."""
    return base64.urlsafe_b64encode(signed + signature).decode().rstrip("=")


def texts_in(typed: str) -> tuple[str, ...]:
    """What may be a slip in something pasted or sent as a file: an address, a page, a broken line."""
    found = _TOKEN.findall(typed)
    joined = _BLANKS.sub("", typed)
    return tuple(dict.fromkeys((*found[:5], joined))) if joined else ()


def taken_apart(text: str) -> tuple[bytes, bytes] | None:
    """The signed bytes and the signature of a slip; None where it has another form.

    Only the one spelling that `slip_text` writes is taken, so that no other letter goes unnoticed.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signed, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if len(signature) != SIGNATURE_BYTES or slip_text(signed, signature) != text:
        return None
    return signed, signature


def read_slip(signed: bytes) -> Slip | None:
    """What signed bytes say; None for another form."""
    if len(signed) < _HEAD.size + DIGEST_BYTES:
        return None
    form, moment, number, office = _HEAD.unpack_from(signed)
    rest = signed[_HEAD.size :]
    if form != FORM or len(rest) != number + office + DIGEST_BYTES:
        return None
    return Slip(
        rest[:number].decode(errors="replace"),
        datetime.fromtimestamp(moment, UTC),
        rest[-DIGEST_BYTES:],
        rest[number : number + office].decode(errors="replace"),
    )
