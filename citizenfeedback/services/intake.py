"""Filing by a citizen: the draft while it is being written, and the act of sending it.

The draft lies encrypted in a box that only the random token of the browser opens; the token itself
is kept nowhere here. Sending turns the draft, in the same transaction, into the receipt that the
same browser may see again for half an hour. Sending twice finds that receipt: one case.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.drafts import (
    DRAFT_LIFE,
    MOST_FILES,
    RECEIPT_LIFE,
    DraftContent,
    Question,
    Standing,
    missing,
    words_for_seal,
)
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import NOBODY, Actor
from citizenfeedback.domain.intake import Problem, opening_summary
from citizenfeedback.domain.keys import Box, Keys
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.slips import digest_of
from citizenfeedback.domain.vocabulary import (
    Author,
    CaseField,
    CaseKind,
    EventKind,
    Instance,
    LookReason,
    PersonRole,
    SealedPart,
    State,
)
from citizenfeedback.domain.workflow import in_form, signed_on_arrival
from citizenfeedback.gateways.files import FileMissing, FileStore
from citizenfeedback.gateways.scanner import clean_file, safe_name
from citizenfeedback.models.attachments import Attachment, DraftFile
from citizenfeedback.models.cases import Case, Draft, DraftKey, SealedRecord, Submission
from citizenfeedback.queries.drafts import (
    OpenDraft,
    Sent,
    StoredDraftFile,
    draft_in,
    own_copy,
    sent_text,
)
from citizenfeedback.queries.offices import highest_office, office
from citizenfeedback.queries.verdicts import left_unanswered
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.registering import (
    NewCase,
    Other,
    Person,
    ReadyCase,
    enter,
    make_ready,
)
from citizenfeedback.services.rows import add_row, change_rows
from citizenfeedback.services.transaction import reading, transaction


class Incomplete(RuleBroken):
    """The draft cannot be sent yet; `problems` are the entries to put right."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("incomplete")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Filing:
    """What sending needs besides the draft itself."""

    keys: Keys
    files: FileStore
    calendar: WorkCalendar
    policy: Policy
    language: str
    proved: bool = True
    """Whether the sender's device did its small task against spam; without it, a mark for a look."""


def start_draft(box: Box, content: DraftContent, *, now: datetime) -> None:
    """Begin a submission; from now on it is found by the token of `box`."""
    sealed = box.seal(content.as_text())
    with transaction() as session:
        session.execute(
            insert(Draft).values(
                token_hash=box.name,
                submission_id=str(uuid.uuid4()),
                ciphertext=sealed,
                expires_at=now + DRAFT_LIFE,
            )
        )


def save_draft(
    box: Box, changes: Mapping[str, Any], question: Question | None = None, *, now: datetime
) -> None:
    """Keep what was typed on one page; the day of waiting begins anew.

    Raises `NotFound` when the draft is over: sent, left or older than a day.
    """
    with transaction() as session:
        draft = _open(box, now)
        content = draft.content.having(changes, question)
        _replace(session, draft, box.seal(content.as_text()), now + DRAFT_LIFE)


def add_file(
    box: Box, files: FileStore, name: str, content: bytes, *, most_bytes: int, now: datetime
) -> None:
    """Check and clean a file and add it to a draft; it lies encrypted whatever the kind.

    Raises `FileRefused` with the reason, or `RuleBroken("too_many_files")`; nothing is kept then.
    """
    cleaned = clean_file(content, most_bytes=most_bytes)
    stored = files.put(cleaned.content, sealed=True)
    try:
        with transaction() as session:
            draft = _open(box, now)
            if len(draft.files) >= MOST_FILES:
                raise RuleBroken("too_many_files", limit=MOST_FILES)
            session.execute(
                insert(DraftFile).values(
                    draft_id=draft.id,
                    storage_key=stored.key,
                    digest=stored.digest,
                    sealed_name=box.seal(safe_name(name, cleaned.extension)),
                    media_type=cleaned.media_type,
                    size=stored.size,
                )
            )
    except BaseException:
        files.delete(stored.key)
        raise


