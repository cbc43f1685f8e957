"""How a letter and its act belong together: which letters a case may have now, what each gives.

The first letter of a step carries the act: issuing it performs it. The letters after it, and
those of no step, are written by themselves. What the paper itself says (its day, number and text)
is not asked for again when the act is performed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from citizenfeedback.domain import vocabulary
from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.forms import (
    AUTHOR_FIELDS,
    DERIVED_FIELDS,
    OFFICE_FIELDS,
    Addressee,
    Layout,
    LetterForm,
    form,
    forms_for,
)
from citizenfeedback.domain.letters import LetterStep, steps_from
from citizenfeedback.domain.vocabulary import Action, CaseKind, Instance, Letter, LetterState
from citizenfeedback.domain.workflow import (
    TRANSITIONS,
    optional_inputs,
    required_inputs,
    step,
)

# Acts whose legal day is the day of the paper; of the others (minutes) it is the day held.
_DAY_OF_PAPER = frozenset(
    {
        Action.ACCEPT,
        Action.REFUSE,
        Action.GUIDE,
        Action.FORWARD,
        Action.REFER,
        Action.RETURN,
        Action.SUSPEND,
        Action.LIFT_SUSPENSION,
        Action.FORM_TEAM,
        Action.DECIDE,
        Action.TERMINATE,
        Action.KEEP_SETTLING,
    }
)
# Written by the unit above, never by the one that settles.
_FROM_ABOVE = frozenset({Action.REMIND})
# A conclusion goes to the denounced too; what its denouncer reads is a notice of its own.
_TEXT_STAYS = frozenset({(CaseKind.DENUNCIATION, Action.DECIDE)})

_NUMBER_OF_OTHERS = frozenset(
    {
        Action.RECORD_FORM,
        Action.RECORD_REPLY,
        Action.TAKE_BACK,
        Action.REPRESENT,
        Action.WITHDRAW,
        Action.WITHDRAW_PART,
    }
)
"""Acts at which the number typed is that of a paper that came in."""

READ_ONCE_SENT = frozenset({Action.DECIDE, Action.ANSWER})
"""Acts whose letter the citizen reads once it was sent, not once it was issued."""

NOTICE_RULES = frozenset({"TC-05", "KN-20"})
"""Terms within which those concerned must be told: sending the letter can be the act that does so."""

# The part withdrawn is a field of the minutes; the whole minutes say more than that.
FIELD_AS_TEXT: Mapping[Action, str] = MappingProxyType({Action.WITHDRAW_PART: "withdrawn"})

TO_CITIZEN = frozenset(
    {Addressee.COMPLAINANT, Addressee.DENOUNCER, Addressee.PETITIONER, Addressee.VISITOR}
)

FIELD_OF_ENTRY: Mapping[str, str] = MappingProxyType(
    {"reason": "reason", "body": "competent_body", "names": "team", "text": "answer"}
)
"""Entries of an act that a letter repeats: asked once, printed too."""

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "person": "⟦họ tên người tố cáo⟧",
        "person_address": "⟦địa chỉ người tố cáo⟧",
        "person_identity": "⟦giấy tờ tùy thân người tố cáo⟧",
        "person_contact": "⟦liên hệ của người tố cáo⟧",
    }
)
"""What stands for the denouncer until the issue, so that nobody need read who it is to write."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that may be drafted now, with the act its issue performs, if any."""

    form: LetterForm
    action: Action | None = None


def offers(facts: CaseFacts, actor: Actor, on: date) -> tuple[Offer, ...]:
    """The letters of the acts that are lawful now, then those that stand by themselves.

    Who drafts need not be the one who may do the act: the leader signs what the handler wrote.
    """
    with_act = [offer for action in _ORDER if (offer := _lawful(facts, actor, action, on))]
    alone = [
        Offer(row)
        for row in forms_for(facts.kind, on, facts.instance)
        if row.layout is not Layout.PETITION and row.letter not in _CARRYING[facts.kind]
    ]
    return (*with_act, *alone)


def _lawful(facts: CaseFacts, actor: Actor, action: Action, on: date) -> Offer | None:
    if action in _FROM_ABOVE and not can(actor, action, facts):
        return None
    try:
        return carried_by(facts, action, on)
    except RuleBroken:
        return None


def carried_by(facts: CaseFacts, action: Action, on: date) -> Offer | None:
    """The letter by whose issue this act is done; None where it brings none."""
    row = step(facts, action)
    if not row.letters:
        return None
    try:
        return Offer(form(row.letters[0], facts.kind, on, facts.instance), action)
    except RuleBroken:
        return None


def numbers_own_paper(action: Action) -> bool:
    """Whether the number typed at an act is that of a paper which this office gives out."""
    known = {*required_inputs(action), *optional_inputs(action)}
    return "document_no" in known and action not in _NUMBER_OF_OTHERS


def issuing_unit(actor: Actor, facts: CaseFacts, action: Action | None) -> int:
    """Whose paper it is: of the unit that has the case; a reminder comes from above."""
    if action in _FROM_ABOVE and actor.unit_id is not None:
        return actor.unit_id
    return facts.unit_id


def form_of_act(
    kind: CaseKind, action: Action, on: date, instance: Instance = Instance.FIRST
) -> LetterForm | None:
    """The form of the letter that an act brings, wherever the case stands; None if it brings none."""
    for row in TRANSITIONS:
        if row.action is action and kind in row.kinds and row.letters:
            try:
                return form(row.letters[0], kind, on, instance)
            except RuleBroken:
                return None
    return None


