"""What a citizen does with the access code after filing: write, add a paper, ask to withdraw.

Each act is one event of the case and, where an official works on it, one mail with number and date
only. In a denunciation what the citizen writes is sealed before it is stored.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    EventKind,
    MailKind,
    MessageKind,
    Role,
    SealedPart,
    State,
)
from citizenfeedback.domain.workflow import ADDING, may_withdraw_part, step
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.gateways.scanner import clean_file, safe_name
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, NoticeContact, SealedRecord, SecondProof
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.queries.tracking import is_sealed
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.post import queue_mail, tell_official
from citizenfeedback.services.transaction import transaction

PROOF_MINUTES = 15
PROOF_TRIES = 5
PROOF_DIGITS = 6
PROOF, NUMBER = "proof", "number"
"""What a code is for: opening what was filed, or confirming a number; never both."""
CODES_A_DAY = 5


def write_message(actor: Actor, keys: Keys, body: str, *, today: date, now: datetime) -> None:
    """Add a message of the citizen; a case that waited for it stays with its official to resume.

    Raises `NotFound` without a case, `RuleBroken("empty_message")` for nothing but blanks.
    """
    if not body.strip():
        raise RuleBroken("empty_message")
    with transaction() as session:
        case = own_case(session, actor, Action.WRITE_MESSAGE)
        add_message(session, keys, case, MessageKind.MESSAGE, body, now=now)
        record(session, keys, actor, case, EventKind.MESSAGE_RECEIVED, today=today, now=now)


def ask_withdrawal(
    actor: Actor, keys: Keys, body: str, *, part: bool = False, today: date, now: datetime
) -> None:
    """Note that the citizen wants to withdraw; only an official records the signed withdrawal.

    `part`: only what `body` names; else `body` is the reason, if any is given.

    By law a withdrawal is a signed paper or signed minutes (Luật Khiếu nại art. 10, Luật Tố cáo
    art. 33), so this changes no state.
    """
    with transaction() as session:
        case = own_case(session, actor, Action.ASK_WITHDRAWAL)
        if part and (not may_withdraw_part(case.kind, today) or not body.strip()):
            raise RuleBroken("no_part_to_withdraw")
        kind = MessageKind.PART_WITHDRAWAL_REQUEST if part else MessageKind.WITHDRAWAL_REQUEST
        add_message(session, keys, case, kind, body, now=now)
        record(session, keys, actor, case, EventKind.WITHDRAWAL_ASKED, today=today, now=now)


def add_document(
    actor: Actor,
    keys: Keys,
    files: FileStore,
    name: str,
    content: bytes,
    *,
    most_bytes: int,
    today: date,
    now: datetime,
) -> None:
    """Clean and keep a paper of the citizen. In a denunciation name and bytes are sealed.

    Raises `FileRefused` with the reason; nothing is kept then.
    """
    cleaned = clean_file(content, most_bytes=most_bytes)
    sealed = is_sealed(actor.case_id)
    stored = files.put(cleaned.content, sealed=sealed)
    try:
        with transaction() as session:
            case = own_case(session, actor, Action.ADD_OWN_DOCUMENT)
            if case.sealed is not sealed:
                raise ChangedMeanwhile
            attachment_id = session.scalar(
                insert(Attachment)
                .values(
                    case_id=case.id,
                    storage_key=stored.key,
                    digest=stored.digest,
                    name="" if sealed else safe_name(name, cleaned.extension),
                    media_type=cleaned.media_type,
                    size=stored.size,
                    sealed=sealed,
                    author=Author.CITIZEN,
                    at=now,
                )
                .returning(Attachment.id)
            )
            if sealed:
                session.execute(
                    insert(SealedRecord).values(
                        case_id=case.id,
                        part=SealedPart.FILE_NAME,
                        attachment_id=attachment_id,
                        ciphertext=keys.seal(safe_name(name, cleaned.extension)),
                    )
                )
            record(session, keys, actor, case, EventKind.DOCUMENT_ADDED, today=today, now=now)
    except RuleBroken:
        files.delete(stored.key)
        raise


def confirm_contact(keys: Keys, token: str, *, today: date, now: datetime) -> None:
    """Confirm the address that got the link; from now on it gets the neutral news.

    Raises `NotFound` for an unknown token; confirming twice changes nothing.
    """
    with transaction() as session:
        row = session.execute(
            select(NoticeContact.case_id, NoticeContact.confirmed_at).where(
                NoticeContact.token_hash == keys.fingerprint("contact", token)
            )
        ).first()
        if row is None:
            raise NotFound("contact")
        if row.confirmed_at is not None:
            return
        session.execute(
            update(NoticeContact)
            .where(NoticeContact.case_id == row.case_id)
            .values(confirmed_at=now)
        )
        actor = Actor(case_id=row.case_id)
        state = session.scalar(select(Case.state).where(Case.id == row.case_id))
        append_event(
            session,
            keys,
            actor,
            EventKind.CONTACT_CONFIRMED,
            case_id=row.case_id,
            state=state or State.REGISTERED,
            now=now,
            on=today,
        )


def choose_news(actor: Actor, keys: Keys, email: str, language: str, *, now: datetime) -> None:
    """Ask that news go to this address; a link that confirms it goes there first.

    Without the second proof an address that serves as one is not replaced
    (`RuleBroken("news_needs_proof")`), and the new one does not serve as one.
    """
    token = secrets.token_urlsafe(24)
    with transaction() as session:
        case = own_case(session, actor, Action.TRACK)
        address = _replace_contact(session, keys, actor, email, token, now)
        _send_first(session, keys, case, address, token, language, now)


def choose_number(actor: Actor, keys: Keys, phone: str, language: str, *, now: datetime) -> None:
    """Ask that news go to this telephone number; a code that confirms it goes there first.

    The same holds for replacing as with `choose_news`. Raises `RuleBroken("too_many_codes")` when
    the case asked for enough of them today: each costs the office money and a stranger patience.
    """
    code = f"{secrets.randbelow(10**PROOF_DIGITS):0{PROOF_DIGITS}d}"
    with transaction() as session:
        case = own_case(session, actor, Action.TRACK)
        asked = session.scalar(
            select(func.count())
            .select_from(OutgoingMessage)
            .where(
                OutgoingMessage.case_id == case.id,
                OutgoingMessage.kind == MailKind.CITIZEN_CONFIRM,
                OutgoingMessage.created_at > now - timedelta(days=1),
            )
        )
        if (asked or 0) >= CODES_A_DAY:
            raise RuleBroken("too_many_codes")
        address = _replace_contact(session, keys, actor, phone, secrets.token_urlsafe(24), now)
        _keep_code(session, keys, case.id, NUMBER, code, now)
        _send_first(session, keys, case, address, code, language, now)


def confirm_number(actor: Actor, keys: Keys, code: str, *, today: date, now: datetime) -> bool:
    """Whether `code` is the one that went to the number; from then on it gets the neutral news."""
    with transaction() as session:
        case = own_case(session, actor, Action.TRACK)
        if not _take_code(session, keys, case.id, NUMBER, code, now):
            return False
        session.execute(
            update(NoticeContact).where(NoticeContact.case_id == case.id).values(confirmed_at=now)
        )
        append_event(
            session,
            keys,
            actor,
            EventKind.CONTACT_CONFIRMED,
            case_id=case.id,
            state=case.state,
            now=now,
            on=today,
        )
        return True


def _replace_contact(
    session: Session, keys: Keys, actor: Actor, address: str, token: str, now: datetime
) -> bytes:
    """Put another contact in the place of the one there; it serves as proof only for the proven."""
    proven = Role.CITIZEN_PROVEN in actor.roles
    of_case = NoticeContact.case_id == actor.case_id
    if session.scalar(select(NoticeContact.proves).where(of_case)) and not proven:
        raise RuleBroken("news_needs_proof")
    session.execute(delete(NoticeContact).where(of_case))
    sealed = keys.seal(address)
    session.execute(
        insert(NoticeContact).values(
            case_id=actor.case_id,
            ciphertext=sealed,
            token_hash=keys.fingerprint("contact", token),
            asked_at=now,
            wants_news=True,
            proves=proven,
        )
    )
    return sealed


def _send_first(
    session: Session,
    keys: Keys,
    case: CaseFacts,
    address: bytes,
    secret: str,
    language: str,
    now: datetime,
) -> None:
    """Send what confirms a contact: a link by mail, a code to a number."""
    queue_mail(
        session,
        keys,
        MailKind.CITIZEN_CONFIRM,
        occasion=f"confirm:{case.id}:{now.isoformat()}",
        address=address,
        language=language,
        now=now,
        case_id=case.id,
        secret=secret,
    )


def switch_news(actor: Actor, *, on: bool) -> None:
    """Switch the news on or off; an address that serves as second proof is kept for that alone."""
    with transaction() as session:
        case = own_case(session, actor, Action.TRACK)
        of_case = NoticeContact.case_id == case.id
        if not on:
            session.execute(delete(NoticeContact).where(of_case, NoticeContact.proves.is_(False)))
        session.execute(update(NoticeContact).where(of_case).values(wants_news=on))


def ask_proof(actor: Actor, keys: Keys, language: str, *, now: datetime) -> None:
    """Send a short-lived code to the confirmed address: the second proof of who one is.

    Without a confirmed address nothing is sent and nothing is said about it; the office can check
    identity in person instead. The code is kept only as a keyed hash.
    """
    with transaction() as session:
        case = own_case(session, actor, Action.TRACK)
        address = session.scalar(
            select(NoticeContact.ciphertext).where(
                NoticeContact.case_id == case.id,
                NoticeContact.confirmed_at.is_not(None),
                NoticeContact.proves,
            )
        )
        if address is None:
            return
        code = f"{secrets.randbelow(10**PROOF_DIGITS):0{PROOF_DIGITS}d}"
        _keep_code(session, keys, case.id, PROOF, code, now)
        queue_mail(
            session,
            keys,
            MailKind.CITIZEN_PROOF,
            occasion=f"proof:{case.id}:{now.isoformat()}",
            address=address,
            language=language,
            now=now,
            case_id=case.id,
            secret=code,
        )


def prove(actor: Actor, keys: Keys, code: str, *, now: datetime) -> bool:
    """Whether `code` is the one that was sent; it works once, for 15 minutes and five tries."""
    with transaction() as session:
        case = own_case(session, actor, Action.TRACK)
        return _take_code(session, keys, case.id, PROOF, code, now)


def _keep_code(
    session: Session, keys: Keys, case_id: int, purpose: str, code: str, now: datetime
) -> None:
    """Keep a code for a while, as a keyed hash; one for another purpose ends."""
    session.execute(delete(SecondProof).where(SecondProof.case_id == case_id))
    session.execute(
        insert(SecondProof).values(
            case_id=case_id,
            code_hash=keys.fingerprint(purpose, f"{case_id}:{code}"),
            expires_at=now + timedelta(minutes=PROOF_MINUTES),
            tries=0,
        )
    )


def _take_code(
    session: Session, keys: Keys, case_id: int, purpose: str, code: str, now: datetime
) -> bool:
    """Whether the code is right for its purpose; used up by that, by time and by too many tries."""
    row = session.execute(
        select(SecondProof.code_hash, SecondProof.expires_at, SecondProof.tries).where(
            SecondProof.case_id == case_id
        )
    ).first()
    if row is None:
        return False
    right = secrets.compare_digest(row.code_hash, keys.fingerprint(purpose, f"{case_id}:{code}"))
    if row.expires_at < now or row.tries + 1 >= PROOF_TRIES or right:
        session.execute(delete(SecondProof).where(SecondProof.case_id == case_id))
    else:
        session.execute(
            update(SecondProof).where(SecondProof.case_id == case_id).values(tries=row.tries + 1)
        )
    return right and row.expires_at >= now


def own_case(session: Session, actor: Actor, action: Action) -> CaseFacts:
    """Load and lock the case behind the access code; refuse what its state does not allow."""
    row = session.execute(
        select(
            Case.id,
            Case.kind,
            Case.state,
            Case.unit_id,
            Case.received_on,
            Case.assignee_id,
            Case.formal,
            Case.signed,
        )
        .where(Case.id == actor.case_id)
        .with_for_update()
    ).first()
    if actor.case_id is None or row is None:
        raise NotFound
    facts = CaseFacts(
        id=row.id,
        kind=CaseKind(row.kind),
        state=row.state,
        unit_id=row.unit_id,
        received_on=row.received_on,
        assignee_id=row.assignee_id,
        formal=row.formal,
        signed=row.signed,
    )
    if action is not Action.TRACK:
        step(facts, action)
    return facts


def add_message(
    session: Session,
    keys: Keys,
    case: CaseFacts,
    kind: MessageKind,
    body: str,
    *,
    now: datetime,
) -> None:
    """Add what the citizen writes; in a denunciation it is sealed."""
    session.execute(
        insert(CaseMessage).values(
            case_id=case.id,
            kind=kind,
            author=Author.CITIZEN,
            at=now,
            body=None if case.sealed else body,
            sealed_body=keys.seal(body) if case.sealed else None,
            document_no="",
        )
    )


def record(
    session: Session,
    keys: Keys,
    actor: Actor,
    case: CaseFacts,
    event: EventKind,
    *,
    today: date,
    now: datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    """Note in the history what the citizen did, and tell the official who works on the case."""
    seq = append_event(
        session,
        keys,
        actor,
        event,
        case_id=case.id,
        state=case.state,
        now=now,
        on=today,
        details=details,
    )
    # An official who is just deciding must see that something came in.
    columns: dict[str, object] = {"version": Case.version + 1}
    if event in ADDING:
        columns["citizen_wrote"] = True
    session.execute(update(Case).where(Case.id == case.id).values(**columns))
    if case.assignee_id is not None:
        number = session.scalar(select(Case.number).where(Case.id == case.id))
        tell_official(
            session,
            keys,
            MailKind.STAFF_NEWS,
            case.assignee_id,
            occasion=f"staff-news:{case.id}:{seq}",
            case_id=case.id,
            details={"number": number, "on": today.isoformat()},
            now=now,
        )
