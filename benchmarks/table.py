"""What was measured, as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

TITLES = {
    "read": "reading",
    "equal-shares": "equal shares",
    "add1": "equal shares, Add1",
    "add1u": "equal shares, Add1, greedy",
    "greedy": "greedy",
    "phragmen": "Phragmén",
}
MILLISECONDS_BELOW = 0.1
WAYS = {"one by one": "", "equal ballots together": " ·"}


@dataclass(frozen=True)
class Row:
    """One task on one file, and what each engine answered."""

    file: str
    task: str
    answers: dict[str, dict[str, Any]]


def page(rows: Sequence[Row], versions: Sequence[str], commit: str, limit: float, memory: float) -> str:
    """Return the page: what was measured on what, and two tables."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    lines = [
        "# How fast the count is",
        "",
        "Made by `bin/benchmark --table docs/benchmarks.md`.",
        "",
        f"Measured on {today} on {'; '.join(versions)}. Our engine is that of commit {commit}.",
        "",
        "CPU seconds (user and system) of one count in a process of its own, without the start of Python and without "
        "reading the file, which is a task of its own. A count that takes less than 0.2 s is repeated until that time "
        "is filled, and the median stands here; a longer one is measured once. MB is the highest memory of the whole "
        "process. `×` is how many times as long as our engine; `>` where the other did not finish. `✓` says that the "
        "winners are the same as ours, `✗` that they are not. "
        f"`over {limit:g} s` and `over {memory:g} GB` are the limits of this run, and not the time or memory needed.",
        "",
        "Not the same work is compared: ours includes every step, the reason for every loser, and the hash of the "
        "election; pabutools returns the winners. Its parser keeps every column, ours checks what it reads. pabutools "
        "counts every file in the faster of two ways, ballots one by one or equal ballots together (marked `·`; taking "
        "them together is not timed). Exact is with fractions (gmpy2), float with floating point, which "
        "may go wrong in ties. It is one machine, with whatever else ran on it; waiting for the disk, energy, and "
        "several counts at once are not measured.",
        "",
        *_counts(rows),
        "",
        "## Reading",
        "",
        "The least that reading could be is `bytes.split` per line and a `Counter` over the votes, with nothing "
        "checked and nothing made of them.",
        "",
        *_reading(rows),
    ]
    return "\n".join(lines) + "\n"


def _counts(rows: Sequence[Row]) -> Iterator[str]:
    yield "| election | task | ours | MB | exact | MB | × | | float | MB | × | |"
    yield "|---|---|--:|--:|--:|--:|--:|---|--:|--:|--:|---|"
    file = ""
    for row in rows:
        name = _name(row) if row.file != file else ""
        file = row.file
        ours = row.answers["ours"]
        cells = [name, TITLES[row.task], _time(ours), _peak(ours)]
        for engine in ("exact", "float"):
            other = row.answers.get(engine)
            if other is None:
                cells += ["", "", "", ""]
            else:
                cells += [_time(other), _peak(other), _ratio(ours, other), _agreement(ours, other)]
        yield f"| {' | '.join(cells)} |"


def _name(row: Row) -> str:
    size = row.answers["ours"]
    words = row.file.replace("_", " ")
    if "voters" not in size:
        return words
    return f"{words}: {size['voters']:,} × {size['projects']}, {size['ballots']}, {size['different']:,} different"


def _time(answer: dict[str, Any]) -> str:
    if answer["status"] == "over time":
        return f"over {answer['limit']:g} s"
    if answer["status"] == "out of memory":
        return f"over {answer['memory']:g} GB"
    if answer["status"] != "done":
        return str(answer["status"])
    return _seconds(answer["seconds"]) + WAYS[answer.get("way", "one by one")]


def _seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds >= MILLISECONDS_BELOW else f"{seconds * 1000:.3g} ms"


def _peak(answer: dict[str, Any]) -> str:
    return f"{answer['peak_mb']:,}" if answer["status"] == "done" else ""


def _ratio(ours: dict[str, Any], other: dict[str, Any]) -> str:
    if ours["status"] != "done" or other["status"] not in ("done", "over time"):
        return ""
    if other["status"] == "over time":
        return f"> {_times(other['limit'] / ours['seconds'])}"
    return _times(other["seconds"] / ours["seconds"])


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _agreement(ours: dict[str, Any], other: dict[str, Any]) -> str:
    if "winners" not in ours or "winners" not in other:
        return ""
    return "✓" if ours["winners"] == other["winners"] else "✗"


def _reading(rows: Sequence[Row]) -> Iterator[str]:
    yield "| election | ours | split and count | × |"
    yield "|---|--:|--:|--:|"
    for row in rows:
        ours = row.answers["ours"]
        if row.task == "read" and ours["status"] == "done":
            ratio = _times(ours["seconds"] / ours["split_seconds"])
            yield f"| {row.file.replace('_', ' ')} | {_time(ours)} | {_seconds(ours['split_seconds'])} | {ratio} |"
