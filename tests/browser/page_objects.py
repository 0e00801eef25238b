"""Pages by what a resident does on them; how they are built stands only here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

DEADLINE = 10.0


def resize(driver: WebDriver, width: int, height: int = 900) -> None:
    """Give the page a screen of this size; a window itself cannot be as narrow as a phone."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def console(driver: WebDriver) -> list[dict[str, str]]:
    """Take what was written to the console since this was last asked."""
    entries: list[dict[str, str]] = driver.get_log("browser")  # type: ignore[no-untyped-call]
    return entries


CHARTS_FIT = """
return [...document.querySelectorAll("[data-chart] svg.main-svg")].every((drawing) => {
  const place = drawing.closest("[data-chart]");
  return Math.abs(drawing.getBoundingClientRect().width - place.getBoundingClientRect().width) < 2;
});
"""
# The browser says this of a font when a page was drawn late, or left before it was drawn.
HINT_OF_A_SLOW_MACHINE = "was preloaded using link preload but not used"


class Page:
    """What can be seen and done on every page."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    @classmethod
    def open(cls, driver: WebDriver, address: str) -> Self:
        """Go to an address."""
        driver.get(address)
        return cls(driver)

    @property
    def heading(self) -> str:
        return self.find("h1").text

    @property
    def title(self) -> str:
        return self.driver.title

    @property
    def language(self) -> str:
        return self.find("html").get_attribute("lang") or ""

    @property
    def path(self) -> str:
        return urlsplit(self.driver.current_url).path

    @property
    def status(self) -> int:
        """The HTTP status that the page came with."""
        status: int = self.driver.execute_script("return performance.getEntriesByType('navigation')[0].responseStatus")
        return status

    @property
    def is_whole(self) -> bool:
        """Whether everything that the page asked for has come."""
        is_whole: bool = self.driver.execute_script("return document.readyState === 'complete'")
        return is_whole

    @property
    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    @property
    def complaints(self) -> list[str]:
        """What went wrong in the console, and what the Content-Security-Policy stopped on this page."""
        stopped: list[str] = self.driver.execute_script("return window.stoppedByPolicy")
        # That a page itself came as an error is no complaint of the browser.
        own_status = f"{self.driver.current_url} - Failed to load resource"
        return stopped + [
            each["message"]
            for each in console(self.driver)
            if each["level"] in ("SEVERE", "WARNING")
            and not each["message"].startswith(own_status)
            and HINT_OF_A_SLOW_MACHINE not in each["message"]
        ]

    @property
    def notice(self) -> str:
        """What the page says about what was just done."""
        return self.find("main .bb-notice").text

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def find_all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return [each.text for each in self.find_all(selector)]

    def link(self, words: str) -> WebElement:
        """Return the first link in the content that has these words in it."""
        return self.driver.find_element(By.XPATH, f"//main//a[contains(normalize-space(), '{words}')]")

    def wait_until_charts_fit(self) -> None:
        """Wait until every chart is drawn anew for the width that the screen has now."""
        WebDriverWait(self.driver, DEADLINE).until(
            lambda driver: driver.execute_script(CHARTS_FIT), "a chart is not as wide as its place"
        )

    def leave_by(self, element: WebElement) -> None:
        """Click, and wait for the page it leads to."""
        self.wait_for_next_page(element.click)

    def wait_for_next_page(self, deed: Callable[[], object]) -> None:
        """Do something that leads to another page, and wait until that page is whole."""
        before = self.find("html")
        deed()
        WebDriverWait(self.driver, DEADLINE, ignored_exceptions=[StaleElementReferenceException]).until(
            lambda _: self.find("html") != before and self.is_whole,
            "no other page came",
        )

    def read_in(self, language: str) -> None:
        """Choose another language at the foot of the page."""
        self.leave_by(self.find(f"footer a[hreflang={language}]"))


class Home(Page):
    """Where a resident begins."""

    def fill_in(self, postcode: str, house_number: str = "") -> None:
        self.find("#postcode").send_keys(postcode)
        self.find("#house_number").send_keys(house_number)
        self.leave_by(self.find("main form button"))

    def find_my_area(self, postcode: str, house_number: str = "") -> AreaPage:
        self.fill_in(postcode, house_number)
        return AreaPage(self.driver)

    def fail_to_find_my_area(self, postcode: str) -> ErrorSummary:
        self.fill_in(postcode)
        return ErrorSummary(self.driver)


class ErrorSummary(Home):
    """Home again, with what is not right yet."""

    @property
    def has_focus(self) -> bool:
        return bool(self.focused == self.find("[data-error-summary]"))

    @property
    def messages(self) -> list[str]:
        return self.texts("[data-error-summary] li")

    def go_to_first_error(self) -> WebElement:
        self.find("[data-error-summary] li a").click()
        return self.focused


class AreaPage(Page):
    """What happens in one wijk."""

    def see_all_plans(self) -> ProposalsPage:
        self.leave_by(self.find("main a[href*='plannen?wijk=']"))
        return ProposalsPage(self.driver)


class ProposalsPage(Page):
    """The list of plans, with its choices."""

    @property
    def total(self) -> int:
        return int(self.find(".bb-sectionhead h2").text.split()[0].replace(".", "").replace(",", ""))

    @property
    def statuses(self) -> list[str]:
        return self.texts(".bb-card .bb-status")

    def search(self, word: str) -> ProposalsPage:
        self.find("#search").send_keys(word)
        return self.submit()

    def choose_area(self, name: str) -> ProposalsPage:
        Select(self.find("#wijk")).select_by_visible_text(name)
        return self.submit()

    def choose_answer(self, answer: str) -> ProposalsPage:
        """Open the further choices where they are closed, and tick an answer of the municipality."""
        if not self.find(f"#antwoord-{answer}").is_displayed():
            self.find(".bb-filter summary").click()
        self.find(f"label[for=antwoord-{answer}]").click()
        return self.submit()

    def submit(self) -> ProposalsPage:
        self.leave_by(self.find(".bb-filter button"))
        return self

    def see_map(self) -> list[str]:
        """Change to the map; return where its pins lead."""
        self.leave_by(self.find(".bb-switch a[href*='weergave=kaart']"))
        return [pin.get_dom_attribute("href") or "" for pin in self.find_all("svg.bb-map > a")]

    def see_plan(self, title: str) -> ProposalPage:
        self.leave_by(self.link(title))
        return ProposalPage(self.driver)


class ProposalPage(Page):
    """One plan."""

    @property
    def amount(self) -> str:
        return self.find(".bb-amount--xl").text

    def see_round(self) -> RoundPage:
        self.leave_by(self.find(".bb-facts a[href*='/rondes/']"))
        return RoundPage(self.driver)


class RoundPage(Page):
    """One round."""

    def see_result(self) -> ResultPage:
        self.leave_by(self.find("main a[href*='/uitslag/']"))
        return ResultPage(self.driver)


class ResultPage(Page):
    """What residents chose, and why."""

    @property
    def winners(self) -> list[str]:
        return self.texts(".bb-winners .bb-result__title")

    @property
    def table(self) -> list[list[str]]:
        return [
            [cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")]
            for row in self.find_all(".bb-chart tbody tr")
        ]

    @property
    def downloads(self) -> list[str]:
        """The addresses of the files that stand on the page."""
        links = [each.get_attribute("href") or "" for each in self.find_all("main a")]
        return [each for each in links if each.endswith((".csv", ".pb", ".json"))]

    def wait_for_chart(self) -> list[str]:
        """Wait until the chart is drawn; return the titles beside its bars, from below to above."""
        WebDriverWait(self.driver, DEADLINE).until(
            lambda _: self.find_all("[data-chart] svg.main-svg"), "the chart is not drawn"
        )
        names = self.texts("[data-chart] .ytick text")
        return [name.rpartition(" (")[0].rstrip("…") for name in names]


class Keyboard:
    """A resident who has no mouse, and wants to see at every step where they are."""

    # The mark may lie on the element, on the card around it, or be the colour of the area on the map. It must go when
    # the focus goes: a shadow that is always there says nothing.
    IS_SEEN = """
    const here = document.activeElement;
    const box = here.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const places = [here, here.closest(".bb-card"), here.querySelector(".bb-map__land")].filter(Boolean);
    const marks = () => places.map((place) => {
      const {outlineStyle, outlineWidth, boxShadow, fill} = getComputedStyle(place);
      return [outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, boxShadow, fill].join();
    }).join();
    const focused = marks();
    here.blur();
    const left = marks();
    here.focus({preventScroll: true});
    return inSight && focused !== left;
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.driver = page.driver

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def tab(self) -> WebElement:
        """Go one step on; the step must be seen."""
        self.press(Keys.TAB)
        here = self.page.focused
        assert self.driver.execute_script(self.IS_SEEN), f"no focus is seen on {here.get_attribute('outerHTML')}"
        return here

    def skip_to_content(self) -> None:
        """Jump over the menu with the first link of the page."""
        assert self.tab().get_dom_attribute("href") == "#inhoud", "the first link skips to the content"
        self.press(Keys.ENTER)
        assert self.page.focused.get_attribute("id") == "inhoud", "the skip link leads to the content"

    def tab_to(self, selector: str, most: int = 80) -> WebElement:
        """Go on, step by step, to the first element that fits."""
        for _ in range(most):
            here = self.tab()
            if self.driver.execute_script("return arguments[0].matches(arguments[1])", here, selector):
                return here
        raise AssertionError(f"{selector} is not reached within {most} steps")

    def leave_by(self, selector: str) -> None:
        """Go to a link or a button and press Enter."""
        self.tab_to(selector)
        self.page.wait_for_next_page(lambda: self.press(Keys.ENTER))


