"""Two hundred people at once, and a pile of files meant to do harm, at a real server."""

from __future__ import annotations

import io
import re
import secrets
import subprocess
import threading
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizenfeedback.app import create_app
from citizenfeedback.config import Settings
from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.numbers import normalise_code
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CaseText
from citizenfeedback.queries.tracking import case_behind
from citizenfeedback.services import intake
from tests.people import make_unit
from tests.robustness.server import Server, free_port, get, post, upload

PEOPLE = 200
CODE = re.compile(r"data-copy-source>\s*([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")
NEW = "/petitions/new"
MOST_MORE = 300_000_000
"""How much memory the pile may take on top of what the server held before."""


def picture(number: int) -> bytes:
    """A photo that differs from every other one."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (320, 240), (number % 256, number // 256, 90)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path / "instance", free_port(), tmp_path / "log")


@pytest.mark.slow
def test_are_two_hundred_people_with_photos_all_there_and_none_twice(server: Server) -> None:
    app, tokens = installed(server.folder, PEOPLE)
    codes: dict[str, str] = {}
    lock = threading.Lock()

    def file_one(number: int) -> None:
        cookies, home = {"draft": tokens[number]}, f"198.51.100.{number}"
        page = get(server.port, f"{NEW}/files", cookies)
        cookies |= page.cookies
        form = {"csrf_token": page.token, "go": "next"}
        photo = [("files", f"anh-{number}.jpg", picture(number))]
        assert upload(server.port, f"{NEW}/files", form, photo, cookies, home).status == 303
        press = {"csrf_token": page.token}
        # An impatient thumb: the same button twice.
        presses = [post(server.port, f"{NEW}/check", press, cookies, home) for _ in range(2)]
        assert [one.status for one in presses] == [303, 303]
        found = CODE.search(get(server.port, f"{NEW}/code", cookies).text)
        assert found is not None
        with lock:
            codes[tokens[number]] = found.group(1)

    server.behind_proxy = True
    server.start()
    try:
        with ThreadPoolExecutor(PEOPLE) as people:
            for one in [people.submit(file_one, number) for number in range(PEOPLE)]:
                one.result()
    finally:
        server.kill()
    assert len(set(codes.values())) == PEOPLE
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Case)) == PEOPLE
        told = db.session.scalars(select(CaseText.words)).all()
        assert sorted(told) == sorted(words(number) for number in range(PEOPLE))
        papers = db.session.execute(select(Attachment.case_id, Attachment.name)).all()
        assert len({row.case_id for row in papers}) == len(papers) == PEOPLE
        behind = [case_behind(gateways.keys, normalise_code(one) or "") for one in codes.values()]
        assert len(set(behind)) == PEOPLE
        assert None not in behind
        db.session.remove()


@pytest.mark.slow
def test_does_a_pile_of_hostile_files_leave_the_server_up_and_its_memory_bounded(
    server: Server,
) -> None:
    app, tokens = installed(server.folder, 1)
    server.start()
    try:
        cookies = {"draft": tokens[0]}
        page = get(server.port, f"{NEW}/files", cookies)
        cookies |= page.cookies
        form = {"csrf_token": page.token, "go": "next"}
        upload(server.port, f"{NEW}/files", form, [("files", "a.jpg", picture(1))], cookies)
        before = peak(server)
        for name, content in hostile().items():
            answer = upload(server.port, f"{NEW}/files", form, [("files", name, content)], cookies)
            assert answer.status in (422, 303), (name, answer.status)
            assert get(server.port, "/healthz").status == 200, name
            if answer.status == 422:
                assert name[-5:] in answer.text, "the file is named with its reason"
        both = [("files", "dung.jpg", picture(2)), ("files", "hong.pdf", b"%PDF-1.7 nothing")]
        mixed = upload(server.port, f"{NEW}/files", form, both, cookies)
        assert mixed.status == 422
        kept = get(server.port, f"{NEW}/files", cookies).text
        assert "dung.jpg" in kept
        assert "hong.pdf" not in kept
        more = peak(server) - before
        assert more < MOST_MORE, f"{more // 1_000_000} MB more"
        assert post(server.port, f"{NEW}/check", {"csrf_token": page.token}, cookies).status == 303
    finally:
        server.kill()
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    with app.app_context():
        lying = [
            gateways.files.read(key) for key in db.session.scalars(select(Attachment.storage_key))
        ]
        db.session.remove()
    for content in lying:
        for harm in (b"<script", b"/JavaScript", b"/Launch", b"MZ\x90", b"PK\x03\x04"):
            assert harm not in content


def installed(folder: Path, people: int) -> tuple[Flask, list[str]]:
    """An installation with as many finished drafts as people, each of its own words."""
    import os
    import sys

    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "citizenfeedback", "init"],
        env={**os.environ, "INSTANCE_PATH": str(folder)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    app = create_app(Settings.from_env({"INSTANCE_PATH": str(folder)}))
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    tokens = [secrets.token_urlsafe(32) for _ in range(people)]
    with app.app_context():
        unit_id = make_unit(gateways, "T00")
        for number, token in enumerate(tokens):
            content = DraftContent(kind=CaseKind.REFLECTION, words=words(number), unit_id=unit_id)
            box = gateways.keys.box("draft", token)
            intake.start_draft(box, content, now=gateways.clock.now())
        db.session.remove()
    return app, tokens


def words(number: int) -> str:
    """What the person of this number tells."""
    return f"Đèn đường số {number} trước chợ hỏng"


def peak(server: Server) -> int:
    """The most memory, in bytes, that the server and its children have held."""
    assert server.process is not None
    listed = subprocess.run(
        ["ps", "-o", "pid=", "-g", str(server.process.pid)],
        capture_output=True,
        text=True,
        check=True,
    )
    total = 0
    for pid in listed.stdout.split():
        status = Path(f"/proc/{pid}/status")
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        total += int(found.group(1)) * 1024 if found else 0
    assert total
    return total


def hostile() -> dict[str, bytes]:
    """Files that burst, lie, run or break, by name."""
    jpeg = picture(3)
    return {
        "bom-anh.png": png_claiming(60_000, 60_000),
        "vua-du.png": png_claiming(7_000, 7_000),
        "anh-va-trang.jpg": jpeg + b"<html><script>alert(1)</script></html>",
        "anh-va-zip.jpg": jpeg + packed({"a.exe": b"MZ\x90\0"}),
        "chay.pdf": b"MZ\x90\0" + b"\0" * 500,
        "that.exe": b"MZ\x90\0" + b"\0" * 500,
        "trang.jpg": b"<html><script>alert(1)</script></html>",
        "ve.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "macro.docx": office({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        "nhung.docx": office({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
        "bom.docx": office({"word/media/a.xml": b"\0" * 250_000_000}),
        "bom-long.docx": office({"word/media/a.zip": packed({"b": b"\0" * 20_000_000})}),
        "bom.zip": packed({"a": b"\0" * 50_000_000}),
        "tep-rong.pdf": b"",
        "hong.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(a)>>>>",
        "trang-lon.pdf": pdf_of_page(10**9),
        "nua.jpg": jpeg[: len(jpeg) // 2],
        "am-thanh.mp3": b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
        "rong.webm": b"\x1a\x45\xdf\xa3\x80" + b"\xec\x80" * 5_000_000,
        "vun.ogg": b"OggS\0\0" + bytes(20) + b"\xff" + bytes(255) + b"OggS" * 9,
        "phim.webm": b"\x1a\x45\xdf\xa3\x80<html><script>alert(1)</script></html>",
        "cu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
        "..\\..\\x.php": b"<?php system($_GET[0]); ?>",
    }


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def office(more: dict[str, bytes]) -> bytes:
    """A document of Word with these parts besides."""
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", **more})


def png_claiming(width: int, height: int) -> bytes:
    """A picture of one colour, tiny as a file and huge when drawn."""
    row = b"\0" + b"\0" * ((width + 7) // 8)
    squeezer = zlib.compressobj(9)
    body = b"".join(squeezer.compress(row) for _ in range(height)) + squeezer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_of_page(size: int) -> bytes:
    """A paper whose one page is larger than a country."""
    import pikepdf

    paper = pikepdf.new()
    paper.add_blank_page(page_size=(1000, 1000))
    paper.pages[0].MediaBox = pikepdf.Array([0, 0, size, size])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
