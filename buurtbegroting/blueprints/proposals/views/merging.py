"""Where authors propose to make two plans one, and agree or say no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask
from flask_babel import gettext
from werkzeug.wrappers import Response

from buurtbegroting.civic.money import Money
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.i18n import euros
from buurtbegroting.web.pages import slug
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import merging
from ..forms.merging import REWRITTEN, ConsentForm, MergeForm, NoForm
from ..models import MergeRequest, Proposal
from ..policy import (
    can_merge,
    may_agree_merge,
    may_ask_merge,
    may_decline_merge,
    may_note_consent,
    may_see_merge,
    may_see_proposal,
    may_take_back_merge,
)
from ..queries import merging as found
from .offering import name_amounts_in

blueprint = flask.Blueprint("merging", __name__, url_prefix="/plannen")


def _other(plan: Proposal, number: str) -> Proposal | None:
    """Return the plan with this number, if this one could be merged with it."""
    now = clock.now(db.session())
    other = queries.proposal_by_number(number.strip())
    if other is None or other.id == plan.id or other.round_id != plan.round_id:
        return None
    return other if may_see_proposal(current_actor(), other, now) and can_merge(other, now) else None


def _form(plan: Proposal, other: Proposal) -> MergeForm:
    form = MergeForm(data={"other": other.number})
    form.offer(plan, other)
    name_amounts_in(form.cost_cents, plan.round)
    return form


@blueprint.get("/<human_number:number>/samenvoegen")
@requires(may_ask_merge, load=queries.proposal_by_number)
def ask_page(plan: Proposal) -> str:
    """Ask with which plan; and when that is known, which stays and how it reads then."""
    typed = flask.request.args.get("met", "")
    other = _other(plan, typed) if typed else None
    if other:
        return flask.render_template("proposals/merge/ask.html", proposal=plan, other=other, form=_form(plan, other))
    return flask.render_template(
        "proposals/merge/choose.html",
        proposal=plan,
        alike=found.plans_alike(plan),
        typed=typed,
        busy=found.open_merges_of(plan.id),
    )


@blueprint.post("/<human_number:number>/samenvoegen")
@requires(may_ask_merge, load=queries.proposal_by_number)
def ask(plan: Proposal) -> Any:
    """Propose it to all authors of both plans."""
    other = _other(plan, flask.request.form.get("other", ""))
    if other is None:
        return flask.redirect(flask.url_for(".ask_page", number=plan.number, met=flask.request.form.get("other")), 303)
    form = _form(plan, other)

    def send() -> MergeRequest:
        wish = merging.Wish(other.number, form.stays.data == other.number, form.message.data or "", form.rewritten)
        return merging.ask_merge(current_actor(), plan, wish)

    merge = submit(form, send)
    if merge is None:
        return page_with_errors("proposals/merge/ask.html", proposal=plan, other=other, form=form)
    return _to(merge, "gevraagd")


def _to(merge: MergeRequest, done: str) -> Response:
    return flask.redirect(flask.url_for("merging.merge", merge_id=merge.id, gelukt=done), 303)


def _parts(merge: MergeRequest, refusing: NoForm | None = None, noting: ConsentForm | None = None) -> dict[str, Any]:
    stays = merge.proposal
    return {
        "merge": merge,
        "changes": [
            (name, _read(stays, name, stays.written[name]), _read(stays, name, merge.content[name]))
            for name in REWRITTEN
            if name in merge.content and merge.content[name] != stays.written[name]
        ],
        "button": Form(),
        "refusing": refusing or NoForm(formdata=None),
        "noting": noting or ConsentForm(formdata=None),
        "may_agree": may_agree_merge,
        "may_decline": may_decline_merge,
        "may_take_back": may_take_back_merge,
        "may_note": may_note_consent,
    }


def _read(plan: Proposal, name: str, value: Any) -> str:
    return euros(Money(value, plan.round.currency)) if name == "cost_cents" else str(value or gettext("Left empty"))


@blueprint.get("/samenvoegen/<uuid:merge_id>")
@requires(may_see_merge, load=found.merge_by_id)
def merge(merge: MergeRequest) -> str:
    """Show which plans would become one, how that reads, and who agreed."""
    return flask.render_template("proposals/merge/merge.html", **_parts(merge))


@blueprint.post("/samenvoegen/<uuid:merge_id>/eens")
@requires(may_agree_merge, load=found.merge_by_id)
def agree(merge: MergeRequest) -> Response:
    """Agree."""
    return _pressed(merge, merging.agree_merge, "eens")


@blueprint.post("/samenvoegen/<uuid:merge_id>/intrekken")
@requires(may_take_back_merge, load=found.merge_by_id)
def take_back(merge: MergeRequest) -> Response:
    """Take the wish back."""
    return _pressed(merge, merging.take_back_merge, "ingetrokken")


def _pressed(merge: MergeRequest, deed: Callable[..., MergeRequest], done: str) -> Response:
    press(lambda: deed(current_actor(), merge))
    if merge.other.merged_into_id:
        stays = merge.proposal
        name, done = slug(stays.title), "samengevoegd"
        return flask.redirect(flask.url_for("proposals.proposal", number=stays.number, name=name, gelukt=done), 303)
    return _to(merge, done)


@blueprint.post("/samenvoegen/<uuid:merge_id>/nee")
@requires(may_decline_merge, load=found.merge_by_id)
def decline(merge: MergeRequest) -> Any:
    """Say no."""
    form = NoForm()
    if submit(form, lambda: merging.decline_merge(current_actor(), merge, form.reason.data or "")) is None:
        return page_with_errors("proposals/merge/merge.html", **_parts(merge, refusing=form))
    return _to(merge, "nee")


@blueprint.post("/samenvoegen/<uuid:merge_id>/namens")
@requires(may_note_consent, load=found.merge_by_id)
def note(merge: MergeRequest) -> Any:
    """Note that authors who do not come to the site agreed."""
    form = ConsentForm()
    if submit(form, lambda: merging.note_consent(current_actor(), merge, form.note.data)) is None:
        return page_with_errors("proposals/merge/merge.html", **_parts(merge, noting=form))
    return _to(merge, "namens")
