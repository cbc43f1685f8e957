"""The row of the term for going to court says where it was read and what is open about it."""

from citizenfeedback.domain.law.lawsuits import LAWSUIT
from citizenfeedback.domain.law.sources import INSTRUMENTS, READ_IN, Mark


def test_says_the_row_its_article_and_its_doubt() -> None:
    assert LAWSUIT.years == 1
    assert LAWSUIT.law() == "Luật Tố tụng hành chính 93/2015/QH13, điều 116 khoản 3"
    assert all(one.instrument in INSTRUMENTS for one in LAWSUIT.provisions)
    assert set(LAWSUIT.read_in) <= set(READ_IN)
    assert LAWSUIT.mark is not Mark.READ
    assert "memory" in LAWSUIT.doubt
