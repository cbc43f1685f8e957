"""Secrets: made once, kept to their owner, separate by purpose, changeable."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from citizenfeedback.gateways.keys import CannotUnseal, KeyProblem, Keys, load_keys, random_keys


def test_keys_are_made_once_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    keys = load_keys(tmp_path)
    assert load_keys(tmp_path) == keys
    files = sorted((tmp_path / "keys").iterdir())
    names = ["audit.key", "lookup.key", "receipt.keys", "seal.keys", "session.key"]
    assert [file.name for file in files] == names
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_key_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    load_keys(tmp_path)
    (tmp_path / "keys" / "seal.keys").chmod(0o640)
    with pytest.raises(KeyProblem, match="chmod 600"):
        load_keys(tmp_path)


@pytest.mark.parametrize("content", ["", "not hexadecimal"])
def test_a_broken_key_is_named_not_replaced(tmp_path: Path, content: str) -> None:
    load_keys(tmp_path)
    broken = tmp_path / "keys" / "lookup.key"
    broken.write_text(content)
    with pytest.raises(KeyProblem, match="keys"):
        load_keys(tmp_path)
    assert broken.read_text() == content


def test_two_that_start_at_once_end_with_the_same_keys(tmp_path: Path) -> None:
    found: list[Keys] = []
    threads = [threading.Thread(target=lambda: found.append(load_keys(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(keys == found[0] for keys in found)
    assert len(list((tmp_path / "keys").iterdir())) == 5


def test_what_is_sealed_opens_with_any_key_of_this_installation_and_no_other() -> None:
    old = random_keys()
    sealed = old.seal("Nguyễn Thị Ngọc Ánh")
    newer = replace(old, sealing=(*random_keys().sealing, *old.sealing))
    assert newer.unseal(sealed) == "Nguyễn Thị Ngọc Ánh"
    resealed = newer.reseal(sealed)
    with pytest.raises(CannotUnseal):
        old.unseal(resealed)
    with pytest.raises(CannotUnseal):
        random_keys().unseal(sealed)
    assert "Ánh".encode() not in sealed


def test_fingerprints_differ_by_purpose_and_installation() -> None:
    keys = random_keys()
    assert keys.fingerprint("access_code", "A") == keys.fingerprint("access_code", "A")
    seen = {
        keys.fingerprint("access_code", "A"),
        keys.fingerprint("address", "A"),
        keys.link("access_code", "A"),
        random_keys().fingerprint("access_code", "A"),
    }
    assert len(seen) == 4


def test_a_box_opens_with_its_own_token_only() -> None:
    keys = random_keys()
    box = keys.box("draft", "token")
    sealed = box.seal("nội dung")
    assert keys.box("draft", "token").unseal(sealed) == "nội dung"
    for other in (
        keys.box("draft", "another"),
        keys.box("x", "token"),
        random_keys().box("draft", "token"),
    ):
        assert other.name != box.name
        with pytest.raises(CannotUnseal):
            other.unseal(sealed)


def test_keys_are_not_shown() -> None:
    keys = random_keys()
    assert keys.session not in repr(keys)
    assert keys.session not in str(keys)


def test_a_signature_holds_for_its_text_and_its_installation_alone_and_outlives_a_new_key() -> None:
    old = random_keys()
    signature = old.sign(b"slip")
    newer = replace(old, receipt=(*random_keys().receipt, *old.receipt))
    assert old.signed(b"slip", signature)
    assert newer.signed(b"slip", signature)
    assert not old.signed(b"slap", signature)
    assert not old.signed(b"slip", newer.sign(b"slip"))
    assert not random_keys().signed(b"slip", signature)
    assert newer.public_keys[1:] == old.public_keys
