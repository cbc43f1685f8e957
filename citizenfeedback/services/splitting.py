"""Several matters in one submission become cases of their own (NĐ 154/2026 art. 14.4).

Each has its own kind, number, code and clocks, counted from the receipt of the paper. Cases that
lie open know each other. Where a denunciation is one of the two, nothing in the open says that the
same person stands behind both: the link is a sealed record of the denunciation
(docs/decisions/0013-split-cases.md).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from citizenfeedback.domain.access import can
from citizenfeedback.domain.drafts import with_place
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseField,
    CaseKind,
    EventKind,
    SealedPart,
)
from citizenfeedback.domain.workflow import in_form, signed_on_arrival
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, CaseText, SealedRecord
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.timeline import CaseNote
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.casework import Office, Seen, Work, refresh_search, working_on
from citizenfeedback.services.chronicle import append_entry, append_event
from citizenfeedback.services.persons import Behind, people_of
from citizenfeedback.services.registering import NewCase, Registered, register
from citizenfeedback.services.sealing import (
    Resealed,
    empty_log,
    forget_words,
    overwrite_what_goes,
    put_sealed,
    seal_paper,
    sealed_copies,
)

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Part:
    """The matter that becomes a case of its own."""

    kind: CaseKind
    field: CaseField
    summary: str
    respondent: str
    respondent_unit: int | None

    @property
    def sealed(self) -> bool:
        """Whether it is a denunciation."""
        return self.kind is CaseKind.DENUNCIATION


def split(
    actor: Actor,
    seen: Seen,
    *,
    kind: CaseKind,
    field: CaseField,
    summary: str,
    respondent: str = "",
    respondent_unit: int | None = None,
    first_summary: str = "",
    papers: Collection[int] = (),
    open_persons: bool = False,
    reason: str = "",
    files: FileStore,
    office: Office,
) -> Registered:
    """Open a case for one matter of a submission and return its number and access code.

    A denunciation takes the citizen's own words along under its seal, and the first case goes on
    from `first_summary`. Out of a denunciation names come into the open only by `open_persons`,
    with the right to read them and a reason. `papers` are those that move along.
    """
    part = Part(CaseKind(kind), CaseField(field), summary, respondent, respondent_unit)
    copies: tuple[Resealed, ...] = ()
    if part.sealed and papers:
        copies = sealed_copies(actor, seen, Action.SPLIT, files, papers)
    try:
        with working_on(actor, seen, Action.SPLIT, office) as work:
            if part.sealed and not work.facts.sealed:
                registered = _denunciation_from_open(work, part, first_summary, reason)
            elif work.facts.sealed and not part.sealed:
                registered = _open_from_denunciation(work, part, reason, open_persons=open_persons)
            else:
                registered = _of_like_seal(work, part, reason)
            _move_papers(work, registered.id, part, papers, copies)
    except BaseException:
        for copy in copies:
            files.delete(copy.key)
        raise
    for copy in copies:
        files.delete(copy.old_key)
    if part.sealed and not work.facts.sealed:
        empty_log()
    return registered


def _of_like_seal(work: Work, part: Part, reason: str) -> Registered:
    """Both lie open, or both are denunciations: they may know each other."""
    words = _sealed_words(work) if work.facts.sealed else {}
    registered = _register(work, part, people_of(work), **words)
    work.session.execute(
        update(Case).where(Case.id == registered.id).values(split_from_id=work.facts.id)
    )
    work.details["number"] = registered.number
    work.keep_reason(reason)
    work.tells_citizen = True
    return registered


def _denunciation_from_open(work: Work, part: Part, first_summary: str, reason: str) -> Registered:
    """What the citizen wrote goes under the seal; the first case keeps what an official writes."""
    if not first_summary.strip():
        raise RuleBroken("required", entry="first_summary")
    session = work.session
    overwrite_what_goes(session)
    told = session.execute(
        select(CaseText.words, CaseText.place, CaseText.wish).where(
            CaseText.case_id == work.facts.id
        )
    ).first()
    words = {"words": with_place(told.words, told.place), "wish": told.wish} if told else {}
    registered = _register(work, part, people_of(work), **words)
    session.execute(delete(CaseText).where(CaseText.case_id == work.facts.id))
    _link(work, registered.id, work.row.number, reason)
    work.set(summary=first_summary)
    refresh_search(session, work.row, summary=first_summary, sealed=False)
    forget_words(session)
    # On the page of the first case this is what happened: its summary was written anew.
    work.event = EventKind.CASE_SUMMARISED
    return registered


def _open_from_denunciation(
    work: Work, part: Part, reason: str, *, open_persons: bool
) -> Registered:
    """A case without a name, unless somebody who may read it decides to put it there."""
    behind = Behind()
    if open_persons:
        _log_opening(work, reason)
        behind = people_of(work)
    registered = _register(work, part, behind)
    _link(work, work.facts.id, registered.number, reason)
    return registered


def _register(
    work: Work, part: Part, behind: Behind, words: str = "", wish: str = ""
) -> Registered:
    facts, row, office = work.facts, work.row, work.office
    if part.respondent_unit is not None and not work.session.scalar(
        select(Unit.id).where(Unit.id == part.respondent_unit)
    ):
        raise RuleBroken("unknown_unit")
    signed_paper = facts.kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION) and (
        facts.formal and facts.signed
    )
    return register(
        work.session,
        office.keys,
        work_calendar(),
        office.policy,
        work.actor,
        NewCase(
            kind=part.kind,
            field=part.field,
            channel=row.channel,
            unit_id=facts.unit_id,
            received_on=facts.received_on,
            summary=part.summary,
            words=words,
            wish=wish,
            people=behind.people,
            others=behind.others,
            respondent=part.respondent,
            respondent_unit_id=part.respondent_unit if part.sealed else None,
            signatories=row.signatories,
            formal=signed_paper or in_form(part.kind, row.channel),
            signed=signed_paper or signed_on_arrival(part.kind, row.channel),
            language=row.language,
        ),
        now=office.now,
    )


def _link(work: Work, denunciation: int, other: str, reason: str) -> None:
    """Keep the other case's number, and why, where only who may read what is sealed finds it."""
    content = json.dumps({"number": other, "reason": reason}, ensure_ascii=False)
    put_sealed(work.session, work.office.keys, denunciation, SealedPart.LINK, content)


