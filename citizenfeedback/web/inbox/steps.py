"""The lawful next steps of a case in the order they are offered, and its term in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.labels import button, error_text, label
from citizenfeedback.domain.vocabulary import Action, State
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.case_page import ClockLine
from citizenfeedback.web.i18n import current_language

# What usually comes next in a state; the first of these that is lawful is the main button.
_NEXT: dict[State, tuple[Action, ...]] = {
    State.REGISTERED: (Action.EXAMINE,),
    State.EXAMINING: (
        Action.ACCEPT,
        Action.FORWARD,
        Action.GUIDE,
        Action.REFUSE,
        Action.FILE,
        Action.EXAMINE,
    ),
    State.INFORMATION: (Action.RECORD_FORM,),
    State.AWAITING_CITIZEN: (Action.RESUME, Action.RECORD_FORM),
    State.ACCEPTED: (Action.VERIFY, Action.ANSWER),
    State.VERIFYING: (Action.DECIDE, Action.ANSWER, Action.SUBMIT_DRAFT),
    State.AWAITING_APPROVAL: (Action.DECIDE, Action.ANSWER),
    State.DECIDED: (Action.SEND,),
}
# Beside what they belong to on the page, not among the steps.
ASIDE = frozenset({Action.NOTE, Action.MESSAGE, Action.ADD_DOCUMENT, Action.SUMMARISE})
_SELDOM = frozenset(
    {
        Action.RECLASSIFY,
        Action.ATTACH,
        Action.PASS_ON,
        Action.WITHDRAW,
        Action.TERMINATE,
        Action.CORRECT,
    }
)


@dataclass(frozen=True, slots=True)
class Button:
    """One step as it is offered."""

    action: Action
    text: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """The steps by their weight: one main, those at hand, those seldom needed; and what is missing."""

    main: Button | None
    others: tuple[Button, ...]
    seldom: tuple[Button, ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term in words: what it is for, until when, by which article, and the count."""

    title: str
    due_on: date
    stopped_on: date | None
    basis: str
    steps: tuple[tuple[date, str], ...]


def buttons(head: CaseHead) -> Buttons:
    """Sort what is lawful now into what is offered first and what is kept apart."""
    lang = current_language()
    offered = [action for action in head.actions if action not in ASIDE]
    wanted = _NEXT.get(head.state, ())
    main = next((action for action in wanted if action in offered), None)
    made = {action: Button(action, button(action, head.kind, lang)) for action in offered}
    return Buttons(
        main=made[main] if main else None,
        others=tuple(
            made[action] for action in offered if action is not main and action not in _SELDOM
        ),
        seldom=tuple(
            made[action] for action in offered if action is not main and action in _SELDOM
        ),
        missing=tuple(
            (button(action, head.kind, lang), error_text(code, {}, lang))
            for action, code in head.blocked
            if action in wanted[:1]
        ),
    )


def term(clock: ClockLine | None, lang: str) -> Term | None:
    """A clock in words."""
    if clock is None:
        return None
    return Term(
        title=label(clock.clock, lang),
        due_on=clock.due_on,
        stopped_on=clock.stopped_on,
        basis=term_line(clock.explanation, lang),
        steps=tuple(explain(clock.explanation, lang)),
    )
