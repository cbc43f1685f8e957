"""Coming back to a draft: with a code another day, or on another device by a one-time code.

A code opens a box in which the token of the draft lies; the draft itself stays where it is. Codes are
kept nowhere: a lost one cannot be given again, and the draft goes when its time is over.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.drafts import DRAFT_LIFE, HANDOVER_LIFE, DraftContent
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.keys import Boxes
from citizenfeedback.domain.numbers import access_code, normalise_code
from citizenfeedback.models.cases import Draft, DraftKey
from citizenfeedback.queries.drafts import OpenDraft, draft_in
from citizenfeedback.services.intake import start_draft
from citizenfeedback.services.transaction import transaction

PURPOSE, DRAFTS = "draft_code", "draft"


def keep_for_later(keys: Boxes, token: str, *, days: int, now: datetime) -> str:
    """Keep the draft of `token` for some days and give the code that opens it; an older one ends.

    Raises `NotFound` where there is no draft that can still be written.
    """
    until = now + timedelta(days=days)
    with transaction() as session:
        draft = _open(keys, token, now)
        session.execute(
            delete(DraftKey).where(DraftKey.draft_id == draft.id, DraftKey.single_use.is_(False))
        )
        session.execute(update(Draft).where(Draft.id == draft.id).values(kept_until=until))
        return _add_key(session, keys, draft.id, token, until=until, single_use=False)


def hand_over(keys: Boxes, content: DraftContent, *, now: datetime) -> str:
    """Lay down what was begun on a shared screen; the one-time code by which a phone takes it over.

    The screen keeps nothing: the token of the draft lies only under the code.
    """
    token = secrets.token_urlsafe(32)
    start_draft(keys.box(DRAFTS, token), content, now=now)
    with transaction() as session:
        draft = _open(keys, token, now)
        until = now + HANDOVER_LIFE
        session.execute(update(Draft).where(Draft.id == draft.id).values(expires_at=until))
        return _add_key(session, keys, draft.id, token, until=until, single_use=True)


def open_with(keys: Boxes, code: str, *, now: datetime) -> str:
    """The token of the draft that a code opens; a one-time code is used up by this.

    Raises `NotFound`, the same for a wrong code, one used before and one whose time is over.
    """
    normal = normalise_code(code)
    if normal is None:
        raise NotFound("draft")
    box = keys.box(PURPOSE, normal)
    with transaction() as session:
        row = session.execute(
            select(DraftKey.id, DraftKey.ciphertext, DraftKey.single_use)
            .where(DraftKey.token_hash == box.name, DraftKey.expires_at > now)
            .with_for_update()
        ).first()
        if row is None:
            raise NotFound("draft")
        token = box.unseal(row.ciphertext)
        if row.single_use and not _use_up(session, row.id):
            raise NotFound("draft")
        draft = _open(keys, token, now)
        if row.single_use:
            until = now + DRAFT_LIFE
            session.execute(update(Draft).where(Draft.id == draft.id).values(expires_at=until))
    return token


def _use_up(session: Session, key_id: int) -> bool:
    """Whether it was this call that took the key away: two at once open a draft on one device."""
    taken = session.scalar(delete(DraftKey).where(DraftKey.id == key_id).returning(DraftKey.id))
    return taken is not None


def _open(keys: Boxes, token: str, now: datetime) -> OpenDraft:
    found = draft_in(keys.box(DRAFTS, token), now=now)
    if not isinstance(found, OpenDraft):
        raise NotFound("draft")
    return found


def _add_key(
    session: Session, keys: Boxes, draft_id: int, token: str, *, until: datetime, single_use: bool
) -> str:
    code = access_code(secrets.token_bytes)
    normal = normalise_code(code) or ""
    box = keys.box(PURPOSE, normal)
    session.execute(
        insert(DraftKey).values(
            draft_id=draft_id,
            token_hash=box.name,
            ciphertext=box.seal(token),
            single_use=single_use,
            expires_at=until,
        )
    )
    return code
