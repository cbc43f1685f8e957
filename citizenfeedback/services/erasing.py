"""Shared steps by which something of a case goes for good; what is left adds up as before.

Called inside a transaction. Keys of files are given back, to be removed from the store once the
transaction has ended well: bytes that are gone cannot be rolled back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import SealedRecord
from citizenfeedback.models.letters import LetterEnclosure


def take_out_papers(session: Session, case_id: int, papers: Collection[int]) -> tuple[str, ...]:
    """Take papers out of a case and return the keys of their files.

    Refused for one that is not of the case, or that went out with a letter: the letter names it.
    """
    rows = session.execute(
        select(Attachment.id, Attachment.storage_key).where(
            Attachment.case_id == case_id, Attachment.id.in_(papers)
        )
    ).all()
    if len(rows) != len(set(papers)):
        raise RuleBroken("unknown_paper")
    enclosed = session.scalar(
        select(LetterEnclosure.attachment_id)
        .where(LetterEnclosure.attachment_id.in_(papers))
        .limit(1)
    )
    if enclosed is not None:
        raise RuleBroken("paper_went_out")
    session.execute(delete(SealedRecord).where(SealedRecord.attachment_id.in_(papers)))
    session.execute(delete(Attachment).where(Attachment.id.in_(papers)))
    return tuple(row.storage_key for row in rows)


def remove_files(files: FileStore, keys: Iterable[str]) -> None:
    """Remove the bytes of what was taken out; after the transaction."""
    for key in keys:
        files.delete(key)
