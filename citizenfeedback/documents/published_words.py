"""Published figures in plain words for citizens: what each is, what it counts, its two sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from citizenfeedback.documents.catalogue import N_, SOURCE_LANGUAGE, translate
from citizenfeedback.documents.figure_words import beside, format_value
from citizenfeedback.documents.formats import format_number
from citizenfeedback.domain.publishing import PublishedFigure


@dataclass(frozen=True, slots=True)
class Words:
    """The name, the meaning in short sentences, and how a rate's two sides are said."""

    name: str
    meaning: str
    sides: str = ""


_OF_CASES = N_("{part} trên {whole} vụ")

WORDS: Mapping[str, Words] = {
    "receptions.turns": Words(
        N_("lượt tiếp công dân"),
        N_("Lượt tiếp công dân: số lần người dân được tiếp, theo sổ tiếp công dân."),
    ),
    "receptions.people": Words(
        N_("người được tiếp"), N_("Một lượt tiếp có thể có nhiều người; đây là tổng số người.")
    ),
    "petitions.received": Words(
        N_("đơn nhận được"), N_("Mọi đơn đến cơ quan trong tháng, kể cả đơn gửi trùng.")
    ),
    "petitions.processed": Words(
        N_("đơn đã có hướng xử lý"),
        N_(
            "Đơn mà cơ quan đã quyết định làm gì: nhận giải quyết, hướng dẫn, chuyển, trả hoặc lưu."
        ),
    ),
    "cases.accepted": Words(N_("vụ việc mới thụ lý"), N_("Thụ lý là chính thức nhận giải quyết.")),
    "cases.resolved": Words(
        N_("vụ việc kết thúc"), N_("Vụ kết thúc trong tháng, với bất kỳ kết quả nào.")
    ),
    "cases.resolution_rate": Words(
        N_("vụ việc mọi loại đơn đã giải quyết"),
        N_(
            "Số vụ kết thúc trong tháng, chia cho số vụ phải giải quyết. Số phải giải quyết gồm vụ "
            "còn lại từ trước và vụ mới thụ lý."
        ),
        _OF_CASES,
    ),
    "cases.on_time_rate": Words(
        N_("vụ việc giải quyết đúng hạn"),
        N_("Trong số vụ kết thúc: vụ xong không muộn hơn ngày hết hạn."),
        _OF_CASES,
    ),
    "cases.overdue_at_end": Words(
        N_("vụ việc quá hạn cuối tháng"), N_("Vụ đã hết hạn mà cuối tháng chưa kết thúc.")
    ),
    "dossiers.on_time_rate": Words(
        N_("hồ sơ hành chính trả đúng hạn"),
        N_("Trong số hồ sơ thủ tục hành chính đã trả: hồ sơ trả đúng hạn."),
        N_("{part} trên {whole} hồ sơ"),
    ),
    "ratings.count": Words(
        N_("lượt đánh giá"),
        N_("Số lần người dân đánh giá cán bộ phục vụ, không kể lượt có dấu hiệu bất thường."),
    ),
    "ratings.satisfied_rate": Words(
        N_("lượt đánh giá hài lòng"),
        N_("Lượt cho điểm 4 hoặc 5 trên 5, chia cho số lượt đánh giá ở trên."),
        N_("{part} trên {whole} lượt"),
    ),
}

FEW = N_("ít, không nêu")
NONE = N_("không có")


def name(key: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What a published figure is called, as it follows its number."""
    return translate(WORDS[key].name, lang)


def meaning(key: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What it counts."""
    return translate(WORDS[key].meaning, lang)


def value(one: PublishedFigure, lang: str = SOURCE_LANGUAGE) -> str:
    """The number as people write it, or why there is none."""
    if one.masked:
        return translate(FEW, lang)
    return translate(NONE, lang) if one.value is None else format_value(one.key, one.value, lang)


def sides(one: PublishedFigure, lang: str = SOURCE_LANGUAGE) -> str:
    """A rate's numerator and denominator: 421 trên 461 vụ; nothing for a count."""
    if not one.known or one.numerator is None or one.denominator is None:
        return ""
    told = translate(WORDS[one.key].sides, lang).format(
        part=format_number(one.numerator, lang), whole=format_number(one.denominator, lang)
    )
    return f"{told}; {beside(one.apart, lang)}" if one.apart else told
