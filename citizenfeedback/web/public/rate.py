"""Rating after a visit: one tap is a rating; reasons, words and questions are there to be added."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.rating_words import face_words
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.ratings import REASONS_BELOW, SCORES
from citizenfeedback.domain.vocabulary import RatingChannel
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.points import RatingPoint, points_found, rating_point, staff_at
from citizenfeedback.services.rating import NewRating, Remarks, add_remarks, rate
from citizenfeedback.web.context import now, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public.rate_forms import OfficeSearch, RateForm, RemarksForm
from citizenfeedback.web.public.room import blueprint

WHY = "anyone who was served may say how it was, without a name"
KEPT = "rated"
"""Where the signed cookie names the tap to which words may still be added."""
TEN_MINUTES = 600


@blueprint.get("/rate")
@anyone(WHY)
def find_point() -> str:
    """Find the counter by the name of its office, for those who have no QR code at hand."""
    form = OfficeSearch(request.args, meta={"csrf": False})
    searched = "q" in request.args and form.validate()
    return render_template(
        "public/rate/find.html",
        form=form,
        searched=searched,
        points=points_found(form.q.data or "") if searched else (),
    )


@blueprint.get("/r/<code>")
@anyone(WHY)
def rate_point(code: str) -> str:
    """Ask how it was: five faces, and who served if one likes to say."""
    point = _point(code)
    return question(point, rate_form(point))


@blueprint.post("/r/<code>")
@anyone(WHY)
@limited("rate", 300, TEN_MINUTES)
def rated(code: str) -> AnyResponse:
    """Keep the tap at once; what follows is a wish, not a duty."""
    point, score = _point(code), request.form.get("score", "")
    if score not in {str(one) for one in SCORES}:
        page = question(point, rate_form(point), error=gettext("Chọn một trong năm khuôn mặt"))
        return make_response(page, 422)
    reference = _reference(request.form.get("reference"))
    moment = now()
    rate(
        NewRating(
            reference=reference,
            point_id=point.id,
            overall=int(score),
            channel=RatingChannel.WEB,
            staff_id=staff_id(request.form.get("staff")),
        ),
        work_calendar(),
        local=moment.astimezone(LOCAL_ZONE).time(),
        today=today(),
        now=moment,
    )
    session[KEPT] = {"reference": reference, "score": int(score)}
    return redirect(url_for("public.rating_remarks", code=point.code), 303)


@blueprint.get("/r/<code>/more")
@anyone(WHY)
def rating_remarks(code: str) -> AnyResponse:
    """Thank, and offer to say more: what was wrong after a low score, then the questionnaire."""
    point, kept = _point(code), session.get(KEPT)
    if kept is None:
        return redirect(url_for("public.rate_point", code=point.code), 303)
    return make_response(_remarks_page(point, RemarksForm(), kept))


@blueprint.post("/r/<code>/more")
@anyone(WHY)
@limited("rate-more", 300, TEN_MINUTES)
def add_rating_remarks(code: str) -> AnyResponse:
    """Add reasons, answers and words to the tap."""
    point, form, kept = _point(code), RemarksForm(), session.get(KEPT)
    if kept is None:
        return redirect(url_for("public.rate_point", code=point.code), 303)
    if not form.validate_on_submit():
        return make_response(_remarks_page(point, form, kept), 422)
    remarks = Remarks(
        answers=form.answers(),
        reasons=tuple(form.reasons.data or ()),
        comment=form.comment.data or "",
        dossier=form.dossier.data or "",
    )
    add_remarks(kept["reference"], remarks, now=now())
    session.pop(KEPT, None)
    return redirect(url_for("public.rating_thanks", code=point.code), 303)


@blueprint.get("/r/<code>/thanks")
@anyone(WHY)
def rating_thanks(code: str) -> str:
    """Say thanks and what else one can do."""
    return render_template("public/rate/thanks.html", point=_point(code))


def _point(code: str) -> RatingPoint:
    point = rating_point(code)
    if point is None:
        raise NotFound("point")
    return point


def rate_form(point: RatingPoint) -> RateForm:
    """The form with those who serve at the point; its key marks this one tap."""
    form = RateForm()
    form.reference.data = form.reference.data or str(uuid4())
    form.staff.choices = [
        ("", gettext("Không chọn ai")),
        *((str(one.id), one.name, one.position) for one in staff_at(point.id)),
    ]
    if form.staff.data not in {value for value, *_ in form.staff.choices}:
        form.staff.data = ""  # whoever left the counter meanwhile must not cost the tap
    return form


def question(point: RatingPoint, form: RateForm, *, error: str = "", action: str = "") -> str:
    """The page that asks; `action` is where the answer goes, else the point's own page."""
    return render_template(
        "public/rate/question.html",
        point=point,
        action=action or url_for("public.rated", code=point.code),
        unit=_unit(point),
        form=form,
        staff=len(form.staff.choices) > 1,
        error=error,
        words=face_words(current_language()),
    )


def _remarks_page(point: RatingPoint, form: RemarksForm, kept: dict[str, Any]) -> str:
    return render_template(
        "public/rate/remarks.html",
        point=point,
        unit=_unit(point),
        form=form,
        low=kept["score"] < REASONS_BELOW,
        known=kept.get("dossier", False),
    )


def _unit(point: RatingPoint) -> str:
    return point.unit_en if current_language() == "en" and point.unit_en else point.unit


def _reference(text: str | None) -> str:
    """The page's own key for this tap, or a new one where a stranger sent something else."""
    try:
        return str(UUID(text or ""))
    except ValueError:
        return str(uuid4())


def staff_id(text: str | None) -> int | None:
    """The person that was chosen, as far as what was sent is a number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
