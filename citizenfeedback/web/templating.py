"""Templates compiled once for each language, with what stands fixed in them already worded.

A page has dozens of fixed texts; looking each up while a page is made took a quarter of the making.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import create_cache

from citizenfeedback.documents.catalogue import LANGUAGES, translate
from citizenfeedback.web.i18n import current_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

    from jinja2.compiler import Frame
    from jinja2.environment import TemplateModule
    from jinja2.runtime import Context


class PageTemplate(Template):
    """A template whose macros are made once, not looked for anew in each page that imports them.

    That could differ only if single templates had globals of their own; here none has.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class WordedGenerator(CodeGenerator):
    """Writes a fixed `_("…")` into the page as plain text, in the language of the moment."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Let fixed texts be part of what stands around them."""
        node.nodes = list(self._worded(node.nodes))
        super().visit_Output(node, frame)

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Hand a fixed text over as it is where a macro or function is given one."""
        text = _fixed(node)
        if text is None:
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.write(f"Markup({text!r})")

    def _worded(self, parts: list[nodes.Expr]) -> Iterator[nodes.Expr]:
        for part in parts:
            text = _fixed(part)
            yield part if text is None else nodes.TemplateData(text, lineno=part.lineno)


def _fixed(node: nodes.Node) -> str | None:
    """The words of `_("…")`; None where anything has yet to be filled in."""
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)):
        return None
    if node.node.name != "_" or len(node.args) != 1 or node.kwargs:
        return None
    (given,) = node.args
    if not isinstance(given, nodes.Const) or "%" in given.value:
        return None
    text = translate(given.value, current_language())
    return None if "%" in text else text


class PageEnvironment(Environment):
    """Flask's environment with compiled templates kept apart by language."""

    template_class = PageTemplate
    code_generator_class = WordedGenerator
    _caches: dict[str, MutableMapping[Any, Any] | None]

    @property
    def cache(self) -> MutableMapping[Any, Any] | None:
        """The compiled templates of the language of this page."""
        return self._caches[current_language()]

    @cache.setter
    def cache(self, _made: MutableMapping[Any, Any] | None) -> None:
        self._caches = {language: create_cache(-1) for language in LANGUAGES}


def remembering(url_for: Callable[..., str]) -> Callable[..., str]:
    """`url_for` for templates, which builds the address of a page without variable parts only once.

    A page names a dozen of them; building them anew was a fourteenth of the making. Under a prefix
    of somebody else's choice nothing is remembered.
    """
    kept: dict[str, str] = {}

    def address(endpoint: str, **values: Any) -> str:
        if values or endpoint.startswith(".") or request.script_root:
            return url_for(endpoint, **values)
        if endpoint not in kept:
            kept[endpoint] = url_for(endpoint)
        return kept[endpoint]

    return address
