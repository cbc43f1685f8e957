"""Units in the order in which people read them: each below its parent, brothers by level and name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from citizenfeedback.domain.text import SortKey, sort_key
from citizenfeedback.domain.vocabulary import UnitLevel

_LEVELS = {level: place for place, level in enumerate(UnitLevel)}

Place = tuple[tuple[int, SortKey, int], ...]


def tree_places(units: Sequence[Any]) -> dict[int, Place]:
    """The place of each unit among these, by its id; a parent that is not among them counts not.

    The rows hold `id`, `name`, `level` and `path`.
    """
    own = {unit.id: (_LEVELS[unit.level], sort_key(unit.name), unit.id) for unit in units}
    return {
        unit.id: tuple(own[part] for part in map(int, unit.path.split("/")[1:-1]) if part in own)
        for unit in units
    }


def tree_order(units: Sequence[Any]) -> list[Any]:
    """The same rows as the tree reads."""
    places = tree_places(units)
    return sorted(units, key=lambda unit: places[unit.id])
