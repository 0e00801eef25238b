"""What registers of voters add to the house."""

from buurtbegroting.web.slices import Panel, Slice

from . import letters as _letters  # noqa: F401
from . import panels, personal
from .manage import helping, register

SLICE = Slice(
    name="electorate",
    practice="neighbourhood-budget",
    blueprints=(register.blueprint, helping.blueprint),
    panels={
        "manage-round": Panel("electorate/_manage.html", panels.managing),
        "board": Panel("electorate/_numbers.html", panels.with_letters),
    },
    tasks=(panels.tasks,),
    retention=personal.RETENTION,
)
