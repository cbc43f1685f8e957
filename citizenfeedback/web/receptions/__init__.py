"""The reception book: visits, the slip for the visitor, and leaders' reception days."""

from citizenfeedback.web.receptions import book, sittings, visits
from citizenfeedback.web.receptions.room import blueprint

__all__ = ["blueprint", "book", "sittings", "visits"]
