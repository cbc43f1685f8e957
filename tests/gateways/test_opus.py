"""Recordings of browsers: nothing of them is kept but their sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.gateways import opus
from citizenfeedback.gateways.opus import BrokenSound, NotOpus, from_ogg, from_webm
from citizenfeedback.gateways.scanner import FileRefused, clean_file

HEAD = b"OpusHead" + bytes([1, 1]) + (312).to_bytes(2, "little") + (48000).to_bytes(4, "little")
HEAD += bytes(3)
TAGS = b"OpusTags" + (6).to_bytes(4, "little") + b"Kin 22" + bytes(4)
FRAME = bytes([0x78]) + b"sound of one frame"
"""Hybrid, 20 ms, one frame."""


def slow_check(page: bytes) -> int:
    """The check sum as its description says it: bit by bit."""
    found = 0
    for octet in page:
        found ^= octet << 24
        for _ in range(8):
            found = (found << 1 ^ 0x04C11DB7 if found & 0x80000000 else found << 1) & 0xFFFFFFFF
    return found


def page(body: bytes, number: int, *, serial: int = 77, lacing: bytes | None = None) -> bytes:
    """One page of Ogg, as another program writes it."""
    if lacing is None:
        lacing = b"\xff" * (len(body) // 255) + bytes([len(body) % 255])
    begins = b"OggS\0\0" + bytes(8) + serial.to_bytes(4, "little") + number.to_bytes(4, "little")
    return begins + bytes(4) + bytes([len(lacing)]) + lacing + body


def ogg(*packets: bytes, head: bytes = HEAD, tags: bytes = TAGS) -> bytes:
    """A recording in Ogg."""
    return b"".join(page(body, number) for number, body in enumerate((head, tags, *packets)))


def part(kind: int, body: bytes, size: bytes | None = None) -> bytes:
    """An element of WebM."""
    name = kind.to_bytes((kind.bit_length() + 7) // 8)
    return name + (size or (0x4000 | len(body)).to_bytes(2)) + body


UNKNOWN = b"\x01\xff\xff\xff\xff\xff\xff\xff"


def track(**parts: bytes) -> bytes:
    """The one track of a recording."""
    said = {"d7": b"\1", "83": b"\2", "86": b"A_OPUS", "63a2": HEAD} | parts
    return part(0xAE, b"".join(part(int(kind, 16), body) for kind, body in said.items()))


def webm(*packets: bytes, tracks: bytes | None = None, flags: int = 0x80) -> bytes:
    """A recording in WebM, as a recorder writes it that does not know its end."""
    begins = part(0x1A45DFA3, part(0x4282, b"webm"))
    told = part(0x1549A966, part(0x4D80, b"Chrome of Kin"))
    listed = part(0x1654AE6B, track() if tracks is None else tracks)
    blocks = b"".join(part(0xA3, b"\x81\0\0" + bytes([flags]) + body) for body in packets)
    cluster = part(0x1F43B675, part(0xE7, b"\0") + blocks, UNKNOWN)
    notes = part(0x1254C367, b"Bai Chay 107.08")
    return begins + part(0x18538067, told + listed + notes + cluster, UNKNOWN)


@pytest.mark.parametrize("recording", [ogg(FRAME, FRAME, FRAME[:9]), webm(FRAME, FRAME, FRAME[:9])])
def test_a_recording_keeps_its_sound_and_nothing_else(recording: bytes) -> None:
    found = clean_file(recording, most_bytes=100_000)
    assert (found.media_type, found.extension) == ("audio/ogg", "ogg")
    assert list(opus._ogg_packets(found.content)) == [
        HEAD, b"OpusTags" + bytes(8), FRAME, FRAME, FRAME[:9],
    ]  # fmt: skip
    for told in (b"Kin", b"Chrome", b"Bai Chay"):
        assert told not in found.content
    assert clean_file(found.content, most_bytes=100_000) == found, "once clean, it stays as it is"


def test_every_page_has_its_right_check_sum_and_the_time_heard() -> None:
    written = from_ogg(ogg(*[FRAME] * 120))
    at, times = 0, []
    while at < len(written):
        lacing = written[at + 27 : at + 27 + written[at + 26]]
        end = at + 27 + len(lacing) + sum(lacing)
        whole = written[at:end]
        said = int.from_bytes(whole[22:26], "little")
        assert said == slow_check(whole[:22] + bytes(4) + whole[26:])
        assert int.from_bytes(whole[18:22], "little") == len(times)
        times.append(int.from_bytes(whole[6:14], "little"))
        at = end
    assert times == [0, 0, 48_000, 96_000, 115_200]
    assert written[5] == opus.FIRST
    assert written.rindex(b"OggS") == written.index(b"OggS\0\4")


@pytest.mark.parametrize(
    ("packet", "samples"),
    [
        (b"\x00", 480),
        (b"\x18", 2880),
        (b"\x78", 960),
        (b"\x80", 120),
        (b"\xf9", 1920),
        (b"\xfa", 1920),
        (b"\xfb\x03", 2880),
    ],
)
def test_a_packet_says_how_long_it_sounds(packet: bytes, samples: int) -> None:
    written = from_ogg(ogg(packet))
    assert int.from_bytes(written[written.rindex(b"OggS") + 6 :][:8], "little") == samples


@pytest.mark.parametrize(
    "recording",
    [
        ogg(),
        ogg(b""),
        ogg(b"\xfb"),
        ogg(b"\xfb\x00"),
        ogg(b"\xfb\x3f"),
        ogg(FRAME, tags=b"Somewhat"),
        ogg(FRAME)[:-5] + b"OggZ" + bytes(40),
        ogg(FRAME) + b"PK\x03\x04" + bytes(40),
        webm(),
        webm(b""),
        webm(FRAME, flags=0x84),
        webm(FRAME) + b"\x00" * 40,
        webm(FRAME) + part(0xA3, b"\x81\0\0\x80" + bytes(70_000), b"\x10\x01\x11\x74"),
        webm(FRAME) + part(0xA3, b"") + b"\xec\x80",
        webm(FRAME) + part(0xA3, b"\x81"),
        webm(FRAME) + b"\xec" + UNKNOWN + b"Kin",
    ],
)
def test_a_broken_recording_is_refused(recording: bytes) -> None:
    with pytest.raises(FileRefused, match=r"^file_broken$"):
        clean_file(recording, most_bytes=1_000_000)


def test_one_packet_over_many_pages_is_bounded() -> None:
    body = b"\xff" * 255
    pages = b"".join(page(body * 255, 2 + at, lacing=b"\xff" * 255) for at in range(3))
    with pytest.raises(BrokenSound):
        from_ogg(ogg() + pages)


def test_a_recording_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opus, "MOST_PACKETS", 3)
    assert from_ogg(ogg(*[FRAME] * 3))
    assert from_webm(webm(*[FRAME] * 3))
    for write, recording in ((from_ogg, ogg(*[FRAME] * 4)), (from_webm, webm(*[FRAME] * 4))):
        with pytest.raises(BrokenSound):
            write(recording)
    monkeypatch.setattr(opus, "MOST_PARTS", 20)
    assert from_webm(webm(FRAME))
    with pytest.raises(BrokenSound):
        from_webm(webm(FRAME) + b"\xec\x80" * 20)


@pytest.mark.parametrize(
    "recording",
    [
        ogg(FRAME, head=b"\x01vorbis" + bytes(30)),
        ogg(FRAME, head=HEAD[:12]),
        ogg(FRAME, head=HEAD[:9] + b"\6" + HEAD[10:]),
        ogg(FRAME, head=HEAD[:18] + b"\1" + bytes(20)),
        ogg(FRAME) + page(FRAME, 9, serial=78),
        webm(FRAME, tracks=b""),
        webm(FRAME, tracks=track() + track(**{"83": b"\1", "86": b"V_VP8"})),
        webm(FRAME, tracks=track(**{"83": b"\1"})),
        webm(FRAME, tracks=track(**{"86": b"A_VORBIS"})),
        webm(FRAME, tracks=track(**{"6d80": b"packed"})),
        webm(FRAME, tracks=track(**{"63a2": b""})),
    ],
)
def test_another_kind_of_sound_or_a_film_is_refused(recording: bytes) -> None:
    with pytest.raises(FileRefused, match=r"^sound_refused$"):
        clean_file(recording, most_bytes=1_000_000)


@pytest.mark.parametrize("whole", [ogg(*[FRAME] * 9), webm(*[FRAME] * 9)])
def test_what_was_cut_off_is_kept_as_far_as_it_goes(whole: bytes) -> None:
    kept = set()
    for end in range(28, len(whole)):
        try:
            cleaned = clean_file(whole[:end], most_bytes=100_000)
        except FileRefused:
            continue
        kept.add(len(list(opus._ogg_packets(cleaned.content))) - 2)
    assert kept >= set(range(1, 9))


@given(whole=st.sampled_from([ogg(*[FRAME] * 3), webm(*[FRAME] * 3)]), data=st.data())
def test_a_spoilt_recording_never_fails_otherwise(whole: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    for write in (from_ogg, from_webm):
        try:
            write(bytes(spoilt))
        except (NotOpus, BrokenSound):
            continue
