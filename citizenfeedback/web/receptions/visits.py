"""One visit: entering it, reading it, printing its slip, saying which case it was about."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.qr import qr_svg
from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.rating_links import (
    LINK_DAYS,
    PURPOSE,
    RATE_VISIT_PATH,
    VISIT_BYTES,
    RatingLink,
)
from citizenfeedback.domain.receptions import is_group, representatives_most
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.points import first_point_of
from citizenfeedback.queries.receptions import ReceptionDetail, reception
from citizenfeedback.services.receiving import link_to_case, record_reception
from citizenfeedback.web.context import actor, gateways, setting
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.receptions.forms import LinkForm, VisitForm, visit_form, visit_of
from citizenfeedback.web.receptions.room import REFUSED, WRONG, Answer, blueprint, group_size
from citizenfeedback.web.receptions.wording import change_lines


@blueprint.get("/new")
@requires(Action.REGISTER_RECEPTION)
def new_visit() -> Answer:
    """An empty line of the book."""
    return _entry(visit_form())


@blueprint.post("/new")
@requires(Action.REGISTER_RECEPTION)
def enter_visit() -> Answer:
    """Write the visit into the book."""
    form = visit_form()
    if not form.validate():
        return _entry(form), WRONG
    try:
        recorded = record_reception(actor(), visit_of(form), office=office())
    except RuleBroken as refused:
        show_refusal(form, refused, {"unknown_matter": "matter", "unknown_unit": "unit"})
        return _entry(form), WRONG
    flash(gettext("Đã vào sổ, số %(number)s.", number=recorded.book_no), "success")
    return redirect(url_for("receptions.visit", reception_id=recorded.id), 303)


@blueprint.get("/<int(max=2147483647):reception_id>")
@requires(Action.SEE_RECEPTIONS)
def visit(reception_id: int) -> Answer:
    """One visit with what can be done next."""
    return _page(_read(reception_id), LinkForm(formdata=None))


@blueprint.get("/<int(max=2147483647):reception_id>/slip")
@requires(Action.REGISTER_RECEPTION)
def visit_slip(reception_id: int) -> Answer:
    """The slip to print and hand to the visitor; it names no denouncer."""
    found = reception(actor(), reception_id)
    if not can_at(actor(), Action.REGISTER_RECEPTION, found.unit_id):
        raise NotFound("reception")
    return render_template(
        "receptions/slip.html", visit=found, kind=_kind(found), rate_code=_rate_code(found)
    )


@blueprint.post("/<int(max=2147483647):reception_id>/case")
@requires(Action.REGISTER_RECEPTION)
def link_visit(reception_id: int) -> Answer:
    """Say which case the visit was about."""
    form = LinkForm()
    if form.validate():
        try:
            link_to_case(actor(), reception_id, form.number.data, office=office())
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {"unknown_matter": "number"})
            return _page(_read(reception_id), form), REFUSED
        flash(gettext("Đã gắn lượt tiếp với vụ việc."), "success")
        return redirect(url_for("receptions.visit", reception_id=reception_id), 303)
    return _page(_read(reception_id), form), WRONG


def _read(reception_id: int) -> ReceptionDetail:
    return reception(actor(), reception_id, gateways().keys)


def _entry(form: VisitForm) -> str:
    return render_template("receptions/new.html", form=form, group_size=group_size())


def _page(found: ReceptionDetail, form: LinkForm) -> str:
    lang = current_language()
    person = actor()
    group = is_group(found.people, group_size())
    return render_template(
        "receptions/visit.html",
        visit=found,
        form=form,
        kind=_kind(found),
        sitting=label(found.sitting, lang),
        received_by=label(found.received_by, lang),
        group=group,
        corrections=change_lines(found.changes),
        spokespeople=representatives_most(found.people) if group else 0,
        changes=can_at(person, Action.REGISTER_RECEPTION, found.unit_id),
        registers=can_at(person, Action.REGISTER_SUBMISSION, found.unit_id),
    )


def _rate_code(found: ReceptionDetail) -> Markup | None:
    """The code by which the visitor rates this visit, once; not for a sealed one, nor where no point is.

    The mark of the visit is a keyed hash: printing the slip again gives no second rating.
    """
    point = None if found.sealed else first_point_of(found.unit_id)
    if point is None:
        return None
    keys = gateways().keys
    visit = bytes.fromhex(keys.fingerprint(PURPOSE, f"reception:{found.id}"))[:VISIT_BYTES]
    link = RatingLink(point.id, found.on + timedelta(days=LINK_DAYS), visit)
    address = f"{setting('PUBLIC_URL')}{RATE_VISIT_PATH}{keys.wrap(PURPOSE, link.packed())}"
    return qr_svg(address, title=gettext("Mã để đánh giá lần tiếp này"))


def _kind(found: ReceptionDetail) -> str:
    return label(found.kind, current_language())
