"""What if: the same election with one thing changed, to be counted by the same engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from .ballots import Ballots
from .elections import Election
from .supporters import most_choices


def with_budget(election: Election, budget: Fraction) -> Election:
    """Return the election with another pot."""
    return replace(election, budget=budget)


def with_costs(election: Election, costs: Mapping[str, Fraction]) -> Election:
    """Return the election with other costs of some projects."""
    changed = {id_: replace(election.project(id_), cost=cost) for id_, cost in costs.items()}
    return replace(election, projects=tuple(changed.get(each.id, each) for each in election.projects))


def without(election: Election, dropped: Collection[str]) -> Election:
    """Return the election without some projects: who had chosen only those cast a blank ballot now."""
    gone = {election.project(id_) for id_ in dropped}
    kept = [number for number, each in enumerate(election.projects) if each not in gone]
    place = np.full(len(election.projects), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    ballots = election.ballots
    stays = place[ballots.chosen] >= 0
    lengths = np.bincount(ballots.groups_of_choices()[stays], minlength=len(ballots))
    exclusive = tuple(ids - set(dropped) for ids in election.exclusive)
    return replace(
        election,
        projects=tuple(election.projects[number] for number in kept),
        ballots=replace(
            ballots,
            starts=np.concatenate(([0], np.cumsum(lengths))),
            chosen=place[ballots.chosen[stays]],
            points=None if ballots.points is None else ballots.points[stays],
        ),
        exclusive=tuple(ids for ids in exclusive if len(ids) > 1),
        max_choices=most_choices(election) or None,
    )


def with_supporters(election: Election, project_id: str, count: int) -> Election:
    """Return the election with more voters, who want this one project only.

    Where points are given, each gives it as many as anybody gave to one project.
    """
    ballots, number = election.ballots, election.projects.index(election.project(project_id))
    channels, channel = ballots.channels, ballots.channel
    if channel is not None:
        channels = channels if "" in channels else (*channels, "")
        channel = np.append(channel, channels.index(""))
    most = ballots.scale if ballots.points is None else max(1, int(ballots.points.max(initial=1)))
    changed = Ballots(
        sizes=np.append(ballots.sizes, count),
        starts=np.append(ballots.starts, ballots.starts[-1] + 1),
        chosen=np.append(ballots.chosen, number),
        points=None if ballots.points is None else np.append(ballots.points, most),
        scale=ballots.scale,
        channels=channels,
        channel=channel,
    )
    return replace(election, ballots=changed)
