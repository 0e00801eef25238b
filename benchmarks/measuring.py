"""What the processes of both engines share: limits, time, memory, and one line of JSON as their answer."""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

FILLED_SECONDS = 0.2
MAX_RUNS = 1000

Input = TypeVar("Input")
Result = TypeVar("Result")
Answer = dict[str, Any]


class TimeUpError(BaseException):
    """The limit on CPU time was reached; no ``except Exception`` on the way may keep it."""


def _time_up(_signal: int, _frame: object) -> None:
    raise TimeUpError


def timed(work: Callable[[Input], Result], fresh: Callable[[], Input], limit: float) -> tuple[Result, Answer]:
    """Return the result, and the median CPU seconds of a run; short work is repeated until it fills 0.2 seconds.

    ``fresh`` makes the input of each run and is not timed, so that nothing remembered from the run before helps.
    """
    seconds: list[float] = []
    while not seconds or (sum(seconds) < FILLED_SECONDS and len(seconds) < MAX_RUNS):
        given = fresh()
        signal.setitimer(signal.ITIMER_PROF, limit)
        try:
            start = _cpu_seconds()
            result = work(given)
            seconds.append(_cpu_seconds() - start)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return result, {"seconds": median(seconds), "runs": len(seconds)}


def _cpu_seconds() -> float:
    # While the timer of the limit runs, Linux answers time.process_time in steps of milliseconds; this stays exact.
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mb() -> int:
    """Return the most memory that this process has had."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def answer(engine: Callable[[argparse.Namespace], Answer]) -> None:
    """Run one task of an engine as the command line says, within its limits, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("task")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--limit", type=float, default=120)
    parser.add_argument("--memory", type=float, default=6, help="in GB")
    parser.add_argument("--numbers", default="gmpy2")
    options = parser.parse_args()
    size = int(options.memory * 1024**3)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    signal.signal(signal.SIGPROF, _time_up)
    try:
        body = {"status": "done", **engine(options)}
    except TimeUpError:
        body = {"status": "over time"}
    except MemoryError:
        body = {"status": "out of memory"}
    json.dump({"peak_mb": peak_mb(), **body}, sys.stdout)
