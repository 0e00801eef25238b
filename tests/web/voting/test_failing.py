"""The booth when its database fails: nobody is told that a ballot was received that was not, or the other way round."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.voting.actions import casting
from buurtbegroting.blueprints.voting.views import booth
from tests.factories.towns import Town
from tests.factories.voting import make_vote, make_voter
from tests.pages import CheckedClient
from tests.web.voting.test_booth import Voter, chosen, keys


def failure(*, is_broken: bool = False) -> OperationalError:
    return OperationalError("INSERT", {}, Exception("disk is full"), connection_invalidated=is_broken)


@pytest.fixture
def round_(town: Town) -> Round:
    return make_vote()


@pytest.fixture
def voter(client: CheckedClient, round_: Round) -> Voter:
    """Somebody who is about to cast a ballot."""
    found = Voter(client, round_)
    found.come(make_voter(round_))
    found.send("verder", keuze=keys(round_)[:1])
    return found


def fail(monkeypatch: pytest.MonkeyPatch, error: OperationalError, *, is_kept: bool) -> None:
    """Let casting fail, before or after the ballot was kept."""

    def cast_ballot(*sent: Any) -> None:
        if is_kept:
            casting.cast_ballot(*sent)
        raise error

    monkeypatch.setattr(booth, "cast_ballot", cast_ballot)


def test_a_ballot_that_was_not_received_is_said_so_in_bold_and_can_be_sent_once_more(
    voter: Voter, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        fail(broken, failure(), is_kept=False)
        answer = voter.cast()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    strong = answer.text.partition("<strong>")[2].partition("</strong>")[0]
    assert "not received" in strong or "niet ontvangen" in strong
    assert chosen(round_) == []
    assert_sent_once_more(voter, round_)


def test_a_ballot_of_which_nobody_can_tell_is_not_said_to_be_lost(
    voter: Voter, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        fail(broken, failure(is_broken=True), is_kept=False)
        answer = voter.cast()
    assert answer.status_code == 503
    assert "What you sent just now was not received" not in answer.text
    assert "U stuurde net iets in" not in answer.text
    assert_sent_once_more(voter, round_)


def assert_sent_once_more(voter: Voter, round_: Round) -> None:
    """Press the button on the page that said that something was wrong."""
    voter.page = voter.page.replace(
        '<form method="post">', f'<form action="/stemmen/{round_.number}/pot-1/uitbrengen">'
    )
    assert voter.cast().request.path == f"/stemmen/{round_.number}/bon"
    assert len(chosen(round_)) == 1


def test_a_ballot_that_was_kept_all_the_same_gets_its_receipt(
    voter: Voter, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, failure(is_broken=True), is_kept=True)
    assert voter.cast().request.path == f"/stemmen/{round_.number}/bon"
    assert len(chosen(round_)) == 1


def test_who_only_looks_is_not_frightened_about_a_ballot(
    voter: Voter, round_: Round, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    voter.cast()

    def paper_of(_pot: object) -> None:
        raise failure()

    monkeypatch.setattr("buurtbegroting.blueprints.voting.queries.paper_of", paper_of)
    answer = client.get(f"/stemmen/{round_.number}/bon")
    assert answer.status_code == 503
    assert "<form" not in answer.text.partition("<main")[2].partition("</main>")[0]
