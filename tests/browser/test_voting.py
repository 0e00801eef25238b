"""Ten voters: every kind of ballot, two pots, a letter given anew, a proxy; by keyboard, without scripts, large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys

from buurtbegroting.app import create_app
from buurtbegroting.blueprints.electorate.actions.helping import give_proxy, replace_code
from buurtbegroting.blueprints.electorate.queries import entry_by_id, round_to_enter
from buurtbegroting.blueprints.municipalities.queries import municipality_by_code
from buurtbegroting.blueprints.rounds.models import Pot, Round
from buurtbegroting.blueprints.voting import queries, secrecy
from buurtbegroting.civic.actors import Actor, Role, RoleName
from buurtbegroting.config import Settings
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db, read_anew
from tests.browser.page_objects import BallotPage, Door, Keyboard, resize
from tests.factories.voting import make_code, make_entry, make_vote, make_vote_on_packages

POINTS = {"utility": "points", "rule": "greedy", "max_points": 10}
RANKING = {"ballot_type": "ordinal", "utility": "borda", "rule": "greedy", "max_choices": 3}
RULES = {
    "approval": {},
    "two at most": {"min_choices": 1, "max_choices": 2},
    "knapsack": {"ballot_type": "knapsack"},
    "points": POINTS | {"ballot_type": "cumulative"},
    "scores": POINTS | {"ballot_type": "scoring"},
    "ranking": RANKING,
    "one": {"ballot_type": "choose-1"},
}


@dataclass(frozen=True)
class Vote:
    """A round in which people vote, by its number, and the codes of its voters."""

    number: str
    codes: tuple[str, ...]


@pytest.fixture(scope="module")
def votes(site: str, site_folder: Path) -> Iterator[dict[str, Vote]]:
    """A vote with every kind of ballot, made beside the served site in its own database."""
    app = create_app(Settings(mode="demo", data_dir=site_folder, log_level="CRITICAL"))
    with app.app_context():
        municipality = municipality_by_code("GM9999")
        assert municipality is not None
        tenancy.enter(db.session(), municipality.id)
        found = {name: _vote(make_vote(title=f"Proef {name}", rulebook=rules)) for name, rules in RULES.items()}
        found["packages"] = _vote(make_vote_on_packages())
        pots = [Pot(position=place, amount_cents=10_000) for place in (1, 2)]
        found["two pots"] = _with_help(
            make_vote(title="Proef twee potten", pots=pots, rulebook={"proofs": ["code", "proxy"]})
        )
        yield found
        db.session.remove()
        db.engine.dispose()


def _vote(round_: Round) -> Vote:
    return Vote(round_.number, (make_code(make_entry(round_, None)),))


def _with_help(round_: Round) -> Vote:
    """Return a vote with a letter that was given anew, and one by which somebody votes for another."""
    official = Actor("1", frozenset({Role(RoleName.OFFICIAL)}), second_factor_at=clock.now(db.session()))
    lost, giver, holder = (make_entry(round_, None, reference=name) for name in ("kwijt", "gever", "houder"))
    make_code(lost)
    anew, given = entry_by_id(lost.id), entry_by_id(giver.id)
    assert anew is not None
    assert given is not None
    codes = [replace_code(official, anew).letter.code]
    codes.append(give_proxy(official, given, holder.reference).letter.code)
    return Vote(round_.number, tuple(codes))


def come(browser: Chrome, site: str, vote: Vote, code: int = 0) -> BallotPage:
    browser.delete_all_cookies()
    return Door.open(browser, f"{site}/stemmen/{vote.number}").come_in(vote.codes[code])


def _pots(vote: Vote) -> list[Pot]:
    round_ = round_to_enter(vote.number)
    assert round_ is not None
    return queries.pots_to_vote(round_)


def boxes(vote: Vote) -> list[list[list[tuple[str, int]]]]:
    """Return per pot what is on its ballots, by title."""
    read_anew(db.session())
    found = []
    for pot in _pots(vote):
        titles = {each.key: each.title for each in queries.listed_on_ballot(pot)}
        ballots = (secrecy.choices_in(each.payload) for each in queries.ballots_in_box(pot.id))
        found.append([[(titles[key], int(points)) for key, points in each] for each in ballots])
    return found


@pytest.mark.parametrize("kind", ["approval", "two at most", "knapsack", "one", "packages"])
def test_a_voter_ticks(site: str, lasting_browser: Chrome, votes: dict[str, Vote], kind: str) -> None:
    ballot = come(lasting_browser, site, votes[kind])
    chosen = {"one": ["Plan 50"], "packages": ["Pakket B"]}.get(kind, ["Plan 50", "Plan 40"])
    ballot.tick(*chosen)
    ballot.press("verder")
    assert all(title in ballot.find("main").text for title in chosen)
    assert len(ballot.cast()) == 1
    assert ballot.heading == "Uw stem is ontvangen"
    assert boxes(votes[kind]) == [[[(title, 1) for title in sorted(chosen, reverse=kind != "one")]]]
    assert ballot.complaints == []


def test_a_voter_fills_the_pot_and_sees_what_does_not_fit(
    site: str, lasting_browser: Chrome, votes: dict[str, Vote]
) -> None:
    ballot = come(lasting_browser, site, votes["knapsack"])
    if ballot.path.endswith("/hokje"):
        ballot.leave_by(ballot.find(".bb-pots a"))
    ballot.tick("Plan 60")
    assert "€ 40" in ballot.total.replace("\xa0", " ")
    ballot.tick("Plan 50")
    assert "te veel" in ballot.total
    ballot.press("verder")
    assert "Haal iets weg" in ballot.find("[data-error-summary]").text


@pytest.mark.parametrize("kind", ["points", "scores"])
def test_a_voter_gives_points(site: str, lasting_browser: Chrome, votes: dict[str, Vote], kind: str) -> None:
    ballot = come(lasting_browser, site, votes[kind])
    ballot.give(Plan_60="7", Plan_40="3")
    ballot.press("verder")
    ballot.cast()
    assert boxes(votes[kind]) == [[[("Plan 60", 7), ("Plan 40", 3)]]]


def test_a_voter_puts_plans_in_order(site: str, lasting_browser: Chrome, votes: dict[str, Vote]) -> None:
    ballot = come(lasting_browser, site, votes["ranking"])
    ballot.tick(*ballot.titles[:3])
    ballot.press("verder")
    ballot.move_up(ballot.texts(".bb-order__title")[2])
    ballot.move_up(ballot.texts(".bb-order__title")[1])
    order = ballot.texts(".bb-order__title")
    ballot.press("nagekeken")
    ballot.cast()
    assert [[title for title, _ in each] for each in boxes(votes["ranking"])[0]] == [order]


@pytest.mark.parametrize("letter", [0, 1], ids=["a letter given anew", "a proxy"])
def test_two_pots_are_two_ballots(site: str, lasting_browser: Chrome, votes: dict[str, Vote], letter: int) -> None:
    before = [len(box) for box in boxes(votes["two pots"])]
    ballot = come(lasting_browser, site, votes["two pots"], letter)
    for place in (1, 2):
        assert len(ballot.find_all("main a.nl-button--primary")) == 3 - place
        ballot.leave_by(ballot.find("main a.nl-button--primary"))
        ballot.tick(ballot.titles[0])
        ballot.press("verder")
        assert len(ballot.cast()) == place
    assert [len(box) for box in boxes(votes["two pots"])] == [number + 1 for number in before]
    ballot.leave_by(ballot.find("form[action$='/klaar'] button"))
    lasting_browser.get(f"{site}/stemmen/{votes['two pots'].number}/hokje")
    assert ballot.path == f"/stemmen/{votes['two pots'].number}"


def test_a_resident_votes_with_the_keyboard_only(site: str, browser: Chrome, votes: dict[str, Vote]) -> None:
    vote = votes["approval"]
    page = BallotPage.open(browser, f"{site}/stemmen/{vote.number}")
    keyboard = Keyboard(page)
    keyboard.tab_to("#code")
    keyboard.press(vote.codes[0])
    page.wait_for_next_page(lambda: keyboard.press(Keys.ENTER))
    if page.path.endswith("/hokje"):
        keyboard.leave_by(".bb-pots a")
    keyboard.tab_to(".bb-vote__tick")
    keyboard.press(Keys.SPACE)
    keyboard.leave_by("button[value=verder]")
    keyboard.leave_by("form[action$='/uitbrengen'] button")
    assert page.heading == "Uw stem is ontvangen"
    assert page.complaints == []


def test_a_resident_votes_without_scripts(
    site: str, browser_without_javascript: Chrome, votes: dict[str, Vote]
) -> None:
    ballot = Door.open(browser_without_javascript, f"{site}/stemmen/{votes['two at most'].number}")
    inside = ballot.come_in(votes["two at most"].codes[0])
    if inside.path.endswith("/hokje"):
        inside.leave_by(inside.find(".bb-pots a"))
    inside.tick("Plan 60", "Plan 20")
    inside.press("optellen")
    assert "€ 80" in inside.total.replace("\xa0", " ")
    inside.press("verder")
    assert len(inside.cast()) == 1


def test_a_resident_votes_at_four_times_the_size(site: str, browser: Chrome, votes: dict[str, Vote]) -> None:
    """A screen of 1280 by 1024 at 400 % is one of 320 by 256; nothing may lie over what has the focus."""
    resize(browser, 320, 256)
    ballot = come(browser, site, votes["one"])
    if ballot.path.endswith("/hokje"):
        ballot.leave_by(ballot.find(".bb-pots a"))
    ballot.tick("Plan 20")
    assert browser.execute_script("return document.scrollingElement.scrollWidth") <= 320
    ticked = browser.execute_script(
        "const r = document.activeElement.getBoundingClientRect();"
        "return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) === document.activeElement"
    )
    assert ticked
    ballot.press("verder")
    assert len(ballot.cast()) == 1


def test_a_letter_with_a_square_fills_in_its_code_and_keeps_it_out_of_the_address(
    site: str, lasting_browser: Chrome, votes: dict[str, Vote]
) -> None:
    vote = votes["approval"]
    lasting_browser.delete_all_cookies()
    door = Door.open(lasting_browser, f"{site}/stemmen/{vote.number}#{vote.codes[0]}")
    assert door.find("#code").get_attribute("value") == vote.codes[0]
    assert "#" not in lasting_browser.current_url
