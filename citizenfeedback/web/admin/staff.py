"""Staff as citizens meet them: name, position and counter."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries import directory as reading
from citizenfeedback.services import directory
from citizenfeedback.web.admin.forms import NewStaffForm, PhotoForm, StaffForm
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, kept
from citizenfeedback.web.context import actor, gateways, now
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext

MOST_PHOTO_BYTES = 10_000_000


@blueprint.get("/staff")
@requires(Action.MANAGE_DIRECTORY)
def staff() -> str:
    """List the staff."""
    text = request.args.get("q", "")[:100]
    after = request.args.get("after", 0, type=int)
    lines, following = reading.staff_page(actor(), text=text, after=min(max(after, 0), 2**62))
    return render_template("admin/staff.html", staff=lines, text=text, following=following)


@blueprint.get("/staff/new")
@requires(Action.MANAGE_DIRECTORY)
def new_staff_member() -> str:
    """Ask for a new staff member."""
    form = NewStaffForm(formdata=None, active=True)
    _choices(form)
    return render_template("admin/new_staff_member.html", form=form)


@blueprint.post("/staff/new")
@requires(Action.MANAGE_DIRECTORY)
def add_staff_member() -> Answer:
    """Add a staff member."""
    form = NewStaffForm()
    _choices(form)

    def keep() -> None:
        directory.create_staff(
            actor(), form.code.data, _wanted(form), keys=gateways().keys, now=now()
        )

    done = kept(form, keep, gettext("Đã thêm cán bộ."), back="admin.staff")
    return done or (render_template("admin/new_staff_member.html", form=form), WRONG)


@blueprint.get("/staff/<int(max=2147483647):staff_id>")
@requires(Action.MANAGE_DIRECTORY)
def staff_member(staff_id: int) -> str:
    """Show one staff member and let them be changed."""
    found = reading.staff_member(actor(), staff_id)
    return _page(found, _filled(found))


@blueprint.post("/staff/<int(max=2147483647):staff_id>/photo")
@requires(Action.MANAGE_DIRECTORY)
def change_photo(staff_id: int) -> Answer:
    """Show a picture of somebody on screens, or their initials again."""
    found, photo = reading.staff_member(actor(), staff_id), PhotoForm()
    sent = photo.photo.data or []
    if not photo.validate() or not (sent or request.form.get("go") == "remove"):
        photo.add_errors({"photo": gettext("Chọn một ảnh")})
        return _page(found, _filled(found), photo), WRONG
    try:
        directory.set_photo(
            actor(),
            staff_id,
            None if request.form.get("go") == "remove" else sent[0].read(),
            most_bytes=MOST_PHOTO_BYTES,
            keys=gateways().keys,
            now=now(),
        )
    except RuleBroken as error:
        photo.add_errors({"photo": error_text(error.code, error.values, current_language())})
        return _page(found, _filled(found), photo), WRONG
    flash(gettext("Đã lưu ảnh. Màn hình nhận trong vòng mười phút."))
    return redirect(url_for("admin.staff_member", staff_id=staff_id), 303)


def _page(found: reading.StaffLine, form: StaffForm, photo: PhotoForm | None = None) -> str:
    return render_template(
        "admin/staff_member.html", member=found, form=form, photo=photo or PhotoForm(formdata=None)
    )


def _filled(found: reading.StaffLine) -> StaffForm:
    form = StaffForm(
        formdata=None,
        name=found.name,
        position=found.position,
        unit=str(found.unit_id),
        point=str(found.point_id or ""),
        active=found.active,
        mark=found.mark,
    )
    _choices(form)
    return form


@blueprint.post("/staff/<int(max=2147483647):staff_id>")
@requires(Action.MANAGE_DIRECTORY)
def change_staff_member(staff_id: int) -> Answer:
    """Change a staff member."""
    form = StaffForm()
    _choices(form)

    def keep() -> None:
        mark, keys = form.mark.data or "", gateways().keys
        directory.change_staff(actor(), staff_id, _wanted(form), mark=mark, keys=keys, now=now())

    done = kept(form, keep, gettext("Đã lưu cán bộ."), back="admin.staff")
    if done is not None:
        return done
    found = reading.staff_member(actor(), staff_id)
    form.mark.data = found.mark
    return _page(found, form), WRONG


def _choices(form: StaffForm) -> None:
    form.unit.choices = [(str(key), name) for key, name in reading.unit_choices()]
    form.point.choices = [
        (str(point.id), f"{point.name} ({point.unit_name})") for point in reading.points_of(actor())
    ]


def _wanted(form: StaffForm) -> directory.StaffWanted:
    return directory.StaffWanted(
        name=form.name.data,
        position=form.position.data or "",
        unit_id=int(form.unit.data),
        point_id=int(form.point.data) if form.point.data else None,
        active=bool(form.active.data),
    )
