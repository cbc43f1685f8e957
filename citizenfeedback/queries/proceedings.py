"""What was done to settle a case and after its decision: team, dialogues, reminders, outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select, union_all

from citizenfeedback.domain.outcomes import (
    OUTCOME_AMOUNTS,
    PROGRESS_AMOUNTS,
    Outcome,
    Progress,
    Remaining,
    remaining,
)
from citizenfeedback.domain.vocabulary import Attendance, FirstDecision
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.procedures import (
    DecisionOutcome,
    Dialogue,
    ImplementationEntry,
    Reminder,
    TeamMember,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the team; the first one leads."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class DialogueLine:
    """A dialogue: for which day and where it was planned, when it was held and with whom."""

    planned_for: date | None
    held_on: date | None
    hour: str
    place: str
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A reminder from above and whether it was answered."""

    on: date
    report_by: date
    answered_on: date | None
    unit: str
    document_no: str


@dataclass(frozen=True, slots=True)
class OutcomeLines:
    """What the decision orders, what was done of it so far, and what is left."""

    outcome: Outcome
    recorded_on: date
    finished_on: date | None
    done: Progress
    left: Remaining


@dataclass(frozen=True, slots=True)
class Proceedings:
    """All of it."""

    team: tuple[Member, ...] = ()
    team_document: str = ""
    dialogues: tuple[DialogueLine, ...] = ()
    reminders: tuple[ReminderLine, ...] = ()
    outcome: OutcomeLines | None = None


def parts_of(case_id: int) -> list[Any]:
    """What was done for one case, as rows of what, id and text; `read_parts` takes them apart.

    The page of a case asks for many small lists: they come in one query with its references.
    """
    entry = ImplementationEntry
    return [
        select(
            literal("team"),
            TeamMember.id,
            joined(TeamMember.name, TeamMember.position, TeamMember.document_no),
        ).where(TeamMember.case_id == case_id),
        select(
            literal("dialogue"),
            Dialogue.id,
            joined(
                Dialogue.planned_for,
                Dialogue.held_on,
                Dialogue.hour,
                Dialogue.place,
                Dialogue.attendance,
            ),
        ).where(Dialogue.case_id == case_id),
        select(
            literal("reminder"),
            Reminder.id,
            joined(
                Reminder.on,
                Reminder.report_by,
                Reminder.answered_on,
                Unit.name,
                Reminder.document_no,
            ),
        )
        .join(Unit, Unit.id == Reminder.from_unit_id)
        .where(Reminder.case_id == case_id),
        select(
            literal("outcome"),
            DecisionOutcome.case_id,
            joined(
                DecisionOutcome.recorded_on,
                DecisionOutcome.finished_on,
                DecisionOutcome.first_decision,
                *(getattr(DecisionOutcome, name) for name in OUTCOME_AMOUNTS),
            ),
        ).where(DecisionOutcome.case_id == case_id),
        select(
            literal("progress"),
            entry.case_id,
            joined(
                func.max(entry.on), *(func.sum(getattr(entry, name)) for name in PROGRESS_AMOUNTS)
            ),
        )
        .where(entry.case_id == case_id)
        .group_by(entry.case_id),
    ]


def joined(*columns: Any) -> ColumnElement[str]:
    """Columns as one text with tabs between them; a tab stands in none of them."""
    texts = [func.coalesce(cast(column, String), "") for column in columns]
    together: ColumnElement[str] = texts[0]
    for text in texts[1:]:
        together = together + "\t" + text
    return together


def read_parts(found: Mapping[str, Mapping[int, str]]) -> Proceedings:
    """The rows of `parts_of`, by what and id."""
    team = [text.split("\t") for text in texts_of(found, "team")]
    return Proceedings(
        team=tuple(Member(name, position) for name, position, _paper in team),
        team_document=team[0][2] if team else "",
        dialogues=tuple(_dialogue(text) for text in texts_of(found, "dialogue")),
        reminders=tuple(_reminder(text) for text in texts_of(found, "reminder")),
        outcome=_outcome(found),
    )


def texts_of(found: Mapping[str, Mapping[int, str]], what: str) -> list[str]:
    """The texts of one kind of row, in the order of their ids."""
    return [text for _, text in sorted(found.get(what, {}).items())]


def _dialogue(text: str) -> DialogueLine:
    planned, held, hour, place, attendance = text.split("\t")
    came = Attendance(attendance) if attendance else None
    return DialogueLine(_day(planned), _day(held), hour, place, came)


def _reminder(text: str) -> ReminderLine:
    on, report_by, answered, unit, paper = text.split("\t")
    return ReminderLine(
        date.fromisoformat(on), date.fromisoformat(report_by), _day(answered), unit, paper
    )


def _outcome(found: Mapping[str, Mapping[int, str]]) -> OutcomeLines | None:
    ordered = next(iter(texts_of(found, "outcome")), None)
    if ordered is None:
        return None
    recorded, finished, first, *amounts = ordered.split("\t")
    outcome = Outcome(
        first_decision=FirstDecision(first) if first else None,
        **{name: int(amount) for name, amount in zip(OUTCOME_AMOUNTS, amounts, strict=True)},
    )
    recorded_on, finished_on = date.fromisoformat(recorded), _day(finished)
    done = Progress(on=recorded_on, finished=finished_on is not None)
    progress = next(iter(texts_of(found, "progress")), None)
    if progress is not None:
        on, *sums = progress.split("\t")
        totals = {name: int(total) for name, total in zip(PROGRESS_AMOUNTS, sums, strict=True)}
        done = Progress(on=date.fromisoformat(on), finished=done.finished, **totals)
    return OutcomeLines(outcome, recorded_on, finished_on, done, remaining(outcome, (done,)))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def outcome_of(case_id: int) -> OutcomeLines | None:
    """What a decision orders and how far it is carried out; None before that is recorded."""
    found: dict[str, dict[int, str]] = {}
    for what, id_, text in db.session.execute(union_all(*parts_of(case_id)[-2:])):
        found.setdefault(what, {})[id_] = text
    return _outcome(found)
