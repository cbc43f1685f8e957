"""What people send is not kept as it came: the type is found from the content, the rest cleaned.

Pictures are drawn anew, so that place, camera and anything hidden in them are gone. PDF files lose
what runs by itself. Documents with macros are refused. Only what is on the list is taken.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import filetype

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.gateways import opus

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
PORTRAIT_SIDE = 240
JPEG_QUALITY = 85
MOST_ENTRIES = 2000
MOST_UNPACKED = 200_000_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class CleanFile:
    """A file fit to be kept: its bytes, what they are, and the ending its name must have."""

    content: bytes
    media_type: str
    extension: str


class FileRefused(RuleBroken):
    """The file cannot be taken; `code` says why."""


def clean_file(content: bytes, *, most_bytes: int) -> CleanFile:
    """Return the cleaned file, or refuse it with a code.

    Codes: file_empty, file_too_large, file_type_refused, sound_refused, file_broken, file_protected,
    image_too_large, file_has_macros.
    """
    if not content:
        raise FileRefused("file_empty")
    if len(content) > most_bytes:
        raise FileRefused("file_too_large", megabytes=most_bytes // 1_000_000)
    cleaner = CLEANERS.get(_true_type(content))
    if cleaner is None:
        raise FileRefused("file_type_refused")
    cleaned = cleaner(content)
    if len(cleaned.content) > most_bytes:
        raise FileRefused("file_too_large", megabytes=most_bytes // 1_000_000)
    return cleaned


def _true_type(content: bytes) -> str:
    """What a file is, by its content; the library knows few recordings."""
    if content[4:11] == b"ftyp3gp":
        return "video/3gpp"
    if content.startswith(b"#!AMR"):
        return "audio/amr"
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm"
    guessed = filetype.guess(content)
    found = guessed.mime if guessed else ""
    return WORD if found == "application/zip" and _is_office(content) else found


def portrait(content: bytes, *, most_bytes: int) -> bytes:
    """A small square JPEG of a picture, drawn anew; raises `FileRefused` as `clean_file` does."""
    from PIL import Image, ImageOps

    clean = clean_file(content, most_bytes=most_bytes)
    if not clean.media_type.startswith("image/"):
        raise FileRefused("file_type_refused")
    out = io.BytesIO()
    with Image.open(io.BytesIO(clean.content)) as drawn:
        square = ImageOps.fit(drawn.convert("RGB"), (PORTRAIT_SIDE, PORTRAIT_SIDE))
        square.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def safe_name(name: str, extension: str) -> str:
    """The name a person gave, without folders or odd letters, with the ending of its true type."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    plain = "".join(letter for letter in stem if letter.isprintable() and letter not in '<>:"|?*')
    return f"{plain.strip(' .')[:100] or 'tep'}.{extension}"


