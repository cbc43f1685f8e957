"""What a denouncer trusts to the office is found nowhere by a search of the bytes."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from PIL import Image
from pypdf import PdfReader

from citizenfeedback.app import create_app
from citizenfeedback.config import Settings
from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import STAFF_ROLES, CaseField, CaseKind, Letter, UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.scanner import WORD, clean_file
from citizenfeedback.gateways.texts import words_in
from citizenfeedback.models.base import db
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.queries.letters import frozen_letter
from citizenfeedback.services import intake, issuing, lettering
from citizenfeedback.services.casework import Office
from citizenfeedback.services.lettering import SeenLetter, Wanted
from citizenfeedback.web.reports.export import FORMS, REPORTS
from tests.mail_server import Sink, mail_server
from tests.people import PASSWORD, make_unit, make_user
from tests.records import petition, write
from tests.robustness.server import Answer, Server, free_port, get, post, upload

NAME = "Hoàng Thị Kín Đáo"
PHONE = "0987654321"
ID_NO = "022190777888"
ADDRESS = "Thôn Khe Cát Nhỏ"
EMAIL = "kin.dao.khecat@example.vn"
WORDS = "Ông Tám đòi mười hai triệu đồng để cấp giấy chứng nhận"
DENOUNCED = "Lê Văn Tám Độc Nhất"
FILE = "bằng chứng của tôi.png"
SECRETS = (NAME, PHONE, ID_NO, ADDRESS, EMAIL, WORDS, DENOUNCED, FILE, "Kín Đáo", "mười hai")
TOKEN = "d" * 43
NUMBER = re.compile(r"\b\d\d-[0-9A-Z]{4,8}-[0-9A-Z]{1,2}\b")
PAGES = ("/inbox?view=reach", "/inbox?view=new", "/reports", "/reports/rows", "/admin/audit")


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    with mail_server() as served:
        yield served


@pytest.mark.slow
def test_nothing_sealed_is_found_in_database_log_backup_mail_or_page(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    sink: tuple[Sink, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handler, port = sink
    server = Server(tmp_path / "instance", free_port(), tmp_path / "log")
    for name, value in (
        ("INSTANCE_PATH", str(server.folder)),
        ("MAIL_SERVER", "127.0.0.1"),
        ("MAIL_PORT", str(port)),
        ("MAIL_SENDER", "so@example.vn"),
    ):
        monkeypatch.setenv(name, value)
    _run(tmp_path / "init.log", "init")
    picture = _lay_draft()
    _import_year(tmp_path, tmp_path_factory.mktemp("office"))
    try:
        server.start()
        number, pages = _file_and_look(server.port)
        _issue_letter(number)
        pages |= _register(server.port, number)
        _run(tmp_path / "backup.log", "backup", str(tmp_path / "copy"))
    finally:
        server.kill()
    _run(tmp_path / "worker.log", "worker", "--once")
    _run(tmp_path / "verify.log", "verify")
    places = {str(file): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert any(place.endswith("citizenfeedback.db") for place in places)
    assert handler.mails, "no mail asked to confirm the address"
    places |= {f"mail {at}": mail for at, mail in enumerate(handler.mails)}
    places |= {f"page {path}": page.encode() for path, page in pages.items()}
    assert any(number.encode() in content for content in places.values()), "looked in vain places"
    found = [
        (secret, place)
        for secret in SECRETS
        for place, content in places.items()
        if any(form in content for form in _forms(secret))
        and not (secret == EMAIL and place.startswith("mail"))
    ]
    assert found == []
    assert [place for place, content in places.items() if picture in content] == []


def _forms(secret: str) -> tuple[bytes, ...]:
    """The ways in which a text may lie in a file: composed or not, folded, wide, in an address."""
    plain = unicodedata.normalize("NFC", secret)
    return (
        plain.encode(),
        unicodedata.normalize("NFD", plain).encode(),
        fold(plain).encode(),
        plain.upper().encode(),
        plain.encode("utf-16-le"),
        plain.encode("unicode_escape"),
        quote(plain).encode(),
        quote_plus(plain).encode(),
        quote_plus(fold(plain)).encode(),
    )


def _lay_draft() -> bytes:
    """A finished denunciation with a picture, as a browser would have left it, and an official.

    Returns some bytes of the picture as it is kept.
    """
    picture = _picture()
    app = create_app(Settings.from_env(os.environ))
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    now = gateways.clock.now()
    with app.app_context():
        top = make_unit(gateways, "QN", name="UBND tỉnh", level=UnitLevel.PROVINCE)
        make_user(gateways, top, *STAFF_ROLES)
        box = gateways.keys.box("draft", TOKEN)
        content = DraftContent(
            kind=CaseKind.DENUNCIATION,
            words=WORDS,
            wish=f"Xử lý {DENOUNCED}",
            field=CaseField.CORRUPTION,
            respondent=DENOUNCED,
            unit_id=top,
            name=NAME,
            phone=PHONE,
            id_no=ID_NO,
            address=ADDRESS,
            email=EMAIL,
            news_despite_risk=True,
        )
        intake.start_draft(box, content, now=now)
        intake.add_file(box, gateways.files, FILE, picture, most_bytes=1_000_000, now=now)
        # Begun and never sent: it lies there for its day.
        intake.start_draft(gateways.keys.box("draft", "e" * 43), content, now=now)
        db.session.remove()
        db.engine.dispose()
    return clean_file(picture, most_bytes=1_000_000).content[200:300]


def _picture(seed: int = 4) -> bytes:
    """A picture in which no hundred bytes are like another hundred."""
    noise = Image.frombytes("RGB", (64, 64), random.Random(seed).randbytes(64 * 64 * 3))
    with io.BytesIO() as file:
        noise.save(file, "PNG")
        return file.getvalue()


def _file_and_look(port: int) -> tuple[str, dict[str, str]]:
    """Send the draft, follow it, and open what officials see; the number and every page seen."""
    start = get(port, "/petitions/new")
    cookies = {**start.cookies, "draft": TOKEN}
    sent = post(port, "/petitions/new/check", {"csrf_token": start.token}, cookies)
    assert sent.status == 303, sent.text
    seen = {
        path: get(port, path, cookies) for path in ("/petitions/new/code", "/petitions/new/receipt")
    }
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", seen["/petitions/new/code"].text)
    number = NUMBER.search(seen["/petitions/new/receipt"].text)
    assert code is not None
    assert number is not None
    opened = post(port, "/track", {"csrf_token": start.token, "code": code.group()}, cookies)
    follower = cookies | opened.cookies
    seen["/track/case"] = get(port, "/track/case", follower)
    mark = re.search(
        r'name="of_case"[^>]*value="([^"]+)"', get(port, "/track/message", follower).text
    )
    assert mark is not None
    asked = {"csrf_token": start.token, "of_case": mark.group(1)}
    wrote = post(port, "/track/message", {**asked, "body": f"{WORDS}. Tôi là {NAME}"}, follower)
    added = upload(port, "/track/document", asked, [("files", FILE, _picture(5))], follower)
    assert [wrote.status, added.status] == [303, 303], wrote.text + added.text
    official = _signed_in(port)
    case = f"/inbox/cases/{number.group()}"
    for path in (*PAGES, case, f"{case}/original", f"/inbox?case={number.group()}"):
        seen[path] = get(port, path, official)
    assert number.group() in seen[case].text, seen[case].status
    for words in (fold(NAME), NAME):
        found = get(port, f"/inbox?view=reach&q={quote_plus(words)}", official)
        assert found.status == 200
        assert number.group() not in found.text
    desk = get(port, "/inbox", official)
    token, official = desk.token, official | desk.cookies
    narrowing = {"narrowing": f"view=reach&kind=denunciation&q={NAME}", "name": "Tố cáo"}
    kept = post(port, "/inbox/filters", {"csrf_token": token, **narrowing}, official)
    assert kept.status == 303, kept.text
    for name, form in product(REPORTS, FORMS):
        if (name, form) != ("verdicts", "pdf"):
            wanted = {"csrf_token": token, "report": name, "form": form}
            seen[f"{name}.{form}"] = post(port, "/reports/export", wanted, official)
    exports = {path: answer for path, answer in seen.items() if path.endswith(FORMS)}
    assert [path for path, answer in exports.items() if answer.status != 200] == []
    return number.group(), _texts(seen)


def _signed_in(port: int) -> dict[str, str]:
    door = get(port, "/sign-in")
    form = {"csrf_token": door.token, "email": "hoa@qn.vn", "password": PASSWORD}
    return door.cookies | post(port, "/sign-in", form, door.cookies).cookies


def _register(port: int, number: str) -> dict[str, str]:
    """The register of documents as it is handed out, in which the case has a number."""
    official = _signed_in(port)
    page = get(port, "/inbox/register", official)
    official |= page.cookies
    year = re.search(r"<option[^>]*>(20\d\d)</option>", page.text)
    assert year is not None, page.text
    asked = {"csrf_token": page.token, "unit": "1", "year": year.group(1)}
    books = {
        f"register.{form}": post(port, "/inbox/register/export", {**asked, "form": form}, official)
        for form in ("csv", "xlsx")
    }
    assert [answer.status for answer in books.values()] == [200, 200]
    texts = _texts(books)
    assert all(number in text for text in texts.values())
    return texts


def _import_year(logs: Path, office: Path) -> None:
    """Records with a denunciation by the same person: refused for a bad row first, then taken.

    The files lie where the office keeps them, outside of what is searched.
    """
    denunciation = petition(
        "TC-1",
        unit="QN",
        kind="denunciation",
        citizen_name=NAME,
        id_no=ID_NO,
        phone=PHONE,
        address=ADDRESS,
        respondent="Chủ tịch xã",
        summary="Nội dung về cấp giấy tờ.",
    )
    bad = {**denunciation, "code": "TC-2", "received_on": f"{NAME} {PHONE}", "field": WORDS}
    refused = write(office, RecordKind.PETITIONS, [denunciation, bad])
    with pytest.raises(subprocess.CalledProcessError):
        _run(logs / "refused.log", "import", "petitions", str(refused))
    assert b"row 3" in (logs / "refused.log").read_bytes()
    taken = write(office, RecordKind.PETITIONS, [denunciation])
    _run(logs / "taken.log", "import", "petitions", str(taken))


def _texts(seen: dict[str, Answer]) -> dict[str, str]:
    return {path: _unpacked(path, answer.content) for path, answer in seen.items()}


def _unpacked(path: str, content: bytes) -> str:
    """What a reader finds in an answer: the parts of a workbook, the text of a PDF."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    elif path.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")


