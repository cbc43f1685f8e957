"""A submission that is still being written: what was said so far and what is still missing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.intake import Problem, Submission, problems, required_fields
from citizenfeedback.domain.vocabulary import CaseField, CaseKind, Channel, ClockKind

DRAFT_LIFE = timedelta(hours=24)
"""How long a draft waits for its writer (`domain/privacy.py`, retention of drafts)."""
RECEIPT_LIFE = timedelta(minutes=30)
"""How long the access code can be shown again in the same browser after sending."""
HANDOVER_LIFE = timedelta(minutes=15)
"""How long a one-time code waits for the phone that takes a draft over."""
MOST_FILES = 10


class Question(StrEnum):
    """The questions of filing, one a page, in their order."""

    KIND = "kind"
    WORDS = "words"
    WISH = "wish"
    FIELD = "field"
    RESPONDENT = "respondent"
    OFFICE = "office"
    FILES = "files"
    YOU = "you"


QUESTION_OF: Mapping[str, Question] = {
    "kind": Question.KIND,
    "words": Question.WORDS,
    "wish": Question.WISH,
    "field": Question.FIELD,
    "respondent": Question.RESPONDENT,
    "name": Question.YOU,
    "id_no": Question.YOU,
    "phone": Question.YOU,
    "email": Question.YOU,
    "address": Question.YOU,
}
"""On which page each entry is asked."""


@dataclass(frozen=True, slots=True)
class DraftContent:
    """Everything said so far. `respondent_search` and `office_search` keep the last search."""

    kind: CaseKind | None = None
    words: str = ""
    wish: str = ""
    field: CaseField | None = None
    respondent: str = ""
    respondent_unit_id: int | None = None
    respondent_search: str = ""
    unit_id: int | None = None
    office_search: str = ""
    name: str = ""
    id_no: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    news_despite_risk: bool = False
    passed: tuple[str, ...] = ()

    def having(
        self, changes: Mapping[str, Any], question: Question | None = None
    ) -> "DraftContent":
        """The same with these entries changed, and `question` noted as passed."""
        passed = self.passed
        if question is not None and question.value not in passed:
            passed = (*passed, question.value)
        return replace(self, **{**changes, "passed": passed})

    def as_text(self) -> str:
        """The content as text, to be encrypted; `from_text` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "DraftContent":
        """Read what `as_text` wrote; entries of another release that are not known are dropped."""
        known = {one.name for one in fields(cls)}
        kept = {name: value for name, value in json.loads(text).items() if name in known}
        kept["kind"] = CaseKind(kept["kind"]) if kept.get("kind") else None
        kept["field"] = CaseField(kept["field"]) if kept.get("field") else None
        kept["passed"] = tuple(kept.get("passed", ()))
        return cls(**kept)

    @property
    def mail_for_news(self) -> str:
        """The address for news: a denouncer's only when asked for after the warning."""
        if self.kind is CaseKind.DENUNCIATION and not self.news_despite_risk:
            return ""
        return self.email


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the receipt tells of a case: nothing of the person and nothing of what was said."""

    number: str
    access_code: str
    kind: CaseKind
    formal: bool
    signed: bool
    registered_at: datetime
    unit_name: str
    unit_name_en: str
    unit_address: str
    unit_hours: str
    clock: ClockKind | None
    explanation: Explanation | None


def missing(content: DraftContent, today: date, calendar: WorkCalendar) -> tuple[Problem, ...]:
    """What must be put right before the draft can be sent; empty when nothing must."""
    if content.kind is None:
        return (Problem("kind", "required"),)
    return problems(
        Submission(
            kind=content.kind,
            channel=Channel.WEB,
            name=content.name,
            address=content.address,
            id_no=content.id_no,
            phone=content.phone,
            email=content.mail_for_news,
            words=content.words,
            wish=content.wish,
            respondent=content.respondent,
            received_on=today,
        ),
        today,
        calendar,
    )


def must_be_answered(kind: CaseKind, entry: str) -> bool:
    """Whether an online submission of this kind needs the entry."""
    return entry in required_fields(kind, Channel.WEB)


def words_for_seal(content: DraftContent) -> str:
    """The own words of a denunciation with whom it is about: both lie in the same seal."""
    return f"{content.respondent}\n\n{content.words}" if content.respondent else content.words
