"""Deeds of the desk."""
