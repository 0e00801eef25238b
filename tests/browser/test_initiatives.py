"""A group registers an initiative, gets a yes, if, and money to start with; without JavaScript, and by keyboard."""

from __future__ import annotations

from selenium.webdriver import Chrome, Keys

from tests.browser.page_objects import DemoChooser, Form, Keyboard, Page


def open_(browser: Chrome, address: str) -> Form:
    page = Form.open(browser, address)
    assert page.status == 200, address
    return page


def be(browser: Chrome, site: str, name: str) -> None:
    DemoChooser.open(browser, f"{site}/demo").be(name)


def press(page: Page) -> None:
    page.leave_by(page.find("main form .nl-button--primary"))


def register(browser: Chrome, site: str, title: str) -> str:
    """Register an initiative with a question; return its number."""
    page = open_(browser, f"{site}/initiatieven/aanmelden")
    page.fill_in(title=title, what="Elke week samen zingen.", asks="Een zaal op woensdag.")
    press(page)
    assert "Uw initiatief is aangemeld." in Page(browser).notice
    return "-".join(Page(browser).path.rsplit("/", 1)[1].split("-")[:2])


def answer(browser: Chrome, site: str, number: str) -> None:
    """Give a contact person, and a yes if something is done first."""
    case = f"{site}/beheer/initiatieven/{number}"
    page = open_(browser, f"{case}/contactpersoon")
    page.fill_in(shown="Wijkmanager")
    press(page)
    page = open_(browser, f"{case}/antwoord")
    page.choose("kind", "yes-if")
    page.fill_in(words="Leuk!", conditions="Haal een sleutel.", helper="Beheer buurthuis", department="Team wijken")
    press(page)
    assert "Het antwoord is gegeven." in Page(browser).notice


def ask_money(browser: Chrome, site: str, number: str) -> str:
    """Ask money to start with; return the address of the request."""
    page = open_(browser, f"{site}/initiatieven/{number}/startgeld")
    page.find("input[name=fund]").send_keys(Keys.SPACE)
    page.fill_in(cents="150", spent_on_what="Muziekboeken.", wanted="Twintig zangers.")
    press(page)
    return Page(browser).path


def grant(browser: Chrome, site: str, asked: str) -> None:
    """Decide that it is a yes, and note that it was paid."""
    page = open_(browser, f"{site}/beheer{asked}/besluit")
    page.choose("verdict", "yes")
    page.fill_in(department="Team wijken")
    press(page)
    press(open_(browser, f"{site}/beheer{asked}/betaling"))


def test_a_group_gets_a_yes_if_and_money_to_start_with(site: str, browser_without_javascript: Chrome) -> None:
    browser = browser_without_javascript
    be(browser, site, "Noor")
    number = register(browser, site, "Zingen in de wijk")
    be(browser, site, "Sanne")
    answer(browser, site, number)
    be(browser, site, "Noor")
    page = open_(browser, f"{site}/initiatieven/{number}")
    assert page.texts(".bb-verdict__answer") == ["Ja, als er eerst iets gebeurt"]
    asked = ask_money(browser, site, number)
    be(browser, site, "Sanne")
    grant(browser, site, asked)
    be(browser, site, "Noor")
    page = open_(browser, f"{site}{asked}/vertellen")
    page.fill_in(happened="Wij zijn nu met achttien.", grade="9")
    press(page)
    assert "Wij zijn nu met achttien." in Page(browser).find("main").text


def test_an_initiative_is_registered_by_keyboard(site: str, browser: Chrome) -> None:
    be(browser, site, "Gerrit")
    keyboard = Keyboard(open_(browser, f"{site}/initiatieven/aanmelden"))
    for selector, words in (("#title", "Schaken op straat"), ("#what", "Elke zondag schaken."), ("#asks", "Een bord.")):
        keyboard.tab_to(selector)
        keyboard.press(words)
    keyboard.leave_by("main form .nl-button--primary")
    assert Page(browser).heading == "Schaken op straat"
