"""How corrections of the book are told: the names of the columns and what stood in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import ReceivedBy, ReceptionKind, SittingKind
from citizenfeedback.queries.receptions import ChangeLine
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

COLUMNS = {
    "date": _l("Ngày tiếp"),
    "people": _l("Số người cùng nội dung"),
    "sitting": _l("Kỳ tiếp"),
    "received_by": _l("Người tiếp"),
    "kind": _l("Loại đơn"),
    "citizen_name": _l("Họ và tên người đến"),
    "id_no": _l("Số căn cước hoặc hộ chiếu"),
    "address": _l("Địa chỉ"),
    "sealed": _l("Người đến được giữ kín"),
    "summary": _l("Nội dung vụ việc"),
    "settled_by": _l("Cơ quan đã giải quyết"),
    "competent": _l("Thuộc thẩm quyền"),
    "guided_to": _l("Hướng dẫn đến cơ quan có thẩm quyền"),
    "accepted_by": _l("Cơ quan, đơn vị thụ lý"),
    "follow_up": _l("Theo dõi kết quả giải quyết"),
    "notes": _l("Ghi chú"),
    "announced": _l("Công bố trước"),
    "visitors": _l("Số lượt người đến"),
    "struck": _l("Gạch khỏi sổ"),
}
_CODES = {
    "sitting": (SittingKind,),
    "received_by": (ReceivedBy,),
    "kind": (ReceptionKind, SittingKind),
}


def change_lines(changes: Iterable[ChangeLine]) -> list[dict[str, Any]]:
    """Corrections as a timeline: what was changed, what stood there before, and why."""
    return [
        {
            "at": change.at,
            "by": change.by,
            "reason": change.reason,
            "columns": [
                {"name": COLUMNS[name], "before": _said(name, change.before.get(name))}
                if name in change.before and name != "sealed"
                else {"name": COLUMNS[name], "before": ""}
                for name in change.changed
            ],
        }
        for change in changes
    ]


def _said(name: str, value: Any) -> str:
    lang = current_language()
    if name == "date":
        return format_date(date.fromisoformat(value), lang)
    for vocabulary in _CODES.get(name, ()):
        if value in set(vocabulary):
            return label(vocabulary(value), lang)
    if value is None:
        return gettext("Chưa rõ")
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    return str(value) or gettext("(để trống)")
