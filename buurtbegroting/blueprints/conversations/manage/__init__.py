"""Pages of conversations for who works here."""

from . import desk, newsroom

__all__ = ["desk", "newsroom"]
