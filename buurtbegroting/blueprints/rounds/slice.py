"""What rounds add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, finding, panels, subjects
from .actions.shares import forget_shares
from .manage import books, criteria, dates, rounds, shares
from .notices import EVENTS, NOTICES
from .personal import personal_data
from .policy import may_choose_criteria, may_make_rounds
from .views import division
from .views import rounds as pages

SLICE = Slice(
    name="rounds",
    practice="neighbourhood-budget",
    blueprints=(
        pages.blueprint,
        division.blueprint,
        criteria.blueprint,
        rounds.blueprint,
        dates.blueprint,
        books.blueprint,
        shares.blueprint,
    ),
    api=(api.part,),
    menu=(MenuItem(_r("Rounds"), "rounds.rounds", ("/rondes",)),),
    manage=(
        MenuItem(_r("Rounds"), "making.rounds", ("/beheer/rondes",), may_make_rounds),
        MenuItem(_r("Criteria"), "criteria.criteria", ("/beheer/criteria",), may_choose_criteria),
    ),
    personal_data=personal_data,
    forget=forget_shares,
    notices=NOTICES,
    events=EVENTS,
    subjects=subjects.KINDS,
    search=finding.KINDS,
    panels={
        "round-actions": Panel("rounds/_divide.html", panels.to_divide),
        "home-now": Panel("rounds/_now.html", panels.on_now),
        "area-lines": Panel("", panels.area_lines),
        "region": Panel("", panels.in_region),
        "wijk": Panel("rounds/_wijk.html", panels.in_wijk),
    },
)
