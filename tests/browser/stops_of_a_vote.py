"""The pages of a vote, from the door of the booth to the board, and in which state they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.page_objects import BallotPage, Door
from tests.browser.stops import Stop, follow_links, named, round_called, to

WEIDEN = round_called("Buurtbudget De Weiden")
MANAGED = "/beheer/rondes"
DE_WEIDEN = named("Buurtbudget De Weiden")


def _code(browser: Chrome, place: int) -> str:
    """Return the code of one of the letters that the demo shows."""
    here = browser.current_url
    browser.get("/".join(here.split("/")[:3]) + "/demo/brieven")
    code = browser.find_elements(By.CSS_SELECTOR, "main .bb-code")[place].text
    browser.get(here)
    return code


def enter(place: int, *deeds: Callable[[BallotPage], object]) -> Callable[[Chrome], None]:
    """Come into the booth with a letter, and do something there."""

    def go_in(browser: Chrome) -> None:
        ballot = Door(browser).come_in(_code(browser, place))
        if ballot.path.endswith("/hokje"):
            ballot.leave_by(ballot.find(".bb-pots a"))
        for deed in deeds:
            deed(ballot)

    return go_in


def tick_some(ballot: BallotPage) -> None:
    ballot.tick(*ballot.titles[:3])


def press(button: str) -> Callable[[BallotPage], None]:
    return lambda ballot: ballot.press(button)


def look_for_nothing(ballot: BallotPage) -> None:
    ballot.find("details summary").click()
    ballot.find("#zoek").send_keys("onvindbaar")
    ballot.press("zoek")


def cast(ballot: BallotPage) -> None:
    ballot.cast()


def go(selector: str) -> Callable[[BallotPage], None]:
    return lambda ballot: ballot.leave_by(ballot.find(selector))


def type_wrongly(browser: Chrome) -> None:
    Door(browser).come_in("ABCD")


def check_receipt(browser: Chrome) -> None:
    enter(5, tick_some, press("verder"), cast)(browser)
    ballot = BallotPage(browser)
    number = ballot.texts(".bb-receipt__leaf")[0]
    ballot.leave_by(ballot.find(".bb-receipt a[href$='/bon-controleren']"))
    ballot.find("#copy").send_keys(number)
    ballot.leave_by(ballot.find("main form button"))


def find_voter(browser: Chrome) -> None:
    follow_links(to("/helpdesk"))(browser)
    page = BallotPage(browser)
    page.find("#reference").send_keys("100")
    page.leave_by(page.find("main form button"))


def help_voter(browser: Chrome) -> None:
    find_voter(browser)
    follow_links(to("/beheer/kiezers/"))(browser)


def to_booth(name: str, deed: Callable[[Chrome], object] | None = None) -> Stop:
    return Stop(name, "/stemmen", WEIDEN, deed)


VOTE = (
    Stop("rounds to vote in", "/stemmen"),
    to_booth("door of the booth"),
    to_booth("door, wrong code", type_wrongly),
    to_booth("ballot, empty", enter(1)),
    to_booth("ballot, filled", enter(1, tick_some)),
    to_booth("ballot, nothing chosen", enter(1, press("verder"))),
    to_booth("ballot, nothing found", enter(1, look_for_nothing)),
    to_booth("ballot, compared", enter(1, tick_some, press("vergelijk"))),
    to_booth("ballot, looked over", enter(1, tick_some, press("verder"))),
    to_booth("ballot, blank", enter(1, press("blanco"))),
    to_booth("receipt of a vote", enter(2, tick_some, press("verder"), cast)),
    to_booth("ballots of a voter", enter(3, tick_some, press("verder"), cast, go("a[href$='/hokje']"))),
    to_booth("out of the booth", enter(4, tick_some, press("verder"), cast, go("form[action$='/klaar'] button"))),
    to_booth("receipt that is on no board yet", check_receipt),
    Stop("board of a vote", "/rondes", round_called("Buurtbudget De Weiden"), follow_links(to("/bord"))),
    Stop("letters of the demo", "/demo/brieven"),
    Stop("register of voters", MANAGED, DE_WEIDEN, follow_links(to("/stemgerechtigden")), who="Sanne"),
    Stop("help desk", MANAGED, DE_WEIDEN, find_voter, who="Sanne"),
    Stop("voter at the help desk", MANAGED, DE_WEIDEN, help_voter, who="Sanne"),
    Stop("vote that may not be closed yet", MANAGED, DE_WEIDEN, who="Sanne"),
)
