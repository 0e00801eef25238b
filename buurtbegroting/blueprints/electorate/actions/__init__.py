"""Deeds on registers and codes: proving, bringing in, making letters, helping at the desk."""
