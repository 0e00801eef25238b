"""The site as an operator runs it: prepared by the command line, served by gunicorn in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 30.0
SERVE = ["gunicorn", "--workers", "1", "--threads", "8", "--worker-class", "gthread", "--no-control-socket"]


@contextmanager
def served_sample(folder: Path) -> Iterator[str]:
    """Yield the address of a site that holds the small sample and nothing else."""
    catalogue = ROOT / "translations/nl/LC_MESSAGES/messages.mo"
    assert catalogue.is_file(), f"{catalogue} is not there: start these tests with bin/test, which compiles it"
    environment = _environment(folder)
    for command in (["database", "upgrade"], ["sample", "fill"]):
        _run(["buurtbegroting", *command], environment)
    log = folder / "server.log"
    # The socket is opened here and handed over, so that no other process can take the port in between.
    with socket.socket() as door, log.open("wb") as output:
        door.bind(("127.0.0.1", 0))
        door.listen()
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        command = [sys.executable, "-m", *SERVE, "--bind", f"fd://{door.fileno()}", "buurtbegroting.wsgi:app"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, pass_fds=[door.fileno()], stdout=output, stderr=output
        ) as process:
            try:
                _wait_until_ready(address, process, log)
                yield address
            finally:
                process.terminate()
                process.wait(DEADLINE)


def run_in_demo(folder: Path, command: list[str]) -> None:
    """Give the command line of a served site a command."""
    _run(["buurtbegroting", *command], _environment(folder))


def _environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if "BUURTBEGROTING" not in name and name != "DATABASE_URL"
    }
    return kept | {
        "PYTHONPATH": str(ROOT),
        "BUURTBEGROTING_MODE": "demo",
        "BUURTBEGROTING_DATA_DIR": str(folder),
        "BUURTBEGROTING_LOG_LEVEL": "WARNING",
    }


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/gereed", timeout=DEADLINE) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the site did not get ready:\n{log.read_text()}")