class Form(Page):
    """A page with one form on it."""

    def fill_in(self, **values: str) -> None:
        for name, value in values.items():
            self.find(f"main [name={name}]").send_keys(value)

    def choose(self, name: str, value: str) -> None:
        self.find(f"main [name={name}][value={value}]").send_keys(Keys.SPACE)

    def send(self) -> None:
        """Press the button of the form, and wait for the page it leads to."""
        self.leave_by(self.find("main form.bb-form button[type=submit]"))


class PlaceOnMap(Form):
    """The question where a plan is."""

    def wait_for_map(self) -> None:
        WebDriverWait(self.driver, DEADLINE).until(
            lambda _: self.find_all(".leaflet-container path"), "the map is not drawn"
        )

    def put_point(self) -> None:
        self.find("[data-place-put]").click()

    def choose_buurt(self, name: str) -> None:
        Select(self.find("#buurt_code")).select_by_visible_text(name)

    @property
    def chosen_buurt(self) -> str:
        return Select(self.find("#buurt_code")).first_selected_option.text

    @property
    def said(self) -> str:
        return self.find("[data-place-said]").text

    @property
    def point(self) -> tuple[str, str]:
        """What the form would send."""
        return tuple(self.find(f"[name={name}]").get_attribute("value") or "" for name in ("latitude", "longitude"))


