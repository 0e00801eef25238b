"""Placing a need or an offer, and what one does with one's own."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import flask
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.accounts.queries import organisations_of
from buurtbegroting.blueprints.initiatives.queries import initiatives_of
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import offered as offered_choices
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.i18n import language
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import placing
from ..actions.placing import Whose
from ..forms import PlaceForm, WordsForm
from ..limits import LIMITS
from ..models import Posting
from ..policy import may_change_posting, may_extend_posting, may_hide_posting, may_place, may_withdraw_posting
from ..states import Side
from .public import names_of_wijken

blueprint = flask.Blueprint("my_matching", __name__, url_prefix="/hulp")

MYSELF = "ik"


def to_posting(found: Posting, done: str) -> Response:
    """Lead to the page of a need or an offer, which says what was done."""
    endpoint = "matching.need" if found.side is Side.NEED else "matching.offer"
    return flask.redirect(flask.url_for(endpoint, posting_id=found.id, gelukt=done), 303)


def _whose() -> Mapping[str, Any]:
    person_id = uuid.UUID(str(current_actor().person_id))
    groups = {f"i{each.id}": each.title for each in initiatives_of(person_id)}
    bodies = {f"o{each.id}": each.name for each in organisations_of(person_id)}
    return groups | bodies | {MYSELF: lazy_gettext("For myself")}


def _form() -> PlaceForm:
    asked, whose = flask.request.args, _whose()
    wanted = f"i{asked.get('initiatief', '')}"
    first = wanted if wanted in whose else next(iter(whose))
    form = PlaceForm(data={"whose": first, "wijk": asked.get("wijk", current_actor().wijk_code or "")})
    form.offer(names_of_wijken())
    form.whose.choices = offered_choices(whose)
    return form


def _page(side: Side, form: PlaceForm) -> dict[str, Any]:
    return {"side": side, "form": form, "limits": LIMITS}


def _place(side: Side) -> Any:
    form = _form()

    def keep() -> Posting:
        chosen = form.whose.data
        of = uuid.UUID(chosen[1:]) if chosen != MYSELF else None
        whose = Whose(
            initiative_id=of if chosen.startswith("i") and of else None,
            organisation_id=of if chosen.startswith("o") else None,
            shown_as=(form.shown_as.data or "") if chosen == MYSELF and side is Side.OFFER else "",
        )
        words, knows = form.words, bool(form.knows_limits.data)
        return placing.place(current_actor(), side, words, whose, language(), knows_limits=knows)

    made = submit(form, keep)
    if made is None:
        return page_with_errors("matching/place.html", **_page(side, form))
    return to_posting(made, "geplaatst")


@blueprint.get("/vragen/nieuw")
@requires(may_place)
def need_page() -> str:
    """Ask what is needed."""
    return flask.render_template("matching/place.html", **_page(Side.NEED, _form()))


@blueprint.post("/vragen/nieuw")
@requires(may_place)
def place_need() -> Any:
    """Place a need."""
    return _place(Side.NEED)


@blueprint.get("/aanbod/nieuw")
@requires(may_place)
def offer_page() -> str:
    """Ask what is offered."""
    return flask.render_template("matching/place.html", **_page(Side.OFFER, _form()))


@blueprint.post("/aanbod/nieuw")
@requires(may_place)
def place_offer() -> Any:
    """Place an offer."""
    return _place(Side.OFFER)


def _change_form(found: Posting, **how: Any) -> WordsForm:
    known = {name: getattr(found, name) for name in ("title", "what", "from_on", "until_on", "lapses_on")}
    known |= {"kind": found.kind.value, "wijk": found.wijk_code or "", "version": str(found.version)}
    form = WordsForm(**how, data=known | {"days": found.days.split(), "parts": found.parts.split()})
    form.offer(names_of_wijken())
    return form


@blueprint.get("/<uuid:posting_id>/wijzigen")
@requires(may_change_posting, load=queries.posting_by_id)
def change_page(found: Posting) -> str:
    """Show a need or an offer, to be changed."""
    return flask.render_template("matching/change.html", posting=found, form=_change_form(found))


@blueprint.post("/<uuid:posting_id>/wijzigen")
@requires(may_change_posting, load=queries.posting_by_id)
def change(found: Posting) -> Any:
    """Keep what was changed."""
    form = _change_form(found)

    def keep() -> Posting:
        return placing.change(current_actor(), found, form.words, form.version_seen)

    if submit(form, keep, lambda: _change_form(found, formdata=None)) is None:
        return page_with_errors("matching/change.html", posting=found, form=form)
    return to_posting(found, "gewijzigd")


@blueprint.post("/<uuid:posting_id>/terug")
@requires(may_withdraw_posting, load=queries.posting_by_id)
def withdraw(found: Posting) -> Response:
    """Take a need or an offer back."""
    press(lambda: placing.withdraw(current_actor(), found))
    return to_posting(found, "terug")


@blueprint.post("/<uuid:posting_id>/verlengen")
@requires(may_extend_posting, load=queries.posting_by_id)
def extend(found: Posting) -> Response:
    """Let a need or an offer stand longer."""
    press(lambda: placing.extend(current_actor(), found))
    return to_posting(found, "verlengd")


@blueprint.post("/<uuid:posting_id>/verbergen")
@requires(may_hide_posting, load=queries.posting_by_id)
def hide(found: Posting) -> Response:
    """Hide a need or an offer, or show it again."""
    press(lambda: placing.set_hidden(current_actor(), found, is_hidden=not found.is_hidden))
    return flask.redirect(flask.url_for("matching.list_"), 303)
