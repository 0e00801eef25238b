"""Residents' pages of conversations."""

from . import following, talk

__all__ = ["following", "talk"]
