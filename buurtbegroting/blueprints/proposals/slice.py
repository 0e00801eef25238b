"""What plans add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, finding, panels, promises, queries, subjects
from .actions.forgetting import forget
from .notices import EVENTS, NOTICES
from .personal import RETENTION, personal_data
from .policy import may_work_with_paper
from .views import drafting, merging, paper, plans, sharing, supporting, writing

SLICE = Slice(
    name="proposals",
    practice="neighbourhood-budget",
    blueprints=(
        plans.blueprint,
        drafting.blueprint,
        drafting.my_plans,
        writing.blueprint,
        paper.blueprint,
        merging.blueprint,
        sharing.blueprint,
        supporting.blueprint,
    ),
    api=(api.part,),
    menu=(MenuItem(_r("Plans"), "proposals.proposals", ("/plannen",)),),
    manage=(MenuItem(_r("Plans on paper"), "paper.entered", ("/plannen/invoeren",), may_work_with_paper),),
    subjects=subjects.KINDS,
    search=finding.KINDS,
    promises=promises.PROMISES,
    notices=NOTICES,
    events=EVENTS,
    personal_data=personal_data,
    forget=forget,
    retention=RETENTION,
    panels={
        "account": Panel("proposals/_account.html", panels.drafts_of),
        "round-actions": Panel("proposals/_propose.html", panels.open_for_plans),
        "wijk": Panel("proposals/_wijk.html", queries.newest_in_wijk),
        "round": Panel("proposals/_round.html", queries.summary_of_round),
    },
)
