"""How large and how contrasting the pages are for this reader, kept in a cookie of their own."""

from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, request

COOKIE = "display"


class Display(NamedTuple):
    """The reader's choices; the cookie holds the names of those that are on."""

    large: bool = False
    larger: bool = False
    contrast: bool = False

    @property
    def classes(self) -> str:
        """The classes of the root element that swap the tokens."""
        return " ".join(name for name, on in zip(self._fields, self, strict=True) if on)


def current_display() -> Display:
    """The reader's choice; anything unknown in the cookie counts for nothing."""
    chosen = request.cookies.get(COOKIE, "").split("-")
    larger = "larger" in chosen
    return Display(
        large="large" in chosen and not larger, larger=larger, contrast="contrast" in chosen
    )


def cookie_value(display: Display) -> str:
    """The cookie for a choice; `plain` when nothing is on."""
    return display.classes.replace(" ", "-") or "plain"


def here() -> str:
    """The address of this page within the site, to come back to."""
    path, asked = quote(request.path), request.query_string.decode("ascii", "ignore")
    return f"{path}?{asked}" if asked else path


def init_app(app: Flask) -> None:
    """Let the layouts ask for the choice and for the way back."""
    app.jinja_env.globals["here"] = here
    app.jinja_env.globals["current_display"] = current_display
