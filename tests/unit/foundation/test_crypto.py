"""Secrets: sealed texts, tokens, codes and passwords."""

from __future__ import annotations

import pytest

from buurtbegroting.foundation import crypto
from buurtbegroting.foundation.crypto import CannotUnseal, Keys

KEYS = Keys(("an older key of the town",))


def test_a_sealed_text_shows_nothing_and_can_be_read_again() -> None:
    sealed = KEYS.seal("mail", "geheim")
    assert "geheim" not in sealed
    assert KEYS.unseal("mail", sealed) == "geheim"


def test_what_was_sealed_for_one_purpose_is_not_read_for_another() -> None:
    with pytest.raises(CannotUnseal):
        KEYS.unseal("letters", KEYS.seal("mail", "geheim"))


def test_a_new_key_still_reads_what_the_former_one_sealed() -> None:
    renewed = Keys(("the newest key of the town", *KEYS.secrets))
    assert renewed.unseal("mail", KEYS.seal("mail", "geheim")) == "geheim"
    with pytest.raises(CannotUnseal):
        KEYS.unseal("mail", renewed.seal("mail", "geheim"))


def test_a_fingerprint_depends_on_key_purpose_and_every_part() -> None:
    prints = {
        KEYS.fingerprint("limit", "ab", "c"),
        KEYS.fingerprint("limit", "a", "bc"),
        KEYS.fingerprint("other", "ab", "c"),
        Keys(("another key",)).fingerprint("limit", "ab", "c"),
    }
    assert len(prints) == 4


def test_a_password_is_known_by_its_hash_alone() -> None:
    kept = crypto.hashed_password("een lang wachtwoord")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert crypto.is_password("een lang wachtwoord", kept)
    assert not crypto.is_password("een ander wachtwoord", kept)
    assert not crypto.is_password("nobody has this password", None)


def test_a_hash_of_older_settings_is_renewed() -> None:
    assert not crypto.needs_new_hash(crypto.hashed_password("x"))
    assert crypto.needs_new_hash("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$QAjtGxYDkZDdd3CTEXGMqQ")


def test_tokens_and_codes_are_of_the_promised_size() -> None:
    assert len(crypto.new_token()) == 43
    assert len({crypto.new_token() for _ in range(100)}) == 100
    assert crypto.new_digits().isdecimal()
    assert len(crypto.new_digits()) == 6
    assert [len(part) for part in crypto.new_words_code("abc", (4, 4)).split("-")] == [4, 4]
