"""Residents' pages around an account."""

from . import account, second_step, signing_in

__all__ = ["account", "second_step", "signing_in"]
