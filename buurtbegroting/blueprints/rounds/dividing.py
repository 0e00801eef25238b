"""Dividing money over areas or themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Amounts that people can remember: whole hundreds of euros.
STEP_CENTS = 100_00


def in_proportion(cents: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide an amount in steps of 100 euros by the weight of each, such as inhabitants (largest remainder, Hamilton).

    What does not fill a step goes to the largest; an amount without any weight is divided over nobody.
    """
    weight = sum(weights.values())
    if not weight:
        return {}
    steps, rest = divmod(cents, STEP_CENTS)
    shares = {code: divmod(steps * number, weight) for code, number in weights.items()}
    left = steps - sum(whole for whole, _ in shares.values())
    # Equal remainders: the larger one first, then by code.
    order = sorted(shares, key=lambda code: (-shares[code][1], -weights[code], code))
    extra = set(order[:left])
    divided = {code: (shares[code][0] + (code in extra)) * STEP_CENTS for code in weights}
    divided[_largest(list(weights), weights)] += rest
    return divided


def _largest(codes: Sequence[str], weights: Mapping[str, int]) -> str:
    return min(codes, key=lambda code: (-weights[code], code))
