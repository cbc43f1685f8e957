"""Are the layouts and macros sound pages in both languages, light, and free of what they may not have?"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from citizenfeedback.documents.charts import Series, columns
from citizenfeedback.web.assets import static_url
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    FilesField,
    Form,
    LongTextField,
    ManyChoiceField,
    PasswordField,
    SelectField,
    TextField,
    TickField,
)
from tests.pages import problems

STATIC = Path(__file__).parents[2] / "citizenfeedback" / "web" / "static"
POLICY = {"Content-Security-Policy": "default-src 'none'"}
CHOICES = [("5", "Rất tốt", "Gợi ý"), ("1", "Rất không tốt")]


class Sample(Form):
    """A field of each look."""

    name = TextField("Họ và tên", "Như trên giấy tờ", required="Nhập họ và tên", suffix="người")
    story = LongTextField("Nội dung", "Kể ngắn gọn", required="Nhập nội dung")
    secret = PasswordField("Mật khẩu")
    kind = ChoiceField("Loại", "Chọn một", choices=CHOICES, required="Chọn một loại")
    score = ChoiceField("Thái độ", choices=CHOICES)
    unit = SelectField("Cơ quan", choices=CHOICES)
    ways = ManyChoiceField("Cách báo", choices=CHOICES, inline=True)
    agree = TickField("Tôi đồng ý", "Đọc kỹ", required="Đánh dấu ô này")
    day = DateField("Ngày xảy ra", "Ví dụ 27 10 2026", required="Nhập ngày")
    files = FilesField("Giấy tờ", accept=".pdf")


PUBLIC = """{% extends "layouts/public.html" %}
{% from "components/actions.html" import button, link_button, button_group, post_button, back_link, leave_quickly, receipt_block %}
{% from "components/notices.html" import error_summary, notice, warning, details, empty_state, confirm_panel, progress %}
{% from "components/choices.html" import card_list %}
{% from "components/flow.html" import steps, messages, timeline %}
{% from "components/data.html" import figure_tile, tiles, panel, standing, count_steps, summary_list %}
{% from "components/faces.html" import face_radios %}
{% block back %}{{ back_link("/") }}{% endblock %}{% block leave %}{{ leave_quickly("/x", action="/y") }}{{ leave_quickly("/x") }}{% endblock %}
{% block before_heading %}{{ super() }}{{ error_summary(form) }}{% endblock %}
{% block caption %}Câu 1 trên 6{% endblock %}{% block heading %}Chuyện gì <b>đã</b> xảy ra?{% endblock %}{% block lede %}Kể ngắn gọn.{% endblock %}
{% block content %}{{ progress(1, 6) }}
<form action="/x" method="post">{{ form.csrf_token }}
{{ form.name() }}{{ form.story(label_class="m") }}{{ form.secret() }}{{ form.kind() }}{{ form.unit(compact=true) }}{{ form.ways(cards=false) }}{{ form.agree() }}{{ form.day() }}{{ form.files() }}{{ face_radios(form.score) }}
{{ button("Tiếp tục") }}{{ button("Xóa", "warning", name="act", value="delete", formaction="/z", id="go", small=true) }}</form>
{% call button_group() %}{{ link_button("Gửi", "/x", "secondary") }}{{ post_button("Rút", "/w", fields={"a": "1"}) }}{% endcall %}
{% call notice("Chú ý") %}<p>Niêm phong</p>{% endcall %}{{ warning("Cẩn thận") }}
{% call details("Vì sao?", open=true, id="why") %}{{ count_steps([("03/11", "Thụ lý")], ("Hạn", "03/12")) }}{% endcall %}
{% call panel("Hạn", accent=true, id="due") %}{{ standing("còn 8 ngày", "due_soon") }}{% endcall %}
{{ empty_state("Chưa có", "Khi có sẽ hiện", "/x", "Thêm") }}{% call confirm_panel("Đã gửi", level=2) %}<p>Cảm ơn</p>{% endcall %}
{{ receipt_block("Mã", "7K2M-9QX4", "Giữ kỹ") }}
{{ card_list([{"href": "/r", "text": "Đánh giá", "hint": "Thái độ", "icon": "smile"}, {"href": "/p", "text": "Gửi"}]) }}
{{ steps([("Ngay", "Nhận giấy")]) }}{{ messages([{"from": "Sở", "when": "1/1", "text": "Chào", "mine": false}, {"from": "Ông/bà", "when": "2/1", "text": "Vâng", "mine": true, "files": [("/f", "a.jpg")]}]) }}
{{ timeline([{"title": "Đã nhận", "when": "1/1"}, {"title": "Đang làm", "state": "now"}, {"title": "Xong", "state": "next"}], kind="phases") }}
{% call tiles() %}{{ figure_tile("lượt", "482") }}{{ figure_tile("đúng hạn", "91 %", "421/461", "/c") }}{% endcall %}
{{ summary_list([{"key": "Tên", "value": "Lan", "actions": [("/e", "Sửa", "tên")]}, {"key": "Loại", "value": "KN"}], borders=false) }}
{% endblock %}"""

STAFF = """{% extends "layouts/staff.html" %}
{% from "components/actions.html" import button, link_button %}
{% from "components/flow.html" import tabs, pills, filter_panel, filter_group, pagination, timeline, menu %}
{% from "components/data.html" import table, tag, status, standing, mark %}
{% from "components/charts.html" import chart %}
{% block main_class %}wide{% endblock %}{% block heading %}Hộp thư{% endblock %}{% block lede %}Của tôi{% endblock %}
{% block heading_actions %}{{ link_button("Vào sổ", "/n") }}{% endblock %}
{% block sub %}{{ tabs([{"text": "Của tôi", "href": "/m", "count": 34, "current": true}, {"text": "Quá hạn", "href": "/o", "count": 3, "alarm": true}, {"text": "Tất cả", "href": "/a"}], "Danh sách") }}{% endblock %}
{% block content %}{{ pills([{"text": "Tháng trước", "href": "/p", "current": true}], "Kỳ") }}
{% call filter_panel("/inbox", keep=[("list", "mine")], active=1, clear="/inbox") %}{{ filter_group("Hạn", "standing", [{"value": "o", "text": "Quá hạn", "count": 3, "checked": true}, {"value": "s", "text": "Sắp", "checked": false}]) }}{% endcall %}
{{ table("Theo loại", ["Loại", {"text": "Số", "numeric": true, "href": "/s", "sorted": "ascending"}, {"text": "Tỷ lệ", "numeric": true}], [["KN", {"text": "41", "href": "/c"}, "88 %"]], foot=["Tổng", "41", "88 %"], note="Mỗi con số mở danh sách.") }}
{{ tag("Đất đai") }}{{ status("Đang xác minh", "working") }}{{ standing("quá 2 ngày", "overdue") }}{{ mark("KN", "Khiếu nại") }}
{{ timeline([{"when": "12/11", "by": "Hoa", "title": "Hỏi", "text": "Ảnh", "href": "/f", "link": "Văn bản"}]) }}
{{ chart("Theo tháng", picture, table("Số", ["a"], [["b"]], caption_hidden=true), download="/chart.svg") }}
{% call menu("Khác") %}<li><a href="/x">Gắn nhãn</a></li>{% endcall %}{{ pagination("/p", "/n", "1–50 của 212") }}{{ pagination() }}
{% endblock %}"""

KIOSK = """{% extends "layouts/kiosk.html" %}{% from "components/faces.html" import face_buttons %}
{% block heading %}Ông/bà được phục vụ thế nào?{% endblock %}
{% block content %}<form action="/k" method="post"><input type="hidden" name="csrf_token" value="x">{{ face_buttons({5: "Rất tốt", 4: "Tốt", 3: "Bình thường", 2: "Chưa tốt", 1: "Rất không tốt"}) }}</form>{% endblock %}"""

PAPER = """{% extends "layouts/print.html" %}{% block caption %}UBND tỉnh{% endblock %}
{% block heading %}Giấy biên nhận{% endblock %}{% block content %}<p>Số 26-4K7Q-2</p>{% endblock %}"""

PAGES = {"public": PUBLIC, "staff": STAFF, "kiosk": KIOSK, "paper": PAPER}
CONTEXT: dict[str, Any] = {
    "demo": True,
    "organisation": "UBND tỉnh Quảng Ninh",
    "office_hours": "7:30 – 17:00",
    "privacy_url": "/privacy",
    "staff_nav": [("/inbox", "Hộp thư", True), ("shell.display", "Cỡ chữ", False)],
    "account_name": "Nguyễn Thị Hoa",
    "account_menu": [("/password", "Đổi mật khẩu", "get"), ("/out", "Ra khỏi", "post")],
    "search_url": "/inbox",
    "search_text": 'a"b',
    "picture": columns("Theo tháng", ["1"], [Series("vụ", (3,))]),
}


def rendered(app: Flask, name: str, address: str = "/", *, errors: bool = False) -> str:
    """One of the pages above, as a reader gets it."""
    with app.test_request_context(address):
        form = Sample(formdata=None)
        if errors:
            form = Sample(formdata=_Nothing(), meta={"csrf": False})
            form.validate()
            return render_template_string(
                PAGES[name].replace("{{ form.csrf_token }}", TOKEN), form=form, **CONTEXT
            )
        return render_template_string(PAGES[name], form=form, **CONTEXT)


TOKEN = '<input type="hidden" name="csrf_token" value="x">'


class _Nothing(dict[str, Any]):
    """A POST with nothing in it that concerns the form."""

    def __init__(self) -> None:
        super().__init__(other="x")

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if name in self else []


@pytest.mark.parametrize("errors", [False, True])
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_layout_and_macro_is_a_sound_page(
    app: Flask, name: str, lang: str, errors: bool
) -> None:
    """Is the page well-formed, labelled, with one heading and nothing inline?"""
    page = rendered(app, name, f"/?lang={lang}", errors=errors)
    assert problems(page, POLICY) == []
    assert f'<html lang="{lang}"' in page


def test_the_title_starts_with_the_heading(app: Flask) -> None:
    """Is the heading said once and used for both?"""
    assert "<title>Chuyện gì đã xảy ra? – Tiếng nói người dân</title>" in rendered(app, "public")
    assert " – Citizen Feedback</title>" in rendered(app, "public", "/?lang=en")


def test_errors_lead_to_their_controls(app: Flask) -> None:
    """Does each line of the summary lead to a control that says the same?"""
    page = rendered(app, "public", errors=True)
    targets = re.findall(r'<li><a href="#([^"]+)">', page)
    assert targets == ["name", "story", "kind", "agree", "day"]
    for target in targets:
        assert len(re.findall(rf'<(?:input|textarea|select)[^>]* id="{target}"', page)) == 1
        assert f'id="{target}-error"' in page
    assert page.count('aria-invalid="true"') == len(targets)


def test_a_page_needs_none_of_the_optional_context(app: Flask) -> None:
    """Does a layout stand without banner, office or menu?"""
    with app.test_request_context("/"):
        page = render_template_string(
            '{% extends "layouts/public.html" %}{% block heading %}Trang{% endblock %}'
        )
    assert problems(page, POLICY) == []
    assert "Bản trình diễn" not in page


def test_the_language_switch_keeps_the_rest_of_the_address(app: Flask) -> None:
    """Does a change of language stay on the page, whatever stands in its address?"""
    page = rendered(
        app, "public", "/reports?month=10&unit=3&lang=en&_external=1&_scheme=javascript"
    )
    link = re.search(r'href="([^"]*)" lang="vi"', page)
    assert link is not None
    assert (
        link[1] == "/reports?month=10&amp;unit=3&amp;_external=1&amp;_scheme=javascript&amp;lang=vi"
    )


def test_the_language_is_remembered(client: FlaskClient) -> None:
    """Is the language of the last choice kept, and an unknown one ignored?"""
    assert 'lang="vi"' in client.get("/display").text
    assert 'lang="en"' in client.get("/display?lang=en").text
    assert 'lang="en"' in client.get("/display").text
    assert 'lang="en"' in client.get("/display?lang=xx").text
    assert 'lang="vi"' in client.get("/display?lang=vi").text


def choose(client: FlaskClient, **values: str) -> TestResponse:
    """Send the form of letter size and contrast as it stands on its page."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/display").text)
    assert token is not None
    return client.post("/display", data={"csrf_token": token[1], **values})


