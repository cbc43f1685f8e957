"""Screens in offices: a code for a new one, how each is doing, out of service."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from citizenfeedback.documents.kiosk_words import state_words
from citizenfeedback.domain.devices import (
    DRIFT_TOLERATED,
    MOST_ENTRIES,
    DeviceState,
    shown_code,
)
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.queries import devices as reading
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.directory import points_of
from citizenfeedback.services import kiosks
from citizenfeedback.web.admin.forms import DeviceForm, EditDeviceForm
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now, setting, today
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext

TONES = {
    DeviceState.ALIVE: "answered",
    DeviceState.SILENT: "overdue",
    DeviceState.WAITING: "soon",
}


class RevokeForm(Form):
    """Only that the button was pressed here."""


@blueprint.get("/devices")
@requires(Action.MANAGE_DIRECTORY)
def devices() -> str:
    """List the screens and how each stands."""
    moment = now()
    lines = reading.devices(
        actor(),
        moment,
        at=moment.astimezone(LOCAL_ZONE).time(),
        working_day=work_calendar().is_working(today()),
    )
    return render_template(
        "admin/devices.html",
        devices=lines,
        form=RevokeForm(formdata=None),
        states={state: state_words(state, current_language()) for state in DeviceState},
        tones=TONES,
        tolerated=int(DRIFT_TOLERATED.total_seconds()),
        many=MOST_ENTRIES,
    )


@blueprint.get("/devices/new")
@requires(Action.MANAGE_DIRECTORY)
def new_device() -> str:
    """Ask where a new screen stands."""
    form = DeviceForm(formdata=None)
    _choices(form)
    return render_template("admin/new_device.html", form=form)


@blueprint.post("/devices/new")
@requires(Action.MANAGE_DIRECTORY)
def add_device() -> Answer:
    """Make a screen and show its code, this once."""
    form = DeviceForm()
    _choices(form)
    if form.validate():
        try:
            issued = kiosks.create_device(
                actor(),
                int(form.point.data),
                form.name.data,
                form.languages.data,
                keys=gateways().keys,
                now=now(),
            )
        except RuleBroken as error:
            show_refusal(form, error)
        else:
            return render_template(
                "admin/device_code.html",
                code=shown_code(issued.code),
                until=issued.until,
                address=f"{setting('PUBLIC_URL')}{url_for('kiosk.enrol')}",
            )
    return render_template("admin/new_device.html", form=form), WRONG


@blueprint.get("/devices/<int(max=2147483647):device_id>")
@requires(Action.MANAGE_DIRECTORY)
def show_device(device_id: int) -> str:
    """Show one screen and let it be changed."""
    found = _device(device_id)
    form = EditDeviceForm(
        formdata=None,
        name=found.name,
        languages=list(found.languages),
        opens=found.opens.strftime("%H:%M") if found.opens else "",
        closes=found.closes.strftime("%H:%M") if found.closes else "",
    )
    return render_template("admin/device.html", device=found, form=form)


@blueprint.post("/devices/<int(max=2147483647):device_id>")
@requires(Action.MANAGE_DIRECTORY)
def change_device(device_id: int) -> Answer:
    """Change a screen; it takes that over by itself."""
    form = EditDeviceForm()
    if form.validate():
        wanted = kiosks.DeviceWanted(
            form.name.data, form.languages.data, form.opens.moment, form.closes.moment
        )
        try:
            kiosks.change_device(actor(), device_id, wanted, keys=gateways().keys, now=now())
        except RuleBroken as error:
            show_refusal(form, error)
        else:
            flash(gettext("Đã lưu màn hình. Máy nhận trong vòng mười phút."))
            return redirect(url_for("admin.devices"), 303)
    return render_template("admin/device.html", device=_device(device_id), form=form), WRONG


def _device(device_id: int) -> reading.DeviceLine:
    moment = now()
    return reading.device(
        actor(),
        device_id,
        moment,
        at=moment.astimezone(LOCAL_ZONE).time(),
        working_day=work_calendar().is_working(today()),
    )


@blueprint.post("/devices/<int(max=2147483647):device_id>/revoke")
@requires(Action.MANAGE_DIRECTORY)
def revoke_device(device_id: int) -> Answer:
    """Take a screen out of service."""
    kiosks.revoke_device(actor(), device_id, keys=gateways().keys, now=now())
    flash(gettext("Màn hình không còn dùng được nữa."))
    return redirect(url_for("admin.devices"), 303)


def _choices(form: DeviceForm) -> None:
    form.point.choices = [
        (str(one.id), f"{one.name} – {one.unit_name}") for one in points_of(actor()) if one.active
    ]
