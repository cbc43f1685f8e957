"""The secrets of one installation: made on first use, readable by their owner only.

Each lies in a file of its own under `keys/` in the instance folder. Losing `seal.keys` loses every
sealed text for good; `docs/operations.md` says how they are kept and changed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEYS_FOLDER = "keys"
NONCE_BYTES = 12


class KeyProblem(Exception):
    """A key file cannot be read, has the wrong form, or others may read it."""


class CannotUnseal(Exception):
    """A sealed text was made with another key, or was changed."""


@dataclass(repr=False)
class Box:
    """Encrypts under a random token that is kept nowhere here; `name` finds what lies inside."""

    name: str
    _fernet: Fernet

    def seal(self, text: str | bytes) -> bytes:
        """Encrypt `text`."""
        return self._fernet.encrypt(text.encode() if isinstance(text, str) else text)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what `seal` of the same box made."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise CannotUnseal("not sealed in this box") from error


@dataclass(frozen=True, repr=False)
class Keys:
    """The secrets in use; never printed, not even by mistake.

    session signs cookies; sealing encrypts (the first key seals, every key opens); lookup makes the
    keyed hashes by which codes and addresses are found without being kept; audit chains history;
    receipt signs slips (the first key signs, every key confirms).
    """

    session: str
    sealing: tuple[str, ...]
    lookup: bytes
    audit: bytes
    receipt: tuple[str, ...]

    def seal(self, text: str | bytes) -> bytes:
        """Encrypt `text` with the newest key."""
        return self._sealer.encrypt(text.encode() if isinstance(text, str) else text)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Decrypt what `seal` made, with whichever key made it."""
        try:
            return self._sealer.decrypt(sealed)
        except InvalidToken as error:
            raise CannotUnseal("not sealed with a key of this installation") from error

    def unseal(self, sealed: bytes) -> str:
        """Decrypt a sealed text."""
        return self.unseal_bytes(sealed).decode()

    def reseal(self, sealed: bytes) -> bytes:
        """Seal again with the newest key what an older one sealed."""
        return self._sealer.rotate(sealed)

    def fingerprint(self, purpose: str, text: str) -> str:
        """Keyed hash by which `text` is found again without being stored.

        `purpose` ("access_code", "address" …) keeps equal texts of different uses apart.
        """
        return _keyed(self.lookup, purpose, text)

    def box(self, purpose: str, token: str) -> Box:
        """The box that only the holder of `token` and this installation together can open."""
        secret = hmac.new(self.lookup, f"box:{purpose}\0{token}".encode(), hashlib.sha256).digest()
        return Box(self.fingerprint(purpose, token), Fernet(base64.urlsafe_b64encode(secret)))

    def wrap(self, purpose: str, content: bytes) -> str:
        """`content` as a short text for an address: unreadable, and refused once changed."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        raw = nonce + self._wrapper(purpose).encrypt(nonce, content, None)
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def unwrap(self, purpose: str, text: str) -> bytes | None:
        """What `wrap` put into `text` for the same purpose; None for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            return self._wrapper(purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
        except (ValueError, InvalidTag):
            return None

    def _wrapper(self, purpose: str) -> AESGCM:
        return AESGCM(hmac.new(self.lookup, f"wrap:{purpose}".encode(), hashlib.sha256).digest())

    def link(self, purpose: str, text: str) -> str:
        """Keyed hash for the chain of history: nobody without the key can forge the next one."""
        return _keyed(self.audit, purpose, text)

    def sign(self, text: bytes) -> bytes:
        """The province's signature (Ed25519, 64 bytes) by the newest key; anybody can check it."""
        return self._signers[0].sign(text)

    def signed(self, text: bytes, signature: bytes) -> bool:
        """Whether a key of this installation signed `text`."""
        for signer in self._signers:
            try:
                signer.public_key().verify(signature, text)
            except InvalidSignature:
                continue
            return True
        return False

    @property
    def public_keys(self) -> tuple[str, ...]:
        """The public halves of the signing keys, newest first: 32 bytes each, in base 64."""
        return tuple(
            base64.b64encode(one.public_key().public_bytes_raw()).decode() for one in self._signers
        )

    @cached_property
    def _signers(self) -> tuple[Ed25519PrivateKey, ...]:
        return tuple(
            Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)) for key in self.receipt
        )

    @cached_property
    def _sealer(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.sealing])


def _keyed(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _random_hex() -> str:
    return secrets.token_hex(32)


def _sealing_key() -> str:
    return Fernet.generate_key().decode()


def load_keys(instance: Path) -> Keys:
    """Read the keys of the installation at `instance`; make those that are not there yet."""
    folder = instance / KEYS_FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    try:
        return Keys(
            session=_read_or_make(folder / "session.key", _random_hex),
            sealing=tuple(_read_or_make(folder / "seal.keys", _sealing_key).split()),
            lookup=bytes.fromhex(_read_or_make(folder / "lookup.key", _random_hex)),
            audit=bytes.fromhex(_read_or_make(folder / "audit.key", _random_hex)),
            receipt=tuple(_read_or_make(folder / "receipt.keys", _random_hex).split()),
        )
    except (OSError, ValueError) as error:
        raise KeyProblem(f"the keys in {folder} cannot be used: {error}") from error


def random_keys() -> Keys:
    """Keys that are kept nowhere; for tests and for trying things out."""
    return Keys(
        session=_random_hex(),
        sealing=(_sealing_key(),),
        lookup=bytes.fromhex(_random_hex()),
        audit=bytes.fromhex(_random_hex()),
        receipt=(_random_hex(),),
    )


def _read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Read the key at `path`; make it when it is missing.

    Two processes may start at once: a new key is written beside its place and linked into it, which
    fails when the other was quicker; then the other's key is read.
    """
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    if path.stat().st_mode & 0o077:
        raise KeyProblem(f"others may read {path}: run chmod 600 on it")
    text = path.read_text().strip()
    if not text:
        raise KeyProblem(f"{path} is empty")
    return text
