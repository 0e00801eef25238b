"""Reads of the network of a wijk."""
