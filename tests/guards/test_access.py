"""Who may open what: every address and method, for every role, and for an admin of another municipality.

The expected answers stand in ``tests/access.txt``: ``o`` opens, ``i`` leads to signing in, ``n`` is refused, ``-`` is
not found. A change there is a change of who may see what, and is reviewed as one.
"""

from __future__ import annotations

from pathlib import Path

import flask
import pytest
import sqlalchemy as sa

from buurtbegroting.civic.actors import SYSTEM, Role, RoleName
from buurtbegroting.foundation.database import Base, db, read_anew
from tests.factories.people import make_person
from tests.factories.site import CANARY, ELSEWHERE, HERE, ROLES, WITHOUT_TOKEN, Site

FILE = Path(__file__).resolve().parents[1] / "access.txt"
# What an audience may never read holds a canary; who works there may.
AUDIENCES = ("anonymous", "resident", "ambassador", "elsewhere")


def written(lines: list[str]) -> str:
    """Write the file: which letter stands for whom, then the lines."""
    head = ["# o opens, i leads to signing in, n is refused, - is not found; one letter each for:"]
    head.append(f"# {', '.join(ROLES)}")
    return "\n".join([*head, *lines]) + "\n"


@pytest.fixture
def site(bare_app: flask.Flask) -> Site:
    return Site(bare_app)


def test_every_address_answers_every_role_as_the_file_says(site: Site) -> None:
    found = written(site.answers())
    wanted = FILE.read_text(encoding="utf-8") if FILE.is_file() else ""
    if found != wanted:
        FILE.with_suffix(".found").write_text(found, encoding="utf-8")
    assert found.splitlines() == wanted.splitlines(), f"compare {FILE.with_suffix('.found').name} with {FILE.name}"


def test_a_form_without_its_token_changes_nothing(site: Site) -> None:
    before = _rows()
    site.answers(but=WITHOUT_TOKEN)
    assert _rows() == before


def _rows() -> dict[str, int]:
    """Return how many rows each table holds."""
    read_anew(db.session())
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def test_roles_of_one_municipality_are_worth_nothing_in_another(site: Site) -> None:
    from buurtbegroting.blueprints.accounts.actions import roles

    client, _ = site.clients[RoleName.ADMIN]
    assert roles.give_role(SYSTEM, make_person("Nog iemand"), Role(RoleName.MODERATOR))
    with site.app.app_context():
        assert client.get("/beheer", base_url=HERE).status_code == 200
        assert client.get("/beheer", base_url=ELSEWHERE).status_code == 303


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_hidden_is_on_no_page_feed_or_file_of_who_may_not_see_it(site: Site, audience: str) -> None:
    client, base = site.clients[audience]
    hidden_at = []
    for address, rule in site.addresses():
        for language in ("", "/en"):
            answer = client.get(language + address, base_url=base)
            body = answer.get_data().decode(errors="replace") if not rule.startswith("/static") else ""
            if CANARY in body:
                hidden_at.append(language + rule)
            answer.close()
    assert hidden_at == []


FORMS = (
    ("resident", "/mijn/gegevens", {"name": "Anders", "age": "adult", "wijk_code": "", "language": "nl"}),
    ("resident", "/mijn/berichten-kiezen", {"channel": "email", "rhythm": "daily", "address": ""}),
    ("resident", "/volgen/wijk/WK99980A", {}),
    ("resident", "/inzicht/WK999801/vraag/groen", {"body": "Waarom?", "website": ""}),
    ("admin", "/beheer/instellingen", {"name": "Proefstad", "phone": "14 0998"}),
    ("admin", "/beheer/instellingen/termijnen/proposals-answer", {"length": "4", "named_source": "Verordening"}),
    ("admin", "/beheer/instellingen/teksten/about/nl", {"body": "Welkom"}),
    ("admin", "/beheer/mensen/nieuw", {"name": "Nieuw", "email": "nieuw@voorbeeld.nl"}),
    ("admin", "/beheer/organisaties/nieuw", {"name": "Buurthuis", "kind": "welfare", "wijk_code": "", "website": ""}),
    ("admin", "/beheer/criteria/nieuw", {"question": "Kan het?", "position": "2", "explanation": "", "department": ""}),
    ("official", "/beheer/nieuws/nieuw", {"subject": "wijk/WK999801", "title": "T", "body": "B", "sender": "S"}),
)
SMUGGLED = "Smokkelwaar"
# Fields that a form above shows and that its journey leaves empty.
SHOWN_BUT_EMPTY = {"wijk_code", "counter", "phone_hours"}


@pytest.mark.parametrize(("who", "address", "typed"), FORMS, ids=[address for _, address, _ in FORMS])
def test_a_form_changes_only_the_fields_that_it_shows(
    site: Site, who: str, address: str, typed: dict[str, str]
) -> None:
    client, base = site.clients[who]
    page = client.get(address, base_url=base).text
    shown = {
        name: _value_of(name, page) for name in ("csrf_token", "version", "submission") if f'name="{name}"' in page
    }
    columns = {column.key for table in Base.metadata.sorted_tables for column in table.columns}
    smuggled = dict.fromkeys(columns - typed.keys() - shown.keys() - SHOWN_BUT_EMPTY, SMUGGLED)
    roles = _rows()["role_grant"]
    answer = client.post(address, data=smuggled | typed | shown, base_url=base)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert _rows()["role_grant"] == roles
    assert _holding(SMUGGLED) == []


def _value_of(name: str, page: str) -> str:
    """Return what a hidden field of a page holds."""
    return page.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0]


def _holding(word: str) -> list[str]:
    """Return which columns of which tables hold a word."""
    read_anew(db.session())
    with db.engine.connect() as connection:
        return [
            f"{table.name}.{column.key}"
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if connection.execute(
                sa.select(sa.func.count()).select_from(table).where(sa.cast(column, sa.Text).contains(word))
            ).scalar_one()
        ]
