"""What rounds add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, finding, panels, subjects, views
from .manage import criteria, dates, rounds
from .notices import EVENTS, NOTICES
from .policy import may_choose_criteria, may_make_rounds

SLICE = Slice(
    name="rounds",
    practice="neighbourhood-budget",
    blueprints=(views.blueprint, criteria.blueprint, rounds.blueprint, dates.blueprint),
    api=(api.part,),
    menu=(MenuItem(_r("Rounds"), "rounds.rounds", ("/rondes",)),),
    manage=(
        MenuItem(_r("Rounds"), "making.rounds", ("/beheer/rondes",), may_make_rounds),
        MenuItem(_r("Criteria"), "criteria.criteria", ("/beheer/criteria",), may_choose_criteria),
    ),
    notices=NOTICES,
    events=EVENTS,
    subjects=subjects.KINDS,
    search=finding.KINDS,
    panels={
        "home-now": Panel("rounds/_now.html", panels.on_now),
        "area-lines": Panel("", panels.area_lines),
        "region": Panel("", panels.in_region),
        "wijk": Panel("rounds/_wijk.html", panels.in_wijk),
    },
)
