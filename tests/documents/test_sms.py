"""Is a text message one part of plain letters that tells a stranger nothing?"""

import pytest

from citizenfeedback.documents.sms import LONGEST, sms_text
from citizenfeedback.domain.vocabulary import MailKind

SITE = "https://tieng-noi-nguoi-dan.quangninh.gov.vn"
KINDS = (MailKind.CITIZEN_CONFIRM, MailKind.CITIZEN_NEWS, MailKind.CITIZEN_PROOF)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_is_a_message_one_part_of_plain_letters(kind: MailKind, lang: str) -> None:
    text = sms_text(kind, lang, address=SITE, secret="123456")
    assert text.isascii()
    assert len(text) <= LONGEST
    assert ("123456" in text) is (kind is not MailKind.CITIZEN_NEWS)
    assert "{" not in text


def test_does_news_say_where_to_look() -> None:
    assert (
        sms_text(KINDS[1], "vi", address=SITE)
        == f"Co tin moi danh cho ong/ba. Xem tai {SITE}/track"
    )
