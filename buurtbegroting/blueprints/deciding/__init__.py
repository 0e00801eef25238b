"""The list on which is chosen, and choosing without ballots: by a jury, in a meeting, on one evening."""
