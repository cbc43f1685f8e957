"""The lawful steps of the four kinds as one table: what may follow what, and what it brings.

The same rows draw the buttons, guard the act, start and stop the legal clocks and name the
letters. Who may act is not here but in `access.py`. A row says nothing of wording.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from citizenfeedback.domain import access
from citizenfeedback.domain.conditions import (
    acceptable,
    accepted,
    extendable,
    first_instance,
    forwardable,
    held,
    ineligible,
    not_accepted,
    not_held,
    outside_competence,
    referred,
    refusable,
    returnable,
    still_unsigned,
    unanswered_first,
)
from citizenfeedback.domain.deadlines import OFFICE_STANDARD
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.law.terms import rows_of as term_rows
from citizenfeedback.domain.outcomes import OUTCOME_AMOUNTS, PROGRESS_AMOUNTS
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    Action,
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    ClockEffect,
    ClockKind,
    Complexity,
    Direction,
    EventKind,
    Instance,
    Letter,
    Phase,
    State,
)

Guard = Callable[[CaseFacts], str | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from these states, by this act, to that one, with all that follows.

    `target` None leaves the state as it is; `after_acceptance` replaces `target` for a case
    that was accepted (`step` has already put it in place). `direction` is what the examination
    decided: the act also dates `processed_on`. `result` is how the case ends. `closes`: the day
    of this act is `closed_on`. `reopens`: closing date and result are taken back, and, when it
    was never accepted, the direction and its date too; a reclassification takes back findings
    and acceptance as well, a correction of a duplicate its link.
    """

    kinds: frozenset[CaseKind]
    action: Action
    sources: frozenset[State]
    target: State | None
    event: EventKind
    guard: Guard | None = None
    clocks: Mapping[ClockKind, ClockEffect] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()
    after_acceptance: State | None = None
    direction: Direction | None = None
    result: CaseResult | None = None
    closes: bool = False
    reopens: bool = False

    def refusal(self, facts: CaseFacts) -> str | None:
        """The code of what is missing for this step, or None."""
        return None if self.guard is None else self.guard(facts)


_C = frozenset({CaseKind.COMPLAINT})
_D = frozenset({CaseKind.DENUNCIATION})
_CD = _C | _D
_PR = frozenset({CaseKind.PETITION, CaseKind.REFLECTION})
_CPR = _C | _PR
NO_NOTICE = _PR
"""Kinds of which the law asks no notice of acceptance and no plan of verification."""
_ALL = frozenset(CaseKind)

_ANY = frozenset(State)
_CLOSED = frozenset(state for state in State if PHASE_OF[state] is Phase.CLOSED)
_OPEN = _ANY - _CLOSED
_NEW = frozenset({State.REGISTERED})
_TO_EXAMINE = frozenset({State.REGISTERED, State.EXAMINING})
_EXAMINING = frozenset({State.EXAMINING})
_INFORMATION = frozenset({State.INFORMATION})
_ASKED = frozenset({State.AWAITING_CITIZEN})
_AT_WORK = frozenset({State.ACCEPTED, State.VERIFYING, State.AWAITING_APPROVAL})
_SUSPENDED = frozenset({State.SUSPENDED})
_UNDER_TERM = _AT_WORK | _ASKED
_BEFORE_THE_END = _UNDER_TERM | _SUSPENDED
_DECIDED = frozenset({State.DECIDED, State.DONE})
_UNDECIDED = _OPEN - {State.DECIDED}
# What the superior can look at again: what was sent elsewhere, filed, joined or withdrawn was
# never settled here, and a content once withdrawn is not taken up again (Law 136/2025 art. 2.3).
_SETTLED = frozenset({State.DONE, State.REFUSED, State.TERMINATED})

_START, _STOP, _EXTEND = ClockEffect.START, ClockEffect.STOP, ClockEffect.EXTEND
_SUSPEND, _RESUME = ClockEffect.SUSPEND, ClockEffect.RESUME
# What the examination ends, whatever it decides: the visitor is answered, the paper processed.
_PROCESSED: Mapping[ClockKind, ClockEffect] = {
    ClockKind.PROCESSING: _STOP,
    ClockKind.REPLY: _STOP,
    ClockKind.ACCEPTANCE: _STOP,
    ClockKind.DEMAND: _STOP,
}
ANSWERING = frozenset(
    {
        Action.MESSAGE,
        Action.ASK_CITIZEN,
        Action.RESUME,
        Action.DECIDE,
        Action.ANSWER,
        Action.REFUSE,
        Action.GUIDE,
        Action.FORWARD,
        Action.RETURN,
        Action.WITHDRAW,
        Action.WITHDRAW_PART,
        Action.KEEP_SETTLING,
        Action.TERMINATE,
    }
)
"""Acts of the office by which it has taken up what the citizen wrote last."""

ADDING = frozenset(
    {EventKind.MESSAGE_RECEIVED, EventKind.DOCUMENT_ADDED, EventKind.WITHDRAWAL_ASKED}
)
"""What a citizen adds to the own case that waits for the office to take it up."""

WITHDRAWAL_TAKEN_UP = frozenset(
    {EventKind.CASE_WITHDRAWN, EventKind.PART_WITHDRAWN, EventKind.SETTLING_KEPT}
)
"""What ends the waiting of a citizen who asked to withdraw."""

_ALL_STOP: Mapping[ClockKind, ClockEffect] = {
    **_PROCESSED,
    ClockKind.FORWARDING: _STOP,
    ClockKind.SETTLEMENT: _STOP,
}
_ENDED: Mapping[ClockKind, ClockEffect] = {**_ALL_STOP, ClockKind.REPLY: _START}

