"""Do the tests of the count notice a mistake? Change the engine in one place, run the fast tests, and see them fail.

Works in a copy under ``var/mutation`` and keeps every verdict there, so that a run which was broken off goes on where
it was. A finished tool was tried: mutmut leaves properties and tables at module level as they are, and in this engine
those decide a count.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import machine, mutation_page, trial
from benchmarks.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "var" / "mutation"
COPY = WORK / "tree"
VERDICTS = WORK / "verdicts.jsonl"
NOTICED = ("noticed", "out of time")
COPIED = ("buurtbegroting", "tests", "migrations", "pyproject.toml")


def _copied() -> tuple[str, str]:
    """Copy what the tests need and return a digest of the engine, and one of its tests."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, COPY / name)
    return _digest(trial.ENGINE), _digest(*trial.TESTS)


def _digest(*names: str) -> str:
    digest = hashlib.sha256()
    for name in names:
        for path in sorted((COPY / name).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _all_mutants(wanted: list[str]) -> Iterator[Mutant]:
    for path in sorted((COPY / trial.ENGINE).rglob("*.py")):
        if not wanted or path.stem in wanted:
            yield from mutants(path.relative_to(COPY).as_posix(), path.read_text(encoding="utf-8"))


class Verdicts:
    """What is known of each change, kept in a file.

    What was noticed once stays noticed while the engine is the same: tests are added, and only what survived is tried
    again on them. After tests were changed or taken away, try everything with ``--again``.
    """

    def __init__(self, engine: str, tests: str, again: bool) -> None:
        self.engine = engine
        self.tests = tests
        records = VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.is_file() and not again else []
        self.known = {record["name"]: (record["verdict"], record["tests"]) for record in map(json.loads, records)}

    def _name(self, mutant: Mutant) -> str:
        return hashlib.sha256((self.engine + mutant.path + mutant.source).encode()).hexdigest()[:16]

    def of(self, mutant: Mutant) -> str | None:
        """Return the verdict, if there is one that still holds."""
        verdict, tests = self.known.get(self._name(mutant), (None, ""))
        return verdict if tests == self.tests or verdict in NOTICED else None

    def keep(self, mutant: Mutant, verdict: str, noticed_by: str) -> None:
        """Write a verdict down."""
        name = self._name(mutant)
        self.known[name] = (verdict, self.tests)
        with VERDICTS.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "verdict": verdict, "tests": self.tests, "by": noticed_by}) + "\n")


def _try_all(todo: list[Mutant], verdicts: Verdicts, reach: trial.Reach, processes: int) -> None:
    running: dict[int, tuple[Mutant, Path]] = {}
    waiting, start, done = list(reversed(todo)), time.monotonic(), 0
    slots = [WORK / f"noted-{number}" for number in range(processes)]
    while waiting or running:
        if waiting and slots:
            mutant = waiting.pop()
            verdict, noticed_by = "not reached", ""
            if reach.of(mutant):
                noted = slots.pop()
                running[trial.start(mutant, reach, COPY, noted)] = (mutant, noted)
                continue
        else:
            process, status = os.wait()
            mutant, noted = running.pop(process)
            slots.append(noted)
            verdict, noticed_by = _verdict(status), noted.read_text() if noted.exists() else ""
            reach.killers[mutant.path][noticed_by] += 1
        verdicts.keep(mutant, verdict, noticed_by)
        done += 1
        elapsed = time.strftime("%H:%M:%S", time.gmtime(time.monotonic() - start))
        where = f"{Path(mutant.path).name}:{mutant.line}"
        print(f"[{done}/{len(todo)} {elapsed}] {where} {verdict}", file=sys.stderr, flush=True)


def _verdict(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "out of time"
    return "survived" if os.WEXITSTATUS(status) == 0 else "noticed"


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
    verdicts = Verdicts(*_copied(), options.again)
    reach = trial.reach(COPY, WORK / "reach.json")
    chosen = everything = list(_all_mutants(options.module))
    if options.sample and options.sample < len(everything):
        chosen = random.Random(options.seed).sample(everything, options.sample)
    todo = [mutant for mutant in chosen if verdicts.of(mutant) is None]
    try:
        _try_all(todo, verdicts, reach, options.processes)
    except KeyboardInterrupt:
        print("Broken off; the report is on what was tried.", file=sys.stderr)
    sources = {each.path: (COPY / each.path).read_text(encoding="utf-8").splitlines() for each in chosen}
    judged = [(mutant, verdict) for mutant in chosen if (verdict := verdicts.of(mutant))]
    page = mutation_page.page(judged, sources, len(everything), machine.our_version(ROOT))
    print(page)
    if options.report:
        options.report.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
