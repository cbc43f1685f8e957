"""The generated pages of the documentation: the workflow and the permissions, from their tables."""

from collections.abc import Iterable, Sequence

from citizenfeedback.documents.labels import button, label
from citizenfeedback.domain.access import ACCESS, Grant
from citizenfeedback.domain.vocabulary import PHASE_OF, Action, CaseKind, Role, State
from citizenfeedback.domain.workflow import (
    INPUTS,
    NEVER,
    TRANSITIONS,
    Transition,
)

LANG = "en"
GENERATED = "<!-- Generated from the tables by `make docs`; change the tables, not this page. -->"


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table as Markdown writes it."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return lines


def _codes(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _kinds(kinds: frozenset[CaseKind] | None) -> str:
    if kinds is None or kinds == frozenset(CaseKind):
        return "all"
    return _codes(kind for kind in CaseKind if kind in kinds)


def _states(states: frozenset[State]) -> str:
    if states == frozenset(State):
        return "any"
    return _codes(state for state in State if state in states)


def _target(row: Transition) -> str:
    if row.target is None:
        return "stays"
    if row.after_acceptance is None:
        return f"`{row.target}`"
    return f"`{row.target}`; once accepted `{row.after_acceptance}`"


def _brings(row: Transition) -> str:
    parts = [f"{clock} clock: {effect}" for clock, effect in row.clocks.items()]
    parts += [label(letter, LANG) for letter in row.letters]
    if row.closes:
        parts.append("sets the closing date")
    if row.reopens:
        parts.append("takes the closing date back")
    return "; ".join(parts) or "–"


def _guard(row: Transition) -> str:
    return "–" if row.guard is None else f"`{row.guard.__name__}`"


def workflow_markdown() -> str:
    """The text of `docs/workflow.md`: states, every row of `TRANSITIONS`, what never happens."""
    lines = ["# Workflow", "", GENERATED, ""]
    lines += [
        "The lawful steps of the four kinds, as `citizenfeedback/domain/workflow.py` has them.",
        "The same rows draw the buttons, guard the acts, move the legal clocks and name the",
        "letters. Who may act is in [permissions.md](permissions.md).",
        "",
        "## States",
        "",
    ]
    lines += markdown_table(
        ("state", "Vietnamese", "English", "phase"),
        (
            (f"`{state}`", label(state), label(state, LANG), f"`{PHASE_OF[state]}`")
            for state in State
        ),
    )
    lines += ["", "## Steps", ""]
    lines += markdown_table(
        ("act", "kinds", "from", "to", "condition", "event", "brings"),
        (
            (
                f"`{row.action}`",
                _kinds(row.kinds),
                _states(row.sources),
                _target(row),
                _guard(row),
                f"`{row.event}`",
                _brings(row),
            )
            for row in TRANSITIONS
        ),
    )
    lines += ["", "## What an act must be told", ""]
    lines += markdown_table(
        ("act", "button", "required", "also taken"),
        (
            (
                f"`{action}`",
                button(action, CaseKind.PETITION, LANG),
                _codes(inputs.required) or "–",
                _codes(inputs.optional) or "–",
            )
            for action, inputs in INPUTS.items()
        ),
    )
    lines += ["", "## What a kind never knows", ""]
    lines += markdown_table(
        ("kind", "act", "code of the refusal"),
        ((f"`{kind}`", f"`{action}`", f"`{code}`") for (kind, action), code in NEVER.items()),
    )
    return "\n".join(lines) + "\n"


def _grant(grant: Grant) -> str:
    limits = []
    if grant.unassigned:
        limits.append("nobody’s yet")
    if grant.kinds is not None:
        limits.append(_kinds(grant.kinds))
    if grant.states is not None:
        limits.append(f"while {_states(grant.states)}")
    if grant.fields is not None:
        limits.append(f"field {_codes(sorted(grant.fields))}")
    told = "; ".join(limits)
    return f"{grant.reach} ({told})" if limits else str(grant.reach)


def _reach(action: Action, role: Role) -> str:
    return " or ".join(_grant(grant) for grant in ACCESS[action] if grant.role is role)


def permissions_markdown() -> str:
    """The text of `docs/permissions.md`: every action with the roles that may do it."""
    lines = ["# Permissions", "", GENERATED, ""]
    lines += [
        "Who may do what, and how far, as `citizenfeedback/domain/access.py` has it. What is not",
        "in the table is refused. *When* an act is lawful is in [workflow.md](workflow.md).",
        "",
        "`own`: cases assigned to the person, or the case of the access code. `unit`: the",
        "person’s unit. `unit_tree`: that unit and all below it. `all`: everything.",
        "",
        "In a denunciation a wall stands above every grant. Outside it are the person denounced,",
        "everyone in the denounced unit and below it, and those above it who do not sit at or",
        "above the unit that settles the case.",
        "",
        "## Actions",
        "",
    ]
    lines += markdown_table(
        ("action", "what", "who, how far"),
        (
            (
                f"`{action}`",
                label(action, LANG),
                "; ".join(
                    f"{label(role, LANG)}: {reach}"
                    for role in Role
                    if (reach := _reach(action, role))
                ),
            )
            for action in Action
        ),
    )
    lines += ["", "## Roles", ""]
    lines += markdown_table(
        ("role", "Vietnamese", "English", "actions"),
        (
            (
                f"`{role}`",
                label(role),
                label(role, LANG),
                str(sum(1 for action in Action if _reach(action, role))),
            )
            for role in Role
        ),
    )
    return "\n".join(lines) + "\n"
