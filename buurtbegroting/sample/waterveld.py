"""The sample as a whole, in three sizes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from .ballots import SampleBallots, ballots
from .plans import SampleProposal, plans
from .rounds import SampleRound, SampleTheme, past_rounds, rounds, themes
from .town import Town, town


class Size(enum.StrEnum):
    """S for a demo, M for trying, L for load: 5,000 plans and 50,000 ballots."""

    S = "S"
    M = "M"
    L = "L"


@dataclass(frozen=True)
class Sample:
    """Everything the invented municipality holds on one day."""

    town: Town
    themes: tuple[SampleTheme, ...]
    rounds: tuple[SampleRound, ...]
    proposals: tuple[SampleProposal, ...]
    ballots: tuple[SampleBallots, ...]


@dataclass(frozen=True)
class _Numbers:
    """How much larger than the hand-written sample: extra plans per round, past years, ballots."""

    extra: int = 0
    years: int = 0
    past_extra: int = 0
    past_ballots: int = 0
    factor: int = 1


_NUMBERS = {
    Size.S: _Numbers(),
    Size.M: _Numbers(extra=90, years=2, past_extra=30, past_ballots=1_171, factor=3),
    Size.L: _Numbers(extra=330, years=8, past_extra=69, past_ballots=814, factor=3),
}


def waterveld(size: Size, today: date, seed: int = 1) -> Sample:
    """Return Waterveld as it stands on a day: same size, day and seed, same sample."""
    numbers = _NUMBERS[size]
    present = rounds(today)
    past = tuple(past_rounds(today, numbers.years, numbers.past_ballots))
    noon = datetime.combine(today, time(12), tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)
    begun = [one for one in present if one.phase("propose").starts_at <= noon]
    extra = {one.key: numbers.extra for one in begun} | {one.key: numbers.past_extra for one in past}
    every = (*present, *past)
    proposals = plans(every, today, seed, extra)
    return Sample(town(), themes(), every, proposals, ballots(every, proposals, noon, seed, numbers.factor))
