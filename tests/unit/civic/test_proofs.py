"""Ways to prove to be a voter that could give one person two votes are refused together."""

from __future__ import annotations

import pytest

from buurtbegroting.civic.proofs import is_poll, refused_together


@pytest.mark.parametrize(
    "proofs", [["code"], ["identity"], ["code", "identity", "counter", "proxy"], ["account"], ["identity", "proxy"]]
)
def test_ways_that_lead_to_one_register_go_together(proofs: list[str]) -> None:
    assert refused_together(proofs) is None


@pytest.mark.parametrize("proofs", [[], ["account", "code"], ["account", "counter"], ["counter"], ["counter", "proxy"]])
def test_other_ways_are_refused(proofs: list[str]) -> None:
    assert refused_together(proofs) is not None


def test_an_account_alone_makes_a_poll() -> None:
    assert is_poll(["account"])
    assert not is_poll(["code"])
