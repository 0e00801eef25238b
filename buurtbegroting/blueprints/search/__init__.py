"""Search: one box for everything that is public in a municipality."""
