"""Things to test with: small, ours, and the same every time."""
