"""From home to a result, as people go: with a mouse, in English, by keyboard, without JavaScript."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Browser
from tests.browser.visitor import Visitor

POSTCODE = "1199 AB"
RESULT = "a[href*='/uitslag/']"
PLAN = ".bb-card__title a"


def goes_from_home_to_a_result(visitor: Visitor, prefix: str = "") -> None:
    visitor.opens(f"{prefix}/")
    visitor.fills_in_address(POSTCODE)
    visitor.finds("button[type=submit]").click()
    visitor.waits_until(lambda driver: "/wijken/WK" in driver.current_url)
    visitor.follows(".bb-nav a[href$='/plannen']")
    assert visitor.counts(PLAN) == 12
    visitor.follows(PLAN)
    assert visitor.path.startswith(f"{prefix}/plannen/")
    visitor.follows(".bb-nav a[href$='/uitslag']")
    visitor.follows(f"main {RESULT}")
    assert visitor.path.startswith(f"{prefix}/uitslag/")
    assert visitor.counts(".bb-result") > 3
    assert visitor.counts("table tbody tr") > 3


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
def test_a_resident_goes_from_home_to_a_result(browser: Browser, site: str, prefix: str, language: str) -> None:
    visitor = Visitor(browser(), site)
    goes_from_home_to_a_result(visitor, prefix)
    assert visitor.language == language
    assert not visitor.driver.get_cookies()
    assert not visitor.complaints()


def test_the_same_journey_needs_no_javascript(browser: Browser, site: str) -> None:
    visitor = Visitor(browser(javascript=False), site)
    goes_from_home_to_a_result(visitor)
    assert visitor.counts("a[href$='stembiljetten.pb']") == 1
    visitor.opens("/plannen")
    visitor.finds("#search").send_keys("Speeltuin Merelplein")
    visitor.finds("main form button[type=submit]").click()
    visitor.waits_until(lambda driver: "zoek=" in driver.current_url)
    assert visitor.counts(PLAN) == 1
    visitor.follows(".bb-switch a[href*='kaart']")
    assert visitor.counts("svg.bb-map a title") == 1


def test_the_same_journey_needs_no_mouse(browser: Browser, site: str) -> None:
    visitor = Visitor(browser(), site)
    visitor.opens("/")
    visitor.tabs_to(lambda element: element.get_attribute("href") == f"{site}/#inhoud")
    visitor.focused().send_keys(Keys.ENTER)
    visitor.tabs_to(lambda element: element.get_attribute("id") == "postcode")
    visitor.focused().send_keys(POSTCODE)
    visitor.presses_enter()
    visitor.waits_until(lambda driver: "/wijken/WK" in driver.current_url)
    visitor.tabs_to(lambda element: (element.get_attribute("href") or "").endswith("/uitslag"))
    visitor.presses_enter()
    visitor.tabs_to(lambda element: "/uitslag/" in (element.get_attribute("href") or ""))
    visitor.presses_enter()
    visitor.tabs_to(lambda element: element.tag_name == "summary" and element.is_displayed())
    assert visitor.counts(".bb-result") > 3


def test_the_chart_is_drawn_beside_its_table_under_the_strict_policy(browser: Browser, site: str) -> None:
    visitor = Visitor(browser(), site)
    visitor.opens("/uitslag")
    visitor.follows(f"main {RESULT}")
    visitor.waits_until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "[data-chart] svg.main-svg"))
    bars = visitor.counts("[data-chart] .barlayer .point")
    assert bars == visitor.counts("figure table tbody tr")
    assert not visitor.complaints()


def test_a_wrong_postcode_leads_back_to_the_field(browser: Browser, site: str) -> None:
    visitor = Visitor(browser(), site)
    visitor.opens("/")
    visitor.fills_in_address("12345")
    visitor.finds("button[type=submit]").click()
    visitor.waits_until(lambda driver: driver.title.startswith("Fout:"))
    visitor.waits_until(lambda driver: driver.switch_to.active_element.get_attribute("role") == "alert")
    visitor.finds("[role=alert] a").click()
    assert visitor.focused().get_attribute("id") == "postcode"
    assert visitor.focused().get_attribute("value") == "12345"


def test_somebody_goes_to_the_other_language_and_stays_on_the_page(browser: Browser, site: str) -> None:
    visitor = Visitor(browser(), site)
    visitor.opens("/wijken")
    visitor.follows("footer a[hreflang=en]")
    assert (visitor.path, visitor.language) == ("/en/wijken", "en")
