"""What needs and offers add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, finding, manage, panels

# Loading it makes its work of every morning known.
from .actions import mornings as _mornings  # noqa: F401
from .notices import NOTICES
from .personal import RETENTION, forget, personal_data
from .policy import may_broker, may_keep_funds
from .views import contact, own, public

SLICE = Slice(
    name="matching",
    practice="initiatives",
    blueprints=(public.blueprint, own.blueprint, contact.blueprint, manage.blueprint),
    api=(api.part,),
    manage=(
        MenuItem(_r("Broker of needs and offers"), "matching_desk.list_", ("/beheer/makelaar",), may_broker),
        MenuItem(_r("Funds"), "matching_desk.funds", ("/beheer/fondsen",), may_keep_funds),
    ),
    tasks=(manage.what_waits,),
    notices=NOTICES,
    search=finding.KINDS,
    personal_data=personal_data,
    forget=forget,
    retention=RETENTION,
    panels={
        "initiatives": Panel("matching/_links.html", panels.among_initiatives),
        "initiative": Panel("matching/_initiative.html", panels.of_initiative),
        "wijk": Panel("matching/_wijk.html", panels.of_wijk),
    },
)
