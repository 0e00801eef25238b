"""The least that could write a ballot: the same two rows in one transaction, and an app of one page that does that."""

from __future__ import annotations

import fcntl
import os
import secrets
import uuid
from pathlib import Path

import flask
import sqlalchemy as sa

from buurtbegroting.blueprints.voting import secrecy
from buurtbegroting.blueprints.voting.models import Ballot, PendingLeaf
from buurtbegroting.foundation.database import prepare_engine


def engine_of(address: str) -> sa.Engine:
    """Return an engine that writes as durably as the product's."""
    engine = sa.create_engine(address, pool_size=8)
    prepare_engine(engine)
    return engine


def write(engine: sa.Engine, municipality_id: uuid.UUID, pot_id: uuid.UUID, payload: str) -> None:
    """Write a ballot and its leaf for somebody who never voted before."""
    ballot = {
        "id": uuid.uuid4(),
        "municipality_id": municipality_id,
        "pot_id": pot_id,
        "slot": secrets.token_hex(32),
        "payload": payload,
        "track": secrecy.new_track(),
        "nonce": secrecy.new_nonce(),
        "submission_hash": secrets.token_hex(32),
        "version": 1,
    }
    leaf = {
        "id": uuid.uuid4(),
        "municipality_id": municipality_id,
        "pot_id": pot_id,
        "ballot_id": ballot["id"],
        "leaf": secrecy.leaf_of(str(pot_id), ballot["track"], ballot["nonce"], payload),
    }
    if engine.dialect.name == "sqlite":
        with Path(f"{engine.url.database}.gate").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            _insert(engine, ballot, leaf)
        return
    _insert(engine, ballot, leaf)


def _insert(engine: sa.Engine, ballot: dict[str, object], leaf: dict[str, object]) -> None:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.insert(Ballot.__table__).values(**ballot))
        connection.execute(sa.insert(PendingLeaf.__table__).values(**leaf))


def app() -> flask.Flask:
    """Return an app that writes one ballot per request and answers with one word."""
    plain = flask.Flask(__name__)
    engine = engine_of(os.environ["BUURTBEGROTING_DATABASE_URL"])
    town, pot = uuid.UUID(os.environ["PLAINEST_TOWN"]), uuid.UUID(os.environ["PLAINEST_POT"])

    @plain.post("/")
    def cast() -> str:
        write(engine, town, pot, flask.request.form["payload"])
        return "ontvangen"

    return plain
