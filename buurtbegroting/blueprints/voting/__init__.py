"""Ballots and results: what was chosen, how it was counted, and why that is the outcome."""
