"""What the desk shows on the page of a plan."""

from __future__ import annotations

from typing import Any

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.web.signing_in import current_actor

from .policy import may_agree_with_amount, may_ask_second_look, may_see_card
from .queries import cards
from .queries.standing import questions_about, rivals_of, standing_of


def on_plan(proposal: Proposal) -> dict[str, Any]:
    """Return what was published about a plan, what was asked, and what it cannot be carried out with."""
    is_author = current_actor().person_id in proposal.author_ids
    return {
        "standing": standing_of(proposal),
        "questions": questions_about(proposal, is_author=is_author),
        "rivals": rivals_of(proposal),
        "may_ask": may_ask_second_look,
        "may_agree": may_agree_with_amount,
    }


def for_authors(proposal: Proposal) -> dict[str, Any] | None:
    """Return what the authors of a plan were asked and did not answer yet; nothing for others."""
    if current_actor().person_id not in proposal.author_ids:
        return None
    asked = [each for each in questions_about(proposal, is_author=True) if each.answered_on is None]
    standing = standing_of(proposal)
    is_amount_open = standing.open_amount is not None
    return (
        {"questions": asked, "standing": standing, "may_agree": may_agree_with_amount}
        if asked or is_amount_open
        else None
    )


def for_desk(proposal: Proposal) -> dict[str, Any] | None:
    """Return the card of a plan to who may see it."""
    actor = current_actor()
    if not actor.roles:
        return None
    card = cards.card_of(proposal.number)
    return {"card": card, "may_see": may_see_card} if card else None
