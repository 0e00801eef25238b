"""Residents see, propose and choose what happens with money and rules in their own neighbourhood."""

__version__ = "0.1.0"
