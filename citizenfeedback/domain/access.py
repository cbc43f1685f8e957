"""Who may do what, how far: one table, answering both "may I?" and "which ones?".

`can` answers for one case, `scope_of` for a list; both read `ACCESS`, so a list shows exactly
the cases that may be opened. Nothing granted means refused. *When* an act is lawful is not
here but in `workflow.py`. In a denunciation the wall (`walled`) stands above every grant.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.vocabulary import Action, CaseField, CaseKind, Reach, Role, State


@dataclass(frozen=True, slots=True)
class Grant:
    """A right of a role: how far it reaches, and for which cases only, if not for all."""

    role: Role
    reach: Reach
    kinds: frozenset[CaseKind] | None = None
    states: frozenset[State] | None = None
    fields: frozenset[CaseField] | None = None
    unassigned: bool = False


@dataclass(frozen=True, slots=True)
class ScopePart:
    """One way in: a case is inside when every condition that is given holds.

    `None` (or `False` for `unassigned`) is no condition; a part without any is "all cases".
    """

    unit_ids: frozenset[int] | None = None
    assignee_id: int | None = None
    case_id: int | None = None
    kinds: frozenset[CaseKind] | None = None
    states: frozenset[State] | None = None
    fields: frozenset[CaseField] | None = None
    unassigned: bool = False

    def covers(self, facts: CaseFacts) -> bool:
        """Whether the case meets every condition of this part."""
        return (
            (self.unit_ids is None or facts.unit_id in self.unit_ids)
            and (self.assignee_id is None or facts.assignee_id == self.assignee_id)
            and (self.case_id is None or facts.id == self.case_id)
            and (self.kinds is None or facts.kind in self.kinds)
            and (self.states is None or facts.state in self.states)
            and (self.fields is None or facts.field in self.fields)
            and (not self.unassigned or facts.assignee_id is None)
        )


@dataclass(frozen=True, slots=True)
class Wall:
    """What of an actor decides whether a denunciation is hidden from them."""

    user_id: int | None
    subtree: frozenset[int]
    ancestors: frozenset[int]
    everywhere: bool = False

    def hides(self, facts: CaseFacts) -> bool:
        """Whether this denunciation is about the person, their unit, or one they answer for."""
        if facts.kind is not CaseKind.DENUNCIATION:
            return False
        if facts.respondent_user_id is not None and facts.respondent_user_id == self.user_id:
            return True
        denounced = facts.respondent_unit_id
        if denounced is None:
            return False
        if denounced in self.ancestors:
            return True
        return denounced in self.subtree and facts.unit_id not in self.subtree


@dataclass(frozen=True, slots=True)
class Scope:
    """All cases inside any part and not hidden by the wall. No parts: nothing at all."""

    parts: tuple[ScopePart, ...]
    wall: Wall | None = None

    @property
    def nothing(self) -> bool:
        """Whether no case can be inside."""
        return not self.parts

    @property
    def unit_ids(self) -> frozenset[int] | None:
        """The units reached, for records that hang on a unit only; `None` means all units."""
        reached: set[int] = set()
        for part in self.parts:
            if part == ScopePart():
                return None
            reached |= part.unit_ids or frozenset()
        return frozenset(reached)

    def covers(self, facts: CaseFacts) -> bool:
        """Whether the case is inside."""
        if self.wall is not None and self.wall.hides(facts):
            return False
        return any(part.covers(facts) for part in self.parts)


_ANSWERABLE = frozenset({CaseKind.PETITION, CaseKind.REFLECTION})
_NOT_SEALED = frozenset(CaseKind) - {CaseKind.DENUNCIATION}
_BEFORE_APPROVAL = frozenset({State.ACCEPTED, State.VERIFYING})

_CITIZEN = (Grant(Role.CITIZEN, Reach.OWN), Grant(Role.CITIZEN_PROVEN, Reach.OWN))
_LEADER = Grant(Role.UNIT_LEADER, Reach.UNIT_TREE)
_RECEPTION = Grant(Role.RECEPTION_OFFICER, Reach.UNIT)
_SUPERVISOR = Grant(Role.SUPERVISOR, Reach.UNIT_TREE)
_INSPECTOR = Grant(Role.INSPECTOR, Reach.UNIT_TREE)
_ADMINISTRATOR = Grant(Role.ADMINISTRATOR, Reach.ALL)
_AUDITOR = Grant(Role.AUDITOR, Reach.ALL)
_SYSTEM = Grant(Role.SYSTEM, Reach.ALL)
# A handler works on what is theirs, and on what lies in the unit and is nobody's yet.
_HANDLER = (
    Grant(Role.HANDLER, Reach.OWN),
    Grant(Role.HANDLER, Reach.UNIT, unassigned=True),
)
# The outcome of a complaint or denunciation binds the office: it is the leader's to sign.
_HANDLER_ANSWERABLE = (
    Grant(Role.HANDLER, Reach.OWN, kinds=_ANSWERABLE),
    Grant(Role.HANDLER, Reach.UNIT, kinds=_ANSWERABLE, unassigned=True),
)

ACCESS: dict[Action, tuple[Grant, ...]] = {
    Action.EXAMINE: (_RECEPTION, *_HANDLER, _LEADER),
    Action.RECORD_FORM: (_RECEPTION, *_HANDLER, _LEADER),
    Action.ACCEPT: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.REFUSE: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.GUIDE: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.FORWARD: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.REFER: (_LEADER,),
    Action.RECORD_REPLY: (_RECEPTION, *_HANDLER, _LEADER),
    Action.TAKE_BACK: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.RETURN: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.FILE: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.ATTACH: (*_HANDLER, _LEADER),
    Action.SPLIT: (*_HANDLER, _LEADER),
    Action.REPRESENT: (_RECEPTION, *_HANDLER, _LEADER),
    # A handler may take what is nobody's; giving to others is the leader's.
    Action.ASSIGN: (Grant(Role.HANDLER, Reach.UNIT, unassigned=True), _LEADER),
    Action.PASS_ON: (_LEADER,),
    Action.RECLASSIFY: (_LEADER,),
    Action.SUMMARISE: (_RECEPTION, *_HANDLER, _LEADER),
    Action.ASK_CITIZEN: (*_HANDLER, _LEADER),
    Action.RESUME: (*_HANDLER, _LEADER),
    Action.VERIFY: (*_HANDLER, _LEADER),
    Action.SET_COMPLEXITY: (_LEADER,),
    Action.EXTEND: (_LEADER,),
    Action.SUSPEND: (_LEADER,),
    Action.LIFT_SUSPENSION: (_LEADER,),
    Action.FORM_TEAM: (_LEADER,),
    Action.PLAN_DIALOGUE: (*_HANDLER, _LEADER),
    Action.RECORD_DIALOGUE: (*_HANDLER, _LEADER),
    Action.RECORD_VERIFICATION: (*_HANDLER, _LEADER),
    Action.RECORD_NOTICE: (*_HANDLER, _LEADER),
    Action.SUBMIT_DRAFT: (*_HANDLER, _LEADER),
    Action.SEND_BACK: (_LEADER,),
    Action.DECIDE: (_LEADER,),
    # Once a draft waits for the leader, only the leader answers.
    Action.ANSWER: (
        Grant(Role.HANDLER, Reach.OWN, kinds=_ANSWERABLE, states=_BEFORE_APPROVAL),
        Grant(
            Role.HANDLER,
            Reach.UNIT,
            kinds=_ANSWERABLE,
            states=_BEFORE_APPROVAL,
            unassigned=True,
        ),
        _LEADER,
    ),
    Action.SEND: (*_HANDLER, _LEADER),
    Action.PUBLISH: (*_HANDLER, _LEADER),
    Action.RECORD_OUTCOME: (*_HANDLER, _LEADER),
    Action.RECORD_PROGRESS: (*_HANDLER, _LEADER),
    Action.TELL_SENDER: (*_HANDLER, _LEADER),
    Action.SHOW_PUBLIC: (*_HANDLER, _LEADER),
    # Only from above: whoever settles late is not the one who reminds.
    Action.REMIND: (
        Grant(Role.UNIT_LEADER, Reach.BELOW),
        Grant(Role.SUPERVISOR, Reach.BELOW),
    ),
    Action.REPORT_BACK: (*_HANDLER, _LEADER),
    Action.WITHDRAW: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.WITHDRAW_PART: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.KEEP_SETTLING: (_LEADER,),
    Action.TERMINATE: (_LEADER,),
    Action.REOPEN: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.CONTINUE: (_RECEPTION, *_HANDLER, _LEADER),
    Action.CORRECT: (_LEADER,),
    Action.HOLD_DATA: (_LEADER,),
    Action.RELEASE_DATA: (_LEADER,),
    Action.NOTE: (_RECEPTION, *_HANDLER, _LEADER),
    Action.MESSAGE: (*_HANDLER, _LEADER),
    Action.ADD_DOCUMENT: (_RECEPTION, *_HANDLER, _LEADER),
    Action.TRACK: _CITIZEN,
    Action.WRITE_MESSAGE: _CITIZEN,
    Action.ADD_OWN_DOCUMENT: _CITIZEN,
    Action.ASK_WITHDRAWAL: _CITIZEN,
    Action.GIVE_VERDICT: _CITIZEN,
    Action.READ_OWN_FILING: (Grant(Role.CITIZEN_PROVEN, Reach.OWN),),
    Action.ASK_ABOUT_DATA: (Grant(Role.CITIZEN_PROVEN, Reach.OWN),),
    Action.SEE_CASE: (
        _RECEPTION,
        Grant(Role.HANDLER, Reach.OWN),
        Grant(Role.HANDLER, Reach.UNIT),
        _LEADER,
        _SUPERVISOR,
        Grant(
            Role.INSPECTOR,
            Reach.UNIT_TREE,
            kinds=_NOT_SEALED,
            fields=frozenset({CaseField.CONDUCT}),
        ),
        _SYSTEM,
    ),
    Action.READ_SEALED: (Grant(Role.HANDLER, Reach.OWN), _LEADER),
    Action.ANSWER_DATA_REQUEST: (*_HANDLER, _LEADER),
    Action.DRAFT_LETTER: (*_HANDLER, _LEADER),
    # Of a letter that carries an act the act itself must be granted too.
    Action.ISSUE_LETTER: (*_HANDLER_ANSWERABLE, _LEADER),
    Action.SEND_LETTER: (*_HANDLER, _LEADER),
    Action.OVERRULE_SEAL_CHECK: (_LEADER,),
    Action.SEE_REGISTER: (_RECEPTION, Grant(Role.HANDLER, Reach.UNIT), _LEADER, _SUPERVISOR),
    Action.ENTER_NUMBER: (_RECEPTION, _LEADER),
    Action.REGISTER_SUBMISSION: (_RECEPTION, _LEADER, _SYSTEM),
    Action.REGISTER_RECEPTION: (_RECEPTION, _LEADER, _SYSTEM),
    Action.SIGN_REFUSAL: (_LEADER,),
    Action.SEE_RECEPTIONS: (
        _RECEPTION,
        Grant(Role.HANDLER, Reach.UNIT),
        _LEADER,
        _SUPERVISOR,
        _INSPECTOR,
        _SYSTEM,
    ),
    Action.SEE_REPORTS: (_LEADER, _SUPERVISOR, _INSPECTOR, _AUDITOR, _SYSTEM),
    Action.EXPORT_REPORTS: (_LEADER, _SUPERVISOR, _INSPECTOR, _SYSTEM),
    # Whoever answers for the figures closes them; a leader whose office they are about does not.
    Action.CLOSE_PERIOD: (_SUPERVISOR, _SYSTEM),
    Action.SEE_OVERSIGHT: (
        _LEADER,
        _SUPERVISOR,
        _INSPECTOR,
        _ADMINISTRATOR,
        _AUDITOR,
        _SYSTEM,
    ),
    Action.KEEP_OVERSIGHT: (_SUPERVISOR, _ADMINISTRATOR, _SYSTEM),
    Action.SEE_RATINGS: (_LEADER, _SUPERVISOR, _INSPECTOR, _SYSTEM),
    Action.SEE_AUDIT: (_AUDITOR, _SYSTEM),
    Action.SEE_RETENTION: (_ADMINISTRATOR, _AUDITOR, _SYSTEM),
    Action.MANAGE_DIRECTORY: (_ADMINISTRATOR, _SYSTEM),
    Action.MANAGE_ACCOUNTS: (_ADMINISTRATOR, _SYSTEM),
    Action.MANAGE_CALENDAR: (_ADMINISTRATOR, _SYSTEM),
    Action.MANAGE_TEMPLATES: (_ADMINISTRATOR, _SYSTEM),
    Action.OWN_ACCOUNT: (
        _RECEPTION,
        Grant(Role.HANDLER, Reach.OWN),
        _LEADER,
        _SUPERVISOR,
        _INSPECTOR,
        _ADMINISTRATOR,
        _AUDITOR,
    ),
}


def wall_of(actor: Actor) -> Wall | None:
    """The wall around an official; a citizen at their own case and the system have none."""
    if actor.user_id is None:
        return None
    return Wall(actor.user_id, actor.subtree, actor.ancestors, actor.everywhere)


def walled(actor: Actor, facts: CaseFacts) -> bool:
    """Whether a denunciation must stay unknown to this official, whatever their roles.

    Outside stand: the person denounced; everyone in the denounced unit and below it; those
    above it who do not sit at or above the unit that settles (Luật Tố cáo art. 12, 13, 56).
    Set `respondent_unit_id` when a body or its head is denounced; when an official in duty
    is, only `respondent_user_id`, for then their own head is the lawful settler (art. 12.1).
    """
    wall = wall_of(actor)
    return wall is not None and wall.hides(facts)


def can(actor: Actor, action: Action, facts: CaseFacts | None = None) -> bool:
    """Whether the actor may do this: anywhere at all, or with this case."""
    granted = any(grant.role in actor.roles for grant in ACCESS[action])
    return granted and (facts is None or scope_of(actor, action).covers(facts))


def can_at(actor: Actor, action: Action, unit_id: int) -> bool:
    """Whether the actor may do this at a unit: a reception, a report, a new submission."""
    units = scope_of(actor, action).unit_ids
    return units is None or unit_id in units


def scope_of(actor: Actor, action: Action) -> Scope:
    """All that the actor may do this with; `queries/visibility.py` turns it into a WHERE."""
    parts = _parts(actor, (grant for grant in ACCESS[action] if grant.role in actor.roles))
    return Scope(tuple(dict.fromkeys(parts)), wall_of(actor))


def _parts(actor: Actor, grants: Iterable[Grant]) -> Iterable[ScopePart]:
    for grant in grants:
        part = _part(actor, grant)
        if part is not None:
            yield part


def _part(actor: Actor, grant: Grant) -> ScopePart | None:
    """The grant laid over this actor; `None` when it reaches nothing for want of a place."""
    unit_ids: frozenset[int] | None = None
    assignee_id = case_id = None
    if grant.reach is Reach.OWN:
        if grant.role in (Role.CITIZEN, Role.CITIZEN_PROVEN):
            case_id = actor.case_id
        else:
            assignee_id = actor.user_id
        if case_id is None and assignee_id is None:
            return None
    elif grant.reach is Reach.UNIT:
        unit_ids = frozenset() if actor.unit_id is None else frozenset({actor.unit_id})
    elif grant.reach is Reach.UNIT_TREE:
        unit_ids = None if actor.everywhere else actor.subtree
    elif grant.reach is Reach.BELOW:
        unit_ids = actor.subtree - {actor.unit_id}
    if unit_ids is not None and not unit_ids:
        return None
    return ScopePart(
        unit_ids=unit_ids,
        assignee_id=assignee_id,
        case_id=case_id,
        kinds=grant.kinds,
        states=grant.states,
        fields=grant.fields,
        unassigned=grant.unassigned,
    )
