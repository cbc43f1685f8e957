"""Fixed texts are worded once for each language; what varies is worded as before."""

import pytest
from flask import Flask, render_template, request
from jinja2 import DictLoader

from citizenfeedback.web.templating import remembering

PAGES = {
    "macros.html": "{% macro shout(text) %}<b>{{ text }}</b>{% endmacro %}",
    "page.html": (
        '{% from "macros.html" import shout %}<p title="{{ _("Số đơn") }}">{{ shout(_("Số đơn")) }}'
        '{{ _("số %(number)s", number=given) }}{{ given }}</p>'
    ),
}


@pytest.mark.parametrize(
    ("path", "title", "number"),
    [("/?lang=vi", "Số đơn", "số"), ("/?lang=en", "Case number", "number")],
)
def test_each_language_has_its_own_words(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, title: str, number: str
) -> None:
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader(PAGES))
    for _ in range(2):
        with app.test_request_context(path):
            page = render_template("page.html", given="<1>")
        assert page == (f'<p title="{title}"><b>{title}</b>{number} &lt;1&gt;&lt;1&gt;</p>')


def test_is_the_address_of_a_page_built_once_but_anew_where_it_may_differ(app: Flask) -> None:
    built: list[str] = []

    def url_for(endpoint: str, **values: object) -> str:
        built.append(endpoint)
        return f"{request.script_root}/{endpoint}"

    address = remembering(url_for)
    with app.test_request_context("/"):
        assert [address("home"), address("home")] == ["/home", "/home"]
        assert built == ["home"]
        address("home", then="check")
        address(".home")
        assert built == ["home", "home", ".home"]
    with app.test_request_context("/", base_url="http://localhost/prefix"):
        assert address("home") == "/prefix/home"
    with app.test_request_context("/"):
        assert address("home") == "/home"
