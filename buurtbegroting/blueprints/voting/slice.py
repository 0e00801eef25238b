"""What ballots and results add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, cli, panels, views

SLICE = Slice(
    name="voting",
    practice="neighbourhood-budget",
    blueprints=(views.blueprint,),
    api=(api.part,),
    menu=(MenuItem(_r("Results"), "voting.results", ("/uitslag",)),),
    panels={
        "home-results": Panel("voting/_newest.html", panels.newest),
        "wijk": Panel("voting/_wijk.html", panels.in_wijk),
        "round": Panel("voting/_round.html", panels.of_round),
    },
    commands=(cli.round_group,),
)
