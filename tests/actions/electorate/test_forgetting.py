"""Names and addresses of voters are forgotten when nobody can object any more."""

from __future__ import annotations

from datetime import timedelta

from buurtbegroting.blueprints.electorate import queries
from buurtbegroting.blueprints.electorate.personal import KEPT, clean_addresses
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db, transaction
from tests.factories.towns import Town
from tests.factories.voting import end_vote, make_entry, make_vote


def test_addresses_go_after_their_term_and_the_number_of_voters_stays(town: Town) -> None:
    round_ = make_vote()
    make_entry(round_, address_sealed="x", place="y", identity="z")
    end_vote(round_)
    now = clock.now(db.session())
    with transaction(db.session()):
        assert clean_addresses(now) == 0
        assert clean_addresses(now + KEPT + timedelta(days=8)) == 1
    (entry,) = queries.entries_of(round_.id)
    assert (entry.address_sealed, entry.place, entry.identity) == (None, None, None)
