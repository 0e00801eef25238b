"""The pages of who works here: what waits for them, who may do what, what happened, and whether all is well."""
