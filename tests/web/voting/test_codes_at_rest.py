"""A code stands in a letter and nowhere else: not in the database, not in its files, not with who typed it."""

from __future__ import annotations

from pathlib import Path

from buurtbegroting.foundation.database import db, read_anew
from tests.factories.towns import Town
from tests.factories.voting import make_vote, make_voter
from tests.pages import CheckedClient
from tests.web.voting.test_booth import Voter


def test_no_plain_code_is_in_the_files_of_the_database(client: CheckedClient, town: Town) -> None:
    round_ = make_vote()
    codes = [make_voter(round_) for _ in range(5)]
    for code in codes[:2]:
        Voter(client, round_).come(code)
    read_anew(db.session())
    folder = Path(str(db.engine.url.database)).parent
    kept = b"".join(path.read_bytes() for path in folder.glob("town.sqlite3*"))
    for code in codes:
        plain = code.replace("-", "")
        assert plain[:5].encode() in kept
        assert plain[5:15].encode() not in kept
        assert code.encode() not in kept
