"""Rating by the link that came with a visit, in a message or on a slip.

Opening it writes nothing, so programs that look into messages never rate; a person presses a face.
"""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.rating_links import PURPOSE, RATE_VISIT_PATH, RatingLink, unpacked
from citizenfeedback.domain.ratings import SCORES
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.points import RatingPoint, point_with_id, rating_known
from citizenfeedback.services.rating import NewRating, rate
from citizenfeedback.web.context import gateways, now, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import rate as plain
from citizenfeedback.web.public.room import blueprint

WHY = "whoever holds the link of a visit may rate it once; it opens nothing else"
AT = f"{RATE_VISIT_PATH}<string(maxlength=300):token>"


@blueprint.get(AT)
@anyone(WHY)
def rate_visit(token: str) -> AnyResponse:
    """Ask how the visit was; say so where the link was used or is too old."""
    link, point = _opened(token)
    if link.until < today() or rating_known(link.reference):
        return _spent(point, used=link.until >= today())
    return make_response(_question(token, point))


@blueprint.post(AT)
@anyone(WHY)
@limited("rate", 300, plain.TEN_MINUTES)
def visit_rated(token: str) -> AnyResponse:
    """Keep the one rating of the visit; a second press finds the first."""
    link, point = _opened(token)
    score = request.form.get("score", "")
    if score not in {str(one) for one in SCORES}:
        page = _question(token, point, gettext("Chọn một trong năm khuôn mặt"))
        return make_response(page, 422)
    mine = session.get(plain.KEPT, {}).get("reference") == link.reference
    if not mine and (link.until < today() or rating_known(link.reference)):
        return _spent(point, used=link.until >= today())
    moment = now()
    rate(
        NewRating(
            reference=link.reference,
            point_id=link.point_id,
            overall=int(score),
            channel=link.channel,
            staff_id=plain.staff_id(request.form.get("staff")),
            dossier=link.dossier,
            verified=True,
        ),
        work_calendar(),
        local=moment.astimezone(LOCAL_ZONE).time(),
        today=today(),
        now=moment,
    )
    kept = {"reference": link.reference, "score": int(score), "dossier": bool(link.dossier)}
    session[plain.KEPT] = kept
    return redirect(url_for("public.rating_remarks", code=point.code), 303)


def _opened(token: str) -> tuple[RatingLink, RatingPoint]:
    """The link and its point; a changed link, or one of a closed point, is not there."""
    content = gateways().keys.unwrap(PURPOSE, token)
    if content is None:
        raise NotFound("rating_link")
    link = unpacked(content)
    point = point_with_id(link.point_id)
    if point is None:
        raise NotFound("point")
    return link, point


def _question(token: str, point: RatingPoint, error: str = "") -> str:
    action = url_for("public.visit_rated", token=token)
    return plain.question(point, plain.rate_form(point), error=error, action=action)


def _spent(point: RatingPoint, *, used: bool) -> AnyResponse:
    return make_response(
        render_template("public/rate/link_spent.html", point=point, used=used), 200 if used else 410
    )
