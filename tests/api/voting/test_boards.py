"""The board of a vote, for machines: every leaf and the turnout, and nothing of what was chosen."""

from __future__ import annotations

from buurtbegroting.blueprints.voting import queries
from buurtbegroting.blueprints.voting.actions.board import note_turnout, post_leaves
from buurtbegroting.civic.actors import SYSTEM
from tests.factories.towns import Town
from tests.factories.voting import make_vote, vote
from tests.pages import CheckedClient


def test_the_board_of_every_pot_is_given_without_a_choice_in_it(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    pot = round_.pots[0]
    first = queries.plans_on_ballot(pot)[0].ballot_key
    receipts = [vote(pot, f"voter {number}", first) for number in range(20)]
    post_leaves(SYSTEM, pot)
    note_turnout(SYSTEM, pot)
    answer = client.get(f"/api/v1/rondes/{round_.number}/borden")
    assert answer.status_code == 200
    (board,) = answer.json  # type: ignore[misc]
    assert board["stemmers"] == 20
    assert [each["nummer"] for each in board["regels"]] == [1, 2]
    assert receipts[0].leaf in board["regels"][1]["inhoud"]
    assert first not in answer.text
    assert client.get(f"/api/v1/uitslagen/{round_.number}/potten/1").status_code == 404


def test_a_round_without_a_vote_has_no_board(client: CheckedClient, town: Town) -> None:
    assert client.get("/api/v1/rondes/2026-99/borden").status_code == 404
