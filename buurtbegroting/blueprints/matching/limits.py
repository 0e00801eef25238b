"""What volunteers may not do: said wherever one person is helped."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r

LIMITS = (
    _r("Give care: wash, dress, look after wounds."),
    _r("Give medicine, or say which medicine somebody should take."),
    _r("Lift somebody, with or without a hoist."),
    _r("Keep or spend somebody's money, bank card or PIN."),
    _r("Keep somebody's house keys. Ring the bell."),
    _r("Sign papers for somebody, or decide for them."),
    _r("Come alone to children, without their parents there."),
)
