"""The archive: rows, relations and constraints. Nothing is decided here and nothing is worded."""

from citizenfeedback.models import (  # noqa: F401 - imported so that metadata is complete
    accounts,
    attachments,
    audit,
    calendar,
    cases,
    clocks,
    devices,
    directory,
    installation,
    letters,
    outbox,
    oversight,
    privacy,
    procedures,
    ratings,
    receptions,
    reporting,
    search,
    timeline,
)
