"""What the pages of who works here add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Slice

from . import manage
from .policy import may_read_audit, may_see_health

SLICE = Slice(
    name="admin",
    blueprints=(manage.blueprint,),
    manage=(
        MenuItem(_r("What happened"), "admin.audit", ("/beheer/logboek",), may_read_audit),
        MenuItem(_r("Mail and jobs"), "admin.health", ("/beheer/post-en-taken",), may_see_health),
    ),
)
