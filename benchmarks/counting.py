"""Our engine and pabutools back to back on real elections and on a generated one of a million voters.

Each task runs in a process of its own, within a limit on CPU time and one on memory. What was measured is kept in
``var/benchmark.jsonl``, so that a run which was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import machine, table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "var" / "benchmark.jsonl"
ORACLE_PYTHON = ROOT / ".venv-oracle" / "bin" / "python"
GENERATED_VOTERS, GENERATED_PROJECTS = 1_000_000, 200
GENERATED = ROOT / "var" / f"generated-{GENERATED_VOTERS}x{GENERATED_PROJECTS}.pb"
FILES = (
    "Netherlands_Assen_2024.pb",
    "Poland_Gdansk_2020_Ujescisko-Lostowice.pb",
    "Poland_Krakow_2018_Podgorze.pb",
    "US_Stanford_Dataset_SF_Tenderloin_December_2022_vote_knapsacks.pb",
    "Hungary_Budapest_2025_VIII_Jozsefvaros.pb",
    "Poland_Lodz_2024_Widzew-Wschod.pb",
    "Poland_Wieliczka_2023_Green_Budget.pb",
    "Netherlands_Amsterdam_252.pb",
    "Poland_Warszawa_2026.pb",
)
# Each task, and the one before it that has to finish within the limits for this one to have a chance.
TASKS = {
    "read": "",
    "equal-shares": "read",
    "add1": "equal-shares",
    "add1u": "add1",
    "greedy": "read",
    "phragmen": "read",
}
# A process limits itself; this many times that limit, on the clock of the wall, is for one that does not listen.
GRACE = 10


@dataclass(frozen=True)
class Engine:
    """Who counts: the module that runs in its own process, the Python for it, and which version it is."""

    name: str
    command: tuple[str, ...]
    version: str

    def call(self, task: str, *more: str, wait: float | None = None) -> subprocess.CompletedProcess[str]:
        """Run one task; raise TimeoutExpired after so many seconds."""
        python, module, *rest = self.command
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        command = [python, "-m", module, task, *rest, *more]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=wait
        )


@dataclass
class Run:
    """What the command line asked for, and what is known already."""

    limit: float
    memory: float
    machine: str
    known: dict[tuple[str, ...], dict[str, Any]]

    def measured(self, engine: Engine, path: Path, task: str) -> dict[str, Any]:
        """Return what this engine does in this task on this file, from an earlier run where that still holds."""
        key = (self.machine, _digest(path), engine.name, engine.version, task)
        known = self.known.get(key)
        if known is None or not self._holds(known):
            before = TASKS[task] and self.measured(engine, path, TASKS[task])
            known = dict(before) if before and _is_hopeless(before) else self._measure(engine, path, task)
            self._keep(key, known)
        return known

    def _holds(self, known: dict[str, Any]) -> bool:
        if known["status"] == "failed":
            return False
        return known["status"] in ("done", "not offered") or (known["limit"], known["memory"]) == (
            self.limit,
            self.memory,
        )

    def _measure(self, engine: Engine, path: Path, task: str) -> dict[str, Any]:
        limits = ("--limit", str(self.limit), "--memory", str(self.memory))
        try:
            answer = _answer(engine.call(task, "--file", str(path), *limits, wait=GRACE * (self.limit + 60)))
        except subprocess.TimeoutExpired:
            answer = {"status": "over time"}
        return {**answer, "file": path.name, "limit": self.limit, "memory": self.memory}

    def _keep(self, key: tuple[str, ...], known: dict[str, Any]) -> None:
        self.known[key] = known
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, **known}, ensure_ascii=False) + "\n")


def _is_hopeless(known: dict[str, Any]) -> bool:
    return known["status"] in ("over time", "out of memory")


def _answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    # The libraries below Python end the process when they get no memory.
    if any(words in done.stderr for words in ("MemoryError", "annot allocate memory", "bad_alloc")):
        return {"status": "out of memory"}
    return {"status": "failed", "why": (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]}


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _known() -> dict[tuple[str, ...], dict[str, Any]]:
    if not RESULTS.is_file():
        return {}
    records = (json.loads(line) for line in RESULTS.read_text(encoding="utf-8").splitlines())
    return {tuple(record.pop("key")): record for record in records}


def _files(folder: Path, wanted: list[str]) -> Iterator[Path]:
    """Yield the real elections that were asked for and are there, and the generated one."""
    if not folder.is_dir():
        _say(f"There are no real elections at {folder}; only the generated one is counted.")
    present = sorted(path.name for path in folder.glob("*.pb"))
    for name in [name for name in present if _is_meant(name, wanted)] if wanted else FILES:
        if name in present:
            yield folder / name
        elif present:
            _say(f"{name} is not there.")
    if not wanted or _is_meant(GENERATED.name, wanted):
        if not GENERATED.is_file():
            _say("Generating the election of a million voters (once)…")
            size = (str(GENERATED_VOTERS), str(GENERATED_PROJECTS))
            subprocess.run([sys.executable, "-m", "benchmarks.generated", str(GENERATED), *size], cwd=ROOT, check=True)
        yield GENERATED


def _is_meant(name: str, wanted: list[str]) -> bool:
    return any(part.lower() in name.lower() for part in wanted)


def _engines(with_oracle: bool, oracle_python: Path) -> Iterator[Engine]:
    yield Engine("ours", (sys.executable, "benchmarks.ours"), machine.our_version(ROOT))
    if not with_oracle:
        return
    if not oracle_python.is_file():
        raise SystemExit("The environment of pabutools is not there: run bin/benchmark, or say --no-oracle.")
    for name, numbers in (("exact", "gmpy2"), ("float", "float")):
        command = (str(oracle_python), "benchmarks.oracle", "--numbers", numbers)
        yield Engine(name, command, _versions(Engine(name, command, "")))


def _versions(engine: Engine) -> str:
    done = engine.call("versions")
    if done.returncode:
        raise SystemExit(done.stderr)
    return str(json.loads(done.stdout)["versions"])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/benchmark", description=__doc__)
    folder = Path(os.environ.get("BUURTBEGROTING_REAL_DATA", ROOT / "../shared/data"))
    parser.add_argument(
        "--only", metavar="TEXT", action="append", default=[], help="only files with this in their name"
    )
    parser.add_argument("--limit", type=float, default=120, help="CPU seconds for one count (120)")
    parser.add_argument("--memory", type=float, default=6, help="GB of address space for one process (6)")
    parser.add_argument("--again", action="store_true", help="measure anew what was measured before")
    parser.add_argument("--table", type=Path, metavar="PATH", help="also write the table to this file")
    parser.add_argument("--real-data", type=Path, metavar="DIR", default=folder, help="where pb/*.pb stands")
    parser.add_argument("--no-oracle", action="store_true", help="only our own engine")
    parser.add_argument("--oracle-python", type=Path, default=ORACLE_PYTHON, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    options = _options()
    RESULTS.parent.mkdir(exist_ok=True)
    engines = list(_engines(not options.no_oracle, options.oracle_python))
    files = list(_files(options.real_data.resolve() / "pb", options.only))
    known = {} if options.again else _known()
    run = Run(options.limit, options.memory, machine.description(), known)
    start, number, total = time.monotonic(), 0, len(files) * len(TASKS) * len(engines)
    rows = []
    for path in files:
        for task in TASKS:
            row = table.Row(path.stem, task, {})
            for engine in engines:
                number += 1
                row.answers[engine.name] = answer = run.measured(engine, path, task)
                took = f"{answer['seconds']:.4f} s" if answer["status"] == "done" else answer["status"]
                took += f" ({answer['why']})" if "why" in answer else ""
                elapsed = time.strftime("%H:%M:%S", time.gmtime(time.monotonic() - start))
                _say(f"[{number}/{total} {elapsed}] {path.stem[:40]} {task} {engine.name}: {took}")
            rows.append(row)
    versions = [_versions(engine) for engine in engines[:2]]
    page = table.page(rows, [machine.description(), *versions], engines[0].version, options.limit, options.memory)
    print(page)
    if options.table:
        options.table.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
