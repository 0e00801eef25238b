"""Plans of residents: what they want, what it costs, and what the municipality answered."""
