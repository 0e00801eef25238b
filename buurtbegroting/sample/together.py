"""Plans that the invented people brought on paper, two that became one, and two that may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.proposals import queries
from buurtbegroting.blueprints.proposals.actions.entering import Paper, change_on_request, enter_from_paper
from buurtbegroting.blueprints.proposals.actions.merging import Wish, agree_merge, ask_merge
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import published_rounds
from buurtbegroting.civic.actors import Actor, Role, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind, phase_at
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

LEANING = {
    "title": "Leuning langs de trap naar de kade",
    "what": "Een stalen leuning aan één kant van de trap.",
    "why": "De trap is steil. Met natte stenen durf ik er niet meer af.",
    "for_whom": "Oudere bewoners en wie slecht loopt.",
    "cost_cents": 380_000,
    "carrier": "municipality",
}
SOUP = {
    "title": "Elke maand soep in het buurthuis",
    "what": "Iedere eerste vrijdag van de maand koken wij soep. Wie wil, eet mee.",
    "why": "Veel mensen in de straat eten altijd alleen.",
    "for_whom": "De hele buurt.",
    "cost_cents": 90_000,
    "carrier": "residents",
}
POND = {
    "title": "Veilig spelen bij de vijver",
    "what": "Een lage heg tussen de speeltuin en de vijver, met een poort die vanzelf dichtgaat.",
    "why": "Mijn kleinkinderen rennen zo naar het water.",
    "for_whom": "Kinderen en wie op hen past.",
    "cost_cents": 640_000,
    "carrier": "municipality",
}
TABLES = (
    {
        "title": "Picknicktafel in het park",
        "what": "Een houten picknicktafel onder de bomen.",
        "why": "Dan kunnen wij na school buiten eten.",
        "cost_cents": 160_000,
        "carrier": "municipality",
    },
    {
        "title": "Tafel en banken bij het grasveld",
        "what": "Een tafel met twee banken, ook voor wie in een rolstoel zit.",
        "why": "Er is nergens plek om samen te zitten.",
        "cost_cents": 210_000,
        "carrier": "municipality",
    },
)


def fill_together(people: Sequence[Person]) -> None:
    """Let a clerk type over plans from paper, and let authors make plans one, or ask for it."""
    now = clock.now(db.session())
    open_ = [each for each in published_rounds() if (on := phase_at(each.phases, now)) and on.kind is PhaseKind.PROPOSE]
    if not open_:
        return
    round_, by_name = open_[0], {person.name: person for person in people}
    _on_paper(round_)
    noor, wim = by_name["Noor"], by_name["Wim Jansen"]
    first, second = (
        _entered(round_, words, name=person.public_name, email=str(person.email))
        for words, person in zip(TABLES, (noor, wim), strict=True)
    )
    message = "Wij willen bijna hetzelfde. Samen vragen we minder geld."
    content = {"title": "Tafel in het park waar iedereen bij kan", "cost_cents": 240_000}
    merge = ask_merge(_as(noor), first, Wish(second.number, other_stays=False, message=message, content=content))
    agree_merge(_as(wim), merge)
    _ask_for_another(by_name["Fatima"], by_name["Gerrit de Vries"], round_)


def _as(person: Person) -> Actor:
    return Actor(id=str(person.id), verification=Verification.EMAIL, wijk_code=person.wijk_code)


def _entered(round_: Round, words: dict[str, object], **facts: object) -> Proposal:
    clerk = Actor(id="sample", roles=frozenset({Role(RoleName.PAPER_CLERK)}))
    pot = next(each for each in round_.pots if each.kind == "plans")
    came_in_on = clock.local_day(clock.now(db.session()) - timedelta(days=1))
    paper = Paper(came_in_on, wijk_code="WK999901", says_old_enough=True, **facts)  # type: ignore[arg-type]
    plan = enter_from_paper(clerk, round_, words | {"pot": str(pot.id)}, paper)
    found = queries.proposal_by_number(plan.number)
    if found is None:
        raise LookupError(plan.number)
    return found


def _on_paper(round_: Round) -> None:
    letters = ("Mevrouw A. Bos", "Kadeplein 4", "1234 AB Waterveld")
    leaning = _entered(round_, LEANING, name="Mevrouw Bos", address=letters)
    _entered(round_, SOUP, name="")
    official = Actor(id="sample", roles=frozenset({Role(RoleName.OFFICIAL)}))
    wanted = {"what": "Een stalen leuning aan beide kanten van de trap."}
    note = "Mevrouw Bos belde op: zij wil een leuning aan beide kanten."
    change_on_request(official, leaning, wanted, note, leaning.version)


def _ask_for_another(fatima: Person, gerrit: Person, round_: Round) -> None:
    """Let somebody ask to make a plan of theirs and one of another one; the other did not say yet."""
    other = _entered(round_, POND, name=gerrit.public_name, email=str(gerrit.email))
    for own in queries.plans_of(fatima.id):
        whole = queries.proposal_by_number(own.number)
        if whole and whole.round_id == round_.id and whole.state is ProposalState.SUBMITTED:
            message = "U schrijft ook over de vijver. Zullen wij er één plan van maken?"
            ask_merge(_as(fatima), whole, Wish(other.number, other_stays=False, message=message))
            return
