"""People of a procedure at their browsers: one driver for every walk, in either language.

A walk names pages by what officials and citizens do (acts, entries, codes), never by the words on a
button, so that it is written once and run in Vietnamese and in English. Each kind of page that a
walk meets for the first time is looked at by axe and held within the window: in Vietnamese as those
people sit before it, in English the other way round, officials on a phone and citizens at a desk.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from citizenfeedback.documents.labels import state_label
from citizenfeedback.domain.vocabulary import Action, CaseKind, Letter, SendingWay, State
from tests.browser.conftest import EVERYTHING, PHONE, Office, assert_clean, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

NUMBER = re.compile(r"\b\d\d-[0-9A-Z]{4}-[0-9A-Z]\b")
CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b")
SHOTS = os.environ.get("WALK_SHOTS", "")
"""A folder for pictures of every kind of page met, wide and narrow; none are made without."""
THOUSANDS = count(1000, 1000)


def paper_no(sign: str) -> str:
    """A number of a paper made elsewhere, `3000/QĐ`.

    Every walk shares the registers of one site, where letters take the next number each: a thousand
    apart, what one types meets no number that another was given.
    """
    return f"{next(THOUSANDS)}/{sign}"


@dataclass(frozen=True)
class Filed:
    """A submission as its sender knows it."""

    number: str
    code: str


@dataclass
class Walker:
    """Somebody at a browser, in one language."""

    page: Page
    lang: str
    seen: set[tuple[str, str]]

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def open(self, path: str) -> None:
        """Open a page and look it over."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        self.look()

    def look(self) -> None:
        """In the right language; clean, if this kind of page was not met before."""
        assert self.page.locator("html").get_attribute("lang") == self.lang, self.page.url
        path = re.sub(r"^https?://[^/]+", "", self.page.url).partition("?")[0].partition("#")[0]
        kind = re.sub(r"\d+", "0", NUMBER.sub("N", path)), self.lang
        if kind in self.seen:
            return
        self.seen.add(kind)
        usual = self.page.viewport_size
        other = EVERYTHING if usual == PHONE else PHONE
        self.page.set_viewport_size(other if self.lang == "en" else usual or EVERYTHING)
        assert_clean(self.page)
        self.page.set_viewport_size(usual or EVERYTHING)
        if SHOTS:
            self._picture(kind[0].strip("/").replace("/", "-") or "home")

    def _picture(self, name: str) -> None:
        before = self.page.viewport_size
        for viewport in (EVERYTHING, PHONE):
            self.page.set_viewport_size(viewport)
            file = f"{SHOTS}/{name}-{self.lang}-{viewport['width']}.png"
            self.page.screenshot(path=file, full_page=True)
        if before:
            self.page.set_viewport_size(before)

    def press(self) -> None:
        """Press what the page puts first."""
        self.page.locator("main .btn--primary, main .btn--warning").first.click()
        self.look()

    def fill(self, **entries: object) -> None:
        """Fill entries of the form by their names: text, a choice, a day, a tick."""
        for name, value in entries.items():
            self._enter(name, value)

    def _enter(self, name: str, value: object) -> None:
        form = self.page.locator("main form[method=post]")
        if isinstance(value, date):
            for part in ("day", "month", "year"):
                form.locator(f"[name={name}-{part}]").fill(str(getattr(value, part)))
            return
        box = form.locator(f"[name={name}]")
        if box.first.evaluate("node => node.tagName") == "SELECT":
            box.first.select_option(str(value))
        elif box.first.get_attribute("type") in ("radio", "checkbox"):
            for one in value if isinstance(value, tuple) else (value,):
                form.locator(f"[name={name}][value='{one}']").check()
        else:
            box.first.fill(str(value))

    # Officials.

    def case(self, number: str) -> str:
        """Open a case; what its page says."""
        self.open(f"/inbox/cases/{number}")
        return self.text

    def step(self, number: str, action: Action) -> Locator:
        """The link or form by which the page of a case offers an act."""
        address = f"/inbox/cases/{number}/{action}"
        return self.page.locator(f"main a[href^='{address}'], main form[action='{address}']")

    def offered(self, number: str, action: Action) -> bool:
        """Whether the page of the case, which is open, offers the act."""
        return self.step(number, action).count() > 0

    def begin(self, number: str, action: Action) -> None:
        """From the page of a case to that of an act, by what is offered there."""
        self.case(number)
        # Where one press does it, its form stands among what is seldom needed.
        form = self.page.locator(f"main a[href^='/inbox/cases/{number}/{action}']")
        link = form.first if form.count() else self.step(number, action).first
        if not link.is_visible():
            self.page.locator(f"details:has(a[href$='/{action}']) > summary").first.click()
        link.click()
        self.look()

    def act(self, number: str, action: Action, **entries: object) -> None:
        """Begin an act, fill it in and do it."""
        self.begin(number, action)
        self.fill(**entries)
        self.submit()
        assert not self.refused, f"{action}: {self.text}"

    def submit(self) -> None:
        """Press the button of the form itself, not a link beside it."""
        self.page.locator("main form[method=post] button.btn--primary").last.click()
        self.look()

    @property
    def refused(self) -> str:
        """What stands beside the entries that are to be put right."""
        found = self.page.locator("main .govuk-error-message, main .govuk-error-summary__list")
        return " ".join(found.all_inner_texts())

    def state(self, number: str, kind: CaseKind) -> State:
        """Where the page of the case says that it stands."""
        self.case(number)
        said = self.page.locator("main .lede .tag").first.inner_text()
        return next(one for one in State if state_label(one, kind, self.lang) == said)

    def enter_paper(self, kind: CaseKind, **entries: object) -> Filed:
        """Enter a paper into the books and hand its slip over."""
        self.open("/inbox/new")
        self.fill(
            **{
                "kind": kind,
                "channel": "in_person",
                "received_on": date(2026, 11, 16),
                "name": "Lò Thị Măng",
                "id_no": "022190001234",
                "address": "Thôn Khe Cát",
                "field": "land",
                "unit": 2,
                **entries,
            }
        )
        self.submit()
        if not self.page.url.endswith("/slip"):
            assert not self.refused, self.text
            self.submit()  # something like it is there already: it was read, and is another one
        return self.hand_over()

    def hand_over(self) -> Filed:
        """Read number and code off the slip, and say that it was handed over."""
        assert self.page.url.endswith("/inbox/slip"), self.text
        number, code = NUMBER.search(self.text), CODE.search(self.text)
        assert number is not None
        assert code is not None
        self.press()
        return Filed(number.group(), code.group())

    def letter(self, number: str, letter: Letter, action: Action, **entries: object) -> str:
        """Draft the letter of an act and lay it before the leader; its address."""
        address = self.draft(number, letter, action, **entries)
        self.press_step("submit")
        return address

    def draft(self, number: str, letter: Letter, action: Action, **entries: object) -> str:
        """Draft the letter of an act and fill in what its template leaves open; its address."""
        self.case(number)
        self.page.locator(f"main a[href$='/{letter}?act={action}']").first.click()
        self.look()
        self.fill(**entries)
        self.submit()
        assert not self.refused, f"{letter}: {self.text}"
        self._fill_gaps()
        return self.page.url

    def _fill_gaps(self) -> None:
        """What the template leaves open is filled in."""
        for box in self.page.locator("main form[method=post] textarea").all():
            box.fill(re.sub("…+", "03", box.input_value()))
        self.submit()

    def press_step(self, step: str) -> None:
        """Take one step with the letter that is open."""
        self.page.locator(f"main form[action$='/{step}'] button").first.click()
        self.look()

    def send(self, way: SendingWay, proof: str) -> None:
        """Record how the letter that is open went out."""
        form = self.page.locator("main form[action*='/send']")
        form.locator(f"input[name=way][value={way}]").check()
        form.locator("input[name=proof]").fill(proof)
        form.locator("button").click()
        self.look()

    def issue(self, address: str) -> None:
        """Approve a letter that was laid before the leader, and issue it."""
        self.page.goto(address)
        for step in ("approve", "issue"):
            self.press_step(step)
        assert not self.page.locator("main [role=alert]").count(), self.text

    # Citizens.

    def file(self, kind: CaseKind, words: str, **answers: str) -> Filed:
        """File on the phone, one question a page, and keep the code."""
        self.open("/petitions/new")
        self.page.locator("main details:has(button[name=kind]) > summary").click()
        self.page.locator(f"main button[name=kind][value={kind}]").click()
        self.look()
        self.press()  # what this kind of submission means
        return self.finish({"words": words, **answers})

    def finish(self, answers: dict[str, str]) -> Filed:
        """Answer page by page, check, and send; number and code of what was sent."""
        known = {
            "wish": "Đề nghị xem lại.",
            "name": "Nguyễn Văn Hùng",
            "id_no": "022188004321",
            "phone": "0912345678",
            "address": "Tổ 3, Hà Khánh",
            "respondent": "Quyết định số 12 của UBND xã",
            **answers,
        }
        for _ in range(20):
            self.look()
            if self.page.url.endswith("/check"):
                break
            self._answer(known)
        self.page.locator("main .btn--primary").first.click()
        self.page.wait_for_url("**/petitions/new/code")  # the device works on its task first
        self.look()
        code, number = CODE.search(self.text), NUMBER.search(self.text)
        assert code is not None, self.text
        assert number is not None
        return Filed(number.group(), code.group())

    def _answer(self, known: dict[str, str]) -> None:
        form = self.page.locator("main form[method=post]")
        for name, value in known.items():
            box = form.locator(f"input[type=text][name={name}], input[type=tel][name={name}]")
            box = box.or_(form.locator(f"textarea[name={name}]"))
            if box.count():
                box.first.fill(value)
        for name in ("field", "standing"):
            if form.locator(f"input[type=radio][name={name}]").count():
                form.locator(f"input[type=radio][name={name}]").first.check()
        # Who is denounced must not get it: there nobody of the list is chosen.
        chosen = known.get("unit", "2") if self.page.url.endswith("/respondent") else "2"
        unit = form.locator(f"input[type=radio][name=unit][value='{chosen}']")
        if unit.count():
            if not unit.first.is_visible():
                form.locator("details > summary").first.click()
            unit.first.check()
        self.page.locator("main .btn--primary").first.click()

    def follow(self, filed: Filed) -> str:
        """Open the own case with its code; what its page says."""
        self.open("/track")
        self.page.locator("input[name=code]").fill(filed.code)
        self.press()
        assert self.page.url.endswith("/track/case"), self.text
        return self.text

    def write(self, text: str) -> None:
        """Write to the office from the page of the own case."""
        self.page.goto("/track/message")
        self.look()
        self.page.locator("textarea[name=body]").fill(text)
        self.press()


@dataclass
class People:
    """Everybody who takes part in the walks, each with a browser profile of their own."""

    browser: Browser
    office: Office
    contexts: list[BrowserContext] = field(default_factory=list)
    known: dict[tuple[int | None, str], Walker] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, user: int | None, lang: str) -> Walker:
        """An official by id at a desk, or a citizen on a phone (None)."""
        if (user, lang) not in self.known:
            context = self.browser.new_context(
                base_url=self.office.url,
                viewport=PHONE if user is None else EVERYTHING,
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
            )
            context.set_default_timeout(10_000)
            self.contexts.append(context)
            page = context.new_page()
            page.goto(f"/sign-in?lang={lang}")
            if user is not None:
                sign_in(page, user)
            self.known[user, lang] = Walker(page, lang, self.seen)
        return self.known[user, lang]

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.contexts:
            context.close()
