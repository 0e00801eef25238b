"""What residents' initiatives add to the house."""

from buurtbegroting.web.slices import Slice

from .promises import PROMISES

SLICE = Slice(name="initiatives", practice="initiatives", promises=PROMISES)
