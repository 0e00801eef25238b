"""A town in which people vote now, and tickets for its voters, made inside so that no proof costs time."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import flask
import flask_migrate

from buurtbegroting import config
from buurtbegroting.app import create_app
from buurtbegroting.blueprints.electorate.models import Voter
from buurtbegroting.blueprints.electorate.queries import round_to_enter
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.blueprints.voting.actions.board import box_key_name
from buurtbegroting.blueprints.voting.ballot_paper import BallotPaper
from buurtbegroting.blueprints.voting.models import Ballot
from buurtbegroting.blueprints.voting.views import tickets
from buurtbegroting.foundation import paths, tenancy
from buurtbegroting.foundation.database import db, read_anew
from buurtbegroting.foundation.vault import vault
from tests.factories.towns import make_town
from tests.factories.voting import make_vote


@dataclass(frozen=True)
class Vote:
    """A vote that is on: what callers from outside, and those who look inside afterwards, must know of it."""

    municipality_id: uuid.UUID
    round_number: str
    pot_ids: tuple[uuid.UUID, ...]
    keys: tuple[str, ...]

    @property
    def pot_id(self) -> uuid.UUID:
        """The pot for which people vote."""
        return self.pot_ids[0]

    @property
    def address(self) -> str:
        """Where its booth is."""
        return f"/stemmen/{self.round_number}"


@contextmanager
def town(environ: Mapping[str, str]) -> Iterator[flask.Flask]:
    """Yield an app on a database that was made for this run, with a municipality entered."""
    app = create_app(config.from_environment(environ))
    with app.app_context():
        flask_migrate.upgrade(directory=str(paths.MIGRATIONS))
        tenancy.enter(db.session(), make_town().municipality.id)
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def begin(pots: int = 1, **facts: Any) -> Vote:
    """Open a vote in this town with eight plans per pot."""
    of_pots = [Pot(position=place + 1, amount_cents=10_000) for place in range(pots)]
    round_ = make_vote(costs=(60, 50, 40, 30, 20, 15, 10, 5), pots=of_pots, **facts)
    keys = tuple(each.ballot_key for each in queries.plans_on_ballot(round_.pots[0]))
    return Vote(tenancy.current(db.session()), round_.number, tuple(pot.id for pot in round_.pots), keys)


def round_of(vote: Vote) -> Round:
    """Return the round of a vote as it stands now."""
    read_anew(db.session())
    round_ = round_to_enter(vote.round_number)
    if round_ is None:
        raise LookupError(vote.round_number)
    return round_


def paper_of(vote: Vote) -> BallotPaper:
    """Return the ballot of a vote."""
    round_ = round_of(vote)
    return queries.paper_of(round_.pots[0])


def choice(vote: Vote, chance: random.Random) -> tuple[str, ...]:
    """Return what somebody chooses: any number of plans, and now and then none."""
    return tuple(sorted(chance.sample(vote.keys, chance.randint(0, len(vote.keys)))))


def slots(vote: Vote, voters: int) -> list[str]:
    """Return the slots of so many voters."""
    key = vault().read(box_key_name(round_of(vote).id))
    return [secrecy.slot_of(key, str(vote.pot_id), f"voter {number}") for number in range(voters)]


def ticket_cookies(vote: Vote, voters: int) -> list[str]:
    """Return a cookie with a ticket for each of so many voters, sealed as the door of the booth does it."""
    round_, cookies = round_of(vote), []
    with flask.current_app.test_request_context():
        for number in range(voters):
            ticket = tickets.ticket_for(round_, round_.pots[:1], Voter(f"voter {number}", None))
            handed = tickets.hand_over(flask.make_response(""), ticket)
            cookies.append(handed.headers["Set-Cookie"].partition(";")[0])
    return cookies


def ballots(vote: Vote) -> list[Ballot]:
    """Return what lies in the box now."""
    read_anew(db.session())
    return list(queries.ballots_in_box(vote.pot_id))


def keys_on(ballot: Ballot) -> tuple[str, ...]:
    """Return the plans on a ballot."""
    return tuple(key for key, _ in json.loads(ballot.payload))
