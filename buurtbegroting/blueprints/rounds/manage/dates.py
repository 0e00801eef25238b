"""Where officials move the dates of a round that everybody knows, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import flask

from buurtbegroting.civic.phases import TITLES
from buurtbegroting.foundation.clock import local_day
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions.dating import Dates, move_phase
from ..forms.dates import PhaseDatesForm
from ..models import Round, RoundPhase
from ..policy import may_move_phase
from ..presets import midnight

blueprint = flask.Blueprint("dating", __name__, url_prefix="/beheer/rondes")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Moving:
    """A phase of a round that gets other dates."""

    round: Round
    phase: RoundPhase


def moving(number: str, kind: str) -> Moving | None:
    """Return a phase of a round by its kind."""
    round_ = queries.round_by_number(number)
    phase = next((each for each in round_.phases if each.kind_name == kind), None) if round_ else None
    return Moving(round_, phase) if round_ and phase else None


def _form(at: Moving) -> PhaseDatesForm:
    last = local_day(at.phase.ends_at) - ONE_DAY if at.phase.ends_at else None
    return PhaseDatesForm(data={"first_day": local_day(at.phase.starts_at), "last_day": last})


def _parts(at: Moving, form: PhaseDatesForm) -> dict[str, Any]:
    return {"round": at.round, "form": form, "title": TITLES[at.phase.kind], "phase": at.phase}


@blueprint.get("/<human_number:number>/data/<kind>")
@requires(may_move_phase, load=moving)
def page(at: Moving) -> str:
    """Ask for other dates and the reason."""
    return flask.render_template("rounds/manage/dates.html", **_parts(at, _form(at)))


@blueprint.post("/<human_number:number>/data/<kind>")
@requires(may_move_phase, load=moving)
def move(at: Moving) -> Any:
    """Give a phase other dates."""
    form = _form(at)

    def keep() -> Round:
        dates = Dates(midnight(form.first_day.data), midnight(form.last_day.data + ONE_DAY))
        return move_phase(current_actor(), at.round, at.phase, dates, form.reason.data)

    if submit(form, keep) is None:
        return page_with_errors("rounds/manage/dates.html", **_parts(at, form))
    return flask.redirect(flask.url_for("making.overview", number=at.round.number, gelukt="verzet"), 303)
