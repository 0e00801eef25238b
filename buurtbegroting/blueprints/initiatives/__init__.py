"""Residents' initiatives: what neighbours set up themselves, answered with yes, unless; with one contact person."""
