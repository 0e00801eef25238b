"""Where officials make rounds and keep them going."""
