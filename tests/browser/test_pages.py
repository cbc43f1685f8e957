"""Every page, in both languages, on a phone and on a desk: nothing that axe finds wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from citizenfeedback.domain.rating_links import PURPOSE, RATE_VISIT_PATH, RatingLink
from citizenfeedback.domain.vocabulary import RatingChannel
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, JoinedContact, PublicReflection
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.services import joining
from citizenfeedback.services.transaction import transaction
from tests.browser.conftest import (
    ADMINISTRATOR,
    AUDITOR,
    CODE,
    PHONE,
    SUPERVISOR,
    Office,
    assert_accessible,
    assert_clean,
    assert_clean_everywhere,
    assert_no_wider,
)
from tests.conftest import NOON
from tests.services.desk import CHIEF, DUC, HOA, LAN

if TYPE_CHECKING:
    from playwright.sync_api import Page

CITIZENS = (
    "/",
    "/figures",
    "/offices",
    "/forms",
    "/privacy",
    "/display",
    "/petitions/new",
    "/petitions/new/resume",
    "/track",
    "/verify",
    "/rate",
    "/rate?q=bai+chay",
    "/rate?q=nowhere",
    f"/r/{CODE}",
    "/sign-in",
    "/account/forgotten",
    "/nowhere",
)
KIOSK = (f"/kiosk/{CODE}", f"/kiosk/{CODE}/thanks")
HANDLERS = (
    "/inbox",
    "/inbox?view=unit",
    "/inbox?view=late",
    "/inbox?view=waiting",
    "/inbox?view=asked",
    "/inbox?q=khong+co+gi",
    "/inbox/after",
    "/inbox/register",
    "/account",
    "/account/password",
)
LEADERS = ("/inbox?view=reach", "/inbox/new", "/inbox/register/enter", "/reports")
CHIEFS = ("/inbox/overview", "/inbox?view=unprocessed")
RECEPTION = (
    "/receptions",
    "/receptions/new",
    "/receptions/sittings",
    "/receptions/sittings/new",
    "/receptions/duty",
    "/receptions/refusals",
    "/receptions/refusals/new",
    "/inbox/new",
)
SUPERVISORS = (
    "/reports",
    "/reports/figures",
    "/reports/forms",
    "/reports/forms?form=02-XLD&all=1",
    "/reports/closed",
    "/reports/ratings",
    "/reports/ratings/doubtful",
    "/reports/verdicts",
    "/reports/units",
    "/reports/rows?figure=petitions.received",
)
ADMINISTRATORS = (
    "/admin/",
    "/admin/units",
    "/admin/units/new",
    "/admin/units/2",
    "/admin/letterheads/2",
    "/admin/letters",
    "/admin/letters/text/nd155/complaint_accepted",
    "/admin/paragraphs",
    "/admin/paragraphs/new",
    "/admin/devices",
    "/admin/devices/new",
    "/admin/points",
    "/admin/points/new",
    "/admin/points/1",
    "/admin/points/1/questions",
    "/admin/staff",
    "/admin/staff/new",
    "/admin/staff/1",
    "/admin/people",
    "/admin/people/new",
    "/admin/people/1",
    "/admin/calendar",
    "/admin/retention",
)
FILING = (
    "meaning",
    "words",
    "wish",
    "field",
    "respondent",
    "office",
    "files",
    "standing",
    "you",
    "save",
    "resume",
)

FOLLOWED = (
    "/track/message",
    "/track/document",
    "/track/news",
    "/track/data",
    "/track/withdraw",
    "/track/withdraw/form",
    "/track/proof",
)

PEOPLE: tuple[tuple[int | None, tuple[str, ...]], ...] = (
    (None, CITIZENS),
    (HOA, HANDLERS),
    (DUC, LEADERS),
    (CHIEF, CHIEFS),
    (LAN, RECEPTION),
    (SUPERVISOR, SUPERVISORS),
    (ADMINISTRATOR, ADMINISTRATORS),
    (AUDITOR, ("/admin/", "/admin/audit", "/admin/retention")),
)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("user", "paths"),
    PEOPLE,
    ids=["citizen", "handler", "leader", "chief", "desk", "reports", "admin", "audit"],
)
def test_is_every_page_clean(
    open_page: Callable[..., Page], user: int | None, paths: tuple[str, ...], lang: str
) -> None:
    page = open_page(user)
    for path in paths:
        answer = page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer is not None
        assert answer.status == (404 if path == "/nowhere" else 200), path
        assert page.locator("html").get_attribute("lang") == lang
        assert_clean_everywhere(page)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_every_page_of_a_case_clean(
    open_page: Callable[..., Page], office: Office, lang: str
) -> None:
    page = open_page(DUC)
    for case in (office.complaint, office.denunciation, office.reflection):
        page.goto(f"/inbox/cases/{case.number}?lang={lang}")
        assert_clean_everywhere(page)
        hrefs = page.locator(f"main a[href^='/inbox/cases/{case.number}/']").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        for href in dict.fromkeys(hrefs):
            if "/papers/" not in href and not href.endswith((".pdf", ".docx")):
                page.goto(href)
                assert_clean_everywhere(page)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_a_change_of_the_calendar_clean_before_it_is_made(
    open_page: Callable[..., Page], lang: str
) -> None:
    page = open_page(ADMINISTRATOR)
    page.goto(f"/admin/calendar?year=2026&lang={lang}")
    assert_clean_everywhere(page)
    for part, value in (("day", "25"), ("month", "11"), ("year", "2026")):
        page.fill(f"input[name=date-{part}]", value)
    page.select_option("select[name=kind]", "holiday")
    page.fill("input[name=name]", "Nghỉ đột xuất")
    page.locator("form[action='/admin/calendar'] button").click()
    page.wait_for_selector("input[name=token]", state="attached")
    assert_clean_everywhere(page)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (1080, 1920)])
def test_does_a_kiosk_page_fit_its_screen(
    open_page: Callable[..., Page], width: int, height: int, lang: str
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    for path in KIOSK:
        page.goto(f"{path}?lang={lang}")
        assert_clean(page)
        tall = page.evaluate("document.documentElement.scrollHeight - innerHeight")
        assert tall <= 0, f"{path} is {tall} px too tall"
        small = page.locator("a, button").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height < 96).map(one => one.innerText)"
        )
        assert small == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_a_followed_case_clean(
    open_page: Callable[..., Page], office: Office, lang: str
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"/track?lang={lang}")
    page.locator("input[name=code]").fill("ABCD")
    page.locator("main form button[type=submit]").click()
    assert_clean_everywhere(page)
    page.locator("input[name=code]").fill(office.complaint.access_code)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/track/case")
    page.locator("summary").first.click()
    assert_clean_everywhere(page)
    for path in FOLLOWED:
        page.goto(path)
        assert_clean_everywhere(page)


@pytest.fixture(scope="module")
def _shown(office: Office) -> None:
    """The reflection of the broken lamp is shown to others who write of the same."""
    with office.app.app_context():
        with transaction() as writing:
            case_id = writing.scalar(select(Case.id).where(Case.number == office.reflection.number))
            writing.execute(
                insert(PublicReflection).values(
                    case_id=case_id,
                    summary="Đèn đường ở thôn Khe Cát hỏng",
                    shown_on=NOON.date(),
                    joined=2,
                )
            )
        db.session.remove()


@pytest.mark.usefixtures("_shown")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_every_page_of_filing_clean(open_page: Callable[..., Page], lang: str) -> None:
    page = open_page()
    page.goto(f"/petitions/new?lang={lang}")
    page.locator("main details:has(button[name=kind]) > summary").click()
    page.locator("button[name=kind][value=reflection]").click()
    for question in FILING:
        open_question(page, question)
        assert_clean_everywhere(page)
    for standing in ("together", "instead", "alone"):
        open_question(page, "standing")
        page.locator(f"input[name=standing][value={standing}]").check()
        page.locator("#step .btn--primary").click()
        open_question(page, "people")
        assert_clean_everywhere(page)
    open_question(page, "save")
    page.locator("button[name=go][value=code]").click()
    page.wait_for_selector("a.btn--primary")
    assert_clean_everywhere(page)
    open_question(page, "words")
    while not page.url.endswith("/check"):
        fill_in(page)
        page.locator("main .btn--primary").first.click()
    assert_clean_everywhere(page)
    page.locator("main a[href*='/petitions/new/join']").click()
    page.wait_for_selector("main form[action='/petitions/new/join']")
    assert_clean_everywhere(page)
    page.locator("main input[name=email]").fill("sau@vidu")
    page.locator("main .btn--primary").click()
    page.wait_for_selector("[data-error-summary]")
    assert page.locator("main input[name=email]").input_value() == "sau@vidu"
    assert_clean_everywhere(page)
    open_question(page, "check")
    page.locator("main .btn--primary").last.click()
    page.wait_for_url("**/code")
    for after in ("code", "code-check", "receipt", "slip"):
        open_question(page, after)
        assert_clean_everywhere(page)
    slip = page.locator("code").first.inner_text().strip()
    for text in (slip, slip[:-2], ""):
        page.goto("/verify")
        page.locator("textarea[name=code]").fill(text)
        page.locator("main .btn--primary").click()
        page.wait_for_load_state()
        assert (page.locator("textarea[name=code]").count() == 0) == bool(text)
        assert_clean_everywhere(page)


@pytest.mark.usefixtures("_shown")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_the_page_of_who_joined_clean_until_they_leave(
    open_page: Callable[..., Page], office: Office, keys: Keys, lang: str
) -> None:
    with office.app.app_context():
        case_id = db.session.scalars(
            select(Case.id).where(Case.number == office.reflection.number)
        ).one()
        joining.join(case_id, keys, joining.Wish(f"{lang}@example.vn", lang), now=NOON)
        sealed = db.session.scalars(
            select(JoinedContact.sealed_token).where(JoinedContact.language == lang)
        ).one()
        db.session.remove()
    page = open_page()
    page.goto(f"/joined/{keys.unseal(sealed)}?lang={lang}")
    assert_clean_everywhere(page)
    page.locator("main form[action$='/confirm'] button").click()
    page.wait_for_selector("main form[action$='/confirm']", state="detached")
    assert_clean_everywhere(page)
    page.locator("main form[action$='/leave'] button").click()
    page.wait_for_url(office.at("/"))


def fill_in(page: Page) -> None:
    """Answer the questions of one page of the filing."""
    for name, value in (
        ("words", "Đèn đường ở thôn Khe Cát hỏng đã ba tháng, buổi tối rất tối."),
        ("wish", "Sửa đèn."),
        ("name", "Lò Thị Măng"),
        ("phone", "0912345678"),
        ("address", "Thôn Khe Cát"),
    ):
        box = page.locator(f"main [name={name}]")
        if box.count():
            box.first.fill(value)
    for name in ("field", "unit", "standing"):
        radios = page.locator(f"main input[type=radio][name={name}]")
        if radios.count():
            radios.first.check()


def open_question(page: Page, question: str) -> None:
    """Open a page of the filing by its address."""
    answer = page.goto(f"/petitions/new/{question}")
    assert answer is not None
    assert answer.status == 200, question


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_are_the_pages_of_a_rating_link_clean(
    open_page: Callable[..., Page], office: Office, keys: Keys, lang: str
) -> None:
    with office.app.app_context():
        point = db.session.scalars(select(ServicePoint.id).where(ServicePoint.code == CODE)).one()
        db.session.remove()
    visit = b"vi-visit" if lang == "vi" else b"en-visit"
    until = NOON.date() + timedelta(days=30)
    link = RatingLink(point, until, visit, RatingChannel.SMS, "000.54.2026.12345")
    address = RATE_VISIT_PATH + keys.wrap(PURPOSE, link.packed())
    page = open_page()
    page.goto(f"{address}?lang={lang}")
    assert_clean_everywhere(page)
    page.locator("button[name=score][value='2']").click()
    page.wait_for_url("**/more")
    page.locator("main details > summary").click()
    assert_clean_everywhere(page)
    page.locator("textarea[name=comment]").fill("Chờ lâu")
    page.locator("main .btn--primary").click()
    page.wait_for_url("**/thanks")
    assert_clean_everywhere(page)
    other = open_page()
    other.goto(f"{address}?lang={lang}")
    assert other.locator("button[name=score]").count() == 0, "it was used"
    assert_clean_everywhere(other)


@pytest.mark.parametrize("path", ["/", "/privacy", "/track", "/petitions/new", f"/r/{CODE}"])
def test_is_a_page_clean_in_high_contrast_with_the_largest_letters(
    open_page: Callable[..., Page], office: Office, path: str
) -> None:
    page = open_page(viewport=PHONE)
    page.context.add_cookies([{"name": "display", "value": "larger-contrast", "url": office.url}])
    page.goto(path)
    assert page.locator("html").get_attribute("class") == "larger contrast"
    assert_clean(page)


def test_are_pages_clean_and_what_is_chosen_seen_in_forced_colours(
    open_page: Callable[..., Page],
) -> None:
    """In the colours of the reader's own system a chosen period still looks chosen."""
    page = open_page(SUPERVISOR)
    page.emulate_media(forced_colors="active")
    for path in ("/reports", "/reports/forms", "/reports/closed", "/inbox", "/account"):
        page.goto(path)
        assert_accessible(page)
    page.goto("/reports")
    ground = "one => getComputedStyle(one).backgroundColor"
    chosen = page.locator(".pills a[aria-current]").first.evaluate(ground)
    assert chosen != page.locator(".pills a:not([aria-current])").first.evaluate(ground)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_what_administration_makes_clean(
    open_page: Callable[..., Page], office: Office, lang: str
) -> None:
    """A paragraph once it is there, a link to set a password and the page that it opens."""
    page = open_page(ADMINISTRATOR)
    page.goto(f"/admin/paragraphs/new?lang={lang}")
    page.fill("input[name=title]", "Lời chào")
    page.fill("textarea[name=body]", "Kính gửi ông/bà")
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector("main tbody a")
    page.locator("main tbody a").first.click()
    assert_clean_everywhere(page)
    page.goto("/admin/people/1")
    page.locator("main form[action$='/link'] button").click()
    assert_clean_everywhere(page)


