"""Placeholder."""

from buurtbegroting.web.slices import Slice

from . import models  # noqa: F401

SLICE = Slice(name="proposals")
