"""The fast tests on one change of the engine, in a fork that has the libraries loaded already."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path
from types import FrameType
from typing import Any

import hypothesis
import pytest

from benchmarks.mutants import Mutant

ENGINE = "buurtbegroting/counting"
# Tests in this process; one that starts a process of its own would run the engine as it is.
TESTS = ("tests/unit/counting", "tests/property")
# Real elections are not in the repository and take longer than all the rest.
LEFT_OUT = "tests/unit/counting/test_real_elections.py"
OPTIONS = (
    *("-x", "-q", "--assert=plain", "--hypothesis-profile=mutation", "-m", "not slow", f"--ignore={LEFT_OUT}"),
    *("-p", "no:cacheprovider", "-p", "no:xdist"),
)
# What the tests load of others: once, before the forks, and nothing of our own.
LIBRARIES = ("numpy", "sqlalchemy", "alembic", "flask", "flask_babel", "flask_migrate", "flask_smorest", "flask_wtf")
# So many tests run before the others are even collected: most mistakes are noticed by then.
FIRST = 25
# Stands for every function.
ALL = ""
MEMORY = 3 * 1024**3
LEAST_SECONDS = 3.0
# The same examples every time, no time lost on making them small, nothing remembered from change to change, and a
# slow machine fails no test.
hypothesis.settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    suppress_health_check=list(hypothesis.HealthCheck),
)


@dataclass
class Reach:
    """Which tests run each function of the engine, how long each takes, and which noticed most so far, per module."""

    tests: dict[str, list[str]]
    seconds: dict[str, float]
    killers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests to run, those that noticed most in front, then the fastest; what loads runs them all."""
        killers = self.killers[mutant.path]
        reaching = self.tests.get(f"{mutant.path}:{mutant.function}" if mutant.function else ALL, [])
        return sorted(reaching, key=lambda test: (-killers[test], self.seconds[test]))


class _Changed:
    """Gives Python the changed text of one module; every other module comes from its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: Any, _target: object = None) -> Any:
        """Answer only for the changed module."""
        spec = PathFinder.find_spec(name, path)
        if spec is None or not spec.origin or not spec.origin.endswith(self.mutant.path):
            return None
        code = compile(self.mutant.source, spec.origin, "exec")
        loader = SourceFileLoader(name, spec.origin)
        loader.get_code = lambda _name: code
        spec.loader = loader
        return spec


class _Wanted:
    """Runs only these tests, in this order, and writes down which one failed.

    A test that takes five times as long as it did, and then some, ends the process: that is an endless loop.
    """

    def __init__(self, wanted: list[str], seconds: dict[str, float], noted: Path) -> None:
        self.wanted = wanted
        self.seconds = seconds
        self.noted = noted

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Set the limit of one test, in processor time."""
        signal.setitimer(signal.ITIMER_PROF, 5 * self.seconds[nodeid] + LEAST_SECONDS)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what does not reach the change."""
        by_name = {item.nodeid: item for item in items}
        items[:] = [by_name[name] for name in self.wanted]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the failure."""
        if report.failed:
            self.noted.write_text(report.nodeid)


class _Reaching:
    """Writes down which functions of the engine each test calls."""

    def __init__(self, tree: Path, noted: Path) -> None:
        self.start = len(str(tree)) + 1
        self.noted = noted
        self.called = {ALL}
        self.loaded: set[str] = set()
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up how long a test takes."""
        self.seconds[report.nodeid] += report.duration

    def trace(self, frame: FrameType, _event: str, _argument: object) -> None:
        """Note a call; lines inside are not followed, so this costs little."""
        if ENGINE in frame.f_code.co_filename:
            name = frame.f_code.co_qualname.partition(".<locals>")[0]
            self.called.add(f"{frame.f_code.co_filename[self.start :]}:{name}")

    def pytest_collection_finish(self) -> None:
        """What ran while modules were loaded concerns every test."""
        self.loaded = self.called

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Start anew for every test."""
        self.called = {ALL}
        result = yield
        for name in self.called:
            self.tests[name].append(item.nodeid)
        return result

    def pytest_sessionfinish(self) -> None:
        """Hand over what was found."""
        sys.settrace(None)
        self.tests.update(dict.fromkeys(self.loaded, self.tests[ALL]))
        self.noted.write_text(json.dumps({"tests": self.tests, "seconds": self.seconds}))


def reach(tree: Path, noted: Path) -> Reach:
    """Run the tests on the engine as it is, and return which reach what; they have to pass."""
    for name in LIBRARIES:
        import_module(name)
    noted.unlink(missing_ok=True)
    process = os.fork()
    if process == 0:
        # What pytest says here is worth reading, but it is not the report.
        os.dup2(2, 1)
        plugin = _Reaching(tree, noted)
        sys.settrace(plugin.trace)
        _run(tree, [(plugin, TESTS)])
    _, status = os.waitpid(process, 0)
    if status:
        raise SystemExit("The tests do not pass as it is; mend them first.")
    return Reach(**json.loads(noted.read_text()))


def start(mutant: Mutant, reach: Reach, tree: Path, noted: Path) -> int:
    """Try one change in a fork, and return its process."""
    tests = reach.of(mutant)
    noted.unlink(missing_ok=True)
    process = os.fork()
    if process == 0:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, _Changed(mutant))
        parts = [part for part in (tests[:FIRST], tests[FIRST:]) if part]
        _run(tree, [(_Wanted(part, reach.seconds, noted), part) for part in parts])
    return process


def _run(tree: Path, rounds: Sequence[tuple[object, Sequence[str]]]) -> None:
    """Run tests in this process, round after round until one fails; it is a fork and ends here."""
    code = 1
    try:
        os.chdir(tree)
        sys.path.insert(0, str(tree))
        for plugin, tests in rounds:
            code = int(pytest.main([*OPTIONS, *tests], plugins=[plugin]))
            if code:
                break
    finally:
        os._exit(code)
