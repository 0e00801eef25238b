"""The state diagrams in the docs are those of the code."""

from __future__ import annotations

from buurtbegroting.blueprints.assessment.states import MACHINE as ASSESSMENT
from buurtbegroting.blueprints.conversations.states import COMMENT
from buurtbegroting.blueprints.insight.states import IMPORT
from buurtbegroting.blueprints.proposals.states import MACHINE, MERGING
from buurtbegroting.foundation import paths

PAGE = paths.ROOT / "docs" / "states.md"


def diagrams() -> str:
    """Write every transition table as a Mermaid diagram."""
    parts = {
        "Proposal": MACHINE,
        "Merge request": MERGING,
        "Assessment": ASSESSMENT,
        "Comment": COMMENT,
        "Import of spending": IMPORT,
    }
    shown = [f"## {name}\n\n```mermaid\n{machine.diagram()}\n```\n" for name, machine in parts.items()]
    return "# States\n\n" + "\n".join(shown)


def test_the_diagrams_are_fresh() -> None:
    assert PAGE.read_text() == diagrams(), "run: python -m tests.guards.test_states"


if __name__ == "__main__":
    PAGE.write_text(diagrams())
