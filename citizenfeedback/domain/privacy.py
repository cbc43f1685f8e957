"""What of a person is shown to whom, what a person may have changed, how long each record is kept."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from citizenfeedback.domain.law.sources import Provision
from citizenfeedback.domain.vocabulary import CaseKind, DataGround, DataPart, DataWish, Kept, Role

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
class Span:
    """How long something is kept: whole months, or days."""

    months: int = 0
    days: int = 0

    def before(self, today: date) -> date:
        """What began before this day has been kept its whole time.

        Never a day early: where the month counted back to is too short, it may be some days late.
        """
        month = today.year * 12 + today.month - 1 - self.months
        year, month = divmod(month, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(today.day, last)) - timedelta(days=self.days)

    def last_day(self, began: date) -> date:
        """The last day on which what began then is kept."""
        day = began + timedelta(days=self.months * 28 + self.days)
        while began >= self.before(day + timedelta(days=1)):
            day += timedelta(days=1)
        return day

    @property
    def at_least(self) -> int:
        """Its days at the very least, to compare two spans."""
        return self.months * 28 + self.days


class Since(StrEnum):
    """From when a record is kept its time."""

    SAVED = "saved"
    TRIED = "tried"
    SENT = "sent"
    DELIVERED = "delivered"
    RATED = "rated"
    WRITTEN = "written"
    SHOWN = "shown"
    TOLD = "told"
    ENDED = "ended"
    PROCESSED = "processed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a kind of record is kept; `span` None means until the law on archives decides.

    `provisions` say where the span comes from, nothing means that the office set it. `least` is what
    the setting may not go below. `elsewhere`: a setting or job of its own carries it out.
    """

    kept: Kept
    span: Span | None
    since: Since
    provisions: tuple[Provision, ...] = ()
    least: Span = Span(days=1)
    elsewhere: bool = False

    @property
    def of_case(self) -> bool:
        """Whether a case that is held back keeps these records."""
        return self.kept in _OF_CASE


_OF_CASE = frozenset(
    {
        Kept.VERDICT_WORDS,
        Kept.PUBLIC_REFLECTION,
        Kept.NOTICE_CONTACT,
        Kept.INELIGIBLE_SUBMISSION,
        Kept.CASE_FILE,
    }
)
_ARCHIVES = (Provision("LT"),)

RETENTION: tuple[Retention, ...] = (
    Retention(Kept.DRAFT, Span(days=1), Since.SAVED, elsewhere=True),
    Retention(Kept.SIGN_IN_FAILURE, Span(days=1), Since.TRIED, elsewhere=True),
    Retention(Kept.OUTGOING_MAIL, Span(days=90), Since.SENT, least=Span(days=7)),
    # A screen keeps its taps for a month without a network, and may send them twice.
    Retention(Kept.KIOSK_TAP, Span(months=6), Since.DELIVERED, least=Span(months=3)),
    Retention(Kept.RATING_COMMENT, Span(months=24), Since.RATED),
    Retention(Kept.VERDICT_WORDS, Span(months=24), Since.WRITTEN),
    Retention(Kept.PUBLIC_REFLECTION, Span(months=12), Since.SHOWN),
    # The year in which the matter may still be taken to court.
    Retention(Kept.NOTICE_CONTACT, Span(months=12), Since.ENDED, least=Span(months=1)),
    # The link in the mail opens the answer as long as the address is kept.
    Retention(Kept.JOINED_CONTACT, Span(days=30), Since.TOLD, least=Span(days=7)),
    Retention(
        Kept.INELIGIBLE_SUBMISSION,
        Span(months=12),
        Since.PROCESSED,
        (Provision("TT07", "28"),),
        least=Span(months=12),
    ),
    Retention(Kept.CASE_FILE, None, Since.ENDED, _ARCHIVES, least=Span(months=120)),
    Retention(Kept.LETTER, None, Since.NOTHING, _ARCHIVES, elsewhere=True),
    Retention(Kept.RECEPTION_BOOK, None, Since.NOTHING, _ARCHIVES, elsewhere=True),
    Retention(
        Kept.HISTORY,
        None,
        Since.NOTHING,
        (Provision("ND155", "30a"), Provision("ND156", "19a")),
        elsewhere=True,
    ),
)
"""Every kind of record with its term, as the notice to citizens says it and the worker does it."""

_SPAN = re.compile(r"([0-9]{1,4})([md])")


def read_spans(text: str) -> tuple[tuple[Kept, Span], ...]:
    """The office's own terms: `rating_comment=12m, outgoing_mail=30d`, months or days.

    Raises `ValueError` for an unknown kind, one that is not the office's to set, and a term below
    the least.
    """
    rules = {rule.kept: rule for rule in RETENTION}
    found = {}
    for entry in (part.strip() for part in text.split(",")):
        name, _, said = entry.partition("=")
        match = _SPAN.fullmatch(said.strip())
        kept = next((one for one in Kept if one == name.strip()), None)
        if kept is None or match is None:
            raise ValueError(f"{entry!r} must look like rating_comment=12m or outgoing_mail=30d")
        number = int(match.group(1))
        span = Span(months=number) if match.group(2) == "m" else Span(days=number)
        rule = rules[kept]
        if rule.elsewhere:
            raise ValueError(f"{name.strip()} has no term to set here")
        if span.at_least < rule.least.at_least:
            raise ValueError(f"{name.strip()} is kept at least {_in_words(rule.least)}")
        found[kept] = span
    return tuple(found.items())


def _in_words(span: Span) -> str:
    return f"{span.months} months" if span.months else f"{span.days} days"


def retention(chosen: Iterable[tuple[Kept, Span]] = ()) -> tuple[Retention, ...]:
    """The table with the office's own terms in it."""
    spans = dict(chosen)
    return tuple(
        replace(rule, span=spans[rule.kept]) if rule.kept in spans else rule for rule in RETENTION
    )


def kept_until(
    rules: Iterable[Retention],
    *,
    ineligible: bool,
    entered_on: date,
    processed_on: date | None,
    ended_on: date | None,
) -> date | None:
    """The last day on which the content of a closed case is kept; None where no term lets it go."""
    began = {Kept.CASE_FILE: ended_on}
    if ineligible:
        began[Kept.INELIGIBLE_SUBMISSION] = processed_on
    last = [
        rule.span.last_day(max(day, entered_on))
        for rule in rules
        if rule.span is not None and (day := began.get(rule.kept)) is not None
    ]
    return min(last, default=None)
