"""The case that is open in this browser, and what was written for one that no longer is.

A short-lived signed cookie names the case. Each form carries a keyed hash of the case it was written
for: what was written for one never goes to another that was opened meanwhile. Where the case has
closed, the code is asked for on the spot, and what was typed goes along; it is kept nowhere here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from hmac import compare_digest
from typing import Any, TypeVar

from flask import g, make_response, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.queries import tracking
from citizenfeedback.queries.tracking import TrackingPage
from citizenfeedback.services import following
from citizenfeedback.services.opening import open_with_code
from citizenfeedback.web.context import gateways, now
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import device, limit
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.track_forms import AgainForm, ProofAgainForm
from citizenfeedback.web.staying import Staying

View = TypeVar("View", bound=Callable[..., Any])

KEPT = "following"
"""Where the signed cookie names the case that was opened."""
OF_CASE = "of_case"
"""The hidden field in which a form says for which case it was written."""
OPEN_MINUTES = 30
WARNING = timedelta(minutes=10)
TEN_MINUTES = 600
OURS = frozenset({"csrf_token", "again_code", "again_digits", "again_send"})
"""Fields of the page that asks again; everything else was typed or chosen before."""
TEXTS = ("body", "part", "words", "phone", "email", "address")
"""What is shown again of what was typed, in this order."""


def keep(case_id: int, *, proven: bool) -> None:
    """Note in this browser which case is open, from now for half an hour."""
    until = now() + timedelta(minutes=OPEN_MINUTES)
    session[KEPT] = {"case": case_id, "until": until.timestamp(), "proven": proven}


def close() -> None:
    """Forget the open case in this browser."""
    session.pop(KEPT, None)


def holder() -> Actor | None:
    """Who opened a case here in the last half hour; each visit prolongs it."""
    kept = session.get(KEPT)
    if not isinstance(kept, dict) or kept["until"] < now().timestamp():
        close()
        return None
    if kept["until"] - now().timestamp() < OPEN_MINUTES * 30:
        keep(kept["case"], proven=kept["proven"])
    g.following = True
    return tracking.citizen(kept["case"], proven=kept["proven"])


def needed() -> Actor:
    """Who opened a case here; refuses where none is open."""
    actor = holder()
    if actor is None:
        raise NotFound
    return actor


def open_page() -> TrackingPage | None:
    """The case that is open here; None when none is, or when it is gone."""
    actor = holder()
    return tracking.tracking_page(actor, gateways().keys) if actor else None


def page_of(actor: Actor) -> TrackingPage:
    """The case of somebody who has opened it; refuses when it is gone."""
    page = tracking.tracking_page(actor, gateways().keys)
    if page is None:
        raise NotFound
    return page


def time_left() -> Staying:
    """When the open case closes by itself."""
    return Staying(datetime.fromtimestamp(session[KEPT]["until"], UTC), WARNING)


def reference(case_id: int | None) -> str:
    """What a form carries of its case: a keyed hash, which says nothing to anybody else."""
    return gateways().keys.fingerprint("form_of_case", str(case_id))[:32] if case_id else ""


def written_for_another() -> bool:
    """Whether the form that was sent was written for another case than the one open here."""
    kept, wanted = session.get(KEPT), request.form.get(OF_CASE, "")
    return isinstance(kept, dict) and not _same(wanted, kept["case"])


def written_for_it(*, proven: bool = False) -> Callable[[View], View]:
    """Let the view act only on the case its form was written for, `proven` with the second proof.

    Else the code, or the second proof, is asked for at the same address, and what was typed is kept
    on the page that asks.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def held(*args: Any, **values: Any) -> Any:
            asked = _ask_code() or (_ask_proof() if proven else None)
            return view(*args, **values) if asked is None else asked

        return held  # type: ignore[return-value]

    return wrap


def _same(wanted: str, case_id: int) -> bool:
    return compare_digest(wanted.encode(), reference(case_id).encode())


def _ask_code() -> AnyResponse | None:
    """None where the case of this form is open, by now or since before; else the page that asks."""
    another = False
    if holder() is not None:
        if not written_for_another():
            return None
        another = True
    status = 409 if another else 422
    if "again_code" not in request.form:
        return _page(AgainForm(None), status, another=another)
    limit("track", 600, TEN_MINUTES)
    form = AgainForm()
    if not form.validate():
        return _page(form, status, another=another)
    place, wanted = request.remote_addr or "", request.form.get(OF_CASE, "")
    keys, typed = gateways().keys, form.again_code.data or ""
    try:
        case_id = open_with_code(keys, typed, device=device(), place=place, now=now())
    except RuleBroken as refused:
        wrong = gettext("Không mở được bằng mã này. Xem lại từng nhóm ký tự.")
        if not isinstance(refused, NotFound):
            wrong = error_text(refused.code, refused.values, current_language())
        form.add_errors({"again_code": wrong})
        return _page(form, status, another=another)
    # A form without a word of its case was not drawn by us; the code typed with it decides.
    if wanted and not _same(wanted, case_id):
        wrong = gettext("Mã này mở một đơn khác. Nhập mã của đơn mà ông/bà đã viết cho.")
        form.add_errors({"again_code": wrong})
        return _page(form, 409, another=another)
    keep(case_id, proven=False)
    return None


def _ask_proof() -> AnyResponse | None:
    """None where the second proof was given, by now or since before; else the page that asks."""
    actor = needed()
    if Role.CITIZEN_PROVEN in actor.roles:
        return None
    if "again_send" in request.form:
        limit("track-proof", 10, TEN_MINUTES)
        following.ask_proof(actor, gateways().keys, current_language(), now=now())
        return _page(ProofAgainForm(None), 422, sent=True)
    if "again_digits" not in request.form:
        return _page(ProofAgainForm(None), 422)
    limit("track-proof-check", 20, TEN_MINUTES)
    form = ProofAgainForm()
    digits = "".join(letter for letter in form.again_digits.data or "" if letter.isdigit())
    if form.validate() and following.prove(actor, gateways().keys, digits, now=now()):
        keep(actor.case_id or 0, proven=True)
        return None
    if not form.again_digits.errors:
        wrong = gettext("Mã không đúng hoặc đã hết hạn. Ông/bà có thể xin mã mới.")
        form.add_errors({"again_digits": wrong})
    return _page(form, 422, sent=True)


def _page(
    form: AgainForm | ProofAgainForm, status: int, *, another: bool = False, sent: bool = False
) -> AnyResponse:
    """Ask for the code or the second proof; everything that was sent goes along."""
    proof = isinstance(form, ProofAgainForm)
    text = render_template(
        "public/track/again.html",
        form=form,
        another=another,
        proof=proof,
        proof_possible=proof and page_of(needed()).proof_possible,
        sent=sent,
        carried=[one for one in request.form.items(multi=True) if one[0] not in OURS],
        typed=[text for name in TEXTS if (text := request.form.get(name, "").strip())],
        files=list(dict.fromkeys(name for name, one in request.files.items(multi=True) if one)),
    )
    return make_response(text, status)


@blueprint.context_processor
def _announced() -> dict[str, object]:
    """When the open case closes by itself, and what its forms carry, for pages that asked for it."""
    opened = bool(g.get("following")) and KEPT in session
    return {
        "case_staying": time_left() if opened else None,
        "of_case": reference(session[KEPT]["case"]) if opened else "",
    }
