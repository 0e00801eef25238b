"""The network page of a wijk, and where members say what ties their initiative."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.initiatives import queries as initiatives
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.blueprints.municipalities.policy import may_see_area
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.pages import slug
from buurtbegroting.web.signing_in import current_actor

from ..actions import ties as deeds
from ..drawing import draw
from ..forms.ties import MeetForm, TieForm
from ..kinds import HOUSE_KINDS, STAGES
from ..models import MeetingPlace, Tie
from ..policy import may_agree_tie, may_end_tie, may_tie, may_untie_house
from ..queries import houses
from ..queries import ties as queries
from .houses import wijk_names

blueprint = flask.Blueprint("ties", __name__)


def _wijk(code: str) -> Area | None:
    found = municipalities.area_by_code(code)
    return found if found is not None and found.kind == AreaKind.WIJK else None


@blueprint.get("/netwerk")
@public
def wijken() -> str:
    """Show the wijken, with how many initiatives and houses each has."""
    groups, standing = queries.counts_by_wijk()
    return flask.render_template("network/wijken.html", names=wijk_names(), groups=groups, standing=standing)


@blueprint.get("/netwerk/<area_code:code>")
@blueprint.get("/netwerk/<area_code:code>-<name>")
@requires(may_see_area, load=_wijk)
def network(wijk: Area) -> Any:
    """Show who is in a wijk and what ties them: as tables first, then as one picture."""
    found = queries.network_of(wijk.code)
    return elsewhere(".network", code=wijk.code, name=slug(wijk.name)) or flask.render_template(
        "network/network.html",
        wijk=wijk,
        network=found,
        picture=draw(found),
        stages=STAGES,
        kinds=HOUSE_KINDS,
    )


def _forms(found: Initiative) -> dict[str, Any]:
    others = initiatives.all_found(initiatives.Filters())
    return {
        "meet": MeetForm(prefix="meet").offer({str(each.id): each.name for each in houses.houses()}),
        "form": TieForm().offer({each.number: each.title for each in others if each.id != found.id}),
    }


def _ties(found: Initiative, **more: Any) -> dict[str, Any]:
    known = {
        "initiative": found,
        "meetings": queries.meetings_of(found.id),
        "ties": queries.ties_of(found.id),
        "button": Form(),
        "may_agree": may_agree_tie,
    }
    return known | more


@blueprint.get("/initiatieven/<human_number:number>/netwerk")
@requires(may_tie, load=initiatives.initiative_by_number)
def ties(found: Initiative) -> str:
    """Show where an initiative meets and with whom it works, with a form for each."""
    return flask.render_template("network/ties.html", **_ties(found, **_forms(found)))


def _to_ties(number: str, done: str) -> Response:
    return flask.redirect(flask.url_for(".ties", number=number, gelukt=done), 303)


@blueprint.post("/initiatieven/<human_number:number>/netwerk/huis")
@requires(may_tie, load=initiatives.initiative_by_number)
def meet(found: Initiative) -> Any:
    """Say in which house it meets."""
    forms = _forms(found)
    form = forms["meet"]
    if submit(form, lambda: deeds.meet_in(current_actor(), found, uuid.UUID(form.house.data))) is None:
        return page_with_errors("network/ties.html", **_ties(found, **forms))
    return _to_ties(found.number, "bewaard")


@blueprint.post("/initiatieven/<human_number:number>/netwerk")
@requires(may_tie, load=initiatives.initiative_by_number)
def ask(found: Initiative) -> Any:
    """Ask another initiative to work together."""
    forms = _forms(found)
    form = forms["form"]
    if submit(form, lambda: deeds.ask_tie(current_actor(), found, form.other.data, form.words.data)) is None:
        return page_with_errors("network/ties.html", **_ties(found, **forms))
    return _to_ties(found.number, "gevraagd")


@blueprint.post("/netwerk/huis/<uuid:meeting_id>/weg")
@requires(may_untie_house, load=queries.meeting_by_id)
def meet_no_more(meeting: MeetingPlace) -> Response:
    """Say that it meets there no more."""
    number = meeting.initiative.number
    press(lambda: deeds.meet_no_more(current_actor(), meeting))
    return _to_ties(number, "weg")


@blueprint.post("/netwerk/samen/<uuid:tie_id>/ja")
@requires(may_agree_tie, load=queries.tie_by_id)
def agree(tie: Tie) -> Response:
    """Agree to work together."""
    number = tie.asked.number
    press(lambda: deeds.agree_tie(current_actor(), tie))
    return _to_ties(number, "samen")


@blueprint.post("/netwerk/samen/<uuid:tie_id>/weg")
@requires(may_end_tie, load=queries.tie_by_id)
def end(tie: Tie) -> Response:
    """Say no, or that it is over."""
    own = next((each for each in (tie.asked, tie.asker) if current_actor().person_id in each.member_ids), tie.asker)
    number = own.number
    press(lambda: deeds.end_tie(current_actor(), tie))
    return _to_ties(number, "weg")
