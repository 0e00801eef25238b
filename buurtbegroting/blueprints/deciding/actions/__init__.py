"""Deeds on the list of a round, on packages, and on what meetings decide."""
