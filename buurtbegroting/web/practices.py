"""The practices that a municipality uses: of one that it switched off, no page and no menu is there."""

from __future__ import annotations

from collections.abc import Sequence

import flask

from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import NotFound

from .slices import Slice, discover

TITLES: dict[str, Reason] = {
    "neighbourhood-budget": _r("Neighbourhood budget: rounds, plans, voting, result"),
    "insight": _r("Insight: what the municipality spends in each wijk"),
    "initiatives": _r("Residents' initiatives"),
    "obstacles": _r("Rules that stand in the way"),
    "evaluation": _r("Evaluation tables"),
    "outcomes": _r("Outcomes per wijk"),
}


def init_app(app: flask.Flask, slices: Sequence[Slice]) -> None:
    """Answer 404 under every address of a practice that the municipality of the request does not use."""
    practice_of = {
        blueprint.name: each.practice for each in slices if each.practice for blueprint in (*each.blueprints, *each.api)
    }

    @app.before_request
    def refuse_what_is_switched_off() -> None:
        practice = practice_of.get(flask.request.blueprint or "")
        if practice and practice in flask.g.tenant.switched_off:
            raise NotFound(_r("%(name)s does not use this.", name=flask.g.tenant.name))


def there_are() -> dict[str, Reason]:
    """Return the practices that there is a slice for."""
    found = {each.practice for each in discover()}
    return {name: title for name, title in TITLES.items() if name in found}


def is_used(each: Slice) -> bool:
    """Tell whether the municipality of this request uses the practice of a slice."""
    return not each.practice or each.practice not in flask.g.tenant.switched_off
