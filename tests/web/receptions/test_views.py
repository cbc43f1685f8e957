"""The reception book through its pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CasePerson
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.models.ratings import Rating
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.services.transaction import transaction
from tests.people import Visitor, make_unit, make_user, visitor

NAME = "Lò Thị Măng"
PAGES = ("/receptions", "/receptions/new", "/receptions/sittings", "/receptions/sittings/new")


class Office:
    """A province with one department, and a browser for each who works there."""

    def __init__(self, app: Flask, gateways: Gateways) -> None:
        self.app = app
        with app.app_context():
            self.root = make_unit(gateways, "QN", name="Tỉnh Quảng Ninh")
            self.land = make_unit(gateways, "QN-STNMT", self.root, name="Sở Đất đai")
            for role, unit, email in (
                (Role.RECEPTION_OFFICER, self.land, "lan@qn.vn"),
                (Role.HANDLER, self.land, "hoa@qn.vn"),
                (Role.UNIT_LEADER, self.root, "tinh@qn.vn"),
                (Role.INSPECTOR, self.root, "tra@qn.vn"),
                (Role.ADMINISTRATOR, self.root, "quan@qn.vn"),
            ):
                make_user(gateways, unit, role, email=email, name=email)

    def browser(self, email: str) -> Visitor:
        """A browser signed in as this person."""
        someone = visitor(self.app)
        assert someone.sign_in(email).status_code == 303
        return someone

    def entry(self, **more: Any) -> dict[str, Any]:
        """What the officer types."""
        return {
            "visited_on-day": "23",
            "visited_on-month": "11",
            "visited_on-year": "2026",
            "name": NAME,
            "address": "Thôn Khe Cát",
            "id_no": "022190001234",
            "summary": "Đề nghị xem lại giá bồi thường",
            "kind": "complaint",
            "people": "1",
            "unit": self.land,
            "sitting": "regular",
            "received_by": "officer",
            "competent": "yes",
            **more,
        }

    def one(self, query: Any) -> Any:
        """One value from the database."""
        with self.app.app_context():
            return db.session.scalar(query)


@pytest.fixture
def office(app: Flask, gateways: Gateways) -> Office:
    """The office."""
    return Office(app, gateways)


@pytest.fixture
def lan(office: Office) -> Visitor:
    """The reception officer's browser."""
    return office.browser("lan@qn.vn")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_both_languages(lan: Visitor, path: str, lang: str) -> None:
    answer = lan.get(f"{path}?lang={lang}")
    assert answer.status_code == 200
    assert f'lang="{lang}"' in answer.text


def test_who_may_look_and_who_may_write(office: Office) -> None:
    for email, look, write in (
        ("tinh@qn.vn", 200, 200),
        ("hoa@qn.vn", 200, 404),
        ("tra@qn.vn", 200, 404),
        ("quan@qn.vn", 404, 404),
    ):
        someone = office.browser(email)
        assert someone.get("/receptions").status_code == look, email
        assert someone.get("/receptions/new").status_code == write, email
    assert visitor(office.app).get("/receptions").status_code == 303


@pytest.mark.both_databases
def test_a_visit_is_entered_read_listed_and_printed(office: Office, lan: Visitor) -> None:
    answer = lan.post("/receptions/new", office.entry(people="7"))
    assert answer.status_code == 303
    page = lan.get(answer.headers["Location"]).text
    assert "QN-STNMT-2026-0001" in page
    assert NAME in page
    assert "Đoàn đông người" in page
    assert "7 người" in lan.get("/receptions?group=yes&kind=complaint&from=2026-11-23").text
    assert "QN-STNMT" not in lan.get("/receptions?kind=petition").text.split("bench__list")[1]
    slip = lan.get(f"{answer.headers['Location']}/slip").text
    assert "Phiếu tiếp công dân số QN-STNMT-2026-0001" in slip
    assert NAME in slip
    assert NAME not in office.browser("tra@qn.vn").get(answer.headers["Location"]).text


