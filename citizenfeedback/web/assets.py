"""Stylesheets, scripts and fonts: addressed by content, squeezed, kept by the browser for good.

`static_url("public.css")` carries a hash of the file, so a new release is fetched at once and an
old one never asked for again. Text files are read and squeezed once at start: a phone on a weak
network is sent a quarter, and no proxy in front is needed for it. Pages themselves are not
squeezed here: their length would tell what is in them.
"""

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as BaseResponse

FOREVER = "public, max-age=31536000, immutable"
TEXTS = {".css", ".js", ".svg", ".txt", ".webmanifest"}


class Asset(NamedTuple):
    """A static file: the hash in its address and, for a text, its two forms."""

    version: str
    address: str
    plain: bytes = b""
    squeezed: bytes = b""


def _read(path: Path, place: str) -> Asset:
    content = path.read_bytes()
    version = hashlib.sha256(content).hexdigest()[:10]
    address = f"{quote(place)}?v={version}"
    if path.suffix not in TEXTS:
        return Asset(version, address)
    return Asset(version, address, content, gzip.compress(content, 9, mtime=0))


def _assets() -> dict[str, Asset]:
    known: dict[str, Asset] = current_app.extensions["static_assets"]
    return known


def static_url(name: str) -> str:
    """The address of a file under `static/`; a name that is not there is an error of ours."""
    return f"{request.script_root}{_assets()[name].address}"


def static(filename: str) -> BaseResponse:
    """A static file, squeezed where that helps and the browser can read it."""
    asset = _assets().get(filename)
    if asset is None or not asset.plain:
        return current_app.send_static_file(filename)
    response = Response(
        asset.plain, mimetype=mimetypes.guess_type(filename)[0] or "application/octet-stream"
    )
    if request.accept_encodings.quality("gzip"):
        response.set_data(asset.squeezed)
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(asset.version)
    return response.make_conditional(request)


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = FOREVER if "v" in request.args else "no-cache"
    return response


def init_app(app: Flask) -> None:
    """Read the static files once at start and offer their addresses to templates."""
    folder = Path(app.static_folder or "")
    app.extensions["static_assets"] = {
        name: _read(path, f"{app.static_url_path}/{name}")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (name := path.relative_to(folder).as_posix())
    }
    app.view_functions["static"] = static
    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep)
