"""Canaries of the booth: no code, receipt, slot or choice of a voter is in any log."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.voting import queries
from buurtbegroting.blueprints.voting.actions.board import post_boards
from buurtbegroting.blueprints.voting.models import Ballot
from buurtbegroting.blueprints.voting.views import booth
from buurtbegroting.foundation import jobs
from buurtbegroting.foundation.database import db, read_anew
from tests.factories.people import let_in, make_person
from tests.factories.voting import make_vote, make_voter, vote
from tests.pages import CheckedClient
from tests.web.test_logs import EMAIL, NAME, Said, assert_silent, browser, log, said, site
from tests.web.voting.test_booth import Voter, form_in, keys

__all__ = ["browser", "log", "said", "site"]


def held_by_ballots(round_: Round) -> list[str]:
    """Return everything on the ballots and receipts of a round that nobody may read elsewhere."""
    read_anew(db.session())
    found = []
    for each in queries.ballots_in_box(round_.pots[0].id):
        found += [each.slot, each.track, each.nonce, each.submission_hash, str(each.id)]
    return found


def held_by_browser(browser: CheckedClient) -> list[str]:
    """Return the ticket that a browser holds."""
    return [each.value for each in browser._cookies.values() if each.key.endswith("bb-stem")]


def written(code: str) -> list[str]:
    """Return a code in the ways in which it is written, and its secret part alone."""
    plain = code.replace("-", "")
    return [code, plain, plain[5:15]]


def test_nothing_of_who_votes_with_a_code_is_logged(browser: CheckedClient, said: Said) -> None:
    round_ = make_vote()
    chosen, code, wrong = keys(round_), make_voter(round_), "ABCD-EFGH-JKMN-PQRS"
    voter = Voter(browser, round_)
    voter.come(wrong)
    voter.come(code)
    ticket = held_by_browser(browser)
    voter.send("verder", keuze=chosen[:2])
    voter.cast()
    browser.get(f"/stemmen/{round_.number}/pot-1/eigen-kopie.txt")
    canaries = held_by_ballots(round_)
    browser.post(f"/stemmen/{round_.number}/bon-controleren", data={"copy": canaries[1]})
    for number in range(19):
        vote(round_.pots[0], f"voter {number}")
    post_boards()
    jobs.run_due(db.session())
    text = said()
    assert "/stemmen/<human_number:number>/pot-<int:position>/uitbrengen" in text
    assert ticket
    assert_silent(text, *canaries, *ticket, *written(code), *written(wrong), *chosen)


def test_nothing_of_who_takes_part_in_a_poll_is_logged(browser: CheckedClient, said: Said) -> None:
    round_ = make_vote(rulebook={"proofs": ["account"], "vote_from": "municipality"})
    chosen, person = keys(round_), make_person(NAME, email=EMAIL, wijk_code="WK999801")
    voter = Voter(let_in(browser, person), round_)
    voter.page = browser.get(f"/stemmen/{round_.number}").text
    action = f"/stemmen/{round_.number}/account"
    voter.follow(browser.post(action, data=form_in(voter.page, action)))
    voter.send("verder", keuze=chosen[:1])
    voter.cast()
    assert len(held_by_ballots(round_)) == 5
    assert_silent(said(), *held_by_ballots(round_), *held_by_browser(browser), *chosen, str(person.id))


def test_nothing_of_a_ballot_that_fails_is_logged(
    browser: CheckedClient, said: Said, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = make_vote()
    chosen, code = keys(round_), make_voter(round_)
    voter = Voter(browser, round_)
    voter.come(code)
    voter.send("verder", keuze=chosen[:2])

    def fail(*sent: object) -> None:
        raise OperationalError(str(sa.insert(Ballot)), {"sent": sent}, Exception(f"disk is full: {sent}"))

    monkeypatch.setattr(booth, "cast_ballot", fail)
    assert voter.cast().status_code == 503
    text = said()
    assert "Exception" in text
    assert_silent(text, *written(code), *held_by_browser(browser), *chosen)
