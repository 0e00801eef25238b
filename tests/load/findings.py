"""What a run found: figures to know, and promises with how often each was broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import machine

NOT_RUN = 3


@dataclass
class Findings:
    """Figures by name, and how often each promise was broken; a promise that holds has 0."""

    figures: dict[str, object] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether every promise held."""
        return not any(self.broken.values())

    def __or__(self, other: Findings) -> Findings:
        return Findings(self.figures | other.figures, self.broken | other.broken)


def tell(findings: Findings) -> int:
    """Print what was found, on which machine; return the exit code."""
    for name, figure in findings.figures.items():
        print(f"{name}: {figure}")
    for name, count in findings.broken.items():
        print(f"{name}: {count} (promised: 0)")
    print(f"on {machine.description()}")
    return int(not findings.is_kept)


def milliseconds(seconds: Sequence[float]) -> str:
    """Return the median, the 95th percentile and the longest of some times."""
    ordered = sorted(seconds)
    if not ordered:
        return "none"
    of_all = [ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100], ordered[-1]]
    return "p50 {:.0f} ms, p95 {:.0f} ms, max {:.0f} ms".format(*(1000 * each for each in of_all))
