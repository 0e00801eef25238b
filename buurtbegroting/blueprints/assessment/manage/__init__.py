"""Pages of who works at the desk."""
