"""A served sample town and real browsers: one server process, a fresh profile each, proof kept of every failure."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from buurtbegroting.foundation import paths

FAILURES = Path(__file__).parent / "failures"
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
    "--window-size=1280,900",
)
START_SECONDS = 60

Browser = Callable[..., WebDriver]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BUURTBEGROTING_TEST_BROWSER", "yes") == "no":
        ours = [item for item in items if Path(item.path).is_relative_to(Path(__file__).parent)]
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":  # type: ignore[attr-defined]
        item.stash[OUTCOME] = report.failed  # type: ignore[attr-defined]
    return report


OUTCOME = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample town, served by a process of its own."""
    folder = tmp_path_factory.mktemp("site")
    environment = {
        **os.environ,
        "BUURTBEGROTING_MODE": "demo",
        "BUURTBEGROTING_DATA_DIR": str(folder),
        "BUURTBEGROTING_LOG_LEVEL": "ERROR",
    }
    for name in ("DATABASE_URL", "BUURTBEGROTING_DATABASE_URL"):
        environment.pop(name, None)
    for command in (("database", "upgrade"), ("sample", "fill")):
        subprocess.run([sys.executable, "-m", "buurtbegroting", *command], cwd=paths.ROOT, env=environment, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = [sys.executable, "-m", "buurtbegroting", "serve", "--port", str(port), "--workers", "1"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(serve, cwd=paths.ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_ready(f"http://localhost:{port}", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        assert server.poll() is None, "the server stopped while starting"
        assert time.monotonic() < deadline, "the server did not start in time"
        try:
            with urllib.request.urlopen(f"{address}/gereed", timeout=1):
                return
        except OSError:
            time.sleep(0.05)


@pytest.fixture
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Browser]:
    """Open browsers with a fresh profile; ``browser(javascript=False)`` has no JavaScript."""
    opened: list[WebDriver] = []

    def start(*, javascript: bool = True) -> WebDriver:
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in (*FLAGS, f"--user-data-dir={tmp_path / f'profile-{len(opened)}'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        if not javascript:
            setting = {"profile.managed_default_content_settings.javascript": 2}
            options.add_experimental_option("prefs", setting)
        opened.append(webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver")))
        return opened[-1]

    yield start
    if request.node.stash.get(OUTCOME, False):
        for place, driver in enumerate(opened):
            _keep_proof(driver, f"{request.node.name}-{place}")
    for driver in opened:
        driver.quit()


def _keep_proof(driver: WebDriver, name: str) -> None:
    FAILURES.mkdir(exist_ok=True)
    stem = FAILURES / re.sub(r"\W+", "-", name)
    driver.save_screenshot(f"{stem}.png")
    Path(f"{stem}.html").write_text(driver.page_source)
    Path(f"{stem}.log").write_text("\n".join(str(entry) for entry in driver.get_log("browser")))
