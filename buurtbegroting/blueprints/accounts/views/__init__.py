"""Residents' pages around an account."""

from . import account, helping, messages, provider, second_step, signing_in

__all__ = ["account", "helping", "messages", "provider", "second_step", "signing_in"]
