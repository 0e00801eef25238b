"""Supporting a plan, and entering lists of signatures."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.pages import slug
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import supporting
from ..forms.support import SupportListForm
from ..models import Proposal, SupportList
from ..policy import may_enter_support_list, may_support

blueprint = flask.Blueprint("supporting", __name__, url_prefix="/plannen")


def _to(plan: Proposal, done: str) -> Response:
    address = flask.url_for("proposals.proposal", number=plan.number, name=slug(plan.title), gelukt=done)
    return flask.redirect(address, 303)


@blueprint.get("/<human_number:number>/steun")
@requires(may_support, load=queries.proposal_by_number)
def support_page(plan: Proposal) -> str:
    """Ask whether somebody supports a plan, or no longer."""
    known = queries.support_of(uuid.UUID(str(current_actor().person_id)), plan.id)
    return flask.render_template(
        "proposals/support.html",
        proposal=plan,
        supporters=queries.supporters_of(plan),
        is_known=known is not None,
        form=Form(),
    )


@blueprint.post("/<human_number:number>/steun")
@requires(may_support, load=queries.proposal_by_number)
def support(plan: Proposal) -> Response:
    """Support a plan, or no longer."""
    was_known = queries.support_of(uuid.UUID(str(current_actor().person_id)), plan.id) is not None
    press(lambda: supporting.support(current_actor(), plan))
    return _to(plan, "geen-steun" if was_known else "steun")


@blueprint.get("/<human_number:number>/steunlijst")
@requires(may_enter_support_list, load=queries.proposal_by_number)
def list_page(plan: Proposal) -> str:
    """Ask for the numbers of a list of signatures."""
    return flask.render_template("proposals/support_list.html", proposal=plan, form=SupportListForm())


@blueprint.post("/<human_number:number>/steunlijst")
@requires(may_enter_support_list, load=queries.proposal_by_number)
def enter_list(plan: Proposal) -> Any:
    """Enter a list of signatures."""
    form = SupportListForm()

    def enter() -> SupportList:
        signatures = supporting.Signatures(form.valid.data, form.refused.data, form.reason.data or "")
        return supporting.enter_support_list(current_actor(), plan, signatures)

    if submit(form, enter) is None:
        return page_with_errors("proposals/support_list.html", proposal=plan, form=form)
    return _to(plan, "steunlijst")
