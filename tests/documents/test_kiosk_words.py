"""The words of the screen are there in both languages."""

from __future__ import annotations

from citizenfeedback.documents.kiosk_words import SCREEN, STATES, screen_words, state_words
from citizenfeedback.domain.devices import DeviceState


def test_has_the_screen_all_its_words_in_both_languages() -> None:
    assert screen_words("vi").keys() == screen_words("en").keys() == SCREEN.keys()
    assert not [name for name in SCREEN if screen_words("en")[name] == SCREEN[name]]


def test_has_every_state_words_in_both_languages() -> None:
    assert STATES.keys() == set(DeviceState)
    assert state_words(DeviceState.SILENT, "en") == "Silent for long"
