"""One tap on a screen in an office. Until devices are enrolled a tap here counts as web, unverified.

Nothing is kept on the device: no draft, no sign-in, and the tap's own key goes with the reset. A
denunciation is never taken here, since whoever stands behind would see it.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.rating_words import face_words, reason_words
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.ratings import REASONS_BELOW, SCORES
from citizenfeedback.domain.vocabulary import RatingChannel
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.points import PointStaff, RatingPoint, rating_point, staff_at
from citizenfeedback.services.rating import NewRating, Remarks, add_remarks, rate
from citizenfeedback.web.context import now, today
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.limits import limited

WHY = "anyone standing at the screen may say how it was, without a name"
KEPT = "kiosk"
MOST_REASONS = 6
TEN_MINUTES = 600

blueprint = Blueprint("kiosk", __name__)


class TapForm(Form):
    """A form of buttons: only that it was sent from this screen."""


@blueprint.get("/kiosk/<code>")
@anyone(WHY)
def question(code: str) -> str:
    """The resting screen: one question, five faces. Showing it wipes what was before."""
    session.pop(KEPT, None)
    point = _point(code)
    staff = staff_at(point.id)
    return render_template(
        "kiosk/question.html",
        point=point,
        unit=_unit(point),
        only=_only(staff),
        form=TapForm(),
        reference=str(uuid4()),
        words=face_words(current_language()),
    )


@blueprint.post("/kiosk/<code>")
@anyone(WHY)
@limited("kiosk", 600, TEN_MINUTES)
def tapped(code: str) -> AnyResponse:
    """Keep the tap at once."""
    point, score = _point(code), request.form.get("score", "")
    if not TapForm().validate_on_submit() or score not in {str(one) for one in SCORES}:
        return redirect(url_for("kiosk.question", code=point.code), 303)
    reference, moment = _reference(request.form.get("reference", "")), now()
    only = _only(staff_at(point.id))
    rate(
        NewRating(
            reference=reference,
            point_id=point.id,
            overall=int(score),
            channel=RatingChannel.WEB,
            staff_id=only.id if only else None,
        ),
        work_calendar(),
        local=moment.astimezone(LOCAL_ZONE).time(),
        today=today(),
        now=moment,
    )
    if int(score) >= REASONS_BELOW:
        return redirect(url_for("kiosk.thanks", code=point.code), 303)
    session[KEPT] = reference
    return redirect(url_for("kiosk.reasons", code=point.code), 303)


@blueprint.get("/kiosk/<code>/reasons")
@anyone(WHY)
def reasons(code: str) -> AnyResponse:
    """After a low score: what was wrong, by large words, or nothing."""
    point = _point(code)
    if KEPT not in session:
        return redirect(url_for("kiosk.question", code=point.code), 303)
    return make_response(
        render_template(
            "kiosk/reasons.html",
            point=point,
            unit=_unit(point),
            form=TapForm(),
            reasons=list(reason_words(current_language()).items())[:MOST_REASONS],
        )
    )


@blueprint.post("/kiosk/<code>/reasons")
@anyone(WHY)
@limited("kiosk", 600, TEN_MINUTES)
def add_reasons(code: str) -> AnyResponse:
    """Add the reasons to the tap and wipe its key."""
    point, reference = _point(code), session.pop(KEPT, None)
    known = reason_words(current_language())
    chosen = tuple(one for one in request.form.getlist("reason") if one in known)
    if TapForm().validate_on_submit() and reference and chosen:
        add_remarks(reference, Remarks(answers={}, reasons=chosen), now=now())
    return redirect(url_for("kiosk.thanks", code=point.code), 303)


@blueprint.get("/kiosk/<code>/thanks")
@anyone(WHY)
def thanks(code: str) -> Response:
    """Thanks, and back to the question after a few seconds."""
    point = _point(code)
    page = render_template("kiosk/thanks.html", point=point, unit=_unit(point))
    return make_response(page)


def _point(code: str) -> RatingPoint:
    point = rating_point(code)
    if point is None:
        raise NotFound("point")
    return point


def _unit(point: RatingPoint) -> str:
    return point.unit_en if current_language() == "en" and point.unit_en else point.unit


def _only(staff: tuple[PointStaff, ...]) -> PointStaff | None:
    """The one who serves here, if it is one: only then is the tap about a person."""
    return staff[0] if len(staff) == 1 else None


def _reference(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())
