"""The desk: who gets a plan, what they write, what they ask, and that nothing is seen before it is published."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.assessment.actions import (
    asking,
    assigning,
    handing_over,
    judging,
    noting,
    opening,
    publishing,
    reminding,
    second_look,
)
from buurtbegroting.blueprints.assessment.actions.assigning import Assignment
from buurtbegroting.blueprints.assessment.models import Assessment, AssessmentVersion, AuthorQuestion
from buurtbegroting.blueprints.assessment.queries import cards, desk, people, standing
from buurtbegroting.blueprints.assessment.states import AssessmentState
from buurtbegroting.blueprints.municipalities.models import Municipality
from buurtbegroting.blueprints.proposals.actions.answering import Answer, answer_proposal
from buurtbegroting.blueprints.proposals.actions.writing import change_proposal
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import proposal_by_number, versions_of
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.actions.making import create_theme
from buurtbegroting.blueprints.rounds.models import Theme
from buurtbegroting.civic.actors import SYSTEM, Actor, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotFound, NotNow, NotSignedIn, NotYours
from buurtbegroting.civic.terms import add_working_days
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.desk import OFFICIAL, anew, answered, make_card, make_desk_round, published, words
from tests.factories.people import actor_of, mails, make_person, newest_mail_to
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def youssef(town: Town) -> Person:
    return make_person("Youssef", RoleName.ASSESSOR)


def today() -> date:
    return clock.local_day(clock.now(db.session()))


def plan_of(card: Assessment) -> Proposal:
    found = proposal_by_number(card.proposal.number)
    assert found is not None
    return found


def set_card(card: Assessment, **facts: object) -> Assessment:
    with transaction(db.session()):
        for name, value in facts.items():
            setattr(card, name, value)
    return anew(card)


# Opening


def test_each_plan_that_waits_gets_one_card_with_the_criteria_of_its_round(youssef: Person) -> None:
    round_ = make_desk_round()
    plan = make_plan(round_, state="submitted")
    make_plan(round_, state="withdrawn", title="Weg")
    assert len(opening.open_cards(SYSTEM)) == 1
    assert opening.open_cards(SYSTEM) == []
    card = cards.card_of(plan.number)
    assert card is not None
    assert [each.question for each in card.marks] == ["Is de grond van de gemeente?", "Is het veilig?", "Past het?"]
    assert (card.department, card.assessor_id) == ("Groen", youssef.id)
    assert (card.proposal.turn_party, card.proposal.turn_due) == ("Groen", card.due)
    assert "Bankje" in newest_mail_to("youssef@voorbeeld.nl")


def test_a_plan_that_needs_support_waits_until_it_has_enough() -> None:
    make_plan(make_desk_round(rulebook={"support_needed": 3}), state="submitted")
    assert cards.plans_to_open() == []


def test_only_officials_and_the_house_open_cards(fatima: Person, youssef: Person) -> None:
    plan = make_plan(make_desk_round(), state="submitted")
    for actor, refusal in ((Actor(), NotSignedIn), (actor_of(fatima), NotYours), (actor_of(youssef), NotYours)):
        with pytest.raises(refusal):
            opening.open_card(actor, plan)


# Assigning


def test_an_official_gives_plans_to_an_assessor_who_hears_once_of_all(youssef: Person) -> None:
    round_ = make_desk_round()
    given = [make_card(round_, title=title) for title in ("Bankje", "Boom")]
    mails()
    due = today() + timedelta(days=3)
    assigning.assign_all(OFFICIAL, given, Assignment("Groen", youssef.id, due, "Kijkt u even?"))
    text = newest_mail_to("youssef@voorbeeld.nl")
    assert "Bankje" in text
    assert "Boom" in text
    card = anew(given[0])
    assert card.assessor_id == youssef.id
    assert card.due >= due
    assert card.proposal.turn_due == card.due
    assert cards.notes_of(card)[0].text == "Kijkt u even?"


def test_a_card_goes_to_nobody_who_has_to_do_with_the_plan_or_is_away(fatima: Person, youssef: Person) -> None:
    sanne = make_person("Sanne", RoleName.OFFICIAL)
    card = make_card(authors=(sanne,))
    for wrong in (sanne.id, fatima.id, uuid.uuid4()):
        with pytest.raises(Invalid):
            assigning.assign(OFFICIAL, card, Assignment("Groen", wrong))
    with pytest.raises(Invalid):
        assigning.assign(OFFICIAL, card, Assignment("", None))
    with pytest.raises(Invalid):
        assigning.assign(OFFICIAL, card, Assignment("Groen", None, today() - timedelta(days=1)))
    assigning.go_away(actor_of(youssef), youssef, today() + timedelta(days=5), None)
    with pytest.raises(Invalid):
        assigning.assign(OFFICIAL, anew(card), Assignment("Groen", youssef.id))
    with pytest.raises(Invalid):
        assigning.assign_all(OFFICIAL, [], Assignment("Groen"))


def test_only_officials_assign_and_only_before_there_is_an_answer(youssef: Person) -> None:
    card = make_card()
    with pytest.raises(NotYours):
        assigning.assign(actor_of(youssef), card, Assignment("Verkeer"))
    with pytest.raises(NotNow):
        assigning.assign(OFFICIAL, answered(card), Assignment("Verkeer"))


def test_an_assessor_passes_a_card_on_says_it_is_not_theirs_or_that_they_are_involved(youssef: Person) -> None:
    card = make_card()
    actor = actor_of(youssef)
    with pytest.raises(Invalid):
        assigning.say_not_ours(actor, card, "", "")
    card = anew(assigning.say_not_ours(actor, anew(card), "Waterschap", "De sloot is van hen."))
    assert (card.state, card.belongs_to, card.assessor_id) == (AssessmentState.NOT_OURS, "Waterschap", None)
    with pytest.raises(NotYours):
        judging.write_card(actor, card, words(card), card.version)
    card = anew(assigning.assign(OFFICIAL, card, Assignment("Groen", youssef.id)))
    assert card.state is AssessmentState.OPEN
    card = anew(assigning.say_involved(actor, card, "Mijn zus maakte het."))
    assert card.assessor_id is None
    assert card.department == ""
    with pytest.raises(NotYours):
        judging.write_card(actor, card, words(card), card.version)
    with pytest.raises(Invalid):
        assigning.assign(OFFICIAL, card, Assignment("Groen", youssef.id))
    wim = make_person("Wim", RoleName.ASSESSOR)
    card = anew(assigning.assign(OFFICIAL, card, Assignment("Groen", wim.id)))
    card = anew(assigning.delegate(actor_of(wim), card, Assignment("Verkeer")))
    assert (card.department, card.assessor_id) == ("Verkeer", None)


def test_who_is_involved_stays_refused_when_the_department_keeps_the_card(youssef: Person) -> None:
    make_person("Wim", RoleName.ASSESSOR)
    card = make_card()
    card = anew(assigning.say_involved(actor_of(youssef), card, ""))
    assert card.department == "Groen"
    with pytest.raises(NotYours):
        judging.write_card(actor_of(youssef), card, words(card), card.version)


def test_who_is_away_leaves_the_cards_to_a_substitute_or_to_the_desk(youssef: Person) -> None:
    wim = make_person("Wim", RoleName.ASSESSOR)
    card = make_card()
    card = anew(assigning.assign(OFFICIAL, card, Assignment("Groen", youssef.id)))
    until = today() + timedelta(days=7)
    assigning.go_away(actor_of(youssef), youssef, until, None)
    card = anew(card)
    assert (card.state, card.away_until) == (AssessmentState.ABSENT, until)
    assert desk.without_anybody().count == 1
    with transaction(db.session()):
        card.away_until = today() - timedelta(days=1)
    reminding.come_back(SYSTEM)
    card = anew(card)
    assert card.state is AssessmentState.OPEN
    assigning.go_away(OFFICIAL, youssef, until, wim.id)
    assert anew(card).assessor_id == wim.id
    assert people.absence_of(youssef.id, today()) is not None
    with pytest.raises(Invalid):
        assigning.go_away(OFFICIAL, wim, today() - timedelta(days=1), None)
    with pytest.raises(Invalid):
        assigning.go_away(OFFICIAL, wim, until, wim.id)


def test_a_theme_has_a_department_by_default(youssef: Person) -> None:
    theme = create_theme(SYSTEM, Theme(slug="groen", name_nl="Groen", name_en="Green"))
    assigning.write_rule(OFFICIAL, theme, "Verkeer", youssef.id)
    card = make_card(theme=theme)
    assert (card.department, card.assessor_id) == ("Verkeer", youssef.id)
    with pytest.raises(NotYours):
        assigning.write_rule(actor_of(youssef), theme, "Groen", None)


# The card


def test_a_card_is_kept_in_pauses_and_a_second_writer_is_told(youssef: Person) -> None:
    card, actor = make_card(), actor_of(youssef)
    seen = card.version
    judging.write_card(actor, card, words(card, "", reason="", marks={1: ("no", "x"), 2: ("", ""), 3: ("", "")}), seen)
    card = anew(card)
    assert card.marks[0].mark == "no"
    with pytest.raises(Changed):
        judging.write_card(OFFICIAL, card, words(card), seen)


def test_a_card_is_only_written_by_who_has_it(fatima: Person, youssef: Person) -> None:
    card = make_card(authors=(fatima, youssef))
    stranger = make_person("Vreemd")
    other = Actor(id=str(stranger.id), roles=frozenset())
    for actor, refusal in ((Actor(), NotSignedIn), (other, NotYours), (actor_of(youssef), NotYours)):
        with pytest.raises(refusal):
            judging.write_card(actor, card, words(card), card.version)
    with transaction(db.session()):
        card.department = "Verkeer"
    for deed in (
        lambda: judging.answer(actor_of(make_person("Wim", RoleName.ASSESSOR)), anew(card), words(card), card.version),
        lambda: noting.write_note(actor_of(fatima), anew(card), "Hoi"),
    ):
        with pytest.raises(NotYours):
            deed()


def test_an_answer_needs_every_mark_a_reason_and_a_cost() -> None:
    card = make_card()
    marks = {1: ("partly", ""), 2: ("", ""), 3: ("yes", "")}
    with pytest.raises(Invalid) as refused:
        judging.answer(OFFICIAL, card, words(card, "can", reason="", cost_cents=None, marks=marks), card.version)
    assert set(refused.value.fields) == {"reason", "cost_cents", "text_1", "mark_2"}
    with pytest.raises(Invalid) as refused:
        judging.answer(OFFICIAL, anew(card), words(card, ""), card.version)
    assert set(refused.value.fields) == {"verdict"}
    assert anew(card).state is AssessmentState.OPEN


def test_a_no_beside_earlier_yeses_says_what_is_different() -> None:
    make_plan(make_round(PhaseKind.RESULT), title="Bloembakken Merelstraat", summary="Bloembakken voor de deur")
    card = make_card(title="Bloembakken Lijsterstraat", summary="Bloembakken voor de deur")
    assert [each.title for each in cards.precedents(card.proposal)] == ["Bloembakken Merelstraat"]
    with pytest.raises(Invalid) as refused:
        judging.answer(OFFICIAL, card, words(card, "cannot"), card.version)
    assert set(refused.value.fields) == {"difference"}
    done = published(anew(card), "cannot", difference="Hier ligt een gasleiding.")
    content = standing.standing_of(done.proposal).versions[-1].content
    assert content["difference"] == "Hier ligt een gasleiding."
    assert content["precedents"][0]["title"] == "Bloembakken Merelstraat"


def test_an_answer_is_taken_back_as_long_as_it_is_not_published(youssef: Person) -> None:
    card = answered(make_card())
    with pytest.raises(NotNow):
        judging.write_card(OFFICIAL, card, words(card), card.version)
    card = anew(judging.open_again(actor_of(youssef), card, ""))
    assert card.state is AssessmentState.OPEN
    with pytest.raises(NotNow):
        judging.open_again(OFFICIAL, card, "")


# Questions


def test_a_question_stops_the_term_until_the_authors_answered(fatima: Person, youssef: Person) -> None:
    card = make_card(authors=(fatima,))
    due = card.due
    question = asking.ask_authors(actor_of(youssef), card, asking.Question("Wie veegt?", is_public=True))
    assert "Wie veegt?" in newest_mail_to("fatima@voorbeeld.nl")
    card = anew(card)
    assert (card.state, card.proposal.turn_party, card.proposal.turn_due) == (AssessmentState.ASKED, "Indieners", None)
    with pytest.raises(NotNow):
        judging.answer(OFFICIAL, card, words(card), card.version)
    with pytest.raises(NotNow):
        asking.ask_authors(OFFICIAL, anew(card), asking.Question("Nog iets?", is_public=True))
    set_card(anew(card), paused_on=today() - timedelta(days=10))
    asked = cards.question_of(card.proposal.number, question.id)
    assert asked is not None
    for actor, refusal in ((Actor(), NotSignedIn), (actor_of(youssef), NotYours)):
        with pytest.raises(refusal):
            asking.answer_question(actor, asked, "Ik", has_agreed=False)
    asking.answer_question(actor_of(fatima), asked, "Wij vegen.", has_agreed=False)
    card = anew(card)
    assert card.state is AssessmentState.OPEN
    assert card.paused_days == 10
    assert card.due >= due + timedelta(days=10)
    assert "Bankje" in newest_mail_to("youssef@voorbeeld.nl")
    again = cards.question_of(card.proposal.number, question.id)
    assert again is not None
    with pytest.raises(AlreadyDone):
        asking.answer_question(actor_of(fatima), again, "Nog eens", has_agreed=False)


def test_a_plan_without_authors_on_the_site_is_not_asked_there() -> None:
    with pytest.raises(Invalid):
        asking.ask_authors(OFFICIAL, make_card(), asking.Question("Wie?", is_public=False))


def test_an_amount_counts_only_when_the_authors_agreed(fatima: Person) -> None:
    card = make_card(authors=(fatima,))
    assert card.proposal.cost_cents == 1000
    asked = asking.ask_authors(OFFICIAL, card, asking.Question("Akkoord?", is_public=False, asked_cents=2500))
    found = cards.question_of(card.proposal.number, asked.id)
    assert found is not None
    asking.answer_question(actor_of(fatima), found, "Ja", has_agreed=True)
    card = published(anew(card), cost_cents=2500)
    assert plan_of(card).cost_cents == 2500
    assert versions_of(plan_of(card))[-1].content["cost_cents"] == 2500


def test_without_agreement_the_amount_stands_beside_until_the_authors_take_it_over(fatima: Person) -> None:
    card = published(make_card(authors=(fatima,)), cost_cents=2500)
    plan = plan_of(card)
    assert plan.cost_cents == 1000
    known = standing.standing_of(plan)
    assert known.open_amount == 2500
    with pytest.raises(NotYours):
        second_look.agree_with_amount(OFFICIAL, known)
    second_look.agree_with_amount(actor_of(fatima), known)
    assert plan_of(card).cost_cents == 2500
    with pytest.raises(NotNow):
        second_look.agree_with_amount(actor_of(fatima), standing.standing_of(plan_of(card)))


# Owners from outside


def test_an_owner_from_outside_fills_in_only_what_was_asked_by_a_link(youssef: Person) -> None:
    card, token = make_card(), crypto.new_token()
    owner = handing_over.Owner("Woonstichting De Brug", (1,), "brug@voorbeeld.nl")
    link = handing_over.make_link(actor_of(youssef), card, owner, token)
    assert token in newest_mail_to("brug@voorbeeld.nl")
    assert token not in link.token_hash
    assert anew(card).state is AssessmentState.HANDED_OVER
    found = cards.link_with(token)
    assert found is not None
    with pytest.raises(Invalid):
        handing_over.fill_in_as_owner(Actor(), found, {1: ("no", "")})
    found = cards.link_with(token)
    assert found is not None
    handing_over.fill_in_as_owner(Actor(), found, {1: ("no", "De grond is van ons."), 2: ("yes", "Smokkelwaar")})
    card = anew(card)
    assert card.state is AssessmentState.OPEN
    assert (card.marks[0].mark, card.marks[0].owner, card.marks[1].mark) == ("no", "Woonstichting De Brug", "")


def test_a_link_ends_after_thirty_days_when_withdrawn_and_with_the_answer(youssef: Person) -> None:
    card, token = make_card(), crypto.new_token()
    with pytest.raises(Invalid):
        handing_over.make_link(OFFICIAL, card, handing_over.Owner("De Brug", (9,)), token)
    link = handing_over.make_link(OFFICIAL, anew(card), handing_over.Owner("De Brug", (1,)), token)
    assert link.expires_at - link.made_at == timedelta(days=30)
    marks = {1: ("yes", "")}

    def fill_in() -> None:
        read_anew(db.session())
        found = cards.link_with(token)
        assert found is not None
        handing_over.fill_in_as_owner(Actor(), found, marks)

    with transaction(db.session()):
        link.expires_at = clock.now(db.session())
    with pytest.raises(NotFound):
        fill_in()
    with transaction(db.session()):
        link.expires_at = clock.now(db.session()) + timedelta(days=1)
    answered(anew(card))
    with pytest.raises(NotNow):
        fill_in()
    judging.open_again(OFFICIAL, anew(card), "")
    found = cards.link_with(token)
    assert found is not None
    handing_over.withdraw_link(actor_of(youssef), found)
    with pytest.raises(NotFound):
        fill_in()
    assert cards.link_with("x") is None


# Publishing


def test_only_publishing_moves_the_plan_and_tells_anybody(fatima: Person, youssef: Person) -> None:
    card = make_card(authors=(fatima,))
    mails()
    card = answered(card, "can-if-changed", actor=actor_of(youssef), reason="Iets kleiner.")
    plan = plan_of(card)
    assert (plan.state, plan.answer, plan.answered_on) == (ProposalState.SUBMITTED, "", None)
    assert standing.standing_of(plan).versions == []
    assert not [mail for mail in mails() if "Iets kleiner." in mail.get_content()]
    with pytest.raises(NotYours):
        publishing.publish(actor_of(youssef), card)
    publishing.publish_all(OFFICIAL, [card])
    plan = plan_of(card)
    assert (plan.state, plan.answer, plan.answered_by) == (ProposalState.CHANGEABLE, "Iets kleiner.", "Groen")
    assert (plan.turn_party, plan.turn_due) == ("Indieners", None)
    assert "Iets kleiner." in newest_mail_to("fatima@voorbeeld.nl")
    with pytest.raises(NotNow):
        publishing.publish(OFFICIAL, anew(card))
    with pytest.raises(Invalid):
        publishing.publish_all(OFFICIAL, [])


def test_many_are_published_together_or_none() -> None:
    round_ = make_desk_round()
    ready, open_ = answered(make_card(round_)), make_card(round_, title="Boom")
    with pytest.raises(NotNow):
        publishing.publish_all(OFFICIAL, [ready, open_])
    assert plan_of(ready).state is ProposalState.SUBMITTED
    assert plan_of(ready).answer == ""


def test_who_has_no_mail_gets_the_answer_as_a_letter() -> None:
    from buurtbegroting.foundation import outbox

    gerrit = make_person(
        "Gerrit", email=None, channel="letter", address_sealed=crypto.keys().seal("address", '["Kade 1", "Stad"]')
    )
    published(make_card(authors=(gerrit,)), "cannot", reason="De kade is te smal.")
    (letter,) = outbox.waiting_letters(db.session())
    assert "De kade is te smal." in outbox.rendered(letter).body


def test_a_follower_hears_of_an_answer(fatima: Person) -> None:
    from buurtbegroting.blueprints.conversations.actions.following import follow

    card = make_card()
    follow(actor_of(fatima), "plan", card.proposal.number)
    with transaction(db.session()):
        fatima.rhythm = "at-once"
    published(card, reason="Het mag.")
    assert "Het mag." in newest_mail_to("fatima@voorbeeld.nl")


def test_nobody_publishes_the_answer_to_their_own_plan() -> None:
    sanne = make_person("Sanne", RoleName.OFFICIAL)
    card = answered(make_card(authors=(sanne,)))
    with pytest.raises(NotYours):
        publishing.publish(actor_of(sanne), card)
    with pytest.raises(NotYours):
        judging.open_again(actor_of(sanne), anew(card), "")


def test_no_answer_changes_once_it_is_settled_what_is_voted_on() -> None:
    card = answered(make_card())
    with transaction(db.session()):
        card.proposal.round.list_frozen_at, card.proposal.round.list_hash = clock.now(db.session()), "0" * 64
    with pytest.raises(NotNow):
        publishing.publish(OFFICIAL, anew(card))
    voting = make_plan(make_desk_round(PhaseKind.VOTE), state="submitted", title="Te laat")
    with pytest.raises(NotNow):
        answer_proposal(OFFICIAL, voting, Answer("answer yes", "Ja.", "Groen"))


def test_only_officials_give_the_answer_of_the_municipality(fatima: Person) -> None:
    plan = make_plan(make_desk_round(), state="submitted")
    with pytest.raises(NotYours):
        answer_proposal(actor_of(fatima), plan, Answer("answer yes", "Ja.", "Groen"))


def test_a_published_judgement_and_a_note_are_never_changed() -> None:
    card = published(make_card())
    noting.write_note(OFFICIAL, card, "Let op.")
    for statement in ("UPDATE assessment_version SET content = '{}'", "UPDATE assessment_note SET text = 'x'"):
        with pytest.raises(sa.exc.DBAPIError), db.engine.connect() as connection:
            connection.execute(sa.text(statement))


# After the answer


def test_a_plan_that_was_changed_comes_back_to_the_desk_and_the_first_answer_stays(fatima: Person) -> None:
    card = published(make_card(authors=(fatima,)), "can-if-changed", reason="Maak het kleiner.")
    plan = plan_of(card)
    change_proposal(actor_of(fatima), plan, {"what": "Een kleiner bankje."}, "", plan.version)
    changed = plan_of(card)
    assert changed.state is ProposalState.SUBMITTED
    assert changed.turn_party == f"Gemeente {db.session.scalars(sa.select(Municipality.name)).one()}"
    assert len(opening.open_cards(SYSTEM)) == 1
    card = anew(card)
    assert (card.state, card.look) == (AssessmentState.OPEN, 1)
    card = published(card, "can", reason="Zo kan het.")
    said = [each.content["reason"] for each in standing.standing_of(card.proposal).versions]
    assert said == ["Maak het kleiner.", "Zo kan het."]


def test_a_second_look_is_asked_once_by_an_author_and_done_by_somebody_else(fatima: Person, youssef: Person) -> None:
    card = make_card(authors=(fatima,))
    published(card, "cannot", actor=actor_of(youssef), reason="De grond is niet van ons.")
    known = standing.standing_of(plan_of(card))
    for actor, refusal in ((Actor(), NotSignedIn), (OFFICIAL, NotYours)):
        with pytest.raises(refusal):
            second_look.ask_second_look(actor, known, "Kijk nog eens.")
    second_look.ask_second_look(actor_of(fatima), known, "Het staat op gemeentegrond.")
    second = anew(card)
    assert (second.look, second.request) == (2, "Het staat op gemeentegrond.")
    assert plan_of(card).state is ProposalState.INFEASIBLE
    with pytest.raises(AlreadyDone):
        second_look.ask_second_look(actor_of(fatima), standing.standing_of(plan_of(card)), "Nog eens.")
    with pytest.raises(NotYours):
        judging.answer(actor_of(youssef), anew(card), words(second), second.version)
    with pytest.raises(Invalid):
        assigning.assign(OFFICIAL, anew(card), Assignment("Groen", youssef.id))
    second = published(anew(card), "can", reason="U hebt gelijk.")
    assert plan_of(card).state is ProposalState.FEASIBLE
    said = [(each.look, each.content["verdict"]) for each in standing.standing_of(second.proposal).versions]
    assert said == [(1, "cannot"), (2, "can")]


def test_a_second_look_is_asked_within_two_weeks_and_not_after_a_yes(fatima: Person) -> None:
    yes = published(make_card(authors=(fatima,)))
    with pytest.raises(NotNow):
        second_look.ask_second_look(actor_of(fatima), standing.standing_of(yes.proposal), "Toch niet.")
    no = published(make_card(authors=(fatima,), title="Boom"), "cannot")
    with transaction(db.session()):
        version = db.session.scalars(
            sa.select(AssessmentVersion).where(AssessmentVersion.proposal_id == no.proposal_id)
        ).one()
        version.published_on = today() - timedelta(days=15)
    with pytest.raises(NotNow):
        second_look.ask_second_look(actor_of(fatima), standing.standing_of(anew(no).proposal), "Te laat?")


# Terms


def test_reminders_go_out_three_working_days_before_and_once_after_the_term(youssef: Person) -> None:
    card = make_card(title="Bijna")
    late = make_card(title="Te laat")
    far = make_card(title="Nog lang niet")
    set_card(card, due=add_working_days(today(), 3))
    set_card(late, due=today() - timedelta(days=1))
    mails()
    assert reminding.remind(SYSTEM) == 1
    text = newest_mail_to("youssef@voorbeeld.nl")
    assert "Bijna" in text
    assert "Te laat" in text
    assert far.proposal.title not in text
    assert reminding.remind(SYSTEM) == 0
    set_card(anew(card), due=today() - timedelta(days=1))
    assert reminding.remind(SYSTEM) == 1


def test_a_card_without_anybody_reminds_the_officials() -> None:
    sanne = make_person("Sanne", RoleName.OFFICIAL)
    card = make_card()
    set_card(card, due=today() - timedelta(days=1))
    reminding.remind(SYSTEM)
    assert "Bankje" in newest_mail_to(sanne.email or "")


def test_the_morning_runs_by_itself() -> None:
    set_card(make_card(), due=today() - timedelta(days=1))
    make_plan(make_desk_round(), state="submitted", title="Nieuw")
    reminding.every_morning()
    opening.open_cards_everywhere()
    assert len(db.session.scalars(sa.select(Assessment)).all()) == 2


def test_figures_leave_out_the_days_on_which_the_authors_were_to_answer() -> None:
    card = make_card()
    set_card(card, begun_on=today() - timedelta(days=30), paused_days=10)
    published(anew(card))
    other = make_card(title="Boom")
    set_card(other, begun_on=today() - timedelta(days=40), due=today() - timedelta(days=1))
    published(anew(other))
    together, groen = desk.figures()
    assert (together.answers, together.median_days, together.in_time, together.of_100) == (2, 30, 1, 50)
    assert groen.department == "Groen"
    assert desk.figures("nergens") == []


def test_somebody_who_leaves_has_no_cards_any_more(youssef: Person) -> None:
    from buurtbegroting.blueprints.assessment.actions.forgetting import forget

    card = make_card()
    assert card.assessor_id == youssef.id
    with transaction(db.session()):
        forget(youssef.id)
    assert anew(card).assessor_id is None


def test_what_authors_were_asked_is_theirs_to_take_away(fatima: Person) -> None:
    from buurtbegroting.blueprints.assessment.personal import personal_data

    asking.ask_authors(OFFICIAL, make_card(authors=(fatima,)), asking.Question("Wie veegt?", is_public=False))
    assert "Wie veegt?" in str(personal_data(fatima.id))
    assert db.session.scalars(sa.select(AuthorQuestion)).one().is_public is False


def test_moments_have_a_zone() -> None:
    known = standing.standing_of(published(make_card(), "cannot").proposal)
    assert isinstance(known.second_look_ends, datetime)
    assert known.second_look_ends.tzinfo is not None
