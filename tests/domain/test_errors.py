"""A refusal carries a code and values, never a sentence."""

from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken


def test_what_does_a_refusal_carry() -> None:
    broken = RuleBroken("no_term", rule="KN-21")
    assert (broken.code, broken.values) == ("no_term", {"rule": "KN-21"})
    assert str(broken) == "no_term"


def test_are_unknown_and_forbidden_the_same() -> None:
    assert NotFound().code == "not_found"
    assert NotFound("point").values == {"what": "point"}
    assert ChangedMeanwhile().code == "changed_meanwhile"
