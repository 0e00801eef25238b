"""What keeps a ballot apart from its voter, and what lets anybody check that it is there: hashes, and no more."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

Choices = Sequence[tuple[str, Fraction]]

# The symbols of a track are those of a voting code: people type both over.
TRACK_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TRACK_LENGTH = 16
NONCE_BYTES = 16
SLOT_MINUTES = 10
BEGINNING = "0" * 64


def slot_of(key: bytes, pot_id: str, voter_id: str) -> str:
    """Return where the ballot of a voter for a pot lies; without the key nobody can tell whose place it is."""
    return hmac.new(key, f"slot|{pot_id}|{voter_id}".encode(), hashlib.sha256).hexdigest()


def payload_of(choices: Choices, *, is_ranking: bool) -> str:
    """Write what was chosen in its one form: JSON, sorted by key unless the order is the choice."""
    ordered = choices if is_ranking else sorted(choices)
    return json.dumps([[key, str(points)] for key, points in ordered], ensure_ascii=False, separators=(",", ":"))


def choices_in(payload: str) -> tuple[tuple[str, Fraction], ...]:
    """Read what was chosen."""
    return tuple((key, Fraction(points)) for key, points in json.loads(payload))


def new_track() -> str:
    """Return the number of a receipt."""
    return "".join(secrets.choice(TRACK_ALPHABET) for _ in range(TRACK_LENGTH))


def new_nonce() -> str:
    """Return what makes a leaf impossible to guess from a choice."""
    return secrets.token_hex(NONCE_BYTES)


def leaf_of(pot_id: str, track: str, nonce: str, payload: str) -> str:
    """Return what of a ballot is shown on the board."""
    return hashlib.sha256(f"bb1|{pot_id}|{track}|{nonce}|{payload}".encode()).hexdigest()


def canonical(body: dict[str, Any]) -> str:
    """Write the body of an entry in its one form."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def entry_hash(previous: str, body: str) -> str:
    """Return the hash of an entry, which holds that of the one before it."""
    return hashlib.sha256(f"{previous}|{body}".encode()).hexdigest()


def slot_of_time(local: datetime) -> dict[str, str]:
    """Return a moment as the board tells it: a day, and the ten minutes it lies in."""
    start = local.replace(minute=local.minute - local.minute % SLOT_MINUTES)
    return {"day": f"{start:%Y-%m-%d}", "time": f"{start:%H:%M}"}


def fingerprint(key: bytes) -> str:
    """Return by what a key is known without telling it."""
    return hashlib.sha256(b"key|" + key).hexdigest()
