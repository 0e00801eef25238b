"""What of rounds can be followed."""

from __future__ import annotations

from collections.abc import Sequence

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.pages import slug
from buurtbegroting.web.subjects import Subject, SubjectKind

from . import queries
from .models import Round


def _round(number: str) -> Subject | None:
    found = queries.round_by_number(number)
    return _subject(found) if found and found.state == "published" else None


def _subject(round_: Round) -> Subject:
    address = {"number": round_.number, "name": slug(round_.title)}
    return Subject("ronde", round_.number, round_.title, "rounds.round_", address)


def _rounds() -> Sequence[Subject]:
    return [_subject(each) for each in queries.published_rounds()]


KINDS = {"ronde": SubjectKind(_r("Round"), _round, _rounds)}
