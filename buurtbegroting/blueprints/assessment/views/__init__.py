"""Pages of residents and of owners from outside."""
