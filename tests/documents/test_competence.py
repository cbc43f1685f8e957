"""Does the printed page of competence hold every row, whole?"""

from citizenfeedback.documents.competence import competence_markdown
from citizenfeedback.domain.law.competence import DOORS, ROWS


def test_does_the_page_hold_every_row_with_its_article_and_doubt() -> None:
    lines = {line.split(" | ")[0]: line for line in competence_markdown().splitlines()}
    for row in ROWS:
        line = lines[f"| {row.code}"]
        assert row.law("en") in line
        assert row.doubt is None or row.doubt.en in line
    for door in DOORS:
        assert door.why("en") in lines[f"| {door.code}"]


def test_has_every_line_of_a_table_as_many_cells_as_its_head() -> None:
    width = 0
    for line in competence_markdown().splitlines():
        cells = line.count(" | ") if " --- " not in line else width
        if not line.startswith("|"):
            width = 0
        elif width:
            assert cells == width, line
        else:
            width = cells


def test_is_a_district_named_only_with_its_end() -> None:
    rows = [
        line for line in competence_markdown().splitlines() if "Chairman of the district" in line
    ]
    assert rows
    assert all("until 30/06/2025" in line for line in rows)
