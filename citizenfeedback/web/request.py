"""What comes in from browsers, made fit for the rooms behind: composed letters, no odd bytes.

Every text in a form or an address is brought to one composed form (NFC), marks that turn the
reading direction and control letters are taken out, and a NUL byte, which no keyboard makes and
PostgreSQL refuses, ends the request as a bad one.
"""

from __future__ import annotations

import re
import unicodedata

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.utils import cached_property

MOST_FIELDS = 1000
PLAIN_FORM = "application/x-www-form-urlencoded"
LONGEST_ESCAPE = 3
"""A plain form sends each byte of an accented letter as three."""

_UNWANTED = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str | None) -> str:
    """Compose the letters of `text`, drop what cannot be meant; refuse a NUL byte.

    A broken form may have a part without a name: then there is no text at all.
    """
    if text is None:
        return ""
    if text.isascii() and text.isprintable():
        return text
    if "\0" in text:
        raise BadRequest("a text holds a NUL byte")
    return _UNWANTED.sub("", unicodedata.normalize("NFC", text))


def _cleaned(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    pairs = list(values.items(multi=True))
    if len(pairs) > MOST_FIELDS:
        raise RequestEntityTooLarge
    return ImmutableMultiDict([(clean(key), clean(value)) for key, value in pairs])


class CleanRequest(Request):
    """A request whose fields and address values are clean when a view first sees them."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        self._refuse_long_form()
        super()._load_form_data()
        sent = self.__dict__["form"]
        self.__dict__["form"] = ImmutableMultiDict()  # what an error page then sees
        self.__dict__["form"] = _cleaned(sent)
        for field, upload in self.__dict__["files"].items(multi=True):
            clean(field)
            if upload.filename is not None:
                upload.filename = clean(upload.filename)

    def _refuse_long_form(self) -> None:
        """Bound a plain form; the library bounds only one that is sent in parts."""
        most = self.max_form_memory_size
        length = self.content_length or 0
        if self.mimetype == PLAIN_FORM and most and length > most * LONGEST_ESCAPE:
            raise RequestEntityTooLarge

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The values in the address, clean; none at all for the page that says they are bad."""
        sent = super().args
        self.__dict__["args"] = ImmutableMultiDict()
        return _cleaned(sent)


def _refuse_odd_address() -> None:
    request.args  # noqa: B018 - read first, so that the page which refuses finds them clean or gone
    if "\0" in request.path:
        abort(400)


def init_app(app: Flask) -> None:
    """Use the clean request and refuse addresses no browser makes."""
    app.request_class = CleanRequest
    app.before_request(_refuse_odd_address)