def test_a_visit_is_struck_out_for_all_to_see(office: Office, lan: Visitor) -> None:
    """The line stays with its reason, takes no more acts, and can stand again."""
    address = lan.post("/receptions/new", office.entry()).location
    strike = f"{address}/strike"
    assert strike in lan.get(address).text
    assert lan.post(strike, {"reason": ""}).status_code == 422
    assert lan.post(strike, {"reason": "Ghi hai lần"}).status_code == 303
    page = lan.get(address).text
    for told in ("Lượt tiếp này đã gạch bỏ", "Ghi hai lần", "Gạch khỏi sổ"):
        assert told in page
    assert f"{address}/correct" not in page
    book = lan.get("/receptions").text
    assert "Đã gạch bỏ" in book
    assert "0 lượt tiếp" in book
    assert office.browser("hoa@qn.vn").get(strike).status_code == 404
    assert lan.post(strike, {"reason": "Gạch nhầm"}).status_code == 303
    assert "1 lượt tiếp" in lan.get("/receptions").text


def test_wrong_input_keeps_everything_typed(office: Office, lan: Visitor) -> None:
    typed = office.entry(**{"visited_on-day": "24"}, notes="Xem lại", matter="không có số")
    answer = lan.post("/receptions/new", typed)
    assert answer.status_code == 422
    for text in (NAME, "Thôn Khe Cát", "022190001234", "Xem lại", "không có số", 'value="24"'):
        assert text in answer.text
    assert "không thể sau hôm nay" in answer.text
    unknown = lan.post("/receptions/new", office.entry(matter="không có số"))
    assert "Không tìm thấy số này" in unknown.text
    assert lan.post("/receptions/new", {}).status_code == 422
    assert office.one(select(Reception.id)) is None


@pytest.mark.both_databases
def test_a_denouncer_is_named_on_no_page(office: Office, lan: Visitor) -> None:
    answer = lan.post("/receptions/new", office.entry(kind="denunciation"))
    path = answer.headers["Location"]
    for where in (path, f"{path}/slip", "/receptions"):
        page = lan.get(where).text
        assert NAME not in page, where
        assert "022190001234" not in page, where
    assert "(được giữ kín)" in lan.get(path).text


@pytest.mark.both_databases
def test_a_submission_is_entered_from_a_visit_without_typing_it_again(
    office: Office, lan: Visitor
) -> None:
    path = lan.post("/receptions/new", office.entry()).headers["Location"]
    link = re.search(r'href="(/inbox/new\?reception=\d+)"', lan.get(path).text)
    assert link
    page = lan.get(link.group(1)).text
    for text in (NAME, "Thôn Khe Cát", "022190001234", "Đề nghị xem lại giá bồi thường"):
        assert text in page
    submitted = lan.client.post(
        "/inbox/new",
        data=_filled(page)
        | {
            "field": "land",
            "respondent": "UBND phường",
            "signed": "1",
        },
    )
    assert submitted.status_code == 303, submitted.text
    number = office.one(select(Case.number))
    assert number in lan.get(path).text
    assert number in lan.get("/receptions").text
    assert office.one(select(CasePerson.name)) == NAME


@pytest.mark.both_databases
def test_a_denunciation_takes_its_sender_from_the_book_unseen(office: Office, lan: Visitor) -> None:
    path = lan.post("/receptions/new", office.entry(kind="denunciation")).headers["Location"]
    page = lan.get(f"/inbox/new?reception={path.rsplit('/', 1)[1]}").text
    assert NAME not in page
    assert "được giữ kín" in page
    submitted = lan.client.post(
        "/inbox/new",
        data=_filled(page)
        | {
            "field": "conduct",
            "respondent": "Ông X",
            "signed": "1",
        },
    )
    assert submitted.status_code == 303, submitted.text
    assert office.one(select(CasePerson.id)) is None
    assert office.one(select(Reception.case_id)) == office.one(select(Case.id))


def _filled(page: str) -> dict[str, str]:
    """What the page would send as it stands: hidden and text fields, marked choices, long texts."""
    form = page.split('action="/inbox/new"', 1)[1].split("</form>", 1)[0]
    values: dict[str, str] = {}
    for found in re.finditer(r"<input\b[^>]*>", form):
        tag = dict(re.findall(r'([\w-]+)="([^"]*)"', found.group()))
        ticked = tag.get("type") not in ("radio", "checkbox") or " checked" in found.group()
        if "name" in tag and ticked:
            values[tag["name"]] = tag.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)', form):
        values[name] = text.strip()
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen.group(1) if chosen else ""
    return values


