"""Keeping the filter of a list under a name, and dropping it."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.inbox import View
from citizenfeedback.services.filters import drop_filter, keep_filter
from citizenfeedback.web.context import actor
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.inbox.lists import filters_in, narrowing_of, way_back
from citizenfeedback.web.inbox.room import Answer, blueprint


@blueprint.post("/filters")
@requires(Action.SEE_CASE)
def keep() -> Answer:
    """Keep the filter of the list it was asked in."""
    asked = MultiDict(parse_qsl(request.form.get("narrowing", "")[:2000]))
    filters, view = filters_in(asked), asked.get("view", "")
    back = redirect(way_back(), 303)
    if not filters.narrowed or view not in set(View):
        flash(gettext("Chọn điều kiện lọc trước rồi lưu."), "error")
        return back
    try:
        keep_filter(actor(), request.form.get("name", ""), narrowing_of(View(view), filters))
    except RuleBroken as refused:
        flash(error_text(refused.code, refused.values, current_language()), "error")
        return back
    flash(gettext("Đã lưu bộ lọc."), "success")
    return back


@blueprint.post("/filters/<int(max=2147483647):filter_id>/remove")
@requires(Action.SEE_CASE)
def drop(filter_id: int) -> Answer:
    """Drop one of one's own filters."""
    drop_filter(actor(), filter_id)
    flash(gettext("Đã xóa bộ lọc."), "success")
    return redirect(url_for("inbox.cases"), 303)
