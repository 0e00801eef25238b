"""What lists and decisions add to the house."""

from buurtbegroting.web.slices import Panel, Slice

from . import manage, panels, views
from .notices import EVENTS, NOTICES

SLICE = Slice(
    name="deciding",
    practice="neighbourhood-budget",
    blueprints=(views.blueprint, manage.blueprint),
    notices=NOTICES,
    events=EVENTS,
    tasks=(panels.tasks,),
    panels={
        "round": Panel("deciding/_round.html", panels.of_round),
        "plan": Panel("deciding/_plan.html", panels.of_plan),
        "manage-round": Panel("deciding/_manage.html", panels.managing),
    },
)
