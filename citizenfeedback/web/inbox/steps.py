"""The lawful next steps of a case in the order they are offered, and its term in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for

from citizenfeedback.documents.deadline_text import act_line, entry_line, explain, term_line
from citizenfeedback.documents.labels import button, error_text, label
from citizenfeedback.domain.vocabulary import Action, CaseKind, Letter, Role, State
from citizenfeedback.domain.workflow import NO_NOTICE, required_inputs
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.ledger import ClockLine, LedgerLine
from citizenfeedback.queries.letters import UNDER_WAY, CaseLetters, LetterLine
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.i18n import current_language, gettext

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
    State.FORWARDED: (Action.RECORD_REPLY,),
    State.AWAITING_CITIZEN: (Action.RESUME, Action.RECORD_FORM),
    State.ACCEPTED: (Action.VERIFY, Action.ANSWER),
    State.SUSPENDED: (Action.LIFT_SUSPENSION,),
    State.VERIFYING: (Action.DECIDE, Action.ANSWER, Action.SUBMIT_DRAFT),
    State.AWAITING_APPROVAL: (Action.DECIDE, Action.ANSWER),
    State.DECIDED: (Action.SEND,),
}
# Beside what they belong to on the page, not among the steps.
ASIDE = frozenset({Action.NOTE, Action.MESSAGE, Action.ADD_DOCUMENT, Action.SUMMARISE})
_SELDOM = frozenset(
    {
        Action.RECLASSIFY,
        Action.SPLIT,
        Action.REPRESENT,
        Action.ATTACH,
        Action.PASS_ON,
        Action.WITHDRAW,
        Action.TERMINATE,
        Action.SUSPEND,
        Action.KEEP_SETTLING,
        Action.WITHDRAW_PART,
        Action.CORRECT,
        Action.SHOW_PUBLIC,
        Action.HOLD_DATA,
        Action.RELEASE_DATA,
    }
)

_PLAIN = frozenset({Action.ACCEPT, Action.VERIFY, Action.RESUME})
"""Acts that in those kinds need no more than the day: one press does them."""

NO_LETTERS = CaseLetters()


@dataclass(frozen=True, slots=True)
class Button:
    """One step as it is offered; with `sent` one press does it, and `href` has its form."""

    text: str
    href: str
    sent: dict[str, str] | None = None
    action: str = ""


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
    suspended_on: date | None
    basis: str
    steps: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry of the ledger in words."""

    on: date
    clock: str
    entry: str
    act: str
    by: str
    document_no: str


def buttons(head: CaseHead, letters: CaseLetters = NO_LETTERS) -> Buttons:
    """Sort what is lawful now into what is offered first and what is kept apart.

    Where the next act is the leader's to sign, its letter is what comes next for who drafts it.
    """
    lang = current_language()
    offered = [action for action in head.actions if action not in ASIDE]
    wanted = _wanted(head)
    carried = {offer.action: offer.form.letter for offer in letters.with_act}
    main = next((action for action in wanted if action in offered or action in carried), None)
    made = {action: _button(action, head, lang) for action in offered}
    if main and main not in made:
        made[main] = _letter(carried[main], main, head, letters.lines)
    return Buttons(
        main=made[main] if main else None,
        others=tuple(
            made[action] for action in offered if action is not main and action not in _SELDOM
        ),
        seldom=(
            *(made[action] for action in offered if action is not main and action in _SELDOM),
            *(_with_more(one) for one in made.values() if one.sent is not None),
        ),
        missing=tuple(
            (button(action, head.kind, lang), error_text(code, {}, lang))
            for action, code in head.blocked
            if action in _NEXT.get(head.state, ())[:1]
        ),
    )


def _button(action: Action, head: CaseHead, lang: str) -> Button:
    sent = _sent(action, head)
    if sent is not None:
        sent |= {"version": str(head.version), "seq": str(head.seq)}
    where = url_for("inbox.do", number=head.number, action=action)
    return Button(_text(action, head, lang), _page(action, head), sent, where)


def _sent(action: Action, head: CaseHead) -> dict[str, str] | None:
    """What one press sends where nothing is left to ask; None where there is a form to fill."""
    if action is Action.ASSIGN and _takes_it(head):
        return {"assignee": str(actor().user_id)}
    if action not in _PLAIN or head.kind not in NO_NOTICE:
        return None
    day = today()
    if "on" not in required_inputs(action):
        return {}
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def _with_more(one: Button) -> Button:
    """The form of a step that one press does: for another day, or a note."""
    return Button(gettext("%(step)s, ghi thêm ngày hoặc ghi chú", step=one.text), one.href)


def _page(action: Action, head: CaseHead) -> str:
    return url_for("inbox.prepare", number=head.number, action=action)


def _letter(
    letter: Letter, action: Action, head: CaseHead, lines: tuple[LetterLine, ...]
) -> Button:
    """The letter that carries an act: the one under way, else a new one."""
    name = label(letter, current_language())
    under_way = [line for line in lines if line.letter is letter and line.state in UNDER_WAY]
    if under_way:
        where = url_for("inbox.letter", number=head.number, letter_id=under_way[-1].id)
        return Button(gettext("Mở văn bản: %(letter)s", letter=name), where)
    where = url_for("inbox.new_letter", number=head.number, letter=letter, act=action)
    return Button(gettext("Soạn văn bản: %(letter)s", letter=name), where)


def _wanted(head: CaseHead) -> tuple[Action, ...]:
    """What should come next: first the signature, or the representatives, that all waits for."""
    wanted = _NEXT.get(head.state, ())
    if head.state is State.EXAMINING and head.eligible is not None:
        wanted = tuple(action for action in wanted if action is not Action.EXAMINE)
    if _unsigned(head):
        return (Action.ASK_CITIZEN, *wanted)
    needs = dict(head.blocked).get(Action.ACCEPT)
    return (Action.REPRESENT, *wanted) if needs == "group_needs_representatives" else wanted


def _unsigned(head: CaseHead) -> bool:
    waiting = head.state in (State.REGISTERED, State.EXAMINING)
    return head.kind is CaseKind.COMPLAINT and not head.signed and waiting


def _text(action: Action, head: CaseHead, lang: str) -> str:
    if action is Action.ASK_CITIZEN and _unsigned(head):
        return gettext("Mời người dân ký đơn")
    if action is Action.ASSIGN and _takes_it(head):
        return gettext("Nhận việc này")
    return button(action, head.kind, lang)


def _takes_it(head: CaseHead) -> bool:
    """Whether giving the case means taking it: nobody has it, and there is nobody else to give to."""
    return head.assignee_id is None and Role.UNIT_LEADER not in actor().roles


def term(clock: ClockLine | None, lang: str) -> Term | None:
    """A clock in words."""
    if clock is None:
        return None
    return Term(
        title=label(clock.clock, lang),
        due_on=clock.due_on,
        stopped_on=clock.stopped_on,
        suspended_on=clock.suspended_on,
        basis=term_line(clock.explanation, lang),
        steps=tuple(explain(clock.explanation, lang)),
    )


def ledger(lines: Iterable[LedgerLine], lang: str) -> list[LedgerRow]:
    """What was done to the clocks, in words."""
    return [
        LedgerRow(
            line.on,
            label(line.clock, lang),
            entry_line(line.effect, line.rule, line.days, lang),
            act_line(line.act, lang),
            line.by,
            line.document_no,
        )
        for line in lines
    ]
