"""The quick versions of what the scripts here do at length, in one process."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.factories.towns import Town
from tests.load import boundary, secrecy
from tests.load.votes import begin

pytestmark = pytest.mark.both_engines


@pytest.mark.parametrize("is_poll", [False, True])
def test_a_thief_of_the_database_finds_ballots_by_chance_alone(town: Town, tmp_path: Path, *, is_poll: bool) -> None:
    found = secrecy.run(100, 1, tmp_path, is_poll=is_poll)
    assert found.is_kept, found


def test_no_ballot_is_received_at_the_end_or_after_it(town: Town) -> None:
    found = boundary.still(begin(), 60, random.Random(1))
    assert found.is_kept, found
