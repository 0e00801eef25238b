"""One task of our own engine, in a process of its own."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.measuring import Answer, answer, timed
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib, rules
from buurtbegroting.counting.count import count
from buurtbegroting.counting.elections import Election

METHODS: dict[str, dict[str, str]] = {
    "equal-shares": {"rule": "equal-shares", "completion": "none"},
    "add1": {"rule": "equal-shares", "completion": "add1"},
    "add1u": {"rule": "equal-shares", "completion": "add1u"},
    "greedy": {"rule": "greedy"},
    "phragmen": {"rule": "phragmen"},
}


def run(options: argparse.Namespace) -> Answer:
    """Read or count the file that the options name."""
    if options.task == "versions":
        return {"versions": f"NumPy {np.__version__}"}
    if options.task == "read":
        election, measured = timed(_read, lambda: options.file, options.limit)
        _, least = timed(_split, lambda: options.file, options.limit)
        return {**measured, "split_seconds": least["seconds"], **_size(election)}
    election = _read(options.file)
    try:
        method = rules.method(election.ballot_type, **METHODS[options.task])
        # A copy has nothing remembered but what reading leaves behind.
        outcome, measured = timed(lambda each: count(each, method), lambda: replace(election), options.limit)
    except Invalid as refusal:
        return {"status": "not offered", "why": str(refusal)}
    return {**measured, "winners": sorted(outcome.winners)}


def _read(path: Path) -> Election:
    return pabulib.read(path).election()


def _split(path: Path) -> Counter[bytes]:
    """The least that reading could be: every line split, and equal votes counted, with nothing checked."""
    lines = path.read_bytes().split(b"\n")
    start = next(place for place, line in enumerate(lines) if line.strip().upper() == b"VOTES")
    vote = lines[start + 1].strip().split(b";").index(b"vote")
    return Counter(line.split(b";")[vote] for line in lines[start + 2 :] if line)


def _size(election: Election) -> Answer:
    return {
        "voters": election.voters,
        "projects": len(election.projects),
        "ballots": election.ballot_type.value,
        "different": len(election.ballots),
    }


if __name__ == "__main__":
    answer(run)
