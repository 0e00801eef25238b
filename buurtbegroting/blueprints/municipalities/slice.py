"""What the municipality adds to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Slice

from . import api, cli, finding, manage, subjects, views
from .policy import may_manage_municipality

SLICE = Slice(
    name="municipalities",
    blueprints=(views.blueprint, manage.blueprint),
    api=(api.part,),
    menu=(MenuItem(_r("Your wijk"), "municipalities.areas", ("/wijken",)),),
    manage=(
        MenuItem(_r("Settings"), "settings.settings", (), may_manage_municipality),
        MenuItem(
            _r("What we use"), "settings.practices_page", ("/beheer/instellingen/onderdelen",), may_manage_municipality
        ),
        MenuItem(_r("Terms"), "settings.terms_page", ("/beheer/instellingen/termijnen",), may_manage_municipality),
        MenuItem(
            _r("Our own texts"), "settings.texts_page", ("/beheer/instellingen/teksten",), may_manage_municipality
        ),
        MenuItem(
            _r("Accessibility"),
            "settings.accessibility_page",
            ("/beheer/instellingen/toegankelijkheid",),
            may_manage_municipality,
        ),
    ),
    subjects=subjects.KINDS,
    search=finding.KINDS,
    commands=(cli.municipality, cli.areas, cli.postcodes),
)
