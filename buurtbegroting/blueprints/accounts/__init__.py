"""People and organisations, how they get in, what they may do, and what is kept of them."""