def test_are_the_pages_of_a_link_that_opens_nothing_clean(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for path in (f"/account/link/{'x' * 43}", f"/track/confirm/{'a' * 32}"):
        page.goto(path)
        assert_clean_everywhere(page)


def test_are_the_lists_behind_figures_and_a_sealed_case_clean(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(SUPERVISOR)
    page.goto("/reports/forms?form=02-XLD&from=2026-11-01&to=2026-11-30")
    page.locator("main td a").first.click()
    page.wait_for_url("**/reports/forms/rows*")
    assert_clean_everywhere(page)
    leader = open_page(CHIEF)
    leader.goto(f"/inbox/cases/{office.denunciation.number}/original")
    assert_clean_everywhere(leader)


@pytest.mark.parametrize(
    ("user", "path"),
    [(SUPERVISOR, "/reports"), (SUPERVISOR, "/reports/forms"), (DUC, "/inbox?view=unit")],
)
def test_fits_a_page_the_paper(open_page: Callable[..., Page], user: int, path: str) -> None:
    """On A4 nothing sticks out, no inner address is spelled out, a list is a table."""
    page = open_page(user, viewport={"width": 673, "height": 950})
    page.emulate_media(media="print")
    page.goto(path)
    assert_no_wider(page, "on paper")
    spelled = page.locator("main a").evaluate_all(
        "all => all.filter(a => getComputedStyle(a, '::after').content.includes('/')).length"
    )
    assert spelled == 0
    shown = "one => getComputedStyle(one).display"
    assert page.locator("main table").first.evaluate(shown) == "table"


def test_is_a_printed_case_what_is_read_and_not_what_is_pressed(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(DUC, viewport={"width": 673, "height": 950})
    case = f"/inbox/cases/{office.complaint.number}"
    page.goto(case)
    acts = page.locator(f"main a[href^='{case}/'], main form")
    assert acts.count()
    page.emulate_media(media="print")
    assert acts.evaluate_all("all => all.filter(one => one.checkVisibility()).map(String)") == []
    assert_no_wider(page, "on paper")
