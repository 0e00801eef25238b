"""The engine behind every transition table."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .reasons import _r
from .refusals import NotNow

S = TypeVar("S", bound=enum.StrEnum)


@dataclass(frozen=True)
class Machine(Generic[S]):
    """States and the named moves between them: ``moves[name] = (states it may start in, state it leads to)``."""

    initial: S
    moves: Mapping[str, tuple[frozenset[S], S]]

    def move(self, state: S, name: str) -> S:
        """Return the state that a move leads to; raise NotNow when it cannot start here."""
        sources, target = self.moves[name]
        if state not in sources:
            raise NotNow(_r("This cannot be done now: it is already %(state)s.", state=state.value))
        return target

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        for name, (sources, target) in self.moves.items():
            lines += [f"    {source.value} --> {target.value}: {name}" for source in sorted(sources)]
        return "\n".join(lines)
