"""Insight: what the municipality spends in each wijk, in plain words, for whoever wants to know where money goes."""