def _issue_letter(number: str) -> None:
    """A letter to the denouncer, drafted, approved and issued: only its sealed file names them."""
    app = create_app(Settings.from_env(os.environ))
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    office = Office(gateways.keys, Policy(), gateways.clock.now())
    with app.app_context():
        actor = actor_of(1)
        assert actor is not None
        wanted = Wanted(Letter.MIXED_GUIDANCE, fields={"contents": "Việc nhận tiền | Thanh tra"})
        letter = lettering.draft_letter(actor, number, wanted, office=office)
        lettering.submit_letter(actor, SeenLetter(number, letter, 1), office=office)
        lettering.approve_letter(actor, SeenLetter(number, letter, 2), office=office)
        seen = SeenLetter(number, letter, 3)
        assert issuing.issue_letter(actor, seen, files=gateways.files, office=office)
        frozen = frozen_letter(actor, number, letter)
        assert frozen is not None
        words = words_in(gateways.files.read(frozen.docx_key, sealed=True), WORD) or ""
        assert NAME in words
        db.session.remove()
        db.engine.dispose()


def _run(log: Path, *words: str) -> None:
    with log.open("wb") as file:
        subprocess.run(
            [sys.executable, "-m", "citizenfeedback", *words],
            stdout=file,
            stderr=file,
            timeout=120,
            check=True,
        )
