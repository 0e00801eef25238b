"""Every real election is taken over, and its result page opens in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from buurtbegroting.blueprints.voting.actions.results import import_election
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.counting import pabulib
from buurtbegroting.counting.outcomes import Outcome
from tests.conftest import REAL_DATA
from tests.factories.towns import Town
from tests.pages import CheckedClient


@pytest.mark.parametrize("name", [path.name for path in sorted((REAL_DATA / "pb").glob("*.pb"))])
def test_a_real_election_has_a_result_page(client: CheckedClient, town: Town, real_data: Path, name: str) -> None:
    file = pabulib.read(real_data / "pb" / name)
    taken = import_election(SYSTEM, town.municipality, file)
    assert taken.voters == int(file.meta["num_votes"])
    official = {
        id_ for id_, mark in zip(file.projects.column("project_id"), file.projects.column("selected"), strict=True)
        if mark == "1"
    }  # fmt: skip
    if official and not taken.notes:
        assert set(Outcome.from_json(taken.audit_subject.outcome_json).winners) == official
    for language in ("", "/en"):
        page = client.get(f"{language}/uitslag/{taken.number}", follow_redirects=True)
        assert page.status_code == 200
    assert client.get(f"/plannen?ronde={taken.number}").status_code == 200
