"""A neighbourhood worker fills in for a resident, with and without e-mail, and the audit names both."""

from __future__ import annotations

import re

from sqlalchemy import select

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person
from tests.factories.towns import Town
from tests.pages import CheckedClient


def send(client: CheckedClient, address: str, prefix: str, /, **data: str) -> object:
    page = client.get("/beheer/namens").text
    token = re.findall(r'csrf_token"[^>]*value="([^"]+)"', page)[0]
    filled = {f"{prefix}{name}": value for name, value in {"csrf_token": token, **data}.items()}
    return client.post(address, data=filled | {"csrf_token": token})


def test_a_worker_helps_somebody_with_an_account_and_stops(client: CheckedClient, town: Town) -> None:
    worker, gerrit = make_person("Marloes", RoleName.NEIGHBOURHOOD_WORKER), make_person("Gerrit")
    let_in(client, worker)
    refused = send(client, "/beheer/namens/bekend", "known-", email="niemand@voorbeeld.nl")
    assert "Er is geen account voor dit adres" in refused.text  # type: ignore[attr-defined]
    send(client, "/beheer/namens/bekend", "known-", email="Gerrit@voorbeeld.nl")
    assert "U vult formulieren in namens Gerrit" in client.get("/").text
    read_anew(db.session())
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "accounts:person:helped")).one()
    assert (entry.actor_id, entry.subject_id) == (str(worker.id), gerrit.id)
    send(client, "/beheer/namens/stoppen", "")
    assert "namens Gerrit" not in client.get("/").text


def test_a_worker_makes_an_account_for_who_has_no_email(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Marloes", RoleName.NEIGHBOURHOOD_WORKER))
    wrong = send(client, "/beheer/namens/nieuw", "new-", name="")
    assert wrong.status_code == 422  # type: ignore[attr-defined]
    send(client, "/beheer/namens/nieuw", "new-", name="Mevrouw Bos", wijk_code="WK999801", address="Mw. Bos\nLaan 1")
    read_anew(db.session())
    made = db.session.scalars(select(Person).where(Person.name == "Mevrouw Bos")).one()
    assert (made.email, made.channel, made.wijk_code) == (None, "letter", "WK999801")
    assert "Laan" not in (made.address_sealed or "")
    assert "namens Mevrouw Bos" in client.get("/beheer/namens").text
