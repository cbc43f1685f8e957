"""QR codes as plain markup."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from citizenfeedback.documents.qr import qr_svg


def test_a_code_is_markup_without_style_and_says_what_it_is() -> None:
    code = qr_svg("https://x.vn/r/QN-1", title='Quầy <1> & "2"')
    root = fromstring(code)
    assert root.tag.endswith("svg")
    assert root.get("class") == "qr"
    assert [part.text for part in root if part.tag.endswith("title")] == ['Quầy <1> & "2"']
    assert "style" not in code
    assert "<script" not in code
