"""The sender's rights over the own data: see what is held, change it, ask for the rest.

Behind the second proof, like everything that was filed. What the law has kept is said with the
reason and its source, before anybody asks.
"""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.formats import format_date, format_datetime, format_size
from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.sources import cite
from citizenfeedback.domain.policy import POLICY_SETTINGS, Policy
from citizenfeedback.domain.privacy import CONTACT, GROUND_SOURCES, Way, right_to
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    DataPart,
    DataWish,
    MessageKind,
)
from citizenfeedback.queries.privacy import requests_of
from citizenfeedback.queries.tracking import TrackingPage, news_of
from citizenfeedback.services import privacy
from citizenfeedback.web.context import gateways, now, setting, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext, ngettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import opened, track
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.track_forms import ContactForm, DataCorrectionForm, DataErasureForm

AskForm = DataCorrectionForm | DataErasureForm
Held = list[dict[str, object]]


@blueprint.get("/track/data")
@anyone(track.WHY)
def own_data() -> AnyResponse:
    """What is held of the sender, in plain words, and what may be done about it."""
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    proven = page.filed is not None
    lang = current_language()
    return make_response(
        render_template(
            "public/track/data.html",
            page=page,
            proven=proven,
            unit=track.unit_title(page),
            may_write=Action.WRITE_MESSAGE in page.actions,
            held=_held(page) if proven else [],
            news=news_of(opened.needed(), gateways().keys) if proven else None,
            grounds=_grounds(page, lang),
            requests=requests_of(page.case_id) if proven else (),
            label=lambda code: label(code, lang),
        )
    )


@blueprint.get("/track/data/contact")
@anyone(track.WHY)
def own_contact() -> AnyResponse:
    """How the office reaches the sender, to be changed at once."""
    page = _proven_page()
    if page is None:
        return redirect(url_for("public.own_data"), 303)
    return _contact_page(ContactForm(None, data=_sender(page)))


@blueprint.post("/track/data/contact")
@anyone(track.WHY)
@limited("track-write", 60, opened.TEN_MINUTES)
@opened.written_for_it(proven=True)
def change_contact() -> AnyResponse:
    """Change it."""
    actor, form = opened.needed(), ContactForm()
    if not form.validate_on_submit():
        return _contact_page(form, 422)
    contact = privacy.Contact(form.phone.data or "", form.email.data or "", form.address.data or "")
    try:
        changed = privacy.change_contact(actor, gateways().keys, contact, today=today(), now=now())
    except RuleBroken as refused:
        if isinstance(refused, NotFound):
            raise
        form.add_errors({"address": error_text(refused.code, refused.values, current_language())})
        return _contact_page(form, 422)
    flash(
        gettext("Đã sửa. Từ nay cơ quan dùng thông tin mới.")
        if changed
        else gettext("Không có gì thay đổi."),
        "success",
    )
    return redirect(url_for("public.own_data"), 303)


@blueprint.get("/track/data/<string(maxlength=20):wish>/<string(maxlength=20):part>")
@anyone(track.WHY)
def ask_about_data(wish: str, part: str) -> AnyResponse:
    """A page of its own for one wish about one part."""
    asked = _asked(wish, part)
    page = _proven_page()
    if page is None or right_to(*asked, page.kind).way is Way.KEPT:
        return redirect(url_for("public.own_data"), 303)
    return _ask_page(page, asked, _ask_form(asked))


@blueprint.post("/track/data/<string(maxlength=20):wish>/<string(maxlength=20):part>")
@anyone(track.WHY)
@limited("track-write", 60, opened.TEN_MINUTES)
@opened.written_for_it(proven=True)
def send_data_request(wish: str, part: str) -> AnyResponse:
    """Do it at once where the sender may, else lay it before the office."""
    asked = _asked(wish, part)
    actor, form = opened.needed(), _ask_form(asked)
    page = opened.page_of(actor)
    if not form.validate_on_submit():
        return _ask_page(page, asked, form, 422)
    try:
        said = _do(actor, page, asked, form.words.data or "")
    except RuleBroken as refused:
        if isinstance(refused, NotFound):
            raise
        form.add_errors({"words": error_text(refused.code, refused.values, current_language())})
        return _ask_page(page, asked, form, 422)
    flash(said, "success")
    return redirect(url_for("public.own_data"), 303)


def _do(actor: Actor, page: TrackingPage, asked: tuple[DataWish, DataPart], words: str) -> str:
    """Carry out a wish or pass it on; what is said of it."""
    wish, part = asked
    keys, lang = gateways().keys, current_language()
    if right_to(wish, part, page.kind).way is Way.AT_ONCE and wish is DataWish.ERASURE:
        if part is DataPart.VERDICT_WORDS:
            privacy.erase_verdict_words(actor, keys, today=today(), now=now())
        else:
            kept = {**_sender(page), str(part): ""}
            contact = privacy.Contact(*(kept.get(str(one), "") for one in CONTACT))
            privacy.change_contact(actor, keys, contact, today=today(), now=now())
        return gettext("Đã xóa.")
    policy = Policy.from_values({name: setting(name) for name in POLICY_SETTINGS})
    due = privacy.ask_about_data(
        actor, keys, privacy.Ask(wish, part, words), policy=policy, today=today(), now=now()
    )
    return gettext("Đã gửi. Cơ quan trả lời chậm nhất ngày %(day)s.", day=format_date(due, lang))


