"""Shared services that every practice needs and none owns: database, clock, audit, paths, logs. Nothing about HTTP."""
