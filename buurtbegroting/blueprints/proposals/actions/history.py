"""How a plan came to read as it does: a version after every change, and words taken out of all of them."""

from __future__ import annotations

import re
from typing import Any

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.civic.verdicts import insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.deeds import deed

from .. import queries
from ..models import WRITTEN, Proposal, ProposalVersion
from ..policy import may_take_out_words

# What stands where personal data stood; the same in both languages, so that a version reads the same everywhere.
TAKEN_OUT = "[…]"
SHORTEST = 3


def keep_version(proposal: Proposal, note: str = "", merged_number: str = "") -> ProposalVersion:
    """Keep how a plan reads now as its next version, inside the running deed; it may have taken in another plan."""
    version = ProposalVersion(
        proposal_id=proposal.id,
        number=queries.last_version_number(proposal) + 1,
        content=proposal.written,
        note=note,
        merged_number=merged_number,
        made_at=clock.now(db.session()),
    )
    db.session.add(version)
    db.session.flush()
    return version


@deed("proposals:proposal:words taken out")
def take_out_words(actor: Actor, proposal: Proposal, words: str) -> Proposal:
    """Take somebody's name, address or other words out of a plan and all its versions.

    Raises Invalid for words that stand nowhere in it, or that are too short to be sure what goes.
    """
    insist(may_take_out_words(actor, proposal, clock.now(db.session())))
    if len(words) < SHORTEST:
        reason = _r("Fill in at least three signs, or too much would go.")
        raise Invalid(reason, {"words": reason})
    versions = queries.versions_of(proposal)
    before = [proposal.written, *(dict(each.content) for each in versions), {"author": proposal.author}]
    for name, text in _without(proposal.written, words).items():
        setattr(proposal, name, text)
    proposal.author = _clean(proposal.author, words)
    for each in versions:
        each.content, each.note = _without(each.content, words), _clean(each.note, words)
    after = [proposal.written, *(dict(each.content) for each in versions), {"author": proposal.author}]
    if before == after:
        reason = _r("These words do not stand in the plan or an earlier version. Look how they are spelled.")
        raise Invalid(reason, {"words": reason})
    if not proposal.title:
        proposal.title = TAKEN_OUT
    return proposal


# These are words of ours, not of the authors.
FIXED = frozenset({"carrier", "buurt_code"})


def _without(content: dict[str, Any], words: str) -> dict[str, Any]:
    kept = {name: content[name] for name in WRITTEN if name in content}
    texts = {name: _clean(text, words) for name, text in kept.items() if isinstance(text, str) and name not in FIXED}
    lines = [line | {"what": _clean(line["what"], words)} for line in kept.get("cost_lines", [])]
    return kept | texts | ({"cost_lines": lines} if lines else {})


def _clean(text: str, words: str) -> str:
    return re.sub(re.escape(words), TAKEN_OUT, text, flags=re.IGNORECASE)
