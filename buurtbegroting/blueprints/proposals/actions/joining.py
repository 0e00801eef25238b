"""What comes of two plans whose authors all agreed: one goes on with what both had, the other says where it went."""

from __future__ import annotations

from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.municipalities.queries import this_municipality
from buurtbegroting.civic.actors import Actor
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db

from .. import queries
from ..models import WRITTEN, Authorship, MergeRequest, Proposal
from ..notices import JOINED_UP, MERGED, plan_facts, to_authors
from ..queries.support import lists_of, supports_of
from ..states import MACHINE, ProposalState
from .answering import give_turn
from .history import keep_version
from .settling import settled, wijk_of


def join_plans(merge: MergeRequest) -> Proposal:
    """Make two plans one, inside the running deed: the municipality looks again when the text is another."""
    stays, goes = merge.plans
    goes.state_name = MACHINE.move(goes.state, "merge").value
    goes.merged_into = stays
    goes.invitation_hash = ""
    # What was said stays to be read; who wants to say more does so with the plan that goes on.
    goes.thread.is_open = False
    give_turn(goes, "", None, None)
    _join_authors(stays, goes)
    _join_support(stays, goes)
    _join_text(merge)
    db.session.flush()
    keep_version(stays, merged_number=goes.number)
    told = [each.person for each in stays.authorships]
    for to in to_authors(told):
        outbox.send(db.session(), JOINED_UP, to, **plan_facts(stays), other_title=goes.title, other_number=goes.number)
    outbox.announce(db.session(), MERGED, number=goes.number)
    return stays


def _join_authors(stays: Proposal, goes: Proposal) -> None:
    now, known = clock.now(db.session()), stays.author_ids
    for each in goes.authorships:
        if str(each.person_id) not in known:
            stays.authorships.append(
                Authorship(
                    person=each.person, person_id=each.person_id, since=now, says_old_enough=each.says_old_enough
                )
            )
            follow(Actor(id=str(each.person_id)), "plan", stays.number)
    names = [name for plan in (stays, goes) for name in plan.author.split(", ") if name]
    joined = ", ".join(dict.fromkeys(names))
    if len(joined) <= Proposal.author.type.length:
        stays.author = joined


def _join_support(stays: Proposal, goes: Proposal) -> None:
    known = {each.person_id for each in supports_of(stays)}
    for each in supports_of(goes):
        if each.person_id in known:
            db.session.delete(each)
        else:
            each.proposal_id = stays.id
    for signed in lists_of(goes):
        signed.proposal_id = stays.id


def _join_text(merge: MergeRequest) -> None:
    stays = merge.proposal
    before, kept = stays.written, settled(stays.round, merge.content, stays.written)
    changed = [name for name in WRITTEN if name in kept and kept[name] != before[name]]
    for name in changed:
        setattr(stays, name, kept[name])
    if "buurt_code" in changed:
        stays.wijk_code = wijk_of(stays.buurt_code, stays.pot)
    if changed and stays.state is not ProposalState.SUBMITTED:
        today = clock.local_day(clock.now(db.session()))
        stays.state_name = MACHINE.move(stays.state, "ask again").value
        give_turn(stays, f"Gemeente {this_municipality().name}", today, queries.answer_due(today))
