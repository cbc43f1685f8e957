"""The words around the statutory forms: headings, what a column counts, checks, values as printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from citizenfeedback.documents.catalogue import N_, SOURCE_LANGUAGE, translate
from citizenfeedback.documents.figure_words import NOTHING
from citizenfeedback.documents.formats import format_number
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.law.statistics import (
    Acts,
    Column,
    Counted,
    Counting,
    Form,
    Overseen,
    Trait,
    Unit,
    Visited,
)
from citizenfeedback.domain.vocabulary import CaseField, Instance, ReceivedBy

TRAIT_WORDS: Mapping[Trait, str] = {
    Trait.AT_HAND: N_("nhận trong kỳ, hoặc kỳ trước chuyển sang mà chưa xử lý"),
    Trait.PROCESSED: N_("đã có hướng xử lý trong kỳ"),
    Trait.ELIGIBLE: N_("đã xử lý trong kỳ và đủ điều kiện"),
    Trait.COMPETENT: N_("đã xử lý trong kỳ, đủ điều kiện và thuộc thẩm quyền"),
    Trait.OUTSIDE: N_("đủ điều kiện, không thuộc thẩm quyền, được hướng dẫn hoặc chuyển"),
    Trait.GUIDED: N_("đủ điều kiện, không thuộc thẩm quyền, được hướng dẫn"),
    Trait.FORWARDED: N_("đủ điều kiện, không thuộc thẩm quyền, được chuyển"),
    Trait.ONCE: N_("không tính đơn trùng"),
    Trait.EXAMINED: N_("đến cuối kỳ chưa thụ lý, chưa bị từ chối và chưa kết thúc"),
    Trait.TAKEN_UP: N_("đã thụ lý đến cuối kỳ, đang hoặc đã giải quyết"),
    Trait.NOT_TAKEN_UP: N_("đến cuối kỳ không thụ lý, lưu hoặc trả đơn"),
    Trait.ENDED_UNDECIDED: N_("rút toàn bộ hoặc đình chỉ đến cuối kỳ"),
    Trait.DECIDED: N_("có quyết định hoặc kết luận ban hành trong kỳ"),
    Trait.CONFIRMED: N_("công nhận kết quả lần đầu; nếu chưa ghi thì là khiếu nại sai"),
    Trait.CHANGED: N_(
        "hủy, sửa kết quả lần đầu; nếu chưa ghi thì là khiếu nại đúng hoặc đúng một phần"
    ),
    Trait.TO_CARRY_OUT: N_(
        "ban hành trong kỳ, hoặc ban hành trước kỳ, đã ghi nội dung phải thi hành và chưa xong"
    ),
    Trait.CARRIED_OUT: N_("đã thi hành xong đến cuối kỳ"),
    Trait.CARRIED_OVER: N_("kỳ trước chuyển sang, trước kỳ chưa xử lý"),
    Trait.RECEIVED: N_("nhận trong kỳ"),
    Trait.IN_PERSON: N_("nhận trực tiếp khi tiếp công dân"),
    Trait.UNPROCESSED: N_("nhận trong kỳ hoặc kỳ trước chuyển sang, đến cuối kỳ chưa xử lý"),
    Trait.ON_TIME: N_("kết thúc trong thời hạn giải quyết"),
    Trait.LATE: N_("kết thúc sau thời hạn giải quyết"),
    Trait.WITHDRAWN: N_("vụ việc rút toàn bộ trong kỳ"),
    Trait.TERMINATED: N_("vụ việc đình chỉ trong kỳ"),
    Trait.ENDED: N_("vụ việc có quyết định, kết luận, rút hoặc đình chỉ trong kỳ"),
    Trait.SETTLED: N_("đã kết thúc đến cuối kỳ"),
    Trait.UNSETTLED: N_("đến cuối kỳ chưa kết thúc"),
}

VISIT_WORDS: Mapping[Visited, str] = {
    Visited.TURNS: N_("Số dòng của sổ tiếp công dân"),
    Visited.PEOPLE: N_("Số người của các lượt tiếp"),
    Visited.MATTERS: N_(
        "Số vụ việc khác nhau; vụ việc nhiều người cùng tiếp chỉ tính ở thủ trưởng, rồi người được "
        "ủy quyền"
    ),
    Visited.GROUPS: N_("Số lượt có từ 5 người trở lên, hoặc từ số người cơ quan đã đặt"),
    Visited.PEOPLE_IN_GROUPS: N_("Số người của các đoàn đông người"),
    Visited.DAYS: N_("Số ngày tiếp đã công bố và đã tiếp"),
}

ACT_WORDS: Mapping[Overseen, str] = {
    Overseen.DATED: N_("Ban hành hoặc tổ chức trong kỳ"),
    Overseen.UNDER_WAY: N_("Tiến hành trong kỳ, hoặc kỳ trước chuyển sang mà chưa có kết luận"),
    Overseen.CONCLUDED: N_("Có kết luận ban hành trong kỳ"),
    Overseen.TO_CARRY_OUT: N_("Kết luận ban hành trong kỳ, hoặc ban hành trước kỳ mà chưa xong"),
}
IN_REGISTER = N_("Sổ công tác quản lý nhà nước, loại: {name}.")
ADDED_UP = N_("Cộng số ghi trong sổ.")

ORDERED = N_("Cộng số phải thực hiện theo nội dung quyết định, kết luận.")
STILL_DUE = N_("Cộng số phải thực hiện, trừ số đã thực hiện trước kỳ.")
DONE = N_("Cộng số đã thực hiện trong kỳ.")
NOT_RECORDED = N_("Để trống: phần mềm chưa ghi nhận nội dung này.")
OF_KINDS = N_("Loại: {names}.")
OF_FIELDS = N_("Lĩnh vực: {names}.")
FIRST_INSTANCE = N_("Lần đầu.")
SECOND_INSTANCE = N_("Lần hai hoặc tố cáo tiếp.")
RESULT = N_("Kết quả: {name}.")
RECEIVER = N_("Người tiếp: {name}.")

UNIT_WORDS: Mapping[Unit, str] = {
    Unit.NUMBER: "",
    Unit.MILLIONS: N_("triệu đồng"),
    Unit.SQUARE_METRES: "m²",
}


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One cell of the heading: where it begins and how many rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def head_cells(form: Form, lang: str = SOURCE_LANGUAGE) -> tuple[HeadCell, ...]:
    """The heading of a form as merged cells; columns count from 0, without that of the units.

    Neighbours under the same heading share one cell; the lowest heading reaches down to the row
    of numbers.
    """
    deep = depth(form)
    cells: list[HeadCell] = []
    columns = form.columns
    for level in range(deep - 1):
        start = 0
        while start < len(columns):
            above = columns[start].parents[: level + 1]
            end = start + 1
            while end < len(columns) and columns[end].parents[: level + 1] == above:
                end += 1
            if len(above) > level:
                cells.append(HeadCell(translate(above[-1], lang), level, start, 1, end - start))
                start = end
            else:
                start += 1
    for place, column in enumerate(columns):
        level = len(column.parents)
        cells.append(HeadCell(translate(column.heading, lang), level, place, deep - level, 1))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def depth(form: Form) -> int:
    """How many rows of headings a form has."""
    return 1 + max(len(column.parents) for column in form.columns)


def number_line(column: Column) -> str:
    """What the row of numbers says under a heading: 5, or 1=5+11+17."""
    sums = "".join(f"={'+'.join(map(str, terms))}" for terms in column.sums)
    return f"{column.number}{sums}"


def full_heading(column: Column, lang: str = SOURCE_LANGUAGE) -> str:
    """A heading with all that stands above it, for whoever hears the table or reads one cell."""
    return ": ".join(translate(text, lang) for text in (*column.parents, column.heading))


def column_definition(column: Column, lang: str = SOURCE_LANGUAGE) -> str:
    """What a column counts, in sentences, and what its source leaves open."""
    said = _definition(column.counts, lang)
    return f"{said} {translate(column.doubt, lang)}" if column.doubt else said


def _definition(counting: Counting | None, lang: str) -> str:
    if counting is None:
        return translate(NOT_RECORDED, lang)
    if isinstance(counting, Counted):
        return " ".join(_counted(counting, lang))
    if isinstance(counting, Acts):
        return " ".join(_acts(counting, lang))
    said = f"{translate(VISIT_WORDS[counting.what], lang)}."
    if counting.received_by is None:
        return said
    receiver = label(ReceivedBy(counting.received_by), lang)
    return f"{said} {translate(RECEIVER, lang).format(name=receiver)}"


def _counted(counting: Counted, lang: str) -> list[str]:
    traits = "; ".join(translate(TRAIT_WORDS[trait], lang) for trait in counting.traits)
    said = [f"{traits[:1].upper()}{traits[1:]}."]
    if counting.kinds is not None:
        names = ", ".join(label(kind, lang) for kind in sorted(counting.kinds))
        said.append(translate(OF_KINDS, lang).format(names=names))
    if counting.fields is not None:
        names = ", ".join(label(field, lang) for field in CaseField if field in counting.fields)
        said.append(translate(OF_FIELDS, lang).format(names=names))
    if counting.instance is not None:
        first = counting.instance is Instance.FIRST
        said.append(translate(FIRST_INSTANCE if first else SECOND_INSTANCE, lang))
    if counting.result is not None:
        said.append(translate(RESULT, lang).format(name=label(counting.result, lang)))
    if counting.ordered:
        said.append(translate(STILL_DUE if counting.done else ORDERED, lang))
    elif counting.done:
        said.append(translate(DONE, lang))
    return said


def _acts(counting: Acts, lang: str) -> list[str]:
    said = [
        translate(IN_REGISTER, lang).format(name=label(counting.kind, lang)),
        f"{translate(ACT_WORDS[counting.trait], lang)}.",
    ]
    if counting.number:
        said.append(translate(ADDED_UP, lang))
    elif counting.done:
        said.append(translate(DONE, lang))
    return said


def format_cell(column: Column, value: float | Decimal | None, lang: str) -> str:
    """A value as people write it: whole numbers, or as many decimals as it needs."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value)).normalize()
    exponent = exact.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return format_number(value, lang, 0 if column.unit is Unit.NUMBER else digits)
