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
from citizenfeedback.domain.representation import (
    Authorisation,
    Group,
    authorisation_problem,
    representatives_problem,
)
from citizenfeedback.domain.vocabulary import (
    AuthorisationProof,
    CaseField,
    CaseKind,
    Channel,
    ClockKind,
)

DRAFT_LIFE = timedelta(hours=24)
"""How long a draft waits for its writer (`domain/privacy.py`, retention of drafts)."""
RECEIPT_LIFE = timedelta(minutes=30)
"""How long the access code can be shown again in the same browser after sending."""
HANDOVER_LIFE = timedelta(minutes=15)
"""How long a one-time code waits for the phone that takes a draft over."""
MOST_NAMED = 100
"""How many can be named one by one; a longer list of signatures is sent along as a file."""
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
    STANDING = "standing"
    YOU = "you"
    PEOPLE = "people"


class Standing(StrEnum):
    """For whom somebody writes: for themselves, with others who sign, or in another's stead."""

    ALONE = "alone"
    TOGETHER = "together"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody besides the first person of a submission; `represents` the whole group."""

    name: str
    id_no: str = ""
    phone: str = ""
    address: str = ""
    represents: bool = False


QUESTION_OF: Mapping[str, Question] = {
    "kind": Question.KIND,
    "words": Question.WORDS,
    "place": Question.WORDS,
    "wish": Question.WISH,
    "field": Question.FIELD,
    "respondent": Question.RESPONDENT,
    "name": Question.YOU,
    "id_no": Question.YOU,
    "phone": Question.YOU,
    "email": Question.YOU,
    "address": Question.YOU,
    "signers": Question.PEOPLE,
    "document_no": Question.PEOPLE,
}
"""On which page each entry is asked."""

PLACED = frozenset({CaseKind.PETITION, CaseKind.REFLECTION})
"""Kinds that are about a place more often than about somebody: they are asked where it is."""
OF_SOMEBODY = frozenset({CaseField.CONDUCT, CaseField.CORRUPTION, CaseField.JUDICIAL})
"""Fields in which a reflection speaks of somebody's work; a broken lamp concerns nobody."""


@dataclass(frozen=True, slots=True)
class DraftContent:
    """Everything said so far. `respondent_search` and `office_search` keep the last search.

    `previous_id` is the case that this one continues, `last_day` until when it may be sent;
    `channel` is where it is sent from.
    """

    kind: CaseKind | None = None
    channel: Channel = Channel.WEB
    words: str = ""
    place: str = ""
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
    standing: Standing = Standing.ALONE
    people: tuple[Named, ...] = ()
    represents: bool = False
    document_no: str = ""
    certification: AuthorisationProof | None = None
    previous_id: int | None = None
    previous_number: str = ""
    last_day: str = ""
    passed: tuple[str, ...] = ()

    def having(
        self, changes: Mapping[str, Any], question: Question | None = None
    ) -> "DraftContent":
        """The same with these entries changed, and `question` noted as passed."""
        standing = changes.get("standing", self.standing)
        if standing is not self.standing:
            # Those who sign and somebody authorised are not the same people.
            changes = {"people": (), "represents": False, **changes}
        if changes.get("kind", self.kind) is not self.kind:
            # A second complaint, or a denunciation that follows another, is of the same kind.
            changes = {"previous_id": None, "previous_number": "", "last_day": "", **changes}
        passed = self.passed
        if question is not None and question.value not in passed:
            passed = (*passed, question.value)
        return replace(self, **{**changes, "passed": passed})

    def as_asked(self) -> "DraftContent":
        """The same without answers to questions that are not asked of this writer (any more)."""
        asked, kept = questions(self), self
        if self.kind not in PLACED:
            kept = replace(kept, place="")
        if Question.RESPONDENT not in asked:
            kept = replace(kept, respondent="", respondent_unit_id=None)
        if Question.STANDING not in asked:
            kept = replace(kept, standing=Standing.ALONE, people=())
        return kept

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
        kept["channel"] = Channel(kept.get("channel") or Channel.WEB)
        kept["standing"] = Standing(kept.get("standing") or Standing.ALONE)
        kept["people"] = tuple(Named(**one) for one in kept.get("people", ()))
        proof = kept.get("certification")
        kept["certification"] = AuthorisationProof(proof) if proof else None
        kept["passed"] = tuple(kept.get("passed", ()))
        return cls(**kept)

    @property
    def until(self) -> date | None:
        """Until when it may be sent, where the law sets a last day."""
        return date.fromisoformat(self.last_day) if self.last_day else None

    @property
    def mail_for_news(self) -> str:
        """The address for news: a denouncer's only when asked for after the warning."""
        if self.kind is CaseKind.DENUNCIATION and not self.news_despite_risk:
            return ""
        return self.email

    @property
    def signatories(self) -> int:
        """How many sign: the first person, and those who sign with them."""
        return 1 + len(self.people) if self.standing is Standing.TOGETHER else 1

    @property
    def representatives(self) -> int:
        """How many of those who sign speak for all."""
        if self.standing is not Standing.TOGETHER:
            return 0
        return int(self.represents) + sum(one.represents for one in self.people)


def questions(content: DraftContent) -> tuple[Question, ...]:
    """The questions asked of this writer: others are asked for only where there are others.

    A reflection tells what was seen: nobody signs it, and only in some fields is it about somebody.
    """
    left_out = {Question.PEOPLE} if content.standing is Standing.ALONE else set()
    if content.kind is CaseKind.REFLECTION:
        left_out |= {Question.STANDING, Question.PEOPLE}
        if content.field not in OF_SOMEBODY:
            left_out.add(Question.RESPONDENT)
    return tuple(one for one in Question if one not in left_out)


def people_problem(content: DraftContent, today: date) -> Problem | None:
    """What is wrong with those named beside the first person, if anybody should be."""
    if content.standing is Standing.ALONE:
        return None
    if not content.people:
        return Problem("signers", "required")
    if content.standing is Standing.TOGETHER:
        code = representatives_problem(Group(content.signatories, content.representatives))
        return Problem("signers", code) if code else None
    paper = Authorisation(
        written=bool(content.document_no),
        by_organisation=content.certification is AuthorisationProof.BY_ORGANISATION,
        notarised=content.certification is AuthorisationProof.NOTARISED,
        certified=content.certification is AuthorisationProof.CERTIFIED,
    )
    code = authorisation_problem(paper, today)
    return Problem("document_no", code) if code else None


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the receipt tells of a case: nothing of the person and nothing of what was said."""

    number: str
    access_code: str
    kind: CaseKind
    formal: bool
    signed: bool
    registered_at: datetime
    unit_code: str
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
    others = people_problem(content, today)
    found = problems(
        Submission(
            kind=content.kind,
            channel=content.channel,
            name=content.name,
            address=content.address,
            id_no=content.id_no,
            phone=content.phone,
            email=content.mail_for_news,
            words=content.words,
            place=content.place,
            wish=content.wish,
            respondent=content.respondent,
            received_on=today,
        ),
        today,
        calendar,
    )
    return (*found, others) if others else found


def must_be_answered(kind: CaseKind, entry: str) -> bool:
    """Whether an online submission of this kind needs the entry."""
    return entry in required_fields(kind, Channel.WEB)


def words_for_seal(content: DraftContent) -> str:
    """The own words of a denunciation with whom it is about: both lie in the same seal."""
    return f"{content.respondent}\n\n{content.words}" if content.respondent else content.words


def with_place(words: str, place: str) -> str:
    """The own words with where it is, for a seal that has one text only."""
    return f"{words}\n\n{place}".strip() if place else words
