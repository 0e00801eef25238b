"""What the API's shell adds to the house: its entrance."""

from buurtbegroting.web.slices import Slice

from .shell import root

SLICE = Slice(name="api", api=(root,))
