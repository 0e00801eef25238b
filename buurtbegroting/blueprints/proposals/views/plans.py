"""The list of plans, the map, and one plan."""

from __future__ import annotations

import secrets
import uuid
from typing import Any
from urllib.parse import urlencode

import flask

from buurtbegroting.blueprints.conversations import queries as conversations
from buurtbegroting.blueprints.conversations.policy import may_change_attachment
from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import Area, AreaKind
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.refusals import NotSignedIn
from buurtbegroting.civic.verdicts import Yes
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import maps
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.downloads import csv_response
from buurtbegroting.web.pages import PageOf, page_number, slug
from buurtbegroting.web.signing_in import current_actor

from .. import exports, queries
from ..models import MergeRequest, Proposal
from ..policy import (
    may_ask_merge,
    may_change_on_request,
    may_change_proposal,
    may_enter_support_list,
    may_hand_out_receipt,
    may_illustrate,
    may_see_merge,
    may_see_proposal,
    may_support,
    may_take_out_words,
    may_withdraw_on_request,
    may_withdraw_proposal,
)
from ..queries import merging

blueprint = flask.Blueprint("proposals", __name__, template_folder="../templates")

MAX_SEARCH = 200


def _filters() -> queries.Filters:
    asked = flask.request.args
    order = asked.get("volgorde", "")
    return queries.Filters(
        search=asked.get("zoek", "")[:MAX_SEARCH].strip(),
        theme=asked.get("onderwerp", ""),
        wijk=asked.get("wijk", ""),
        round=asked.get("ronde", ""),
        answer=asked.get("antwoord", ""),
        order=order if order in queries.ORDERS else queries.ORDERS[0],
        seed=asked.get("start", ""),
    )


@blueprint.get("/plannen")
@public
def proposals() -> Any:
    """Show the plans that fit the filters, as cards or on a map."""
    filters = _filters()
    if filters.order == "willekeurig" and not filters.seed:
        # The seed stands in the address, so that pages follow each other and the order can be shared.
        asked = {**flask.request.args, "start": secrets.token_hex(3)}
        return flask.redirect(f"{flask.url_for('.proposals')}?{urlencode(asked)}")
    wijken = municipalities.current_areas(AreaKind.WIJK)
    shows_map = flask.request.args.get("weergave") == "kaart"
    number = page_number()
    return flask.render_template(
        "proposals/proposals.html",
        filters=filters,
        found=PageOf(queries.page(filters, number), number, queries.PAGE_SIZE, queries.count(filters)),
        counts=queries.counts_by_answer(filters),
        themes=rounds.themes(),
        wijken=wijken,
        rounds=rounds.published_rounds(),
        drawing=maps.draw(wijken, {}, _places(filters)) if shows_map else None,
        shows_map=shows_map,
        max_pins=queries.MAX_PINS,
    )


def _places(filters: queries.Filters) -> list[tuple[str, str, float, float]]:
    return [
        (pin.title, flask.url_for(".proposal", number=pin.number, name=slug(pin.title)), pin.longitude, pin.latitude)
        for pin in queries.pins(filters)
        if pin.longitude is not None and pin.latitude is not None
    ]


@blueprint.get("/plannen.csv")
@public
def proposals_csv() -> flask.Response:
    """Answer with all plans that fit the filters as a CSV file."""
    return csv_response("plannen.csv", exports.HEAD, exports.rows(queries.all_found(_filters())))


@blueprint.get("/plannen/<human_number:number>")
@blueprint.get("/plannen/<human_number:number>-<name>")
@requires(may_see_proposal, load=queries.proposal_by_number)
def proposal(found: Proposal) -> Any:
    """Show one plan: what, why, for whom, what it costs, what the municipality answered."""
    wijk = queries.wijk_of(found)
    pot = Money(found.pot.amount_cents, found.round.currency)
    return elsewhere(".proposal", number=found.number, name=slug(found.title)) or flask.render_template(
        "proposals/proposal.html",
        proposal=found,
        wijk=wijk,
        buurt=queries.buurt_of(found),
        cost_lines=[(line["what"], Money(line["cents"], found.round.currency)) for line in found.cost_lines],
        lines_total=Money(sum(line["cents"] for line in found.cost_lines), found.round.currency),
        drawing=_place(found, wijk),
        pot_amount=pot,
        is_author=current_actor().person_id in found.author_ids,
        may_change=may_change_proposal,
        may_change_on_request=may_change_on_request,
        may_withdraw_on_request=may_withdraw_on_request,
        may_hand_out_receipt=may_hand_out_receipt,
        may_withdraw=may_withdraw_proposal,
        may_take_out=may_take_out_words,
        may_ask_merge=may_ask_merge,
        merges=_merges(found),
        went_into_it=merging.merged_into(found),
        version_count=queries.last_version_number(found),
        attachments=conversations.attachments_of(found.album_id),
        may_change_attachment=may_change_attachment,
        may_illustrate=may_illustrate,
        supporters=queries.supporters_of(found) if found.needs_support else None,
        may_support=may_support,
        can_support=found.needs_support and _may_support_after_signing_in(found),
        is_supported=_is_supported(found),
        may_enter_list=may_enter_support_list,
        talk_count=conversations.number_of_comments(found.thread_id),
        pot_share=round(100 * found.cost_cents / pot.cents) if pot.cents else 0,
    )


def _merges(found: Proposal) -> list[MergeRequest]:
    """Return the open wishes to merge this plan, to who may know of them; anonymous visitors cost no query."""
    actor, now = current_actor(), clock.now(db.session())
    if not actor.is_signed_in:
        return []
    return [each for each in merging.open_merges_of(found.id) if may_see_merge(actor, each, now)]


def _may_support_after_signing_in(found: Proposal) -> bool:
    """Tell whether there is a button: also for who has yet to sign in."""
    verdict = may_support(current_actor(), found, clock.now(db.session()))
    return isinstance(verdict, Yes) or verdict.refusal is NotSignedIn


def _is_supported(found: Proposal) -> bool:
    person_id = current_actor().person_id
    return person_id is not None and queries.support_of(uuid.UUID(person_id), found.id) is not None


def _place(found: Proposal, wijk: Area | None) -> maps.Drawing | None:
    if wijk is None or found.longitude is None or found.latitude is None:
        return None
    return maps.draw([wijk], {}, [(found.title, "", found.longitude, found.latitude)])
