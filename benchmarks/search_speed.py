"""Print how long search takes among many plans, beside the smallest page of the same app.

python -m benchmarks.search_speed --entries 5000
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import flask_migrate

from benchmarks import machine
from buurtbegroting.app import create_app
from buurtbegroting.blueprints.municipalities.actions import create_municipality
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.reasons import _r
from buurtbegroting.config import Settings
from buurtbegroting.foundation import search, tenancy
from buurtbegroting.foundation.database import db
from tests.search.quality import the_set

QUERIES = ("bank", "fietsenstalling", "schaduw voor ouderen", "lantaarnpaal", "speeltuin kinderen water")
TIMES = 30


def entries(number: int, seed: int) -> dict[str, search.Entry]:
    """Return plans of about eighty words, put together from the written set."""
    chance, texts = random.Random(seed), list(the_set()["texts"].values())
    made = {}
    for place in range(number):
        title = chance.choice(texts)[0]
        body = " ".join(f"{other[0]}. {other[1]}" for other in chance.sample(texts, 6))
        made[str(place)] = search.Entry(f"{title} {place}", body, "proposals.proposals")
    return made


def median(work: Callable[[], object]) -> float:
    """Return the median of some tries, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Fill an index, and time the page of search beside the page that says the app is there."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=5000)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(mode="test", data_dir=Path(folder), log_level="ERROR"))
        with app.app_context():
            flask_migrate.upgrade()
            town = create_municipality(SYSTEM, Municipality(code="GM9998", name="Proefstad"))
            tenancy.enter(db.session(), town.id)
            made = entries(asked.entries, asked.seed)
            search.init_app(
                app, dict(search.kinds()) | {"plan": search.Kind(_r("Plans"), lambda: list(made), made.get, {})}
            )
            begun = time.perf_counter()
            search.rebuild(db.session())
            print(f"index of {asked.entries} entries: {time.perf_counter() - begun:.1f} s")
        client = app.test_client()
        smallest = median(lambda: client.get("/gezond"))
        print(f"/gezond: {smallest:.2f} ms")
        for query in QUERIES:
            took = median(lambda query=query: client.get("/zoeken", query_string={"q": query}))  # type: ignore[misc]
            print(f"/zoeken?q={query}: {took:.1f} ms, {took / smallest:.0f} x")
    print(f"median of {TIMES}, seed {asked.seed}, SQLite, on {machine.description()}")


if __name__ == "__main__":
    main()