def test_a_visit_is_linked_to_an_existing_case(office: Office, lan: Visitor) -> None:
    first = lan.post("/receptions/new", office.entry()).headers["Location"]
    page = lan.get(f"/inbox/new?reception={first.rsplit('/', 1)[1]}").text
    lan.client.post(
        "/inbox/new", data=_filled(page) | {"field": "land", "respondent": "A", "signed": "1"}
    )
    number = office.one(select(Case.number))
    second = lan.post("/receptions/new", office.entry()).headers["Location"]
    wrong = lan.post(f"{second}/case", {"number": "26-0000-0"}, of=second)
    assert wrong.status_code == 409
    assert "Không tìm thấy số này" in wrong.text
    assert lan.post(f"{second}/case", {"number": ""}, of=second).status_code == 422
    assert lan.post(f"{second}/case", {"number": number}, of=second).status_code == 303
    assert "Tiếp lần thứ 2" in lan.get(second).text


@pytest.mark.both_databases
def test_a_leaders_day_is_entered_once_and_listed(office: Office, lan: Visitor) -> None:
    day = {
        "held_on-day": "20",
        "held_on-month": "11",
        "held_on-year": "2026",
        "unit": office.land,
        "kind": "periodic",
        "received_by": "head",
        "announced": "1",
        "visitors": "0",
    }
    assert lan.post("/receptions/sittings/new", day).status_code == 303
    again = lan.post("/receptions/sittings/new", day | {"visitors": "4"})
    assert again.status_code == 422
    assert "đã có trong sổ" in again.text
    assert 'value="4"' in again.text
    assert "không ai đến" in lan.get("/receptions/sittings?from=2026-11-01&to=2026-11-30").text
    assert "Không có ngày tiếp nào khớp" in lan.get("/receptions/sittings?to=2026-01-01").text
    assert office.one(select(Sitting.announced)) is True


def test_a_visit_out_of_reach_is_not_found(office: Office, lan: Visitor) -> None:
    chief = office.browser("tinh@qn.vn")
    path = chief.post("/receptions/new", office.entry(unit=office.root)).headers["Location"]
    assert lan.get(path).status_code == 404
    assert lan.get(f"{path}/slip").status_code == 404
    assert lan.get("/receptions/999").status_code == 404
    assert lan.post(f"{path}/case", {"number": "1"}, of="/receptions/new").status_code == 404
    assert NAME not in lan.get(f"/inbox/new?reception={path.rsplit('/', 1)[1]}").text


def test_odd_values_in_addresses_and_forms_are_answered_plainly(
    office: Office, lan: Visitor
) -> None:
    for query in ("?unit=x&from=y&at=z&kind=k", "?unit=9999999999", "?at=a.00000000.1.1"):
        assert lan.get(f"/receptions{query}").status_code == 200
        assert lan.get(f"/receptions/sittings{query}").status_code == 200
    assert lan.get("/receptions/99999999999").status_code == 404
    assert lan.get("/inbox/new?reception=x").status_code == 200
    odd = office.entry(people="9" * 30, unit="-1", kind="king", sitting="x", received_by="y")
    assert lan.post("/receptions/new", odd).status_code == 422
    assert lan.post("/receptions/new", office.entry(received_by="head")).status_code == 422
    long = office.entry(guided_to="x" * 201, notes="y" * 501)
    assert lan.post("/receptions/new", long).status_code == 422


def test_the_slip_of_a_visit_lets_it_be_rated_once_where_its_unit_has_a_point(
    office: Office, lan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from citizenfeedback.web.receptions import visits

    coded: list[str] = []

    def drawn(text: str, *, title: str) -> str:
        coded.append(text)
        return f"<svg><title>{title}</title></svg>"

    monkeypatch.setattr(visits, "qr_svg", drawn)
    plain = lan.post("/receptions/new", office.entry()).headers["Location"]
    sealed = lan.post("/receptions/new", office.entry(kind="denunciation")).headers["Location"]
    lan.get(f"{plain}/slip")
    assert coded == []  # no point to rate
    with office.app.app_context(), transaction() as writing:
        writing.add(ServicePoint(code="Q1", name="Phòng tiếp dân", unit_id=office.land))
    lan.get(f"{sealed}/slip")
    assert coded == []
    assert "Soi mã này để đánh giá" in lan.get(f"{plain}/slip").text
    lan.get(f"{plain}/slip")
    first, again = (address.removeprefix("http://127.0.0.1:5000") for address in coded)
    visitor(office.app).post(first, {"score": "4"})
    assert "đã được đánh giá" in visitor(office.app).get(again).text
    assert office.one(select(Rating.verified))
