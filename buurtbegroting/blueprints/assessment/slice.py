"""What the desk adds to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, panels

# Loading it makes its work of every morning known.
from .actions import reminding as _mornings  # noqa: F401
from .actions.forgetting import forget
from .manage import card, desk, owners, pairs, settings
from .notices import EVENTS, NOTICES
from .personal import personal_data
from .policy import may_see_desk
from .views import judgements
from .views import owners as owners_pages

SLICE = Slice(
    name="assessment",
    practice="neighbourhood-budget",
    blueprints=(
        desk.blueprint,
        card.blueprint,
        owners.blueprint,
        settings.blueprint,
        pairs.blueprint,
        judgements.blueprint,
        owners_pages.blueprint,
    ),
    api=(api.part,),
    manage=(MenuItem(_r("Can this plan be done?"), "assessing.list_", ("/beheer/beoordelen",), may_see_desk),),
    tasks=(desk.what_waits,),
    notices=NOTICES,
    events=EVENTS,
    personal_data=personal_data,
    forget=forget,
    panels={
        "plan-verdict": Panel("assessment/_on_plan.html", panels.on_plan),
        "plan-authors": Panel("assessment/_for_authors.html", panels.for_authors),
        "plan-actions": Panel("assessment/_for_desk.html", panels.for_desk),
    },
)
