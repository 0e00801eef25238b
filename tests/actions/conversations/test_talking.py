"""What people say stands where it belongs, is looked at where it must be, and goes where its author wants."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import flask
import pytest
from sqlalchemy import select, update

from buurtbegroting.blueprints.accounts.actions.people import forget_person
from buurtbegroting.blueprints.accounts.models import Person, Rhythm
from buurtbegroting.blueprints.conversations import queries
from buurtbegroting.blueprints.conversations.actions import following, moderating, talking
from buurtbegroting.blueprints.conversations.actions.forgetting import forget
from buurtbegroting.blueprints.conversations.models import Comment, Stance, Visibility
from buurtbegroting.blueprints.conversations.policy import may_see_comment
from buurtbegroting.blueprints.conversations.states import CommentState
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.civic.actors import ANONYMOUS, Actor, Role, RoleName
from buurtbegroting.civic.refusals import (
    AlreadyDone,
    Changed,
    Invalid,
    NotFound,
    NotNow,
    NotSignedIn,
    NotYours,
    TooOften,
)
from buurtbegroting.foundation import clock, outbox, tenancy
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.people import actor_of, mails, make_person
from tests.factories.rounds import make_plan, make_round
from tests.factories.towns import Town

MODERATOR = Actor(id="moderator", roles=frozenset({Role(RoleName.MODERATOR)}))


@pytest.fixture
def plan(town: Town) -> Proposal:
    return make_plan(make_round(), title="Bankje")


def said(body: str, answers: Comment | None = None) -> talking.Said:
    return talking.Said(Stance.NEUTRAL, body, "nl", answers)


def known(name: str, plan: Proposal, *names: RoleName, **facts: Any) -> Person:
    """Make somebody whose first words were looked at before."""
    person = make_person(name, *names, **facts)
    first = talking.say_something(actor_of(person), plan.thread, said(f"Dag, ik ben {name}."))
    if first.state is CommentState.HELD:
        moderating.show_comment(MODERATOR, first)
    with transaction(db.session()):
        db.session.execute(
            update(Comment).where(Comment.id == first.id).values(made_at=clock.now(db.session()) - timedelta(days=2))
        )
    return person


def test_the_first_words_of_somebody_new_are_looked_at_before_others_read_them(plan: Proposal) -> None:
    fatima = make_person("Fatima")
    first = talking.say_something(actor_of(fatima), plan.thread, said("Mooi plan."))
    assert first.state is CommentState.HELD
    assert not may_see_comment(ANONYMOUS, first, clock.now(db.session()))
    assert may_see_comment(actor_of(fatima), first, clock.now(db.session()))
    assert may_see_comment(MODERATOR, first, clock.now(db.session()))
    moderating.show_comment(MODERATOR, first)
    second = talking.say_something(actor_of(fatima), plan.thread, said("Nog iets."))
    assert (second.state, second.number) == (CommentState.PUBLISHED, 2)


def test_a_municipality_may_look_at_everything_beforehand(plan: Proposal, town: Town) -> None:
    fatima = known("Fatima", plan)
    with transaction(db.session()):
        town.municipality.is_moderated_before = True
    assert talking.say_something(actor_of(fatima), plan.thread, said("Goed idee.")).state is CommentState.HELD


def test_what_looks_like_advertising_waits(plan: Proposal) -> None:
    fatima = known("Fatima", plan)
    body = "Kijk op https://a.nl en http://b.nl en www.c.nl"
    assert talking.say_something(actor_of(fatima), plan.thread, said(body)).state is CommentState.HELD


def test_a_flood_and_the_same_words_again_are_refused(plan: Proposal) -> None:
    fatima = known("Fatima", plan)
    talking.say_something(actor_of(fatima), plan.thread, said("Een."))
    with pytest.raises(AlreadyDone):
        talking.say_something(actor_of(fatima), plan.thread, said("  een! "))
    for words in ("Twee.", "Drie.", "Vier.", "Vijf."):
        talking.say_something(actor_of(fatima), plan.thread, said(words))
    with pytest.raises(TooOften):
        talking.say_something(actor_of(fatima), plan.thread, said("Zes."))


def test_nobody_speaks_without_signing_in_or_where_the_talk_is_closed_or_hidden(plan: Proposal) -> None:
    fatima = known("Fatima", plan)
    with pytest.raises(NotSignedIn):
        talking.say_something(ANONYMOUS, plan.thread, said("Hallo."))
    moderating.close_thread(MODERATOR, plan.thread, is_open=False)
    with pytest.raises(NotNow):
        talking.say_something(actor_of(fatima), plan.thread, said("Hallo."))
    hidden = make_plan(plan.round, state="hidden")
    with pytest.raises(NotFound):
        talking.say_something(actor_of(fatima), hidden.thread, said("Hallo."))
    with pytest.raises(NotYours):
        moderating.close_thread(actor_of(fatima), plan.thread, is_open=True)


def test_only_an_official_answers_for_the_municipality(plan: Proposal) -> None:
    fatima, sanne = known("Fatima", plan), make_person("Sanne", RoleName.OFFICIAL)
    question = talking.say_something(actor_of(fatima), plan.thread, said("Wanneer?"))
    answer = talking.say_something(actor_of(sanne), plan.thread, said("In mei.", question), "Team Groen")
    assert (answer.author_name, answer.department, answer.parent_id) == ("Team Groen", "Team Groen", question.id)
    with pytest.raises(NotYours):
        talking.say_something(actor_of(fatima), plan.thread, said("Nee, in juni."), "Team Groen")


def test_an_answer_to_an_answer_stands_beside_it(plan: Proposal) -> None:
    fatima = known("Fatima", plan)
    first = talking.say_something(actor_of(fatima), plan.thread, said("Een."))
    second = talking.say_something(actor_of(fatima), plan.thread, said("Twee.", first))
    third = talking.say_something(actor_of(fatima), plan.thread, said("Drie.", second))
    assert third.parent_id == first.id


def test_words_are_changed_by_their_author_for_half_an_hour(plan: Proposal) -> None:
    fatima, gerrit = known("Fatima", plan), known("Gerrit", plan)
    mine = talking.say_something(actor_of(fatima), plan.thread, said("Goet."))
    talking.change_comment(actor_of(fatima), mine, "Goed.", mine.version)
    assert mine.body == "Goed."
    assert mine.edited_at
    with pytest.raises(Changed):
        talking.change_comment(actor_of(fatima), mine, "Beter.", 1)
    with pytest.raises(NotFound):
        talking.change_comment(actor_of(gerrit), mine, "Slecht.", mine.version)
    with pytest.raises(NotSignedIn):
        talking.change_comment(ANONYMOUS, mine, "Slecht.", mine.version)
    with transaction(db.session()):
        mine.made_at = clock.now(db.session()) - timedelta(minutes=31)
    with pytest.raises(NotNow):
        talking.change_comment(actor_of(fatima), mine, "Te laat.", mine.version)


def test_words_that_are_taken_back_are_gone_and_the_answers_stay(plan: Proposal) -> None:
    fatima, gerrit = known("Fatima", plan), known("Gerrit", plan)
    mine = talking.say_something(actor_of(fatima), plan.thread, said("Spijt."))
    talking.say_something(actor_of(gerrit), plan.thread, said("Waarom?", mine))
    with pytest.raises(NotFound):
        talking.withdraw_comment(actor_of(gerrit), mine)
    talking.withdraw_comment(actor_of(fatima), mine)
    assert (mine.state, mine.body) == (CommentState.WITHDRAWN, "")
    _, answers, _ = queries.comments(plan.thread_id, "oudste", 1, 20, None)
    assert [each.body for each in answers[mine.id]] == ["Waarom?"]
    with pytest.raises(AlreadyDone):
        talking.withdraw_comment(actor_of(fatima), mine)


def test_agreeing_counts_once_and_a_second_time_takes_it_back(plan: Proposal) -> None:
    fatima, gerrit = known("Fatima", plan), known("Gerrit", plan)
    words = talking.say_something(actor_of(fatima), plan.thread, said("Doen!"))
    assert talking.second(actor_of(gerrit), words).seconds == 1
    assert talking.second(actor_of(gerrit), words).seconds == 0
    with pytest.raises(NotYours):
        talking.second(actor_of(fatima), words)
    with pytest.raises(NotSignedIn):
        talking.second(ANONYMOUS, words)


def test_many_who_speak_at_once_get_numbers_of_their_own(app: flask.Flask, plan: Proposal) -> None:
    people = [actor_of(known(f"P{number}", plan)) for number in range(6)]
    thread_id, municipality_id, failed = plan.thread_id, plan.municipality_id, []

    def speak(actor: Actor) -> None:
        with app.app_context():
            tenancy.enter(db.session(), municipality_id)
            try:
                talking.say_something(actor, queries.thread_by_id(thread_id), said(f"Ik ben {actor.id}"))  # type: ignore[arg-type]
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=speak, args=(each,)) for each in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    read_anew(db.session())
    assert failed == []
    numbers = db.session.scalars(select(Comment.number).where(Comment.thread_id == thread_id)).all()
    assert sorted(numbers) == list(range(1, 13))


def test_a_report_goes_to_who_moderates_and_hides_nothing_by_itself(plan: Proposal) -> None:
    fatima, gerrit = known("Fatima", plan), known("Gerrit", plan)
    words = talking.say_something(actor_of(fatima), plan.thread, said("Lelijk woord."))
    talking.report_abuse(actor_of(gerrit), words, "Dit is een scheldwoord.")
    with pytest.raises(AlreadyDone):
        talking.report_abuse(actor_of(gerrit), words, "Nog eens.")
    with pytest.raises(NotSignedIn):
        talking.report_abuse(ANONYMOUS, words, "x")
    assert words.state is CommentState.PUBLISHED
    waiting = queries.waiting_for_moderation()
    assert [(each.body, [report.why for report in reports]) for each, reports in waiting] == [
        ("Lelijk woord.", ["Dit is een scheldwoord."])
    ]
    moderating.show_comment(MODERATOR, words)
    read_anew(db.session())
    assert queries.waiting_for_moderation() == []


def test_the_author_hears_why_something_was_hidden_and_answers_once(plan: Proposal) -> None:
    fatima = known("Fatima", plan)
    words = talking.say_something(actor_of(fatima), plan.thread, said("Buurman Jansen is een dief."))
    mails()
    with pytest.raises(Invalid):
        moderating.hide_comment(MODERATOR, words, "")
    with pytest.raises(NotYours):
        moderating.hide_comment(actor_of(fatima), words, "x")
    moderating.hide_comment(MODERATOR, words, "U noemt een buurman bij naam.")
    assert words.body == "Buurman Jansen is een dief."
    mail = [each for each in mails() if each["To"] == fatima.email][-1]
    assert "U noemt een buurman bij naam." in mail.get_content()
    read_anew(db.session())
    talking.object_to(actor_of(fatima), words, "Het klopt wel.")
    with pytest.raises(AlreadyDone):
        talking.object_to(actor_of(fatima), words, "Echt waar.")
    with pytest.raises(NotFound):
        talking.object_to(actor_of(known("Gerrit", plan)), words, "x")
    with pytest.raises(NotSignedIn):
        talking.object_to(ANONYMOUS, words, "x")
    assert [each.id for each, _ in queries.waiting_for_moderation()] == [words.id]
    moderating.hide_comment(MODERATOR, words, "Het blijft een naam.")
    assert queries.waiting_for_moderation() == []


def test_who_is_answered_and_who_follows_hear_of_it_and_the_speaker_does_not(plan: Proposal) -> None:
    fatima = known("Fatima", plan, rhythm=Rhythm.DAILY)
    follower, gerrit = make_person("Noor", rhythm=Rhythm.AT_ONCE), known("Gerrit", plan, rhythm=Rhythm.AT_ONCE)
    for each in (follower, gerrit):
        following.follow(actor_of(each), "plan", plan.number)
    question = talking.say_something(actor_of(fatima), plan.thread, said("Wie doet mee?"))
    mails()
    talking.say_something(actor_of(gerrit), plan.thread, said("Ik!", question))
    sent = [(mail["To"], "Ik!" in mail.get_content(), mail["List-Unsubscribe"] is not None) for mail in mails()]
    assert (fatima.email, True, False) in sent
    assert (follower.email, True, True) in sent
    assert not [each for each in sent if each[0] == gerrit.email and each[1]]


def test_what_is_held_is_told_to_nobody(plan: Proposal) -> None:
    follower = make_person("Noor", rhythm=Rhythm.AT_ONCE)
    following.follow(actor_of(follower), "plan", plan.number)
    talking.say_something(actor_of(make_person("Nieuw")), plan.thread, said("KANARIE"))
    assert not [mail for mail in mails() if "KANARIE" in mail.get_content()]
    assert outbox.unread(db.session(), follower.id) == 0


def test_who_leaves_leaves_their_words_as_those_of_a_resident(plan: Proposal) -> None:
    fatima, gerrit = known("Fatima", plan), known("Gerrit", plan)
    words = talking.say_something(actor_of(fatima), plan.thread, said("Blijft staan."))
    other = talking.say_something(actor_of(gerrit), plan.thread, said("Ook."))
    talking.second(actor_of(fatima), other)
    forget_person(actor_of(fatima), fatima, forget)
    read_anew(db.session())
    words, other = db.session.get_one(Comment, words.id), db.session.get_one(Comment, other.id)
    assert (words.author_id, words.author_name, words.body, other.seconds) == (None, "", "Blijft staan.", 0)


def test_a_plan_that_is_hidden_hides_its_talk(plan: Proposal) -> None:
    assert plan.thread.visibility == Visibility.PUBLIC
    assert make_plan(plan.round, state="hidden").thread.visibility == Visibility.HIDDEN
    assert make_plan(make_round(state="draft")).thread.visibility == Visibility.HIDDEN
