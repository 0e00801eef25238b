"""One sweep over every kind of page in every state, on a phone and on a desk, with axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.conftest import Browser
from tests.browser.visitor import Visitor

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then(done);
"""
WIDTHS = (320, 1280)
PAGES = [
    "/",
    "/wijken",
    "/wijken/WK999901",
    "/rondes",
    "/plannen",
    "/plannen?zoek=bestaatniet",
    "/plannen?weergave=kaart",
    "/plannen?pagina=2",
    "/uitslag",
    "/zo-werkt-het",
    "/toegankelijkheid",
    "/privacy",
    "/nergens",
]
# Texts in drawings: axe cannot see what is behind them; their contrast is in the table of colours.
UNDECIDED = {"color-contrast"}


def states(driver: WebDriver, site: str) -> list[str]:
    """Return every kind of page, among them a round in each phase, each result and a plan in each state."""
    found: dict[str, None] = dict.fromkeys(PAGES)
    for page, css in (("/rondes", "main a[href*='/rondes/']"), ("/uitslag", "main a[href*='/uitslag/']")):
        driver.get(site + page)
        found |= dict.fromkeys(_addresses(driver, css, site))
    for answer in ("nog-geen", "kan", "kan-anders", "kan-niet", "gekozen", "ingetrokken"):
        driver.get(f"{site}/plannen?antwoord={answer}")
        found |= dict.fromkeys(_addresses(driver, ".bb-card__title a", site)[:1])
    return list(found)


def _addresses(driver: WebDriver, css: str, site: str) -> list[str]:
    links = driver.find_elements(By.CSS_SELECTOR, css)
    return [str(link.get_attribute("href")).removeprefix(site) for link in links]


def look(driver: WebDriver, width: int) -> list[str]:
    """Return what is wrong with the page that is open, at a width."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_script("document.querySelectorAll('details').forEach(each => each.open = true)")
    driver.execute_script(AXE.read_text())
    result: dict[str, Any] = driver.execute_async_script(RUN, TAGS)
    wrong = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result["violations"]]
    wrong += [f"undecided {each['id']}" for each in result["incomplete"] if each["id"] not in UNDECIDED]
    wide = driver.execute_script("return document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return wrong + ([f"scrolls {wide} px sideways"] if wide > 1 else [])


def test_every_page_is_accessible_on_a_phone_and_on_a_desk(browser: Browser, site: str) -> None:
    driver = browser()
    wrong: dict[str, list[str]] = {}
    addresses = states(driver, site)
    assert len(addresses) > 25
    for address in [*addresses, *(f"/en{each}" for each in PAGES)]:
        driver.get(site + address)
        for width in WIDTHS:
            if seen := look(driver, width):
                wrong[f"{address} at {width}"] = seen
    assert not wrong


def test_a_form_with_errors_is_accessible(browser: Browser, site: str) -> None:
    visitor = Visitor(browser(), site)
    visitor.opens("/")
    visitor.fills_in_address("x", "y")
    visitor.finds("button[type=submit]").click()
    visitor.waits_until(lambda driver: driver.title.startswith("Fout:"))
    assert not [wrong for width in WIDTHS for wrong in look(visitor.driver, width)]
