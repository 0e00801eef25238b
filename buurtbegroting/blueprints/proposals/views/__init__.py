"""Residents' pages about plans."""