TRANSITIONS: tuple[Transition, ...] = (
    # Form and examination.
    Transition(
        _D,
        Action.RECORD_FORM,
        _INFORMATION,
        State.REGISTERED,
        EventKind.FORM_RECORDED,
        clocks={ClockKind.ACCEPTANCE: _START, ClockKind.DEMAND: _START},
    ),
    Transition(
        _C, Action.RECORD_FORM, _TO_EXAMINE, None, EventKind.FORM_RECORDED, guard=still_unsigned
    ),
    Transition(
        _C,
        Action.RECORD_FORM,
        _ASKED,
        State.EXAMINING,
        EventKind.FORM_RECORDED,
        guard=still_unsigned,
        after_acceptance=State.VERIFYING,
    ),
    Transition(
        _C | frozenset({CaseKind.PETITION}),
        Action.EXAMINE,
        _TO_EXAMINE,
        State.EXAMINING,
        EventKind.EXAMINATION_STARTED,
    ),
    Transition(
        _D | frozenset({CaseKind.REFLECTION}),
        Action.EXAMINE,
        _TO_EXAMINE,
        State.EXAMINING,
        EventKind.EXAMINATION_STARTED,
        clocks={ClockKind.FORWARDING: _START},
    ),
    # What the examination decides.
    Transition(
        _C,
        Action.ACCEPT,
        _EXAMINING,
        State.ACCEPTED,
        EventKind.CASE_ACCEPTED,
        guard=acceptable,
        clocks={**_PROCESSED, ClockKind.SETTLEMENT: _START},
        letters=(Letter.COMPLAINT_ACCEPTED,),
        direction=Direction.ACCEPT,
    ),
    Transition(
        _D,
        Action.ACCEPT,
        _EXAMINING,
        State.ACCEPTED,
        EventKind.CASE_ACCEPTED,
        guard=acceptable,
        clocks={
            **_PROCESSED,
            ClockKind.FORWARDING: _STOP,
            ClockKind.SETTLEMENT: _START,
            ClockKind.NOTICE: _START,
        },
        letters=(
            Letter.DENUNCIATION_ACCEPTED,
            Letter.DENUNCIATION_ACCEPTANCE_NOTICE,
            Letter.DENUNCIATION_CONTENT_NOTICE,
        ),
        direction=Direction.ACCEPT,
    ),
    Transition(
        _PR,
        Action.ACCEPT,
        _EXAMINING,
        State.ACCEPTED,
        EventKind.CASE_ACCEPTED,
        guard=acceptable,
        clocks=_PROCESSED,
        direction=Direction.ACCEPT,
    ),
    Transition(
        _C,
        Action.REFUSE,
        _EXAMINING,
        State.REFUSED,
        EventKind.CASE_REFUSED,
        guard=refusable,
        clocks=_ALL_STOP,
        letters=(Letter.COMPLAINT_REFUSED,),
        direction=Direction.REFUSE,
    ),
    Transition(
        _D,
        Action.REFUSE,
        _EXAMINING,
        State.REFUSED,
        EventKind.CASE_REFUSED,
        guard=refusable,
        clocks=_ALL_STOP,
        letters=(Letter.DENUNCIATION_REFUSED,),
        direction=Direction.REFUSE,
    ),
    Transition(
        _PR,
        Action.REFUSE,
        _EXAMINING,
        State.REFUSED,
        EventKind.CASE_REFUSED,
        guard=refusable,
        clocks=_ALL_STOP,
        letters=(Letter.PETITION_REFUSED,),
        direction=Direction.REFUSE,
    ),
    Transition(
        _C,
        Action.GUIDE,
        _EXAMINING,
        State.GUIDED,
        EventKind.CASE_GUIDED,
        guard=outside_competence,
        clocks=_ALL_STOP,
        letters=(Letter.COMPLAINT_GUIDED,),
        direction=Direction.GUIDE,
    ),
    Transition(
        _PR,
        Action.GUIDE,
        _EXAMINING,
        State.GUIDED,
        EventKind.CASE_GUIDED,
        guard=outside_competence,
        clocks=_ALL_STOP,
        letters=(Letter.PETITION_GUIDED,),
        direction=Direction.GUIDE,
    ),
    Transition(
        _D,
        Action.FORWARD,
        _EXAMINING,
        State.FORWARDED,
        EventKind.CASE_FORWARDED,
        guard=forwardable,
        clocks=_ALL_STOP,
        letters=(Letter.DENUNCIATION_FORWARDED,),
        direction=Direction.FORWARD,
    ),
    Transition(
        _D,
        Action.FORWARD,
        _INFORMATION,
        State.FORWARDED,
        EventKind.CASE_FORWARDED,
        clocks=_ALL_STOP,
        letters=(Letter.DENUNCIATION_FORWARDED,),
        direction=Direction.FORWARD,
    ),
    # Not a denunciation in law (unnamed, untraceable), yet concrete: it goes where it is looked
    # into (art. 25); signs of a crime, of breaches of Party rules or of imminent harm go to the
    # body that must act at once (art. 27; TT 05/2021 art. 15, 16).
    Transition(
        _D,
        Action.REFER,
        _EXAMINING | _INFORMATION,
        State.FORWARDED,
        EventKind.CASE_REFERRED,
        clocks=_ALL_STOP,
        letters=(Letter.DENUNCIATION_FORWARDED,),
        direction=Direction.FORWARD,
    ),
    Transition(
        _PR,
        Action.FORWARD,
        _EXAMINING,
        State.FORWARDED,
        EventKind.CASE_FORWARDED,
        guard=forwardable,
        clocks=_ALL_STOP,
        letters=(Letter.PETITION_FORWARDED,),
        direction=Direction.FORWARD,
    ),
    Transition(
        _D | _PR,
        Action.RECORD_REPLY,
        frozenset({State.FORWARDED}),
        None,
        EventKind.FORWARD_REPLIED,
    ),
    Transition(
        _D,
        Action.TAKE_BACK,
        frozenset({State.FORWARDED}),
        State.EXAMINING,
        EventKind.CASE_TAKEN_BACK,
        clocks={ClockKind.ACCEPTANCE: _START},
        reopens=True,
    ),
    Transition(
        _PR,
        Action.TAKE_BACK,
        frozenset({State.FORWARDED}),
        State.EXAMINING,
        EventKind.CASE_TAKEN_BACK,
        clocks={ClockKind.SETTLEMENT: _START},
        reopens=True,
    ),
    Transition(
        _CPR,
        Action.RETURN,
        _EXAMINING,
        State.RETURNED,
        EventKind.CASE_RETURNED,
        guard=returnable,
        clocks=_ALL_STOP,
        letters=(Letter.RETURN_NOTE,),
        direction=Direction.RETURN,
    ),
    Transition(
        _ALL,
        Action.FILE,
        _EXAMINING,
        State.FILED,
        EventKind.CASE_FILED,
        guard=ineligible,
        clocks=_ALL_STOP,
        direction=Direction.FILE,
    ),
    Transition(
        _D,
        Action.FILE,
        _INFORMATION,
        State.FILED,
        EventKind.CASE_FILED,
        clocks=_ALL_STOP,
        direction=Direction.FILE,
    ),
    Transition(
        _ALL,
        Action.ATTACH,
        frozenset({State.REGISTERED, State.EXAMINING, State.AWAITING_CITIZEN}),
        State.ATTACHED,
        EventKind.CASE_ATTACHED,
        guard=not_accepted,
        clocks=_ALL_STOP,
    ),
    # Several matters in one paper become cases of their own (NĐ 154/2026 art. 14.4).
    Transition(_ALL, Action.SPLIT, _UNDECIDED - _SUSPENDED, None, EventKind.CASE_SPLIT),
    Transition(
        _ALL,
        Action.REPRESENT,
        _UNDECIDED - _INFORMATION,
        None,
        EventKind.REPRESENTATIVES_NAMED,
    ),
    # Settling it.
    Transition(
        _ALL,
        Action.VERIFY,
        frozenset({State.ACCEPTED}),
        State.VERIFYING,
        EventKind.VERIFICATION_STARTED,
    ),
    Transition(
        _ALL,
        Action.ASK_CITIZEN,
        frozenset({State.REGISTERED, State.EXAMINING, State.ACCEPTED, State.VERIFYING}),
        State.AWAITING_CITIZEN,
        EventKind.CITIZEN_ASKED,
        letters=(Letter.REQUEST_TO_CITIZEN,),
    ),
    Transition(
        _ALL,
        Action.RESUME,
        _ASKED,
        State.EXAMINING,
        EventKind.CASE_RESUMED,
        after_acceptance=State.VERIFYING,
    ),
    Transition(
        _C,
        Action.SET_COMPLEXITY,
        _UNDER_TERM,
        None,
        EventKind.COMPLEXITY_SET,
        guard=accepted,
        clocks={ClockKind.SETTLEMENT: _EXTEND},
    ),
    Transition(
        _D, Action.SET_COMPLEXITY, _UNDER_TERM, None, EventKind.COMPLEXITY_SET, guard=accepted
    ),
    Transition(
        _D,
        Action.EXTEND,
        _UNDER_TERM,
        None,
        EventKind.TERM_EXTENDED,
        guard=extendable,
        clocks={ClockKind.SETTLEMENT: _EXTEND},
        letters=(Letter.DENUNCIATION_EXTENDED,),
    ),
    # Waiting for what must come first does not count (Luật Khiếu nại art. 11a, Tố cáo art. 34).
    Transition(
        _C,
        Action.SUSPEND,
        _UNDER_TERM,
        State.SUSPENDED,
        EventKind.CASE_SUSPENDED,
        guard=accepted,
        clocks={ClockKind.SETTLEMENT: _SUSPEND, ClockKind.NOTICE: _START},
        letters=(Letter.COMPLAINT_SUSPENDED,),
    ),
    Transition(
        _D,
        Action.SUSPEND,
        _UNDER_TERM,
        State.SUSPENDED,
        EventKind.CASE_SUSPENDED,
        guard=accepted,
        clocks={ClockKind.SETTLEMENT: _SUSPEND},
        letters=(Letter.DENUNCIATION_SUSPENDED,),
    ),
    Transition(
        _C,
        Action.LIFT_SUSPENSION,
        _SUSPENDED,
        State.VERIFYING,
        EventKind.SUSPENSION_LIFTED,
        clocks={ClockKind.SETTLEMENT: _RESUME, ClockKind.NOTICE: _START},
        letters=(Letter.COMPLAINT_CONTINUED,),
    ),
    Transition(
        _D,
        Action.LIFT_SUSPENSION,
        _SUSPENDED,
        State.VERIFYING,
        EventKind.SUSPENSION_LIFTED,
        clocks={ClockKind.SETTLEMENT: _RESUME},
        letters=(Letter.DENUNCIATION_CONTINUED,),
    ),
    Transition(
        _CD,
        Action.FORM_TEAM,
        frozenset({State.ACCEPTED, State.VERIFYING}),
        State.VERIFYING,
        EventKind.TEAM_FORMED,
        letters=(Letter.VERIFICATION_TEAM,),
    ),
    Transition(_C, Action.PLAN_DIALOGUE, _UNDER_TERM, None, EventKind.DIALOGUE_PLANNED),
    Transition(
        _C,
        Action.RECORD_DIALOGUE,
        _UNDER_TERM,
        None,
        EventKind.DIALOGUE_HELD,
        letters=(Letter.DIALOGUE_MINUTES,),
    ),
    Transition(
        _CD,
        Action.RECORD_VERIFICATION,
        frozenset({State.VERIFYING}),
        None,
        EventKind.VERIFICATION_REPORTED,
        letters=(Letter.VERIFICATION_REPORT,),
    ),
    Transition(
        _CD,
        Action.RECORD_NOTICE,
        _BEFORE_THE_END | frozenset({State.TERMINATED}),
        None,
        EventKind.NOTICE_SENT,
        guard=accepted,
        clocks={ClockKind.NOTICE: _STOP},
    ),
    Transition(
        _CPR,
        Action.SUBMIT_DRAFT,
        frozenset({State.ACCEPTED, State.VERIFYING}),
        State.AWAITING_APPROVAL,
        EventKind.DRAFT_SUBMITTED,
    ),
    Transition(
        _D,
        Action.SUBMIT_DRAFT,
        frozenset({State.VERIFYING}),
        State.AWAITING_APPROVAL,
        EventKind.DRAFT_SUBMITTED,
    ),
    Transition(
        _C,
        Action.DECIDE,
        _AT_WORK,
        State.DECIDED,
        EventKind.CASE_DECIDED,
        guard=accepted,
        clocks={
            ClockKind.SETTLEMENT: _STOP,
            ClockKind.SENDING: _START,
            ClockKind.PUBLICATION: _START,
        },
        letters=(Letter.COMPLAINT_DECISION,),
        closes=True,
    ),
    # A denunciation is concluded on verified facts only (Luật Tố cáo art. 31, 35).
    Transition(
        _D,
        Action.DECIDE,
        frozenset({State.VERIFYING, State.AWAITING_APPROVAL}),
        State.DECIDED,
        EventKind.CASE_DECIDED,
        guard=accepted,
        clocks={
            ClockKind.SETTLEMENT: _STOP,
            ClockKind.SENDING: _START,
            ClockKind.PUBLICATION: _START,
            ClockKind.HANDLING: _START,
        },
        letters=(Letter.DENUNCIATION_CONCLUSION,),
        closes=True,
    ),
    Transition(
        _PR,
        Action.ANSWER,
        _AT_WORK,
        State.DECIDED,
        EventKind.CASE_ANSWERED,
        guard=accepted,
        letters=(Letter.PETITION_ANSWER,),
        result=CaseResult.ANSWERED,
    ),
    Transition(
        _ALL,
        Action.SEND_BACK,
        frozenset({State.AWAITING_APPROVAL}),
        State.VERIFYING,
        EventKind.DRAFT_SENT_BACK,
    ),
    Transition(
        _CD,
        Action.SEND,
        frozenset({State.DECIDED}),
        State.DONE,
        EventKind.ANSWER_SENT,
        clocks={ClockKind.SENDING: _STOP, ClockKind.REPLY: _START},
    ),
    # The answer to a petition counts on the day it is sent, not on the day it is written.
    Transition(
        _PR,
        Action.SEND,
        frozenset({State.DECIDED}),
        State.DONE,
        EventKind.ANSWER_SENT,
        clocks={ClockKind.SETTLEMENT: _STOP, ClockKind.REPLY: _START},
        closes=True,
    ),
    # After the decision.
    Transition(
        _CD,
        Action.PUBLISH,
        _DECIDED,
        None,
        EventKind.DECISION_PUBLISHED,
        clocks={ClockKind.PUBLICATION: _STOP},
    ),
    Transition(
        _CD,
        Action.RECORD_OUTCOME,
        _DECIDED,
        None,
        EventKind.OUTCOME_RECORDED,
        clocks={ClockKind.HANDLING: _STOP},
    ),
    # A reflection in the office's own words, for others to join instead of repeating it; whatever
    # became of it, they may be given an answer.
    Transition(
        frozenset({CaseKind.REFLECTION}),
        Action.SHOW_PUBLIC,
        _ANY - {State.ATTACHED},
        None,
        EventKind.PUBLIC_SHOWN,
    ),
    Transition(_CD, Action.RECORD_PROGRESS, _DECIDED, None, EventKind.PROGRESS_RECORDED),
    Transition(
        _ALL,
        Action.TELL_SENDER,
        _ANY,
        None,
        EventKind.SENDER_TOLD,
        guard=referred,
        clocks={ClockKind.REPLY: _STOP},
    ),
    # A file under litigation, say, is kept from being erased when its term is over.
    Transition(
        _ALL, Action.HOLD_DATA, _CLOSED | _DECIDED, None, EventKind.DATA_HELD, guard=not_held
    ),
    Transition(_ALL, Action.RELEASE_DATA, _ANY, None, EventKind.DATA_RELEASED, guard=held),
    # Inside the office.
    Transition(_ALL, Action.ASSIGN, _OPEN, None, EventKind.CASE_ASSIGNED),
    Transition(_ALL, Action.PASS_ON, _UNDECIDED, None, EventKind.CASE_PASSED_ON),
    Transition(_ALL, Action.SUMMARISE, _OPEN, None, EventKind.CASE_SUMMARISED),
    Transition(
        _ALL,
        Action.RECLASSIFY,
        _UNDECIDED - {State.AWAITING_APPROVAL, State.SUSPENDED},
        State.EXAMINING,
        EventKind.CASE_RECLASSIFIED,
        clocks={**_ALL_STOP, ClockKind.NOTICE: _STOP},
        reopens=True,
    ),
    Transition(_ALL, Action.MESSAGE, _ANY, None, EventKind.MESSAGE_SENT),
    Transition(_ALL, Action.NOTE, _ANY, None, EventKind.NOTE_ADDED),
    Transition(_ALL, Action.ADD_DOCUMENT, _ANY, None, EventKind.DOCUMENT_ADDED),
    # A superior answers for what lies late below (TT 05/2021 art. 14.2; NĐ 154/2026 art. 15.3).
    Transition(
        _ALL,
        Action.REMIND,
        _OPEN,
        None,
        EventKind.CASE_REMINDED,
        letters=(Letter.SETTLEMENT_REMINDER,),
    ),
    Transition(_ALL, Action.REPORT_BACK, _ANY, None, EventKind.REMINDER_ANSWERED),
    # Ending it early.
    Transition(
        _CD,
        Action.WITHDRAW,
        _UNDECIDED - _INFORMATION,
        State.WITHDRAWN,
        EventKind.CASE_WITHDRAWN,
        clocks=_ENDED,
        letters=(Letter.WITHDRAWAL_RECORD,),
        result=CaseResult.WITHDRAWN,
        closes=True,
    ),
    Transition(
        _PR,
        Action.WITHDRAW,
        _UNDECIDED - _INFORMATION,
        State.WITHDRAWN,
        EventKind.CASE_WITHDRAWN,
        clocks=_ENDED,
        result=CaseResult.WITHDRAWN,
        closes=True,
    ),
    Transition(
        _CD,
        Action.WITHDRAW_PART,
        frozenset({State.EXAMINING}) | _BEFORE_THE_END,
        None,
        EventKind.PART_WITHDRAWN,
        letters=(Letter.WITHDRAWAL_RECORD,),
    ),
    # Withdrawn, yet signs of a violation, or of force behind the withdrawal (art. 33.3).
    Transition(
        _D,
        Action.KEEP_SETTLING,
        _BEFORE_THE_END,
        None,
        EventKind.SETTLING_KEPT,
        guard=accepted,
        letters=(Letter.WITHDRAWAL_RECORD,),
    ),
    Transition(
        _C,
        Action.TERMINATE,
        _BEFORE_THE_END,
        State.TERMINATED,
        EventKind.CASE_TERMINATED,
        guard=accepted,
        clocks={**_ENDED, ClockKind.NOTICE: _START},
        letters=(Letter.COMPLAINT_TERMINATED,),
        result=CaseResult.TERMINATED,
        closes=True,
    ),
    Transition(
        _D,
        Action.TERMINATE,
        _BEFORE_THE_END,
        State.TERMINATED,
        EventKind.CASE_TERMINATED,
        guard=accepted,
        clocks=_ENDED,
        letters=(Letter.DENUNCIATION_TERMINATED,),
        result=CaseResult.TERMINATED,
        closes=True,
    ),
    # After the end.
    Transition(
        _PR,
        Action.REOPEN,
        _CLOSED - {State.TERMINATED},
        State.EXAMINING,
        EventKind.CASE_REOPENED,
        clocks={ClockKind.SETTLEMENT: _START},
        after_acceptance=State.VERIFYING,
        reopens=True,
    ),
    Transition(_C, Action.CONTINUE, _SETTLED, None, EventKind.CASE_CONTINUED, guard=first_instance),
    # Unanswered within its term, a first complaint may be followed by the second one without a
    # decision (Luật Khiếu nại art. 33.1); whether the term is over, the act itself asks.
    Transition(
        _C,
        Action.CONTINUE,
        _UNDER_TERM,
        None,
        EventKind.CASE_CONTINUED,
        guard=unanswered_first,
    ),
    Transition(_D, Action.CONTINUE, _SETTLED, None, EventKind.CASE_CONTINUED),
    # A denunciation not settled within its term goes on to the superior as well, of whichever
    # instance it is, and stays open below (Luật Tố cáo art. 38.1).
    Transition(_D, Action.CONTINUE, _UNDER_TERM, None, EventKind.CASE_CONTINUED, guard=accepted),
    Transition(
        _CD,
        Action.CORRECT,
        _CLOSED | {State.DECIDED},
        State.EXAMINING,
        EventKind.CASE_CORRECTED,
        clocks={
            ClockKind.ACCEPTANCE: _START,
            ClockKind.SETTLEMENT: _START,
            ClockKind.SENDING: _STOP,
            ClockKind.PUBLICATION: _STOP,
            ClockKind.HANDLING: _STOP,
        },
        after_acceptance=State.VERIFYING,
        reopens=True,
    ),
    # The citizen's side.
    Transition(_ALL, Action.WRITE_MESSAGE, _ANY, None, EventKind.MESSAGE_RECEIVED),
    Transition(_ALL, Action.ADD_OWN_DOCUMENT, _UNDECIDED, None, EventKind.DOCUMENT_ADDED),
    Transition(
        _ALL, Action.ASK_WITHDRAWAL, _UNDECIDED - _INFORMATION, None, EventKind.WITHDRAWAL_ASKED
    ),
    Transition(_ALL, Action.GIVE_VERDICT, frozenset({State.DONE}), None, EventKind.VERDICT_GIVEN),
)

