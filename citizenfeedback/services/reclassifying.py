"""A submission turns out to be of another kind: findings begin anew, what the law seals is sealed.

To a denunciation, everything that could tell who denounced leaves the open tables in the same
transaction: people, words, messages, notes, names of papers, the summary and what the search reads.
From a denunciation nothing is opened: what was told in confidence stays sealed.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.vocabulary import Action, CaseKind, Complexity, SealedPart
from citizenfeedback.domain.workflow import in_form, reclassified_state, signed_on_arrival
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, CasePerson, CaseText, NoticeContact, SealedRecord
from citizenfeedback.models.timeline import CaseDraftAnswer, CaseMessage, CaseNote
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.casework import Keys, Office, Seen, Work, refresh_search, working_on
from citizenfeedback.services.registering import Person
from citizenfeedback.services.transaction import reading


class Files(Protocol):
    """Keeps bytes outside the database (`gateways.files.FileStore`)."""

    def put(self, content: bytes, *, sealed: bool = False) -> Any:
        """Keep `content` and say where it lies."""

    def read(self, key: str, *, sealed: bool = False) -> bytes:
        """Return what lies under `key`."""

    def delete(self, key: str) -> None:
        """Remove what lies under `key`."""


@dataclass(frozen=True, slots=True)
class _Resealed:
    """A paper that lay open, and the encrypted copy that takes its place."""

    attachment_id: int
    old_key: str
    key: str
    digest: str


def reclassify(
    actor: Actor,
    seen: Seen,
    *,
    kind: CaseKind,
    reason: str,
    files: Files,
    office: Office,
) -> None:
    """Change the kind; the clocks are counted from receipt by the rules of the new one."""
    seals = kind is CaseKind.DENUNCIATION
    copies = _sealed_copies(actor, seen, files) if seals else ()
    try:
        with working_on(actor, seen, Action.RECLASSIFY, office) as work:
            if kind is work.facts.kind:
                raise RuleBroken("kind_unchanged")
            _begin_anew(work, kind)
            if seals:
                _seal_everything(work, copies)
            work.keep_reason(reason)
    except BaseException:
        for copy in copies:
            files.delete(copy.key)
        raise
    for copy in copies:
        files.delete(copy.old_key)
    if seals:
        _empty_log()


def _begin_anew(work: Work, kind: CaseKind) -> None:
    facts, channel = work.facts, work.row.channel
    signed_paper = facts.kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION) and (
        facts.formal and facts.signed
    )
    formal = signed_paper or in_form(kind, channel)
    work.target = reclassified_state(kind, formal=formal)
    work.set(
        kind=kind,
        formal=formal,
        signed=signed_paper or signed_on_arrival(kind, channel),
        eligible=None,
        competent=None,
        direction=None,
        processed_on=None,
        accepted_on=None,
        complexity=Complexity.NORMAL,
        extensions=0,
    )
    work.details |= {"from_kind": facts.kind, "kind": kind}


def _sealed_copies(actor: Actor, seen: Seen, files: Files) -> tuple[_Resealed, ...]:
    """Encrypted copies of the open papers, made before the transaction: files are slow."""
    rows = reading().execute(
        select(Attachment.id, Attachment.storage_key)
        .join(Case, Case.id == Attachment.case_id)
        .where(
            Case.number == seen.number,
            visible(actor, Action.RECLASSIFY),
            Attachment.sealed.is_(False),
        )
    )
    made = []
    for row in rows.all():
        stored = files.put(files.read(row.storage_key), sealed=True)
        made.append(_Resealed(row.id, row.storage_key, stored.key, stored.digest))
    return tuple(made)


def _seal_everything(work: Work, copies: Sequence[_Resealed]) -> None:
    session, keys, facts = work.session, work.office.keys, work.facts
    _overwrite_what_goes(session)
    _seal_people_and_words(session, keys, facts)
    _seal_messages(session, keys, facts.id)
    _seal_papers(session, keys, facts.id, copies)
    session.execute(delete(CaseDraftAnswer).where(CaseDraftAnswer.case_id == facts.id))
    # News about a denunciation goes only to somebody who was warned and asked for it.
    session.execute(delete(NoticeContact).where(NoticeContact.case_id == facts.id))
    # The summary may be the beginning of the citizen's own words: an official writes a new one.
    work.set(summary="")
    refresh_search(session, work.row, summary="", sealed=True)
    _forget_words(session)


def _overwrite_what_goes(session: Session) -> None:
    """SQLite leaves deleted bytes lying in its file; from here on it writes zeros over them."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete=ON"))


