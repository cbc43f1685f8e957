"""An enrolled screen: its enrolment, what it shows, what it delivers, and its worker.

The screen proves itself by a cookie that scripts cannot read. Deliveries need no form token: the
cookie goes to this site's own pages only, and what is sent is JSON, which no form of another site
can send.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import (
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.kiosk_words import screen_words
from citizenfeedback.documents.labels import error_text, problem_text
from citizenfeedback.documents.qr import qr_svg
from citizenfeedback.documents.rating_words import criterion_words, face_words, reason_words
from citizenfeedback.domain.devices import ASKED_HERE, HIGHEST_NUMBER, LANGUAGES, MOST_ENTRIES
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.honesty import EDGE
from citizenfeedback.domain.intake import LIMITS, required_fields
from citizenfeedback.domain.ratings import ASKABLE, CRITERIA, REASONS_BELOW
from citizenfeedback.domain.text import clean, clean_lines
from citizenfeedback.domain.vocabulary import CaseKind, Channel
from citizenfeedback.domain.workflow import signed_on_arrival
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.devices import Screen, screen_of
from citizenfeedback.queries.points import questions_of, rating_point, staff_at
from citizenfeedback.services import kiosks
from citizenfeedback.services.rating import Remarks
from citizenfeedback.web.assets import static_url
from citizenfeedback.web.context import gateways, now, setting, today
from citizenfeedback.web.fields import Form, TextField
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.kiosk.views import MOST_REASONS, blueprint
from citizenfeedback.web.limits import limit, limited
from citizenfeedback.web.security import csrf

COOKIE = "kiosk-device"
PATH = "/kiosk"
LASTS = timedelta(days=400)
TEN_MINUTES = 600
LARGEST_DELIVERY = 400_000
OF_A_POINT = {
    f"kiosk.{name}" for name in ("question", "tapped", "reasons", "add_reasons", "thanks")
}
SCREEN_PROVES_ITSELF = "an enrolled screen proves itself by its own key"
STYLES = ("kiosk.css", "icon.svg", "print.css")
SCRIPTS = ("screen", "parts", "board", "further", "queue", "keyboard")
DAYS_AHEAD = 60
"""How many days without work a screen knows in advance: longer than it waits for a network."""
WORKER = Path(__file__).parents[1] / "static" / "js" / "kiosk-worker.js"


class EnrolForm(Form):
    """The code that an administrator made."""

    code = TextField(
        _l("Mã gắn màn hình"),
        _l("Người quản trị tạo mã ở trang Quản trị, mục Màn hình đánh giá."),
        required=_l("Nhập mã"),
        max_length=20,
        autocomplete="off",
    )


@blueprint.get("/kiosk/enrol")
@anyone("whoever has the one-time code of an administrator may enrol the screen")
def enrol() -> str:
    """Ask for the code."""
    return render_template("kiosk/enrol.html", form=EnrolForm(formdata=None))


@blueprint.post("/kiosk/enrol")
@anyone("whoever has the one-time code of an administrator may enrol the screen")
@limited("kiosk-enrol", 20, TEN_MINUTES)
def enrolled() -> AnyResponse:
    """Spend the code and give the screen its key."""
    form = EnrolForm()
    if form.validate_on_submit():
        try:
            screen = kiosks.enrol(form.code.data, keys=gateways().keys, now=now())
        except RuleBroken as error:
            form.add_errors({"code": error_text(error.code, error.values, current_language())})
        else:
            answer = redirect(url_for("kiosk.screen"), 303)
            answer.set_cookie(
                COOKIE,
                f"{screen.public_id}.{screen.key}",
                max_age=LASTS,
                path=PATH,
                httponly=True,
                samesite="Strict",
                secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            )
            return answer
    return make_response(render_template("kiosk/enrol.html", form=form), 422)


@blueprint.before_request
def keep_to_the_screen() -> AnyResponse | None:
    """An enrolled screen shows its own page at every address of a point."""
    if request.endpoint in OF_A_POINT and this_screen() is not None:
        return redirect(url_for("kiosk.screen"), 303)
    return None


@blueprint.get("/kiosk/screen")
@anyone(SCREEN_PROVES_ITSELF)
def screen() -> AnyResponse:
    """The empty page of an enrolled screen; a worker on the device keeps it for cold starts."""
    if this_screen() is None:
        return redirect(url_for("kiosk.enrol"), 303)
    return make_response(
        render_template(
            "kiosk/screen.html",
            version=version(),
            script=assets()[0],
            words=face_words(current_language()),
            unknown={lang: screen_words(lang)["unknown"] for lang in LANGUAGES},
        )
    )


@blueprint.get("/kiosk/worker.js")
@anyone("the script that keeps the screen working without a network holds nothing personal")
def worker() -> Response:
    """The worker, with the addresses of all it keeps; a new release is a new worker."""
    shell = {
        "version": version(),
        "page": url_for("kiosk.screen"),
        "enrol": url_for("kiosk.enrol"),
        "assets": assets(),
    }
    script = f"const SHELL = {json.dumps(shell)};\n{WORKER.read_text(encoding='utf-8')}"
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = PATH
    return answer


@blueprint.get("/kiosk/<code>/data")
@anyone(SCREEN_PROVES_ITSELF)
def data(code: str) -> Response:
    """All that the screen shows, in its languages; kept on the device."""
    proved = proved_screen(code)
    point = rating_point(proved.point_code)
    if point is None:
        raise NotFound("point")
    address = f"{setting('PUBLIC_URL')}{url_for('public.file_start')}"
    asked = questions_of(point.id, since=today())
    texts = {}
    for lang in proved.languages:
        texts[lang] = {
            "words": screen_words(lang),
            "faces": face_words(lang),
            "reasons": list(reason_words(lang).items())[:MOST_REASONS],
            "items": {one.criterion: criterion_words(one.criterion, lang) for one in asked},
            "unit": point.unit_en if lang == "en" and point.unit_en else point.unit,
            "missing": {one: problem_text(one, "required", None, lang) for one in _needed()},
            "closed": screen_words(lang)["closed"].format(
                opens=_at(proved.opens), closes=_at(proved.closes)
            ),
        }
    return jsonify(
        now=int(now().timestamp() * 1000),
        queue=kiosks.signed_queue(proved.public_id, gateways().keys),
        hours=_hours(proved),
        asked={kind.value: _asked(kind) for kind in ASKED_HERE},
        point={"code": point.code, "name": point.name},
        staff=[
            {
                "id": one.id,
                "name": one.name,
                "initials": one.initials,
                "number": one.number,
                "photo": f"data:image/jpeg;base64,{one.photo}" if one.photo else "",
            }
            for one in staff_at(point.id)
        ],
        questions=[
            {
                "code": one.criterion,
                "scale": CRITERIA[one.criterion].scale,
                "first": one.first_day.isoformat(),
                "last": one.last_day.isoformat() if one.last_day else "",
            }
            for one in asked
        ],
        languages=proved.languages,
        texts=texts,
        low=REASONS_BELOW,
        longest=LIMITS["comment"],
        most=MOST_ENTRIES,
        qr=qr_picture(address, address),
        address=plain_address(address),
    )


def _hours(proved: Screen) -> dict[str, object] | None:
    """When a visitor can be there, in minutes of the day, and the days on which nobody can."""
    if proved.opens is None and proved.closes is None:
        return None
    edge, calendar = EDGE // timedelta(minutes=1), work_calendar()
    ahead = [today() + timedelta(days=number) for number in range(DAYS_AHEAD)]
    return {
        "from": proved.opens.hour * 60 + proved.opens.minute - edge if proved.opens else 0,
        "to": proved.closes.hour * 60 + proved.closes.minute + edge if proved.closes else 24 * 60,
        "off": [day.isoformat() for day in ahead if not calendar.is_working(day)],
    }


def _asked(kind: CaseKind) -> dict[str, object]:
    """What is asked for a submission of this kind, and whether the law wants a signature."""
    needed = required_fields(kind, Channel.KIOSK)
    return {
        "entries": [
            {"name": name, "needed": name in needed, "most": _most(name)}
            for name in ASKED_HERE[kind]
        ],
        "signature": not signed_on_arrival(kind, Channel.KIOSK),
    }


def _most(entry: str) -> int:
    return LIMITS["comment" if entry == "words" else entry]


def _needed() -> set[str]:
    return {
        entry
        for kind, entries in ASKED_HERE.items()
        for entry in entries
        if entry in required_fields(kind, Channel.KIOSK)
    }


def _at(hour: time | None) -> str:
    return f"{hour:%H:%M}" if hour else "–"


@blueprint.post("/kiosk/<code>/deliver")
@csrf.exempt
@anyone(SCREEN_PROVES_ITSELF)
def deliver(code: str) -> Response:
    """Store what a screen brings; a delivery without entries is a sign of life."""
    proved = proved_screen(code)
    limit("kiosk-deliver", 600, TEN_MINUTES, proved.public_id)
    if (request.content_length or 0) > LARGEST_DELIVERY:
        abort(413)
    sent = request.get_json(silent=True)
    delivery = _delivery(sent)
    if delivery is None:
        abort(400)
    kept = kiosks.deliver(
        proved.id,
        delivery,
        work_calendar(),
        keys=gateways().keys,
        local=_local,
        now=now(),
    )
    return jsonify(stored=kept.stored, refused=kept.refused, version=version())


def this_screen() -> Screen | None:
    """The enrolled screen that asks, if it is one."""
    public_id, _, key = request.cookies.get(COOKIE, "").partition(".")
    if not public_id or not key:
        return None
    return screen_of(public_id, gateways().keys.fingerprint(kiosks.KEY_PURPOSE, key))


def proved_screen(code: str) -> Screen:
    """The enrolled screen that asks about its own point; 401 or 404 for anybody else."""
    found = this_screen()
    if found is None:
        abort(401)
    if code not in {found.point_code, "mine"}:
        abort(404)
    return found


def qr_picture(text: str, title: str) -> str:
    """A QR code as the address of a picture; its title is never a code."""
    return f"data:image/svg+xml,{quote(qr_svg(text, title=title))}"


def plain_address(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2]


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL_ZONE)


@cache
def _fonts() -> tuple[str, ...]:
    folder = WORKER.parents[1] / "fonts"
    return tuple(f"fonts/{path.name}" for path in sorted(folder.glob("*.woff2")))


def assets() -> list[str]:
    """The addresses of everything the screen needs; modules find each other by plain address."""
    plain = [static_url(f"js/kiosk-{name}.js").partition("?")[0] for name in SCRIPTS]
    return plain + [static_url(name) for name in (*STYLES, *_fonts())]


def version() -> str:
    """The name of this release of the screen."""
    known = "".join(static_url(f"js/kiosk-{name}.js") for name in SCRIPTS)
    text = known + "".join(assets()) + WORKER.read_text(encoding="utf-8")
    return sha256(text.encode()).hexdigest()[:12]


def _delivery(sent: Any) -> kiosks.Delivery | None:
    """What was sent in shape, or None; single entries without sense are only marked."""
    if not isinstance(sent, dict) or not isinstance(sent.get("entries"), list):
        return None
    if len(sent["entries"]) > MOST_ENTRIES:
        return None
    sent_at, queue, series = _moment(sent.get("sent")), sent.get("queue"), _series(sent)
    if sent_at is None or series is None or not isinstance(queue, str) or len(queue) > 80:
        return None
    entries: list[kiosks.Tap | kiosks.Detail] = []
    refused = []
    for one in sent["entries"]:
        seq = _number(one.get("seq")) if isinstance(one, dict) else None
        if seq is None:
            return None
        entry = _tap(seq, one) if one.get("kind") == "tap" else _detail(seq, one)
        if entry is None:
            refused.append(seq)
        else:
            entries.append(entry)
    return kiosks.Delivery(
        queue=queue,
        series=series,
        sent_at=sent_at,
        entries=entries,
        waiting=_number(sent.get("waiting")) or 0,
        version=clean(str(sent.get("version", "")))[:20],
        refused=refused,
    )


def _tap(seq: int, one: dict[str, Any]) -> kiosks.Tap | None:
    at, score, since = _moment(one.get("at")), _number(one.get("score")), _number(one.get("since"))
    if at is None or score is None:
        return None
    gap = None if since is None else timedelta(milliseconds=since)
    return kiosks.Tap(seq, at, score, _number(one.get("staff")), gap)


def _detail(seq: int, one: dict[str, Any]) -> kiosks.Detail | None:
    of, reasons, comment = _number(one.get("of")), one.get("reasons", []), one.get("comment", "")
    answers = one.get("answers", {})
    if one.get("kind") != "detail" or of is None:
        return None
    if not isinstance(reasons, list) or not isinstance(comment, str):
        return None
    if not isinstance(answers, dict) or not set(answers) <= set(ASKABLE):
        return None
    scored = {code: _number(value) for code, value in answers.items()}
    if None in scored.values():
        return None
    named = tuple(str(reason) for reason in reasons[:20])
    remarks = Remarks(
        answers={code: value for code, value in scored.items() if value is not None},
        reasons=named,
        comment=clean_lines(comment)[: LIMITS["comment"]],
    )
    return kiosks.Detail(seq, of, remarks, _number(one.get("staff")))


def _series(sent: dict[str, Any]) -> str | None:
    try:
        return str(UUID(str(sent.get("series"))))
    except ValueError:
        return None


def _number(value: Any) -> int | None:
    real = isinstance(value, int) and not isinstance(value, bool)
    return value if real and 0 <= value <= HIGHEST_NUMBER else None


def _moment(value: Any) -> datetime | None:
    """Milliseconds since 1970, however wrong the clock that counted them."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
