"""What accounts add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Slice

from . import cli, installation, manage
from .notices import NOTICES
from .personal import RETENTION, personal_data
from .policy import may_help, may_manage_organisations, may_see_installation, may_see_people
from .views import account, helping, messages, signing_in

SLICE = Slice(
    name="accounts",
    blueprints=(
        signing_in.blueprint,
        account.blueprint,
        messages.blueprint,
        helping.blueprint,
        manage.blueprint,
        installation.blueprint,
    ),
    commands=(cli.person,),
    notices=NOTICES,
    manage=(
        MenuItem(_r("People"), "people.people", ("/beheer/mensen",), may_see_people),
        MenuItem(_r("Roles"), "people.roles", ("/beheer/rollen",), may_see_people),
        MenuItem(_r("Filling in for somebody"), "helping.choose", ("/beheer/namens",), may_help),
        MenuItem(_r("Whole installation"), "installation.installation", ("/beheer/installatie",), may_see_installation),
        MenuItem(_r("Organisations"), "people.organisations", ("/beheer/organisaties",), may_manage_organisations),
    ),
    tasks=(manage.waiting_roles,),
    personal_data=personal_data,
    retention=RETENTION,
)
