"""What the rooms ask of the keys of an installation; `gateways.keys.Keys` is what they are given."""

from typing import Protocol


class Unsealer(Protocol):
    """Opens what was sealed."""

    def unseal(self, sealed: bytes) -> str:
        """Return the text that was encrypted."""


class Sealer(Unsealer, Protocol):
    """Seals and opens."""

    def seal(self, text: str | bytes) -> bytes:
        """Return `text` encrypted."""


class Linker(Protocol):
    """Makes the links of history."""

    def link(self, purpose: str, text: str) -> str:
        """Return the keyed hash of a link of history."""


class Finder(Protocol):
    """Makes keyed hashes by which something is found again."""

    def fingerprint(self, purpose: str, text: str) -> str:
        """Return the keyed hash of `text` for one purpose."""


class Keys(Sealer, Linker, Finder, Protocol):
    """Everything that writing a case asks for."""


class Box(Sealer, Protocol):
    """Seals and opens with the token of one browser (`gateways.keys.Box`)."""

    @property
    def name(self) -> str:
        """The keyed hash by which the row is found."""


class Boxes(Protocol):
    """Makes boxes."""

    def box(self, purpose: str, token: str) -> Box:
        """Return the box that only the holder of `token` and this installation together open."""
