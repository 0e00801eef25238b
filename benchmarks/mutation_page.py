"""Which changes nobody noticed, as a Markdown page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from benchmarks.mutants import Mutant

VERDICTS = ("noticed", "out of time", "survived", "not reached")
MISSED = ("survived", "not reached")


def page(
    verdicts: Sequence[tuple[Mutant, str]], sources: Mapping[str, Sequence[str]], everything: int, commit: str
) -> str:
    """Return a table per module and a list of what survived, line by line."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    part = "every change" if everything == len(verdicts) else f"a part of the changes ({len(verdicts)} of {everything})"
    lines = [
        "# What the tests of the count notice",
        "",
        "Made by `bin/mutation --report docs/mutation.md`.",
        "",
        f"On {today} {part} in the modules below, as of commit {commit}, was tried: comparisons flipped or moved by "
        "one, arithmetic swapped, conditions turned round, numbers one higher, `min` for `max`, nothing returned, a "
        "refusal or a call left out. The fast tests in `tests/unit/counting` and `tests/property` ran on each, not the "
        "real elections, and not the command line, which has a process of its own. A change that runs out of time "
        "counts as noticed. What was noticed before tests were added was not tried again. Of what survived some is "
        "harmless: another way to the same outcome, or only slower. No test calls the function of a change that was "
        "not reached.",
        "",
        "Not tried: words in messages, types, and more than one change at once.",
        "",
        "| module | changes | noticed | out of time | survived | not reached | noticed % |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    ordered = sorted(verdicts, key=lambda each: (each[0].path, each[0].line, each[0].column))
    for path, group in groupby(ordered, key=lambda each: each[0].path):
        lines.append(_row(Path(path).name, Counter(verdict for _, verdict in group)))
    lines += [_row("together", Counter(verdict for _, verdict in verdicts)), "", "## Survived"]
    survived = [mutant for mutant, verdict in ordered if verdict in MISSED]
    for path, group in groupby(survived, key=lambda each: each.path):
        lines += ["", f"### {Path(path).name}", ""]
        lines += [_line(each, sources[path][each.line - 1].strip()) for each in group]
    return "\n".join(lines) + "\n"


def _row(name: str, counts: Counter[str]) -> str:
    total = counts.total()
    share = 100 * (total - sum(counts[verdict] for verdict in MISSED)) // total
    return f"| {name} | {total} | {' | '.join(str(counts[verdict]) for verdict in VERDICTS)} | {share} |"


def _line(mutant: Mutant, text: str) -> str:
    before, after = (" ".join(each.split()) for each in (mutant.before, mutant.after))
    where = "" if before in text and len(before) > len(text) // 2 else f" in `{text}`"
    return f"- {mutant.line}: `{before}` → `{after}`{where}"