def remove_file(box: Box, files: FileStore, file_id: int, *, now: datetime) -> None:
    """Take one file out of a draft; one that is not in it is left alone."""
    with transaction() as session:
        draft = _open(box, now)
        keys = [file.storage_key for file in draft.files if file.id == file_id]
        session.execute(
            delete(DraftFile).where(DraftFile.id == file_id, DraftFile.draft_id == draft.id)
        )
    _delete_all(files, keys)


def discard_draft(box: Box, files: FileStore) -> None:
    """Forget a draft, or a receipt that is still shown, with all its files."""
    with transaction() as session:
        draft_ids = session.scalars(select(Draft.id).where(Draft.token_hash == box.name)).all()
        keys = _delete_drafts(session, draft_ids)
    _delete_all(files, keys)


def expire_drafts(files: FileStore, *, now: datetime) -> int:
    """Forget every draft and receipt whose time is over; says how many."""
    with transaction() as session:
        over = (Draft.expires_at <= now, or_(Draft.kept_until.is_(None), Draft.kept_until <= now))
        draft_ids = session.scalars(select(Draft.id).where(*over)).all()
        keys = _delete_drafts(session, draft_ids)
    _delete_all(files, keys)
    return len(draft_ids)


def file_case(box: Box, filing: Filing, *, today: date, now: datetime) -> Sent:
    """Send the draft: one case with its numbers, and the draft is gone. Sent before: the same case.

    Raises `NotFound` without a draft, `Incomplete` with the entries to put right,
    `RuleBroken("denounced_is_highest")` where no office here may take the denunciation.
    """
    found = draft_in(box, now=now)
    if isinstance(found, Sent):
        return found
    if found is None:
        raise NotFound("draft")
    content = found.content.as_asked()
    wrong = missing(content, today, filing.calendar)
    kind = content.kind
    if wrong or kind is None:
        raise Incomplete(wrong)
    new = _new_case(kind, content, filing, today)
    # All that can be worked out now: from `transaction()` on every other writer waits.
    ready = make_ready(reading(), filing.keys, filing.calendar, filing.policy, NOBODY, new, now=now)
    digest = digest_of(own_copy(filing.keys, found).encode()).hex()
    papers: list[_Paper] = []
    try:
        papers.extend(
            _lay(filing, file, sealed=kind is CaseKind.DENUNCIATION) for file in found.files
        )
        sent = _send(box, filing.keys, found, ready, digest, papers)
    except BaseException as failure:
        _delete_all(filing.files, [paper.storage_key for paper in papers if paper.moved])
        if isinstance(failure, (IntegrityError, FileMissing)):
            return _sent_meanwhile(box, now, failure)
        raise
    _delete_all(filing.files, [paper.draft_key for paper in papers if paper.moved])
    return sent


