"""The rules of HTML that matter to readers and machines, checked on a parsed page.

The parser has already said what is malformed (a tag left open, an attribute twice, a form in a form);
here is what it lets pass: elements where they may not stand, references to nothing, headings that
jump, tables whose rows do not match, roles and attributes that do not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

_WORDS = "abbr b bdi bdo br button cite code data dfn em i img input kbd label mark meter output progress q s samp select small span strong sub sup svg textarea time u var wbr a script template".split()
PHRASING = frozenset(_WORDS)
BLOCKS = frozenset(
    "address article aside blockquote details dialog dd div dl dt fieldset figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
ONLY_PHRASING = frozenset(
    "abbr b button cite code em h1 h2 h3 h4 h5 h6 i kbd label legend p pre small span strong sub sup "
    "summary time".split()
)
"""Elements inside of which no block may stand, however deep (`summary`, `legend`: but a heading)."""

INTERACTIVE = frozenset("a button details input label select textarea".split())
LABELABLE = frozenset("button input meter output progress select textarea".split())
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KNOWN = (
    PHRASING
    | BLOCKS
    | frozenset(
        "html head body title meta link style caption col colgroup tfoot option optgroup datalist "
        "legend summary picture source audio video track iframe noscript ruby rt rp object".split()
    )
)
OBSOLETE = frozenset(
    "align bgcolor border cellpadding cellspacing color face frameborder height hspace language "
    "nowrap valign vspace".split()
)
SIZED = frozenset("img svg rect canvas iframe video source".split())
CHILDREN: dict[str, frozenset[str]] = {
    "ul": frozenset({"li", "script", "template"}),
    "ol": frozenset({"li", "script", "template"}),
    "dl": frozenset({"div", "dt", "dd", "script", "template"}),
    "select": frozenset({"option", "optgroup"}),
    "tr": frozenset({"td", "th"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
}
ROLES = frozenset(
    "alert alertdialog button checkbox combobox dialog figure group heading img link list listbox "
    "listitem log main menu menuitem meter navigation none note option presentation progressbar "
    "radio radiogroup region row rowgroup search searchbox separator slider status switch tab "
    "table tablist tabpanel textbox timer toolbar tooltip tree treeitem".split()
)
ARIA = frozenset(
    "activedescendant atomic autocomplete busy checked colcount colindex colspan controls current "
    "describedby description details disabled errormessage expanded flowto haspopup hidden invalid "
    "keyshortcuts label labelledby level live modal multiline multiselectable orientation owns "
    "placeholder posinset pressed readonly relevant required roledescription rowcount rowindex "
    "rowspan selected setsize sort valuemax valuemin valuenow valuetext".split()
)
REFERENCES = (
    "aria-activedescendant aria-controls aria-describedby aria-details aria-errormessage "
    "aria-flowto aria-labelledby aria-owns form list headers"
).split()
INPUTS = frozenset(
    "button checkbox color date datetime-local email file hidden image month number password radio "
    "range reset search submit tel text time url week".split()
)
NAMED = frozenset("nav".split())

SVG = "{http://www.w3.org/2000/svg}"

Check = Callable[[Element], Iterator[str]]


def nonconformances(root: Element) -> list[str]:
    """Everything in a page that the standard does not allow; nothing for a good one."""
    checks: tuple[Check, ...] = (
        _known,
        _children,
        _phrasing,
        _interactive,
        _lists_of_terms,
        _first_children,
        _heading_order,
        _references,
        _label_targets,
        _tables,
        _attributes,
        _aria,
        _landmarks,
    )
    return [wrong for check in checks for wrong in check(root)]


def _elements(root: Element) -> Iterator[Element]:
    """All elements but drawings, which have a language of their own."""
    yield root
    for child in root:
        if isinstance(child.tag, str) and not child.tag.startswith(SVG):
            yield from _elements(child)


def _name(element: Element) -> str:
    mark = element.get("id") or element.get("class") or element.get("name") or ""
    return f"<{element.tag}>" if not mark else f"<{element.tag} {mark}>"


def _known(root: Element) -> Iterator[str]:
    for element in _elements(root):
        if element.tag not in KNOWN:
            yield f"{_name(element)} is no element"


def _children(root: Element) -> Iterator[str]:
    for element in _elements(root):
        allowed = CHILDREN.get(str(element.tag))
        for child in element if allowed is not None else ():
            if isinstance(child.tag, str) and allowed is not None and child.tag not in allowed:
                yield f"{_name(child)} may not stand in {_name(element)}"
        if allowed is not None and (element.text or "").strip():
            yield f"words right in {_name(element)}"


def _phrasing(root: Element) -> Iterator[str]:
    for element in _elements(root):
        if element.tag in ONLY_PHRASING:
            for inner in element.iter():
                if inner is element or not isinstance(inner.tag, str):
                    continue
                heading = element.tag in ("summary", "legend") and inner.tag in HEADINGS
                if inner.tag in BLOCKS and not heading:
                    yield f"{_name(inner)} may not stand in {_name(element)}"


def _interactive(root: Element) -> Iterator[str]:
    for element in _elements(root):
        if element.tag not in ("a", "button", "label"):
            continue
        for inner in element.iter():
            if inner is element or inner.tag not in INTERACTIVE:
                continue
            if element.tag == "label" and inner.tag in LABELABLE:
                continue
            if inner.tag == "input" and inner.get("type") == "hidden":
                continue
            yield f"{_name(inner)} may not stand in {_name(element)}"


def _lists_of_terms(root: Element) -> Iterator[str]:
    for element in root.iter("dl"):
        groups = [child for child in element if child.tag == "div"] or [element]
        for group in groups:
            kinds = [child.tag for child in group if child.tag in ("dt", "dd")]
            if kinds[:1] != ["dt"] or kinds[-1:] != ["dd"]:
                yield f"{_name(element)} has a term without its description"


def _first_children(root: Element) -> Iterator[str]:
    for outer, inner in (("fieldset", "legend"), ("details", "summary"), ("table", "caption")):
        for element in root.iter(outer):
            found = [index for index, child in enumerate(element) if child.tag == inner]
            if found not in ([], [0]) or (outer == "details" and not found):
                yield f"{_name(element)} begins with no {inner}"


def _heading_order(root: Element) -> Iterator[str]:
    before = 1  # the list of what is to be put right stands above the h1
    for element in root.iter():
        if element.tag in HEADINGS:
            level = int(str(element.tag)[1])
            if level > before + 1:
                yield f"{_name(element)} comes after h{before}"
            before = level


def _ids(root: Element) -> dict[str, Element]:
    return {str(element.get("id")): element for element in root.iter() if element.get("id")}


def _references(root: Element) -> Iterator[str]:
    ids = _ids(root)
    for element in _elements(root):
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} of {_name(element)} names {name}, which is not there"
        address = element.get("href") or ""
        if address.startswith("#") and len(address) > 1 and address[1:] not in ids:
            yield f"{address} leads nowhere"


def _label_targets(root: Element) -> Iterator[str]:
    ids = _ids(root)
    for label in root.iter("label"):
        target = label.get("for")
        if target is None:
            continue
        control = ids.get(target)
        if control is None or control.tag not in LABELABLE or control.get("type") == "hidden":
            yield f"label for {target}, which is no control"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter("table"):
        widths = set()
        spans: dict[int, int] = {}
        for row in table.iter("tr"):
            width = sum(1 for left in spans.values() if left > 0)
            spans = {place: left - 1 for place, left in spans.items() if left > 1}
            for cell in row:
                across, down = int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)
                if down > 1:
                    start = max(spans, default=-1) + 1
                    spans |= dict.fromkeys(range(start, start + across), down - 1)
                width += across
            widths.add(width)
        if len(widths) > 1:
            yield f"{_name(table)} has rows of {sorted(widths)} cells"
        for head in table.iter("th"):
            if head.get("scope") not in ("row", "col", "rowgroup", "colgroup"):
                yield f"{_name(head)} of {_name(table)} has no scope"


def _attributes(root: Element) -> Iterator[str]:
    for element in _elements(root):
        for name in element.attrib:
            if name in OBSOLETE and element.tag not in SIZED:
                yield f"{_name(element)} has {name}"
        identity = element.get("id")
        if identity is not None and (not identity or identity != "".join(identity.split())):
            yield f"{_name(element)} has no proper id"
        if element.tag == "input" and element.get("type", "text") not in INPUTS:
            yield f"{_name(element)} is of no kind"
        if element.tag == "button" and element.get("type") not in ("submit", "button", "reset"):
            yield f"{_name(element)} does not say its type"
        if element.tag == "a" and "href" in element.attrib and " " in element.get("href", ""):
            yield f"{element.get('href')} is no address"
        if element.tag == "img" and not element.get("src"):
            yield f"{_name(element)} shows nothing"
        if element.tag == "iframe" and not element.get("title"):
            yield f"{_name(element)} has no title"


def _aria(root: Element) -> Iterator[str]:
    for element in root.iter():
        role = element.get("role")
        if role is not None and role not in ROLES:
            yield f"{role} is no role"
        for name in element.attrib:
            if name.startswith("aria-") and name[5:] not in ARIA:
                yield f"{name} is nothing"
        if element.get("aria-hidden") == "true":
            for inner in element.iter():
                if inner.tag in INTERACTIVE and inner.get("tabindex") != "-1":
                    yield f"{_name(inner)} can be reached but is hidden from readers"


def _landmarks(root: Element) -> Iterator[str]:
    if len(list(root.iter("main"))) > 1:
        yield "more than one main"
    several = [element for element in root.iter() if element.tag in NAMED]
    names = [element.get("aria-label") or element.get("aria-labelledby") for element in several]
    if len(several) > 1 and len(set(names)) < len(several):
        yield f"navigations that are named alike: {names}"
