"""Keys that stand outside the database and its backups: a file each, sealed, for this installation alone."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import flask

from . import crypto

KEY_BYTES = 32
NAME = re.compile(r"[a-z0-9.-]{1,80}")


class KeyIsGone(Exception):
    """A key was destroyed, was never made, or cannot be read with the secret key of this installation."""


@dataclass(frozen=True)
class Vault:
    """A folder with keys. Several processes that serve one database share it."""

    folder: Path

    def make(self, name: str) -> bytes:
        """Return a new key of 32 random bytes, or the one of this name when another process was first."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_bytes(KEY_BYTES)
        draft = self.folder / f".{name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(crypto.keys().seal("vault", key.hex()))
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link appears whole or not at all, and never takes the place of a key that is there.
            os.link(draft, self._path(name))
        except FileExistsError:
            return self.read(name)
        finally:
            draft.unlink()
        return key

    def read(self, name: str) -> bytes:
        """Return a key; raise KeyIsGone when it is not there or was sealed by another installation."""
        try:
            return bytes.fromhex(crypto.keys().unseal("vault", self._path(name).read_text()))
        except (OSError, crypto.CannotUnseal) as error:
            raise KeyIsGone(name) from error

    def has(self, name: str) -> bool:
        """Tell whether a key of this name is there."""
        return self._path(name).is_file()

    def destroy(self, name: str) -> None:
        """Throw a key away for good; what was made with it means nothing any more."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(name)
        return self.folder / name


def init_app(app: flask.Flask, folder: Path) -> None:
    """Give the app its vault."""
    app.extensions["buurtbegroting-vault"] = Vault(folder)


def vault() -> Vault:
    """Return the vault of the running app."""
    found: Vault = flask.current_app.extensions["buurtbegroting-vault"]
    return found