def _log_opening(work: Work, reason: str) -> None:
    """Taking a name out of the seal is a reading: the right, the reason and the log come first."""
    if not can(work.actor, Action.READ_SEALED, work.facts):
        raise RuleBroken("not_granted", action=Action.READ_SEALED)
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason_too_short", limit=SHORTEST_REASON)
    session, office = work.session, work.office
    note = session.scalar(
        insert(CaseNote)
        .values(case_id=work.facts.id, author_id=work.actor.user_id, at=office.now, body=reason)
        .returning(CaseNote.id)
    )
    details: dict[str, object] = {"note": note}
    append_event(
        session,
        office.keys,
        work.actor,
        EventKind.SEALED_READ,
        case_id=work.facts.id,
        state=work.facts.state,
        now=office.now,
        on=office.today,
        details=details,
    )
    append_entry(
        session,
        office.keys,
        work.actor,
        AuditAction.SEALED_READ,
        now=office.now,
        case_id=work.facts.id,
        details=details,
    )


def _sealed_words(work: Work) -> dict[str, str]:
    sealed = work.session.scalars(
        select(SealedRecord.ciphertext)
        .where(SealedRecord.case_id == work.facts.id, SealedRecord.part == SealedPart.WORDS)
        .order_by(SealedRecord.id)
    )
    told: list[dict[str, str]] = [
        json.loads(work.office.keys.unseal(ciphertext)) for ciphertext in sealed
    ]
    return {
        name: "\n\n".join(part[name] for part in told if part.get(name))
        for name in ("words", "wish")
    }


def _move_papers(
    work: Work, to: int, part: Part, papers: Collection[int], copies: Collection[Resealed]
) -> None:
    """The chosen papers go along, under the seal of where they go; out of a seal none comes."""
    if not papers:
        return
    session, facts = work.session, work.facts
    if facts.sealed and not part.sealed:
        raise RuleBroken("papers_stay_sealed", entry="papers")
    here = set(
        session.scalars(
            select(Attachment.id).where(
                Attachment.case_id == facts.id, Attachment.id.in_(sorted(papers))
            )
        )
    )
    if here != set(papers):
        raise RuleBroken("changed_meanwhile")
    if part.sealed and not facts.sealed:
        if {copy.attachment_id for copy in copies} != here:
            raise RuleBroken("changed_meanwhile")
        for copy in copies:
            seal_paper(session, work.office.keys, to, copy)
        return
    session.execute(update(Attachment).where(Attachment.id.in_(sorted(here))).values(case_id=to))
    session.execute(
        update(SealedRecord).where(SealedRecord.attachment_id.in_(sorted(here))).values(case_id=to)
    )
