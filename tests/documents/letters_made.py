"""Letters for tests: every form filled with the values of its preview."""

from datetime import date

from citizenfeedback.documents.letters import (
    draft_text,
    letter_content,
    sample_values,
    shipped_template,
)
from citizenfeedback.domain.law.forms import LetterForm
from citizenfeedback.domain.letters import (
    Authority,
    LetterContent,
    Letterhead,
    LetterText,
    Value,
    signature,
)
from citizenfeedback.domain.vocabulary import CaseKind, Instance

TODAY = date(2026, 11, 23)
OFFICE = Letterhead("", "Ủy ban nhân dân phường Hồng Gai", "Hồng Gai", short="UBND", drafting="VP")
HEAD = signature(Authority.DEPUTY, "Trần Thị Ví Dụ", head="Chủ tịch", own="Phó Chủ tịch")


def day_of(form: LetterForm) -> date:
    """A day on which the form holds."""
    return form.effective_to or TODAY


def text_of(form: LetterForm, values: dict[str, Value] | None = None) -> LetterText:
    """The shipped text filled with the values of the preview, or with others."""
    return draft_text(
        form,
        shipped_template(form),
        sample_values(form) if values is None else values,
        kind=min(form.kinds, key=list(CaseKind).index),
        on=day_of(form),
        instance=form.instance or Instance.FIRST,
    )


def content_of(form: LetterForm) -> LetterContent:
    """A letter as it is issued."""
    return letter_content(
        form,
        text_of(form),
        OFFICE,
        HEAD,
        case_number="26-4K7Q-2",
        number=5,
        dated=day_of(form),
    )
