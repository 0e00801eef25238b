"""Dividing money over areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Amounts that people can remember: whole hundreds of euros.
STEP_CENTS = 100_00


def by_inhabitants(cents: int, inhabitants: Mapping[str, int]) -> dict[str, int]:
    """Divide an amount in steps of 100 euros, each area by its share (largest remainder, Hamilton).

    What does not fill a step goes to the largest area; an amount without inhabitants is divided over nobody.
    """
    people = sum(inhabitants.values())
    if not people:
        return {}
    steps, rest = divmod(cents, STEP_CENTS)
    shares = {code: divmod(steps * number, people) for code, number in inhabitants.items()}
    left = steps - sum(whole for whole, _ in shares.values())
    # Equal remainders: the area with more inhabitants first, then by code.
    order = sorted(shares, key=lambda code: (-shares[code][1], -inhabitants[code], code))
    extra = set(order[:left])
    divided = {code: (shares[code][0] + (code in extra)) * STEP_CENTS for code in inhabitants}
    divided[_largest(list(inhabitants), inhabitants)] += rest
    return divided


def _largest(codes: Sequence[str], inhabitants: Mapping[str, int]) -> str:
    return min(codes, key=lambda code: (-inhabitants[code], code))
