"""Do the fields clean, limit and word whatever is posted, and never fail on it?"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    FilesField,
    Form,
    LongTextField,
    ManyChoiceField,
    NumberField,
    PasswordField,
    PhoneField,
    SelectField,
    TextField,
    TickField,
    clean_text,
)

CHOICES = [("a", "Thứ nhất"), ("b", "Thứ hai", "Gợi ý")]


class Everything(Form):
    """One field of each kind."""

    name = TextField("Họ và tên", "Như trên giấy tờ", required="Nhập họ và tên", max_length=20)
    story = LongTextField("Nội dung", required="Nhập nội dung", max_length=50)
    email = EmailField("Thư điện tử")
    phone = PhoneField("Số điện thoại")
    secret = PasswordField("Mật khẩu")
    people = NumberField("Số người", minimum=1, maximum=500)
    kind = ChoiceField("Loại", choices=CHOICES, required="Chọn một loại")
    unit = SelectField("Cơ quan", choices=CHOICES)
    ways = ManyChoiceField("Cách báo", choices=CHOICES)
    agree = TickField("Tôi đồng ý", required="Đánh dấu ô này")
    day = DateField("Ngày", required="Nhập ngày", earliest=date(2020, 1, 1))
    files = FilesField("Giấy tờ")


GOOD = {
    "name": "Nguyễn Văn A",
    "story": "Đèn hỏng",
    "kind": "a",
    "agree": "1",
    "day-day": "4",
    "day-month": "12",
    "day-year": "2026",
}


def filled(app: Flask, *, lang: str = "vi", **changed: Any) -> Everything:
    """The form after a POST of good values with some changed."""
    values = {**GOOD, **{name.replace("__", "-"): value for name, value in changed.items()}}
    with app.test_request_context(f"/?lang={lang}"):
        form = Everything(MultiDict(values), meta={"csrf": False})
        form.validate()
    return form


def test_good_values_pass(app: Flask) -> None:
    """Is a well filled form accepted, its values clean?"""
    form = filled(app, phone="+84 912.345.678", people="120", email=" a@b.vn ", ways="b")
    assert form.error_list == []
    assert form.day.data == date(2026, 12, 4)
    assert form.phone.data == "0912345678"
    assert form.people.data == 120
    assert form.email.data == "a@b.vn"
    assert form.ways.data == ["b"]
    assert form.agree.data is True


def test_an_empty_form_says_what_to_do(app: Flask) -> None:
    """Does every needed field say its own message, in the order of the form?"""
    with app.test_request_context("/"):
        form = Everything(MultiDict({"x": "y"}), meta={"csrf": False})
        assert not form.validate()
    assert form.error_list == [
        ("name", "Nhập họ và tên"),
        ("story", "Nhập nội dung"),
        ("kind", "Chọn một loại"),
        ("agree", "Đánh dấu ô này"),
        ("day", "Nhập ngày"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("name", "x" * 21, "20"),
        ("story", "x" * 51, "50"),
        ("email", "khong-co-a-cong", "ví dụ"),
        ("email", "a b@c.vn", "ví dụ"),
        ("phone", "12345", "0912 345 678"),
        ("phone", "٠٩١٢٣٤٥٦٧٨", "0912 345 678"),
        ("people", "0", "1 đến 500"),
        ("people", "nhiều", "1 đến 500"),
        ("people", "1.2", "1 đến 500"),
        ("people", "9" * 5000, "1 đến 500"),
        ("kind", "<script>", "danh sách"),
        ("unit", "'; DROP", "danh sách"),
        ("ways", "z", "danh sách"),
        ("day__month", "13", "27 10 2026"),
        ("day__day", "", "27 10 2026"),
        ("day__year", "٢٠٢٦", "27 10 2026"),
        ("day__year", "99999999999", "27 10 2026"),
        ("day__year", "2019", "01/01/2020"),
    ],
)
def test_a_wrong_value_gets_one_message_that_helps(
    app: Flask, field: str, value: str, part: str
) -> None:
    """Is a wrong value refused with one sentence that says what to enter?"""
    form = filled(app, **{field: value})
    name = field.partition("__")[0]
    assert len(form[name].errors) == 1
    assert part in form[name].errors[0]
    assert value not in form[name].errors[0] or len(value) < 5


def test_messages_are_worded_in_english_too(app: Flask) -> None:
    """Does the same error speak English on an English page?"""
    form = filled(app, lang="en", day__month="13", phone="1")
    assert form.day.errors == ["Enter a real date in numbers, for example 27 10 2026"]
    assert "for example" in form.phone.errors[0]


def test_tampered_posts_never_fail(app: Flask) -> None:
    """Do doubled, missing or wrongly typed values only lead to messages?"""
    doubled = MultiDict([(name, value) for name, value in GOOD.items() for _ in range(3)])
    doubled.add("day", "2026-12-04")
    doubled.add("files", "not a file")
    doubled.setlist("name", [(io.BytesIO(b"x"), "a.pdf"), "Lan"])
    with app.test_request_context("/"):
        form = Everything(doubled, meta={"csrf": False})
        assert not form.validate()
        assert [target for target, _ in form.error_list] == ["name"]
        assert form.files.data == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn   Văn\tA ", "Nguyễn Văn A"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\x00b", "a b"),
        ("\u202eabc\u202c\u200f", "abc"),
        ("a\r\nb", "a b"),
        ("\ufeff", ""),
    ],
)
def test_text_is_cleaned_at_the_border(typed: str, kept: str) -> None:
    """Is every text NFC, without control and direction marks?"""
    assert clean_text(typed) == kept


def test_lines_of_a_long_text_stay() -> None:
    """Are the lines of a story kept, in one form?"""
    assert clean_text(" một\r\nhai\rba\x00 ", multiline=True) == "một\nhai\nba"


def test_a_password_is_taken_as_typed_and_never_shown(app: Flask) -> None:
    """Are its spaces kept and is it left out of the page?"""
    form = filled(app, secret=" mật khẩu  của tôi ")
    assert form.secret.data == " mật khẩu  của tôi "
    with app.test_request_context("/"):
        assert "khẩu  của" not in form.secret()


def test_what_was_typed_comes_back(app: Flask) -> None:
    """Is nothing typed lost on an error, and is it escaped?"""
    form = filled(app, name="<b>" + "x" * 30, day__month="13", people="abc")
    with app.test_request_context("/"):
        assert "&lt;b&gt;xxx" in form.name()
        assert 'value="13"' in form.day()
        assert 'value="abc"' in form.people()


def test_values_given_by_the_view_are_shown(app: Flask) -> None:
    """Does an edit form show what is there?"""
    with app.test_request_context("/"):
        form = Everything(None, day=date(2026, 12, 4), ways=["b"], kind="b", people=7, name="Lan")
        assert [box["value"] for box in form.day.boxes] == ["4", "12", "2026"]
        assert [item["checked"] for item in form.ways.items] == [False, True]
        assert [item["checked"] for item in form.kind.items] == [False, True]
        assert form.people.value == "7"


def test_what_a_rule_refused_is_shown_at_its_field(app: Flask) -> None:
    """Does a refusal of the office stand at the field, or above the form?"""
    form = filled(app)
    with app.test_request_context("/"):
        form.add_errors({"kind": "Chọn loại khác", "": "Vụ việc vừa thay đổi"})
        assert form.error_list == [("kind", "Chọn loại khác"), ("", "Vụ việc vừa thay đổi")]
        assert "Chọn loại khác" in form.kind()