_ROWS: Mapping[tuple[CaseKind, State, Action], Transition] = MappingProxyType(
    {
        (kind, state, row.action): row
        for row in TRANSITIONS
        for kind in row.kinds
        for state in row.sources
    }
)
_ORDER: tuple[Action, ...] = tuple(dict.fromkeys(row.action for row in TRANSITIONS))

# Acts that a kind never knows: said with the reason, not only refused.
NEVER: Mapping[tuple[CaseKind, Action], str] = MappingProxyType(
    {
        (CaseKind.COMPLAINT, Action.FORWARD): "complaint_never_forwarded",
        (CaseKind.COMPLAINT, Action.EXTEND): "complaint_never_extended",
        (CaseKind.COMPLAINT, Action.ANSWER): "decided_not_answered",
        (CaseKind.COMPLAINT, Action.REOPEN): "never_reopened",
        (CaseKind.DENUNCIATION, Action.GUIDE): "denunciation_never_guided",
        (CaseKind.DENUNCIATION, Action.RETURN): "denunciation_never_returned",
        (CaseKind.DENUNCIATION, Action.ANSWER): "decided_not_answered",
        (CaseKind.DENUNCIATION, Action.REOPEN): "never_reopened",
        (CaseKind.PETITION, Action.DECIDE): "answered_not_decided",
        (CaseKind.PETITION, Action.EXTEND): "standard_never_extended",
        (CaseKind.REFLECTION, Action.DECIDE): "answered_not_decided",
        (CaseKind.REFLECTION, Action.EXTEND): "standard_never_extended",
    }
)


