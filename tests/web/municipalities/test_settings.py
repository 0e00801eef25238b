"""An admin changes what residents see of the municipality on every page."""

from __future__ import annotations

from sqlalchemy import select

from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person, send
from tests.factories.towns import Town
from tests.pages import CheckedClient

ADDRESS = "/beheer/instellingen"


def kept() -> Municipality:
    read_anew(db.session())
    return db.session.scalars(select(Municipality)).one()


def change(client: CheckedClient, **data: str) -> int:
    version = client.get(ADDRESS).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    known = {"name": "Proefstad", "phone": "14 0998", "version": version}
    status: int = send(client, ADDRESS, None, **known | data).status_code
    return status


def test_an_admin_changes_name_help_and_colours(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    assert change(client, name="Nieuwstad", phone="14 0777", counter="Plein 2", dark="#123456") == 303
    page = client.get("/").text
    assert "Gemeente Nieuwstad" in page
    assert "tel:140777" in page
    assert kept().theme == {"brand-700": "#123456"}
    assert change(client, dark="") == 303
    assert kept().theme == {}


def test_colours_that_read_badly_are_refused_with_nothing_lost(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    refused = send(client, ADDRESS, None, name="Anders", dark="#eeeeee", version="1")
    assert refused.status_code == 422
    assert "Anders" in refused.text
    assert kept().name == "Proefstad"


def test_who_looked_at_an_older_version_overwrites_nothing(client: CheckedClient, town: Town) -> None:
    let_in(client, make_person("Aysel", RoleName.ADMIN))
    old = str(kept().version)
    assert change(client, phone="14 0001") == 303
    assert send(client, ADDRESS, None, name="Laat", phone="14 0002", version=old).status_code == 409
    assert kept().phone == "14 0001"
