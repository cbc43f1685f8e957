"""What the examination of a submission finds and decides: take it up, or say why not and what then.

TT 05/2021/TT-TTCP; what may follow what stands in `domain/workflow.py`.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.examination import check_ground, conditions
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.competence import RespondentKind
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockEffect,
    ClockKind,
    Instance,
)
from citizenfeedback.domain.workflow import SEVERAL_PLACES, ClockChange
from citizenfeedback.models.cases import Case
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.casework import Office, Seen, Work, working_on


def examine(
    actor: Actor,
    seen: Seen,
    *,
    eligible: bool,
    competent: bool,
    lacking: Sequence[str] = (),
    respondent_kind: str = "",
    several_places: bool = False,
    reason: str = "",
    office: Office,
) -> None:
    """Record whether the submission is eligible, and whether this body is competent.

    `lacking` are codes of the checklist (`domain.examination.conditions`). A denunciation that is
    checked at `several_places`, or by another body, has ten working days for it (TC-02). Raises
    `RuleBroken("unknown_ground")`, or `RuleBroken("unknown_respondent_kind")`.
    """
    with working_on(actor, seen, Action.EXAMINE, office) as work:
        listed = {row.code for row in conditions(work.facts.kind, office.today)}
        unknown = next((code for code in lacking if code not in listed), None)
        if unknown is not None:
            raise RuleBroken("unknown_ground", ground=unknown, entry="lacking")
        if respondent_kind and respondent_kind not in set(RespondentKind):
            raise RuleBroken("unknown_respondent_kind")
        work.set(
            eligible=eligible, competent=competent, lacking="" if eligible else " ".join(lacking)
        )
        if respondent_kind:
            work.set(respondent_kind=respondent_kind)
        work.details |= {"eligible": eligible, "competent": competent}
        if lacking and not eligible:
            work.details["lacking"] = " ".join(lacking)
        work.keep_reason(reason)
        if several_places and work.facts.kind is CaseKind.DENUNCIATION:
            _allow_longer(work)
        if competent and work.facts.kind is CaseKind.DENUNCIATION:
            # Found competent after all: nothing is to be forwarded any more.
            work.more_clocks.append(ClockChange(ClockKind.FORWARDING, ClockEffect.STOP))


def record_form(
    actor: Actor, seen: Seen, *, on: date, document_no: str = "", office: Office
) -> None:
    """Record that the signature came, or that a denunciation was filed in the form of the law."""
    with working_on(actor, seen, Action.RECORD_FORM, office) as work:
        work.dated(on)
        work.set(formal=True, signed=True)
        _number(work, document_no)


def accept(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    document_no: str = "",
    remote: bool | None = None,
    office: Office,
) -> None:
    """Accept formally (thụ lý): from this day the term of settlement runs."""
    with working_on(actor, seen, Action.ACCEPT, office) as work:
        work.dated(on)
        work.set(accepted_on=on)
        if remote is not None:
            work.set(remote=remote)
        _number(work, document_no)
        work.tells_citizen = True


def refuse(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    reason: str,
    ground: str = "",
    document_no: str = "",
    office: Office,
) -> None:
    """Refuse acceptance in writing, with the ground.

    A complaint or denunciation is refused only on a ground of the law's closed list; raises
    `RuleBroken("required")` without one, `RuleBroken("unknown_ground")` for another.
    """
    with working_on(actor, seen, Action.REFUSE, office) as work:
        work.dated(on)
        _number(work, document_no)
        _ground(work, Action.REFUSE, ground)
        work.keep_reason(reason)
        work.tells_citizen = True


def guide(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    body: str,
    text: str = "",
    document_no: str = "",
    office: Office,
) -> None:
    """Tell the citizen which body is competent; a complaint is never forwarded for them."""
    with working_on(actor, seen, Action.GUIDE, office) as work:
        work.dated(on)
        work.set(forwarded_to=body)
        work.details["body"] = body
        _number(work, document_no)
        work.keep_reason(text)
        work.tells_citizen = True


def return_papers(
    actor: Actor, seen: Seen, *, on: date, reason: str, document_no: str = "", office: Office
) -> None:
    """Give the papers back."""
    with working_on(actor, seen, Action.RETURN, office) as work:
        work.dated(on)
        _number(work, document_no)
        work.keep_reason(reason)
        work.tells_citizen = True


def file_away(
    actor: Actor, seen: Seen, *, on: date, reason: str, ground: str = "", office: Office
) -> None:
    """File without further action what fails the conditions, by the ground that applies."""
    with working_on(actor, seen, Action.FILE, office) as work:
        work.dated(on)
        _ground(work, Action.FILE, ground)
        work.keep_reason(reason)


def attach(actor: Actor, seen: Seen, *, case_number: str, office: Office) -> None:
    """Attach a duplicate to its first: it carries that examination and has no end of its own."""
    with working_on(actor, seen, Action.ATTACH, office) as work:
        first = work.session.execute(
            select(
                Case.id,
                Case.number,
                Case.kind,
                Case.duplicate_of_id,
                Case.eligible,
                Case.competent,
                Case.direction,
                Case.processed_on,
            ).where(Case.number == case_number, visible(actor, Action.SEE_CASE))
        ).first()
        if first is None:
            raise RuleBroken("unknown_case_number")
        if first.id == work.facts.id or first.duplicate_of_id is not None:
            raise RuleBroken("not_a_first")
        if first.kind is not work.facts.kind:
            raise RuleBroken("duplicate_of_other_kind")
        work.set(
            duplicate_of_id=first.id,
            eligible=first.eligible,
            competent=first.competent,
            direction=first.direction,
            processed_on=first.processed_on,
        )
        work.details["number"] = first.number
        # What was attached to this one before belongs to the first now.
        work.session.execute(
            update(Case)
            .where(Case.duplicate_of_id == work.facts.id)
            .values(duplicate_of_id=first.id)
        )


def _allow_longer(work: Work) -> None:
    """Ten working days instead of seven, counted from the same receipt (Luật Tố cáo art. 24.1)."""
    if work.facts.instance is Instance.FIRST:
        work.more_clocks.append(
            ClockChange(ClockKind.ACCEPTANCE, ClockEffect.EXTEND, SEVERAL_PLACES)
        )
        work.details["several_places"] = True


def _ground(work: Work, action: Action, code: str) -> None:
    """Keep the ground of an act where its letter finds it."""
    ground = check_ground(work.facts.kind, action, code, work.on)
    work.set(ground=ground)
    if ground:
        work.details["ground"] = ground


def _number(work: Work, document_no: str) -> None:
    if document_no:
        work.details["document_no"] = document_no
