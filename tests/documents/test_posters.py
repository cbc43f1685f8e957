"""Do the sheets for the wall and the desk say whose counter it is, and lead to it?"""

import io

import pytest
from pypdf import PdfReader

from citizenfeedback.documents.posters import Poster, PosterSize, poster_pages, posters_pdf

BAI_CHAY = Poster(
    "BC-1",
    "Quầy số 1",
    "Ủy ban nhân dân phường Bãi Cháy",
    "Bai Chay Ward People's Committee",
    "https://gopy.example.vn",
)
LONG = Poster(
    "TT-12",
    "Quầy tiếp nhận hồ sơ đất đai, môi trường và đăng ký kinh doanh " * 3,
    "Trung tâm Phục vụ hành chính công tỉnh, chi nhánh khu vực Vân Đồn và các xã đảo " * 2,
    "",
    "https://mot-dia-chi-that-dai.phan-anh-kien-nghi.quangninh.gov.vn",
)
MILLIMETRES = {PosterSize.A4: (210, 297), PosterSize.A5: (148, 210), PosterSize.A6: (105, 148)}


def words(page: object) -> str:
    """The text of a page on one line."""
    return " ".join(page.extract_text().replace("\xa0", " ").split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", PosterSize)
def test_is_there_one_sheet_a_point_of_the_size_asked_for(size: PosterSize) -> None:
    pages = PdfReader(io.BytesIO(posters_pdf([BAI_CHAY, LONG], size))).pages
    assert len(pages) == 2
    for page in pages:
        width, height = (float(side) / 72 * 25.4 for side in page.mediabox[2:])
        assert (width, height) == pytest.approx(MILLIMETRES[size], abs=0.5)


def test_does_a_sheet_say_what_is_asked_where_and_how_in_both_languages() -> None:
    text = words(PdfReader(io.BytesIO(posters_pdf([BAI_CHAY]))).pages[0])
    for said in (
        "Quầy số 1",
        "Ủy ban nhân dân phường Bãi Cháy",
        "Bai Chay Ward",
        "Ông/bà được phục vụ thế nào?",
        "How were you served?",
        "Soi vào mã này",
        "Point it at this code",
        "gopy.example.vn/r/BC-1",
    ):
        assert said in text, said


def test_do_the_same_points_give_the_same_bytes_and_another_point_another_code() -> None:
    assert posters_pdf([BAI_CHAY]) == posters_pdf([BAI_CHAY])
    [one], [other] = (poster_pages([poster], PosterSize.A6, ppi=40) for poster in (BAI_CHAY, LONG))
    assert one != other
    assert BAI_CHAY.address == "https://gopy.example.vn/r/BC-1"


def test_are_names_data_and_never_markup() -> None:
    odd = Poster("X", "Quầy #panic() $x$ *đậm*", "A & B <c>", "", "https://x.vn")
    assert "Quầy #panic() $x$ *đậm*" in words(PdfReader(io.BytesIO(posters_pdf([odd]))).pages[0])
