"""Kan dit plan? The desk where the municipality looks at plans, answers, and publishes what it answered."""
