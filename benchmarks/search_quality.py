"""Print precision and recall of search on the written Dutch set of the tests.

python -m benchmarks.search_quality
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import flask_migrate

from buurtbegroting.app import create_app
from buurtbegroting.blueprints.municipalities.actions import create_municipality
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.config import Settings
from buurtbegroting.foundation import search, tenancy
from buurtbegroting.foundation.database import db
from tests.search.quality import FIRST, kind, outcomes


def main() -> None:
    """Fill an index of its own, ask every query, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(mode="test", data_dir=Path(folder)))
        with app.app_context():
            flask_migrate.upgrade()
            town = create_municipality(SYSTEM, Municipality(code="GM9998", name="Proefstad"))
            tenancy.enter(db.session(), town.id)
            search.init_app(app, {"text": kind()})
            search.rebuild(db.session())
            found = outcomes(db.session())
    print("| query | found first | missed | precision | recall |")
    print("|---|---|---|--:|--:|")
    for each in found:
        missed = ", ".join(sorted(set(each.wanted) - each.found))
        print(f"| {each.query} | {', '.join(each.first)} | {missed} | {each.precision:.2f} | {each.recall:.2f} |")
    count = len(found)
    precision, recall = (sum(getattr(each, name) for each in found) / count for name in ("precision", "recall"))
    print(f"\n{count} queries: precision in the first {FIRST} {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
