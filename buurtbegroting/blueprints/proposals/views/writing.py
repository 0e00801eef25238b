"""What its authors do with a plan that was handed in, and how it came to read as it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.conversations import queries as conversations
from buurtbegroting.blueprints.conversations.actions.albums import prepared
from buurtbegroting.blueprints.conversations.policy import may_change_attachment
from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.civic.money import Money
from buurtbegroting.foundation import crypto
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, OnceForm, page_with_errors, press, submit
from buurtbegroting.web.i18n import euros, say
from buurtbegroting.web.pages import slug
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.uploading import MOST_TO_SEND, AttachmentForm

from .. import queries
from ..actions import entering, history, writing
from ..forms import plan as forms
from ..forms.costs import in_words
from ..models import WRITTEN, Proposal, ProposalVersion
from ..policy import (
    may_change_on_request,
    may_change_proposal,
    may_illustrate,
    may_invite_author,
    may_join,
    may_leave_proposal,
    may_see_proposal,
    may_take_out_words,
    may_withdraw_on_request,
    may_withdraw_proposal,
)
from .offering import name_amounts

blueprint = flask.Blueprint("writing", __name__, url_prefix="/plannen")


def _to(plan: Proposal, done: str) -> Response:
    address = flask.url_for("proposals.proposal", number=plan.number, name=slug(plan.title), gelukt=done)
    return flask.redirect(address, 303)


def _form(kind: type[forms.ChangeProposalForm], plan: Proposal, **how: Any) -> forms.ChangeProposalForm:
    # What is nothing is left empty, as it was when the plan was written.
    known = {name: value or None if name.endswith("_cents") else value for name, value in plan.written.items()}
    asked = None if plan.cost_lines else plan.cost_cents
    form = kind(**how, data=known | {"cost_cents": asked, "version": str(plan.version)})
    name_amounts(form, plan.round)
    form.offer_buurten(*(municipalities.current_areas(kind) for kind in (AreaKind.WIJK, AreaKind.BUURT)))
    return form


@blueprint.get("/<human_number:number>/wijzigen")
@requires(may_change_proposal, load=queries.proposal_by_number)
def change_page(plan: Proposal) -> str:
    """Show what its authors wrote, to be changed."""
    return _changing(plan, forms.ChangeProposalForm)


@blueprint.post("/<human_number:number>/wijzigen")
@requires(may_change_proposal, load=queries.proposal_by_number)
def change(plan: Proposal) -> Any:
    """Keep what its authors changed as the next version; or ask for one more line of costs."""
    return _changed(plan, forms.ChangeProposalForm, writing.change_proposal)


@blueprint.get("/<human_number:number>/op-verzoek")
@requires(may_change_on_request, load=queries.proposal_by_number)
def change_on_request_page(plan: Proposal) -> str:
    """Show a plan that came in on paper, to be changed because its author asked."""
    return _changing(plan, forms.ChangeOnRequestForm)


@blueprint.post("/<human_number:number>/op-verzoek")
@requires(may_change_on_request, load=queries.proposal_by_number)
def change_on_request(plan: Proposal) -> Any:
    """Keep what the author of a plan on paper asked for as the next version."""
    return _changed(plan, forms.ChangeOnRequestForm, entering.change_on_request)


def _changing(plan: Proposal, kind: type[forms.ChangeProposalForm]) -> str:
    return flask.render_template("proposals/write/change.html", proposal=plan, form=_form(kind, plan))


def _changed(plan: Proposal, kind: type[forms.ChangeProposalForm], deed: Callable[..., Proposal]) -> Any:
    form = _form(kind, plan)
    if form.cost_lines.is_extended():
        return flask.render_template("proposals/write/change.html", proposal=plan, form=form)

    def keep() -> Proposal:
        answers = {name: form[name].data for name in WRITTEN}
        answers |= {name: answers[name] or 0 for name in WRITTEN if name.endswith("_cents")}
        return deed(current_actor(), plan, answers, form.note.data or "", form.version_seen)

    def standing() -> forms.ChangeProposalForm:
        return _form(kind, plan, formdata=None)

    if submit(form, keep, standing) is None:
        return page_with_errors("proposals/write/change.html", proposal=plan, form=form)
    return _to(plan, "gewijzigd")


@blueprint.get("/<human_number:number>/intrekken")
@requires(may_withdraw_proposal, load=queries.proposal_by_number)
def withdraw_page(plan: Proposal) -> str:
    """Ask whether the plan may go."""
    return flask.render_template("proposals/write/withdraw.html", proposal=plan, form=Form(), on_request=False)


@blueprint.post("/<human_number:number>/intrekken")
@requires(may_withdraw_proposal, load=queries.proposal_by_number)
def withdraw(plan: Proposal) -> Response:
    """Take the plan back."""
    press(lambda: writing.withdraw_proposal(current_actor(), plan))
    return _to(plan, "ingetrokken")


@blueprint.get("/<human_number:number>/op-verzoek/intrekken")
@requires(may_withdraw_on_request, load=queries.proposal_by_number)
def withdraw_on_request_page(plan: Proposal) -> str:
    """Ask whether a plan that came in on paper may go."""
    return flask.render_template("proposals/write/withdraw.html", proposal=plan, form=Form(), on_request=True)


@blueprint.post("/<human_number:number>/op-verzoek/intrekken")
@requires(may_withdraw_on_request, load=queries.proposal_by_number)
def withdraw_on_request(plan: Proposal) -> Response:
    """Take a plan that came in on paper back, because its author asked."""
    press(lambda: entering.withdraw_on_request(current_actor(), plan))
    return _to(plan, "ingetrokken")


@blueprint.get("/<human_number:number>/fotos")
@requires(may_illustrate, load=queries.proposal_by_number)
def photos_page(plan: Proposal) -> str:
    """Show the photos and PDFs of a plan, with a form for one more."""
    return flask.render_template("proposals/write/photos.html", **_photos(plan, AttachmentForm()))


def _photos(plan: Proposal, form: AttachmentForm) -> dict[str, Any]:
    found = conversations.attachments_of(plan.album_id)
    return {"proposal": plan, "form": form, "attachments": found, "may_change_attachment": may_change_attachment}


@blueprint.post("/<human_number:number>/fotos")
@requires(may_illustrate, load=queries.proposal_by_number)
def add_photo(plan: Proposal) -> Any:
    """Add a photo or PDF."""
    flask.request.max_content_length = MOST_TO_SEND
    form = AttachmentForm()

    def add() -> Proposal:
        sent = form.file.data
        upload = prepared(sent.read(), sent.filename or "", form.text.data)
        return writing.illustrate(current_actor(), plan, upload)

    if submit(form, add) is None:
        return page_with_errors("proposals/write/photos.html", **_photos(plan, form))
    return flask.redirect(flask.url_for(".photos_page", number=plan.number, gelukt="toegevoegd"), 303)


@blueprint.get("/<human_number:number>/samen")
@requires(may_invite_author, load=queries.proposal_by_number)
def authors_page(plan: Proposal) -> str:
    """Show who writes the plan, and how somebody else can write along."""
    return flask.render_template("proposals/write/authors.html", proposal=plan, form=OnceForm(), link="")


@blueprint.post("/<human_number:number>/samen")
@requires(may_invite_author, load=queries.proposal_by_number)
def invite(plan: Proposal) -> Any:
    """Make a link for one more author; it is shown this once."""
    token, form = crypto.new_token(), OnceForm()
    invited = submit(form, lambda: writing.invite_author(current_actor(), plan, token))
    if invited is None:
        return page_with_errors("proposals/write/authors.html", proposal=plan, form=form, link="")
    link = flask.url_for(".join_page", number=plan.number, token=token, _external=True)
    return flask.render_template("proposals/write/authors.html", proposal=plan, form=OnceForm(formdata=None), link=link)


@blueprint.post("/<human_number:number>/samen/stoppen")
@requires(may_leave_proposal, load=queries.proposal_by_number)
def leave(plan: Proposal) -> Response:
    """Stop being an author."""
    press(lambda: writing.leave_proposal(current_actor(), plan))
    return _to(plan, "gestopt")


def _invited(number: str, token: str) -> Proposal | None:
    plan = queries.proposal_by_number(number)
    if plan is None or not crypto.is_same(plan.invitation_hash, crypto.token_hash(token)):
        return None
    return plan


@blueprint.get("/<human_number:number>/meeschrijven/<token>")
@requires(may_join, load=_invited)
def join_page(plan: Proposal) -> str:
    """Ask who was invited whether they want to write along."""
    return flask.render_template("proposals/write/join.html", proposal=plan, form=_join_form(plan))


def _join_form(plan: Proposal) -> forms.HandInForm:
    form = forms.HandInForm()
    form.ask_age(plan.round.rulebook.propose_min_age)
    return form


@blueprint.post("/<human_number:number>/meeschrijven/<token>")
@requires(may_join, load=_invited)
def join(plan: Proposal) -> Any:
    """Become an author."""
    form, token = _join_form(plan), str((flask.request.view_args or {})["token"])

    def write_along() -> Proposal:
        return writing.join_proposal(current_actor(), plan, token, says_old_enough=form.says_old_enough)

    if submit(form, write_along) is None:
        return page_with_errors("proposals/write/join.html", proposal=plan, form=form)
    return _to(plan, "samen")


def _in_words(version: ProposalVersion, currency: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return what a version says as people read it; a question that was not asked then is empty."""
    words: dict[str, Any] = {name: version.content.get(name) or "" for name in WRITTEN}
    point = [f"{words[name]:.5f}" for name in ("latitude", "longitude") if words[name] != ""]
    words |= {"latitude": ", ".join(point), "longitude": ""}
    words |= {"buurt_code": names.get(words["buurt_code"], words["buurt_code"])}
    words |= {"cost_lines": in_words(words["cost_lines"] or (), currency)}
    amounts = {name: euros(Money(words[name], currency)) for name in WRITTEN if name.endswith("_cents") and words[name]}
    carrier = {"carrier": say(forms.CARRIERS[words["carrier"]])} if words["carrier"] in forms.CARRIERS else {}
    return words | amounts | carrier


