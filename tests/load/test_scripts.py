"""Every script here, shortened: it runs as its text says, and its promises hold."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.load.findings import NOT_RUN
from tests.load.servers import ROOT

SHORT = (
    "cast --voters 100 --clients 16",
    "cast --voters 100 --clients 16 --engine postgresql",
    "kills --kills 2 --voters 150",
    "kills --kills 2 --voters 200 --what postgres --engine postgresql",
    "race --times 5",
    "race --times 5 --engine postgresql",
    "boundary --casts 100",
    "disk_full --voters 250",
    "secrecy --voters 100 --engine postgresql",
    "codes --codes 1000",
)


@pytest.mark.slow
@pytest.mark.parametrize("command", SHORT)
def test_a_short_run_keeps_its_promises(command: str) -> None:
    script, *options = command.split()
    called = [sys.executable, "-m", f"tests.load.{script}", *options]
    done = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == NOT_RUN:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
