"""Seed grants: a small amount with which an initiative starts, and what came of it."""