@blueprint.get("/<human_number:number>/versies")
@requires(may_see_proposal, load=queries.proposal_by_number)
def versions(plan: Proposal) -> str:
    """Show every version of a plan and what changed in it, newest first."""
    kept = queries.versions_of(plan)
    names = {each.code: each.name for each in municipalities.current_areas(AreaKind.BUURT)}
    texts = [_in_words(each, plan.round.currency, names) for each in kept]
    steps = list(zip(kept, texts, [None, *texts[:-1]], strict=True))[::-1]
    return flask.render_template("proposals/versions.html", proposal=plan, steps=steps)


@blueprint.get("/<human_number:number>/weghalen")
@requires(may_take_out_words, load=queries.proposal_by_number)
def take_out_page(plan: Proposal) -> str:
    """Ask which words have to go out of a plan and its versions."""
    return flask.render_template("proposals/write/take_out.html", proposal=plan, form=forms.TakeOutForm())


@blueprint.post("/<human_number:number>/weghalen")
@requires(may_take_out_words, load=queries.proposal_by_number)
def take_out(plan: Proposal) -> Any:
    """Take words out of a plan and its versions."""
    form = forms.TakeOutForm()
    if submit(form, lambda: history.take_out_words(current_actor(), plan, form.words.data)) is None:
        return page_with_errors("proposals/write/take_out.html", proposal=plan, form=form)
    return flask.redirect(flask.url_for(".versions", number=plan.number, gelukt="weggehaald"), 303)
