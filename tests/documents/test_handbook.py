"""The generated pages hold every row of their tables."""

from citizenfeedback.documents.handbook import permissions_markdown, workflow_markdown
from citizenfeedback.domain.vocabulary import Action, Role, State
from citizenfeedback.domain.workflow import TRANSITIONS


def test_does_the_page_of_the_workflow_hold_every_row() -> None:
    page = workflow_markdown()
    rows = page.split("## Steps")[1].split("## What an act")[0]
    assert sum(line.startswith("| `") for line in rows.splitlines()) == len(TRANSITIONS)
    assert all(f"| `{state}` |" in page for state in State)
    assert "complaint_never_forwarded" in page
    assert page.endswith("|\n")


def test_does_the_page_of_permissions_hold_every_action_and_role() -> None:
    page = permissions_markdown()
    assert all(f"| `{action}` |" in page for action in Action)
    assert all(f"| `{role}` |" in page for role in Role)
    assert "field `conduct`" in page
    assert "while `accepted`, `verifying`" in page