def step(facts: CaseFacts, action: Action) -> Transition:
    """The row for this act on this case, its target settled; raises `RuleBroken` otherwise.

    The code says why: one of `NEVER`, the guard's own, or `not_allowed_here` with the state.
    """
    row = _ROWS.get((facts.kind, facts.state, action))
    if row is None:
        code = NEVER.get((facts.kind, action), "not_allowed_here")
        raise RuleBroken(code, action=action, state=facts.state)
    refusal = row.refusal(facts)
    if refusal is not None:
        raise RuleBroken(refusal, action=action, state=facts.state)
    if row.after_acceptance is not None and facts.accepted_on is not None:
        return replace(row, target=row.after_acceptance)
    return row


def leads_to_end(facts: CaseFacts, action: Action) -> bool:
    """Whether this act answers or closes the case as it stands; a withdrawal does neither."""
    row = _ROWS.get((facts.kind, facts.state, action))
    if row is None or row.target is None or action is Action.WITHDRAW:
        return False
    return PHASE_OF[row.target] in (Phase.ANSWERED, Phase.CLOSED)


def allowed_actions(facts: CaseFacts, actor: Actor) -> tuple[Action, ...]:
    """What this person may do with this case now, in the order of the table."""
    return tuple(
        row.action
        for row in _leaving(facts)
        if row.refusal(facts) is None and access.can(actor, row.action, facts)
    )


