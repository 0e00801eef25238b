"""Do the tests of the count notice a mistake? Change the engine in one place, run the fast tests, and see them fail.

Works in a copy under ``var/mutation`` and keeps every verdict there, so that a run which was broken off goes on where
it was. Each change is tried in a fork that has the libraries loaded already, with the changed module given to Python in
place of the file. Finished tools were tried: mutmut leaves properties and tables at module level as they are, and those
decide a count.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask  # noqa: F401  (loaded once, before the forks)
import hypothesis
import numpy as np  # noqa: F401
import pytest
import sqlalchemy  # noqa: F401

from benchmarks import machine, mutation_page
from benchmarks.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "var" / "mutation"
COPY = WORK / "tree"
VERDICTS = WORK / "verdicts.jsonl"
ENGINE = "buurtbegroting/counting"
TESTS = ("tests/unit/counting", "tests/property", "tests/unit/test_count_command.py")
# Real elections are not in the repository and take longer than all the rest.
LEFT_OUT = "tests/unit/counting/test_real_elections.py"
COPIED = ("buurtbegroting", "tests", "migrations", "pyproject.toml")
OPTIONS = ("-x", "-q", "--assert=plain", "--hypothesis-profile=mutation", "-p", "no:cacheprovider", "-p", "no:xdist")
MEMORY = 3 * 1024**3
# Of each module, the tests that noticed most so far go first.
KILLERS: dict[str, Counter[str]] = {}


class _Changed:
    """Gives Python the changed text of one module; every other module comes from its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: Any, _target: object = None) -> Any:
        """Answer only for the changed module."""
        from importlib.machinery import PathFinder, SourceFileLoader

        spec = PathFinder.find_spec(name, path)
        if spec is None or not spec.origin or not spec.origin.endswith(self.mutant.path):
            return None
        code = compile(self.mutant.source, spec.origin, "exec")
        loader = SourceFileLoader(name, spec.origin)
        loader.get_code = lambda _name: code
        spec.loader = loader
        return spec


class _Watch:
    """Puts the tests that noticed before in front, and writes down which one noticed now."""

    def __init__(self, first: list[str], noted: Path) -> None:
        self.place = {name: number for number, name in enumerate(first)}
        self.noted = noted

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort; the sort is stable."""
        items.sort(key=lambda item: self.place.get(item.nodeid, len(self.place)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the first failure."""
        if report.failed and not self.noted.exists():
            self.noted.write_text(report.nodeid)


def _tests_pass(mutant: Mutant | None, limit: int, noted: Path) -> int:
    """Run the tests in this process, which is a fork and ends here."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # What pytest says is worth reading only where nothing was changed.
    os.dup2(2, 1)
    if mutant is not None:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, _Changed(mutant))
    os.chdir(COPY)
    sys.path.insert(0, str(COPY))
    first = [name for name, _ in KILLERS.get(mutant.path if mutant else "", Counter()).most_common()]
    arguments = [*OPTIONS, f"--ignore={LEFT_OUT}", "-m", "not slow", *TESTS]
    return int(pytest.main(arguments, plugins=[_Watch(first, noted)]))


def _forked(mutant: Mutant | None, limit: int, noted: Path) -> int:
    noted.unlink(missing_ok=True)
    process = os.fork()
    if process == 0:
        code = 1
        try:
            code = _tests_pass(mutant, limit, noted)
        finally:
            os._exit(code)
    return process


def _verdict(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "out of time"
    return "survived" if os.WEXITSTATUS(status) == 0 else "noticed"


def _copied() -> str:
    """Copy what the tests need and return a digest of it; verdicts hold for that digest."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, COPY / name)
    digest = hashlib.sha256()
    for folder in (ENGINE, *TESTS):
        top = COPY / folder
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _all_mutants(wanted: list[str]) -> Iterator[Mutant]:
    for path in sorted((COPY / ENGINE).glob("*.py")):
        if not wanted or path.stem in wanted:
            yield from mutants(path.relative_to(COPY).as_posix(), path.read_text(encoding="utf-8"))


def _name(digest: str, mutant: Mutant) -> str:
    return hashlib.sha256((digest + mutant.path + mutant.source).encode()).hexdigest()[:16]


def _known(again: bool) -> dict[str, dict[str, str]]:
    if again or not VERDICTS.is_file():
        return {}
    records = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    return {record["name"]: record for record in records}


def _try_all(todo: list[Mutant], digest: str, known: dict[str, dict[str, str]], limit: int, processes: int) -> None:
    running: dict[int, tuple[Mutant, Path]] = {}
    waiting, start, done = list(reversed(todo)), time.monotonic(), 0
    slots = [WORK / f"noted-{number}" for number in range(processes)]
    while waiting or running:
        while waiting and slots:
            mutant, noted = waiting.pop(), slots.pop()
            running[_forked(mutant, limit, noted)] = (mutant, noted)
        process, status = os.wait()
        mutant, noted = running.pop(process)
        by = noted.read_text() if noted.exists() else ""
        slots.append(noted)
        if by:
            KILLERS.setdefault(mutant.path, Counter())[by] += 1
        record = {"name": _name(digest, mutant), "verdict": _verdict(status), "by": by}
        known[record["name"]] = record
        with VERDICTS.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
        done += 1
        elapsed = time.strftime("%H:%M:%S", time.gmtime(time.monotonic() - start))
        place = f"{Path(mutant.path).name}:{mutant.line}"
        print(f"[{done}/{len(todo)} {elapsed}] {place} {record['verdict']}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/mutation", description=__doc__)
    parser.add_argument("module", nargs="*", help="only these modules of the engine, as: ballots ties")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many changes, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="for the draw (1)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", action="store_true", help="try anew what was tried before")
    parser.add_argument("--report", type=Path, metavar="PATH", help="also write the report to this file")
    return parser.parse_args()


def main() -> None:
    """Try the changes and print the report."""
    options = _options()
    digest = _copied()
    # The same examples every time, no time lost on making them small, and nothing remembered between changes.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutation", derandomize=True, database=None, deadline=None, phases=phases)
    start = time.monotonic()
    _, status = os.waitpid(_forked(None, 600, WORK / "noted"), 0)
    if status:
        raise SystemExit("The tests do not pass as it is; mend them first.")
    limit = 20 + 4 * int(time.monotonic() - start)
    chosen = everything = list(_all_mutants(options.module))
    if options.sample and options.sample < len(everything):
        chosen = random.Random(options.seed).sample(everything, options.sample)
    known = _known(options.again)
    _try_all([each for each in chosen if _name(digest, each) not in known], digest, known, limit, options.processes)
    verdicts = [(each, known[_name(digest, each)]["verdict"]) for each in chosen]
    sources = {each.path: (COPY / each.path).read_text(encoding="utf-8").splitlines() for each in chosen}
    page = mutation_page.page(verdicts, sources, len(everything), machine.our_version(ROOT))
    print(page)
    if options.report:
        options.report.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
