"""Stylesheets, scripts and fonts: addressed by content, kept by the browser for good.

`static_url("public.css")` carries a hash of the file, so a new release is fetched at once and
an old one never asked for again.
"""

import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

FOREVER = "public, max-age=31536000, immutable"


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def static_url(name: str) -> str:
    """The address of a file under `static/`; a name that is not there is an error of ours."""
    hashes: dict[str, str] = current_app.extensions["static_hashes"]
    return url_for("static", filename=name, v=hashes[name])


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = FOREVER
    return response


def init_app(app: Flask) -> None:
    """Hash the static files once at start and offer their addresses to templates."""
    app.extensions["static_hashes"] = _hashes(Path(app.static_folder or ""))
    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep)
