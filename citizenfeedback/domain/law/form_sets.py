"""Which sets of statistics forms there are: the one in force, and those of earlier circulars."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.law.statistics import CURRENT, FormSet
from citizenfeedback.domain.law.statistics_before import CIRCULAR_01, CIRCULAR_02

FORM_SETS: Mapping[str, FormSet] = MappingProxyType(
    {forms.code: forms for forms in (CURRENT, CIRCULAR_01, CIRCULAR_02)}
)
"""The sets by the number and year of their circular, the newest first."""


def form_set(code: str) -> FormSet:
    """The set with a code; raises `NotFound("forms")`."""
    if code not in FORM_SETS:
        raise NotFound("forms")
    return FORM_SETS[code]


def replaced_by(forms: FormSet, last: date) -> FormSet | None:
    """The newest set that was in force, instead of this one, on the last day of a window.

    None where none was, as far as the sources give a day: that on which 01/2024 replaced 02/2021
    they do not (law.md 3.3).
    """
    for newer in FORM_SETS.values():
        if newer is forms:
            return None
        if newer.in_force is not None and newer.in_force <= last:
            return newer
    return None
