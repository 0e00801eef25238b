"""What insight adds to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, manage, panels, subjects, views
from .personal import RETENTION, personal_data
from .policy import may_import_spending

SLICE = Slice(
    name="insight",
    practice="insight",
    blueprints=(views.blueprint, manage.blueprint),
    api=(api.part,),
    menu=(MenuItem(_r("Insight"), "insight.whole", ("/inzicht",)),),
    manage=(MenuItem(_r("Spending"), "spending.imports", ("/beheer/uitgaven",), may_import_spending),),
    tasks=(manage.what_waits,),
    subjects=subjects.KINDS,
    panels={
        "home-insight": Panel("insight/_home.html", panels.at_home),
        "wijk": Panel("insight/_wijk.html", panels.in_wijk),
    },
    personal_data=personal_data,
    retention=RETENTION,
)
