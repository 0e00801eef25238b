"""Placeholder."""

from buurtbegroting.web.slices import Slice

from . import api, models  # noqa: F401

SLICE = Slice(name="rounds", api=(api.part,))
