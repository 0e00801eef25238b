"""What residents' initiatives add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, finding, panels, subjects

# Loading it makes its work of every morning known.
from .actions import mornings as _mornings  # noqa: F401
from .actions.members import forget
from .manage import desk
from .notices import EVENTS, NOTICES
from .personal import personal_data
from .policy import may_see_desk
from .promises import PROMISES
from .views import initiatives, members, writing

SLICE = Slice(
    name="initiatives",
    practice="initiatives",
    blueprints=(initiatives.blueprint, writing.blueprint, members.blueprint, desk.blueprint),
    api=(api.part,),
    menu=(MenuItem(_r("Initiatives"), "initiatives.initiatives", ("/initiatieven",)),),
    manage=(
        MenuItem(_r("Initiatives of residents"), "initiative_desk.list_", ("/beheer/initiatieven",), may_see_desk),
    ),
    tasks=(desk.what_waits,),
    notices=NOTICES,
    events=EVENTS,
    subjects=subjects.KINDS,
    search=finding.KINDS,
    promises=PROMISES,
    personal_data=personal_data,
    forget=forget,
    panels={
        "wijk": Panel("initiatives/_wijk.html", panels.of_wijk),
        "account": Panel("initiatives/_account.html", panels.of_person),
    },
)
