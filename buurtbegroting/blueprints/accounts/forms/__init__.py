"""The forms around an account."""
