"""What a submission must contain on arrival, and how its kind is found by everyday questions.

Only what cannot be taken in is a problem here. What the law finds wanting later (no signature,
no name on a letter) is for the examination: a register must hold what came, as it came.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.numbers import (
    ALPHABET,
    access_code,
    case_number,
    make_code,
    make_number,
    normalise_code,
    normalise_number,
)
from citizenfeedback.domain.text import clean, fold, shorten
from citizenfeedback.domain.vocabulary import CaseField, CaseKind, Channel
from citizenfeedback.domain.workflow import entry_state, in_form, signed_on_arrival

__all__ = [
    "ALPHABET",
    "KIND_QUESTIONS",
    "LIMITS",
    "KindProposal",
    "KindQuestion",
    "Problem",
    "Submission",
    "access_code",
    "case_number",
    "entry_state",
    "in_form",
    "make_code",
    "make_number",
    "needs_late_reason",
    "normalise_code",
    "normalise_id_no",
    "normalise_number",
    "normalise_phone",
    "opening_summary",
    "problems",
    "propose_kind",
    "required_fields",
    "signed_on_arrival",
]

# The longest text each entry takes, in characters after cleaning.
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "name": 120,
        "address": 250,
        "id_no": 20,
        "phone": 20,
        "email": 200,
        "summary": 300,
        "words": 10_000,
        "place": 300,
        "wish": 2_000,
        "respondent": 300,
        "late_reason": 500,
        "reason": 1_000,
        "note": 1_000,
        "text": 10_000,
        "document_no": 80,
        "body": 300,
        "ground": 40,
        "file_name": 150,
        "comment": 2_000,
        "search": 200,
    }
)
SIGNATORIES_MOST = 10_000
LATE_ENTRY_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Submission:
    """What a citizen or an officer hands in; every text has passed `clean` already."""

    kind: CaseKind
    channel: Channel
    name: str = ""
    address: str = ""
    id_no: str = ""
    phone: str = ""
    email: str = ""
    summary: str = ""
    words: str = ""
    place: str = ""
    wish: str = ""
    respondent: str = ""
    field: CaseField = CaseField.OTHER
    signatories: int = 1
    received_on: date | None = None
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the entry, the code of what is wrong, and values for the words."""

    entry: str
    code: str
    limit: int | None = None


_C, _D = CaseKind.COMPLAINT, CaseKind.DENUNCIATION
_P, _R = CaseKind.PETITION, CaseKind.REFLECTION
_ONLINE = (Channel.WEB, Channel.KIOSK)
_LETTER = (Channel.POST, Channel.REFERRAL)

# Online the citizen tells it in their own words; elsewhere an officer writes the summary. A
# letter is registered with what it has. Names are asked where the law makes them a condition
# and the person is there to give them; information about a breach may come without (art. 25).
_ONLINE_ENTRIES: Mapping[CaseKind, tuple[str, ...]] = {
    _C: ("respondent", "words", "name", "address", "id_no"),
    _D: ("respondent", "words"),
    _P: ("words", "name", "address"),
    _R: ("words",),
}
_IN_PERSON_ENTRIES: Mapping[CaseKind, tuple[str, ...]] = {
    _C: ("received_on", "respondent", "summary", "name", "address", "id_no"),
    _D: ("received_on", "respondent", "summary", "name", "address", "id_no"),
    _P: ("received_on", "summary", "name", "address"),
    _R: ("received_on", "summary"),
}
_PHONE_ENTRIES: Mapping[CaseKind, tuple[str, ...]] = {
    _C: ("received_on", "respondent", "summary", "name"),
    _D: ("received_on", "summary"),
    _P: ("received_on", "summary", "name"),
    _R: ("received_on", "summary"),
}


def required_fields(kind: CaseKind, channel: Channel) -> tuple[str, ...]:
    """The entries without which a submission of this kind cannot be taken in this way."""
    if channel in _ONLINE:
        return _ONLINE_ENTRIES[kind]
    if channel is Channel.IN_PERSON:
        return _IN_PERSON_ENTRIES[kind]
    if channel in _LETTER:
        return ("received_on", "summary")
    return _PHONE_ENTRIES[kind]


