"""What search adds to the house."""

from buurtbegroting.web.slices import Slice

from . import api, cli, views

SLICE = Slice(name="search", blueprints=(views.blueprint,), api=(api.part,), commands=(cli.search,))
