"""The daily work on a case: who has it, what is asked and noted, what is found out.

One public function an act; the frame they share is `services/casework.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert, select

from citizenfeedback.domain.access import ACCESS, can
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.grounds import complexity_of
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    Complexity,
    MessageKind,
    Reach,
    SealedPart,
)
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.gateways.scanner import clean_file, safe_name
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, SealedRecord
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.services.casework import (
    Office,
    Seen,
    Work,
    finish_work,
    open_work,
    refresh_search,
    working_on,
)
from citizenfeedback.services.transaction import transaction


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A checked file that already lies in the store; `sealed` says that its bytes are encrypted."""

    storage_key: str
    digest: str
    name: str
    media_type: str
    size: int
    sealed: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A case of a selection that was left as it was, and the code of why."""

    number: str
    code: str


def assign(actor: Actor, seen: Seen, *, assignee: int, note: str = "", office: Office) -> None:
    """Give the case to an official, or take it oneself."""
    with working_on(actor, seen, Action.ASSIGN, office) as work:
        _give(work, _recipient(assignee), note)


def assign_many(
    actor: Actor, chosen: Sequence[Seen], *, assignee: int, note: str = "", office: Office
) -> tuple[Left, ...]:
    """Give several cases at once; returns those that could not be given, the rest is done."""
    left = []
    with transaction() as session:
        recipient = _recipient(assignee)
        for seen in chosen:
            try:
                work = open_work(session, actor, seen, Action.ASSIGN, office)
                _give(work, recipient, note)
            except RuleBroken as refused:
                left.append(Left(seen.number, refused.code))
            else:
                finish_work(work)
    return tuple(left)


def _recipient(user_id: int) -> Actor:
    recipient = actor_of(user_id)
    if recipient is None:
        raise RuleBroken("unknown_official")
    return recipient


def _give(work: Work, recipient: Actor, note: str) -> None:
    """Only to somebody who may work on it once it is theirs; the wall stands here too."""
    theirs = replace(work.facts, assignee_id=recipient.user_id)
    if not can(recipient, Action.NOTE, theirs) or not can(recipient, Action.SEE_CASE, theirs):
        raise RuleBroken("cannot_be_given")
    if recipient.user_id != work.actor.user_id and not _gives(work.actor, recipient):
        raise RuleBroken("only_leader_gives")
    if recipient.user_id == work.facts.assignee_id:
        raise RuleBroken("already_theirs")
    work.set(assignee_id=recipient.user_id)
    work.details["assignee"] = recipient.user_id
    work.keep_reason(note)


def _gives(actor: Actor, recipient: Actor) -> bool:
    """Whether the actor leads the unit the recipient sits in."""
    leads = any(
        grant.role in actor.roles and grant.reach is Reach.UNIT_TREE
        for grant in ACCESS[Action.ASSIGN]
    )
    return leads and recipient.unit_id in actor.subtree


def pass_on(actor: Actor, seen: Seen, *, unit: int, reason: str, office: Office) -> None:
    """Pass the case on to another unit inside; the clocks run on and nobody has it there yet.

    Whether the area is remote is the new unit's until acceptance; a term that runs keeps its rule.
    """
    with working_on(actor, seen, Action.PASS_ON, office) as work:
        target = work.session.execute(
            select(Unit.id, Unit.path, Unit.remote).where(Unit.id == unit, Unit.valid_to.is_(None))
        ).first()
        if target is None:
            raise RuleBroken("unknown_unit")
        if target.id == work.facts.unit_id:
            raise RuleBroken("already_there")
        if _is_denounced(work.facts, target.path):
            raise RuleBroken("unit_is_denounced")
        work.set(unit_id=target.id, assignee_id=None)
        if work.facts.accepted_on is None:
            work.set(remote=target.remote)
        work.details["unit"] = target.id
        work.keep_reason(reason)


def _is_denounced(facts: CaseFacts, path: str) -> bool:
    """Whether a unit is the denounced one or lies below it."""
    denounced = facts.respondent_unit_id
    if facts.kind is not CaseKind.DENUNCIATION or denounced is None:
        return False
    return str(denounced) in path.split("/")


def summarise(actor: Actor, seen: Seen, *, summary: str, office: Office) -> None:
    """Write the summary that officials work from; in a denunciation it names nobody who told."""
    with working_on(actor, seen, Action.SUMMARISE, office) as work:
        work.set(summary=summary)
        sealed = work.facts.kind is CaseKind.DENUNCIATION
        refresh_search(work.session, work.row, summary=summary, sealed=sealed)


def ask_citizen(actor: Actor, seen: Seen, *, text: str, office: Office) -> None:
    """Ask the citizen for something; the case waits, the clocks run on."""
    with working_on(actor, seen, Action.ASK_CITIZEN, office) as work:
        work.write(MessageKind.REQUEST, text)
        work.tells_citizen = True


def resume(actor: Actor, seen: Seen, *, note: str = "", office: Office) -> None:
    """Go on with a case that waited for the citizen."""
    with working_on(actor, seen, Action.RESUME, office) as work:
        work.keep_reason(note)


def verify(actor: Actor, seen: Seen, *, note: str = "", office: Office) -> None:
    """Begin to verify the facts of an accepted case."""
    with working_on(actor, seen, Action.VERIFY, office) as work:
        work.keep_reason(note)


def hold_data(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Keep the file from being erased when its term is over: it is under litigation, say."""
    with working_on(actor, seen, Action.HOLD_DATA, office) as work:
        work.set(held=True)
        work.keep_reason(reason)


