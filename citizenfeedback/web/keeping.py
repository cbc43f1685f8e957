"""What an official had typed when the session ended: it comes back after signing in again.

The form goes along encrypted in the page that asks to sign in, for its own writer only, and lies
nowhere on the server: so it may hold the words of a denunciation too. Files are chosen again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from flask import request, session
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from citizenfeedback.web.context import gateways

MARKER = "_user_id"
"""Where Flask-Login keeps the marker of who is, or was, signed in."""
FIELD = "kept"
MOST_LETTERS = 200_000
_MARKER = re.compile("(?P<user>[0-9]{1,9}):[0-9]{1,9}")
_PURPOSE = "kept_form"
_SHORT = 15
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was sent too late: where to, and what it held."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What was written, to be seen again; choices and numbers go along unseen."""
        typed = (value.strip() for _, value in self.fields)
        return tuple(one for one in typed if " " in one or len(one) > _SHORT)


def keep_form() -> str:
    """The form of this request, encrypted for whoever was signed in; "" where nothing is to be kept.

    Of one's own account nothing is kept: those forms hold passwords.
    """
    writer = _MARKER.fullmatch(str(session.get(MARKER, "")))
    blueprint = request.blueprint or ""
    if writer is None or blueprint == "account" or request.accept_mimetypes.best == JSON:
        return ""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return ""  # not sent from a page of ours
    fields = [one for one in request.form.items(multi=True) if one[0] != "csrf_token"]
    files = [name for name, one in request.files.items(multi=True) if one.filename]
    if sum(len(name) + len(value) for name, value in fields) > MOST_LETTERS:
        return ""
    held = [int(writer["user"]), request.path, fields, list(dict.fromkeys(files))]
    return gateways().keys.wrap(_PURPOSE, json.dumps(held).encode())


def kept_form(sealed: str, user_id: int) -> KeptForm | None:
    """What `keep_form` kept, for its writer; None for anybody else and for anything else."""
    held = gateways().keys.unwrap(_PURPOSE, sealed) if sealed.isascii() else None
    if held is None:
        return None
    writer, path, fields, files = json.loads(held)
    if writer != user_id:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields), tuple(files))
