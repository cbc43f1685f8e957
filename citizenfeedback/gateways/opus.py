"""Recordings made in a browser (Opus, in WebM or Ogg), written anew as Ogg with their sound alone.

Nothing of the file that came is copied but the packets of sound: titles, places, names of programs,
pictures and whatever lies between or behind are gone because nobody writes them. RFC 7845 and 6716.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import islice

MOST_PACKETS = 400_000
"""Over two hours of packets of 20 ms: more than anybody tells."""
MOST_PARTS = 2 * MOST_PACKETS
"""A file of nothing but empty parts keeps nobody busy for long."""
HEAD = b"OpusHead"
TAGS = b"OpusTags" + bytes(8)
"""No program, no comments."""
SERIAL = 1
FIRST, LAST = 2, 4
MOST_SEGMENTS = 255
PAGE_SAMPLES = 48_000
"""A second, so that a listener can jump to it."""
MOST_SAMPLES = 5760
"""The 120 ms that one packet may last."""


class NotOpus(Exception):
    """Another kind of sound, or more than one sound."""


class BrokenSound(Exception):
    """The file does not hold what it says."""


def from_ogg(content: bytes) -> bytes:
    """Write an Ogg recording anew. Raises `NotOpus`, `BrokenSound`."""
    packets = islice(_ogg_packets(content), MOST_PACKETS + 3)
    head = next(packets, b"")
    if not head.startswith(HEAD):
        raise NotOpus
    if not next(packets, b"").startswith(TAGS[:8]):
        raise BrokenSound
    return _written(head, list(packets))


def from_webm(content: bytes) -> bytes:
    """Write the sound of a WebM recording as Ogg. Raises `NotOpus`, also for a film, `BrokenSound`."""
    track: dict[int, bytes] = {}
    tracks, packets = 0, []
    for kind, body in _webm_parts(content):
        if kind == _TRACK:
            tracks += 1
        elif kind in _BLOCKS:
            packets.append(_of_block(body))
            if len(packets) > MOST_PACKETS:
                raise BrokenSound
        else:
            track[kind] = body
    # One track, of sound, in Opus, neither packed nor locked.
    if tracks != 1 or track.get(_CODEC, b"").rstrip(b"\0") != b"A_OPUS" or _PACKED in track:
        raise NotOpus
    if int.from_bytes(track.get(_KIND, b"\2")) != 2:
        raise NotOpus
    return _written(track.get(_PRIVATE, b""), packets)


def _written(head: bytes, packets: list[bytes]) -> bytes:
    """The packets behind a plain head, on pages of a second each."""
    if len(head) < 19 or head[8] >> 4 or head[9] not in (1, 2) or head[18]:
        raise NotOpus  # more than two channels need a table that nobody here reads
    if not packets or len(packets) > MOST_PACKETS:
        raise BrokenSound
    # The first 19 bytes are all a plain head may hold.
    pages = [_page([head[:19]], 0, 0, FIRST), _page([TAGS], 0, 1, 0)]
    held: list[bytes] = []
    segments = heard = since = 0
    for packet in packets:
        needs = len(packet) // 255 + 1
        lasts = _samples(packet)
        if needs > MOST_SEGMENTS:
            raise BrokenSound
        if held and (segments + needs > MOST_SEGMENTS or since >= PAGE_SAMPLES):
            pages.append(_page(held, heard, len(pages), 0))
            held, segments, since = [], 0, 0
        held.append(packet)
        segments, heard, since = segments + needs, heard + lasts, since + lasts
    pages.append(_page(held, heard, len(pages), LAST))
    return b"".join(pages)


def _samples(packet: bytes) -> int:
    """How long a packet sounds, in samples of 48 kHz, by its first byte (RFC 6716, 3.1)."""
    if not packet:
        raise BrokenSound
    how, many = packet[0] >> 3, packet[0] & 3
    if how < 12:
        frame = (480, 960, 1920, 2880)[how & 3]
    elif how < 16:
        frame = (480, 960)[how & 1]
    else:
        frame = (120, 240, 480, 960)[how & 3]
    if many == 3 and len(packet) < 2:
        raise BrokenSound
    samples = frame * (1 if many == 0 else 2 if many < 3 else packet[1] & 0x3F)
    if not 0 < samples <= MOST_SAMPLES:
        raise BrokenSound
    return samples


def _page(packets: list[bytes], heard: int, number: int, flags: int) -> bytes:
    lacing = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    begins = b"OggS\0" + bytes([flags]) + heard.to_bytes(8, "little")
    begins += SERIAL.to_bytes(4, "little") + number.to_bytes(4, "little")
    rest = bytes([len(lacing)]) + lacing + b"".join(packets)
    return begins + _check(begins + bytes(4) + rest).to_bytes(4, "little") + rest


_MIRROR = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


def _check(page: bytes) -> int:
    """The check sum of Ogg: the one of `zlib`, read and written from the other end, from zero."""
    found = zlib.crc32(page.translate(_MIRROR), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{found:032b}"[::-1], 2)


def _ogg_packets(content: bytes) -> Iterator[bytes]:
    """The packets of a file with one stream, as far as it goes; a half page at the end is left."""
    at, serial, part = 0, b"", b""
    while at + 27 <= len(content):
        if content[at : at + 5] != b"OggS\0":
            raise BrokenSound
        if serial and content[at + 14 : at + 18] != serial:
            raise NotOpus  # two sounds, or sound and pictures
        serial = content[at + 14 : at + 18]
        lacing = content[at + 27 : at + 27 + content[at + 26]]
        at += 27 + content[at + 26]
        if at + sum(lacing) > len(content):
            return
        for size in lacing:
            part += content[at : at + size]
            at += size
            if size < 255:
                yield part
                part = b""
            elif len(part) > MOST_SEGMENTS * 255:
                raise BrokenSound


_TRACK, _KIND, _CODEC, _PRIVATE, _PACKED = 0xAE, 0x83, 0x86, 0x63A2, 0x6D80
_BLOCKS = frozenset({0xA3, 0xA1})
_HOLDERS = frozenset({0x18538067, 0x1654AE6B, 0x1F43B675, _TRACK, 0xA0})
"""The segment, the list of tracks, a cluster, a track and a group of blocks."""
_WANTED = frozenset({_KIND, _CODEC, _PRIVATE, _PACKED, *_BLOCKS})


def _webm_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """What is wanted of a WebM file, in its order; holders are entered, the rest is passed over.

    A recorder does not know the length of what it is still writing, so holders' ends are not asked.
    """
    at = seen = 0
    while at < len(content):
        seen += 1
        if seen > MOST_PARTS:
            raise BrokenSound
        kind, at = _number(content, at, 4, keep_mark=True)
        if at >= len(content):
            return
        size, at = _number(content, at, 8)
        if at >= len(content):
            return
        if kind in _HOLDERS:
            if kind == _TRACK:
                yield kind, b""
            continue
        if size is None or kind is None:
            raise BrokenSound
        if at + size > len(content):
            return  # the recorder was stopped in the middle
        if kind in _WANTED:
            yield kind, content[at : at + size]
        at += size


def _number(
    content: bytes, at: int, most: int, *, keep_mark: bool = False
) -> tuple[int | None, int]:
    """A number of the kind WebM writes, and where it ends; None for an unknown length or a cut one."""
    first = content[at]
    length = 9 - first.bit_length()
    if not first or length > most:
        raise BrokenSound
    if at + length > len(content):
        return None, len(content)
    value = int.from_bytes(content[at : at + length])
    if not keep_mark:
        value &= (1 << 7 * length) - 1
        if value == (1 << 7 * length) - 1:
            return None, at + length
    return value, at + length


def _of_block(body: bytes) -> bytes:
    """The one packet of a block."""
    if not body:
        raise BrokenSound
    _track, at = _number(body, 0, 8)
    if len(body) < at + 4 or body[at + 2] & 0x06:
        raise BrokenSound  # several packets in one block: no recorder of speech does so
    return body[at + 3 :]
