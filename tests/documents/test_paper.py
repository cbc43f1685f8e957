"""Is the paper one that an office can sign: heading, figures with their meaning, signatures?"""

from __future__ import annotations

import io
from datetime import date

import pypdf

from citizenfeedback.documents.paper import (
    mean_with_interval,
    month_names,
    monthly_pdf,
    rate_with_parts,
    ratings_pdf,
)
from citizenfeedback.domain.windows import Window, month_window
from tests.documents.reports import HOSTILE, monthly_book, plain_monthly, ratings


def words(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_monthly_paper_says_who_what_and_what_it_means() -> None:
    """Are heading, figures with both sides, definitions and signatures on it?"""
    said = words(monthly_pdf(monthly_book()))
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập – Tự do – Hạnh phúc",
        "UBND TỈNH",
        "66,67 % (2 / 3)",
        "UBND phường Hồng Gai",
        "Tử số: Vụ việc đã giải quyết trong kỳ.",
        "THỦ TRƯỞNG ĐƠN VỊ",
        HOSTILE[:4],
    ):
        assert text in said, text


def test_its_letters_come_with_the_product() -> None:
    """Is every letter drawn with a typeface of ours, in charts with that of the screen?"""
    reader = pypdf.PdfReader(io.BytesIO(monthly_pdf(monthly_book())))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    shipped = {name.partition("+")[2].partition("-")[0] for name in fonts}
    assert shipped == {"LiberationSerif", "BeVietnamPro"}, fonts


def test_the_same_report_is_the_same_file() -> None:
    """Does nothing of the moment of printing get into it?"""
    assert monthly_pdf(plain_monthly(), "en") == monthly_pdf(plain_monthly(), "en")


def test_ratings_on_paper_name_nobody_of_the_few() -> None:
    """Do intervals stand beside means, and the unnamed together in one line?"""
    said = words(ratings_pdf(ratings()))
    assert "4,26 (4,10 – 4,42)" in said
    assert "Cán bộ có quá ít lượt đánh giá, không nêu tên" in said


def test_small_pieces() -> None:
    """Are months short, values with their sides, and a missing one a dash?"""
    year = [month_window(2019, month) for month in (1, 2)]
    assert month_names(year, "vi") == ["1", "2"]
    across = [month_window(2018, 12), Window(date(2019, 1, 1), date(2019, 1, 14))]
    assert month_names(across, "vi") == ["12/18", "01/01–14/01"]
    assert mean_with_interval(None, None, "vi") == "–"
    assert mean_with_interval(4.0, None, "vi") == "4,00"
    assert rate_with_parts("receptions.turns", {"value": 5}, "vi") == "5"
