"""Voting as a resident does it: with a code from a letter, without JavaScript, until the receipt and out again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import flask
import pytest

from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.blueprints.voting.actions.board import box_key_name, post_leaves
from buurtbegroting.blueprints.voting.actions.closing import ask_to_close, confirm_closing
from buurtbegroting.civic.actors import SYSTEM, Actor
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, read_anew
from buurtbegroting.foundation.jobs import run_due
from buurtbegroting.foundation.vault import vault
from tests.factories.actors import OFFICIAL
from tests.factories.people import let_in, make_person
from tests.factories.towns import Town
from tests.factories.voting import end_vote, make_vote, make_vote_on_packages, make_voter, vote
from tests.pages import CheckedClient


def address(round_: Round, rest: str = "") -> str:
    return f"/stemmen/{round_.number}{rest}"


def form_in(page: str, action: str) -> dict[str, list[str]]:
    """Return what a form on a page would send by itself: its hidden fields, what is ticked and what is typed."""
    forms = re.findall(r"<form.*?</form>", page, re.S)
    found = next(each for each in forms if f'action="{action}"' in each)
    filled: dict[str, list[str]] = {}
    for tag in re.findall(r"<input.*?>", found, re.S):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_set = facts.get("type") not in ("checkbox", "radio") or "checked" in tag
        if is_set and "name" in facts:
            filled.setdefault(facts["name"], []).append(facts.get("value", ""))
    return filled


class Voter:
    """Somebody with a browser at the booth of a round."""

    def __init__(self, client: CheckedClient, round_: Round) -> None:
        self.client, self.number = client, round_.number
        self.page = ""

    def come(self, code: str) -> Any:
        page = self.client.get(f"/stemmen/{self.number}").text
        data = form_in(page, f"/stemmen/{self.number}/code") | {"code": [code]}
        return self.follow(self.client.post(f"/stemmen/{self.number}/code", data=data))

    def follow(self, response: Any) -> Any:
        while response.status_code == 303:
            response = self.client.get(response.headers["Location"])
        self.page = response.text
        return response

    def send(self, button: str, position: int = 1, **marks: Any) -> Any:
        action = f"/stemmen/{self.number}/pot-{position}"
        data = form_in(self.page, action) | {name.replace("_", "-"): value for name, value in marks.items()}
        return self.follow(self.client.post(action, data=data | {"doen": button}))

    def cast(self, position: int = 1) -> Any:
        action = f"/stemmen/{self.number}/pot-{position}/uitbrengen"
        return self.follow(self.client.post(action, data=form_in(self.page, action)))


def keys(round_: Round, place: int = 0) -> list[str]:
    read_anew(db.session())
    return [each.ballot_key for each in queries.plans_on_ballot(round_.pots[place])]


def chosen(round_: Round, place: int = 0) -> list[list[tuple[str, int]]]:
    read_anew(db.session())
    ballots = queries.ballots_in_box(round_.pots[place].id)
    return [[(key, int(points)) for key, points in secrecy.choices_in(each.payload)] for each in ballots]


def test_a_resident_votes_with_the_code_from_the_letter(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    voter = Voter(client, round_)
    assert "Fill" not in voter.come(make_voter(round_).lower().replace("-", " ")).text
    assert voter.send("verder", keuze=[second, first]).status_code == 200
    assert "€\xa0110" in voter.page
    assert chosen(round_) == []
    done = voter.cast()
    assert done.request.path == address(round_, "/bon")
    assert chosen(round_) == [[(first, 1), (second, 1)]]
    (ballot,) = queries.ballots_in_box(round_.pots[0].id)
    assert ballot.track[:4] in done.text
    assert first not in re.sub(r"value=\S+", "", done.text)


def test_casting_the_same_form_twice_gives_the_same_receipt(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("verder", keuze=keys(round_)[:1])
    looked_over = voter.page
    one = voter.cast().text
    voter.page = looked_over
    assert re.findall(r"[0-9a-f]{64}", voter.cast().text) == re.findall(r"[0-9a-f]{64}", one)
    assert len(chosen(round_)) == 1


def test_an_older_window_writes_nothing_over(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("verder", keuze=[first])
    older = voter.page
    voter.follow(client.get(address(round_, "/pot-1")))
    voter.send("verder", keuze=[second])
    voter.cast()
    voter.page = older
    refused = voter.cast()
    assert refused.status_code == 409
    assert chosen(round_) == [[(second, 1)]]


def test_a_vote_is_changed_until_the_end(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    code = make_voter(round_)
    voter = Voter(client, round_)
    for choice in (first, second):
        voter.come(code)
        voter.follow(client.get(address(round_, "/pot-1")))
        voter.send("verder", keuze=[choice])
        voter.cast()
    assert chosen(round_) == [[(second, 1)]]
    assert "Aantal keer gestemd" in voter.page


def test_who_forgot_to_choose_does_not_vote_blank(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    refused = voter.send("verder")
    assert refused.status_code == 422
    assert "U koos nog niets" in refused.text


def test_blank_is_a_choice_that_is_looked_over_too(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    assert "U stemt blanco" in voter.send("blanco", keuze=keys(round_)[:2]).text
    voter.cast()
    assert chosen(round_) == [[]]


def test_too_much_for_the_pot_is_said_with_how_much_and_nothing_is_lost(client: CheckedClient, town: Town) -> None:
    round_ = make_vote(rulebook={"ballot_type": "knapsack"})
    first, second, *_ = keys(round_)
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    refused = voter.send("verder", keuze=[first, second])
    assert refused.status_code == 422
    assert "€\xa010" in refused.text
    assert refused.text.count("checked>") == 2


def test_what_is_ticked_goes_along_when_it_is_not_shown(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    first, second, *_ = keys(round_)
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("zoek", keuze=[first], zoek=["40"])
    assert f'id="o-{second}"' not in voter.page
    voter.send("zoek", zoek=[""])
    voter.send("verder")
    voter.cast()
    assert chosen(round_) == [[(first, 1)]]


def test_what_is_ticked_can_be_compared(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("vergelijk", keuze=keys(round_)[:2])
    assert "Plan 60" in voter.page
    assert "Plan 20" not in voter.page
    voter.send("terug")
    assert voter.page.count("checked>") == 2


def test_a_ranking_is_ticked_then_ordered(client: CheckedClient, town: Town) -> None:
    round_ = make_vote(rulebook={"ballot_type": "ordinal", "utility": "borda", "rule": "greedy", "max_choices": 3})
    first, second, third, _ = keys(round_)
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("verder", keuze=[first, second, third])
    action = address(round_, "/pot-1")
    for button, key in (("omhoog", third), ("omhoog", third), ("omlaag", first)):
        data = form_in(voter.page, action) | {button: [key]}
        voter.follow(client.post(action, data=data))
    voter.send("nagekeken")
    voter.cast()
    assert [[key for key, _ in each] for each in chosen(round_)] == [[third, second, first]]


def test_points_are_typed(client: CheckedClient, town: Town) -> None:
    book = {"ballot_type": "cumulative", "utility": "points", "rule": "greedy", "max_points": 5}
    round_ = make_vote(rulebook=book)
    first, second, *_ = keys(round_)
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    names = {f"punten_{first.replace('-', '_')}": ["4"], f"punten_{second.replace('-', '_')}": ["2"]}
    assert voter.send("verder", **names).status_code == 422
    assert "6 punten" in voter.page
    voter.send("verder", **names | {f"punten_{second.replace('-', '_')}": ["1"]})
    voter.cast()
    assert chosen(round_) == [[(first, 4), (second, 1)]]


def test_scores_have_a_highest(client: CheckedClient, town: Town) -> None:
    book = {"ballot_type": "scoring", "utility": "points", "rule": "greedy", "max_points": 3}
    round_ = make_vote(rulebook=book)
    name = f"punten_{keys(round_)[0].replace('-', '_')}"
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    assert voter.send("verder", **{name: ["4"]}).status_code == 422
    assert voter.send("verder", **{name: ["½"]}).status_code == 422
    assert voter.send("verder", **{name: ["3"]}).status_code == 200


def test_one_package_is_chosen(client: CheckedClient, town: Town) -> None:
    round_ = make_vote_on_packages()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    assert 'type="radio"' in voter.page
    voter.send("verder", keuze=["B"])
    voter.cast()
    assert chosen(round_) == [[("B", 1)]]


def test_two_pots_are_two_ballots_and_the_page_says_which_is_done(client: CheckedClient, town: Town) -> None:
    own, elsewhere = list(town.wijken.values())[:2]
    pots = [
        Pot(position=1, amount_cents=10_000, area=own),
        Pot(position=2, amount_cents=10_000),
        Pot(position=3, amount_cents=10_000, area=elsewhere),
    ]
    round_ = make_vote(pots=pots)
    voter = Voter(client, round_)
    hall = voter.come(make_voter(round_, own.code)).text
    assert hall.count("nog niet gestemd") == 2
    assert client.get(address(round_, "/pot-3")).status_code == 404
    for position in (1, 2):
        voter.follow(client.get(address(round_, f"/pot-{position}")))
        voter.send("verder", position, keuze=keys(round_, position - 1)[:1])
        voter.cast(position)
        assert ("U hebt nog een stembiljet" in voter.page) == (position == 1)
    assert [len(chosen(round_, place)) for place in range(3)] == [1, 1, 0]


@pytest.mark.parametrize("rest", ["/hokje", "/pot-1", "/bon", "/pot-1/eigen-kopie.txt"])
def test_without_a_ticket_everybody_is_led_to_the_door(client: CheckedClient, town: Town, rest: str) -> None:
    round_ = make_vote()
    response = client.get(address(round_, rest))
    assert (response.status_code, response.headers["Location"]) == (303, address(round_))


def test_a_ticket_of_another_round_opens_nothing(client: CheckedClient, town: Town) -> None:
    round_, other = make_vote(), make_vote()
    Voter(client, round_).come(make_voter(round_))
    assert client.get(address(other, "/pot-1")).status_code == 303


def test_who_is_done_leaves_nothing_on_the_device(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    action = address(round_, "/klaar")
    assert voter.follow(client.post(action, data=form_in(voter.page, action))).status_code == 200
    assert client.get(address(round_, "/pot-1")).status_code == 303


def test_a_choice_is_kept_when_the_time_in_the_booth_is_over(
    client: CheckedClient, town: Town, bare_app: flask.Flask
) -> None:
    round_ = make_vote()
    first = keys(round_)[0]
    code = make_voter(round_)
    voter = Voter(client, round_)
    voter.come(code)
    ballot = voter.page
    client.delete_cookie("bb-stem")
    voter.page = ballot
    late = voter.send("verder", keuze=[first])
    assert late.status_code == 422
    assert "Uw keuze is bewaard" in late.text
    data = form_in(late.text, address(round_, "/code")) | {"code": [code]}
    back = voter.follow(client.post(address(round_, "/code"), data=data))
    assert back.text.count("checked>") == 1
    voter.send("verder")
    voter.cast()
    assert chosen(round_) == [[(first, 1)]]


def test_a_ticket_ends_after_half_an_hour(client: CheckedClient, town: Town, bare_app: flask.Flask) -> None:
    round_ = make_vote()
    Voter(client, round_).come(make_voter(round_))
    assert client.get(address(round_, "/pot-1")).status_code == 200
    db.engine.update_execution_options(clock_offset=timedelta(minutes=31))
    assert client.get(address(round_, "/pot-1")).status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Vul de code"),
        ("ABCD", "16 letters en cijfers"),
        ("ABCD-EFGH-JKMN-PQRS", "tikfout"),
    ],
)
def test_a_typing_error_is_said_and_is_no_guess(client: CheckedClient, town: Town, typed: str, words: str) -> None:
    round_ = make_vote()
    for _ in range(6):
        response = Voter(client, round_).come(typed)
        assert response.status_code == 422
        assert words in response.text


def test_a_wrong_code_can_be_tried_five_times(client: CheckedClient, town: Town) -> None:
    from buurtbegroting.blueprints.electorate import codes

    round_ = make_vote()
    code = make_voter(round_)
    wrong = codes.new_code(codes.typed(code).selector).text
    for _ in range(5):
        assert Voter(client, round_).come(wrong).status_code == 422
    assert Voter(client, round_).come(code).status_code == 429


def test_with_another_key_than_that_of_the_box_nobody_gets_in(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    code = make_voter(round_)
    name = box_key_name(round_.id)
    vault().destroy(name)
    assert Voter(client, round_).come(code).status_code == 409
    vault().make(name)
    assert Voter(client, round_).come(code).status_code == 409


def test_the_door_is_shut_before_and_after(client: CheckedClient, town: Town) -> None:
    round_ = end_vote(make_vote())
    assert client.get(address(round_)).status_code == 409


def test_who_is_inside_at_the_end_is_told_that_nothing_was_received(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("verder", keuze=keys(round_)[:1])
    end_vote(round_)
    late = voter.cast()
    assert late.status_code == 409
    assert chosen(round_) == []


def test_a_poll_is_entered_with_an_account_and_never_called_a_vote(
    client: CheckedClient, town: Town, bare_app: flask.Flask
) -> None:
    round_ = make_vote(rulebook={"proofs": ["account"], "vote_from": "municipality"})
    assert "Doe mee aan de peiling" in client.get(address(round_)).text
    person = make_person(wijk_code="WK999801")
    bare_app.test_client_class = CheckedClient
    browser: Any = let_in(bare_app.test_client(), person)
    voter = Voter(browser, round_)
    page = browser.get(address(round_)).text
    action = address(round_, "/account")
    voter.follow(browser.post(action, data=form_in(page, action)))
    voter.send("verder", keuze=keys(round_)[:1])
    voter.cast()
    assert "peiling" in voter.page
    assert len(chosen(round_)) == 1


def test_an_account_without_a_wijk_is_told_what_to_do(client: CheckedClient, town: Town, bare_app: flask.Flask) -> None:
    round_ = make_vote(rulebook={"proofs": ["account"]})
    bare_app.test_client_class = CheckedClient
    browser: Any = let_in(bare_app.test_client(), make_person(wijk_code=None))
    assert "in welke wijk" in browser.get(address(round_)).text


def test_a_receipt_is_found_on_the_board_and_a_copy_tells_what_it_stands_for(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    first = keys(round_)[0]
    for number in range(19):
        vote(round_.pots[0], f"voter {number}")
    voter = Voter(client, round_)
    voter.come(make_voter(round_))
    voter.send("verder", keuze=[first])
    voter.cast()
    copy = client.get(address(round_, "/pot-1/eigen-kopie.txt")).text
    check = address(round_, "/bon-controleren")
    assert "als er twintig zijn" in client.post(check, data={"copy": copy}).text
    read_anew(db.session())
    post_leaves(SYSTEM, round_.pots[0])
    answer = client.post(check, data={"copy": copy}).text
    assert "Plan 60" in answer
    assert "op het bord" in answer
    broken = next(line for line in copy.splitlines() if line.startswith("bb1")).replace('"1"]', '"1/0"]')
    assert client.post(check, data={"copy": broken}).status_code == 422
    changed = copy.replace(f'"{first}"', '"anders"')
    assert client.post(check, data={"copy": changed}).status_code == 422
    assert client.post(check, data={"copy": "0" * 64}).status_code == 200
    assert client.post(check, data={"copy": "x"}).status_code == 422


def test_the_board_is_for_everybody_and_tells_no_totals_before_the_end(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    first = keys(round_)[0]
    for number in range(20):
        vote(round_.pots[0], f"voter {number}", first)
    post_leaves(SYSTEM, round_.pots[0])
    page = client.get(address(round_, "/bord"))
    assert page.status_code == 200
    lines = client.get(address(round_, "/bord/pot-1.jsonl")).text.splitlines()
    assert len(lines) == 2
    assert first not in page.text + "".join(lines)
    assert client.get(f"/uitslag/{round_.number}").status_code == 404
    assert client.get(f"/api/v1/uitslagen/{round_.number}/potten/1").status_code == 404


def test_today_is_not_shown_on_a_page_that_is_kept(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    response = client.get(address(round_, "/hokje"))
    assert response.headers["Cache-Control"] == "no-store"
    assert clock.now(db.session())


def test_a_result_of_packages_is_shown(client: CheckedClient, town: Town) -> None:
    round_ = make_vote_on_packages()
    for voter, letter in (("a", "B"), ("b", "B"), ("c", "A")):
        vote(round_.pots[0], voter, letter)
    end_vote(round_)
    asked = ask_to_close(OFFICIAL, round_)
    confirm_closing(Actor(id="second", roles=OFFICIAL.roles), asked)
    run_due(db.session())
    page = client.get(f"/uitslag/{round_.number}-proefronde")
    assert "Pakket B" in page.text
