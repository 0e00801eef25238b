"""Rounds of a neighbourhood budget: when they run, how much money they divide and by which rules."""
