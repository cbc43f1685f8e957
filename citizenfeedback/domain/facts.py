"""Frozen views of people and cases: all that a rule may read."""

from dataclasses import dataclass
from datetime import date

from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    Complexity,
    Direction,
    Instance,
    Phase,
    Role,
    State,
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: an official, a citizen holding an access code, or the system.

    `subtree` holds the ids of the actor's unit and of all units below it; `ancestors` those of
    the actor's unit and of all units above it; `everywhere` says that no unit is outside the
    subtree. A citizen reaches one case only (`case_id`).
    """

    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    unit_id: int | None = None
    subtree: frozenset[int] = frozenset()
    ancestors: frozenset[int] = frozenset()
    case_id: int | None = None
    name: str = ""
    everywhere: bool = False

    @property
    def is_staff(self) -> bool:
        """Whether this is a signed-in official."""
        return self.user_id is not None


SYSTEM = Actor(roles=frozenset({Role.SYSTEM}), name="system")
NOBODY = Actor()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules need to know of a case.

    `unanswered`: the case before had not been settled within its term when this one came.
    """

    id: int
    kind: CaseKind
    state: State
    unit_id: int
    received_on: date
    assignee_id: int | None = None
    instance: Instance = Instance.FIRST
    formal: bool = True
    signed: bool = True
    eligible: bool | None = None
    competent: bool | None = None
    direction: Direction | None = None
    respondent_unit_id: int | None = None
    respondent_user_id: int | None = None
    accepted_on: date | None = None
    closed_on: date | None = None
    result: CaseResult | None = None
    complexity: Complexity = Complexity.NORMAL
    remote: bool = False
    extensions: int = 0
    field: CaseField | None = None
    channel: Channel = Channel.WEB
    signatories: int = 1
    representatives: int = 0
    held: bool = False
    unanswered: bool = False

    @property
    def phase(self) -> Phase:
        """The phase of the state."""
        return PHASE_OF[self.state]

    @property
    def open(self) -> bool:
        """Whether anything is still owed to the citizen."""
        return self.phase is not Phase.CLOSED

    @property
    def sealed(self) -> bool:
        """Whether identity, words and papers lie encrypted (Luật Tố cáo art. 56)."""
        return self.kind is CaseKind.DENUNCIATION
