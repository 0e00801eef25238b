"""What of rounds can be followed."""

from __future__ import annotations

from collections.abc import Sequence

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.i18n import language
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


def _theme(slug_: str) -> Subject | None:
    return next((each for each in _themes() if each.key == slug_), None)


def _themes() -> Sequence[Subject]:
    """Return the themes; the page of a theme is the list of its plans."""
    is_dutch = language() == "nl"
    return [
        Subject(
            "thema",
            each.slug,
            each.name_nl if is_dutch else each.name_en,
            "proposals.proposals",
            {"onderwerp": each.slug},
        )
        for each in queries.themes()
    ]


KINDS = {
    "ronde": SubjectKind(_r("Round"), _round, _rounds),
    "thema": SubjectKind(_r("Subject"), _theme, _themes),
}
