"""The administrator's and the auditor's pages. Each file hangs its views on the one blueprint."""

from citizenfeedback.web.admin import (
    audit,
    calendar,
    devices,
    home,
    letters,
    paragraphs,
    people,
    points,
    questions,
    retention,
    staff,
    units,
)
from citizenfeedback.web.admin.room import blueprint

__all__ = [
    "audit",
    "blueprint",
    "calendar",
    "devices",
    "home",
    "letters",
    "paragraphs",
    "people",
    "points",
    "questions",
    "retention",
    "staff",
    "units",
]
