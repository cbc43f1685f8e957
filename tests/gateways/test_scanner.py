"""Hostile and honest files."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pikepdf
import pytest
from PIL import Image

from citizenfeedback.gateways.scanner import CLEANERS, FileRefused, clean_file, safe_name

MOST = 5_000_000


def cleaned(content: bytes) -> Any:
    """The file after cleaning."""
    return clean_file(content, most_bytes=MOST)


def refused(code: str) -> Any:
    """The file is refused with this code."""
    return pytest.raises(FileRefused, match=f"^{code}$")


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **more)
    return out.getvalue()


def office(kind: str = "word", **more: bytes) -> bytes:
    """A small document of Word or Excel; `more` are other parts, `__` for a slash."""
    out = io.BytesIO()
    main = "word/document.xml" if kind == "word" else "xl/workbook.xml"
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b"<Relationships/>",
        main: b"<document>noi dung</document>",
        "docProps/core.xml": b"<creator>Vu Thi Kin</creator>",
    }
    parts |= {name.replace("__", "/"): body for name, body in more.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return out.getvalue()


def pdf(**root: Any) -> bytes:
    """A PDF of one page."""
    paper = pikepdf.new()
    paper.add_blank_page()
    for key, value in root.items():
        paper.Root[f"/{key}"] = value
    with paper.open_metadata() as notes:
        notes["dc:creator"] = ["Vu Thi Kin"]
    paper.docinfo["/Author"] = "Vu Thi Kin"
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_photo_loses_its_place_and_camera_and_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Canon of Kin"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (20.0, 57.0, 0.0)
    found = cleaned(picture(exif=exif.tobytes(), comment=b"Vu Thi Kin"))
    with Image.open(io.BytesIO(found.content)) as drawn:
        assert drawn.size == (40, 60)
        assert not drawn.getexif()
    assert b"Kin" not in found.content
    assert (found.media_type, found.extension) == ("image/jpeg", "jpg")


@pytest.mark.parametrize(("form", "extension"), [("PNG", "png"), ("WEBP", "jpg")])
def test_other_pictures_are_drawn_anew_too(form: str, extension: str) -> None:
    assert cleaned(picture(form)).extension == extension


def test_a_large_photo_is_made_smaller() -> None:
    with Image.open(io.BytesIO(cleaned(picture(size=(4000, 1000))).content)) as drawn:
        assert max(drawn.size) == 2400


def test_a_page_hidden_behind_a_picture_is_gone() -> None:
    found = cleaned(picture("PNG") + b"<html><script>alert(1)</script></html>")
    assert b"script" not in found.content


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with refused("image_too_large"):
        cleaned(out.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"just text",
        b"MZ\x90\x00" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"GIF89a" + bytes(200),
        b"PK\x05\x06" + bytes(18),
        b"#!/bin/sh\nrm -rf /\n",
        b"\x00",
    ],
)
def test_what_is_not_on_the_list_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused) as found:
        cleaned(content)
    assert found.value.code in {"file_type_refused", "file_broken"}


@pytest.mark.parametrize("whole", [picture(), picture("PNG"), pdf(), office(), office("sheet")])
def test_half_a_file_is_refused_or_mended_and_never_fails_otherwise(whole: bytes) -> None:
    said: list[str] = []
    for part in (whole[: len(whole) // 2], whole[:40], whole[:-10] + bytes(10)):
        try:
            cleaned(part)
        except FileRefused as error:
            said.append(error.code)
    assert set(said) <= {"file_broken", "file_type_refused"}


def test_an_empty_and_a_large_file_are_refused() -> None:
    with refused("file_empty"):
        cleaned(b"")
    with refused("file_too_large"):
        clean_file(picture(), most_bytes=10)


def test_a_pdf_loses_what_runs_and_who_wrote_it() -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hi')")
    found = cleaned(pdf(OpenAction=action, AA=pikepdf.Dictionary(O=action)))
    for word in (b"JavaScript", b"alert", b"Kin"):
        assert word not in found.content
    with pikepdf.open(io.BytesIO(found.content)) as paper:
        assert len(paper.pages) == 1
        assert "/OpenAction" not in paper.Root
    assert found.media_type == "application/pdf"


def test_a_pdf_loses_its_links_outside_and_files_inside() -> None:
    paper = pikepdf.new()
    page = paper.add_blank_page()
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://evil.example"),
    )
    attached = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9]
    )
    page.obj["/Annots"] = pikepdf.Array([link, attached, 7])
    paper.attachments["x.exe"] = b"MZ"
    out = io.BytesIO()
    paper.save(out)
    found = cleaned(out.getvalue()).content
    for word in (b"evil.example", b"FileAttachment", b"x.exe"):
        assert word not in found


def test_a_locked_pdf_is_refused() -> None:
    paper = pikepdf.new()
    paper.add_blank_page()
    out = io.BytesIO()
    paper.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    with refused("file_protected"):
        cleaned(out.getvalue())


def test_documents_keep_their_content_and_lose_their_author() -> None:
    for kind, extension in (("word", "docx"), ("sheet", "xlsx")):
        found = cleaned(office(kind))
        assert found.extension == extension
        with zipfile.ZipFile(io.BytesIO(found.content)) as packed:
            assert b"Kin" not in packed.read("docProps/core.xml")
            main = "word/document.xml" if kind == "word" else "xl/workbook.xml"
            assert b"noi dung" in packed.read(main)


@pytest.mark.parametrize(
    "part", ["word__vbaProject.bin", "word__embeddings__oleObject1.bin", "word__activeX__a.xml"]
)
def test_a_document_that_runs_something_is_refused(part: str) -> None:
    with refused("file_has_macros"):
        cleaned(office(**{part: b"x"}))


@pytest.mark.parametrize("body", [b"PK\x03\x04 more", b"MZ\x90\0", b"\xd0\xcf\x11\xe0"])
def test_a_document_that_hides_an_archive_or_a_program_is_refused(body: bytes) -> None:
    with refused("file_has_macros"):
        cleaned(office(word__media__a=body))


def test_a_document_that_unpacks_without_end_is_refused() -> None:
    with refused("file_too_large"):
        cleaned(office(word__media__a=bytes(210_000_000)))


def test_a_plain_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    with refused("file_type_refused"):
        cleaned(out.getvalue())


def test_a_recording_loses_its_tags() -> None:
    frames = b"\xff\xfb\x90\x00" + bytes(413)
    tag = b"ID3\x04\x00\x00\x00\x00\x00\x0b" + b"Vu Thi Kin!"
    found = cleaned(tag + frames + b"TAG" + b"Vu Thi Kin".ljust(125))
    assert found.content == frames
    assert found.media_type == "audio/mpeg"


def test_a_phones_recording_loses_its_place() -> None:
    def box(kind: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4) + kind + body

    notes = box(b"udta", box(b"\xa9xyz", b"+20.95+107.08/"))
    sound = (
        box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42isom")
        + box(b"moov", notes)
        + box(b"mdat", b"sound")
    )
    found = cleaned(sound)
    assert len(found.content) == len(sound)
    assert b"107.08" not in found.content
    assert found.content.endswith(b"sound")
    with refused("file_broken"):
        cleaned(sound[:30] + b"\xff\xff\xff\xff" + sound[34:])


def box(kind: bytes, body: bytes) -> bytes:
    """A part of a recording."""
    return (len(body) + 8).to_bytes(4) + kind + body


def test_an_old_phones_recording_loses_its_place_and_a_film_is_no_recording() -> None:
    def sound(what: bytes) -> bytes:
        said = box(b"hdlr", bytes(8) + what + bytes(13))
        notes = box(b"udta", box(b"loci", b"Bai Chay 107.08"))
        return (
            box(b"ftyp", b"3gp4\x00\x00\x02\x003gp4isom")
            + box(b"moov", box(b"trak", said) + notes)
            + box(b"mdat", b"sound")
        )

    found = cleaned(sound(b"soun"))
    assert (found.media_type, found.extension) == ("audio/3gpp", "3gp")
    assert b"Bai Chay" not in found.content
    assert found.content.endswith(b"sound")
    with refused("sound_refused"):
        cleaned(sound(b"vide"))


@pytest.mark.parametrize(("head", "size"), [(b"#!AMR\n", 12), (b"#!AMR-WB\n", 17)])
def test_a_recording_of_frames_alone_is_kept_as_far_as_it_goes(head: bytes, size: int) -> None:
    frame = b"\x04" + bytes(size)
    found = cleaned(head + frame * 3 + frame[:5])
    assert found.content == head + frame * 3
    assert (found.media_type, found.extension) == ("audio/amr", "amr")
    for broken in (
        head,
        head + frame[:8],
        head + frame + b"Vu Thi Kin",
        head + b"\x84" * 40,
        head + b"\x54" * 40,
    ):
        with refused("file_broken"):
            cleaned(broken)
    with refused("sound_refused"):
        cleaned(b"#!AMR_MC1.0\n" + frame)


@pytest.mark.parametrize(
    "begins",
    [
        b"fLaC\x00\x00\x00\x22",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
    ],
)
def test_other_recordings_are_refused_with_what_to_do(begins: bytes) -> None:
    with refused("sound_refused"):
        cleaned(begins + bytes(100))


def test_every_type_on_the_list_is_one_that_is_recognised() -> None:
    assert "image/svg+xml" not in CLEANERS
    assert "text/html" not in CLEANERS


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("đơn.PDF", "đơn.pdf"),
        ("C:\\Users\\kin\\ảnh nhà.jpeg", "ảnh nhà.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a.pdf.exe", "a.pdf.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        (".", "tep.pdf"),
        ("x" * 300 + ".png", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_gets_its_true_ending(name: str, kept: str) -> None:
    assert safe_name(name, "pdf") == kept
