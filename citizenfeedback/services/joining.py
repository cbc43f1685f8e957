"""Reflections shown to others, so that one joins instead of repeating: put up by an official, counted.

What is shown is the office's own summary, and in the end its answer to everybody; a text that names
the sender or holds a number by which somebody could be known is refused. Of those who join nothing
is kept but that they were one more, and the sealed address of those who ask to be told of the
answer: once, and only after they confirmed it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Finder, Keys, Sealer
from citizenfeedback.domain.leaks import SealedIdentity, find_leaks
from citizenfeedback.domain.vocabulary import Action, CaseKind, MailKind
from citizenfeedback.models.cases import Case, CasePerson, JoinedContact, PublicReflection
from citizenfeedback.queries.public_reflections import TOKEN, answered
from citizenfeedback.services.casework import Office, Seen, Work, working_on
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.transaction import transaction

LONGEST = 500
LONGEST_ANSWER = 1_000
PIECE = 200
"""Contacts that one transaction tells."""
_NUMBERS = re.compile(r"\d[\d .\-]{7,}\d")


@dataclass(frozen=True, slots=True)
class Wish:
    """Where somebody who joins wants to be told of the answer, and in which language."""

    email: str
    language: str


def show_public(
    actor: Actor, seen: Seen, *, text: str = "", public_answer: str = "", office: Office
) -> None:
    """Show a reflection in these words to others who file; without words, take it down.

    `public_answer` is for all whom it concerns and is shown once the case has ended. Taken down, the
    addresses of those who joined go with it. Raises `RuleBroken`: "public_too_long",
    "public_names_somebody", "public_answer_alone".
    """
    with working_on(actor, seen, Action.SHOW_PUBLIC, office) as work:
        of_case = PublicReflection.case_id == work.facts.id
        work.details["shown"] = bool(text)
        if not text:
            if public_answer:
                raise RuleBroken("public_answer_alone", entry="text")
            work.session.execute(delete(PublicReflection).where(of_case))
            return
        _check(work, {"text": (text, LONGEST), "public_answer": (public_answer, LONGEST_ANSWER)})
        words = {"summary": text, "answer": public_answer}
        before = work.session.scalar(select(PublicReflection.case_id).where(of_case))
        if before is not None:
            work.session.execute(update(PublicReflection).where(of_case).values(**words))
            return
        work.session.execute(
            insert(PublicReflection).values(
                case_id=work.facts.id, shown_on=office.today, joined=0, **words
            )
        )


def join(case_id: int, keys: Keys, wish: Wish | None = None, *, now: datetime) -> None:
    """Count one more whom a public reflection concerns; ask the address of the wish to confirm.

    An address that joined before is neither counted nor, once confirmed, written to again: what is
    answered is the same, so that nobody learns who joined. Raises `NotFound`.
    """
    with transaction() as session:
        # Locked: two who press at once with one address are one.
        found = session.scalar(
            select(PublicReflection.case_id)
            .join(Case, Case.id == PublicReflection.case_id)
            .where(Case.id == case_id, Case.kind == CaseKind.REFLECTION)
            .with_for_update(of=PublicReflection)
        )
        if found is None:
            raise NotFound("reflection")
        if wish is not None and not _is_new(session, case_id, keys, wish, now):
            return
        session.execute(
            update(PublicReflection)
            .where(PublicReflection.case_id == case_id)
            .values(joined=PublicReflection.joined + 1)
        )


def confirm(keys: Finder, token: str, *, now: datetime) -> None:
    """Confirm the address that got the link; twice changes nothing. Raises `NotFound`."""
    with transaction() as session:
        contact_id = _of_token(session, keys, token)
        session.execute(
            update(JoinedContact)
            .where(JoinedContact.id == contact_id, JoinedContact.confirmed_at.is_(None))
            .values(confirmed_at=now)
        )


def leave(keys: Finder, token: str) -> None:
    """Forget the address that got the link; what was not sent yet stays unsent."""
    with transaction() as session:
        contact_id = _of_token(session, keys, token)
        session.execute(delete(JoinedContact).where(JoinedContact.id == contact_id))


def tell_joined(keys: Sealer, *, now: datetime) -> int:
    """Write to all who confirmed and whose reflection has a public answer now; how many they were.

    Each is written to once: that it happened is noted in the transaction that queues the mail.
    """
    told = 0
    while piece := _tell_piece(keys, now):
        told += piece
    return told


def _tell_piece(keys: Sealer, now: datetime) -> int:
    with transaction() as session:
        rows = session.execute(
            select(
                JoinedContact.id,
                JoinedContact.case_id,
                JoinedContact.ciphertext,
                JoinedContact.sealed_token,
                JoinedContact.language,
            )
            .join(PublicReflection, PublicReflection.case_id == JoinedContact.case_id)
            .join(Case, Case.id == JoinedContact.case_id)
            .where(
                JoinedContact.confirmed_at.is_not(None), JoinedContact.told_at.is_(None), answered()
            )
            .order_by(JoinedContact.id)
            .limit(PIECE)
        ).all()
        for row in rows:
            queue_mail(
                session,
                keys,
                MailKind.JOINED_NEWS,
                occasion=f"joined-news:{row.id}",
                address=row.ciphertext,
                language=row.language,
                now=now,
                case_id=row.case_id,
                details={"joined": row.id},
                sealed_secret=row.sealed_token,
            )
        session.execute(
            update(JoinedContact)
            .where(JoinedContact.id.in_([row.id for row in rows]))
            .values(told_at=now)
        )
    return len(rows)


def _is_new(session: Session, case_id: int, keys: Keys, wish: Wish, now: datetime) -> bool:
    """Keep the address and send the link that confirms it, at most once a day."""
    address_hash = keys.fingerprint("joined_address", wish.email.casefold())
    known = session.execute(
        select(JoinedContact.id, JoinedContact.confirmed_at, JoinedContact.sealed_token).where(
            JoinedContact.case_id == case_id, JoinedContact.address_hash == address_hash
        )
    ).first()
    address = keys.seal(wish.email)
    if known is not None:
        contact_id, sealed_token = known.id, known.sealed_token
    else:
        token = secrets.token_urlsafe(24)
        sealed_token = keys.seal(token)
        contact_id = session.scalar(
            insert(JoinedContact)
            .values(
                case_id=case_id,
                address_hash=address_hash,
                ciphertext=address,
                token_hash=keys.fingerprint(TOKEN, token),
                sealed_token=sealed_token,
                language=wish.language,
                asked_at=now,
            )
            .returning(JoinedContact.id)
        )
    if known is None or known.confirmed_at is None:
        queue_mail(
            session,
            keys,
            MailKind.JOINED_CONFIRM,
            occasion=f"joined-confirm:{contact_id}:{now.date().isoformat()}",
            address=address,
            language=wish.language,
            now=now,
            case_id=case_id,
            details={"joined": contact_id},
            sealed_secret=sealed_token,
        )
    return known is None


def _of_token(session: Session, keys: Finder, token: str) -> int:
    found = session.scalar(
        select(JoinedContact.id).where(JoinedContact.token_hash == keys.fingerprint(TOKEN, token))
    )
    if found is None:
        raise NotFound("contact")
    return found


def _check(work: Work, texts: dict[str, tuple[str, int]]) -> None:
    """Refuse a text that is too long or by which somebody could be known."""
    identity = _identity(work)
    for entry, (text, longest) in texts.items():
        if len(text) > longest:
            raise RuleBroken("public_too_long", entry=entry, limit=longest)
        if _NUMBERS.search(text) or find_leaks(text, identity):
            raise RuleBroken("public_names_somebody", entry=entry)


def _identity(work: Work) -> SealedIdentity:
    people = work.session.execute(
        select(
            CasePerson.name,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
            CasePerson.id_no,
        ).where(CasePerson.case_id == work.facts.id)
    ).all()
    columns = [tuple(part for part in column if part) for column in zip(*people, strict=True)]
    names, phones, emails, addresses, numbers = columns or ((), (), (), (), ())
    # A hamlet may be named: it is where the thing is. A house may not.
    houses = tuple(one for one in addresses if any(letter.isdigit() for letter in one))
    return SealedIdentity(names, phones, emails, houses, numbers)