def test_letter_size_and_contrast_are_remembered(client: FlaskClient) -> None:
    """Does the choice hold on later pages, and lead back to where one was?"""
    answer = choose(client, size="large", contrast="contrast", next="/track?a=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/track?a=1"
    assert '<html lang="vi" class="large contrast">' in client.get("/display").text
    choose(client, size="larger", contrast="usual")
    assert '<html lang="vi" class="larger">' in client.get("/display").text
    choose(client, size="usual", contrast="usual")
    assert '<html lang="vi">' in client.get("/display").text


def test_one_press_switches_the_kiosk_and_the_next_switches_back(client: FlaskClient) -> None:
    """Does the one button of the kiosk turn both on, then both off?"""
    choose(client, toggle="1", next="/")
    assert '<html lang="vi" class="large contrast">' in client.get("/display").text
    choose(client, toggle="1", next="/")
    assert '<html lang="vi">' in client.get("/display").text


def test_an_unknown_size_is_asked_again(client: FlaskClient) -> None:
    """Does a tampered choice get a message?"""
    answer = choose(client, size="huge", contrast="usual")
    assert answer.status_code == 200
    assert "Chọn một trong các mục" in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "x",
        "",
        "/a\r\nb",
    ],
)
def test_nobody_is_sent_elsewhere(client: FlaskClient, target: str) -> None:
    """Does the way back stay on this site?"""
    answer = choose(client, toggle="1", next=target)
    assert answer.headers["Location"] == "/"