class SignIn(Form):
    """The way in."""


class Register(Form):
    """Where somebody new says who they are."""

    def make_account(self, name: str) -> Account:
        self.fill_in(name=name)
        self.choose("age", "adult")
        self.find("#agrees").send_keys(Keys.SPACE)
        self.send()
        return Account(self.driver)


class Account(Page):
    """What somebody can do with their own account."""

    def sign_out(self) -> None:
        self.leave_by(self.find("main .bb-sectionhead button"))


class Invitation(Form):
    """Where an admin asks somebody in."""

    def invite(self, name: str, email: str) -> PersonPage:
        self.fill_in(name=name, email=email)
        self.send()
        return PersonPage(self.driver)


class PersonPage(Form):
    """One person, as an admin sees them."""

    @property
    def roles(self) -> list[str]:
        return self.texts("main .bb-lines li")

    def give(self, role: str) -> None:
        self.choose("role", role)
        self.send()


class RolesPage(Page):
    """Who has which role, and what waits for a second admin."""

    @property
    def waiting(self) -> dict[str, str]:
        """Who waits, each with why whoever looks cannot confirm it; that is empty for who can."""
        lines = self.find_all("main .bb-lines li")
        return {
            line.find_element(By.CSS_SELECTOR, "strong").text: "".join(
                each.text for each in line.find_elements(By.CSS_SELECTOR, "li > .bb-soft")
            )
            for line in lines
        }

    @property
    def held(self) -> list[tuple[str, str]]:
        """Names with their role."""
        rows = [row.find_elements(By.CSS_SELECTOR, "th, td") for row in self.find_all("main tbody tr")]
        return [(row[0].text, row[1].text) for row in rows]

    def confirm(self, name: str) -> None:
        """Press the button that lets the role of somebody who waits count."""
        line = f"//main//li[.//strong[normalize-space() = '{name}']]//form[contains(@action, '/bevestigen')]//button"
        self.leave_by(self.driver.find_element(By.XPATH, line))


