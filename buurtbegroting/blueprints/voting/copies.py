"""A voter's own copy of a ballot: what was chosen, and how anybody can see that the board stands for it."""

from __future__ import annotations

import re

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid

from . import secrecy
from .ballot_paper import BallotPaper
from .models import Ballot

LEAF = re.compile(r"\b[0-9a-f]{64}\b")
# The line of a copy from which the check number is made.
WHOLE = re.compile(r"bb1\|[0-9a-f-]{36}\|[0-9A-Z]{16}\|[0-9a-f]{32}\|\[.*\]")


def copy_of(title: str, paper: BallotPaper, ballot: Ballot) -> str:
    """Return the copy as a text in Dutch; its line that begins with ``bb1`` is what the check number is made of."""
    titles = {each.key: each.title for each in paper.options}
    choices = secrecy.choices_in(ballot.payload)
    chosen = [f"- {titles[key]}" + (f": {points} punten" if paper.has_points else "") for key, points in choices] or [
        "- blanco"
    ]
    whole = f"bb1|{ballot.pot_id}|{ballot.track}|{ballot.nonce}|{ballot.payload}"
    leaf = secrecy.leaf_of(str(ballot.pot_id), ballot.track, ballot.nonce, ballot.payload)
    return "\n".join(
        [
            f"Uw eigen kopie. {title}",
            "Wie dit leest, ziet wat u koos. Bewaar het goed, of gooi het weg.",
            "",
            "U koos:",
            *chosen,
            "",
            f"Bonnummer: {ballot.track}",
            f"Controlenummer: {leaf}",
            "",
            "Het controlenummer is SHA-256 van de regel hieronder:",
            whole,
            "",
        ]
    )


def leaf_meant(text: str) -> tuple[str, str | None]:
    """Return the leaf that somebody looks up, and the payload behind it when they pasted a whole copy.

    Raises Invalid when a check number stands in the text that the copy does not belong to, or when there is none.
    """
    written = LEAF.search(text.lower())
    if whole := WHOLE.search(text):
        _, pot_id, track, nonce, payload = whole[0].split("|", 4)
        leaf = secrecy.leaf_of(pot_id, track, nonce, payload)
        if written and written[0] != leaf:
            raise Invalid(_r("This copy was changed: its check number belongs to another ballot."))
        return leaf, payload
    if written is None:
        raise Invalid(_r("There is no check number in this. It has 64 figures and letters from a to f."))
    return written[0], None
