"""The end of what somebody has opened: announced before it comes, put off with one press.

A layout that is given `staying` says when the session or the opened case ends; `stay.js` says it in
time on a page left open. Nothing typed is touched by either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import flash, jsonify, redirect, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.formats import format_time
from citizenfeedback.web.context import now
from citizenfeedback.web.i18n import current_language, gettext


@dataclass(frozen=True)
class Staying:
    """When it ends, how long before that it is said, and whether it can be put off."""

    ends: datetime
    warning: timedelta
    extendable: bool = True

    @property
    def seconds(self) -> int:
        """How long it still lasts, in whole seconds."""
        return max(0, int((self.ends - now()).total_seconds()))

    @property
    def near(self) -> bool:
        """Whether the end is so near that the page says it at once."""
        return self.ends - now() <= self.warning


def stayed(staying: Staying, back: str) -> Response:
    """Tell the page until when it stays open now; without scripts, go back to the page."""
    time = format_time(staying.ends, current_language())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(left=staying.seconds, time=time, extendable=staying.extendable)
    flash(gettext("Đã kéo dài đến %(time)s.", time=time), "success")
    return redirect(back, 303)
