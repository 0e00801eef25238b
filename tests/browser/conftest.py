"""A site with the small sample, and browsers that start empty; what a failure looked like is kept in failures/."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.browser.page_objects import console, resize
from tests.browser.server import served_sample

HERE = Path(__file__).resolve().parent
FAILURES = HERE / "failures"
DESKTOP = 1280
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--hide-scrollbars",  # so that a screen of 320 px has 320 px for the page, as on a phone
)
# Counts what the Content-Security-Policy stopped, from before the first script of a page.
WATCH_POLICY = """
window.stoppedByPolicy = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.stoppedByPolicy.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}`);
});
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BUURTBEGROTING_TEST_BROWSER", "yes") == "no":
        left_out = [item for item in items if item.path.is_relative_to(HERE)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_sessionstart() -> None:
    shutil.rmtree(FAILURES, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.failed and isinstance(item, pytest.Function):
        for browser in item.funcargs.values():
            if isinstance(browser, Chrome):
                _keep(browser, re.sub(r"[^\w.-]+", "-", item.name).strip("-"))
    return report


def _keep(browser: Chrome, name: str) -> None:
    """Save what the browser shows and said; a browser that is gone has nothing to save."""
    FAILURES.mkdir(exist_ok=True)
    try:
        browser.save_screenshot(str(FAILURES / f"{name}.png"))
        (FAILURES / f"{name}.html").write_text(browser.page_source)
        log = [f"{browser.current_url} {browser.title}", *map(json.dumps, console(browser))]
        (FAILURES / f"{name}.log").write_text("\n".join(log))
    except WebDriverException as error:
        (FAILURES / f"{name}.log").write_text(f"nothing could be saved: {error}")


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its data."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the site; tests may add people and change their own, and leave the rest as it is."""
    with served_sample(site_folder) as address:
        yield address


@contextmanager
def _browser(profile: Path, *, runs_javascript: bool = True) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not runs_javascript:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = Chrome(options, ChromeService(shutil.which("chromedriver") or "/usr/bin/chromedriver"))
    try:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH_POLICY})
        resize(driver, DESKTOP)
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    """A browser that was never used before."""
    with _browser(tmp_path / "profile") as driver:
        yield driver


@pytest.fixture
def browser_without_javascript(tmp_path: Path) -> Iterator[Chrome]:
    """A browser that was never used before and runs no JavaScript of a page."""
    with _browser(tmp_path / "profile", runs_javascript=False) as driver:
        driver.get("data:text/html,<noscript><p>off</p></noscript>")
        assert driver.find_elements("css selector", "p"), "JavaScript is on"
        yield driver


@pytest.fixture(scope="module")
def lasting_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for tests that look at many pages and do nothing on them."""
    with _browser(tmp_path_factory.mktemp("profile")) as driver:
        yield driver