def _asked(wish: str, part: str) -> tuple[DataWish, DataPart]:
    try:
        return DataWish(wish), DataPart(part)
    except ValueError:
        raise NotFound("data") from None


def _proven_page() -> TrackingPage | None:
    page = opened.open_page()
    return page if page is not None and page.filed is not None else None


def _sender(page: TrackingPage) -> dict[str, str]:
    """Who filed, by the names of the parts."""
    people = page.filed.people if page.filed else ()
    return dict(people[0]) if people else {}


def _held(page: TrackingPage) -> Held:
    """Every part with what stands there, what may be done and, where it stays, why."""
    if page.filed is None:
        return []
    lang, sender = current_language(), _sender(page)
    own = [one for one in page.messages if one.author is Author.CITIZEN]
    judged = [one for one in own if one.kind is MessageKind.VERDICT]
    papers = "\n".join(
        ", ".join(
            (track.paper_name(one), format_size(one.size, lang), format_datetime(one.at, lang))
        )
        for one in page.papers
        if one.author is Author.CITIZEN
    )
    written = len(page.messages) - len(judged)
    values: dict[DataPart, str] = {
        **{part: sender.get(str(part), "") for part in _PERSONAL},
        DataPart.WORDS: "\n\n".join(
            text for text in (page.filed.words, page.filed.place, page.filed.wish) if text
        ),
        DataPart.PAPERS: papers,
        DataPart.MESSAGES: ngettext("%(num)s tin nhắn", "%(num)s tin nhắn", written)
        if written
        else "",
        DataPart.VERDICT_WORDS: "\n".join(one.body or "" for one in judged),
        DataPart.HISTORY: ngettext("%(num)s mốc", "%(num)s mốc", len(page.events)),
    }
    return [_line(part, values[part], page, lang) for part in DataPart if values[part]]


def _grounds(page: TrackingPage, lang: str) -> list[tuple[str, str]]:
    """Every ground on which something of this kind stays, with its source in the law."""
    rights = (right_to(DataWish.ERASURE, part, page.kind) for part in DataPart)
    found = dict.fromkeys(right.ground for right in rights if right.ground is not None)
    return [(label(one, lang), cite(GROUND_SOURCES[one], lang)) for one in found]


_PERSONAL = (
    DataPart.NAME,
    DataPart.ID_NO,
    DataPart.ADDRESS,
    DataPart.PHONE,
    DataPart.EMAIL,
)


def _line(part: DataPart, value: str, page: TrackingPage, lang: str) -> dict[str, object]:
    name, why = label(part, lang), ""
    actions = []
    for wish in DataWish:
        right = right_to(wish, part, page.kind)
        if right.way is not Way.KEPT:
            actions.append((_where(wish, part, right.way), str(_WAYS[wish, right.way]), name))
        elif right.ground is not None:
            why = gettext("Không xóa được. %(reason)s.", reason=label(right.ground, lang))
    return {"key": name, "value": value, "why": why, "actions": actions}


_WAYS = {
    (DataWish.CORRECTION, Way.AT_ONCE): _l("Sửa"),
    (DataWish.CORRECTION, Way.ON_REQUEST): _l("Xin sửa"),
    (DataWish.ERASURE, Way.AT_ONCE): _l("Xóa"),
    (DataWish.ERASURE, Way.ON_REQUEST): _l("Xin xóa"),
}


def _where(wish: DataWish, part: DataPart, way: Way) -> str:
    if wish is DataWish.CORRECTION and way is Way.AT_ONCE:
        return url_for("public.own_contact")
    return url_for("public.ask_about_data", wish=wish, part=part)


def _ask_form(asked: tuple[DataWish, DataPart]) -> AskForm:
    return DataCorrectionForm() if asked[0] is DataWish.CORRECTION else DataErasureForm()


def _contact_page(form: ContactForm, status: int = 200) -> AnyResponse:
    return make_response(render_template("public/track/data_contact.html", form=form), status)


def _ask_page(
    page: TrackingPage, asked: tuple[DataWish, DataPart], form: AskForm, status: int = 200
) -> AnyResponse:
    wish, part = asked
    lang = current_language()
    text = render_template(
        "public/track/data_ask.html",
        form=form,
        erase=wish is DataWish.ERASURE,
        at_once=right_to(wish, part, page.kind).way is Way.AT_ONCE,
        part=label(part, lang),
        action=url_for("public.send_data_request", wish=wish, part=part),
        sealed=page.filed is not None and page.kind is CaseKind.DENUNCIATION,
    )
    return make_response(text, status)
