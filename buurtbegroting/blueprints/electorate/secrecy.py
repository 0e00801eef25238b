"""Keyed hashes of what must not be read back from a register."""

from __future__ import annotations

import uuid

from buurtbegroting.foundation import crypto


def secret_to_hash(round_id: uuid.UUID, selector: str, secret: str) -> str:
    """Return what of a code is hashed for keeping: who has the database but not the key cannot try secrets."""
    return crypto.keys().fingerprint("voting code", str(round_id), selector, secret)


def place_of(round_id: uuid.UUID, postcode: str, house_number: str) -> str:
    """Return under which hash an address is found."""
    plain = "".join(postcode.upper().split()), "".join(house_number.upper().split())
    return crypto.keys().fingerprint("register place", str(round_id), *plain)


def identity_hash(round_id: uuid.UUID, subject: str) -> str:
    """Return under which hash the register knows what a provider of identities calls somebody."""
    return crypto.keys().fingerprint("register identity", str(round_id), subject)
