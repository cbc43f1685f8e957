"""Lines of the timeline use details that the acts record."""

from string import Formatter

from citizenfeedback.documents.happenings import HAPPENINGS
from citizenfeedback.domain.vocabulary import EventKind

RECORDED = {
    "assignee",
    "attendance",
    "basis",
    "before",
    "body",
    "channel",
    "competent",
    "complexity",
    "count",
    "day",
    "direction",
    "document_no",
    "due",
    "eligible",
    "extensions",
    "from_kind",
    "ground",
    "kind",
    "letter",
    "number",
    "outcome",
    "part",
    "proof",
    "verdict",
    "publication",
    "reply",
    "report_by",
    "result",
    "role",
    "unit",
    "way",
    "wish",
}


def test_does_every_line_speak_of_known_details() -> None:
    for kind, lines in HAPPENINGS.items():
        assert kind in EventKind
        for line in lines:
            used = {name for _, name, _, _ in Formatter().parse(line) if name}
            assert used
            assert used <= RECORDED
