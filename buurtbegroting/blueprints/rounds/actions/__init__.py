"""Deeds on rounds, their rules, dates and money."""
