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


class Keys(Sealer, Linker, Protocol):
    """Everything that writing a case asks for."""

    def fingerprint(self, purpose: str, text: str) -> str:
        """Return the keyed hash by which `text` is found again."""
