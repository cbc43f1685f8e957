"""The ways on after the end as a citizen reads them: what it is, until when, and what then.

At most 20 words a sentence, as on every page for citizens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.formats import format_date, format_long_date
from citizenfeedback.documents.kinds import rule_days
from citizenfeedback.domain.aftermath import NextStep, NextStepKind
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.workflow import DEMANDED

TITLES: Mapping[NextStepKind, str] = {
    NextStepKind.SECOND_COMPLAINT: N_("Khiếu nại lần hai"),
    NextStepKind.FOLLOW_UP: N_("Tố cáo tiếp"),
    NextStepKind.OVERDUE_FOLLOW_UP: N_("Tố cáo tiếp vì quá hạn chưa giải quyết"),
    NextStepKind.REOPEN: N_("Đề nghị xem lại"),
    NextStepKind.COURT: N_("Khởi kiện ra tòa án"),
}
TEXTS: Mapping[NextStepKind, tuple[str, ...]] = {
    NextStepKind.SECOND_COMPLAINT: (
        N_("Nếu không đồng ý, ông/bà gửi đơn lên cấp trên của nơi đã giải quyết."),
    ),
    NextStepKind.FOLLOW_UP: (
        N_("Nếu thấy giải quyết chưa đúng luật, ông/bà tố cáo tiếp lên cấp trên."),
        N_("Cấp trên xem xét trong {days} kể từ ngày nhận (Luật Tố cáo, Điều 37)."),
        N_("Luật không đặt ngày cuối để gửi."),
    ),
    NextStepKind.OVERDUE_FOLLOW_UP: (
        N_("Hạn giải quyết đã hết ngày {since}. Từ hôm sau ông/bà được gửi đơn lên cấp trên."),
        N_("Trong {days}, cấp trên phải yêu cầu nơi giải quyết báo cáo (Luật Tố cáo, Điều 38)."),
        N_("Ông/bà gửi hôm nay thì cấp trên phải yêu cầu chậm nhất {answer}."),
        N_("Luật không đặt ngày cuối để gửi."),
    ),
    NextStepKind.REOPEN: (
        N_(
            "Ông/bà viết cho cơ quan điều còn chưa được giải quyết. Cơ quan có thể mở lại việc này."
        ),
    ),
    NextStepKind.COURT: (
        N_("Khởi kiện là đưa việc này ra tòa án. Không cần khiếu nại lần hai trước."),
        N_(
            "Luật Tố tụng hành chính, Điều 116: một năm từ ngày nhận quyết định hoặc ngày hết hạn giải quyết."
        ),
    ),
}
MISSED: Mapping[NextStepKind, tuple[str, ...]] = {
    NextStepKind.SECOND_COMPLAINT: (
        N_("Hạn khiếu nại lần hai đã hết ngày {day}."),
        N_("Nếu ốm đau, thiên tai hay trở ngại khác làm lỡ hạn, thời gian đó không tính."),
        N_("Khi ấy ông/bà nộp đơn tại nơi nhận đơn và mang theo giấy tờ chứng minh."),
    ),
    NextStepKind.COURT: (
        N_("Thời hạn khởi kiện đã hết ngày {day}."),
        N_("Ông/bà có thể hỏi trung tâm trợ giúp pháp lý về việc bị lỡ hạn."),
    ),
}
TERMS: Mapping[NextStepKind, str] = {
    NextStepKind.FOLLOW_UP: "TC-14",
    NextStepKind.OVERDUE_FOLLOW_UP: DEMANDED,
}
"""The superior's term after a way on without a last day of its own."""
LAST_DAY = N_("Ngày cuối: {day}. Còn {left} ngày.")
LAST_DAY_TODAY = N_("Ngày cuối là hôm nay, {day}.")
ABOUT_DECISION = N_(
    "{unit}, về quyết định giải quyết khiếu nại lần đầu số {decision_no} ngày {closed} "
    "(đơn số {number})"
)
ABOUT_NO_CONCLUSION = N_(
    "Tôi tố cáo tiếp vì đơn số {number} đã quá hạn giải quyết. Hạn hết ngày {due}. "
    "{unit} chưa có kết luận."
)
ABOUT_SILENCE = N_("{unit}, về việc quá hạn mà chưa giải quyết khiếu nại lần đầu (đơn số {number})")


@dataclass(frozen=True, slots=True)
class StepWords:
    """One way on, worded. `steps` and `end` unfold the last day where a term of the law sets it."""

    kind: str
    title: str
    texts: tuple[str, ...]
    last_day: str = ""
    over: bool = False
    term: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    end: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FirstDecision:
    """What a second complaint must name; without a number the term passed without a decision."""

    number: str
    unit: str
    decision_no: str
    closed_on: date | None
    settle_by: date | None = None


def step_words(step: NextStep, today: date, lang: str = "vi") -> StepWords:
    """One way on in plain words, with its last day and how many days are left."""
    title = translate(TITLES[step.kind], lang)
    if step.by is None:
        term = TERMS.get(step.kind)
        known = {
            "days": rule_days(term, today, lang) if term else "",
            "since": format_date(step.since, lang) if step.since else "",
            "answer": format_long_date(step.answer.due, lang) if step.answer else "",
        }
        said = tuple(text.format(**known) for text in _said(TEXTS[step.kind], lang))
        return StepWords(step.kind, title, said, **_counted(step.answer, lang))
    if step.over:
        missed = tuple(
            one.format(day=format_date(step.by)) for one in _said(MISSED[step.kind], lang)
        )
        return StepWords(step.kind, title, missed, over=True)
    left = (step.by - today).days
    line = translate(LAST_DAY if left else LAST_DAY_TODAY, lang)
    return StepWords(
        step.kind,
        title,
        _said(TEXTS[step.kind], lang),
        line.format(day=format_long_date(step.by, lang), left=left),
        **_counted(step.counted, lang),
    )


def _counted(explanation: Explanation | None, lang: str) -> dict[str, Any]:
    """How a day was counted, unfolded; nothing where the law sets none."""
    if explanation is None:
        return {}
    counted = [(format_date(on, lang), text) for on, text in explain(explanation, lang)]
    return {
        "term": term_line(explanation, lang),
        "steps": tuple(counted[:-1]),
        "end": counted[-1] if counted else None,
    }


def about_first(first: FirstDecision, lang: str = "vi") -> str:
    """Whom the second complaint is about: the office, for its first decision or its silence."""
    text = ABOUT_DECISION if first.decision_no and first.closed_on else ABOUT_SILENCE
    return translate(text, lang).format(
        number=first.number,
        unit=first.unit,
        decision_no=first.decision_no,
        closed=format_date(first.closed_on) if first.closed_on else "",
    )


def about_no_conclusion(first: FirstDecision, lang: str = "vi") -> str:
    """The opening words of a follow-up denunciation: which one was left unsettled, and since when."""
    return translate(ABOUT_NO_CONCLUSION, lang).format(
        number=first.number,
        unit=first.unit,
        due=format_date(first.settle_by, lang) if first.settle_by else "",
    )


def _said(texts: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(translate(text, lang) for text in texts)