def blocked_actions(facts: CaseFacts, actor: Actor) -> tuple[tuple[Action, str], ...]:
    """What the person could do here if something were not missing, with the code of it."""
    found = ((row.action, row.refusal(facts)) for row in _leaving(facts))
    return tuple(
        (action, code)
        for action, code in found
        if code is not None and access.can(actor, action, facts)
    )


def _leaving(facts: CaseFacts) -> Iterator[Transition]:
    for action in _ORDER:
        row = _ROWS.get((facts.kind, facts.state, action))
        if row is not None:
            yield row


_ON_PAPER = frozenset({Channel.IN_PERSON, Channel.POST, Channel.REFERRAL})


def in_form(kind: CaseKind, channel: Channel) -> bool:
    """Whether it came in the form of the law: a denunciation only in writing or in person.

    Luật Tố cáo art. 22; what comes by web or telephone is information until filed in form.
    """
    return kind is not CaseKind.DENUNCIATION or channel in _ON_PAPER


def signed_on_arrival(kind: CaseKind, channel: Channel) -> bool:
    """Whether a signature is there on arrival; only complaints and denunciations need one."""
    return kind in _PR or channel in _ON_PAPER


def entry_state(kind: CaseKind, *, formal: bool) -> State:
    """Where a new submission of this kind starts."""
    waits_for_form = kind is CaseKind.DENUNCIATION and not formal
    return State.INFORMATION if waits_for_form else State.REGISTERED


