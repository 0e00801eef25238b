"""Pages of who keeps the register and of the help desk."""
