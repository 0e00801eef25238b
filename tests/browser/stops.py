"""The pages and the states in which they are looked at: an address, the links that lead there, and who looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.page_objects import DemoChooser, Home, PlaceOnMap, ResultPage, SignIn

ANSWERED = "/plannen?antwoord="
COOKING = "/plannen?zoek=Kookcaf%C3%A9"


@dataclass(frozen=True)
class Stop:
    """A page in one state: its address, or the first link on that address that leads to it; ``who`` is signed in."""

    name: str
    address: str
    link: str = ""
    deed: Callable[[Chrome], object] | None = None
    part: str = "main"
    who: str = ""

    def visit(self, browser: Chrome, site: str, language: str) -> None:
        """Open the page and bring it into its state."""
        browser.delete_all_cookies()
        if self.who:
            DemoChooser.open(browser, f"{site}/demo").be(self.who)
        browser.get(f"{site}{language}{self.address}")
        if self.link:
            found = browser.find_element(By.XPATH, f"//main{self.link}").get_dom_attribute("href")
            browser.get(f"{site}{found}")
        if self.deed:
            self.deed(browser)
        browser.execute_script(f"for (const each of document.querySelectorAll('{self.part} details')) each.open = true")


def round_called(title: str) -> str:
    """Return the way to a round, whose number changes with the year."""
    return f"//*[contains(@class, 'bb-card__title')]/a[normalize-space() = '{title}']"


def plan_that_is(status: str) -> str:
    """Return the way to the first plan in a list that has this status."""
    return (
        f"//*[contains(@class, 'bb-card')][.//*[contains(@class, 'bb-status')][normalize-space() = '{status}']]//h3/a"
    )


def result_in(area: str) -> str:
    return f"//a[contains(@href, '/uitslag/')][starts-with(normalize-space(), '{area}')]"


def fail_to_find_area(browser: Chrome) -> None:
    Home(browser).fail_to_find_my_area("geen postcode")


def follow_links(*paths: str) -> Callable[[Chrome], None]:
    """Go on from page to page by the first link of each kind."""

    def go_on(browser: Chrome) -> None:
        for path in paths:
            browser.get(browser.find_element(By.XPATH, f"//main{path}").get_attribute("href") or "")

    return go_on


DRAFT = "//section[@aria-labelledby = 'unfinished']//a"
OWN = "//section[@aria-labelledby = 'handed-in']//a[. = 'Hek om de vijver']"
ANSWERED_OWN = "//section[@aria-labelledby = 'handed-in']//a[. = 'Wachtkamer wordt huiskamer']"
TALK = "//a[contains(@href, '/gesprek/')]"


def to(part: str) -> str:
    """Return the way to the first link with these words in its address."""
    return f"//a[contains(@href, '{part}')]"


def named(words: str) -> str:
    """Return the way to the link with exactly these words."""
    return f"//a[normalize-space() = '{words}']"


def send_nothing(browser: Chrome) -> None:
    """Send a form in which nothing was filled in."""
    SignIn(browser).send()


def see_map(path: str) -> Callable[[Chrome], None]:
    """Go on to a page with a map on which one points, and wait until it is drawn."""

    def go_on(browser: Chrome) -> None:
        follow_links(path)(browser)
        PlaceOnMap(browser).wait_for_map()

    return go_on


def wait_for_chart(browser: Chrome) -> None:
    ResultPage(browser).wait_for_chart()


# The pages that everybody comes by are looked at in both languages.
MAIN = (
    Stop("home", "/"),
    Stop("home with errors", "/", deed=fail_to_find_area),
    Stop("menu", "/", part="header"),
    Stop("wijken", "/wijken"),
    Stop("wijk", "/wijken", "//a[. = 'Vogelhof']"),
    Stop("rounds", "/rondes"),
    Stop("round in the vote", "/rondes", round_called("Buurtbudget De Weiden")),
    Stop("plans", "/plannen"),
    Stop("plans: nothing found", "/plannen?zoek=dit+staat+nergens"),
    Stop("plan: can be done", "/plannen?wijk=WK999901&antwoord=kan", "//h3/a"),
    Stop("results", "/uitslag"),
    Stop("result", "/uitslag", result_in("Oude Haven"), wait_for_chart),
    Stop("receipt of the municipality", "/inzicht"),
    Stop("receipt of a wijk", "/inzicht/WK999904-oude-haven"),
    Stop("how it works", "/zo-werkt-het"),
    Stop("accessibility", "/toegankelijkheid"),
    Stop("privacy", "/privacy"),
    Stop("sign in", "/inloggen"),
    Stop("sign in with errors", "/inloggen", deed=send_nothing),
    Stop("password", "/inloggen/wachtwoord"),
    Stop("my account", "/mijn", who="Fatima"),
    Stop("work list", "/beheer", who="Aysel"),
    Stop("no such page", "/bestaat-niet"),
)
FURTHER = (
    Stop("wijk with a result", "/wijken", "//a[. = 'Oude Haven']"),
    Stop("wijk with an open vote", "/wijken", "//a[. = 'De Weiden']"),
    Stop("own area", "/wijken", "//a[. = 'De Oevers']"),
    Stop("round to come", "/rondes", round_called("Buurtbudget De Oevers")),
    Stop("round for proposing", "/rondes", round_called("Buurtbudget Vogelhof")),
    Stop("round in assessment", "/rondes", round_called("Spoorzicht en heel Waterveld")),
    Stop("round with a result", "/rondes", round_called("Buurtbudget Oude Haven")),
    Stop("round at work", "/rondes", round_called("Buurtbudget Molenkwartier")),
    Stop("plans with all choices made", "/plannen?zoek=de&wijk=WK999902&antwoord=nog-geen&volgorde=bedrag"),
    Stop("plans: one found", "/plannen?wijk=WK999902&antwoord=kan-anders"),
    Stop("plans: page 2", "/plannen?pagina=2"),
    Stop("plans: map", "/plannen?weergave=kaart"),
    Stop("plan: submitted", f"{ANSWERED}nog-geen", plan_that_is("Wij kijken ernaar")),
    Stop("plan: changeable", f"{ANSWERED}kan-anders", plan_that_is("Kan, als het anders gaat")),
    Stop("plan: infeasible", f"{ANSWERED}kan-niet", plan_that_is("Kan niet")),
    Stop("plan: elected", f"{ANSWERED}gekozen", plan_that_is("Gekozen")),
    Stop("plan: not elected", f"{ANSWERED}kan&wijk=WK999904", plan_that_is("Nu niet gekozen")),
    Stop("plan: withdrawn", f"{ANSWERED}ingetrokken", plan_that_is("Ingetrokken door de indieners")),
    Stop("receipt: postcode with errors", "/inzicht", deed=send_nothing),
    Stop("receipt for everybody together", "/inzicht/WK999901-de-weiden?per=alles"),
    Stop("receipt on paper", "/inzicht/WK999901/bon"),
    Stop("question about spending", "/inzicht/WK999901/vraag/groen"),
    Stop("question about spending, with errors", "/inzicht/WK999901/vraag/zorg", deed=send_nothing, who="Fatima"),
    Stop("spending", "/beheer/uitgaven", who="Sanne"),
    Stop("file with spending, with errors", "/beheer/uitgaven/nieuw", deed=send_nothing, who="Sanne"),
    Stop("file with faults", "/beheer/uitgaven", "//li//a[contains(., 'concept')]", who="Sanne"),
    Stop(
        "published spending",
        "/beheer/uitgaven",
        "//li//a[contains(., 'jaarrekening')]",
        who="Sanne",
    ),
    Stop("forgotten password", "/wachtwoord-vergeten"),
    Stop("code of a mail", "/inloggen/code"),
    Stop("demo", "/demo"),
    Stop("mail of the demo", "/demo/post"),
    Stop("my name and wijk", "/mijn/gegevens", who="Fatima"),
    Stop("how I hear", "/mijn/berichten-kiezen", who="Fatima"),
    Stop("my address", "/mijn/e-mail", who="Fatima"),
    Stop("my password", "/mijn/wachtwoord", who="Fatima"),
    Stop("everything about me", "/mijn/alles", who="Fatima"),
    Stop("remove my account, with errors", "/mijn/verwijderen", deed=send_nothing, who="Fatima"),
    Stop("second factor set up", "/inloggen/tweede-stap/instellen", who="Fatima"),
    Stop("talk", COOKING, "//h3/a", follow_links(TALK)),
    Stop("talk of who takes part", COOKING, "//h3/a", follow_links(TALK), who="Fatima"),
    Stop("answer", COOKING, "//h3/a", follow_links(TALK, "//a[contains(@href, '/antwoorden')]"), who="Fatima"),
    Stop("change of words", COOKING, "//h3/a", follow_links(TALK, "//a[contains(@href, '/wijzigen')]"), who="Fatima"),
    Stop("report", COOKING, "//h3/a", follow_links(TALK, "//a[contains(@href, '/melden')]"), who="Fatima"),
    Stop("answer to hiding", COOKING, "//h3/a", follow_links(TALK, "//a[contains(@href, '/weerwoord')]"), who="Fatima"),
    Stop("moderation", "/beheer/gesprekken", who="Ine Smit"),
    Stop("moderation of one", "/beheer/gesprekken", "//li//a", who="Ine Smit"),
    Stop("search", "/zoeken"),
    Stop("results of a search", "/zoeken?q=fiets"),
    Stop("nothing found", "/zoeken?q=speltuin&soort=nieuws"),
    Stop("begin of a plan", "/plannen/nieuw"),
    Stop("start of a plan", "/plannen/nieuw", "//a[contains(@href, '/plannen/nieuw/2')]", who="Fatima"),
    Stop("answers of a draft", "/mijn/plannen", DRAFT, who="Fatima"),
    Stop("draft handed in too early", "/mijn/plannen", DRAFT, send_nothing, who="Fatima"),
    Stop(
        "question of a draft", "/mijn/plannen", DRAFT, follow_links("//dd//a[contains(@href, '/naam')]"), who="Fatima"
    ),
    Stop("place of a draft", "/mijn/plannen", DRAFT, see_map("//dd//a[contains(@href, '/waar?')]"), who="Fatima"),
    Stop("cost of a draft", "/mijn/plannen", DRAFT, follow_links("//dd//a[contains(@href, '/kosten')]"), who="Fatima"),
    Stop("own plans", "/mijn/plannen", who="Fatima"),
    Stop("own plan", "/mijn/plannen", OWN, who="Fatima"),
    Stop("change of a plan", "/mijn/plannen", OWN, see_map("//a[contains(@href, '/wijzigen')]"), who="Fatima"),
    Stop("versions", "/mijn/plannen", OWN, follow_links("//a[contains(@href, '/versies')]"), who="Fatima"),
    Stop("photos", "/mijn/plannen", OWN, follow_links("//a[contains(@href, '/fotos')]"), who="Fatima"),
    Stop(
        "one photo", "/mijn/plannen", OWN, follow_links("//figcaption//a[contains(@href, '/bijlage/')]"), who="Fatima"
    ),
    Stop("authors", "/mijn/plannen", OWN, follow_links("//a[contains(@href, '/samen')]"), who="Fatima"),
    Stop("poster", "/mijn/plannen", OWN, follow_links("//a[contains(@href, '/poster')]"), who="Fatima"),
    Stop("news", "/nieuws"),
    Stop("piece of news", "/nieuws", "//a[contains(., 'bankjes')]"),
    Stop("promises", "/beloften"),
    Stop("about", "/over"),
    Stop("messages", "/mijn/berichten", who="Fatima"),
    Stop("follow a wijk", "/volgen/wijk/WK999902", who="Fatima"),
    Stop("what I follow", "/mijn/volgen", who="Fatima"),
    Stop("newsroom", "/beheer/nieuws", who="Sanne"),
    Stop("news to write, with errors", "/beheer/nieuws/nieuw", deed=send_nothing, who="Sanne"),
    Stop("draft of news", "/beheer/nieuws", "//table//a[contains(., 'Singel')]", who="Sanne"),
    Stop("practices", "/beheer/instellingen/onderdelen", who="Aysel"),
    Stop("terms", "/beheer/instellingen/termijnen", who="Aysel"),
    Stop("term", "/beheer/instellingen/termijnen/proposals-answer", who="Aysel"),
    Stop("own texts", "/beheer/instellingen/teksten", who="Aysel"),
    Stop("own text", "/beheer/instellingen/teksten/about/nl", who="Aysel"),
    Stop("statement of accessibility", "/beheer/instellingen/toegankelijkheid", who="Aysel"),
    Stop("criteria", "/beheer/criteria", who="Aysel"),
    Stop("criterion with errors", "/beheer/criteria/nieuw", deed=send_nothing, who="Aysel"),
    Stop("people", "/beheer/mensen", who="Aysel"),
    Stop("people: nobody found", "/beheer/mensen?zoek=niemand+heet+zo", who="Aysel"),
    Stop("person", "/beheer/mensen", "//table//a[. = 'Fatima']", who="Aysel"),
    Stop("person with a role", "/beheer/mensen", "//table//a[. = 'Ine Smit']", who="Aysel"),
    Stop("invitation with errors", "/beheer/mensen/nieuw", deed=send_nothing, who="Aysel"),
    Stop("roles", "/beheer/rollen", who="Aysel"),
    Stop("organisations", "/beheer/organisaties", who="Aysel"),
    Stop("organisation", "/beheer/organisaties", "//table//a", who="Aysel"),
    Stop("organisation to come, with errors", "/beheer/organisaties/nieuw", deed=send_nothing, who="Aysel"),
    Stop("audit", "/beheer/logboek", who="Aysel"),
    Stop("mail and jobs", "/beheer/post-en-taken", who="Aysel"),
    Stop("how long what is kept", "/beheer/bewaren", who="Aysel"),
    Stop("settings", "/beheer/instellingen", who="Aysel"),
    Stop("letters", "/beheer/brieven", who="Bram"),
    Stop("filling in for somebody", "/beheer/namens", who="Marloes"),
    Stop("result of a knapsack vote", "/uitslag", result_in("Molenkwartier"), wait_for_chart),
)