def reclassified_state(kind: CaseKind, *, formal: bool) -> State:
    """Where a submission stands once it was found to be of this other kind."""
    waits_for_form = kind is CaseKind.DENUNCIATION and not formal
    return State.INFORMATION if waits_for_form else State.EXAMINING


def clock_rule(
    kind: CaseKind, instance: Instance, clock: ClockKind, facts: CaseFacts
) -> str | None:
    """The rule code of a clock, or None where no term runs.

    `OFFICE_STANDARD` is the office's own service standard for petitions and reflections: 10 working
    days from receipt by default, no article of law.
    """
    second = instance is Instance.SECOND
    if clock is ClockKind.SETTLEMENT:
        return _settlement_rule(kind, facts, second=second)
    if clock is ClockKind.PROCESSING:
        return UNPROCESSED
    if clock is ClockKind.REPLY:
        return _reply_rule(facts)
    if clock is ClockKind.FORWARDING:
        return _forwarding_rule(kind, facts)
    if clock is ClockKind.DATA_REQUEST:
        return DATA_REQUEST
    if kind in _PR:
        return None
    if kind is CaseKind.COMPLAINT:
        return {
            ClockKind.ACCEPTANCE: "KN-10" if second else "KN-03",
            ClockKind.NOTICE: "KN-20",
            ClockKind.SENDING: "KN-15" if second else "KN-08",
            ClockKind.PUBLICATION: "KN-16",
        }.get(clock)
    if not facts.formal:
        return None
    overdue = second and facts.unanswered
    return {
        ClockKind.ACCEPTANCE: None if overdue else "TC-14" if second else "TC-01",
        ClockKind.DEMAND: DEMANDED if overdue else None,
        ClockKind.NOTICE: "TC-05",
        ClockKind.SENDING: "TC-09",
        ClockKind.PUBLICATION: "TC-12",
        ClockKind.HANDLING: "TC-10",
    }.get(clock)


