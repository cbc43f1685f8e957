"""What people may do about the data kept of them: change the contact, ask, and be answered in time.

The sender acts with the second proof; the contact changes at once, the rest is a request with a
clock of two working days. Events carry codes only: what was written is a message of the case, sealed
where the law seals it. What goes leaves no bytes behind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.privacy import (
    CONTACT,
    OF_PERSON,
    REFUSING,
    Way,
    right_to,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    ClockEffect,
    ClockKind,
    DataGround,
    DataOutcome,
    DataPart,
    DataWish,
    EventKind,
    MailKind,
    MessageKind,
    PersonRole,
    SealedPart,
)
from citizenfeedback.domain.workflow import DATA_REQUEST, ClockChange
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, CasePerson, SealedRecord
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.services.casework import Office, Seen, load_case, refresh_search
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.clocks import Deed, apply_changes
from citizenfeedback.services.erasing import remove_files, take_out_papers
from citizenfeedback.services.following import own_case, record
from citizenfeedback.services.post import tell_citizen, tell_official
from citizenfeedback.services.reminding import answerable
from citizenfeedback.services.sealing import forget_words, overwrite_what_goes
from citizenfeedback.services.transaction import transaction


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """How the sender wants to be reached; blank is not at all."""

    phone: str
    email: str
    address: str


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """What the sender wants done with one part of the own data, in own words."""

    wish: DataWish
    part: DataPart
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """How the office answers: what was done, on which ground not, and what the sender is told.

    `value` is what stands there from now on, `papers` are those that go.
    """

    outcome: DataOutcome
    text: str
    ground: DataGround | None = None
    value: str = ""
    papers: tuple[int, ...] = ()


def change_contact(
    actor: Actor, keys: Keys, contact: Contact, *, today: date, now: datetime
) -> tuple[DataPart, ...]:
    """Put this in the place of the sender's phone, mail and address; return what changed.

    Raises `NotFound` without the second proof or a sender with a name, and
    `RuleBroken("address_is_needed")` where the law asks for an address.
    """
    with transaction() as session:
        case = _own_case(session, actor)
        before = _sender(session, keys, case)
        wanted = dict(zip(CONTACT, (contact.phone, contact.email, contact.address), strict=True))
        changed = {part: text for part, text in wanted.items() if before.get(part, "") != text}
        if DataPart.ADDRESS in changed and not contact.address:
            right = right_to(DataWish.ERASURE, DataPart.ADDRESS, case.kind)
            if right.way is Way.KEPT:
                raise RuleBroken("address_is_needed")
        if changed:
            _put(session, keys, case, changed)
            _record_change(session, keys, actor, case, ",".join(changed), today=today, now=now)
    return tuple(changed)


def erase_verdict_words(actor: Actor, keys: Keys, *, today: date, now: datetime) -> None:
    """Erase what the sender wrote beside the word on the result; the word itself names nobody."""
    with transaction() as session:
        case = _own_case(session, actor)
        overwrite_what_goes(session)
        gone = session.scalars(
            delete(CaseMessage)
            .where(CaseMessage.case_id == case.id, CaseMessage.kind == MessageKind.VERDICT)
            .returning(CaseMessage.id)
        ).all()
        if gone:
            parts = DataPart.VERDICT_WORDS
            _record_change(session, keys, actor, case, parts, today=today, now=now)


def _record_change(
    session: Session,
    keys: Keys,
    actor: Actor,
    case: CaseFacts,
    parts: str,
    *,
    today: date,
    now: datetime,
) -> None:
    """Say in the timeline which parts the sender changed alone, by their codes only."""
    record(
        session,
        keys,
        actor,
        case,
        EventKind.DATA_CHANGED,
        today=today,
        now=now,
        details={"parts": parts},
    )


def ask_about_data(
    actor: Actor, keys: Keys, asked: Ask, *, policy: Policy, today: date, now: datetime
) -> date:
    """Lay a request before the office and return the day by which it is answered.

    Raises `RuleBroken`: "data_kept" with the ground, "data_at_once" for what the sender changes
    alone, "data_request_waits", "say_what_is_right".
    """
    with transaction() as session:
        case = _own_case(session, actor)
        right = right_to(asked.wish, asked.part, case.kind)
        if right.way is Way.KEPT:
            raise RuleBroken("data_kept", data_ground=right.ground)
        if right.way is Way.AT_ONCE:
            raise RuleBroken("data_at_once")
        if asked.wish is DataWish.CORRECTION and not asked.words.strip():
            raise RuleBroken("say_what_is_right")
        waiting = _waiting(session, case.id)
        if any((one.wish, one.part) == (asked.wish, asked.part) for one in waiting):
            raise RuleBroken("data_request_waits")
        message = _write(session, keys, case, MessageKind.DATA_REQUEST, asked.words, None, now)
        start = ClockChange(ClockKind.DATA_REQUEST, ClockEffect.START, DATA_REQUEST, today)
        deed = Deed(Action.ASK_ABOUT_DATA, now)
        apply_changes(session, case, (start,), policy, on=today, deed=deed)
        due = deadline(DATA_REQUEST, today, work_calendar()).due
        session.execute(
            insert(DataRequest).values(
                case_id=case.id,
                wish=asked.wish,
                part=asked.part,
                message_id=message,
                asked_on=today,
                due_on=due,
            )
        )
        details = {"wish": asked.wish, "part": asked.part, "due": due.isoformat()}
        record(
            session,
            keys,
            actor,
            case,
            EventKind.DATA_REQUESTED,
            today=today,
            now=now,
            details=details,
        )
        if case.assignee_id is None:
            _tell_leaders(session, keys, case, due, now)
    return due


def answer_data_request(
    actor: Actor, seen: Seen, request: int, answer: Answer, *, files: FileStore, office: Office
) -> None:
    """Answer the request that has waited longest, and do what is answered.

    Raises `ChangedMeanwhile` when it was answered by somebody else, and `RuleBroken`:
    "ground_needed", "value_needed", "papers_needed", "not_granted", "unknown_paper",
    "paper_went_out".
    """
    gone: tuple[str, ...] = ()
    with transaction() as session:
        row = load_case(session, actor, seen.number)
        facts = facts_of(row)
        if not can(actor, Action.ANSWER_DATA_REQUEST, facts):
            raise RuleBroken("not_granted", action=Action.ANSWER_DATA_REQUEST)
        waiting = _waiting(session, facts.id)
        if not waiting or waiting[0].id != request:
            raise ChangedMeanwhile(number=row.number)
        asked = waiting[0]
        refused = answer.outcome is DataOutcome.REFUSED
        if answer.outcome is not DataOutcome.DONE and answer.ground not in REFUSING:
            raise RuleBroken("ground_needed")
        if not refused:
            gone = _carry_out(session, actor, office.keys, row, facts, asked, answer)
        message = _write(
            session, office.keys, facts, MessageKind.DATA_ANSWER, answer.text, actor, office.now
        )
        ground = None if answer.outcome is DataOutcome.DONE else answer.ground
        session.execute(
            update(DataRequest)
            .where(DataRequest.id == asked.id)
            .values(
                outcome=answer.outcome,
                ground=ground,
                answered_on=office.today,
                answered_at=office.now,
                answered_by_id=actor.user_id,
                answer_id=message,
            )
        )
        _turn_clock(session, actor, facts, waiting[1:], office)
        details: dict[str, object] = {
            "wish": asked.wish,
            "part": asked.part,
            "outcome": answer.outcome,
        }
        if ground is not None:
            details["data_ground"] = ground
        if gone:
            details["papers"] = sorted(answer.papers)
        seq = append_event(
            session,
            office.keys,
            actor,
            EventKind.DATA_ANSWERED,
            case_id=facts.id,
            state=facts.state,
            now=office.now,
            on=office.today,
            details=details,
        )
        session.execute(update(Case).where(Case.id == facts.id).values(version=Case.version + 1))
        tell_citizen(session, office.keys, facts.id, seq=seq, language=row.language, now=office.now)
    remove_files(files, gone)


def _own_case(session: Session, actor: Actor) -> CaseFacts:
    """The case of a sender who has given the second proof, locked."""
    case = own_case(session, actor, Action.TRACK)
    if not can(actor, Action.ASK_ABOUT_DATA, case):
        raise NotFound
    return case


def _sender(session: Session, keys: Keys, case: CaseFacts) -> Mapping[str, str]:
    """Who filed, by the names of the parts; `NotFound` for somebody without a name or contact."""
    if case.sealed:
        record_ = _sealed_sender(session, case.id)
        people = json.loads(keys.unseal(record_.ciphertext)) if record_ is not None else []
        if not people:
            raise NotFound("sender")
        found: Mapping[str, str] = people[0]
        return found
    row = (
        session.execute(
            select(
                CasePerson.name,
                CasePerson.id_no,
                CasePerson.phone,
                CasePerson.email,
                CasePerson.address,
            ).where(CasePerson.id == _sender_id(session, case.id))
        )
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound("sender")
    return dict(row)


def _sender_id(session: Session, case_id: int) -> int | None:
    return session.scalar(
        select(CasePerson.id)
        .where(CasePerson.case_id == case_id, CasePerson.role == PersonRole.FILER)
        .order_by(CasePerson.id)
        .limit(1)
    )


def _sealed_sender(session: Session, case_id: int) -> Any:
    return session.execute(
        select(SealedRecord.id, SealedRecord.ciphertext)
        .where(SealedRecord.case_id == case_id, SealedRecord.part == SealedPart.IDENTITY)
        .order_by(SealedRecord.id)
        .limit(1)
    ).first()


def _put(session: Session, keys: Keys, case: CaseFacts, parts: Mapping[DataPart, str]) -> None:
    """Write new parts of the sender over the old ones, of which no bytes are left."""
    overwrite_what_goes(session)
    values = {str(part): text for part, text in parts.items()}
    if not case.sealed:
        person = _sender_id(session, case.id)
        if person is None:
            raise NotFound("sender")
        session.execute(update(CasePerson).where(CasePerson.id == person).values(**values))
        return
    found = _sealed_sender(session, case.id)
    people = json.loads(keys.unseal(found.ciphertext)) if found is not None else []
    if not people:
        raise NotFound("sender")
    people[0] |= values
    session.execute(
        update(SealedRecord)
        .where(SealedRecord.id == found.id)
        .values(ciphertext=keys.seal(json.dumps(people, ensure_ascii=False)))
    )


def _carry_out(
    session: Session,
    actor: Actor,
    keys: Keys,
    row: Any,
    facts: CaseFacts,
    asked: Any,
    answer: Answer,
) -> tuple[str, ...]:
    """Do what is answered; the keys of the files that go."""
    if asked.part in OF_PERSON:
        if facts.sealed and not can(actor, Action.READ_SEALED, facts):
            raise RuleBroken("not_granted", action=Action.READ_SEALED)
        correction = asked.wish is DataWish.CORRECTION
        if correction and not answer.value:
            raise RuleBroken("value_needed")
        _put(session, keys, facts, {asked.part: answer.value if correction else ""})
        if asked.part is DataPart.NAME:
            refresh_search(session, row, summary=row.summary, sealed=facts.sealed)
            forget_words(session)
    elif asked.part is DataPart.PAPERS and asked.wish is DataWish.ERASURE:
        if not answer.papers:
            raise RuleBroken("papers_needed")
        own = session.scalars(
            select(Attachment.id).where(
                Attachment.id.in_(answer.papers), Attachment.author == Author.CITIZEN
            )
        ).all()
        if len(own) != len(set(answer.papers)):
            raise RuleBroken("unknown_paper")
        overwrite_what_goes(session)
        return take_out_papers(session, facts.id, answer.papers)
    return ()


def _waiting(session: Session, case_id: int) -> list[Any]:
    """The requests without an answer, the oldest first."""
    rows = session.execute(
        select(DataRequest.id, DataRequest.wish, DataRequest.part, DataRequest.asked_on)
        .where(DataRequest.case_id == case_id, DataRequest.outcome.is_(None))
        .order_by(DataRequest.id)
    )
    return list(rows)


def _turn_clock(
    session: Session, actor: Actor, facts: CaseFacts, left: list[Any], office: Office
) -> None:
    """Stop the clock; where another request waits, it runs on from the day that one was asked."""
    changes = [ClockChange(ClockKind.DATA_REQUEST, ClockEffect.STOP)]
    if left:
        start = left[0].asked_on
        changes.append(ClockChange(ClockKind.DATA_REQUEST, ClockEffect.START, DATA_REQUEST, start))
    deed = Deed(Action.ANSWER_DATA_REQUEST, office.now, actor.user_id)
    apply_changes(session, facts, changes, office.policy, on=office.today, deed=deed)


def _write(
    session: Session,
    keys: Keys,
    case: CaseFacts,
    kind: MessageKind,
    body: str,
    official: Actor | None,
    now: datetime,
) -> int | None:
    """Add what was written to the correspondence; in a denunciation sealed."""
    if not body.strip():
        return None
    message = session.scalar(
        insert(CaseMessage)
        .values(
            case_id=case.id,
            kind=kind,
            author=Author.CITIZEN if official is None else Author.OFFICIAL,
            author_id=official.user_id if official is not None else None,
            at=now,
            body=None if case.sealed else body,
            sealed_body=keys.seal(body) if case.sealed else None,
            document_no="",
        )
        .returning(CaseMessage.id)
    )
    return int(message or 0)


def _tell_leaders(session: Session, keys: Keys, case: CaseFacts, due: date, now: datetime) -> None:
    """Tell the leaders of the unit: a case that is nobody's, or over, would lie unseen."""
    row = session.execute(
        select(Case.number, Case.respondent_unit_id, Case.respondent_user_id).where(
            Case.id == case.id
        )
    ).one()
    whole = replace(
        case,
        respondent_unit_id=row.respondent_unit_id,
        respondent_user_id=row.respondent_user_id,
    )
    for user_id in sorted(answerable(session, whole)):
        tell_official(
            session,
            keys,
            MailKind.STAFF_NEWS,
            user_id,
            occasion=f"data:{case.id}:{now.isoformat()}:{user_id}",
            case_id=case.id,
            details={"number": row.number, "on": due.isoformat()},
            now=now,
        )