def test_static_files_are_kept_for_good(app: Flask) -> None:
    """Is a file addressed by its content and never asked for again?"""
    with app.test_request_context("/"):
        address = static_url("public.css")
    assert re.fullmatch(r"/static/public\.css\?v=[0-9a-f]{10}", address)
    with app.test_client().get(address) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_texts_are_squeezed_for_browsers_that_can_read_them(app: Flask) -> None:
    """Is a stylesheet sent small, and plain to who asks for nothing?"""
    client = app.test_client()
    plain = client.get("/static/public.css")
    small = client.get("/static/public.css", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) * 3 < len(plain.data)
    assert "Accept-Encoding" in small.headers["Vary"]
    assert small.mimetype == "text/css"
    again = client.get("/static/public.css", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/static/none.css").status_code == 404
    assert client.get("/static/../fields.py").status_code == 404


def test_served_stylesheets_are_in_step_with_their_sources() -> None:
    """Was the script run after the last change of a sheet?"""
    script = Path(__file__).parents[2] / "scripts" / "styles.py"
    ran = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_a_phone_page_is_light(app: Flask) -> None:
    """Is the first page within 45 KB before the first paint and 150 KB with everything?"""
    page = rendered(app, "public").encode()
    blocking = len(gzip.compress(page)) + len(gzip.compress((STATIC / "public.css").read_bytes()))
    fonts = sum(
        (STATIC / "fonts" / f"be-vietnam-pro-{subset}-{weight}.woff2").stat().st_size
        for subset in ("latin", "vietnamese")
        for weight in (400, 700)
    )
    script = len(gzip.compress((STATIC / "js" / "page.js").read_bytes()))
    assert blocking <= 45_000
    assert blocking + fonts + script <= 150_000


def test_styles_name_only_files_that_are_there() -> None:
    """Is every font and picture of the stylesheets served from here?"""
    for sheet in STATIC.glob("*.css"):
        for address in re.findall(r"url\(([^)]+)\)", sheet.read_text(encoding="utf-8")):
            assert (STATIC / address.partition("?")[0]).is_file(), address


def test_every_colour_pair_of_the_tokens_can_be_read() -> None:
    """Is every text at least 4.5 to 1 on its ground, and 7 to 1 in high contrast?"""
    for theme, least in (("", 4.5), (".contrast", 7.0)):
        tokens = _tokens(theme)
        for text, ground in PAIRS:
            ratio = _contrast(tokens[text], tokens[ground])
            assert ratio >= least, f"{theme} {text} on {ground}: {ratio:.2f}"


PAIRS = [
    *((text, ground) for text in ("ink", "soft", "link") for ground in ("paper", "white", "sand")),
    ("on-jade", "jade"),
    ("on-jade", "jade-pressed"),
    ("bad", "paper"),
    ("bad", "white"),
    ("ink", "jade-wash"),
    *((f"{tone}-ink", tone) for tone in ("soon", "overdue", "working", "answered", "neutral")),
]


def _tokens(theme: str) -> dict[str, str]:
    sheet = (STATIC.parent / "styles" / "tokens.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selector, body in re.findall(r"([.:\w]+) \{([^}]*)\}", sheet):
        if selector in (":root", theme):
            found.update(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", body))
    return found


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)
