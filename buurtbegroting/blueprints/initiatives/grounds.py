"""The only grounds on which the municipality says no, and where a group can go on after that."""

from __future__ import annotations

from buurtbegroting.civic.reasons import _r

GROUNDS = {
    "law": _r("A law does not allow it"),
    "rule": _r("A rule of the municipality does not allow it"),
    "safety": _r("It is not safe"),
    "others": _r("Others are harmed by it"),
    "owner": _r("The ground or building is not ours, and its owner does not want it"),
    "no-task": _r("It is not up to the municipality"),
    "exists": _r("It is there already, or somebody else is making it"),
    "means": _r("It costs the municipality money or people that it does not have for this"),
}

ROUTES = {
    "contact": _r("Your contact person helps you to make it possible in another way"),
    "rule": _r("Report the rule that stands in the way; the council can change a rule"),
    "plan": _r("Hand it in as a plan in a neighbourhood budget"),
    "council": _r("Put it before the council yourself"),
    "elsewhere": _r("Go to another organisation; your contact person brings you there"),
    "objection": _r("Object to this decision (bezwaar)"),
}
