"""Officials' work: the lists, the case, the acts on it, what is sealed, entering a paper."""

from citizenfeedback.web.inbox import acts, cases, entry, lists, originals
from citizenfeedback.web.inbox.room import blueprint

__all__ = ["acts", "blueprint", "cases", "entry", "lists", "originals"]
