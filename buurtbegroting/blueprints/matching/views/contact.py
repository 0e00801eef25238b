"""Getting in touch: asking, answering, and everything of one's own on one page."""

from __future__ import annotations

import uuid
from typing import Any

import flask
from flask_babel import gettext
from werkzeug.wrappers import Response

from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, offered, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import contact
from ..forms import AnswerForm, AskForm
from ..models import Block, Match, Posting
from ..policy import may_answer_match, may_ask_from, may_end_match, may_get_in_touch, may_place, may_unblock
from ..states import KINDS, STATES, MatchState

blueprint = flask.Blueprint("matching_contact", __name__, url_prefix="/hulp")


def _kept() -> list[Posting]:
    actor = current_actor()
    return list(queries.kept_by(uuid.UUID(str(actor.person_id)), actor.organisations))


@blueprint.get("/van-mij")
@requires(may_place)
def own() -> str:
    """Show what is one's own: needs and offers, who asks something, whom one blocked."""
    kept = _kept()
    ids = [each.id for each in kept]
    # Of what a broker tied, the other side may be somebody who is not online: only their broker tells of them.
    matches = [each for each in queries.matches_of(ids) if each.state is not MatchState.DECLINED]
    return flask.render_template(
        "matching/own.html",
        kept=kept,
        matches=matches,
        own_ids=set(ids),
        blocks=queries.blocks_of(uuid.UUID(str(current_actor().person_id))),
        kinds=KINDS,
        states=STATES,
        may_answer=may_answer_match,
        may_end=may_end_match,
        button=Form(),
    )


def _ask_form(found: Posting) -> AskForm:
    now = clock.now(db.session())
    mine = [each for each in _kept() if each.side is found.side.other and may_ask_from(current_actor(), each, now)]
    form = AskForm(data={"own": flask.request.args.get("van", "") or (str(mine[0].id) if len(mine) == 1 else "")})
    form.own.choices = offered({str(each.id): each.title for each in mine})
    return form


@blueprint.get("/<uuid:posting_id>/contact")
@requires(may_get_in_touch, load=queries.posting_by_id)
def ask_page(found: Posting) -> str:
    """Ask what to say to the other."""
    return flask.render_template("matching/ask.html", posting=found, form=_ask_form(found))


@blueprint.post("/<uuid:posting_id>/contact")
@requires(may_get_in_touch, load=queries.posting_by_id)
def ask(found: Posting) -> Any:
    """Pass the question on to whose it is."""
    form = _ask_form(found)

    def keep() -> Match:
        asking = next(each for each in _kept() if str(each.id) == form.own.data)
        return contact.ask(current_actor(), found, asking, form.message.data, form.contact.data)

    if submit(form, keep) is None:
        return page_with_errors("matching/ask.html", posting=found, form=form)
    return flask.redirect(flask.url_for(".own", gelukt="gevraagd"), 303)


@blueprint.get("/contact/<uuid:match_id>")
@requires(may_answer_match, load=queries.match_by_id)
def answer_page(found: Match) -> str:
    """Show who asks what, and ask yes or no."""
    return flask.render_template("matching/answer.html", match=found, form=AnswerForm())


@blueprint.post("/contact/<uuid:match_id>")
@requires(may_answer_match, load=queries.match_by_id)
def answer(found: Match) -> Any:
    """Keep yes or no."""
    form = AnswerForm()

    def keep() -> Match:
        if form.answer.data == "ja":
            return contact.agree(current_actor(), found, form.contact.data)
        return contact.decline(current_actor(), found, block=bool(form.block.data))

    is_incomplete = form.answer.data == "ja" and not form.contact.data
    if is_incomplete:
        form.validate()
        form.contact.errors = [*form.contact.errors, gettext("Say how you can be reached.")]
    if is_incomplete or submit(form, keep) is None:
        return page_with_errors("matching/answer.html", match=found, form=form)
    return flask.redirect(flask.url_for(".own", gelukt=form.answer.data), 303)


@blueprint.post("/contact/<uuid:match_id>/voorbij")
@requires(may_end_match, load=queries.match_by_id)
def end(found: Match) -> Response:
    """Keep that a match is over."""
    press(lambda: contact.end(current_actor(), found))
    return flask.redirect(flask.url_for(".own", gelukt="voorbij"), 303)


@blueprint.post("/geblokkeerd/<uuid:block_id>")
@requires(may_unblock, load=queries.block_by_id)
def unblock(found: Block) -> Response:
    """Let somebody ask again."""
    press(lambda: contact.unblock(current_actor(), found))
    return flask.redirect(flask.url_for(".own", gelukt="weer"), 303)
