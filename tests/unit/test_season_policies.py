"""Who may do what before, in and after every phase of a round.

The expected answers stand in ``tests/season.txt``: for each deed who may do it, one letter for each moment. A
change there is a change of who may do what when, and is reviewed as one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from buurtbegroting.blueprints.assessment import policy as assessing
from buurtbegroting.blueprints.assessment.states import AssessmentState
from buurtbegroting.blueprints.deciding import policy as deciding
from buurtbegroting.blueprints.electorate import policy as electorate
from buurtbegroting.blueprints.proposals import policy as proposing
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds import policy as rounds
from buurtbegroting.blueprints.rounds.models import RoundPhase
from buurtbegroting.blueprints.voting import policy as voting
from buurtbegroting.civic.actors import ANONYMOUS, Actor, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import NotFound, NotSignedIn
from buurtbegroting.civic.verdicts import No, Verdict
from tests.factories.actors import RESIDENT, actor
from tests.factories.rounds import NOW, phases_now_in

FILE = Path(__file__).resolve().parents[1] / "season.txt"
LONG = timedelta(days=9999)
AUTHOR = "author"
ROLES = {
    "anonymous": ANONYMOUS,
    "resident": RESIDENT,
    "author": actor(id_=AUTHOR),
    "neighbourhood worker": actor(RoleName.NEIGHBOURHOOD_WORKER),
    "paper clerk": replace(actor(RoleName.PAPER_CLERK), second_factor_at=NOW),
    "assessor": actor(RoleName.ASSESSOR, id_="assessor"),
    "council member": actor(RoleName.COUNCIL_MEMBER),
    "official": replace(actor(RoleName.OFFICIAL, id_="official"), second_factor_at=NOW),
    "official who asked": actor(RoleName.OFFICIAL, id_="asked"),
}
MOMENTS: dict[str, tuple[PhaseKind | None, datetime]] = {
    "before": (None, NOW),
    **{kind.value: (kind, NOW) for kind in PhaseKind},
    "after": (PhaseKind.DELIVER, NOW + LONG),
}


@dataclass
class Rules:
    decision_form: str = "vote"
    proofs: tuple[str, ...] = ("code",)


@dataclass
class Round:
    phases: list[RoundPhase]
    rulebook: Rules = field(default_factory=Rules)
    state: str = "published"
    conditions_frozen_at: datetime | None = NOW
    list_frozen_at: datetime | None = None


@dataclass
class Plan:
    """A plan, its card at the desk, the page of its answers, and the list that was asked for: all a policy reads."""

    round: Round
    state: Any = ProposalState.SUBMITTED
    author_ids: Collection[str] = (AUTHOR,)
    department: str = ""
    assessor_id: str = "assessor"
    involved: Collection[str] = ()
    first_judges: Collection[str] = ()
    needs_support: bool = True
    asks_home_in: tuple[str, None] = ("everybody", None)
    entered_on: datetime | None = NOW
    second_look_ends: datetime | None = NOW + LONG * 2
    has_second_look: bool = False
    open_amount: int | None = 100
    asked_by: str = "asked"
    step: str = "asked"
    proposal: Any = None


def card(round_: Round, state: AssessmentState, plan: ProposalState = ProposalState.SUBMITTED) -> Plan:
    return Plan(round_, state, proposal=Plan(round_, plan))


@dataclass
class Moving:
    round: Round
    phase: RoundPhase


def of_round(**facts: Any) -> Callable[[list[RoundPhase]], Any]:
    return lambda phases: Round(phases, **facts)


def of_divided(phases: list[RoundPhase]) -> Round:
    past = RoundPhase(kind_name="divide", starts_at=NOW - LONG, ends_at=NOW - LONG / 2)
    return Round([past, *phases], conditions_frozen_at=None)


def of_plan(state: ProposalState = ProposalState.SUBMITTED) -> Callable[[list[RoundPhase]], Any]:
    return lambda phases: Plan(Round(phases), state)


def of_card(state: AssessmentState) -> Callable[[list[RoundPhase]], Any]:
    return lambda phases: card(Round(phases), state)


def of_closing(phases: list[RoundPhase]) -> Plan:
    return Plan(Round(phases, list_frozen_at=NOW))


def of_answer(phases: list[RoundPhase]) -> Plan:
    return card(Round(phases), AssessmentState.PUBLISHED, ProposalState.INFEASIBLE)


def of_phase(kind: PhaseKind) -> Callable[[list[RoundPhase]], Any]:
    """Give the phase of this kind; a round without it has none to move."""
    return lambda phases: next((Moving(Round(phases), each) for each in phases if each.kind is kind), None)


DEEDS: dict[str, tuple[Callable[[Actor, Any, datetime], Verdict], Callable[[list[RoundPhase]], Any]]] = {
    "come to the booth": (voting.may_enter_booth, of_round(list_frozen_at=NOW)),
    "come to the booth before the list is fixed": (voting.may_enter_booth, of_round()),
    "read the board": (voting.may_see_board, of_round(list_frozen_at=NOW)),
    "ask to close the vote": (voting.may_ask_to_close, of_round(list_frozen_at=NOW)),
    "confirm that the vote is closed": (voting.may_confirm_closing, of_closing),
    "bring in voters": (electorate.may_keep_register, of_round()),
    "help a voter": (electorate.may_help_voters, of_round()),
    "divide the money": (rounds.may_divide, of_round(conditions_frozen_at=None)),
    "split a pot": (rounds.may_split_pot, of_round(conditions_frozen_at=None)),
    "split a pot after dividing": (rounds.may_split_pot, of_divided),
    "fix the conditions": (rounds.may_freeze_conditions, of_round(conditions_frozen_at=None)),
    "move the phase of proposing": (rounds.may_move_phase, of_phase(PhaseKind.PROPOSE)),
    "move the vote": (rounds.may_move_phase, of_phase(PhaseKind.VOTE)),
    "see the outcome": (rounds.may_see_outcome, of_round()),
    "write in the books": (rounds.may_keep_ledger, of_round()),
    "propose": (proposing.may_propose, of_round()),
    "propose before the conditions are fixed": (proposing.may_propose, of_round(conditions_frozen_at=None)),
    "enter from paper": (proposing.may_enter_from_paper, of_round()),
    "change on request": (proposing.may_change_on_request, of_plan()),
    "withdraw on request": (proposing.may_withdraw_on_request, of_plan()),
    "support": (proposing.may_support, of_plan()),
    "enter a list of support": (proposing.may_enter_support_list, of_plan()),
    "change a plan": (proposing.may_change_proposal, of_plan()),
    "change a plan that may if": (proposing.may_change_proposal, of_plan(ProposalState.CHANGEABLE)),
    "withdraw a plan": (proposing.may_withdraw_proposal, of_plan()),
    "ask to merge": (proposing.may_ask_merge, of_plan()),
    "judge": (assessing.may_judge, of_card(AssessmentState.OPEN)),
    "ask the authors": (assessing.may_ask_authors, of_card(AssessmentState.OPEN)),
    "publish an answer": (assessing.may_publish, of_card(AssessmentState.ANSWERED)),
    "ask for a second look": (assessing.may_ask_second_look, of_answer),
    "agree with an amount": (assessing.may_agree_with_amount, of_answer),
    "put the list forward": (deciding.may_put_forward_list, of_round()),
    "confirm the list": (deciding.may_confirm_list, of_plan()),
    "enter what a jury decides": (deciding.may_enter_meeting, of_round(rulebook=Rules("jury"))),
}


def letter(verdict: Verdict) -> str:
    """Write a verdict: y for yes, i for sign in first, - for not there, n for no."""
    if not isinstance(verdict, No):
        return "y"
    return {NotSignedIn: "i", NotFound: "-"}.get(verdict.refusal, "n")


def lines() -> Iterator[str]:
    yield "# y may, n may not, i signs in first, - does not see it, . there is no such phase; one letter each for:"
    yield f"# {', '.join(MOMENTS)}"
    for deed, (policy, thing) in DEEDS.items():
        moments = [(thing(phases_now_in(kind)), now) for kind, now in MOMENTS.values()]
        alike: dict[str, list[str]] = {}
        for role, who in ROLES.items():
            answers = ("." if what is None else letter(policy(who, what, now)) for what, now in moments)
            alike.setdefault("".join(answers), []).append(role)
        yield f"{deed}:"
        yield from (f"  {answers} {', '.join(roles)}" for answers, roles in alike.items())


def test_every_deed_of_a_season_is_allowed_to_whom_and_when_the_file_says() -> None:
    found = [*lines()]
    wanted = FILE.read_text(encoding="utf-8").splitlines() if FILE.is_file() else []
    if found != wanted:
        FILE.with_suffix(".found").write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == wanted, f"compare {FILE.with_suffix('.found').name} with {FILE.name}"


def test_a_list_that_is_fixed_stops_what_changes_it() -> None:
    round_ = Round(phases_now_in(PhaseKind.ASSESS), list_frozen_at=NOW)
    official, author = ROLES["official"], ROLES["author"]
    assert not deciding.may_put_forward_list(official, round_, NOW)
    assert not proposing.may_withdraw_proposal(author, Plan(round_), NOW)
    assert not proposing.may_change_proposal(author, Plan(round_, ProposalState.CHANGEABLE), NOW)
    assert not assessing.may_judge(official, card(round_, AssessmentState.OPEN), NOW)
    assert not assessing.may_publish(official, card(round_, AssessmentState.ANSWERED), NOW)
    assert not proposing.may_enter_from_paper(official, round_, NOW)


def test_who_did_not_confirm_an_address_neither_divides_nor_supports() -> None:
    unknown = actor(id_="unknown", verification=Verification.NONE)
    assert not rounds.may_divide(unknown, Round(phases_now_in(PhaseKind.DIVIDE), conditions_frozen_at=None), NOW)
    assert not proposing.may_support(unknown, Plan(Round(phases_now_in(PhaseKind.PROPOSE))), NOW)
