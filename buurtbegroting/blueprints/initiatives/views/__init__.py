"""Pages of residents about initiatives."""
