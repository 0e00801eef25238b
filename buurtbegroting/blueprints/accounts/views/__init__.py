"""Residents' pages around an account."""

from . import account, helping, provider, second_step, signing_in

__all__ = ["account", "helping", "provider", "second_step", "signing_in"]