def _forget_words(session: Session) -> None:
    """The index of words only marks what was taken out; merging its parts drops it for good."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO case_fts(case_fts) VALUES ('optimize')"))


def _empty_log() -> None:
    """The write-ahead log holds the pages as they were: bring it into the file and empty it."""
    session = reading()
    bind = session.get_bind()
    if isinstance(bind, Engine) and bind.dialect.name == "sqlite":
        session.close()  # a reader of one's own would keep the log from being emptied
        connection = bind.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _seal_people_and_words(session: Session, keys: Keys, facts: CaseFacts) -> None:
    people = [
        asdict(Person(*row))
        for row in session.execute(
            select(
                CasePerson.name,
                CasePerson.id_no,
                CasePerson.phone,
                CasePerson.email,
                CasePerson.address,
            )
            .where(CasePerson.case_id == facts.id)
            .order_by(CasePerson.id)
        )
    ]
    told = session.execute(
        select(CaseText.words, CaseText.wish).where(CaseText.case_id == facts.id)
    ).first()
    notes = list(
        session.scalars(
            select(CaseNote.body).where(CaseNote.case_id == facts.id).order_by(CaseNote.id)
        )
    )
    words = {
        "words": told.words if told else "",
        "wish": told.wish if told else "",
        "notes": notes,
    }
    for part, content, present in (
        (SealedPart.IDENTITY, people, bool(people)),
        (SealedPart.WORDS, words, any(words.values())),
    ):
        if present:
            _put(session, keys, facts.id, part, json.dumps(content, ensure_ascii=False))
    session.execute(delete(CasePerson).where(CasePerson.case_id == facts.id))
    session.execute(delete(CaseText).where(CaseText.case_id == facts.id))
    session.execute(delete(CaseNote).where(CaseNote.case_id == facts.id))


def _seal_messages(session: Session, keys: Keys, case_id: int) -> None:
    rows = session.execute(
        select(CaseMessage.id, CaseMessage.body).where(
            CaseMessage.case_id == case_id, CaseMessage.body.is_not(None)
        )
    ).all()
    for row in rows:
        session.execute(
            update(CaseMessage)
            .where(CaseMessage.id == row.id)
            .values(body=None, sealed_body=keys.seal(row.body or ""))
        )


def _seal_papers(session: Session, keys: Keys, case_id: int, copies: Sequence[_Resealed]) -> None:
    ready = {copy.attachment_id: copy for copy in copies}
    rows = session.execute(
        select(Attachment.id, Attachment.name).where(
            Attachment.case_id == case_id, Attachment.sealed.is_(False)
        )
    ).all()
    for row in rows:
        copy = ready.get(row.id)
        if copy is None:
            # A paper came in between looking and locking: nothing may be left open.
            raise RuleBroken("changed_meanwhile")
        session.execute(
            update(Attachment)
            .where(Attachment.id == row.id)
            .values(storage_key=copy.key, digest=copy.digest, name="", sealed=True)
        )
        _put(session, keys, case_id, SealedPart.FILE_NAME, row.name, row.id)


def _put(
    session: Session,
    keys: Keys,
    case_id: int,
    part: SealedPart,
    content: str,
    attachment_id: int | None = None,
) -> None:
    session.execute(
        insert(SealedRecord).values(
            case_id=case_id,
            part=part,
            attachment_id=attachment_id,
            ciphertext=keys.seal(content),
        )
    )
