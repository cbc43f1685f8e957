"""The words of mail: there for every kind in both languages, and saying no more than they may."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment, meta

from citizenfeedback.documents.mail import FOLDER, PLACEHOLDERS, mail_text
from citizenfeedback.domain.vocabulary import MailKind

DETAILS = {
    "number": "26-4K7Q-2",
    "due": "2026-12-04",
    "until": "2026-12-04T03:00:00+00:00",
    "name": "Bùi Văn Sửu",
    "kind": "denunciation",
}
EVERY = [(kind, lang) for kind in MailKind for lang in ("vi", "en")]


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_every_mail_has_its_words(kind: MailKind, lang: str) -> None:
    mail = mail_text(kind, lang, address="https://x.vn", details=DETAILS, secret="S3CRET")
    assert 5 < len(mail.subject) < 80
    assert "\n" not in mail.subject
    assert mail.text.endswith("\n")
    assert "{" not in mail.subject + mail.text
    for word in ("Sửu", "denunciation", "tố cáo", "complaint", "khiếu nại"):
        assert word.lower() not in (mail.subject + mail.text).lower()


def test_no_words_are_left_over() -> None:
    named = {f"{kind}.{lang}.txt" for kind, lang in EVERY}
    assert {path.name for path in FOLDER.iterdir()} == named


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_a_mail_asks_for_nothing_that_it_may_not_say(kind: MailKind, lang: str) -> None:
    source = (FOLDER / f"{kind}.{lang}.txt").read_text(encoding="utf-8")
    assert meta.find_undeclared_variables(Environment(autoescape=False).parse(source)) <= set(
        PLACEHOLDERS[kind]
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_news_to_a_citizen_tells_neither_number_nor_day_nor_code(lang: str) -> None:
    mail = mail_text(
        MailKind.CITIZEN_NEWS, lang, address="https://x.vn", details=DETAILS, secret="S3CRET"
    )
    assert not re.search(r"26-4K7Q-2|S3CRET|04/12|\d{2}/\d{2}", mail.subject + mail.text)
    assert "https://x.vn/track" in mail.text


def test_a_mail_to_an_official_says_number_and_day_and_no_more() -> None:
    mail = mail_text(MailKind.STAFF_OVERDUE, "vi", address="https://x.vn", details=DETAILS)
    assert "26-4K7Q-2" in mail.subject
    assert "04/12/2026" in mail.text


def test_a_mail_without_a_day_leaves_the_sentence_out() -> None:
    mail = mail_text(
        MailKind.STAFF_ASSIGNED, "vi", address="https://x.vn", details={"number": "26-4K7Q-2"}
    )
    assert "Hạn" not in mail.text


@pytest.mark.parametrize(
    "kind", [MailKind.CITIZEN_CONFIRM, MailKind.CITIZEN_NEWS, MailKind.CITIZEN_PROOF]
)
def test_sentences_to_citizens_are_short(kind: MailKind) -> None:
    for lang in ("vi", "en"):
        mail = mail_text(kind, lang, address="https://x.vn", details={}, secret="123456")
        for sentence in re.split(r"[.?!:\n]+", mail.text.replace("https://x.vn", "x")):
            assert len(sentence.split()) <= 20, sentence
