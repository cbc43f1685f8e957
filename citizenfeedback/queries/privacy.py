"""What citizens asked about their data: of one case, and as an official answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.privacy import sees_persons
from citizenfeedback.domain.vocabulary import (
    Author,
    DataGround,
    DataOutcome,
    DataPart,
    DataWish,
    PersonRole,
)
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import CasePerson
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.queries.case_head import CaseHead, case_head


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request: what was asked when, by when it is answered, and what was answered."""

    id: int
    wish: DataWish
    part: DataPart
    asked_on: date
    due_on: date
    outcome: DataOutcome | None
    ground: DataGround | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper the sender handed in; a sealed one has no name here."""

    id: int
    name: str
    media_type: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DataPage:
    """What an official sees who answers: the requests, what was written, what stands there now.

    `words` and `value` are None where they lie under a seal.
    """

    head: CaseHead
    requests: tuple[RequestLine, ...]
    words: str | None
    value: str | None
    papers: tuple[OwnPaper, ...]

    @property
    def waiting(self) -> RequestLine | None:
        """The request that is answered next: the one that has waited longest."""
        return next((one for one in reversed(self.requests) if one.outcome is None), None)


_COLUMNS = (
    DataRequest.id,
    DataRequest.wish,
    DataRequest.part,
    DataRequest.asked_on,
    DataRequest.due_on,
    DataRequest.outcome,
    DataRequest.ground,
    DataRequest.answered_on,
)


def requests_of(case_id: int) -> tuple[RequestLine, ...]:
    """The requests of a case, newest first."""
    rows = db.session.execute(
        select(*_COLUMNS).where(DataRequest.case_id == case_id).order_by(DataRequest.id.desc())
    )
    return tuple(RequestLine(*row) for row in rows)


def data_page(actor: Actor, number: str, today: date) -> DataPage:
    """The requests of a case, for those who may answer them; `NotFound` for anybody else."""
    head = case_head(actor, number, today)
    if not head.may_answer_data:
        raise NotFound
    page = DataPage(head, requests_of(head.id), None, None, ())
    waiting = page.waiting
    if waiting is None:
        return page
    words = value = None
    if sees_persons(actor.roles, head.kind):
        words = db.session.scalar(
            select(CaseMessage.body)
            .join(DataRequest, DataRequest.message_id == CaseMessage.id)
            .where(DataRequest.id == waiting.id)
        )
        value = _value(head.id, waiting.part)
    papers = _papers(head.id) if waiting.part is DataPart.PAPERS else ()
    return DataPage(head, page.requests, words, value, papers)


_VALUES = {
    DataPart.NAME: CasePerson.name,
    DataPart.ID_NO: CasePerson.id_no,
    DataPart.ADDRESS: CasePerson.address,
}


def _value(case_id: int, part: DataPart) -> str | None:
    column = _VALUES.get(part)
    if column is None:
        return None
    return db.session.scalar(
        select(column)
        .where(CasePerson.case_id == case_id, CasePerson.role == PersonRole.FILER)
        .order_by(CasePerson.id)
        .limit(1)
    )


def _papers(case_id: int) -> tuple[OwnPaper, ...]:
    rows = db.session.execute(
        select(
            Attachment.id, Attachment.name, Attachment.media_type, Attachment.size, Attachment.at
        )
        .where(Attachment.case_id == case_id, Attachment.author == Author.CITIZEN)
        .order_by(Attachment.id)
    )
    return tuple(OwnPaper(*row) for row in rows)
