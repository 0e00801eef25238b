"""Links for owners from outside, made and withdrawn by who has the card."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from ..actions import handing_over
from ..forms import OwnerLinkForm
from ..models import Assessment, OwnerLink
from ..policy import may_hand_over, may_withdraw_link
from ..queries import cards

blueprint = flask.Blueprint("owner_links", __name__, url_prefix="/beheer/beoordelen/<human_number:number>/eigenaar")


def _form(card: Assessment) -> OwnerLinkForm:
    form = OwnerLinkForm()
    form.offer(card.marks)
    return form


def _parts(card: Assessment, form: OwnerLinkForm, link: str) -> dict[str, Any]:
    return {"card": card, "form": form, "link": link, "now": clock.now(db.session())}


@blueprint.get("")
@requires(may_hand_over, load=cards.card_of)
def links(found: Assessment) -> str:
    """Show who was asked from outside, with a form to ask somebody."""
    return flask.render_template("assessment/manage/owners.html", **_parts(found, _form(found), ""))


@blueprint.post("")
@requires(may_hand_over, load=cards.card_of)
def make(found: Assessment) -> Any:
    """Make a link; it is shown this once."""
    form, token = _form(found), crypto.new_token()

    def do() -> OwnerLink:
        positions = tuple(int(each) for each in form.positions.data or ())
        owner = handing_over.Owner(form.organisation.data, positions, form.email.data or "")
        return handing_over.make_link(current_actor(), found, owner, token)

    if submit(form, do) is None:
        return page_with_errors("assessment/manage/owners.html", **_parts(found, form, ""))
    link = flask.url_for("owners.page", token=token, _external=True)
    fresh = OwnerLinkForm(formdata=None)
    fresh.offer(found.marks)
    return flask.render_template("assessment/manage/owners.html", **_parts(found, fresh, link))


@blueprint.post("/<uuid:link_id>/intrekken")
@requires(may_withdraw_link, load=cards.link_of)
def withdraw(found: OwnerLink) -> Any:
    """Let a link be worth nothing any more."""
    press(lambda: handing_over.withdraw_link(current_actor(), found))
    address = flask.url_for("cards.card", number=found.assessment.proposal.number, gelukt="ingetrokken")
    return flask.redirect(address, 303)
