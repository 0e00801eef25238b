"""A big election that nobody held: a million voters in groups of taste, two hundred projects, always the same."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

SEED = 20260101
GROUPS = 20
MAX_CHOICES = 20
ROWS_AT_ONCE = 20_000


def write(path: Path, voters: int, projects: int) -> None:
    """Write an approval election as a Pabulib file; about eight choices per voter."""
    random = np.random.default_rng(SEED)
    costs = (random.lognormal(10, 0.8, projects) / 500).astype(int) * 500 + 1000
    # Some projects are liked everywhere, and each group has its own.
    liking = random.normal(0, 1, projects) + random.normal(0, 1.5, (GROUPS, projects))
    names = np.array([str(number) for number in range(1, projects + 1)])
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(_head(costs, voters))
        for first in range(0, voters, ROWS_AT_ONCE):
            rows = min(ROWS_AT_ONCE, voters - first)
            # With Gumbel noise added, the best k are a draw of k without putting back, by weight of liking.
            wish = liking[random.integers(0, GROUPS, rows)] + random.gumbel(size=(rows, projects))
            best = np.argsort(-wish, axis=1)[:, :MAX_CHOICES]
            numbers = random.binomial(MAX_CHOICES, 0.4, rows).clip(1)
            for voter, (chosen, number) in enumerate(zip(best, numbers, strict=True), first + 1):
                file.write(f"{voter};{','.join(names[np.sort(chosen[:number])])}\n")
    part.replace(path)


def _head(costs: np.ndarray, voters: int) -> str:
    meta = {
        "description": "Generated",
        "num_projects": len(costs),
        "num_votes": voters,
        "budget": int(costs.sum()) // 4,
        "vote_type": "approval",
    }
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items()), "PROJECTS", "project_id;cost"]
    lines += [f"{number};{cost}" for number, cost in enumerate(costs.tolist(), 1)]
    return "\n".join([*lines, "VOTES", "voter_id;vote", ""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("voters", type=int)
    parser.add_argument("projects", type=int)
    options = parser.parse_args()
    write(options.path, options.voters, options.projects)