class DemoChooser(Page):
    """Where a demo lets somebody be one of its people."""

    def be(self, name: str) -> None:
        """Sign in as the person whose name begins like this."""
        line = f"//li[.//strong[starts-with(normalize-space(), '{name}')]]//button"
        self.leave_by(self.driver.find_element(By.XPATH, line))


class DemoMails(Page):
    """The mail that a demo sent, newest first."""

    def to(self, address: str) -> list[str]:
        """The mails that went to this address."""
        found = self.find_all("main article")
        return [each.text for each in found if each.find_element(By.CSS_SELECTOR, ".bb-soft").text == address]


class Door(Page):
    """The door of the booth."""

    def come_in(self, code: str) -> BallotPage:
        """Type the code of a letter."""
        self.find("#code").send_keys(code)
        self.leave_by(self.find("main form button[type=submit]"))
        return BallotPage(self.driver)


class BallotPage(Page):
    """A ballot, and the pages that follow it until the receipt."""

    @property
    def titles(self) -> list[str]:
        return self.texts("[data-title]")

    @property
    def total(self) -> str:
        return self.find("[data-total]").text

    def tick(self, *titles: str) -> None:
        """Tick the plans with these titles."""
        for title in titles:
            self._option(title).find_element(By.CSS_SELECTOR, ".bb-vote__tick").send_keys(Keys.SPACE)

    def give(self, **points: str) -> None:
        """Give points to plans; spaces in a title are underscores."""
        for title, number in points.items():
            option = self._option(title.replace("_", " "))
            option.find_element(By.CSS_SELECTOR, "[data-points]").send_keys(number)

    def _option(self, title: str) -> WebElement:
        words = f"normalize-space() = '{title}'"
        return self.driver.find_element(By.XPATH, f"//li[@data-option][.//*[@data-title][{words}]]")

    def press(self, button: str) -> None:
        """Press one of the buttons of the ballot by its value."""
        self.leave_by(self.find(f"main button[name=doen][value={button}]:not([tabindex])"))

    def move_up(self, title: str) -> None:
        """Move a plan up in the order."""
        self.leave_by(self.driver.find_element(By.XPATH, f"//li[contains(., '{title}')]//button[@name='omhoog']"))

    def cast(self) -> list[str]:
        """Cast what was looked over, and return the check numbers of the receipts."""
        self.leave_by(self.find("main form[action$='/uitbrengen'] button"))
        return self.texts(".bb-receipt__leaf")
