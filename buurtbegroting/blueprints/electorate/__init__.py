"""Who may vote in a round, and how they prove it: the register, codes in letters, the counter and proxies."""
