"""What is odd about a file: sentences with a weight and a line, of each kind a few."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass, field

from buurtbegroting.civic.reasons import Reason, _r

# Of one kind so many lines are named; the rest is a number.
SHOWN_OF_A_KIND = 5


class Level(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # cannot be counted
    WARNING = "warning"  # the file contradicts itself, or breaks its own rules
    REMARK = "remark"  # good to know


@dataclass(frozen=True)
class Finding:
    """One thing that is odd; ``line`` is where, when it is about one line."""

    level: Level
    reason: Reason
    line: int | None = None

    def __str__(self) -> str:
        return str(
            self.reason if self.line is None else _r("line %(line)s: %(what)s", line=self.line, what=self.reason)
        )


@dataclass
class Findings:
    """Collects what is found; findings of one kind share their sentence, and differ in its facts."""

    found: list[Finding] = field(default_factory=list)
    _times: Counter[str] = field(default_factory=Counter)
    _levels: dict[str, Level] = field(default_factory=dict)

    def error(self, reason: Reason, line: int | None = None) -> None:
        """Tell of what keeps the file from being counted."""
        self._add(Level.ERROR, reason, line)

    def warning(self, reason: Reason, line: int | None = None) -> None:
        """Tell of a contradiction."""
        self._add(Level.WARNING, reason, line)

    def remark(self, reason: Reason, line: int | None = None) -> None:
        """Tell of what is good to know."""
        self._add(Level.REMARK, reason, line)

    @property
    def has_errors(self) -> bool:
        """Whether the file cannot be counted."""
        return Level.ERROR in self._levels.values()

    def in_order(self) -> tuple[Finding, ...]:
        """Return what was found, what matters most first; after many of one kind, how many more there are."""
        last = {each.reason.msgid: place for place, each in enumerate(self.found)}
        every: list[Finding] = []
        for place, each in enumerate(self.found):
            every.append(each)
            more = self._times[each.reason.msgid] - SHOWN_OF_A_KIND
            if more > 0 and last[each.reason.msgid] == place:
                every.append(Finding(each.level, _r("… and %(more)s more of this kind.", more=more)))
        return tuple(sorted(every, key=lambda each: list(Level).index(each.level)))

    def _add(self, level: Level, reason: Reason, line: int | None) -> None:
        self._times[reason.msgid] += 1
        self._levels[reason.msgid] = level
        if self._times[reason.msgid] <= SHOWN_OF_A_KIND:
            self.found.append(Finding(level, reason, line))
