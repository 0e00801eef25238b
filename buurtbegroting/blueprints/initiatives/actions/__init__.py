"""What people do with initiatives."""
