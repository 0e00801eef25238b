"""What registers of voters add to the house."""

from buurtbegroting.web.slices import Slice

from . import models as _tables  # noqa: F401

SLICE = Slice(name="electorate", practice="neighbourhood-budget")
