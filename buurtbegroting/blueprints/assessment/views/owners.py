"""The page of an owner from outside: one card, the questions that are asked, and no account."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import OnceForm, page_with_errors, submit
from buurtbegroting.web.signing_in import current_actor

from ..actions.handing_over import fill_in_as_owner
from ..forms import marks_of, owner_form
from ..models import AssessmentMark, OwnerLink
from ..policy import may_fill_in_as_owner
from ..queries import cards

blueprint = flask.Blueprint("owners", __name__, url_prefix="/kan-dit")


def _asked(link: OwnerLink) -> list[AssessmentMark]:
    return [each for each in link.assessment.marks if str(each.position) in link.positions]


def _parts(link: OwnerLink, form: OnceForm) -> dict[str, Any]:
    return {"link": link, "card": link.assessment, "asked": _asked(link), "form": form}


@blueprint.get("/<token>")
@requires(may_fill_in_as_owner, load=cards.link_with)
def page(link: OwnerLink) -> str:
    """Show the plan and the questions to an owner from outside."""
    return flask.render_template("assessment/owner.html", **_parts(link, owner_form(_asked(link))))


@blueprint.post("/<token>")
@requires(may_fill_in_as_owner, load=cards.link_with)
def fill_in(link: OwnerLink) -> Any:
    """Keep what an owner from outside said."""
    form, asked = owner_form(_asked(link)), _asked(link)
    if submit(form, lambda: fill_in_as_owner(current_actor(), link, marks_of(form, asked))) is None:
        return page_with_errors("assessment/owner.html", **_parts(link, form))
    token = str((flask.request.view_args or {})["token"])
    return flask.redirect(flask.url_for(".page", token=token, gelukt="ingevuld"), 303)
