"""Deeds on proposals."""
