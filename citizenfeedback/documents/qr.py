"""QR codes as SVG: sharp on paper of any size, and plain markup that needs no style."""

from __future__ import annotations

import io

from markupsafe import Markup


def qr_svg(text: str, *, title: str) -> Markup:
    """The code of `text` as an SVG element; `title` is what a screen reader says."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        border=4,
        dark="#000",
        light="#fff",
        title=title,
        nl=False,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - drawn here, its title escaped
