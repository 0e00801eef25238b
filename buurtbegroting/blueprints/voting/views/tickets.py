"""The ticket of a voter: a sealed cookie with the places of their ballots, for half an hour; sessions keep nothing."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import flask

from buurtbegroting.blueprints.electorate.models import Voter
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.vault import KeyIsGone, vault

from .. import queries, secrecy
from ..actions.board import box_key_name

LASTS = timedelta(minutes=30)
PURPOSE = "voting ticket"


@dataclass(frozen=True)
class Ticket:
    """Where the ballots of one voter lie, by the place of the pot in its round; ``seed`` is for the order of plans."""

    round_number: str
    slots: Mapping[int, str]
    seed: str
    ends_at: datetime


def ticket_for(round_: Round, pots: Sequence[Pot], voter: Voter) -> Ticket:
    """Return a new ticket for a voter; raise KeyIsGone when its key is not there, or is not the one of this box.

    With another key everybody would have other places, and could vote once more.
    """
    key = vault().read(box_key_name(round_.id))
    if any(queries.first_entry(pot.id).content["box"] != secrecy.fingerprint(key) for pot in pots):
        raise KeyIsGone(round_.number)
    slots = {pot.position: secrecy.slot_of(key, str(pot.id), voter.id) for pot in pots}
    return Ticket(round_.number, slots, secrets.token_hex(8), clock.now(db.session()) + LASTS)


def hand_over(response: flask.Response, ticket: Ticket) -> flask.Response:
    """Let the browser keep a ticket until it ends."""
    content = {
        "round": ticket.round_number,
        "slots": {str(place): slot for place, slot in ticket.slots.items()},
        "seed": ticket.seed,
        "ends": ticket.ends_at.timestamp(),
    }
    response.set_cookie(
        _name(),
        crypto.keys().seal(PURPOSE, json.dumps(content)),
        max_age=int(LASTS.total_seconds()),
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def shown(round_: Round) -> Ticket | None:
    """Return the ticket of this request for a round; None without one, or when its time is over."""
    sealed = flask.request.cookies.get(_name(), "")
    try:
        content = json.loads(crypto.keys().unseal(PURPOSE, sealed))
    except crypto.CannotUnseal:
        return None
    ticket = Ticket(
        content["round"],
        {int(place): slot for place, slot in content["slots"].items()},
        content["seed"],
        datetime.fromtimestamp(content["ends"], UTC),
    )
    is_good = ticket.round_number == round_.number and clock.now(db.session()) < ticket.ends_at
    return ticket if is_good else None


def take_back(response: flask.Response) -> flask.Response:
    """Let the browser forget its ticket."""
    response.delete_cookie(_name(), secure=_is_secure(), httponly=True, samesite="Lax")
    return response


def _name() -> str:
    return "__Host-bb-stem" if _is_secure() else "bb-stem"


def _is_secure() -> bool:
    return bool(flask.current_app.config["SESSION_COOKIE_SECURE"])
