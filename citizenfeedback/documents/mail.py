"""The words of every mail: one text file a kind and language, its first line the subject.

To citizens a mail says that there is news and nothing else: no number, kind, name, content or
access code, because mail is read by others. To officials it says the number and a date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from citizenfeedback.documents.formats import format_date, format_datetime
from citizenfeedback.domain.vocabulary import MailKind

FOLDER = Path(__file__).resolve().parent / "templates" / "mail"
CONFIRM_PATH = "/track/confirm/"
JOINED_PATH = "/joined/"
LINK_PATH = "/account/link/"

_CITIZEN = frozenset({"track"})
_STAFF = frozenset({"number", "day", "inbox"})
_LINK = frozenset({"link", "until"})
PLACEHOLDERS: dict[MailKind, frozenset[str]] = {
    MailKind.CITIZEN_NEWS: _CITIZEN,
    MailKind.CITIZEN_CONFIRM: frozenset({"link"}),
    MailKind.CITIZEN_PROOF: frozenset({"code"}),
    MailKind.JOINED_CONFIRM: frozenset({"link"}),
    MailKind.JOINED_NEWS: frozenset({"link"}),
    MailKind.STAFF_ASSIGNED: _STAFF,
    MailKind.STAFF_NEWS: _STAFF,
    MailKind.STAFF_DUE_SOON: _STAFF,
    MailKind.STAFF_DUE_TODAY: _STAFF,
    MailKind.STAFF_OVERDUE: _STAFF,
    MailKind.STAFF_TERM_MOVED: frozenset({"moves", "more", "inbox"}),
    MailKind.STAFF_UNPROCESSED: _STAFF,
    MailKind.STAFF_REMINDED: _STAFF,
    MailKind.ACCOUNT_INVITATION: _LINK,
    MailKind.ACCOUNT_RESET: _LINK,
}
"""What a mail of each kind may be filled with, and nothing more."""
_PATHS = {
    MailKind.CITIZEN_CONFIRM: CONFIRM_PATH,
    MailKind.JOINED_CONFIRM: JOINED_PATH,
    MailKind.JOINED_NEWS: JOINED_PATH,
}


@dataclass(frozen=True)
class MailText:
    """A mail in words."""

    subject: str
    text: str


def mail_text(
    kind: MailKind,
    language: str,
    *,
    address: str,
    details: Mapping[str, object],
    secret: str | None = None,
) -> MailText:
    """Word one mail. `address` is where the site is reached; `secret` the token or code it carries.

    Of `details` only `number`, a day (`due` or `on`), `until` and the terms that moved are read.
    """
    values = {
        "track": f"{address}/track",
        "inbox": f"{address}/inbox",
        "number": str(details.get("number", "")),
        "day": _day(details.get("due") or details.get("on"), language),
        "until": _moment(details.get("until"), language),
        "moves": _moves(details.get("moves"), language),
        "more": details.get("more", 0),
        "code": secret or "",
        "link": f"{address}{_path_of(kind)}{secret or ''}",
    }
    allowed = {name: values[name] for name in PLACEHOLDERS[kind]}
    written = _environment().get_template(f"{kind}.{language}.txt").render(allowed)
    subject, _, text = written.partition("\n")
    return MailText(subject.strip(), text.strip() + "\n")


def _path_of(kind: MailKind) -> str:
    return _PATHS.get(kind, LINK_PATH)


def _day(given: object, language: str) -> str:
    if not given:
        return ""
    day = given if isinstance(given, date) else date.fromisoformat(str(given)[:10])
    return format_date(day, language)


def _moves(given: object, language: str) -> list[tuple[str, str]]:
    """Numbers of cases with their new dates."""
    moves = given if isinstance(given, list) else []
    return [(str(number), _day(due, language)) for number, due in moves]


def _moment(given: object, language: str) -> str:
    return format_datetime(datetime.fromisoformat(str(given)), language) if given else ""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text, so nothing is escaped; an unknown placeholder is an error of ours.
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - text/plain
        keep_trailing_newline=True,
    )
