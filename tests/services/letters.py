"""Letters for tests: drafted, brought to the leader, issued, each by the person who may."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from citizenfeedback.documents.letter_words import SAMPLES
from citizenfeedback.domain.law.forms import LetterForm, form
from citizenfeedback.domain.letter_acts import asked_fields
from citizenfeedback.domain.letters import Value
from citizenfeedback.domain.vocabulary import Action, Letter
from citizenfeedback.models.letters import CaseLetter
from citizenfeedback.services import issuing, lettering
from citizenfeedback.services.lettering import SeenLetter, Wanted
from citizenfeedback.services.registering import Registered
from tests.services.desk import DUC, HOA, Desk


def row_of(desk: Desk, letter: int) -> Any:
    """The letter as it lies in the table."""
    desk.session.expire_all()
    return desk.session.execute(select(CaseLetter).where(CaseLetter.id == letter)).scalar_one()


def seen(desk: Desk, case: Registered, letter: int) -> SeenLetter:
    """The letter with the version that stands now."""
    return SeenLetter(case.number, letter, row_of(desk, letter).version)


def sample_fields(row: LetterForm, case: Any, action: Action | None) -> dict[str, Value]:
    """Values for all fields that are asked."""
    return {name: SAMPLES[name] for name in asked_fields(row, case.kind, action) if name in SAMPLES}


def draft(
    desk: Desk,
    case: Registered,
    letter: Letter,
    action: Action | None = None,
    *,
    user: int = HOA,
    entries: dict[str, Any] | None = None,
    **fields: Value,
) -> int:
    """Draft a letter with every field that is asked; `fields` say more of some."""
    stored = desk.row(case)
    row = form(letter, stored.kind, desk.today)
    asked = sample_fields(row, stored, action)
    known = {"person", "person_address", "person_identity", "content", "received_on"}
    given = {name: value for name, value in asked.items() if name not in known}
    wanted = Wanted(letter, action, entries or {}, {**given, **fields})
    return lettering.draft_letter(desk.actor(user), case.number, wanted, office=desk.office)


def approve(desk: Desk, case: Registered, letter: int, *, user: int = HOA, by: int = DUC) -> None:
    """Lay a draft before the leader, who approves it."""
    lettering.submit_letter(desk.actor(user), seen(desk, case, letter), office=desk.office)
    lettering.approve_letter(desk.actor(by), seen(desk, case, letter), office=desk.office)


def issue(desk: Desk, case: Registered, letter: int, *, by: int = DUC, reason: str = "") -> str:
    """Issue a letter; its number."""
    return issuing.issue_letter(
        desk.actor(by),
        seen(desk, case, letter),
        reason=reason,
        files=desk.files,
        office=desk.office,
    )
