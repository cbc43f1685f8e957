"""What the figures of citizens' verdicts mean, and the file in which they are handed out.

They stand beside the figures of the monthly report, whose keys are fixed, and are not among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.formats import format_number, format_ratio
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import CaseKind, Verdict

ANSWER_RATE = N_("Tỷ lệ người dân trả lời")
ANSWER_DEFINITION = N_(
    "Trong các vụ việc có mã tra cứu và được gửi kết quả trong kỳ, bao nhiêu vụ việc được người dân "
    "cho biết kết quả thế nào."
)
ANSWER_PARTS = (N_("vụ việc đã được trả lời"), N_("vụ việc đã gửi kết quả"))
VERDICT_DEFINITION = N_(
    "Trong các câu trả lời của người dân trong kỳ, bao nhiêu câu nói như vậy. Mỗi vụ việc một câu "
    "trả lời, lấy câu cuối cùng; tính vào ngày trả lời lần đầu."
)
VERDICT_PARTS = (N_("câu trả lời như vậy"), N_("tất cả câu trả lời"))
HEADLINE = N_("Người dân nói đã giải quyết được {solved} trên {total} vụ việc: {rate}.")
NOBODY_YET = N_("Trong kỳ này chưa có người dân nào cho biết kết quả thế nào.")
COLUMNS = (
    N_("Nhóm"),
    N_("Tên"),
    *(N_("Đã giải quyết được"), N_("Giải quyết được một phần"), N_("Chưa giải quyết được")),
    *(N_("Tất cả câu trả lời"), N_("Tỷ lệ đã giải quyết được (%)")),
    *(N_("Vụ việc đã gửi kết quả"), N_("Vụ việc đã được trả lời"), N_("Tỷ lệ trả lời (%)")),
)
WHOLE, BY_KIND, BY_UNIT = N_("Tất cả"), N_("Loại đơn"), N_("Đơn vị")
SHEET = N_("Ý kiến về kết quả")


def verdict_headline(solved: int, total: int, lang: str = "vi") -> str:
    """The page's answer in one sentence."""
    if not total:
        return translate(NOBODY_YET, lang)
    return translate(HEADLINE, lang).format(
        solved=format_number(solved, lang),
        total=format_number(total, lang),
        rate=format_ratio(solved, total, lang),
    )


def verdict_meanings(lang: str = "vi") -> list[dict[str, str]]:
    """Each figure with its definition and its two sides."""
    said = [_meaning(label(one, lang), VERDICT_DEFINITION, VERDICT_PARTS, lang) for one in Verdict]
    return [*said, _meaning(translate(ANSWER_RATE, lang), ANSWER_DEFINITION, ANSWER_PARTS, lang)]


def _meaning(name: str, definition: str, parts: tuple[str, str], lang: str) -> dict[str, str]:
    above, below = (translate(part, lang) for part in parts)
    return {
        "name": name,
        "question": "",
        "definition": translate(definition, lang),
        "above": above,
        "below": below,
    }


def verdict_table(document: Mapping[str, Any], lang: str = "vi") -> Iterable[Sequence[Any]]:
    """The rows of the file: the heads, all together, each kind, each unit."""
    yield [translate(head, lang) for head in COLUMNS]
    yield _line(translate(WHOLE, lang), document["name"][lang], document["whole"])
    for code, one in document["kinds"].items():
        yield _line(translate(BY_KIND, lang), label(CaseKind(code), lang), one)
    for unit in document["units"]:
        yield _line(translate(BY_UNIT, lang), unit["name"][lang], unit["figures"])


def _line(group: str, name: str, one: Mapping[str, int]) -> list[Any]:
    total = one["solved"] + one["partly"] + one["not"]
    return [
        group,
        name,
        *(one[verdict] for verdict in Verdict),
        total,
        _share(one["solved"], total),
        one["sent"],
        one["answered"],
        _share(one["answered"], one["sent"]),
    ]


def _share(part: int, whole: int) -> float | None:
    return round(part * 100 / whole, 2) if whole else None