SEVERAL_PLACES = "TC-02"
"""The longer term to examine a denunciation, checked at several places or by another body."""

DEMANDED = "TC-15"
"""The superior's term to demand a report of a denunciation left unsettled (Luật Tố cáo art. 38.2)."""

DATA_REQUEST = "DL-01"
"""The term to answer a request about personal data, in every state of a case, closed ones too."""

UNPROCESSED = "TD-08"
"""The red line: 45 days after receipt without a direction (NĐ 154/2026 art. 41.3.b)."""


def _reply_rule(facts: CaseFacts) -> str | None:
    """Who waits for word: the visitor (TD-01), or the body that sent it here (TC-13, TD-02)."""
    if facts.channel is Channel.IN_PERSON:
        return None if facts.direction is not None else "TD-01"
    if facts.channel is not Channel.REFERRAL:
        return None
    if not facts.open:
        return "TD-02"
    return "TC-13" if facts.kind is CaseKind.DENUNCIATION else None


def _forwarding_rule(kind: CaseKind, facts: CaseFacts) -> str | None:
    """The term to pass on what another body must settle."""
    if facts.competent is not False:
        return None
    if kind is CaseKind.DENUNCIATION and facts.formal:
        return "TC-03"
    of_regulations = kind is CaseKind.REFLECTION and facts.field is CaseField.POLICY
    return "PA-01" if of_regulations else None


def _settlement_rule(kind: CaseKind, facts: CaseFacts, *, second: bool) -> str:
    """Complaints move to a longer rule by complexity and remoteness; the rest has one rule."""
    if kind in _PR:
        return OFFICE_STANDARD
    if kind is CaseKind.DENUNCIATION:
        return "TC-06"
    longer = facts.complexity is not Complexity.NORMAL
    position = (2 if facts.remote else 0) + (1 if longer else 0)
    return f"KN-{(11 if second else 4) + position:02}"


def opening_clocks(facts: CaseFacts) -> tuple[ClockKind, ...]:
    """The clocks that run from receipt (after a reclassification too), the nearest term first.

    The red line of 45 days is drawn since 1 July 2026 only.
    """
    clocks: list[ClockKind] = []
    if facts.kind in _PR:
        clocks.append(ClockKind.SETTLEMENT)
    elif facts.formal:
        overdue = facts.kind is CaseKind.DENUNCIATION and facts.unanswered
        clocks.append(ClockKind.DEMAND if overdue else ClockKind.ACCEPTANCE)
    if _reply_rule(facts) is not None:
        clocks.append(ClockKind.REPLY)
    if term_rows(UNPROCESSED)[0].holds_on(facts.received_on):
        clocks.append(ClockKind.PROCESSING)
    return tuple(clocks)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """One effect made ready for the ledger. `rule` and `start` are set for START and EXTEND."""

    clock: ClockKind
    effect: ClockEffect
    rule: str | None = None
    start: date | None = None


def clock_changes(transition: Transition, facts: CaseFacts, on: date) -> tuple[ClockChange, ...]:
    """What an act of the day `on` does to the clocks of the case as it stands after the act.

    A START without a term is left out; on a clock that already runs it changes nothing, and a
    STOP or EXTEND of one that does not run neither. RECLASSIFY ends by starting the clocks of
    the new kind from receipt.
    """
    changes = [
        change
        for clock, effect in transition.clocks.items()
        if (change := _clock_change(transition.action, clock, effect, facts, on)) is not None
    ]
    if transition.action is Action.RECLASSIFY:
        changes += [
            ClockChange(
                clock,
                ClockEffect.START,
                clock_rule(facts.kind, facts.instance, clock, facts),
                facts.received_on,
            )
            for clock in opening_clocks(facts)
        ]
    return tuple(changes)


def _clock_change(
    action: Action, clock: ClockKind, effect: ClockEffect, facts: CaseFacts, on: date
) -> ClockChange | None:
    if clock is ClockKind.REPLY and facts.channel is not Channel.REFERRAL:
        # Whoever came in person is answered by any end; nobody else waits for a report.
        return ClockChange(clock, ClockEffect.STOP)
    if effect not in (ClockEffect.START, ClockEffect.EXTEND):
        owed_to_sender = clock is ClockKind.REPLY and facts.channel is Channel.REFERRAL
        if owed_to_sender and action not in (Action.TELL_SENDER, Action.RECLASSIFY):
            return None
        return ClockChange(clock, effect)
    rule = clock_rule(facts.kind, facts.instance, clock, facts)
    start = _day_zero(action, clock, facts, on)
    if rule is None or start is None:
        return None
    if clock is ClockKind.NOTICE and not any(row.holds_on(start) for row in term_rows(rule)):
        return None
    return ClockChange(clock, effect, rule, start)


def _day_zero(action: Action, clock: ClockKind, facts: CaseFacts, on: date) -> date | None:
    """The day a term is counted from (itself not counted); None when it does not run."""
    if action is Action.CORRECT and clock is ClockKind.ACCEPTANCE:
        return None if facts.accepted_on is not None else facts.received_on
    if clock is ClockKind.SETTLEMENT and facts.kind in _CD:
        return facts.accepted_on
    if clock is ClockKind.FORWARDING:
        return facts.received_on
    return on


