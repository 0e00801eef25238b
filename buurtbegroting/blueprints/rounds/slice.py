"""What rounds add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, panels, subjects, views

SLICE = Slice(
    name="rounds",
    blueprints=(views.blueprint,),
    api=(api.part,),
    menu=(MenuItem(_r("Rounds"), "rounds.rounds", ("/rondes",)),),
    subjects=subjects.KINDS,
    panels={
        "home-now": Panel("rounds/_now.html", panels.on_now),
        "area-lines": Panel("", panels.area_lines),
        "wijk": Panel("rounds/_wijk.html", panels.in_wijk),
    },
)
