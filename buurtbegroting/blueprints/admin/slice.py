"""What the pages of who works here add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Slice

from . import api, manage
from .policy import may_print_letters, may_read_audit, may_see_health

SLICE = Slice(
    name="admin",
    blueprints=(manage.blueprint,),
    api=(api.part,),
    manage=(
        MenuItem(_r("What happened"), "admin.audit", ("/beheer/logboek",), may_read_audit),
        MenuItem(_r("Letters"), "admin.letters", ("/beheer/brieven",), may_print_letters),
        MenuItem(_r("Mail and jobs"), "admin.health", ("/beheer/post-en-taken",), may_see_health),
        MenuItem(_r("How long we keep things"), "admin.kept", ("/beheer/bewaren",), may_see_health),
    ),
)
