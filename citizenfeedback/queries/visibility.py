"""The one place where access becomes SQL: which cases somebody may do something with.

`visible(actor, action)` says in a WHERE what `domain.access.can` says of one case, the wall around
a denunciation included; a property test holds the two together on both databases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, false, literal_column, not_, or_, select, true
from sqlalchemy.orm import aliased

from citizenfeedback.domain.access import Scope, ScopePart, Wall, scope_of, wall_of
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.models.cases import Case


def visible(actor: Actor, action: Action, kinds: Collection[CaseKind] = ()) -> ColumnElement[bool]:
    """The condition over `Case` under which `actor` may do `action`.

    `kinds` are those that the rest of the query is narrowed to: without denunciations among them
    the wall has nothing to hide, and a row costs half.
    """
    scope = scope_of(actor, action)
    if kinds and CaseKind.DENUNCIATION not in kinds:
        scope = replace(scope, wall=None)
    return scope_condition(scope)


def outside_wall(actor: Actor) -> ColumnElement[bool]:
    """The condition that keeps denunciations behind this person's wall out of a count."""
    wall = wall_of(actor)
    return true() if wall is None else _outside(wall, at_home=False)


def scope_condition(scope: Scope) -> ColumnElement[bool]:
    """A scope as a condition over `Case`; no parts, nothing."""
    if not scope.parts:
        return false()
    inside = or_(*(_part(part) for part in scope.parts))
    if scope.wall is None:
        return inside
    at_home = scope.wall.everywhere or all(
        part.unit_ids is not None and part.unit_ids <= scope.wall.subtree for part in scope.parts
    )
    return and_(inside, _outside(scope.wall, at_home=at_home))


def _part(part: ScopePart) -> ColumnElement[bool]:
    """One way in: every condition given must hold."""
    conditions: list[ColumnElement[bool]] = []
    if part.unit_ids is not None:
        conditions.append(at_units(part.unit_ids))
    if part.assignee_id is not None:
        conditions.append(Case.assignee_id == part.assignee_id)
    if part.case_id is not None:
        conditions.append(Case.id == part.case_id)
    if part.kinds is not None:
        conditions.append(Case.kind.in_(sorted(part.kinds)))
    if part.states is not None:
        conditions.append(Case.state.in_(sorted(part.states)))
    if part.fields is not None:
        conditions.append(Case.field.in_(sorted(part.fields)))
    if part.unassigned:
        conditions.append(Case.assignee_id.is_(None))
    return and_(true(), *conditions)


def at_units(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    """The cases of these units.

    Several are no way into an index (`+ 0`): a list over a whole department
    walks its cases in order of their term and stops, instead of fetching and sorting them all.
    """
    if len(unit_ids) == 1:
        return Case.unit_id == next(iter(unit_ids))
    first, last = min(unit_ids, default=0), max(unit_ids, default=0)
    if last - first + 1 == len(unit_ids):
        # Without a gap, as in a whole province: two comparisons a row instead of a look-up.
        return (Case.unit_id + 0).between(first, last)
    return (Case.unit_id + 0).in_(_ids(unit_ids))


def _outside(wall: Wall, *, at_home: bool) -> ColumnElement[bool]:
    """Not a denunciation of this person, of their unit, or of one they answer for.

    `at_home` says that only cases at the wall's own units are asked for, of which none can be
    settled elsewhere: that shortens the condition for all lists of leaders.

    For hardly anybody there is such a denunciation at all. That is asked first and once, so that a
    count of ten thousand rows need not look at the kind and the respondents of each.
    """
    none = and_(
        *(
            ~select(literal_column("1"))
            .where(_ANY_CASE.kind == CaseKind.DENUNCIATION, hidden)
            .exists()
            for hidden in _behind(wall, _ANY_CASE, at_home=at_home)
        )
    )
    hidden = or_(*_behind(wall, Case, at_home=at_home))
    return or_(none, Case.kind != CaseKind.DENUNCIATION, not_(hidden))


_ANY_CASE = aliased(Case, name="any_case")


def _behind(wall: Wall, case: type[Case], *, at_home: bool) -> list[ColumnElement[bool]]:
    """The ways in which a denunciation is about somebody; each has an index of its own.

    Each comparison with an absent respondent would be unknown rather than false, and unknown hides
    the row: so each is tied to the respondent being there.
    """
    unit = case.respondent_unit_id
    hidden = [and_(unit.is_not(None), unit.in_(_ids(wall.ancestors)))]
    if not at_home:
        hidden.append(
            and_(
                unit.is_not(None),
                unit.in_(_ids(wall.subtree)),
                case.unit_id.not_in(_ids(wall.subtree)),
            )
        )
    if wall.user_id is not None:
        person = case.respondent_user_id
        hidden.append(and_(person.is_not(None), person == wall.user_id))
    return hidden


def _ids(ids: Iterable[int]) -> list[int]:
    # In one order, so that the statement is the same text each time and its plan is kept.
    return sorted(ids)
