"""What of a person is shown to whom, and how long each kind of record is kept."""

from dataclasses import dataclass

from citizenfeedback.domain.vocabulary import CaseKind, Role

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
