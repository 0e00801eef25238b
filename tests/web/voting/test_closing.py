"""Two officials close a vote on its page, and then there is a result."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.voting import queries
from buurtbegroting.civic.actors import RoleName
from buurtbegroting.foundation import jobs
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person
from tests.factories.towns import Town
from tests.factories.voting import end_vote, make_vote, vote
from tests.pages import CheckedClient
from tests.web.electorate.test_pages import send


def official(app: flask.Flask, name: str) -> Any:
    app.test_client_class = CheckedClient
    return let_in(app.test_client(), make_person(name, RoleName.OFFICIAL))


def test_from_the_last_day_to_the_result(bare_app: flask.Flask, town: Town) -> None:
    first, second = official(bare_app, "Sanne"), official(bare_app, "Joost")
    round_ = make_vote()
    plan = queries.plans_on_ballot(round_.pots[0])[0]
    vote(round_.pots[0], "a", plan.ballot_key)
    number = end_vote(round_).number
    page = f"/beheer/rondes/{number}/sluiten"
    assert f'href="{page}"' in first.get(f"/beheer/rondes/{number}").text
    assert send(first, page, page).status_code == 303
    assert "Iemand anders bevestigt dit" in first.get(page).text
    assert "Sluit de stemming" in second.get("/beheer").text
    assert send(second, page, f"{page}/bevestigen").status_code == 303
    jobs.run_due(db.session())
    read_anew(db.session())
    assert "Bekijk de uitslag" in first.get(page).text
    result = queries.result_of(number)
    assert result is not None
    assert result.voters == 1
    assert "Plan 60" in first.get(f"/uitslag/{number}-proefronde").text


def test_a_vote_that_is_on_cannot_be_closed(bare_app: flask.Flask, town: Town) -> None:
    client = official(bare_app, "Sanne")
    assert client.get(f"/beheer/rondes/{make_vote().number}/sluiten").status_code == 409
