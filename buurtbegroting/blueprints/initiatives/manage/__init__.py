"""Pages of officials about initiatives."""
