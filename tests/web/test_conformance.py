"""The checks of pages find what is wrong: each rule with a page that breaks it."""

from __future__ import annotations

import html5lib
import pytest

from tests.conformance import nonconformances

GOOD = (
    "<main id=m><h1>A</h1><h2>B</h2><ul><li>x</li></ul><dl><div><dt>t</dt><dd>d</dd></div></dl>"
    "<details><summary><span>s</span></summary><p>t</p></details>"
    "<fieldset><legend>l</legend><label for=i>n</label><input id=i aria-describedby=h></fieldset>"
    "<p id=h>h <a href='#m'>up</a></p><button type=submit>go</button>"
    "<table><caption>c</caption><thead><tr><th scope=col colspan=2>a</th></tr></thead>"
    "<tbody><tr><th scope=row>r</th><td>1</td></tr></tbody></table></main>"
)


def found(body: str) -> list[str]:
    page = f"<!doctype html><html lang=vi><head><title>t</title></head><body>{body}</body></html>"
    return nonconformances(html5lib.HTMLParser(namespaceHTMLElements=False).parse(page))


def test_is_nothing_found_on_a_good_page() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<banana>x</banana>", "is no element"),
        ("<ul><p>x</p></ul>", "may not stand in <ul>"),
        ("<ul>x<li>y</li></ul>", "words right in"),
        ("<span><div>x</div></span>", "may not stand in <span>"),
        ("<button type=button><h2>x</h2></button>", "may not stand in <button>"),
        ("<a href='/'><button type=button>x</button></a>", "may not stand in <a>"),
        ("<dl><dt>t</dt></dl>", "without its description"),
        ("<details><p>x</p><summary>s</summary></details>", "begins with no summary"),
        ("<h1>a</h1><h3>b</h3>", "comes after h1"),
        ("<p aria-labelledby=x>y</p>", "names x, which is not there"),
        ("<a href='#x'>y</a>", "leads nowhere"),
        ("<label for=x>y</label>", "which is no control"),
        ("<p id=x>y</p><label for=x>y</label>", "which is no control"),
        ("<table><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr></table>", "rows of [1, 2]"),
        ("<table><tr><th>1</th></tr></table>", "has no scope"),
        ("<p align=left>x</p>", "has align"),
        ("<p id='a b'>x</p>", "no proper id"),
        ("<input type=banana aria-label=x>", "is of no kind"),
        ("<button>x</button>", "does not say its type"),
        ("<p role=banana>x</p>", "is no role"),
        ("<p aria-banana=x>x</p>", "aria-banana is nothing"),
        ("<div aria-hidden=true><a href='/'>x</a></div>", "hidden from readers"),
        ("<main>x</main><main>y</main>", "more than one main"),
        ("<nav>x</nav><nav>y</nav>", "named alike"),
    ],
)
def test_is_each_rule_kept(body: str, told: str) -> None:
    assert any(told in wrong for wrong in found(body)), found(body)