def _picture(content: bytes) -> CleanFile:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise FileRefused("image_too_large", megapixels=MOST_PIXELS // 1_000_000)
            keep_png = opened.format == "PNG"
            drawn = ImageOps.exif_transpose(opened)
            drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            see_through = keep_png and ("A" in drawn.getbands() or "transparency" in drawn.info)
            plain = drawn.convert("RGBA" if see_through else "RGB")
    except FileRefused:
        raise
    except Image.DecompressionBombError:
        raise FileRefused("image_too_large", megapixels=MOST_PIXELS // 1_000_000) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise FileRefused("file_broken") from None
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = io.BytesIO()
    if keep_png:
        fresh.save(out, "PNG", optimize=True)
        return CleanFile(out.getvalue(), "image/png", "png")
    fresh.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return CleanFile(out.getvalue(), "image/jpeg", "jpg")


_RUNS_IN_ROOT = ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Collection", "/Metadata", "/AF")
_RUNS_IN_PAGE = ("/AA", "/Metadata", "/PieceInfo")
_HARMLESS_ACTIONS = ("/GoTo",)


def _pdf(content: bytes) -> CleanFile:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as paper:
            for key in _RUNS_IN_ROOT:
                if key in paper.Root:
                    del paper.Root[key]
            for page in paper.pages:
                _calm_page(page.obj)
            if "/Info" in paper.trailer:
                del paper.trailer["/Info"]
            out = io.BytesIO()
            paper.save(out, deterministic_id=True)
    except pikepdf.PasswordError:
        raise FileRefused("file_protected") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError):
        raise FileRefused("file_broken") from None
    return CleanFile(out.getvalue(), "application/pdf", "pdf")


def _calm_page(page: object) -> None:
    """Take out of one page what acts by itself or leads outside."""
    import pikepdf

    holder: pikepdf.Dictionary = page  # type: ignore[assignment]
    for key in _RUNS_IN_PAGE:
        if key in holder:
            del holder[key]
    notes = holder.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = []
    for note in notes:
        if not isinstance(note, pikepdf.Dictionary):
            continue
        if str(note.get("/Subtype", "")) in ("/FileAttachment", "/RichMedia", "/Screen", "/Movie"):
            continue
        action = note.get("/A")
        if action is not None and not (
            isinstance(action, pikepdf.Dictionary)
            and str(action.get("/S", "")) in _HARMLESS_ACTIONS
        ):
            del note["/A"]
        if "/AA" in note:
            del note["/AA"]
        kept.append(note)
    holder["/Annots"] = pikepdf.Array(kept)


def _office_names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FileRefused("file_broken") from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefused("file_too_large", megabytes=MOST_UNPACKED // 1_000_000)
    return [entry.filename for entry in entries]


def _is_office(content: bytes) -> bool:
    return "[Content_Types].xml" in _office_names(content)


def _office(content: bytes) -> CleanFile:
    names = _office_names(content)
    lowered = [name.lower() for name in names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in lowered):
        raise FileRefused("file_has_macros")
    if any("/embeddings/" in name or "/activex/" in name for name in lowered):
        raise FileRefused("file_has_macros")
    word, sheet = "word/document.xml" in lowered, "xl/workbook.xml" in lowered
    if "[Content_Types].xml" not in names or word == sheet:
        raise FileRefused("file_type_refused")
    fresh = _repack(content)
    return CleanFile(fresh, WORD, "docx") if word else CleanFile(fresh, SHEET, "xlsx")


def _repack(content: bytes) -> bytes:
    """Pack the document anew without what tells who wrote it, and without anything around it."""
    out = io.BytesIO()
    unpacked = 0
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as packed,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh,
        ):
            for entry in packed.infolist():
                with packed.open(entry) as part:
                    body = part.read(MOST_UNPACKED - unpacked + 1)
                unpacked += len(body)
                if unpacked > MOST_UNPACKED:
                    raise FileRefused("file_too_large", megabytes=MOST_UNPACKED // 1_000_000)
                if body.startswith(_PACKED_OR_RUNS):
                    raise FileRefused("file_has_macros")
                if entry.filename.lower() == "docprops/core.xml":
                    body = _NO_AUTHOR
                elif b"macroEnabled" in body and entry.filename == "[Content_Types].xml":
                    raise FileRefused("file_has_macros")
                name = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
                fresh.writestr(name, body, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError):
        raise FileRefused("file_broken") from None
    return out.getvalue()


_PACKED_OR_RUNS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ\x90", b"\x7fELF")
"""How archives, old office files and programs begin: no part of a plain document does."""

_NO_AUTHOR = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)


def _mp3(content: bytes) -> CleanFile:
    """The sound without its tags, which may name people and places."""
    sound = content
    while sound[:3] == b"ID3" and len(sound) > 10:
        size = sum((octet & 0x7F) << (7 * place) for place, octet in enumerate(sound[9:5:-1]))
        sound = sound[10 + size + (10 if sound[5] & 0x10 else 0) :]
    if sound[-128:-125] == b"TAG":
        sound = sound[:-128]
    if len(sound) < 4 or sound[0] != 0xFF or sound[1] & 0xE0 != 0xE0:
        raise FileRefused("file_broken")
    return CleanFile(sound, "audio/mpeg", "mp3")


_HOLDS_BOXES = frozenset({b"moov", b"trak"})
_TELLS = frozenset({b"udta", b"meta", b"uuid"})


def _m4a(content: bytes) -> CleanFile:
    """The recording with its notes (place, device, title) blanked where they stand."""
    sound = bytearray(content)
    _blank_boxes(sound, 0, len(sound))
    return CleanFile(bytes(sound), "audio/mp4", "m4a")


def _3gp(content: bytes) -> CleanFile:
    """A recording of an old phone, cleaned in the same way; one with pictures is a film."""
    at = content.find(b"hdlr")
    while at >= 0:
        if content[at + 12 : at + 16] == b"vide":
            raise FileRefused("sound_refused")
        at = content.find(b"hdlr", at + 4)
    return CleanFile(_m4a(content).content, "audio/3gpp", "3gp")


_AMR = {
    b"#!AMR\n": dict(zip(range(9), (12, 13, 15, 17, 19, 20, 26, 31, 5), strict=True)) | {15: 0},
    b"#!AMR-WB\n": dict(zip(range(10), (17, 23, 32, 36, 40, 46, 50, 58, 60, 5), strict=True))
    | {14: 0, 15: 0},
}
"""How each kind of AMR begins, and how many bytes follow the first one of a frame (RFC 4867, 5.3)."""


def _amr(content: bytes) -> CleanFile:
    """A recording of an old phone: nothing but its frames of sound, which hold no notes."""
    begins = next((one for one in _AMR if content.startswith(one)), None)
    if begins is None:
        raise FileRefused("sound_refused")
    at, frames = len(begins), 0
    while at < len(content):
        size = _AMR[begins].get(content[at] >> 3 & 0x0F)
        if size is None or content[at] & 0x83:
            raise FileRefused("file_broken")
        if at + 1 + size > len(content):
            break  # the phone was stopped in the middle of a frame
        at, frames = at + 1 + size, frames + 1
    if not frames:
        raise FileRefused("file_broken")
    return CleanFile(content[:at], "audio/amr", "amr")


def _opus(write: Callable[[bytes], bytes]) -> Callable[[bytes], CleanFile]:
    """A recording of a browser: its sound alone, in a new file."""

    def clean(content: bytes) -> CleanFile:
        try:
            return CleanFile(write(content), "audio/ogg", "ogg")
        except opus.NotOpus:
            raise FileRefused("sound_refused") from None
        except opus.BrokenSound:
            raise FileRefused("file_broken") from None

    return clean


def _other_sound(_content: bytes) -> CleanFile:
    """Recordings whose notes cannot be taken out safely here."""
    raise FileRefused("sound_refused")


def _blank_boxes(sound: bytearray, at: int, end: int) -> None:
    while at + 8 <= end:
        size, kind, head = int.from_bytes(sound[at : at + 4]), bytes(sound[at + 4 : at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(sound[at + 8 : at + 16]), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise FileRefused("file_broken")
        if kind in _HOLDS_BOXES:
            _blank_boxes(sound, at + head, at + size)
        elif kind in _TELLS:
            # A blank box of the same size: everything behind it keeps its place.
            sound[at + 4 : at + 8] = b"free"
            sound[at + head : at + size] = bytes(size - head)
        at += size


CLEANERS: dict[str, Callable[[bytes], CleanFile]] = {
    "image/jpeg": _picture,
    "image/png": _picture,
    "image/webp": _picture,
    "application/pdf": _pdf,
    WORD: _office,
    SHEET: _office,
    "audio/mpeg": _mp3,
    "audio/mp4": _m4a,
    "video/3gpp": _3gp,
    "audio/amr": _amr,
    "audio/ogg": _opus(opus.from_ogg),
    "video/webm": _opus(opus.from_webm),
    **dict.fromkeys(("audio/x-wav", "audio/aac", "audio/x-flac"), _other_sound),
}
"""What is taken, by its true type, and how each is cleaned."""

ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.mp3,.m4a,.ogg,.opus,.webm,.amr,.3gp"
"""The endings a browser offers; the content decides."""
