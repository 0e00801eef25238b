"""What the municipality adds to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Slice

from . import api, cli, manage, subjects, views
from .policy import may_manage_municipality

SLICE = Slice(
    name="municipalities",
    blueprints=(views.blueprint, manage.blueprint),
    api=(api.part,),
    menu=(MenuItem(_r("Your wijk"), "municipalities.areas", ("/wijken",)),),
    manage=(MenuItem(_r("Settings"), "settings.settings", ("/beheer/instellingen",), may_manage_municipality),),
    subjects=subjects.KINDS,
    commands=(cli.municipality, cli.areas, cli.postcodes),
)
