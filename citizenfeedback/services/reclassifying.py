"""A submission turns out to be of another kind: findings begin anew, what the law seals is sealed.

To a denunciation, everything that could tell who denounced leaves the open tables in the same
transaction: people, words, messages, notes, names of papers, the summary and what the search reads.
From a denunciation nothing is opened: what was told in confidence stays sealed.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.drafts import with_place
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.vocabulary import Action, CaseKind, Complexity, SealedPart
from citizenfeedback.domain.workflow import in_form, reclassified_state, signed_on_arrival
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.cases import CasePerson, CaseText, NoticeContact
from citizenfeedback.models.timeline import CaseDraftAnswer, CaseMessage, CaseNote
from citizenfeedback.services.casework import Office, Seen, Work, refresh_search, working_on
from citizenfeedback.services.registering import Person
from citizenfeedback.services.sealing import (
    Resealed,
    empty_log,
    forget_words,
    overwrite_what_goes,
    put_sealed,
    seal_papers,
    sealed_copies,
)


def reclassify(
    actor: Actor,
    seen: Seen,
    *,
    kind: CaseKind,
    reason: str,
    files: FileStore,
    office: Office,
) -> None:
    """Change the kind; the clocks are counted from receipt by the rules of the new one."""
    seals = kind is CaseKind.DENUNCIATION
    copies = sealed_copies(actor, seen, Action.RECLASSIFY, files) if seals else ()
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
        empty_log()


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


def _seal_everything(work: Work, copies: Sequence[Resealed]) -> None:
    session, keys, facts = work.session, work.office.keys, work.facts
    overwrite_what_goes(session)
    _seal_people_and_words(session, keys, facts)
    _seal_messages(session, keys, facts.id)
    seal_papers(session, keys, facts.id, copies)
    session.execute(delete(CaseDraftAnswer).where(CaseDraftAnswer.case_id == facts.id))
    # News about a denunciation goes only to somebody who was warned and asked for it.
    session.execute(delete(NoticeContact).where(NoticeContact.case_id == facts.id))
    # The summary may be the beginning of the citizen's own words: an official writes a new one.
    work.set(summary="")
    refresh_search(session, work.row, summary="", sealed=True)
    forget_words(session)


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
        select(CaseText.words, CaseText.place, CaseText.wish).where(CaseText.case_id == facts.id)
    ).first()
    notes = list(
        session.scalars(
            select(CaseNote.body).where(CaseNote.case_id == facts.id).order_by(CaseNote.id)
        )
    )
    words = {
        "words": with_place(told.words, told.place) if told else "",
        "wish": told.wish if told else "",
        "notes": notes,
    }
    for part, content, present in (
        (SealedPart.IDENTITY, people, bool(people)),
        (SealedPart.WORDS, words, any(words.values())),
    ):
        if present:
            put_sealed(session, keys, facts.id, part, json.dumps(content, ensure_ascii=False))
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
