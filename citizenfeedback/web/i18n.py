"""The language of a page: Vietnamese first, English complete.

`?lang=en` chooses and a cookie remembers it. The browser's own preference is not asked: an
official site opens in Vietnamese, and the other language is one visible link away.
"""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, has_request_context, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as BaseResponse

from citizenfeedback.documents.catalogue import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    ntranslate,
    translate,
)

COOKIE = "lang"
YEAR = 365 * 24 * 3600


def current_language() -> str:
    """`vi` or `en`: asked for in the address, remembered in the cookie, or Vietnamese."""
    if not has_request_context():
        return SOURCE_LANGUAGE
    kept: str | None = g.get("language")
    if kept is None:
        asked = request.args.get("lang", "") or request.cookies.get(COOKIE, "")
        kept = g.language = asked if asked in LANGUAGES else SOURCE_LANGUAGE
    return kept


def gettext(msgid: str, /, **values: Any) -> str:
    """The text in the language of the page, with `%(name)s` filled where values are given."""
    text = translate(msgid, current_language())
    return text % values if values else text


def ngettext(msgid: str, plural: str, num: int, /, **values: Any) -> str:
    """The counted text in the language of the page; `%(num)d` is the number."""
    return ntranslate(msgid, plural, num, current_language()) % {"num": num, **values}


class LazyText:
    """A text of a form or table that is made at import and worded when shown."""

    __slots__ = ("context", "msgid", "values")

    def __init__(self, msgid: str, values: dict[str, Any], context: str = "") -> None:
        self.msgid = msgid
        self.values = values
        self.context = context

    def __str__(self) -> str:
        text = translate(self.msgid, current_language(), self.context)
        return text % self.values if self.values else text

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __bool__(self) -> bool:
        return bool(self.msgid)


def lazy_gettext(msgid: str, /, **values: Any) -> LazyText:
    """Like `gettext`, worded when shown: for labels and messages made at import."""
    return LazyText(msgid, values)


def pgettext(context: str, msgid: str, /, **values: Any) -> str:
    """Like `gettext`, for a Vietnamese word whose English depends on where it stands."""
    text = translate(msgid, current_language(), context)
    return text % values if values else text


def lazy_pgettext(context: str, msgid: str, /, **values: Any) -> LazyText:
    """Like `pgettext`, worded when shown."""
    return LazyText(msgid, values, context)


def language_url(lang: str) -> str:
    """The address of this page in another language, everything else in it kept."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{request.script_root}{quote(request.path)}?{urlencode([*kept, ('lang', lang)])}"


def remember(response: BaseResponse, name: str, value: str) -> None:
    """Keep a choice of this reader's own, unreadable for scripts, for a year."""
    response.set_cookie(
        name,
        value,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
    )


def _remember_language(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
        remember(response, COOKIE, asked)
    return response


def _template_text(msgid: str, /, **values: Any) -> Markup:
    """What `_` is in templates: as the library has it, but without its way through the context.

    A page has dozens of texts, and the way costs more than the text.
    """
    text = Markup(translate(msgid, current_language()))  # noqa: S704 - our own texts
    return text % values if values or "%" in text else text


def _raw_gettext(msgid: str) -> str:
    return translate(msgid, current_language())


def _raw_pgettext(context: str, msgid: str) -> str:
    return translate(msgid, current_language(), context)


def _raw_ngettext(msgid: str, plural: str, number: int) -> str:
    return ntranslate(msgid, plural, number, current_language())


def init_app(app: Flask) -> None:
    """Give templates `_`, `ngettext`, `{% trans %}`, the language and its switch."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        _raw_gettext, _raw_ngettext, newstyle=True, pgettext=_raw_pgettext
    )
    app.jinja_env.globals.update(
        _=_template_text, current_language=current_language, language_url=language_url
    )
    app.after_request(_remember_language)
