"""The reception book: visits, refusals, corrections, and leaders' reception days."""

from citizenfeedback.web.receptions import (
    book,
    corrections,
    duty,
    papers,
    refusals,
    sittings,
    striking,
    visits,
)
from citizenfeedback.web.receptions.room import blueprint

__all__ = [
    "blueprint",
    "book",
    "corrections",
    "duty",
    "papers",
    "refusals",
    "sittings",
    "striking",
    "visits",
]
