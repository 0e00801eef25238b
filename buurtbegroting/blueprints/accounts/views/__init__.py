"""Residents' pages around an account."""

from . import account, helping, second_step, signing_in

__all__ = ["account", "helping", "second_step", "signing_in"]
