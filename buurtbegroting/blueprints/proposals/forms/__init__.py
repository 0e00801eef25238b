"""The questions about a plan, and what is asked of who works with plans."""
