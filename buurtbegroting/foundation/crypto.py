"""Secrets: made at random, kept as a hash or sealed, and compared without telling how near a guess was."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import flask
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# OWASP's figures for Argon2id: 19 MiB, two passes, one lane.
_PASSWORDS = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when nobody has this name, so that the same work is done.
_NOBODY = _PASSWORDS.hash("nobody has this password")
TOKEN_BYTES = 32


class CannotUnseal(Exception):
    """A sealed text was sealed with another key, or was changed."""


@dataclass(frozen=True)
class Keys:
    """The keys of an installation, newest first; each purpose gets a key of its own, made from them."""

    secrets: tuple[str, ...]

    def _derived(self, purpose: str) -> list[bytes]:
        return [
            HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(each.encode())
            for each in self.secrets
        ]

    def seal(self, purpose: str, text: str) -> str:
        """Encrypt a text so that only this installation can read it, for this purpose."""
        return self._box(purpose).encrypt(text.encode()).decode()

    def unseal(self, purpose: str, sealed: str) -> str:
        """Return a text that was sealed for this purpose; raise CannotUnseal for anything else."""
        try:
            return self._box(purpose).decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise CannotUnseal(purpose) from error

    def _box(self, purpose: str) -> MultiFernet:
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in self._derived(purpose)])

    def fingerprint(self, purpose: str, *parts: str) -> str:
        """Return a keyed hash: who has the database but not the key cannot try guesses against it."""
        message = "\0".join(parts).encode()
        return hmac.new(self._derived(purpose)[0], message, hashlib.sha256).hexdigest()


def init_app(app: flask.Flask, secrets_: Sequence[str]) -> None:
    """Give the app its keys, newest first."""
    app.extensions["buurtbegroting-keys"] = Keys(tuple(secrets_))


def keys() -> Keys:
    """Return the keys of the running app."""
    found: Keys = flask.current_app.extensions["buurtbegroting-keys"]
    return found


def new_token() -> str:
    """Return a secret of 256 bits for a link or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token: nobody can go back from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_digits(length: int = 6) -> str:
    """Return a code of digits that somebody types over."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def new_words_code(alphabet: str, groups: Sequence[int]) -> str:
    """Return a code in groups of signs with hyphens between them, such as k7wm-3xqp."""
    return "-".join("".join(secrets.choice(alphabet) for _ in range(size)) for size in groups)


def is_same(one: str, other: str) -> bool:
    """Compare two secrets in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def hashed_password(password: str) -> str:
    """Return the Argon2id hash of a password."""
    return _PASSWORDS.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Tell whether a password belongs to a kept hash; with None the same work is done and the answer is no."""
    try:
        return _PASSWORDS.verify(kept or _NOBODY, password) and kept is not None
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def needs_new_hash(kept: str) -> bool:
    """Tell whether a password was hashed with other settings than today's."""
    return _PASSWORDS.check_needs_rehash(kept)
