"""All wording outside templates: what a code, a refusal or an event is called, in both languages.

Rules and rows carry codes; pages, mail, paper and the command line ask here, so that one thing has
one name everywhere. The tables stand in `words`, `refusals`, `happenings` and `citizen_words`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from citizenfeedback.documents import citizen_words, happenings, refusals, words
from citizenfeedback.documents.catalogue import SOURCE_LANGUAGE, translate
from citizenfeedback.documents.formats import (
    format_date,
    format_long_date,
    format_number,
    sentence,
)
from citizenfeedback.domain.aftermath import Aftermath
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.grounds import ground
from citizenfeedback.domain.vocabulary import (
    Action,
    Attendance,
    CaseKind,
    CaseResult,
    Channel,
    ClockKind,
    Complexity,
    DataGround,
    DataOutcome,
    DataPart,
    DataWish,
    Direction,
    EventKind,
    Letter,
    PersonRole,
    PublicationWay,
    ReplyOutcome,
    Role,
    SendingWay,
    State,
    Verdict,
    WithdrawalProof,
)

VI = SOURCE_LANGUAGE

# Details of an event are plain text in the row; these are codes to be worded.
_CODED: Mapping[str, type[Enum]] = {
    "kind": CaseKind,
    "from_kind": CaseKind,
    "channel": Channel,
    "complexity": Complexity,
    "direction": Direction,
    "result": CaseResult,
    "reply": ReplyOutcome,
    "proof": WithdrawalProof,
    "verdict": Verdict,
    "wish": DataWish,
    "part": DataPart,
    "outcome": DataOutcome,
    "data_ground": DataGround,
    "role": PersonRole,
    "state": State,
    "action": Action,
    "letter": Letter,
    "way": SendingWay,
    "attendance": Attendance,
    "publication": PublicationWay,
}

# Details that refer to a row: said only once whoever shows them has put a name in place of the id.
_REFERENCES = frozenset({"assignee", "unit"})


def label(value: Enum, lang: str = VI) -> str:
    """What a member of the vocabulary is called; an action by the verb on its button."""
    return translate(words.LABELS[type(value)][value], lang)


def button(action: Action, kind: CaseKind, lang: str = VI) -> str:
    """The verb on the button of an act, as it is said of this kind of case."""
    text = words.BUTTONS.get((action, kind))
    return label(action, lang) if text is None else translate(text, lang)


def state_label(state: State, kind: CaseKind, lang: str = VI) -> str:
    """What a state is called for this kind of case."""
    text = words.STATES.get((state, kind))
    return label(state, lang) if text is None else translate(text, lang)


def input_label(name: str, lang: str = VI) -> str:
    """What an entry of a form is called."""
    return translate(words.INPUTS[name], lang)


def error_text(code: str, values: Mapping[str, object] | None = None, lang: str = VI) -> str:
    """The sentence for the code of a `RuleBroken`, with its values filled in."""
    text = refusals.REFUSALS.get(code)
    told = None if text is None else _filled(translate(text, lang), values or {}, lang)
    return told or translate(refusals.ANY_REFUSAL, lang).format(code=code)


def problem_text(entry: str, code: str, limit: int | None = None, lang: str = VI) -> str:
    """The sentence for one entry to put right (`domain.intake.Problem`)."""
    if code == "required" and entry in refusals.REQUIRED:
        return translate(refusals.REQUIRED[entry], lang)
    return error_text(code, {"limit": limit}, lang)


def event_text(kind: EventKind, details: Mapping[str, object], lang: str = VI) -> str:
    """One line of the timeline: with its details where they are known, else its plain name."""
    for line in happenings.HAPPENINGS.get(kind, ()):
        told = _filled(translate(line, lang), details, lang)
        if told is not None:
            return told
    return label(kind, lang)


def own_event_text(
    kind: EventKind, details: Mapping[str, object], lang: str = VI, *, channel: Channel, own: bool
) -> str:
    """One line of the timeline as who filed reads it; `own`: the filer did it."""
    if kind is EventKind.CASE_REGISTERED:
        return translate(happenings.RECEIVED[channel], lang)
    line = happenings.OWN.get(kind) if own else None
    told = None if line is None else _filled(translate(line, lang), details, lang)
    return told or event_text(kind, details, lang)


def kind_question(code: str, lang: str = VI) -> str:
    """The everyday question by which the kind of a submission is found."""
    return translate(citizen_words.KIND_QUESTIONS[code], lang)


def kind_reason(code: str, lang: str = VI) -> str:
    """Why that answer proposes that kind."""
    return translate(citizen_words.KIND_REASONS[code], lang)


def kind_meaning(kind: CaseKind, lang: str = VI) -> str:
    """The plain meaning beside the legal term, said the first time it is used on a page."""
    return translate(citizen_words.MEANINGS[kind], lang)


def standing_sentence(
    kind: CaseKind,
    state: State,
    unit: str,
    lang: str = VI,
    *,
    due_on: date | None = None,
    clock: ClockKind | None = None,
    today: date | None = None,
) -> str:
    """Where the case stands and by when the next thing happens, for the citizen to read.

    `clock` is the term that runs out first and `due_on` its date; with `today` after it the
    sentence says that it is late.
    """
    answered = {} if kind in citizen_words.SETTLED_BY else citizen_words.ANSWERED
    stands = answered.get(state, citizen_words.STANDING[state])
    told = [sentence(translate(stands, lang).format(unit=unit))]
    if state is State.INFORMATION:
        told.append(translate(citizen_words.TO_FILE_IN_FORM, lang))
    elif due_on is not None and clock is not None:
        if state is State.AWAITING_CITIZEN:
            told.append(translate(citizen_words.TERM_RUNS_ON, lang))
        late = today is not None and today > due_on
        text = citizen_words.OVERDUE if late else _next_text(kind, clock)
        if text is not None:
            told.append(translate(text, lang).format(due=format_long_date(due_on, lang)))
    return " ".join(told)


def after_sentences(follows: Aftermath, lang: str = VI) -> tuple[str, ...]:
    """What the citizen may do now, and when the decision takes effect, in plain words."""
    told: list[tuple[str, date | None]] = []
    if follows.unanswered:
        silence = citizen_words.AFTER_SILENCE
        if follows.overdue_follow_up:
            silence = citizen_words.AFTER_NO_CONCLUSION
        told.append((silence, None))
    if follows.appeal is not None:
        text = citizen_words.AFTER_APPEAL
        if follows.unanswered:
            text = citizen_words.AFTER_SILENCE_APPEAL
        told.append((text, follows.appeal.due))
    if follows.court:
        alone = follows.appeal is None
        text = citizen_words.AFTER_COURT_ONLY if alone else citizen_words.AFTER_COURT
        told.append((text, None))
    if follows.follow_up:
        told.append((citizen_words.AFTER_FOLLOW_UP, None))
    if follows.effective is not None:
        told.append((citizen_words.AFTER_EFFECT, follows.effective.due))
    return tuple(
        translate(text, lang).format(day=format_long_date(day, lang) if day else "")
        for text, day in told
    )


def _next_text(kind: CaseKind, clock: ClockKind) -> str | None:
    if clock is ClockKind.SETTLEMENT and kind in citizen_words.SETTLED_BY:
        return citizen_words.SETTLED_BY[kind]
    return citizen_words.NEXT.get(clock)


def _filled(text: str, values: Mapping[str, object], lang: str) -> str | None:
    """The text with its values in words; None when one of them is not known."""
    told = {
        name: _told(name, value, lang)
        for name, value in values.items()
        if value not in (None, "") and not (name in _REFERENCES and isinstance(value, int))
    }
    try:
        return text.format_map(told)
    except KeyError:
        return None


def _told(name: str, value: object, lang: str) -> str:
    """One value in words: codes by their label, dates and numbers as people write them."""
    if isinstance(value, Enum):
        return label(value, lang) if type(value) in words.LABELS else str(value.value)
    if isinstance(value, bool) and name in happenings.FINDINGS:
        return translate(happenings.FINDINGS[name][0 if value else 1], lang)
    if isinstance(value, bool):
        return translate(citizen_words.YES if value else citizen_words.NO, lang)
    if isinstance(value, (date, datetime)):
        return format_date(value, lang)
    if isinstance(value, int):
        return format_number(value, lang)
    if isinstance(value, str):
        return _told_text(name, value, lang)
    return str(value)


def _told_text(name: str, value: str, lang: str) -> str:
    if name == "ground":
        return _ground_text(value, lang)
    if name in _CODED:
        try:
            return label(_CODED[name](value), lang)
        except ValueError:
            return value
    try:
        return format_date(date.fromisoformat(value), lang)
    except ValueError:
        return value


def _ground_text(code: str, lang: str) -> str:
    """What a ground says; a code that is on no list stays as it is."""
    try:
        return ground(code).label(lang)
    except RuleBroken:
        return code


def role_task(role: Role, lang: str = SOURCE_LANGUAGE) -> str:
    """What somebody in a role does in the office, in one sentence."""
    return translate(words.ROLE_TASKS[role], lang)
