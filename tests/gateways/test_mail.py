"""Mail through a real SMTP server: every letter arrives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest

from citizenfeedback.gateways.mail import Mail, MailFailed, NullMail, RecordingMail
from tests.mail_server import Sink, gateway, mail_server

WORDS = (
    "Đơn của ông Nguyễn Thị Ngọc Ánh về đất đai tại xã Hải Hòa: trả lời, giải quyết, xác minh "
    "quyết định số 12/QĐ-UBND ngày thứ Sáu 04/12/2026 ở phường Hồng Gai được chuyển đến Sở Xây dựng"
).split()


@pytest.fixture(scope="module")
def sink() -> Iterator[tuple[Sink, int]]:
    """A mail server of our own and its port."""
    with mail_server() as served:
        yield served


def letter(subject: str, to: str = "hoa@qn.vn") -> Mail:
    """A mail with this subject."""
    return Mail(
        to=to, subject=subject, text="Kính gửi ông/bà,\n\nĐã có tin mới.\n", message_id="m1"
    )


def test_two_hundred_vietnamese_subjects_and_sender_names_arrive_as_written(
    sink: tuple[Sink, int],
) -> None:
    handler, port = sink
    chance = random.Random(7)
    for _ in range(200):
        subject = " ".join(chance.choices(WORDS, k=chance.randint(3, 22)))
        sender = " ".join(
            word.strip(":,") for word in chance.choices(WORDS, k=chance.randint(2, 8))
        )
        handler.mails.clear()
        gateway(port, f"{sender} <so@example.vn>").send(letter(subject))
        (taken,) = handler.taken
        assert taken["Subject"] == subject
        # The new parser of Python 3.11 puts spaces into long names; readers of mail do not.
        name, address = parseaddr(handler.raw[-1]["From"])
        assert str(make_header(decode_header(name))) == sender
        assert address == "so@example.vn"


def test_the_text_arrives_whole_with_a_fixed_id(sink: tuple[Sink, int]) -> None:
    handler, port = sink
    handler.mails.clear()
    for _ in range(2):
        gateway(port, "so@example.vn").send(letter("Tin mới"))
    assert {str(mail["Message-ID"]) for mail in handler.taken} == {"<m1@example.vn>"}
    assert handler.taken[0].get_content().replace("\r\n", "\n") == letter("").text
    assert handler.taken[0]["Auto-Submitted"] == "auto-generated"


def test_failures_are_named_without_the_address(sink: tuple[Sink, int]) -> None:
    _, port = sink
    with pytest.raises(MailFailed) as refused:
        gateway(port).send(letter("x", "refuse@qn.vn"))
    assert (refused.value.code, refused.value.for_good) == ("recipient_refused", True)
    with pytest.raises(MailFailed) as busy:
        gateway(port).send(letter("x", "busy@qn.vn"))
    assert not busy.value.for_good
    with pytest.raises(MailFailed) as nobody:
        gateway(1).send(letter("x"))
    assert (nobody.value.code, nobody.value.for_good) == ("ConnectionRefusedError", False)
    assert "qn.vn" not in f"{refused.value}{busy.value}{nobody.value}"


def test_without_a_server_mail_is_dropped_and_recorded_mail_is_kept() -> None:
    NullMail().send(letter("x"))
    assert not NullMail().delivers
    recording = RecordingMail()
    recording.send(letter("x"))
    assert [mail.subject for mail in recording.sent] == ["x"]
