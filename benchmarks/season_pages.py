"""Print how long the pages of a round take with many plans, beside the smallest page of the same app with one query.

python -m benchmarks.season_pages --plans 5000

Each page is asked in turn with the smallest one, so that a slow moment of the machine strikes both.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

import flask
import flask_migrate
import sqlalchemy as sa
from flask.testing import FlaskClient

from benchmarks import machine
from buurtbegroting.app import create_app
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.config import Settings
from buurtbegroting.foundation import paths
from buurtbegroting.foundation.database import db
from tests.factories.desk import make_card, make_desk_round
from tests.factories.people import let_in, make_person
from tests.factories.towns import make_town

PAGES = {
    "list": "/plannen",
    "list, searched": "/plannen?zoek=bank",
    "list, one wijk, by amount": "/plannen?wijk=WK999801&volgorde=bedrag",
    "last page of the list": "/plannen?pagina=250",
    "map": "/plannen?weergave=kaart",
    "round": "/rondes/{number}-meting",
    "list of the API": "/api/v1/plannen",
    "desk": "/beheer/beoordelen",
}
SMALLEST = "/meting"
TIMES = 30


def smallest() -> str:
    """Answer with a page of one line, after one query."""
    name = db.session.scalar(sa.select(Municipality.name))
    return flask.render_template_string("<!doctype html><title>{{ name }}</title><p>{{ name }}</p>", name=name)


def fill(plans: int, chance: random.Random) -> str:
    """Make a town with a round whose plans are looked at; return the number of the round."""
    make_town()
    round_ = make_desk_round(title="Meting")
    for place in range(plans):
        things = chance.sample(("bank", "boom", "lamp", "speeltuin", "moestuin", "fietspad", "podium", "vlonder"), 3)
        wijk = f"WK9998{chance.choice(('01', '02', '0A'))}"
        spot = {"latitude": 52 + chance.random() / 100, "longitude": 5 + chance.random() * 0.06}
        make_card(
            round_, title=f"Een {' en '.join(things)} {place}", cost=chance.randrange(500), wijk_code=wijk, **spot
        )
    return round_.number


def milliseconds(client: FlaskClient, address: str) -> tuple[float, int]:
    """Ask for a page; return the CPU time it took and its size in bytes."""
    began = time.process_time()
    answer = client.get(address)
    took = (time.process_time() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return took, len(answer.data)


def main() -> None:
    """Fill a round, ask for every page, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="season-pages-") as folder:
        app = create_app(Settings(mode="test", data_dir=Path(folder), log_level="CRITICAL"))
        app.add_url_rule(SMALLEST, view_func=smallest)
        asked_of_database: list[str] = []
        with app.app_context():
            flask_migrate.upgrade(directory=str(paths.MIGRATIONS))
            began = time.perf_counter()
            number = fill(asked.plans, random.Random(asked.seed))
            print(f"{asked.plans} plans with a card: {time.perf_counter() - began:.0f} s\n")
            client = let_in(app.test_client(), make_person("Sanne", RoleName.OFFICIAL))
            sa.event.listen(db.engine, "before_cursor_execute", lambda _c, _k, said, *_: asked_of_database.append(said))
        report(client, number, asked_of_database)
    print(f"\nmedian of {TIMES}, CPU time, seed {asked.seed}, SQLite, on {machine.description()}")


def report(client: FlaskClient, number: str, asked_of_database: list[str]) -> None:
    """Print of each page its CPU time, that beside the smallest page, its queries and its size."""
    print("| page | ms | × smallest | queries | kB |")
    print("|---|--:|--:|--:|--:|")
    for name, address in {"smallest": SMALLEST, **PAGES}.items():
        page, least = [], []
        for _ in range(TIMES):
            least.append(milliseconds(client, SMALLEST)[0])
            asked_of_database.clear()
            took, size = milliseconds(client, address.format(number=number))
            page.append(took)
        took = statistics.median(page)
        ratio = took / statistics.median(least)
        print(f"| {name} | {took:.2f} | {ratio:.1f} | {len(asked_of_database)} | {size / 1000:.0f} |")


if __name__ == "__main__":
    main()