_ID_NO = re.compile(r"\d{9}|\d{12}|[A-Z]{1,2}\d{6,8}", re.ASCII)
_PHONE = re.compile(r"0\d{9,10}|\+\d{8,15}", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
_PUNCTUATION = re.compile(r"[\s.\-()]+")


def normalise_id_no(text: str) -> str | None:
    """An identity number (12 digits, 9 on old cards) or passport number, or None."""
    number = _PUNCTUATION.sub("", clean(text)).upper()
    return number if _ID_NO.fullmatch(number) else None


def normalise_phone(text: str) -> str | None:
    """A telephone number as dialled in the country (+84 becomes 0), or None."""
    number = _PUNCTUATION.sub("", clean(text))
    if number.startswith("+84"):
        number = "0" + number[3:].removeprefix("0")
    return number if _PHONE.fullmatch(number) else None


def is_email(text: str) -> bool:
    """Whether the text has the form of a mail address."""
    return len(text) <= LIMITS["email"] and _EMAIL.fullmatch(text) is not None


def problems(submission: Submission, today: date, calendar: WorkCalendar) -> tuple[Problem, ...]:
    """Everything to put right before the submission can be taken in; empty when nothing is."""
    found: list[Problem] = []
    if submission.channel is Channel.KIOSK and submission.kind is CaseKind.DENUNCIATION:
        found.append(Problem("kind", "kiosk_takes_no_denunciation"))
    for entry in required_fields(submission.kind, submission.channel):
        value = getattr(submission, entry)
        if value is None or (isinstance(value, str) and not any(map(str.isalnum, value))):
            found.append(Problem(entry, "required"))
    for entry, limit in LIMITS.items():
        value = getattr(submission, entry, "")
        if isinstance(value, str) and len(value) > limit:
            found.append(Problem(entry, "too_long", limit))
    found += _malformed(submission)
    found += _misdated(submission, today, calendar)
    return tuple(found)


def _malformed(submission: Submission) -> list[Problem]:
    found = []
    if submission.id_no and normalise_id_no(submission.id_no) is None:
        found.append(Problem("id_no", "id_no_malformed"))
    if submission.phone and normalise_phone(submission.phone) is None:
        found.append(Problem("phone", "phone_malformed"))
    if submission.email and not is_email(submission.email):
        found.append(Problem("email", "email_malformed"))
    if not 1 <= submission.signatories <= SIGNATORIES_MOST:
        found.append(Problem("signatories", "signatories_out_of_range", SIGNATORIES_MOST))
    return found


def _misdated(submission: Submission, today: date, calendar: WorkCalendar) -> list[Problem]:
    received = submission.received_on
    if received is None:
        return []
    if received > today:
        return [Problem("received_on", "received_in_future")]
    if needs_late_reason(received, today, calendar) and not fold(submission.late_reason):
        return [Problem("late_reason", "late_reason_required", LATE_ENTRY_WORKING_DAYS)]
    return []


def needs_late_reason(received_on: date, entered_on: date, calendar: WorkCalendar) -> bool:
    """Whether the entry comes more than 5 working days after the paper reached the office."""
    return calendar.working_days_between(received_on, entered_on) > LATE_ENTRY_WORKING_DAYS


def opening_summary(kind: CaseKind, words: str) -> str:
    """The first summary of what came online: its beginning, or nothing for a denunciation.

    A denouncer's own words may give them away; an official writes that summary.
    """
    if kind is CaseKind.DENUNCIATION:
        return ""
    return shorten(clean(words), LIMITS["summary"])


@dataclass(frozen=True, slots=True)
class KindQuestion:
    """An everyday question; a yes proposes the kind (the wording is in `documents/labels.py`)."""

    code: str
    kind: CaseKind


@dataclass(frozen=True, slots=True)
class KindProposal:
    """The kind that the answers point to and the question that decided it."""

    kind: CaseKind
    because: str


# Asked in this order, the one with the strictest law first; the first yes decides.
KIND_QUESTIONS: tuple[KindQuestion, ...] = (
    KindQuestion("decision_against_me", CaseKind.COMPLAINT),
    KindQuestion("breach_of_law", CaseKind.DENUNCIATION),
    KindQuestion("proposal", CaseKind.PETITION),
    KindQuestion("something_seen", CaseKind.REFLECTION),
)
NONE_OF_THESE = "none_of_these"


def propose_kind(answers: Mapping[str, bool]) -> KindProposal:
    """The kind to propose; a reflection where no question was answered with yes."""
    for question in KIND_QUESTIONS:
        if answers.get(question.code):
            return KindProposal(question.kind, question.code)
    return KindProposal(CaseKind.REFLECTION, NONE_OF_THESE)
