"""What seed grants add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import manage, panels, views
from .notices import EVENTS, NOTICES
from .policy import may_keep_funds
from .promises import PROMISES

SLICE = Slice(
    name="grants",
    practice="initiatives",
    blueprints=(views.blueprint, manage.blueprint),
    manage=(MenuItem(_r("Seed grants"), "grants_desk.list_", ("/beheer/startgeld",), may_keep_funds),),
    tasks=(manage.what_waits,),
    notices=NOTICES,
    events=EVENTS,
    promises=PROMISES,
    panels={
        "initiative": Panel("grants/_initiative.html", panels.of_initiative),
        "initiatives": Panel("grants/_link.html", panels.among_initiatives),
    },
)
