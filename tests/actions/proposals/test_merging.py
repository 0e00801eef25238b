"""Two plans become one when all authors of both agree; who may do what, and what comes of both."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts.actions.people import forget_person
from buurtbegroting.blueprints.accounts.models import Channel, Person, Rhythm
from buurtbegroting.blueprints.conversations.actions.following import follow
from buurtbegroting.blueprints.conversations.models import Follow
from buurtbegroting.blueprints.proposals import queries
from buurtbegroting.blueprints.proposals.actions import merging
from buurtbegroting.blueprints.proposals.actions.answering import Answer, answer_proposal
from buurtbegroting.blueprints.proposals.actions.forgetting import forget
from buurtbegroting.blueprints.proposals.actions.merging import Wish
from buurtbegroting.blueprints.proposals.actions.supporting import Signatures, enter_support_list, support
from buurtbegroting.blueprints.proposals.actions.writing import leave_proposal, withdraw_proposal
from buurtbegroting.blueprints.proposals.models import MergeRequest, Proposal
from buurtbegroting.blueprints.proposals.queries.merging import merge_by_id, plans_alike
from buurtbegroting.blueprints.proposals.states import MergeState, ProposalState
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName, Verification
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotFound, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.actors import actor
from tests.factories.people import mails, make_person, newest_mail_to
from tests.factories.rounds import NOW, make_plan, make_round
from tests.factories.towns import Town

OFFICIAL = actor(RoleName.OFFICIAL, id_="official")
CLERK = actor(RoleName.PAPER_CLERK, id_="clerk")


def as_(person: Person) -> Actor:
    return Actor(id=str(person.id), verification=Verification.EMAIL)


@pytest.fixture
def round_(town: Town) -> Round:
    return make_round(PhaseKind.PROPOSE, rulebook={"support_needed": 3})


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def bench(round_: Round, fatima: Person) -> Proposal:
    return make_plan(round_, 10, "submitted", (fatima,), title="Bankje", author="Fatima")


@pytest.fixture
def table(round_: Round, gerrit: Person) -> Proposal:
    return make_plan(round_, 20, "submitted", (gerrit,), title="Tafel", author="Gerrit")


def ask(person: Person, plan: Proposal, other: Proposal, **facts: Any) -> MergeRequest:
    made = merging.ask_merge(as_(person), plan, Wish(other.number, **{"other_stays": False} | facts))
    return anew(made)


def anew(merge: MergeRequest) -> MergeRequest:
    merge_id = merge.id
    read_anew(db.session())
    found = merge_by_id(merge_id)
    assert found is not None
    return found


def plan(number: str) -> Proposal:
    read_anew(db.session())
    found = queries.proposal_by_number(number)
    assert found is not None
    return found


@pytest.mark.both_engines
def test_with_the_last_yes_two_plans_are_one(fatima: Person, gerrit: Person, bench: Proposal, table: Proposal) -> None:
    bench_number, table_number = bench.number, table.number
    merge = ask(fatima, bench, table, message="Samen sterker")
    assert "Samen sterker" in newest_mail_to("gerrit@voorbeeld.nl")
    assert merge.awaited_ids == {str(gerrit.id)}
    merging.agree_merge(as_(gerrit), merge)
    stays, goes = plan(bench_number), plan(table_number)
    assert (goes.state, goes.merged_into.number) == (ProposalState.MERGED, bench_number)  # type: ignore[union-attr]
    assert goes.turn_party == ""
    assert not goes.thread.is_open
    assert stays.author_ids == {str(fatima.id), str(gerrit.id)}
    assert (stays.author, stays.title) == ("Fatima, Gerrit", "Bankje")
    assert [each.merged_number for each in queries.versions_of(stays)] == ["", table_number]
    assert db.session.scalar(select(Follow.id).where(Follow.key == bench_number, Follow.person_id == gerrit.id))
    assert all("samen" in newest_mail_to(f"{name}@voorbeeld.nl") for name in ("fatima", "gerrit"))
    assert anew(merge).state is MergeState.AGREED


def test_the_other_plan_can_be_the_one_that_stays(
    fatima: Person, gerrit: Person, bench: Proposal, table: Proposal
) -> None:
    number = bench.number
    merging.agree_merge(as_(gerrit), ask(fatima, bench, table, other_stays=True))
    assert plan(number).state is ProposalState.MERGED


@pytest.mark.both_engines
def test_each_person_supports_the_plan_that_stays_once_and_paper_comes_along(
    fatima: Person, gerrit: Person, bench: Proposal, table: Proposal
) -> None:
    noor, ine = make_person("Noor"), make_person("Ine")
    for who, plans in ((noor, (bench, table)), (ine, (table,))):
        for each in plans:
            support(as_(who), each)
    enter_support_list(CLERK, table, Signatures(4, 0, ""))
    numbers = bench.number, table.number
    merging.agree_merge(as_(gerrit), ask(fatima, bench, table))
    found = [queries.supporters_of(plan(number)) for number in numbers]
    assert [(each.online, each.on_paper) for each in found] == [(2, 4), (0, 0)]


def test_who_follows_either_plan_hears_once(fatima: Person, gerrit: Person, bench: Proposal, table: Proposal) -> None:
    noor = make_person("Noor", rhythm=Rhythm.AT_ONCE)
    for each in (bench, table):
        follow(as_(noor), "plan", each.number)
    merging.agree_merge(as_(gerrit), ask(fatima, bench, table))
    assert len([each for each in mails() if each["To"] == "noor@voorbeeld.nl"]) == 1


def test_a_new_text_is_agreed_to_as_well_and_looked_at_again(
    round_: Round, fatima: Person, gerrit: Person, table: Proposal
) -> None:
    answered = make_plan(round_, 10, "feasible", (fatima,), title="Bankje")
    number = answered.number
    new = {"title": "Bankje met tafel", "cost_cents": 2_500, "cost_lines": []}
    merging.agree_merge(as_(gerrit), ask(fatima, answered, table, content=new))
    stays = plan(number)
    assert (stays.title, stays.cost_cents, stays.state) == ("Bankje met tafel", 2_500, ProposalState.SUBMITTED)
    assert stays.turn_due is not None


def test_without_a_new_text_an_answer_stays(round_: Round, fatima: Person, gerrit: Person, table: Proposal) -> None:
    answered = make_plan(round_, 10, "feasible", (fatima,))
    number = answered.number
    merging.agree_merge(as_(gerrit), ask(fatima, answered, table))
    assert plan(number).state is ProposalState.FEASIBLE


def test_nothing_happens_before_everybody_agreed(
    round_: Round, fatima: Person, gerrit: Person, bench: Proposal
) -> None:
    noor = make_person("Noor")
    two = make_plan(round_, 20, "submitted", (gerrit, noor))
    merge = ask(fatima, bench, two)
    merging.agree_merge(as_(gerrit), merge)
    assert anew(merge).state is MergeState.OPEN
    with pytest.raises(AlreadyDone):
        merging.agree_merge(as_(gerrit), anew(merge))
    merging.agree_merge(as_(noor), anew(merge))
    assert anew(merge).state is MergeState.AGREED


def test_one_no_is_enough_also_from_who_agreed_before(
    round_: Round, fatima: Person, gerrit: Person, bench: Proposal
) -> None:
    noor = make_person("Noor")
    merge = ask(fatima, bench, make_plan(round_, 20, "submitted", (gerrit, noor)))
    merging.agree_merge(as_(gerrit), merge)
    merging.decline_merge(as_(gerrit), anew(merge), "Toch liever apart.")
    assert anew(merge).state is MergeState.DECLINED
    assert "Toch liever apart." in newest_mail_to("fatima@voorbeeld.nl")
    assert "Toch liever apart." in newest_mail_to("noor@voorbeeld.nl")
    with pytest.raises(AlreadyDone):
        merging.agree_merge(as_(noor), anew(merge))


def test_who_proposed_it_takes_it_back(fatima: Person, gerrit: Person, bench: Proposal, table: Proposal) -> None:
    merge = ask(fatima, bench, table)
    with pytest.raises(NotNow):
        merging.decline_merge(as_(fatima), merge, "")
    with pytest.raises(NotYours):
        merging.take_back_merge(as_(gerrit), anew(merge))
    merging.take_back_merge(as_(fatima), anew(merge))
    assert anew(merge).state is MergeState.TAKEN_BACK
    assert "apart" in newest_mail_to("gerrit@voorbeeld.nl")
    assert ask(fatima, plan(bench.number), table).state is MergeState.OPEN


@pytest.mark.both_engines
def test_it_ends_by_itself_when_a_plan_is_withdrawn(
    fatima: Person, gerrit: Person, bench: Proposal, table: Proposal
) -> None:
    merge = ask(fatima, bench, table)
    withdraw_proposal(as_(gerrit), merge.other)
    assert anew(merge).state is MergeState.LAPSED
    assert "apart" in newest_mail_to("fatima@voorbeeld.nl")


def test_it_ends_by_itself_when_the_answer_is_no(
    fatima: Person, gerrit: Person, bench: Proposal, table: Proposal
) -> None:
    merge = ask(fatima, bench, table)
    answer_proposal(OFFICIAL, plan(table.number), Answer("answer no", "Kan niet.", "Groen"))
    with pytest.raises(NotNow):
        merging.agree_merge(as_(gerrit), anew(merge))
    merging.lapse_everywhere()
    assert anew(merge).state is MergeState.LAPSED


def test_nothing_is_merged_once_the_list_is_fixed(
    round_: Round, fatima: Person, gerrit: Person, bench: Proposal, table: Proposal
) -> None:
    merge = ask(fatima, bench, table)
    with transaction(db.session()):
        merge.proposal.round.list_frozen_at, merge.proposal.round.list_hash = NOW, "0" * 64
    with pytest.raises(NotNow):
        merging.agree_merge(as_(gerrit), anew(merge))
    with pytest.raises(NotNow):
        ask(fatima, plan(bench.number), table)
    merging.lapse_everywhere()
    assert anew(merge).state is MergeState.LAPSED


def test_only_its_authors_propose_to_merge_a_plan(gerrit: Person, bench: Proposal, table: Proposal) -> None:
    for who, refusal in ((Actor(), NotSignedIn), (as_(gerrit), NotYours), (OFFICIAL, NotYours)):
        with pytest.raises(refusal):
            merging.ask_merge(who, bench, Wish(table.number, other_stays=False))


@pytest.mark.parametrize("state", ["infeasible", "withdrawn", "elected"])
def test_a_plan_that_is_no_longer_looked_at_is_not_merged(
    round_: Round, fatima: Person, bench: Proposal, table: Proposal, state: str
) -> None:
    with pytest.raises(NotNow):
        ask(fatima, make_plan(round_, 10, state, (fatima,)), table)
    with pytest.raises(Invalid):
        ask(fatima, plan(bench.number), make_plan(round_, 10, state))


def test_the_other_plan_is_another_one_of_the_same_round_that_everybody_sees(
    round_: Round, fatima: Person, bench: Proposal
) -> None:
    elsewhere = make_plan(make_round(PhaseKind.PROPOSE), state="submitted")
    hidden = make_plan(round_, state="hidden")
    for number in ("2026-999", bench.number, elsewhere.number, hidden.number):
        with pytest.raises(Invalid):
            merging.ask_merge(as_(fatima), plan(bench.number), Wish(number, other_stays=False))


def test_a_plan_is_merged_with_one_plan_at_a_time(
    round_: Round, fatima: Person, bench: Proposal, table: Proposal
) -> None:
    ask(fatima, bench, table)
    third = make_plan(round_, 10, "submitted", (fatima,))
    for one, other in ((third, table), (plan(bench.number), third)):
        with pytest.raises(AlreadyDone):
            ask(fatima, one, other)


def test_a_new_text_keeps_to_the_rules_of_the_round(fatima: Person, gerrit: Person, town: Town) -> None:
    strict = make_round(PhaseKind.PROPOSE, rulebook={"max_plan_cents": 5_000})
    one, other = make_plan(strict, 10, "submitted", (fatima,)), make_plan(strict, 10, "submitted", (gerrit,))
    with pytest.raises(Invalid) as refused:
        ask(fatima, one, other, content={"cost_cents": 6_000})
    assert "cost_cents" in refused.value.fields


def test_others_do_not_know_of_it_before_it_is_done(fatima: Person, bench: Proposal, table: Proposal) -> None:
    merge, noor = ask(fatima, bench, table), make_person("Noor")
    deeds = (merging.agree_merge, merging.take_back_merge, lambda a, m: merging.decline_merge(a, m, ""))
    for deed in deeds:
        for who, refusal in ((Actor(), NotSignedIn), (as_(noor), NotFound), (OFFICIAL, NotYours)):
            with pytest.raises(refusal):
                deed(who, anew(merge))


def test_only_the_site_itself_ends_what_cannot_be_done_any_more(
    fatima: Person, bench: Proposal, table: Proposal
) -> None:
    with pytest.raises(NotYours):
        merging.lapse_merge(OFFICIAL, ask(fatima, bench, table))


def test_of_who_does_not_come_to_the_site_an_official_notes_that_they_agreed(
    round_: Round, fatima: Person, bench: Proposal
) -> None:
    bos = make_person("Bos", email=None, email_confirmed_at=None, channel=Channel.NONE)
    on_paper = make_plan(round_, 20, "submitted", (bos,), author="Mevrouw Bos", entered_on=NOW.date())
    merge = ask(fatima, bench, on_paper)
    for who, refusal in ((as_(fatima), NotYours), (Actor(), NotSignedIn)):
        with pytest.raises(refusal):
            merging.note_consent(who, anew(merge), "Aan de telefoon.")
    with pytest.raises(Invalid):
        merging.note_consent(OFFICIAL, anew(merge), "")
    merging.note_consent(OFFICIAL, anew(merge), "Aan de telefoon, 3 maart.")
    assert anew(merge).state is MergeState.AGREED


def test_a_plan_without_any_account_is_never_merged_by_one_side_alone(
    round_: Round, fatima: Person, bench: Proposal
) -> None:
    merge = ask(fatima, bench, make_plan(round_, 20, "submitted", author="Mevrouw Bos"))
    assert merge.state is MergeState.OPEN
    merging.note_consent(OFFICIAL, merge, "Aan de balie.")
    assert anew(merge).state is MergeState.AGREED


def test_an_official_notes_nothing_of_who_agrees_on_the_site_or_of_their_own_plan(
    round_: Round, fatima: Person, bench: Proposal, table: Proposal
) -> None:
    merge = ask(fatima, bench, table)
    with pytest.raises(NotNow):
        merging.note_consent(OFFICIAL, merge, "Zij zei ja.")
    sanne = make_person("Sanne")
    own = make_plan(round_, 20, "submitted", (sanne,))
    other = ask(sanne, own, make_plan(round_, 20, "submitted"))
    with pytest.raises(NotYours):
        merging.note_consent(actor(RoleName.OFFICIAL, id_=str(sanne.id)), other, "Aan de balie.")


@pytest.mark.parametrize("way", ["leaves", "is forgotten"])
def test_when_the_only_one_awaited_leaves_the_others_have_agreed(
    round_: Round, fatima: Person, gerrit: Person, bench: Proposal, way: str
) -> None:
    noor = make_person("Noor")
    merge = ask(fatima, bench, make_plan(round_, 20, "submitted", (gerrit, noor)))
    merging.agree_merge(as_(gerrit), merge)
    if way == "leaves":
        leave_proposal(as_(noor), plan(anew(merge).other.number))
    else:
        forget_person(as_(noor), noor, forget)
    assert anew(merge).state is MergeState.AGREED


def test_plans_that_look_alike_are_of_the_same_round_and_can_still_be_merged(
    round_: Round, fatima: Person, bench: Proposal
) -> None:
    words = {"title": "Houten bankje bij de vijver", "summary": "Een houten bankje bij de vijver."}
    one = make_plan(round_, 10, "submitted", (fatima,), **words)
    like, _ = make_plan(round_, 10, "submitted", **words), make_plan(round_, 10, "withdrawn", **words)
    make_plan(make_round(PhaseKind.PROPOSE), 10, "submitted", **words)
    mails()
    assert [each.number for each in plans_alike(one)] == [like.number]
