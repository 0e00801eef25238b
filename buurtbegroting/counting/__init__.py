"""Counting: elections, ballots, rules and outcomes, in exact arithmetic. True on paper, in any town."""
