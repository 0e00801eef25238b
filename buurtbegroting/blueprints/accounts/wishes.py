"""What somebody may choose and fill in about themselves."""

from __future__ import annotations

from dataclasses import dataclass

from buurtbegroting.civic.reasons import _r

from .models import Channel, Rhythm

ADULT_AGE = 16

CHANNELS = {
    Channel.EMAIL: _r("By e-mail"),
    Channel.LETTER: _r("By letter"),
    Channel.NONE: _r("Only on this site"),
}
RHYTHMS = {
    Rhythm.AT_ONCE: _r("At once"),
    Rhythm.DAILY: _r("Once a day, everything together"),
    Rhythm.WEEKLY: _r("Once a week, everything together"),
    Rhythm.NEVER: _r("Not at all: I look on this site"),
}


@dataclass(frozen=True)
class NewPerson:
    """A name to be known by, a wijk, a language; the year of birth only of who is younger than 16."""

    name: str
    wijk_code: str | None
    born_in: int | None
    language: str
