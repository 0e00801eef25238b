"""The public board of a vote, and the page on which anybody checks a receipt."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import flask

from buurtbegroting.blueprints.electorate.queries import round_to_enter
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.rounds.standing import standing
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason, _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.i18n import say

from .. import queries, secrecy
from ..copies import leaf_meant
from ..forms import CheckForm
from ..models import BoardEntry
from ..policy import may_see_board
from .inside import round_with_pot

blueprint = flask.Blueprint("board", __name__, url_prefix="/stemmen")


def _pots(round_: Round) -> list[Pot]:
    return queries.pots_to_vote(round_)


@blueprint.get("/<human_number:number>/bord")
@requires(may_see_board, load=round_to_enter)
def board(round_: Round) -> str:
    """Show the board of every pot: what was put on it when, and how many people voted until yesterday."""
    return flask.render_template(
        "voting/booth/board.html",
        standing=standing(round_, clock.now(db.session())),
        boards=[(pot, queries.entries_of_board(pot.id), queries.newest_turnout(pot.id)) for pot in _pots(round_)],
        participation={pot.id: queries.participation_of(pot.id) for pot in _pots(round_)},
        wijken=queries.names_of_wijken(),
    )


def may_see_board_of_pot(actor: Actor, found: tuple[Round, int], now: datetime) -> Verdict:
    """Who may see the board of a round may see that of its pots."""
    return may_see_board(actor, found[0], now)


@blueprint.get("/<human_number:number>/bord/pot-<int:position>.jsonl")
@requires(may_see_board_of_pot, load=round_with_pot)
def board_jsonl(found: tuple[Round, int]) -> flask.Response:
    """Answer with the whole board of a pot, an entry on each line, so that anybody can check its chain."""
    round_, position = found
    pot = next(each for each in round_.pots if each.position == position)
    shown = ("sequence", "previous", "body", "hash", "signature")
    lines = [json.dumps({name: getattr(each, name) for name in shown}) for each in queries.entries_of_board(pot.id)]
    name = f"bord-{round_.number}-{position}.jsonl"
    return file_response(name, ("\n".join(lines) + "\n").encode(), "application/jsonl")


@blueprint.route("/<human_number:number>/bon-controleren", methods=["GET", "POST"])
@requires(may_see_board, load=round_to_enter)
def check(round_: Round) -> Any:
    """Look a receipt up on the board; a whole copy also tells what it stands for. Nothing of it is kept."""
    form, answer, status = CheckForm(), None, 200
    if flask.request.method == "POST":
        try:
            if not form.validate():
                status = 422
            else:
                answer = _answer(round_, form.copy.data)
        except Invalid as mistake:
            form.copy.errors = [say(mistake.reason)]
            status = 422
    page = flask.render_template(
        "voting/booth/check.html",
        standing=standing(round_, clock.now(db.session())),
        form=form,
        answer=answer,
        page_has_errors=status != 200,
    )
    return page, status


def _answer(round_: Round, text: str) -> dict[str, Any]:
    leaf, payload = leaf_meant(text)
    pots = _pots(round_)
    ids = [pot.id for pot in pots]
    entry = queries.entry_with_leaf(ids, leaf)
    titles = {each.key: each.title for pot in pots for each in queries.listed_on_ballot(pot)}
    chosen = None
    if payload is not None:
        try:
            chosen = [(titles.get(key, key), points) for key, points in secrecy.choices_in(payload)]
        except (ValueError, TypeError, ZeroDivisionError):
            raise Invalid(_r("This copy was changed: its choice cannot be read.")) from None
    return {"words": _words(ids, leaf, entry), "is_there": entry is not None, "chosen": chosen}


def _words(ids: Sequence[uuid.UUID], leaf: str, entry: BoardEntry | None) -> Reason:
    if entry is not None:
        said, last = entry.content, queries.newest_entry(entry.pot_id)
        if last is not None and last.content["kind"] == "close" and leaf not in last.content["counted"]:
            return _r(
                "This ballot is on the board, in entry %(number)s. It does not count: it was changed later.",
                number=entry.sequence,
            )
        return _r(
            "This ballot is on the board, in entry %(number)s of %(day)s at %(time)s.",
            number=entry.sequence,
            day=date.fromisoformat(said["day"]),
            time=said["time"],
        )
    if queries.is_waiting(ids, leaf):
        return _r("This ballot was received. It gets on the board together with others, when there are twenty.")
    return _r("This ballot is not on the board. Look at the number, sign by sign, or call the municipality.")
