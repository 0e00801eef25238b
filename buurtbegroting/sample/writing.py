"""Plans that the invented people are still writing, and one that was changed after it was handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals.actions.supporting import Signatures, enter_support_list, support
from buurtbegroting.blueprints.proposals.actions.writing import change_proposal
from buurtbegroting.blueprints.proposals.models import WRITTEN, Authorship, Proposal, ProposalDraft
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Round, Rulebook
from buurtbegroting.civic.actors import Actor, Role, RoleName, Verification
from buurtbegroting.civic.phases import Act, allows
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from .photos import fill_photos
from .waterveld import Sample


def fill_writing(sample: Sample, rounds: Mapping[str, Round], people: Sequence[Person]) -> None:
    """Give people the drafts of the sample, and let one of them change a plan that is in."""
    by_name = {person.name: person for person in people}
    fatima, gerrit = by_name["Fatima"], by_name["Gerrit de Vries"]
    today = clock.local_day(clock.now(db.session()))
    drafts = [each for each in sample.proposals if each.state == "draft"]
    for place, each in enumerate(drafts):
        content = {name: getattr(each, name) for name in WRITTEN if hasattr(each, name)}
        writer = gerrit if place else fatima
        db.session.add(
            ProposalDraft(person_id=writer.id, round_id=rounds[each.round_number].id, content=content, changed_on=today)
        )
    _change_a_plan(fatima, [each for each in people if each is not fatima])


def fill_support(plan: Proposal, people: Sequence[Person]) -> None:
    """Let people support a plan, on the site and on paper."""
    for each in people[:4]:
        support(Actor(id=str(each.id), verification=Verification.EMAIL), plan)
    clerk = Actor(id="sample", roles=frozenset({Role(RoleName.PAPER_CLERK)}))
    enter_support_list(clerk, plan, Signatures(9, 2, "Eén handtekening stond er twee keer, één is niet van hier."))


def _change_a_plan(author: Person, people: Sequence[Person]) -> None:
    """Let somebody be the author of the newest plan that asks for support, and change it."""
    now = clock.now(db.session())
    query = select(Proposal).where(Proposal.state_name == ProposalState.SUBMITTED).order_by(Proposal.number.desc())
    query = query.join(Proposal.round).join(Round.rulebook).where(Rulebook.support_needed.is_not(None))
    whole = (joinedload(Proposal.round).selectinload(Round.phases), selectinload(Proposal.authorships))
    for plan in db.session.scalars(query.options(*whole)):
        if plan.round.state == "published" and allows(plan.round.phases, Act.CHANGE, now):
            plan.authorships.append(Authorship(person_id=author.id, since=now))
            plan.author = author.public_name
            db.session.flush()
            longer = f"{plan.what}\n\nWij vegen het zelf, elke zaterdag."
            answers = {"what": longer, "cost_cents": plan.cost_cents + 5000}
            fill_photos(plan, author)
            fill_support(plan, people)
            note = "De buren vroegen wie het schoonhoudt."
            change_proposal(Actor(id=str(author.id)), plan, answers, note, plan.version)
            return
