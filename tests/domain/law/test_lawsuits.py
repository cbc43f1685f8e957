"""The row of the term for going to court says its articles and where it was read."""

from citizenfeedback.domain.law.lawsuits import LAWSUIT
from citizenfeedback.domain.law.sources import INSTRUMENTS, READ_IN, Mark


def test_says_the_row_its_articles_and_where_they_were_read() -> None:
    assert LAWSUIT.years == 1
    assert LAWSUIT.law() == (
        "Luật Tố tụng hành chính 93/2015/QH13, điều 116 khoản 3, điều 116 khoản 5"
    )
    assert all(one.instrument in INSTRUMENTS for one in LAWSUIT.provisions)
    assert set(LAWSUIT.read_in) <= set(READ_IN)
    assert LAWSUIT.mark is Mark.READ
