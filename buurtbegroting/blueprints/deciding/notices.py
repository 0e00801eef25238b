"""Who hears that a list is fixed, and what was decided about their plan."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from buurtbegroting.blueprints.accounts.notices import hearers
from buurtbegroting.blueprints.conversations.notices import way_out
from buurtbegroting.blueprints.conversations.queries import followers
from buurtbegroting.blueprints.proposals.queries import proposal_by_number
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation.outbox import Notice, Recipient

from . import queries

ON_THE_LIST = "deciding:on the list"
VERDICT = "deciding:verdict"

LIST_FIXED = "deciding:list fixed"
DECIDED = "deciding:meeting published"

NOTICES = (
    Notice(ON_THE_LIST, _r("The list is fixed: %(title)s"), "deciding/mail/list.txt"),
    Notice(VERDICT, _r("The decision about %(title)s"), "deciding/mail/verdict.txt"),
)


def tell_of_list(number: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told that a list is fixed: who follows the round, and who wrote a plan on it."""
    round_ = round_by_number(number)
    if round_ is None:
        return
    facts = {"title": round_.title, "number": number}
    told = set()
    for follow in followers("ronde", number):
        told.add(follow.person_id)
        for to in hearers(follow.person, is_news=True):
            yield ON_THE_LIST, to, facts | {"way_out": way_out(follow)}
    for listed in queries.plans_on_list(round_):
        plan = proposal_by_number(listed.number)
        for authorship in plan.authorships if plan else ():
            if authorship.person_id not in told:
                told.add(authorship.person_id)
                for to in hearers(authorship.person, is_news=False):
                    yield ON_THE_LIST, to, facts


def tell_of_decision(meeting_id: str) -> Iterator[tuple[str, Recipient, dict[str, Any]]]:
    """Yield who is told what was decided about a plan: who wrote it, and who follows it."""
    meeting = queries.meeting_by_id(uuid.UUID(meeting_id))
    if meeting is None or meeting.published_at is None:
        return
    for verdict in meeting.verdicts:
        plan = proposal_by_number(verdict.proposal.number)
        if plan is None:
            continue
        facts = {
            "title": plan.title,
            "number": plan.number,
            "verdict": verdict.verdict,
            "text": verdict.reason,
            "body": meeting.body,
        }
        authors = {each.person_id for each in plan.authorships}
        for authorship in plan.authorships:
            for to in hearers(authorship.person, is_news=False):
                yield VERDICT, to, facts
        for follow in followers("plan", plan.number):
            if follow.person_id not in authors:
                for to in hearers(follow.person, is_news=True):
                    yield VERDICT, to, facts | {"way_out": way_out(follow)}


EVENTS = {LIST_FIXED: tell_of_list, DECIDED: tell_of_decision}
