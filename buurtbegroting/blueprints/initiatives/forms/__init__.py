"""The forms of initiatives: what groups fill in, and what officials answer."""
