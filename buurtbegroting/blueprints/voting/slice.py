"""What ballots and results add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, cli, manage, panels
from .views import board, inside, results
from .views import booth as _booth  # noqa: F401
from .views import receipts as _receipts  # noqa: F401

SLICE = Slice(
    name="voting",
    practice="neighbourhood-budget",
    blueprints=(inside.blueprint, board.blueprint, manage.blueprint, results.blueprint),
    api=(api.part,),
    menu=(
        MenuItem(_r("Voting"), "booth.votes", ("/stemmen",)),
        MenuItem(_r("Results"), "voting.results", ("/uitslag",)),
    ),
    panels={
        "home-results": Panel("voting/_newest.html", panels.newest),
        "wijk": Panel("voting/_wijk.html", panels.in_wijk),
        "round": Panel("voting/_round.html", panels.of_round),
        "round-actions": Panel("voting/_vote.html", panels.to_vote),
        "round-aside": Panel("voting/_board.html", panels.with_board),
        "manage-round": Panel("voting/_manage.html", panels.managing),
    },
    tasks=(panels.tasks,),
    commands=(cli.round_group,),
)