def find_offer(facts: CaseFacts, letter: Letter, action: Action | None, on: date) -> Offer:
    """The letter asked for; raises `RuleBroken("letter_not_offered")` where it is not in place.

    An act must be lawful now, which its own refusal says.
    """
    if action is not None:
        offer = carried_by(facts, action, on)
        if offer is not None and offer.form.letter is letter:
            return offer
    else:
        fits = letter not in _CARRYING[facts.kind]
        row = next(
            (row for row in forms_for(facts.kind, on, facts.instance) if row.letter is letter), None
        )
        if fits and row is not None and row.layout is not Layout.PETITION:
            return Offer(row)
    raise RuleBroken("letter_not_offered", letter=letter)


def to_citizen(row: LetterForm) -> bool:
    """Whether the citizen is one of those who get it."""
    return not TO_CITIZEN.isdisjoint(row.addressees)


def checked_for_identity(kind: CaseKind, row: LetterForm) -> bool:
    """Whether the text must be searched for the denouncer before the issue.

    Only a letter to the denouncer alone may name him (Luật Tố cáo art. 56).
    """
    return kind is CaseKind.DENUNCIATION and not row.names_denouncer


def may_take(
    actor: Actor, facts: CaseFacts, row: LetterForm, action: Action | None, letter_step: LetterStep
) -> bool:
    """Whether this person may take a step with a letter of this case.

    Whoever drafts may edit, submit and cancel, and issue what needs no approval. Approving and
    issuing the rest is the leader's; of a letter with an act whoever may do the act may issue it.
    """
    drafts = can(actor, Action.DRAFT_LETTER, facts)
    signs = can(actor, Action.ISSUE_LETTER, facts)
    acts = action is None or can(actor, action, facts)
    if letter_step in (LetterStep.EDIT, LetterStep.SUBMIT):
        return drafts
    if letter_step is LetterStep.CANCEL:
        return drafts or signs
    if letter_step is LetterStep.ISSUE and not row.approved:
        return drafts and acts
    return signs and acts


def steps_for(
    actor: Actor, facts: CaseFacts, row: LetterForm, action: Action | None, state: LetterState
) -> tuple[LetterStep, ...]:
    """The steps this person may take with a letter now; an issued one is cancelled by signers."""
    taken = (one for one in steps_from(row, state) if may_take(actor, facts, row, action, one))
    issued = state is LetterState.ISSUED
    signs = can(actor, Action.ISSUE_LETTER, facts)
    return tuple(one for one in taken if signs or not (issued and one is LetterStep.CANCEL))


def given_by_letter(kind: CaseKind, action: Action) -> frozenset[str]:
    """The entries of an act that its letter gives."""
    known = {*required_inputs(action), *optional_inputs(action)}
    given = {"document_no"} & known
    if action in _DAY_OF_PAPER:
        given.add("on")
    if "text" in known and (kind, action) not in _TEXT_STAYS:
        given.add("text")
    return frozenset(given)


def asked_entries(kind: CaseKind, action: Action) -> tuple[tuple[str, bool], ...]:
    """The entries of an act still to be asked when its letter is drafted; True for required."""
    given = given_by_letter(kind, action)
    left_out = given | ({"text"} if (kind, action) in _TEXT_STAYS else set())
    return tuple(
        (name, needed)
        for names, needed in ((required_inputs(action), True), (optional_inputs(action), False))
        for name in names
        if name not in left_out
    )


def asked_fields(row: LetterForm, kind: CaseKind, action: Action | None) -> tuple[str, ...]:
    """The fields of a form to be asked: all but what the office, the day or the act gives."""
    known = {*OFFICE_FIELDS, *DERIVED_FIELDS}
    if kind is CaseKind.DENUNCIATION:
        known |= set(AUTHOR_FIELDS)
    if action is not None:
        asked = {name for name, _ in asked_entries(kind, action)}
        known |= {FIELD_OF_ENTRY[name] for name in asked if name in FIELD_OF_ENTRY}
        if "ground" in asked:
            known |= {"ground", "ground_law"}
        if "result" in asked:
            known.add("result")
    return tuple(name for name in (*row.required, *row.optional) if name not in known)


_ORDER: tuple[Action, ...] = tuple(dict.fromkeys(row.action for row in TRANSITIONS))
_CARRYING: Mapping[CaseKind, frozenset[Letter]] = MappingProxyType(
    {
        kind: frozenset(row.letters[0] for row in TRANSITIONS if row.letters and kind in row.kinds)
        for kind in CaseKind
    }
)


def packed(entries: Mapping[str, object]) -> dict[str, object]:
    """Entries of an act as JSON can hold them: days and codes are marked as such."""
    return {name: _pack(value) for name, value in entries.items()}


def unpacked(stored: Mapping[str, object]) -> dict[str, object]:
    """The entries that `packed` stored."""
    return {name: _unpack(value) for name, value in stored.items()}


def _pack(value: object) -> object:
    if isinstance(value, StrEnum):
        return {"code": type(value).__name__, "value": str(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple | frozenset):
        return [_pack(one) for one in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"an entry of this kind cannot be kept: {type(value).__name__}")


def _unpack(value: object) -> object:
    if isinstance(value, dict) and "day" in value:
        return date.fromisoformat(value["day"])
    if isinstance(value, dict):
        code: type[StrEnum] = getattr(vocabulary, value["code"])
        return code(value["value"])
    if isinstance(value, list):
        return tuple(_unpack(one) for one in value)
    return value
