"""Are articles cited as people write them?"""

import pytest

from citizenfeedback.domain.law.sources import Provision, cite


@pytest.mark.parametrize(
    ("provisions", "vi", "en"),
    [
        (
            [Provision("KN", "28")],
            "Luật Khiếu nại 02/2011/QH13, điều 28",
            "Law on Complaints 02/2011/QH13, article 28",
        ),
        (
            [Provision("ND154", "41", "3", "b")],
            "Nghị định 154/2026/NĐ-CP, điều 41 khoản 3 điểm b",
            "Decree 154/2026/NĐ-CP, article 41 clause 3 point b",
        ),
        ([Provision("ND20")], "Nghị định 20/2008/NĐ-CP", "Decree 20/2008/NĐ-CP"),
        (
            [Provision("TC", "30", "1"), Provision("TC", "30", "2"), Provision("ND31", "9")],
            "Luật Tố cáo 25/2018/QH14, điều 30 khoản 1, điều 30 khoản 2; "
            "Nghị định 31/2019/NĐ-CP, điều 9",
            "Law on Denunciations 25/2018/QH14, article 30 clause 1, article 30 clause 2; "
            "Decree 31/2019/NĐ-CP, article 9",
        ),
        ([], "", ""),
    ],
)
def test_is_an_article_cited_in_both_languages(
    provisions: list[Provision], vi: str, en: str
) -> None:
    assert cite(provisions) == vi
    assert cite(provisions, "en") == en
