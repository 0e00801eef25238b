"""Many voting codes: made by chance, never twice, and no mistake in typing one is taken for another."""

from __future__ import annotations

from tests.load.codes import judge


def test_twenty_thousand_codes_are_even_and_every_mistake_is_found() -> None:
    found = judge(20_000, 20)
    assert found.is_kept, found
