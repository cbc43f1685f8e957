"""Is the register printed in the columns of offices, whole, and without a formula in it?"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.register_book import (
    COLUMNS,
    note_of,
    register_csv,
    register_xlsx,
    what_it_is,
    who_gets_it,
)
from citizenfeedback.domain.law.forms import Addressee
from citizenfeedback.domain.vocabulary import Action, Letter, RegisterState


@dataclass(frozen=True)
class One:
    """A line of a register."""

    number: int = 7
    told_no: str = "07/TB-UBND"
    issued_on: date | None = date(2026, 11, 3)
    state: RegisterState = RegisterState.ISSUED
    reason: str = ""
    letter: Letter | None = Letter.COMPLAINT_ACCEPTED
    known: bool = True
    by_hand: bool = False
    summary: str = "Về việc thụ lý"
    recipients: str = "Ông/bà Nguyễn Văn Mẫu"
    addressees: tuple[Addressee, ...] = (Addressee.COMPLAINANT, Addressee.FILE)
    signer: str = "Trần Thị Ví Dụ"
    case_number: str = "26-4K7Q-2"
    kept_by: str = "VT, TTr"
    sent_on: date | None = date(2026, 11, 4)
    action: Action | None = None


@dataclass(frozen=True)
class Of:
    """A register."""

    unit: str = "UBND phường Hồng Gai"
    symbol: str = "TB-UBND"
    year: int = 2026


SEALED = One(summary="", recipients="", letter=Letter.DENUNCIATION_ACCEPTANCE_NOTICE)


def test_what_a_line_says() -> None:
    assert what_it_is(One()).endswith("\nVề việc thụ lý")
    assert who_gets_it(One()) == "Ông/bà Nguyễn Văn Mẫu"
    assert note_of(One()) == "Hồ sơ 26-4K7Q-2"
    sealed = One(summary="", recipients="", addressees=(Addressee.DENOUNCER, Addressee.FILE))
    assert who_gets_it(sealed) == "Người tố cáo"
    assert who_gets_it(sealed, "en") == "Denouncer"
    hidden = One(known=False, recipients="", addressees=(), case_number="")
    assert (what_it_is(hidden), who_gets_it(hidden)) == ("Không hiển thị", "")
    by_hand = One(letter=None, by_hand=True, case_number="", state=RegisterState.CANCELLED)
    assert what_it_is(by_hand) == "Về việc thụ lý"
    assert note_of(by_hand) == "Hủy số: –. Cấp số trên giấy"
    typed = One(letter=None, by_hand=True, action=Action.SET_COMPLEXITY, summary="")
    assert what_it_is(typed, "en") == label(Action.SET_COMPLEXITY, "en")
    assert note_of(typed) == "Số cấp ngoài phần mềm. Hồ sơ 26-4K7Q-2"
    assert note_of(One(state=RegisterState.TAKEN)).startswith("Đã lấy số, chưa ban hành")
    assert what_it_is(One(letter=None, summary="")) == "Thông báo từ chối tiếp công dân"


def test_is_the_book_laid_out_to_be_printed() -> None:
    lines = [One(), One(number=8, told_no="08/TB-UBND", signer="=1+1")]
    books = [(Of(), lines), (Of(symbol="QĐ-UBND"), [])]
    book = CalamineWorkbook.from_filelike(io.BytesIO(register_xlsx(books)))
    assert book.sheet_names == ["TB-UBND 2026", "QĐ-UBND 2026"]
    rows = book.get_sheet_by_name("TB-UBND 2026").to_python()
    assert rows[0][0] == "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
    assert rows[1][0] == "UBND phường Hồng Gai · TB-UBND · năm 2026"
    assert rows[2][0] == "Các số trước số 07 nằm trong sổ giấy."
    assert rows[3] == [name for name, _width in COLUMNS]
    assert rows[4] == [f"({place})" for place in range(1, 11)]
    assert rows[5][:2] == ["07/TB-UBND", "03/11/2026"]
    assert rows[5][5:9] == ["VT, TTr", "", "04/11/2026", ""]
    assert rows[6][3] == "=1+1"
    assert len(rows) == 7


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_the_table_one_that_spreadsheets_read(lang: str) -> None:
    made = register_csv([(Of(), [One(signer="=1+1")]), (Of(symbol="QĐ-UBND"), [One()])], lang)
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert rows[1][3] == "'=1+1"