def file_whole(
    box: Box, filing: Filing, content: DraftContent, *, today: date, now: datetime
) -> Sent:
    """Send what was said on one screen in one go; the same box again gives the same case.

    Raises `Incomplete` before anything is kept, so that it can be put right on the screen.
    """
    found = draft_in(box, now=now)
    wrong = () if isinstance(found, Sent) else missing(content, today, filing.calendar)
    if wrong:
        raise Incomplete(wrong)
    if found is None:
        with suppress(IntegrityError):  # somebody pressed twice: the draft is there by now
            start_draft(box, content, now=now)
    elif isinstance(found, OpenDraft) and found.content != content:
        with transaction() as session:  # an earlier try broke off, and it was changed since
            _replace(session, found, box.seal(content.as_text()), now + DRAFT_LIFE)
    return file_case(box, filing, today=today, now=now)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A file of the draft as it will lie with the case; in a denunciation its name is sealed."""

    draft_key: str
    storage_key: str
    digest: str
    name: str
    sealed_name: bytes | None
    media_type: str
    size: int

    @property
    def moved(self) -> bool:
        """Whether the bytes were laid anew, so that those of the draft can go."""
        return self.draft_key != self.storage_key


def _new_case(kind: CaseKind, content: DraftContent, filing: Filing, today: date) -> NewCase:
    person = Person(
        content.name, content.id_no, content.phone, content.mail_for_news, content.address
    )
    sealed = kind is CaseKind.DENUNCIATION
    return NewCase(
        kind=kind,
        field=content.field or CaseField.OTHER,
        channel=content.channel,
        unit_id=_receiving_unit(content, today),
        received_on=today,
        summary=opening_summary(kind, content.words),
        words=words_for_seal(content) if sealed else content.words,
        place=content.place,
        wish=content.wish,
        people=(person,),
        others=_others(content, person),
        signatories=content.signatories,
        respondent="" if sealed else content.respondent,
        respondent_unit_id=content.respondent_unit_id,
        formal=in_form(kind, content.channel),
        signed=signed_on_arrival(kind, content.channel),
        language=filing.language,
        look="" if filing.proved else LookReason.NO_PROOF_OF_WORK,
        notify=content.mail_for_news,
        instance=Instance.FIRST if content.previous_id is None else Instance.SECOND,
        previous_id=content.previous_id,
        unanswered=content.previous_id is not None and left_unanswered(content.previous_id, today),
    )


def _others(content: DraftContent, first: Person) -> tuple[Other, ...]:
    """Those besides the first person; the first is named again where they speak for all."""
    if content.standing is Standing.ALONE:
        return ()
    named = [
        (one.represents, Person(one.name, one.id_no, one.phone, "", one.address))
        for one in content.people
    ]
    if content.standing is Standing.INSTEAD:
        return tuple(
            Other(person, PersonRole.AUTHORISED, content.document_no) for _, person in named
        )
    if content.represents:
        named.insert(0, (True, first))
    return tuple(
        Other(person, PersonRole.REPRESENTATIVE if speaks else PersonRole.SIGNATORY)
        for speaks, person in named
    )


def _receiving_unit(content: DraftContent, today: date) -> int:
    """The office asked for, else the highest; a denounced office never receives for itself."""
    if content.kind is CaseKind.DENUNCIATION and content.respondent_unit_id is not None:
        denounced = office(content.respondent_unit_id, today)
        chosen = office(content.unit_id, today) if content.unit_id is not None else None
        if denounced is not None and denounced.parent_id is None:
            raise RuleBroken("denounced_is_highest")
        if denounced is not None and denounced.parent_id is not None and chosen is not None:
            inside = chosen.path.startswith(denounced.path)
            return denounced.parent_id if inside else chosen.id
    if content.unit_id is not None:
        return content.unit_id
    highest = highest_office(today)
    if highest is None:
        raise RuleBroken("unknown_unit")
    return highest.id


def _lay(filing: Filing, file: StoredDraftFile, *, sealed: bool) -> _Paper:
    """Lay a file where the case will look for it; an encrypted one lies right already."""
    key, digest, sealed_name = file.storage_key, file.digest, None
    if sealed:
        sealed_name = filing.keys.seal(file.name)
    else:
        place = filing.files.put(filing.files.read(key, sealed=True))
        key, digest = place.key, place.digest
    return _Paper(file.storage_key, key, digest, file.name, sealed_name, file.media_type, file.size)


def _send(
    box: Box,
    keys: Keys,
    draft: OpenDraft,
    ready: ReadyCase,
    digest: str,
    papers: Sequence[_Paper],
) -> Sent:
    new, now = ready.new, ready.at
    with transaction() as session:
        before = _lock_previous(session, new)
        case = enter(session, keys, ready)
        sent = Sent(case.id, case.number, case.access_code, digest)
        # The key of this row is what makes a second sending impossible.
        add_row(session, Submission, {"submission_id": draft.submission_id, "case_id": case.id})
        _replace(session, draft, box.seal(sent_text(sent)), now + RECEIPT_LIFE)
        if draft.kept_until is not None:
            # The code was for the draft; the numbers of the case open to this browser alone.
            session.execute(update(Draft).where(Draft.id == draft.id).values(kept_until=None))
            session.execute(delete(DraftKey).where(DraftKey.draft_id == draft.id))
        if before is not None:
            _tell_previous(session, keys, before, new, case.number, now=now)
        if papers:
            _attach(session, case.id, papers, now)
            session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id))
    return sent


def _lock_previous(session: Session, new: NewCase) -> Row[int, State] | None:
    """The case that is continued, if any: locked first, as every case is before its terms."""
    if new.previous_id is None:
        return None
    wanted = select(Case.id, Case.state).where(Case.id == new.previous_id)
    return session.execute(wanted.with_for_update()).one()


def _tell_previous(
    session: Session,
    keys: Keys,
    before: Row[int, State],
    new: NewCase,
    number: str,
    *,
    now: datetime,
) -> None:
    """Write into the history of the case before that another one continues it."""
    append_event(
        session,
        keys,
        Actor(case_id=before.id),
        EventKind.CASE_CONTINUED,
        case_id=before.id,
        state=before.state,
        now=now,
        on=new.received_on,
        details={"number": number},
    )


def _attach(session: Session, case_id: int, papers: Sequence[_Paper], now: datetime) -> None:
    for paper in papers:
        attachment_id = session.scalar(
            insert(Attachment)
            .values(
                case_id=case_id,
                storage_key=paper.storage_key,
                digest=paper.digest,
                name="" if paper.sealed_name else paper.name,
                media_type=paper.media_type,
                size=paper.size,
                sealed=paper.sealed_name is not None,
                author=Author.CITIZEN,
                at=now,
            )
            .returning(Attachment.id)
        )
        if paper.sealed_name is not None:
            session.execute(
                insert(SealedRecord).values(
                    case_id=case_id,
                    part=SealedPart.FILE_NAME,
                    attachment_id=attachment_id,
                    ciphertext=paper.sealed_name,
                )
            )


_REPLACE = (
    update(Draft)
    .where(Draft.id == bindparam("draft"))
    .values(ciphertext=bindparam("sealed"), expires_at=bindparam("until"))
)


def _replace(session: Session, draft: OpenDraft, sealed: bytes, until: datetime) -> None:
    """Put another content into the place of a draft."""
    change_rows(session, _REPLACE, {"draft": draft.id, "sealed": sealed, "until": until})


def _sent_meanwhile(box: Box, now: datetime, failure: Exception) -> Sent:
    """The receipt that another sending of the same draft has left; else it was another failure."""
    found = draft_in(box, now=now)
    if isinstance(found, Sent):
        return found
    raise failure


def _open(box: Box, now: datetime) -> OpenDraft:
    found = draft_in(box, now=now)
    if not isinstance(found, OpenDraft):
        raise NotFound("draft")
    return found


def _delete_drafts(session: Session, draft_ids: Sequence[int]) -> list[str]:
    """Delete drafts with the rows of their files; the keys of what lay in the store."""
    chosen = DraftFile.draft_id.in_(draft_ids)
    keys = session.scalars(select(DraftFile.storage_key).where(chosen)).all()
    session.execute(delete(DraftFile).where(chosen))
    session.execute(delete(DraftKey).where(DraftKey.draft_id.in_(draft_ids)))
    session.execute(delete(Draft).where(Draft.id.in_(draft_ids)))
    return list(keys)


def _delete_all(files: FileStore, keys: Iterable[str]) -> None:
    """Remove files whose rows are gone; the worker removes one a crash left behind."""
    for key in keys:
        files.delete(key)
