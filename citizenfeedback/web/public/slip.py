"""The slip of a filing, the sender's own copy, and the page on which anybody checks a slip.

A slip looks the same for every kind and names the office only where its holder asks for that, so
that nobody learns from it what was filed. Checking takes the text in a form body, never in an
address, writes nothing, and says of a slip no more than it says itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.formats import format_datetime
from citizenfeedback.documents.qr import qr_svg
from citizenfeedback.domain.slips import (
    Slip,
    digest_of,
    read_slip,
    signed_bytes,
    slip_text,
    taken_apart,
    texts_in,
)
from citizenfeedback.queries.drafts import own_copy, receipt_facts
from citizenfeedback.web.context import gateways, setting
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import drafting
from citizenfeedback.web.public.drafting import NoDraft, open_draft, sent_draft
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.slip_forms import LONGEST_FILE, SlipForm

OWN = "only the browser that wrote the submission holds the token that opens this"
TEN_MINUTES = 600


@dataclass(frozen=True, slots=True)
class ShownSlip:
    """A slip in words: what it says, its text, and the address that checks it."""

    number: str
    filed: str
    office: str
    digest: tuple[str, ...]
    text: str
    check_at: str


@blueprint.get(f"{drafting.PATH}/copy.txt")
@anyone(OWN)
def own_copy_file() -> Response:
    """The sender's own copy, before sending: the digest on the slip is of exactly these bytes."""
    return _file(own_copy(gateways().keys, open_draft()), "ban-sao-don.txt")


@blueprint.get(f"{drafting.PATH}/slip")
@anyone(OWN)
def filing_slip() -> str:
    """The slip to print or keep; with the office where its holder wants that."""
    shown = _slip()
    return render_template(
        "public/file/slip.html",
        slip=shown,
        code=qr_svg(shown.check_at, title=gettext("Mã để kiểm tra giấy xác nhận này")),
        site=setting("PUBLIC_URL").partition("://")[2],
    )


@blueprint.get(f"{drafting.PATH}/slip.txt")
@anyone(OWN)
def filing_slip_file() -> Response:
    """The slip as a small file."""
    shown = _slip()
    lines = [
        gettext("Giấy xác nhận"),
        gettext("Số: %(number)s", number=shown.number),
        gettext("Nhận lúc: %(moment)s", moment=shown.filed),
        *([shown.office] if shown.office else []),
        gettext("Kiểm tra tại: %(address)s", address=f"{setting('PUBLIC_URL')}/verify"),
        shown.text,
    ]
    return _file("\n".join(lines) + "\n", "giay-xac-nhan.txt")


@blueprint.get("/verify")
@anyone("anybody who is shown a slip may check it; it tells nothing of a case")
def verify() -> str:
    """Ask for a slip: pasted, sent as a file, or read from its code."""
    return _page(SlipForm(formdata=None))


@blueprint.post("/verify")
@anyone("anybody who is shown a slip may check it; it tells nothing of a case")
@limited("verify", 120, TEN_MINUTES)
def verified() -> Response:
    """Say whether a slip is genuine, and whether a copy is the one it speaks of."""
    form = SlipForm()
    if not form.validate_on_submit():
        return make_response(_page(form), 422)
    slip = _genuine(f"{form.code.data or ''} {_text_of(form.slip.data)}")
    copy = form.copy.data[0].stream.read(LONGEST_FILE + 1) if form.copy.data else None
    matches = None if slip is None or copy is None else digest_of(copy) == slip.digest
    return make_response(
        render_template(
            "public/verified.html",
            slip=_shown(slip, "", "") if slip else None,
            matches=matches,
        )
    )


def _slip() -> ShownSlip:
    """The slip of what was sent from this browser a moment ago."""
    sent = sent_draft()
    if not sent.digest:
        raise NoDraft  # sent by an earlier release, half an hour ago at most
    facts = receipt_facts(sent)
    named = request.args.get("office") == "1"
    slip = Slip(
        sent.number,
        facts.registered_at,
        bytes.fromhex(sent.digest),
        facts.unit_code if named else "",
    )
    signed = signed_bytes(slip)
    lang = current_language()
    office = facts.unit_name_en if lang == "en" and facts.unit_name_en else facts.unit_name
    text = slip_text(signed, gateways().keys.sign(signed))
    return _shown(slip, text, office if named else "")


def _shown(slip: Slip, text: str, office: str) -> ShownSlip:
    digest = slip.digest.hex()
    return ShownSlip(
        slip.number,
        _moment(slip.filed_at),
        office or slip.office,
        tuple(digest[place : place + 8] for place in range(0, len(digest), 8)),
        text,
        f"{setting('PUBLIC_URL')}/verify#{text}",
    )


def _moment(at: datetime) -> str:
    return format_datetime(at, current_language())


def _genuine(typed: str) -> Slip | None:
    """The slip in what was pasted or sent, when a key of this installation signed it."""
    for text in texts_in(typed):
        parts = taken_apart(text)
        if parts is not None and gateways().keys.signed(*parts):
            return read_slip(parts[0])
    return None


def _text_of(files: list[object] | None) -> str:
    """The words of a slip sent as a file; one of another kind holds none."""
    if not files:
        return ""
    content: bytes = files[0].stream.read(LONGEST_FILE)  # type: ignore[attr-defined]
    return content.decode("utf-8", "ignore")


def _page(form: SlipForm) -> str:
    return render_template("public/verify.html", form=form, keys=gateways().keys.public_keys)


def _file(text: str, name: str) -> Response:
    response = make_response(text.encode())
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
