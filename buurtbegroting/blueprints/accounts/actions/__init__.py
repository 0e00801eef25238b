"""Deeds on people: getting in, the second factor, the account itself, roles, organisations."""
