"""What a kind means, in words that a sender can act on."""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.documents.kinds import meaning, rule_days, second_meaning
from citizenfeedback.domain.vocabulary import CaseKind

TODAY = date(2026, 11, 23)


def test_does_a_term_follow_the_law_of_the_day() -> None:
    assert rule_days("KN-03", TODAY, "vi") == "7 ngày làm việc"
    assert rule_days("KN-03", date(2026, 6, 30), "vi") == "10 ngày"
    assert rule_days("KN-04", TODAY, "en") == "30 days"


def test_is_a_rule_without_a_term_refused() -> None:
    with pytest.raises(ValueError, match="KN-21"):
        rule_days("KN-21", TODAY, "vi")


def test_what_does_each_kind_say() -> None:
    told = {kind: meaning(kind, TODAY, 10, "vi") for kind in CaseKind}
    assert "7 ngày làm việc" in told[CaseKind.COMPLAINT].term
    assert "30 ngày" in told[CaseKind.COMPLAINT].term
    assert "chưa có thời hạn giải quyết tố cáo" in told[CaseKind.DENUNCIATION].term
    assert "45 ngày" in told[CaseKind.DENUNCIATION].term
    assert "niêm phong" in told[CaseKind.DENUNCIATION].who_sees
    for kind in (CaseKind.PETITION, CaseKind.REFLECTION):
        assert "10 ngày làm việc" in told[kind].term
        assert "Luật" not in told[kind].term


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_no_sentence_longer_than_twenty_words(kind: CaseKind, lang: str) -> None:
    told = meaning(kind, TODAY, 10, lang)
    for text in (told.plainly, told.your_name, told.who_sees, told.made_public, told.term):
        for sentence in text.split(". "):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize(("lang", "days"), [("vi", "45 ngày"), ("en", "45 days")])
def test_does_a_second_complaint_tell_of_the_superior_and_the_longer_term(
    lang: str, days: str
) -> None:
    first = meaning(CaseKind.COMPLAINT, TODAY, 10, lang)
    told = second_meaning(first, TODAY, lang)
    assert days in told.term
    assert told.who_sees != first.who_sees
    assert told.your_name == first.your_name
