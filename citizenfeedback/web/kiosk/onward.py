"""From a low rating to a submission: place and time go along, and nothing else unless it was given.

What was written on the screen is sent at once, or handed over to a phone by a code that works once,
for a quarter of an hour, and lies only in the QR code and on the screen. A denunciation is never
begun here: the screen shows where a phone begins it, and nothing is stored.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Response, abort, current_app, jsonify, request, url_for

from citizenfeedback.documents.kiosk_words import opening_words
from citizenfeedback.documents.labels import problem_text
from citizenfeedback.domain.devices import ASKED_HERE, LANGUAGES
from citizenfeedback.domain.drafts import HANDOVER_LIFE, DraftContent, Question
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.intake import LIMITS, Problem
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.text import clean, clean_lines
from citizenfeedback.domain.vocabulary import CaseKind, Channel
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.points import RatingPoint, rating_point
from citizenfeedback.services import intake, resuming
from citizenfeedback.web.context import gateways, now, setting, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.kiosk.devices import (
    SCREEN_PROVES_ITSELF,
    TEN_MINUTES,
    plain_address,
    proved_screen,
    qr_picture,
)
from citizenfeedback.web.kiosk.views import blueprint
from citizenfeedback.web.limits import limit
from citizenfeedback.web.security import csrf

LARGEST = 20_000
LONGEST_AGO, ONE = timedelta(hours=1), timedelta(milliseconds=1)
TOKEN_LENGTH = 43


@blueprint.post("/kiosk/<code>/onward")
@csrf.exempt
@anyone(SCREEN_PROVES_ITSELF)
def onward(code: str) -> Response:
    """Hand over to a phone, or send at once, what somebody began on a screen."""
    proved = proved_screen(code)
    limit("kiosk-onward", 60, TEN_MINUTES, proved.public_id)
    if (request.content_length or 0) > LARGEST:
        abort(413)
    sent = request.get_json(silent=True)
    point = rating_point(proved.point_code)
    if point is None:
        raise NotFound("point")
    if not isinstance(sent, dict) or sent.get("kind") not in list(ASKED_HERE):
        abort(400)
    kind, lang = CaseKind(sent["kind"]), sent.get("lang")
    if lang not in LANGUAGES:
        abort(400)
    content = _content(kind, point, sent, str(lang))
    if not sent.get("here"):
        return jsonify(_handed_over(content))
    if len(_text(sent, "token")) != TOKEN_LENGTH:
        abort(400)
    if not _told(sent):
        return _wrong((Problem("words", "required"),), str(lang))
    try:
        return jsonify(_sent(content, _text(sent, "token"), str(lang)))
    except intake.Incomplete as error:
        return _wrong(error.problems, str(lang))


def _told(sent: dict[str, Any]) -> bool:
    """Whether anything was said besides the place and the time, which the screen knows by itself."""
    return bool(sent.get("reasons")) or any(map(str.isalnum, _text(sent, "comment")))


def _wrong(problems: tuple[Problem, ...], lang: str) -> Response:
    """What to put right, each with its words; the screen asks for it again and keeps the rest."""
    answer = jsonify(
        problems=[
            {"entry": one.entry, "text": problem_text(one.entry, one.code, one.limit, lang)}
            for one in problems
        ]
    )
    answer.status_code = 422
    return answer


def _content(kind: CaseKind, point: RatingPoint, sent: dict[str, Any], lang: str) -> DraftContent:
    """Place and time, and what was given: reasons, words."""
    reasons = sent.get("reasons")
    words = opening_words(
        point.name,
        point.unit_en if lang == "en" and point.unit_en else point.unit,
        _when(sent.get("ago")),
        [str(one) for one in reasons[:20]] if isinstance(reasons, list) else [],
        clean_lines(_text(sent, "comment"))[: LIMITS["comment"]],
        lang,
    )
    about = kind is CaseKind.COMPLAINT
    return DraftContent(
        kind=kind,
        channel=Channel.KIOSK if sent.get("here") else Channel.WEB,
        words=words,
        respondent=point.unit if about else "",
        respondent_unit_id=point.unit_id if about else None,
        unit_id=point.unit_id,
        name=_given(sent, kind, "name"),
        address=_given(sent, kind, "address"),
        id_no=_given(sent, kind, "id_no"),
        phone=_given(sent, kind, "phone"),
        passed=(Question.KIND.value,),
    )


def _handed_over(content: DraftContent) -> dict[str, object]:
    code = resuming.hand_over(gateways().keys, content, now=now())
    address = f"{setting('PUBLIC_URL')}{url_for('public.resume_draft')}"
    return {
        "code": code,
        "address": plain_address(address),
        "qr": qr_picture(f"{address}#{code}", address),
        "minutes": HANDOVER_LIFE // timedelta(minutes=1),
    }


def _sent(content: DraftContent, token: str, lang: str) -> dict[str, object]:
    """Send it; the same token again, after an answer was lost, gives the same numbers."""
    filing = intake.Filing(
        gateways().keys,
        gateways().files,
        work_calendar(),
        Policy.from_values(current_app.config),
        lang,
    )
    box = gateways().keys.box("draft", token)
    sent = intake.file_whole(box, filing, content, today=today(), now=now())
    address = f"{setting('PUBLIC_URL')}{url_for('public.track')}"
    return {
        "number": sent.number,
        "code": sent.access_code,
        "address": plain_address(address),
        "qr": qr_picture(f"{address}#{sent.access_code}", address),
    }


def _when(ago: object) -> datetime:
    """The moment of the tap, by how long ago the screen's stopwatch says it was."""
    gone = ago if isinstance(ago, int) and not isinstance(ago, bool) else 0
    return now() - timedelta(milliseconds=min(max(gone, 0), LONGEST_AGO // ONE))


def _given(sent: dict[str, Any], kind: CaseKind, entry: str) -> str:
    """What was written of the person, where the screen asks for it."""
    return clean(_text(sent, entry))[: LIMITS[entry]] if entry in ASKED_HERE[kind] else ""


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""
