"""Who hears what of the desk, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.blueprints.conversations.notices import way_out
from buurtbegroting.blueprints.conversations.queries import followers
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.notices import plan_facts
from buurtbegroting.blueprints.proposals.queries import proposal_by_number
from buurtbegroting.blueprints.proposals.states import PUBLIC
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from .models import Assessment
from .queries.standing import standing_of

ASSIGNED = "assessment:assigned"
REMINDER = "assessment:reminder"
HEARD = "assessment:heard"
QUESTION = "assessment:question"
PUBLISHED = "assessment:published"
NEWS = "assessment:news"
OWNER = "assessment:owner"

ANSWERED = "assessment:proposal answered"

NOTICES = (
    Notice(ASSIGNED, _r("Will you look at these plans?"), "assessment/mail/assigned.txt"),
    Notice(REMINDER, _r("These plans wait for your answer"), "assessment/mail/reminder.txt"),
    Notice(HEARD, _r("You can go on with this plan: %(title)s"), "assessment/mail/heard.txt"),
    Notice(QUESTION, _r("A question about your plan: %(title)s"), "assessment/mail/question.txt"),
    Notice(PUBLISHED, _r("The answer to your plan: %(title)s"), "assessment/mail/published.txt"),
    Notice(NEWS, _r("The municipality answered this plan: %(title)s"), "assessment/mail/news.txt"),
    Notice(OWNER, _r("Will you look at a plan of residents? %(title)s"), "assessment/mail/owner.txt"),
)


def as_items(cards: Iterable[Assessment]) -> list[list[str]]:
    """Return cards as a message lists them: title, number of the plan, last day."""
    return [[each.proposal.title, each.proposal.number, each.due.isoformat()] for each in cards]


def to_authors(plan: Proposal) -> Iterator[tuple[Recipient, dict[str, Any]]]:
    """Yield how the authors of a plan hear of it, at once: on the site, and by mail or letter."""
    for authorship in plan.authorships:
        for to in hearers(authorship.person, is_news=False):
            yield to, plan_facts(plan)


def tell_followers(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told that the municipality answered a plan: who follows it and did not write it."""
    plan = proposal_by_number(number)
    if plan is None or plan.state not in PUBLIC:
        return
    newest = standing_of(plan).newest
    if newest is None:
        return
    said = {"verdict": newest.content["verdict"], "reason": newest.content["reason"]}
    for follow in followers("plan", plan.number):
        if str(follow.person_id) not in plan.author_ids:
            for to in hearers(follow.person, is_news=True):
                yield NEWS, to, plan_facts(plan) | said | {"way_out": way_out(follow)}


EVENTS = {ANSWERED: tell_followers}
