"""Password hashes."""

from __future__ import annotations

from citizenfeedback.gateways.passwords import Argon2Passwords, quick_passwords


def test_a_password_matches_its_own_hash_only() -> None:
    passwords = quick_passwords()
    kept = passwords.hash("con đường dài")
    assert passwords.matches(kept, "con đường dài")
    assert not passwords.matches(kept, "con đường ngắn")
    assert not passwords.matches("no hash at all", "con đường dài")


def test_nobodys_password_matches_nothing_not_even_its_own() -> None:
    assert not quick_passwords().matches(None, "nobody has this password")


def test_the_real_costs_are_those_the_house_chose() -> None:
    kept = Argon2Passwords().hash("x")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Argon2Passwords().outdated(quick_passwords().hash("x"))
    assert not Argon2Passwords().outdated(kept)