@dataclass(frozen=True, slots=True)
class Inputs:
    """The entries an act asks for; `required` ones must be filled."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


INPUTS: Mapping[Action, Inputs] = MappingProxyType(
    {
        Action.EXAMINE: Inputs(
            ("eligible", "competent"), ("lacking", "respondent_kind", "several_places", "reason")
        ),
        Action.RECORD_FORM: Inputs(("on",), ("document_no",)),
        Action.ACCEPT: Inputs(("on",), ("document_no", "remote")),
        Action.REFUSE: Inputs(("on", "reason"), ("document_no", "ground")),
        Action.GUIDE: Inputs(("on", "body"), ("document_no", "text")),
        Action.FORWARD: Inputs(("on", "body"), ("document_no", "reason")),
        Action.REFER: Inputs(("on", "ground", "body"), ("document_no", "reason")),
        Action.RECORD_REPLY: Inputs(("on", "reply", "text"), ("document_no",)),
        Action.TAKE_BACK: Inputs(("on", "reason"), ("document_no",)),
        Action.RETURN: Inputs(("on", "reason"), ("document_no",)),
        Action.FILE: Inputs(("on", "reason"), ("ground",)),
        Action.ATTACH: Inputs(("case_number",)),
        Action.SPLIT: Inputs(
            ("kind", "field", "summary"),
            (
                "respondent",
                "respondent_unit",
                "first_summary",
                "papers",
                "open_persons",
                "reason",
            ),
        ),
        Action.REPRESENT: Inputs(("role", "names"), ("people", "document_no", "certification")),
        Action.ASSIGN: Inputs(("assignee",), ("note",)),
        Action.PASS_ON: Inputs(("unit", "reason")),
        Action.RECLASSIFY: Inputs(("kind", "reason")),
        Action.SUMMARISE: Inputs(("summary",)),
        Action.ASK_CITIZEN: Inputs(("text",)),
        Action.RESUME: Inputs((), ("note",)),
        Action.VERIFY: Inputs((), ("note",)),
        Action.SET_COMPLEXITY: Inputs(("criteria", "reason", "document_no")),
        Action.EXTEND: Inputs(("reason", "document_no")),
        Action.SUSPEND: Inputs(("on", "ground", "reason"), ("document_no",)),
        Action.LIFT_SUSPENSION: Inputs(("on", "reason"), ("document_no",)),
        Action.FORM_TEAM: Inputs(("on", "names"), ("document_no",)),
        Action.PLAN_DIALOGUE: Inputs(("day", "hour", "place"), ("document_no",)),
        Action.RECORD_DIALOGUE: Inputs(("on", "attendance", "text"), ("document_no",)),
        Action.RECORD_VERIFICATION: Inputs(("on", "text"), ("document_no",)),
        Action.RECORD_NOTICE: Inputs(("on", "way"), ("document_no",)),
        Action.SUBMIT_DRAFT: Inputs((), ("text",)),
        Action.SEND_BACK: Inputs(("reason",)),
        Action.DECIDE: Inputs(("on", "result", "document_no"), ("first_decision", "text")),
        Action.ANSWER: Inputs(("text",), ("document_no",)),
        Action.SEND: Inputs(("on",), ("document_no",)),
        Action.PUBLISH: Inputs(("on", "publication"), ("place",)),
        Action.RECORD_OUTCOME: Inputs(("on",), ("first_decision", *OUTCOME_AMOUNTS)),
        Action.RECORD_PROGRESS: Inputs(("on",), (*PROGRESS_AMOUNTS, "finished", "note")),
        Action.TELL_SENDER: Inputs(("on", "document_no")),
        Action.SHOW_PUBLIC: Inputs((), ("text", "public_answer")),
        Action.REMIND: Inputs(("text",), ("document_no",)),
        Action.REPORT_BACK: Inputs(("text",), ("document_no",)),
        Action.WITHDRAW: Inputs(("on", "proof"), ("document_no", "note")),
        Action.WITHDRAW_PART: Inputs(("on", "text", "proof"), ("document_no",)),
        Action.KEEP_SETTLING: Inputs(("on", "ground", "reason"), ("document_no",)),
        Action.TERMINATE: Inputs(("on", "ground", "reason"), ("document_no",)),
        Action.REOPEN: Inputs(("reason",)),
        Action.CONTINUE: Inputs(("on", "reason")),
        Action.CORRECT: Inputs(("reason",)),
        Action.HOLD_DATA: Inputs(("reason",)),
        Action.RELEASE_DATA: Inputs(("reason",)),
        Action.NOTE: Inputs(("text",)),
        Action.MESSAGE: Inputs(("text",)),
        Action.ADD_DOCUMENT: Inputs(("document",), ("note",)),
        Action.WRITE_MESSAGE: Inputs(("text",)),
        Action.ADD_OWN_DOCUMENT: Inputs(("document",)),
        Action.ASK_WITHDRAWAL: Inputs((), ("text",)),
        Action.GIVE_VERDICT: Inputs(("verdict",), ("text",)),
    }
)


def may_withdraw_part(kind: CaseKind, on: date) -> bool:
    """Whether a submission of this kind can be withdrawn in part on a day.

    A complaint only since 1 July 2026 (Law 136/2025, article 2.3), a denunciation always.
    """
    if kind is CaseKind.COMPLAINT:
        return on >= START_OF_LAW_136
    return kind is CaseKind.DENUNCIATION


def required_inputs(action: Action) -> tuple[str, ...]:
    """The entries without which the act is refused; none for acts that ask nothing."""
    return INPUTS[action].required if action in INPUTS else ()


def optional_inputs(action: Action) -> tuple[str, ...]:
    """The entries the act also takes."""
    return INPUTS[action].optional if action in INPUTS else ()


DECISION_RESULTS: tuple[CaseResult, ...] = (
    CaseResult.UPHELD,
    CaseResult.PARTLY_UPHELD,
    CaseResult.REJECTED,
)
