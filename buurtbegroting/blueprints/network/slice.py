"""What the network of a wijk adds to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import panels
from .manage import houses as desk
from .notices import NOTICES
from .policy import may_see_network_desk
from .views import agenda, houses, ties

SLICE = Slice(
    name="network",
    practice="initiatives",
    blueprints=(houses.blueprint, agenda.blueprint, ties.blueprint, desk.blueprint),
    notices=NOTICES,
    manage=(MenuItem(_r("Network of the wijk"), "network_desk.houses", ("/beheer/netwerk",), may_see_network_desk),),
    panels={
        "initiatives": Panel("network/_links.html", panels.among_initiatives),
        "wijk": Panel("network/_wijk.html", panels.of_wijk),
        "initiative": Panel("network/_initiative.html", panels.of_initiative),
    },
)
