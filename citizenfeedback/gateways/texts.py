"""The words in a file, as far as a program can read them: PDF, Word, Excel and plain text.

Only for looking whether something stands in there; layout is lost. A picture has no words that can
be read here, and a scanned PDF has none either: both give None, so that a person looks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

MOST_CHARACTERS = 2_000_000
MOST_UNPACKED = 100_000_000
_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(sharedStrings|worksheets/\w+|comments\d*)\.xml|docProps/(core|app|custom)\.xml"
    r"|(word|xl)/(_rels|worksheets/_rels)/\w+\.xml\.rels"
)
# What was struck out with changes tracked and the code of a field are in the file as well, and so
# are who wrote a comment or a change and where a link leads.
_TEXT = ("}t", "}v", "}text", "}delText", "}instrText")
_ABOUT = ("}creator", "}lastModifiedBy", "}title", "}subject", "}Company", "}lpwstr", "}author")
_TOLD_BY = ("author", "Target")
_PICTURES = re.compile(r"(word|xl)/(media|embeddings)/.")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def words_in(content: bytes, media_type: str) -> str | None:
    """The words of a file; None when there are none to be read."""
    if media_type == "application/pdf":
        found = _pdf(content)
    elif media_type.startswith("application/vnd.openxmlformats-officedocument."):
        found = _office(content)
    elif media_type == "text/plain":
        found = content.decode("utf-8", "replace")
    else:
        return None
    return found[:MOST_CHARACTERS] if found is not None and found.strip() else None


def pictures_in(content: bytes, media_type: str) -> bool:
    """Whether a file whose words were read shows pictures besides, in which words may stand.

    Of a PDF only pages without any words count: a scanned page among written ones.
    """
    if media_type == "application/pdf":
        return _has_scanned_page(content)
    if not media_type.startswith("application/vnd.openxmlformats-officedocument."):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(_PICTURES.match(name) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _has_scanned_page(content: bytes) -> bool:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return any(
                page.get_images()
                and not "".join(_drawn(page.obj, page.obj.get("/Resources"), 0)).strip()
                for page in document.pages
            )
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return False


def _office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [info for info in archive.infolist() if _PARTS.fullmatch(info.filename)]
            if sum(info.file_size for info in parts) > MOST_UNPACKED:
                return None
            return "\n".join(_xml_words(archive.read(info)) for info in parts)
    except (zipfile.BadZipFile, ET.ParseError, ValueError, OSError, RuntimeError):
        return None


def _xml_words(content: bytes) -> str:
    if _FORBIDDEN.search(content):
        raise ValueError("an office file declares no entities")
    words: list[str] = []
    for _event, element in ET.iterparse(io.BytesIO(content)):  # noqa: S314 - see above
        name = str(element.tag)
        told = (value for key, value in element.attrib.items() if key.endswith(_TOLD_BY))
        words.extend(f"\n{value}\n" for value in told)
        if element.text and name.endswith(_TEXT):
            words.append(element.text or "")
        elif name.endswith(_ABOUT):
            words.append(f"{element.text or ''}\n")
        if name.endswith(("}p", "}br", "}si", "}c", "}row")):
            words.append("\n")
        elif name.endswith("}tab"):
            words.append(" ")
    return "".join(words)


def _pdf(content: bytes) -> str | None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = (
                "".join(_drawn(page.obj, page.obj.get("/Resources"), 0)) for page in document.pages
            )
            return "\n".join((_properties(document), *pages, *_noted(document)))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None


def _properties(document: Any) -> str:
    return "\n".join(
        str(document.docinfo.get(name, "")) for name in ("/Author", "/Title", "/Subject")
    )


def _noted(document: Any) -> Iterator[str]:
    """What notes, form fields and links of the pages say, and who wrote them."""
    import pikepdf

    for page in document.pages:
        for note in page.obj.get("/Annots") or ():
            link = note.get("/A")
            places = (note, note.get("/Parent"), link)
            for place in (one for one in places if isinstance(one, pikepdf.Dictionary)):
                for name in ("/Contents", "/T", "/V", "/RC", "/URI"):
                    told = place.get(name)
                    if isinstance(told, pikepdf.String):
                        yield str(told)


_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_NEW_LINE = frozenset({"T*", "'", '"'})
_DEEPEST = 5


@dataclass
class _Pen:
    """How high on the page the pen stands; a change of it ends a line.

    A move along the line breaks no word, since some programs place every letter by itself.
    """

    heights: list[float] = field(default_factory=lambda: [0.0])
    height: float = 0.0
    last: tuple[float, float] | None = None

    def move(self, name: str, operands: Any) -> None:
        """Follow one operator."""
        if name == "q":
            self.heights.append(self.heights[-1])
        elif name == "Q" and len(self.heights) > 1:
            self.heights.pop()
        elif name == "cm" and len(operands) == 6:
            self.heights[-1] += float(operands[5])
        elif name == "Tm" and len(operands) == 6:
            self.height = float(operands[5])
        elif name in ("Td", "TD") and len(operands) == 2:
            self.height += float(operands[1])

    def new_line(self, name: str) -> bool:
        """Whether what is drawn now begins a line."""
        here = (self.heights[-1], self.height)
        ends, self.last = here != self.last or name in _NEW_LINE, here
        return ends


def _drawn(stream: Any, resources: Any, depth: int) -> Iterator[str]:
    """The text a page or form draws, in the order it is drawn."""
    import pikepdf

    fonts = _fonts(resources)
    font: Mapping[int, str] | None = None
    pen = _Pen()
    for instruction in pikepdf.parse_content_stream(stream):
        name, operands = str(instruction.operator), list(instruction.operands)
        pen.move(name, operands)
        if name == "Tf" and operands:
            font = fonts.get(str(operands[0]))
        elif name in _SHOWS and operands:
            if pen.new_line(name):
                yield "\n"
            yield from _shown(operands[-1], font)
        elif name == "Do" and depth < _DEEPEST and resources is not None:
            form = (resources.get("/XObject") or {}).get(str(operands[0]))
            if form is not None and form.get("/Subtype") == "/Form":
                yield from _drawn(form, form.get("/Resources") or resources, depth + 1)


def _shown(operand: Any, font: Mapping[int, str] | None) -> Iterator[str]:
    import pikepdf

    for part in operand if isinstance(operand, pikepdf.Array) else (operand,):
        if isinstance(part, pikepdf.String):
            yield _decoded(bytes(part), font)
        elif not isinstance(part, pikepdf.Object | str) and float(part) < -200:
            yield " "  # a gap as wide as a space


def _decoded(raw: bytes, font: Mapping[int, str] | None) -> str:
    if font is None:
        return raw.decode("cp1252", "replace")
    width = 2 if font.get(-1) else 1
    codes = (
        int.from_bytes(raw[at : at + width], "big") for at in range(0, len(raw) - width + 1, width)
    )
    return "".join(font.get(code, "") for code in codes)


def _fonts(resources: Any) -> dict[str, Mapping[int, str] | None]:
    found: dict[str, Mapping[int, str] | None] = {}
    if resources is None:
        return found
    for name, font in dict(resources.get("/Font") or {}).items():
        table = font.get("/ToUnicode")
        if table is None:
            found[str(name)] = None
            continue
        codes = dict(_unicode(table.read_bytes()))
        if font.get("/Subtype") == "/Type0":
            codes[-1] = "wide"
        found[str(name)] = codes
    return found


def _unicode(table: bytes) -> Iterator[tuple[int, str]]:
    """The codes of a ToUnicode table and what they stand for."""
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        values = _HEX.findall(block)
        for code, text in zip(values[::2], values[1::2], strict=False):
            yield _number(code), _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        yield from _ranges(block)


_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL
)


def _ranges(block: bytes) -> Iterator[tuple[int, str]]:
    for first, last, start, listed in _RANGE.findall(block):
        begin, end = _number(first), min(_number(last), _number(first) + 0xFFFF)
        if listed:
            texts: Iterable[str] = (_utf16(text) for text in _HEX.findall(listed))
            yield from zip(range(begin, end + 1), texts, strict=False)
            continue
        text = _utf16(start)
        if text:
            for offset in range(end - begin + 1):
                yield begin + offset, text[:-1] + chr(min(ord(text[-1]) + offset, 0x10FFFF))


def _number(digits: bytes) -> int:
    return int(bytes(digits).replace(b" ", b"") or b"0", 16)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
