"""What the municipality adds to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Slice

from . import api, cli, views

SLICE = Slice(
    name="municipalities",
    blueprints=(views.blueprint,),
    api=(api.part,),
    menu=(MenuItem(_r("Your wijk"), "municipalities.areas", ("/wijken",)),),
    commands=(cli.municipality, cli.areas, cli.postcodes),
)
