"""Points where people are served, and the sign with the QR code that hangs there."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from citizenfeedback.documents.posters import RATE_PATH, Poster, PosterSize, posters_pdf
from citizenfeedback.documents.qr import qr_svg
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries import directory as reading
from citizenfeedback.services import directory
from citizenfeedback.web.admin.forms import NewPointForm, PointForm, PostersForm
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, kept
from citizenfeedback.web.context import actor, gateways, now, setting
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import gettext


@blueprint.get("/points")
@requires(Action.MANAGE_DIRECTORY)
def points() -> str:
    """List the service points."""
    form = PostersForm(formdata=None)
    form.unit.choices = [(str(key), name) for key, name in reading.unit_choices()]
    return render_template("admin/points.html", points=reading.points_of(actor()), form=form)


@blueprint.get("/points/new")
@requires(Action.MANAGE_DIRECTORY)
def new_point() -> str:
    """Ask for a new service point."""
    form = NewPointForm(formdata=None, active=True, pause=5)
    _choices(form)
    return render_template("admin/new_point.html", form=form)


@blueprint.post("/points/new")
@requires(Action.MANAGE_DIRECTORY)
def add_point() -> Answer:
    """Add a service point."""
    form = NewPointForm()
    _choices(form)

    def keep() -> int:
        return directory.create_point(
            actor(), form.code.data, _wanted(form), keys=gateways().keys, now=now()
        )

    said = gettext("Đã thêm điểm phục vụ. Biển có mã QR ở cuối trang này.")
    done = kept(form, keep, said, back="admin.point", of="point_id")
    return done or (render_template("admin/new_point.html", form=form), WRONG)


@blueprint.get("/points/<int(max=2147483647):point_id>")
@requires(Action.MANAGE_DIRECTORY)
def point(point_id: int) -> str:
    """Show one service point with its QR code and let it be changed."""
    found = reading.point(actor(), point_id)
    form = PointForm(
        formdata=None,
        name=found.name,
        unit=str(found.unit_id),
        opens=found.opens.strftime("%H:%M") if found.opens else "",
        closes=found.closes.strftime("%H:%M") if found.closes else "",
        active=found.active,
        pause=found.pause_seconds,
        mark=found.mark,
    )
    _choices(form)
    return _page(found, form)


@blueprint.post("/points/<int(max=2147483647):point_id>")
@requires(Action.MANAGE_DIRECTORY)
def change_point(point_id: int) -> Answer:
    """Change a service point."""
    form = PointForm()
    _choices(form)

    def keep() -> None:
        mark, keys = form.mark.data or "", gateways().keys
        directory.change_point(actor(), point_id, _wanted(form), mark=mark, keys=keys, now=now())

    done = kept(form, keep, gettext("Đã lưu điểm phục vụ."), back="admin.points")
    if done is not None:
        return done
    found = reading.point(actor(), point_id)
    form.mark.data = found.mark
    return _page(found, form), WRONG


@blueprint.get("/points/posters.pdf")
@requires(Action.MANAGE_DIRECTORY)
def posters() -> Response:
    """Posters or desk cards to print: of one point, of a unit with all below it, or of all."""
    size = request.args.get("size", "")
    signs = reading.points_to_print(actor(), unit_id=_number("unit"), point_id=_number("point"))
    if not signs:
        flash(gettext("Chưa có điểm phục vụ nào đang hoạt động ở đơn vị này."), "warning")
        return redirect(url_for("admin.points"), 303)
    site = setting("PUBLIC_URL")
    sheets = [Poster(one.code, one.point, one.unit, one.unit_en, site) for one in signs]
    known = PosterSize(size) if size in set(PosterSize) else PosterSize.A4
    response = make_response(posters_pdf(sheets, known))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="bien-qr-{known}.pdf"'
    return response


@blueprint.get("/points/<int(max=2147483647):point_id>/sign")
@requires(Action.MANAGE_DIRECTORY)
def point_sign(point_id: int) -> Response:
    """Where the sign was once printed from: it is a poster now."""
    return redirect(url_for("admin.posters", point=reading.point(actor(), point_id).id), 301)


def _page(found: reading.PointLine, form: PointForm) -> str:
    return render_template(
        "admin/point.html", point=found, form=form, address=_address(found), code=_code(found)
    )


def _address(found: reading.PointLine) -> str:
    return f"{setting('PUBLIC_URL')}{RATE_PATH}{found.code}"


def _code(found: reading.PointLine) -> Markup:
    title = gettext("Mã QR của %(name)s", name=found.name)
    return qr_svg(_address(found), title=title)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _choices(form: PointForm) -> None:
    form.unit.choices = [(str(key), name) for key, name in reading.unit_choices()]


def _wanted(form: PointForm) -> directory.PointWanted:
    return directory.PointWanted(
        name=form.name.data,
        unit_id=int(form.unit.data),
        opens=form.opens.moment,
        closes=form.closes.moment,
        active=bool(form.active.data),
        pause_seconds=form.pause.data or 5,
    )