def release_data(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Let the file be erased again when its term is over."""
    with working_on(actor, seen, Action.RELEASE_DATA, office) as work:
        work.set(held=False)
        work.keep_reason(reason)


def set_complexity(
    actor: Actor,
    seen: Seen,
    *,
    criteria: Sequence[str],
    reason: str,
    document_no: str,
    office: Office,
) -> None:
    """Record the criteria that make a case complex; a complaint's term follows from it.

    What they make of it is the law's to say, not the office's (`law/grounds.complexity_of`).
    """
    with working_on(actor, seen, Action.SET_COMPLEXITY, office) as work:
        chosen = tuple(sorted(set(criteria)))
        kind = work.facts.kind
        complexity = complexity_of(chosen, kind, office.today, reason=reason)
        if complexity is Complexity.NORMAL:
            raise RuleBroken("criteria_required", entry="criteria")
        before = work.session.scalar(
            select(Case.complexity_criteria).where(Case.id == work.facts.id)
        )
        if complexity is work.facts.complexity and ",".join(chosen) == before:
            raise RuleBroken("complexity_unchanged", entry="criteria")
        work.set(
            complexity=complexity,
            complexity_criteria=",".join(chosen),
            complexity_document_no=document_no,
        )
        work.details |= {
            "complexity": complexity,
            "criteria": list(chosen),
            "document_no": document_no,
        }
        work.keep_reason(reason)
        work.tells_citizen = work.facts.kind is CaseKind.COMPLAINT


def extend(actor: Actor, seen: Seen, *, reason: str, document_no: str, office: Office) -> None:
    """Extend the settlement of a denunciation by its decision: once if complex, twice if special."""
    with working_on(actor, seen, Action.EXTEND, office) as work:
        work.set(extensions=work.facts.extensions + 1)
        work.details |= {"extensions": work.facts.extensions + 1, "document_no": document_no}
        work.keep_reason(reason)
        work.tells_citizen = True


def note(actor: Actor, seen: Seen, *, text: str, office: Office) -> None:
    """Leave a note for colleagues; the citizen never sees it."""
    with working_on(actor, seen, Action.NOTE, office) as work:
        work.details["note"] = work.add_note(text)


def message(actor: Actor, seen: Seen, *, text: str, office: Office) -> None:
    """Write to the citizen, to be read with the access code."""
    with working_on(actor, seen, Action.MESSAGE, office) as work:
        work.write(MessageKind.MESSAGE, text)
        work.tells_citizen = True


def keep_paper(
    files: FileStore, name: str, content: bytes, *, sealed: bool, most_bytes: int
) -> KeptFile:
    """Clean a paper and lay it into the store before the act that adds it: files are slow.

    Raises `RuleBroken` with the reason when it cannot be taken.
    """
    clean = clean_file(content, most_bytes=most_bytes)
    stored = files.put(clean.content, sealed=sealed)
    return KeptFile(
        stored.key,
        stored.digest,
        safe_name(name, clean.extension),
        clean.media_type,
        stored.size,
        sealed,
    )


def add_document(
    actor: Actor, seen: Seen, *, document: KeptFile, note: str = "", office: Office
) -> None:
    """Add a paper that an official holds. In a denunciation it must lie sealed, its name too."""
    with working_on(actor, seen, Action.ADD_DOCUMENT, office) as work:
        if work.sealed and not document.sealed:
            raise RuleBroken("file_not_sealed")
        attachment_id = work.session.scalar(
            insert(Attachment)
            .values(
                case_id=work.facts.id,
                storage_key=document.storage_key,
                digest=document.digest,
                name="" if work.sealed else document.name,
                media_type=document.media_type,
                size=document.size,
                sealed=document.sealed,
                author=Author.OFFICIAL,
                author_id=actor.user_id,
                at=office.now,
            )
            .returning(Attachment.id)
        )
        if work.sealed:
            work.session.execute(
                insert(SealedRecord).values(
                    case_id=work.facts.id,
                    part=SealedPart.FILE_NAME,
                    attachment_id=attachment_id,
                    ciphertext=office.keys.seal(document.name),
                )
            )
        work.details["attachment"] = attachment_id
        work.keep_reason(note)
