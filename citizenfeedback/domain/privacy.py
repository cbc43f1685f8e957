"""What of a person is shown to whom, what a person may have changed, how long each record is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from citizenfeedback.domain.law.sources import Provision
from citizenfeedback.domain.vocabulary import CaseKind, DataGround, DataPart, DataWish, Role

HIDDEN = "•••"

# Who needs the person behind a case that is not sealed to do their work.
_SEE_PERSONS: frozenset[Role] = frozenset(
    {Role.RECEPTION_OFFICER, Role.HANDLER, Role.UNIT_LEADER, Role.CITIZEN_PROVEN}
)


def sees_persons(roles: frozenset[Role], kind: CaseKind) -> bool:
    """Whether names and contacts are shown whole; in a denunciation never on an ordinary page."""
    return kind is not CaseKind.DENUNCIATION and bool(roles & _SEE_PERSONS)


def mask_name(name: str) -> str:
    """The initials and the given name: "Nguyễn Văn Hùng" becomes "N. V. Hùng"."""
    words = name.split()
    if not words:
        return ""
    return " ".join([*(f"{word[0].upper()}." for word in words[:-1]), words[-1]])


def mask_initials(name: str) -> str:
    """Only the initials: "Nguyễn Văn Hùng" becomes "N. V. H."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())


def mask_phone(phone: str) -> str:
    """The last three digits."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return HIDDEN + digits[-3:] if len(digits) > 6 else (HIDDEN if digits else "")


def mask_id_no(id_no: str) -> str:
    """The last three characters of an identity number."""
    return HIDDEN + id_no[-3:] if len(id_no) > 6 else (HIDDEN if id_no else "")


def mask_email(email: str) -> str:
    """The first letter and the domain: "hung@example.vn" becomes "h•••@example.vn"."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}{HIDDEN}@{domain}" if at and name else (HIDDEN if email else "")


class Way(StrEnum):
    """How a wish about personal data is met: by the person at once, by the office, or not at all."""

    AT_ONCE = "at_once"
    ON_REQUEST = "on_request"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Right:
    """What becomes of a wish about one part; `ground` says why it is kept, where it is."""

    way: Way
    ground: DataGround | None = None


_AT_ONCE, _ON_REQUEST = Right(Way.AT_ONCE), Right(Way.ON_REQUEST)
_IDENTITY = Right(Way.KEPT, DataGround.IDENTITY_REQUIRED)
_FILE = Right(Way.KEPT, DataGround.CASE_FILE)
_HISTORY = Right(Way.KEPT, DataGround.HISTORY)

CONTACT: tuple[DataPart, ...] = (DataPart.PHONE, DataPart.EMAIL, DataPart.ADDRESS)
"""How the sender is reached: the sender changes it without asking anybody."""

OF_PERSON: tuple[DataPart, ...] = (DataPart.NAME, DataPart.ID_NO, *CONTACT)
"""The parts that are columns of a person."""

_CORRECTION: Mapping[DataPart, Right] = {
    DataPart.NAME: _ON_REQUEST,
    DataPart.ID_NO: _ON_REQUEST,
    DataPart.ADDRESS: _AT_ONCE,
    DataPart.PHONE: _AT_ONCE,
    DataPart.EMAIL: _AT_ONCE,
    DataPart.WORDS: _ON_REQUEST,
    DataPart.PAPERS: _ON_REQUEST,
    DataPart.MESSAGES: _FILE,
    DataPart.VERDICT_WORDS: _FILE,
    DataPart.HISTORY: _HISTORY,
}
_ERASURE: Mapping[DataPart, Right] = {
    DataPart.NAME: _IDENTITY,
    DataPart.ID_NO: _IDENTITY,
    DataPart.ADDRESS: _IDENTITY,
    DataPart.PHONE: _AT_ONCE,
    DataPart.EMAIL: _AT_ONCE,
    DataPart.WORDS: _FILE,
    DataPart.PAPERS: _ON_REQUEST,
    DataPart.MESSAGES: _FILE,
    DataPart.VERDICT_WORDS: _AT_ONCE,
    DataPart.HISTORY: _HISTORY,
}
_NAMELESS = frozenset({CaseKind.REFLECTION})
"""Kinds that nobody has to put a name to: there it may go."""

GROUND_SOURCES: Mapping[DataGround, tuple[Provision, ...]] = {
    DataGround.IDENTITY_REQUIRED: (Provision("L136", "1", "3"), Provision("ND154", "12")),
    DataGround.CASE_FILE: (Provision("LT"),),
    DataGround.HISTORY: (Provision("ND155", "30a"), Provision("ND156", "19a")),
    DataGround.OTHERS_RIGHTS: (Provision("L91"),),
    DataGround.NOT_SHOWN: (Provision("L91"),),
}
"""Where each ground comes from; the articles without a number were not read."""

REFUSING: tuple[DataGround, ...] = (
    DataGround.IDENTITY_REQUIRED,
    DataGround.CASE_FILE,
    DataGround.OTHERS_RIGHTS,
    DataGround.NOT_SHOWN,
)
"""The grounds on which an official may leave personal data as it is."""


def right_to(wish: DataWish, part: DataPart, kind: CaseKind) -> Right:
    """What becomes of a wish about one part of what is kept of the sender of a submission.

    An address is corrected at once, but goes only where the law asks for none.
    """
    if wish is DataWish.CORRECTION:
        return _CORRECTION[part]
    right = _ERASURE[part]
    if right is _IDENTITY and kind in _NAMELESS:
        return _AT_ONCE if part in CONTACT else _ON_REQUEST
    return right


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a kind of record is kept; `months` None means until the archive law decides.

    `source` is the article or, where no law says a number, that the office set it.
    """

    key: str
    months: int | None
    days: int | None
    counted_from: str
    source: str


OFFICE = "office"

RETENTION: tuple[Retention, ...] = (
    Retention("case_file", None, None, "closed_on", "Luật Lưu trữ"),
    Retention("ineligible_submission", 12, None, "closed_on", "TT 07/2014/TT-TTCP, Điều 28"),
    Retention("draft", None, 1, "last_saved", OFFICE),
    Retention("rating_comment", 24, None, "rated_at", OFFICE),
    Retention("notice_contact", None, 90, "closed_on", OFFICE),
    Retention("outgoing_mail", None, 90, "sent_at", OFFICE),
    Retention("breach_file", 60, None, "closed_on", OFFICE),
    Retention("audit_entry", 120, None, "happened_at", OFFICE),
)
