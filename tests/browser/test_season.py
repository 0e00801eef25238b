"""A season of a municipality, from the models of rounds up to the list that two officials fixed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys

from tests.browser.page_objects import DemoChooser, Form, Page
from tests.browser.server import served_sample

MOST_QUESTIONS = 10
MONEY = {"amount_WK999903": "20000"}
ANSWERS = {
    "naam": {"summary": "Wat wilt u in Lindeveen?"},
    "geld": MONEY,
    "herkomst": {"funding_source": "Programma Wijken"},
    "wie-kiest": {},
}
DRAFT = {
    "wat": {"what": "Acht bakken met bloemen."},
    "waarom": {"why": "De straat is grijs."},
    "kosten": {"cost_cents": "1500"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a site of this season alone keeps its data: a season changes a lot."""
    return tmp_path_factory.mktemp("season")


@pytest.fixture(scope="module")
def season(folder: Path) -> Iterator[str]:
    """The address of that site."""
    with served_sample(folder) as address:
        yield address


def press(page: Page) -> None:
    """Press the button that a page asks for most."""
    page.leave_by(page.find("main form .nl-button--primary"))


class Town:
    """Waterveld as the people in it use it."""

    def __init__(self, browser: Chrome, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder

    def be(self, name: str) -> None:
        DemoChooser.open(self.browser, f"{self.address}/demo").be(name)

    def open(self, path: str) -> Form:
        page = Form.open(self.browser, self.address + path)
        assert page.status == 200, path
        return page

    def let_time_pass(self, number: str, until: str) -> None:
        """Let the phases of a round lie so that this one began a moment ago; nobody waits for weeks."""
        moved = """
            UPDATE round_phase SET
              starts_at = strftime('%Y-%m-%d %H:%M:%f', starts_at, :days || ' days'),
              ends_at = strftime('%Y-%m-%d %H:%M:%f', ends_at, :days || ' days')
            WHERE round_id = :round
        """
        with sqlite3.connect(self.folder / "buurtbegroting.sqlite3") as database:
            (round_,) = database.execute("SELECT id FROM round WHERE number = ?", (number,)).fetchone()
            asked = "SELECT julianday('now') - julianday(starts_at) FROM round_phase WHERE round_id = ? AND kind = ?"
            (days,) = database.execute(asked, (round_, until)).fetchone()
            database.execute(moved, {"days": f"{days - 0.001:+.4f}", "round": round_})

    def make_round(self, title: str, model: str) -> str:
        """Make a round after a model, question by question, up to the fixed conditions; return its number."""
        page = self.open("/beheer/rondes/nieuw")
        page.fill_in(title=title)
        page.choose("preset", model)
        press(page)
        number: str = re.findall(r"/beheer/rondes/([\d-]+)", page.path)[0]
        for _ in range(MOST_QUESTIONS):
            step = page.path.rpartition("/")[2]
            for name, value in ANSWERS.get(step, {}).items():
                page.find(f"main [name={name}]").clear()
                page.fill_in(**{name: value})
            if step == "herkomst":
                page.choose("legal_form", "subsidy")
            if step == "wie-kiest" and model == "all-year":
                page.fill_in(deciding_days="1-3-2030")
            press(page)
            assert page.texts("[data-error-summary] li") == []
            if "/vraag/" not in page.path:
                break
        assert page.find_all("#missing") == [], page.find("main").text
        press(page)
        page.leave_by(page.link("Zet de voorwaarden vast"))
        press(page)
        assert "staan vast" in page.notice
        return number

    def propose(self, round_number: str, title: str) -> str:
        """Hand in a plan in a round; return its number."""
        page = self.open("/plannen/nieuw")
        page.leave_by(page.find(f"main a[href$='/plannen/nieuw/{round_number}']"))
        press(page)
        page.fill_in(title=title, summary=f"{title} voor iedereen in de straat.")
        press(page)
        if page.path.endswith("/lijkt-op"):
            page.leave_by(page.find("main .nl-button--primary"))
        draft = page.path.rpartition("/")[0]
        for step, answers in DRAFT.items():
            page = self.open(f"{draft}/{step}?na=nakijken")
            page.fill_in(**answers)
            press(page)
        for step, name in (("waar", "pot"), ("uitvoering", "carrier")):
            page = self.open(f"{draft}/{step}?na=nakijken")
            page.find(f"main [name={name}]").send_keys(Keys.SPACE)
            press(page)
        press(page)
        assert page.heading == "Uw plan is ingediend"
        number: str = re.findall(r"\d{4}-\d{3,}", page.find("main").text)[0]
        return number

    def answer(self, number: str, verdict: str, reason: str) -> None:
        """Fill in the card of a plan and answer it."""
        page = self.open(f"/beheer/beoordelen/{number}")
        marks = {each.get_dom_attribute("name") for each in page.find_all("main [name^=mark_]")}
        for mark in sorted(filter(None, marks)):
            page.choose(mark, "yes")
        page.choose("verdict", verdict)
        page.fill_in(reason=reason)
        for words in page.find_all("main [name=difference]"):
            words.send_keys("Hier ligt een gasleiding.")
        page.find("main [name=cost_cents]").clear()
        page.fill_in(cost_cents="1500")
        page.leave_by(page.find("main button[value=ja]"))

    def look_for_new_plans(self) -> None:
        """Open the cards of new plans now and not in a few minutes."""
        page = self.open("/beheer/beoordelen")
        page.leave_by(page.find("main form[action$='/nieuw'] button"))

    def publish_answers(self) -> Page:
        page = self.open("/beheer/beoordelen/publiceren")
        press(page)
        assert "gepubliceerd" in page.notice
        return page


@pytest.fixture
def town(browser: Chrome, season: str, folder: Path) -> Town:
    return Town(browser, season, folder)


def test_a_round_with_codes_from_its_model_to_the_list_that_two_officials_fixed(town: Town) -> None:
    town.be("Sanne Bakker")
    number = town.make_round("Lindeveen kiest", "codes")
    town.let_time_pass(number, "propose")
    town.be("Fatima")
    refused = town.propose(number, "Bloembakken in de Turfstraat")
    town.be("Gerrit")
    accepted = town.propose(number, "Schaaktafel bij de kerk")
    town.let_time_pass(number, "assess")
    town.be("Sanne Bakker")
    town.look_for_new_plans()
    town.answer(refused, "cannot", "Onder de stoep liggen kabels.")
    town.answer(accepted, "can", "Het past op het plein.")
    town.publish_answers()
    win_second_look(town, refused)
    fix_list(town, number)
    listed = town.open(f"/rondes/{number}/lijst").find("main").text
    assert "Bloembakken in de Turfstraat" in listed
    assert "Schaaktafel bij de kerk" in listed
    assert "Bloembakken in de Turfstraat" in town.open(f"/rondes/{number}/boekje?letters=groot").find("body").text


def win_second_look(town: Town, number: str) -> None:
    """Let an author who got a no ask somebody else to look, who says yes."""
    town.be("Fatima")
    page = town.open(f"/plannen/{number}")
    assert "Onder de stoep liggen kabels." in page.find("main").text
    page.leave_by(page.find("main a[href$='/kan-dit/tweede-blik']"))
    page.fill_in(reason="De kabels liggen aan de andere kant van de straat.")
    press(page)
    town.be("Joost de Wit")
    town.answer(number, "can", "U hebt gelijk. Aan deze kant ligt niets.")
    town.publish_answers()
    assert "U hebt gelijk." in town.open(f"/plannen/{number}").find("main").text


def fix_list(town: Town, number: str) -> None:
    """Let one official put the list forward and another confirm it."""
    town.be("Joost de Wit")
    page = town.open(f"/beheer/rondes/{number}/lijst")
    press(page)
    assert "voorgelegd" in page.notice
    town.be("Sanne Bakker")
    page = town.open(f"/beheer/rondes/{number}/lijst")
    press(page)
    assert "staat vast" in page.notice


def test_a_jury_decides_about_the_pot_that_is_open_all_year(town: Town) -> None:
    town.be("Sanne Bakker")
    number = town.make_round("Kleine plannen Lindeveen", "all-year")
    town.let_time_pass(number, "all-year")
    town.be("Gerrit")
    plan = town.propose(number, "Buurtsoep op vrijdag")
    town.be("Sanne Bakker")
    town.look_for_new_plans()
    town.answer(plan, "can", "Soep koken mag.")
    town.publish_answers()
    page = town.open(f"/beheer/rondes/{number}/besluiten/nieuw")
    # What a day looks like while it is typed depends on the language of the browser.
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    town.browser.execute_script("document.querySelector('[name=held_on]').value = arguments[0]", yesterday)
    page.find("main [name=note]").send_keys("Wij bespraken één plan.")
    press(page)
    page.choose(f"verdict_{plan}", "granted")
    page.fill_in(**{f"reason_{plan}": "Goed voor wie alleen eet."})
    press(page)
    page.leave_by(page.find("main form[action$='/publiceren'] button"))
    assert "Goed voor wie alleen eet." in town.open(f"/plannen/{plan}").find("main").text
    assert plan in town.open(f"/rondes/{number}/kas").find("main").text


def test_a_simple_round_is_made_from_its_model(town: Town) -> None:
    town.be("Sanne Bakker")
    number = town.make_round("Een avond in Lindeveen", "simple")
    rules = town.open(f"/rondes/{number}/spelregels").find("main").text
    assert "€ 20.000" in rules.replace("\u00a0", " ")
