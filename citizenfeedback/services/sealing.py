"""What it takes to put under seal what lay open: copies of papers, sealed records, and no traces.

Shared by acts that make a denunciation of something: the kind changes, or a part is split off.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select, text, true, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.vocabulary import Action, SealedPart
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, SealedRecord
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.transaction import reading, writers_queue


@dataclass(frozen=True, slots=True)
class Resealed:
    """A paper that lay open, and the encrypted copy that takes its place."""

    attachment_id: int
    old_key: str
    key: str
    digest: str


def sealed_copies(
    actor: Actor,
    seen: Seen,
    action: Action,
    files: FileStore,
    only: Collection[int] | None = None,
) -> tuple[Resealed, ...]:
    """Encrypted copies of the open papers, or of some, for an act on the case.

    Made before the transaction: files are slow.
    """
    rows = reading().execute(
        select(Attachment.id, Attachment.storage_key)
        .join(Case, Case.id == Attachment.case_id)
        .where(
            Case.number == seen.number,
            visible(actor, action),
            Attachment.sealed.is_(False),
            true() if only is None else Attachment.id.in_(sorted(only)),
        )
    )
    made = []
    for row in rows.all():
        stored = files.put(files.read(row.storage_key), sealed=True)
        made.append(Resealed(row.id, row.storage_key, stored.key, stored.digest))
    return tuple(made)


def overwrite_what_goes(session: Session) -> None:
    """SQLite leaves deleted bytes lying in its file; from here on it writes zeros over them."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA secure_delete=ON"))


def forget_words(session: Session) -> None:
    """The index of words only marks what was taken out; merging its parts drops it for good."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO case_fts(case_fts) VALUES ('optimize')"))


def empty_log() -> None:
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


def rewrite_file() -> None:
    """Pages that were split may hold copies of what is gone: write the file anew without them.

    It needs the room of the file once more; writers wait in line meanwhile.
    """
    session = reading()
    bind = session.get_bind()
    if isinstance(bind, Engine) and bind.dialect.name == "sqlite":
        session.close()
        with writers_queue(bind):
            connection = bind.raw_connection()
            try:
                connection.cursor().execute("VACUUM")
            finally:
                connection.close()


def seal_papers(session: Session, keys: Keys, case_id: int, copies: Sequence[Resealed]) -> None:
    """Put every open paper of a case under seal; its copy must be among those made before."""
    ready = {copy.attachment_id: copy for copy in copies}
    rows = session.scalars(
        select(Attachment.id).where(Attachment.case_id == case_id, Attachment.sealed.is_(False))
    ).all()
    for attachment_id in rows:
        copy = ready.get(attachment_id)
        if copy is None:
            # A paper came in between looking and locking: nothing may be left open.
            raise RuleBroken("changed_meanwhile")
        seal_paper(session, keys, case_id, copy)


def seal_paper(session: Session, keys: Keys, case_id: int, copy: Resealed) -> None:
    """Put one open paper under the seal of a case, its own or the one it moves to."""
    name = session.scalar(select(Attachment.name).where(Attachment.id == copy.attachment_id))
    session.execute(
        update(Attachment)
        .where(Attachment.id == copy.attachment_id)
        .values(case_id=case_id, storage_key=copy.key, digest=copy.digest, name="", sealed=True)
    )
    put_sealed(session, keys, case_id, SealedPart.FILE_NAME, name or "", copy.attachment_id)


def put_sealed(
    session: Session,
    keys: Keys,
    case_id: int,
    part: SealedPart,
    content: str,
    attachment_id: int | None = None,
) -> None:
    """Add a sealed record to a case."""
    session.execute(
        insert(SealedRecord).values(
            case_id=case_id,
            part=part,
            attachment_id=attachment_id,
            ciphertext=keys.seal(content),
        )
    )
