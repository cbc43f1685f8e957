"""Is every Vietnamese text there in English, once, and nothing kept that nobody says any more?"""

from __future__ import annotations

import re
from functools import cache

from babel.messages.extract import extract_from_dir

from citizenfeedback.documents.catalogue import TRANSLATIONS, Entry, entries

PACKAGE = TRANSLATIONS.parent
METHODS = [("**/templates/**", "jinja2"), ("**.py", "python")]
TEMPLATES = {
    "encoding": "utf-8",
    "trimmed": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "translate": None,
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ntranslate": (1, 2),
}
# Vietnamese letters that no English word has; names of people and places may keep theirs.
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
NAMES = re.compile(r"Quảng Ninh|Hạ Long|Việt Nam|Đ\b|Tiếng Việt|QĐ|NĐ|Tết|Hùng")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")


Text = tuple[str, str]


def text_of(entry: Entry) -> Text:
    """The context and the text: what makes an entry one of its own."""
    return entry.context, entry.msgid


@cache
def said() -> dict[Text, str]:
    """Every text of the code and the templates, with the place where it is first said."""
    found: dict[Text, str] = {}
    for name, line, message, _comments, context in extract_from_dir(
        PACKAGE, METHODS, {"**/templates/**": TEMPLATES}, KEYWORDS
    ):
        msgid = message if isinstance(message, str) else message[0]
        if msgid:
            found.setdefault((context or "", msgid), f"{name}:{line}")
    return found


@cache
def english() -> tuple[Entry, ...]:
    return tuple(entries("en"))


def test_every_text_has_an_english_wording() -> None:
    """Is every text said anywhere also said in English?"""
    known = {text_of(entry) for entry in english() if all(form.strip() for form in entry.forms)}
    missing = [f"{place}: {text[1]!r}" for text, place in said().items() if text not in known]
    assert not missing, "\n".join(["no English for:", *missing])


def test_no_entry_is_left_over() -> None:
    """Is every entry of a catalogue still said somewhere?"""
    stale = [
        f"{entry.area}.po: {entry.msgid!r}" for entry in english() if text_of(entry) not in said()
    ]
    assert not stale, "\n".join(["said nowhere:", *stale])


def test_no_text_is_translated_twice_differently() -> None:
    """Does one text have one English wording, whichever catalogue it stands in?"""
    first: dict[Text, Entry] = {}
    differing = []
    for entry in english():
        other = first.setdefault(text_of(entry), entry)
        if other.forms != entry.forms:
            differing.append(f"{other.area}.po and {entry.area}.po: {entry.msgid!r}")
    assert not differing, "\n".join(differing)


def test_placeholders_survive_translation() -> None:
    """Does each wording take the same values as the Vietnamese one?"""
    wrong = [
        f"{entry.area}.po: {entry.msgid!r}"
        for entry in english()
        for form in entry.forms[-1:]
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(entry.msgid))
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_marked_unsure_or_left_in_vietnamese() -> None:
    """Is every English wording finished, and English?"""
    wrong = [
        f"{entry.area}.po: {entry.msgid!r}"
        for entry in english()
        if entry.fuzzy or any(VIETNAMESE.search(NAMES.sub("", form)) for form in entry.forms)
    ]
    assert not wrong, "\n".join(wrong)
