"""Units of the province: the tree, one unit, a new one."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from citizenfeedback.domain.vocabulary import Action, UnitLevel
from citizenfeedback.queries.directory import unit_choices, unit_detail, units_tree
from citizenfeedback.services import directory
from citizenfeedback.web.admin.forms import NewUnitForm, UnitForm, unit_levels
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, kept
from citizenfeedback.web.context import actor, gateways, now, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext


@blueprint.get("/units")
@requires(Action.MANAGE_DIRECTORY)
def units() -> str:
    """Show the tree, or the units whose name holds the words asked for."""
    text = request.args.get("q", "")[:100]
    found = units_tree(actor(), today(), text=text)
    levels = {choice[0]: choice[1] for choice in unit_levels()}
    return render_template(
        "admin/units.html", units=found, text=text, levels=levels, lang=current_language()
    )


@blueprint.get("/units/new")
@requires(Action.MANAGE_DIRECTORY)
def new_unit() -> str:
    """Ask for a new unit."""
    form = NewUnitForm(formdata=None, receives=True, parent=request.args.get("parent", ""))
    _choices(form)
    return render_template("admin/new_unit.html", form=form)


@blueprint.post("/units/new")
@requires(Action.MANAGE_DIRECTORY)
def add_unit() -> Answer:
    """Add a unit."""
    form = NewUnitForm()
    _choices(form)

    def keep() -> None:
        directory.create_unit(
            actor(), form.code.data, _wanted(form), keys=gateways().keys, now=now()
        )

    done = kept(form, keep, gettext("Đã thêm đơn vị."), back="admin.units")
    return done or (render_template("admin/new_unit.html", form=form), WRONG)


@blueprint.get("/units/<int(max=2147483647):unit_id>")
@requires(Action.MANAGE_DIRECTORY)
def unit(unit_id: int) -> str:
    """Show one unit and let it be changed."""
    found = unit_detail(actor(), unit_id)
    values: dict[str, Any] = {
        name: getattr(found, name)
        for name in ("name", "name_en", "address", "phone", "hours", "valid_from", "valid_to")
    }
    form = UnitForm(
        formdata=None,
        **values,
        level=found.level.value,
        parent=str(found.parent_id or ""),
        remote=found.remote,
        receives=found.receives,
        mark=found.mark,
    )
    _choices(form)
    return render_template("admin/unit.html", unit=found, form=form)


@blueprint.post("/units/<int(max=2147483647):unit_id>")
@requires(Action.MANAGE_DIRECTORY)
def change_unit(unit_id: int) -> Answer:
    """Change a unit."""
    form = UnitForm()
    _choices(form)

    def keep() -> None:
        mark, keys = form.mark.data or "", gateways().keys
        directory.change_unit(actor(), unit_id, _wanted(form), mark=mark, keys=keys, now=now())

    done = kept(form, keep, gettext("Đã lưu đơn vị."), back="admin.units")
    if done is not None:
        return done
    found = unit_detail(actor(), unit_id)
    form.mark.data = found.mark
    return render_template("admin/unit.html", unit=found, form=form), WRONG


def _choices(form: UnitForm) -> None:
    form.level.choices = unit_levels()
    form.parent.choices = [(str(key), name) for key, name in unit_choices()]


def _wanted(form: UnitForm) -> directory.UnitWanted:
    return directory.UnitWanted(
        name=form.name.data,
        name_en=form.name_en.data or "",
        level=UnitLevel(form.level.data),
        parent_id=int(form.parent.data) if form.parent.data else None,
        remote=bool(form.remote.data),
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
        receives=bool(form.receives.data),
        address=form.address.data or "",
        phone=form.phone.data or "",
        hours=form.hours.data or "",
    )
