"""Residents' pages about needs and offers."""
