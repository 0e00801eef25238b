"""Deeds of conversations."""
