"""What must hold for every page, checked on each HTML answer that a test client gets."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from tests.conformance import nonconformances

LANGUAGES = {"vi", "en"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
# What the parser is stricter about than browsers are, and what harms nobody.
HARMLESS = {"expected-doctype-but-got-start-tag"}


def check_page(response: Any) -> None:
    """Fail, naming everything that is wrong with the page."""
    wrong = problems(response.get_data(as_text=True), response.headers)
    assert not wrong, f"{response.request.path} ({response.status_code}): " + "; ".join(wrong)


def problems(page: str, headers: Any) -> list[str]:
    """Everything that is wrong with a page; nothing for a good one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(page)
    wrong = [
        f"not well-formed at {place}: {code} {details or ''}"
        for place, code, details in parser.errors
        if code not in HARMLESS
    ]
    for check in (_language, _headings, _ids, _labels, _forms, _inline, _links):
        wrong += check(root)
    wrong += nonconformances(root)
    if "Content-Security-Policy" not in headers:
        wrong.append("no Content-Security-Policy")
    wrong += _nonces(root, headers.get("Content-Security-Policy", ""))
    return wrong


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _language(root: Element) -> list[str]:
    return [] if root.get("lang") in LANGUAGES else ["no language"]


def _headings(root: Element) -> list[str]:
    headings = [_text(heading) for heading in root.iter("h1")]
    title = " ".join(_text(element) for element in root.iter("title"))
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    return [] if title.startswith(headings[0]) else [f"title {title!r}, heading {headings[0]!r}"]


def _ids(root: Element) -> list[str]:
    counts = Counter(element.get("id") for element in root.iter() if element.get("id"))
    return [f"id {name} {times} times" for name, times in counts.items() if times > 1]


def _labels(root: Element) -> list[str]:
    labelled = {label.get("for") for label in root.iter("label")}
    inside = {control for label in root.iter("label") for control in label.iter()}
    wrong = []
    for control in root.iter():
        if control.tag not in {"input", "select", "textarea"}:
            continue
        if control.tag == "input" and control.get("type", "text") in UNLABELLED:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby")
        if not (control.get("id") in labelled or control in inside or named):
            wrong.append(f"{control.get('name')} has no label")
    wrong += [
        f"button without words: {button.attrib}"
        for button in root.iter("button")
        if not (_text(button) or button.get("aria-label"))
    ]
    return wrong


def _forms(root: Element) -> list[str]:
    wrong = []
    for form in root.iter("form"):
        method = (form.get("method") or "get").lower()
        names = {control.get("name") for control in form.iter("input")}
        if method == "post" and "csrf_token" not in names:
            wrong.append(f"form {form.get('action')} has no csrf_token")
        if form.get("action") is None:
            wrong.append("form without an action")
    return wrong


def _inline(root: Element) -> list[str]:
    wrong = [f"{element.tag} has a style" for element in root.iter() if element.get("style")]
    wrong += ["style element" for _ in root.iter("style")]
    wrong += [
        f"{element.tag} has {name}"
        for element in root.iter()
        for name in element.attrib
        if isinstance(name, str) and re.fullmatch(r"on[a-z]+", name)
    ]
    return wrong


def _nonces(root: Element, policy: str) -> list[str]:
    return [
        "inline script without the nonce of the policy"
        for script in root.iter("script")
        if script.get("src") is None
        and script.get("type") != "application/json"
        and f"'nonce-{script.get('nonce')}'" not in policy
    ]


def _links(root: Element) -> list[str]:
    wrong = [
        f"link {link.get('href')} has no words"
        for link in root.iter("a")
        if link.get("href") is not None
        and not (_text(link) or link.get("aria-label"))
        and not any(image.get("alt") for image in link.iter("img"))
    ]
    wrong += [
        f"image {image.get('src')} has no alt"
        for image in root.iter("img")
        if image.get("alt") is None
    ]
    return wrong
