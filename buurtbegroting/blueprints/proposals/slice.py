"""What plans add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, promises, queries, subjects, views

SLICE = Slice(
    name="proposals",
    practice="neighbourhood-budget",
    blueprints=(views.blueprint,),
    api=(api.part,),
    menu=(MenuItem(_r("Plans"), "proposals.proposals", ("/plannen",)),),
    subjects=subjects.KINDS,
    promises=promises.PROMISES,
    panels={
        "wijk": Panel("proposals/_wijk.html", queries.newest_in_wijk),
        "round": Panel("proposals/_round.html", queries.summary_of_round),
    },
)
