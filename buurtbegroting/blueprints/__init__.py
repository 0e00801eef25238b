"""One folder is one slice: one civic practice, found by its name. Their order is ``web.slices.ORDER``."""
