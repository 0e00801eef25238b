"""What a visitor does on the pages, in one place: the tests say why, this says how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 15
MAX_TABS = 120

_FOCUS_SHOWS = """
const style = getComputedStyle(document.activeElement);
return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
    || document.activeElement.closest('.bb-card') !== null;
"""


class Visitor:
    """Somebody who visits the site with a browser."""

    def __init__(self, driver: WebDriver, site: str) -> None:
        self.driver, self.site = driver, site

    def opens(self, path: str) -> None:
        self.driver.get(self.site + path)

    @property
    def heading(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "h1").text

    @property
    def language(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") or ""

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.site)

    def finds(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def counts(self, css: str) -> int:
        return len(self.driver.find_elements(By.CSS_SELECTOR, css))

    def waits_until(self, holds: Callable[[WebDriver], Any]) -> Any:
        return WebDriverWait(self.driver, PATIENCE).until(holds)

    def follows(self, css: str) -> None:
        """Follow the first link that fits, and wait until its page is there."""
        link = self.finds(css)
        address = link.get_attribute("href")
        before = self.driver.current_url
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        self.waits_until(lambda driver: driver.current_url != before or driver.current_url == address)

    def fills_in_address(self, postcode: str, number: str = "") -> None:
        self.finds("#postcode").send_keys(postcode)
        self.finds("#house_number").send_keys(number)

    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def tabs_to(self, fits: Callable[[WebElement], bool]) -> None:
        """Press Tab until the focus is on what fits; the focus must show at every stop."""
        for _ in range(MAX_TABS):
            self.focused().send_keys(Keys.TAB)
            assert self.driver.execute_script(_FOCUS_SHOWS), f"focus does not show on {self.focused().tag_name}"
            if fits(self.focused()):
                return
        raise AssertionError("the keyboard does not get there")

    def presses_enter(self) -> None:
        before = self.driver.current_url
        self.focused().send_keys(Keys.ENTER)
        self.waits_until(lambda driver: driver.current_url != before)

    def complaints(self) -> list[str]:
        """Return what the browser complained about, such as blocked styles and scripts."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
