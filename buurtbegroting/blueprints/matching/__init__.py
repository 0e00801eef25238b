"""Needs and offers around residents' initiatives: for groups in public, for one person through a broker."""
