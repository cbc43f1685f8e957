"""Officials' work: the lists, the case, the acts on it, what is sealed, entering a paper."""

from citizenfeedback.web.inbox import (
    acts,
    after,
    cases,
    data,
    entry,
    kept,
    letters,
    lists,
    originals,
    register,
)
from citizenfeedback.web.inbox.room import blueprint

__all__ = [
    "acts",
    "after",
    "blueprint",
    "cases",
    "data",
    "entry",
    "kept",
    "letters",
    "lists",
    "originals",
    "register",
]
