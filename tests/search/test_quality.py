"""Search on a written set of Dutch texts, the same on both databases."""

from __future__ import annotations

import flask
import pytest

from buurtbegroting.foundation import search
from buurtbegroting.foundation.database import db
from tests.factories.towns import Town

from .quality import kind, outcomes


@pytest.mark.both_engines
@pytest.mark.own_app
def test_people_find_what_they_mean(app: flask.Flask, town: Town) -> None:
    search.init_app(app, {"text": kind()})
    search.rebuild(db.session())
    found = outcomes(db.session())
    assert sum(each.precision for each in found) / len(found) >= 0.85
    assert sum(each.recall for each in found) / len(found) >= 0.9
    first = {each.query: each.first for each in found}
    assert first["speeltuinen"][0] == "speeltuin"
    assert first["kookcafe"] == ["eettafel"]
    assert first["te hard rijden"][0] == "drempel"
