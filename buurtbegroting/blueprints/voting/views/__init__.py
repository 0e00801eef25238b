"""Residents' pages of voting: the booth, the board and results."""
