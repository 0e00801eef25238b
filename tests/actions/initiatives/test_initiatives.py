"""What groups and officials do with initiatives, what is refused, and what happens when two are at it."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import flask
import pytest

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.conversations.models import Visibility
from buurtbegroting.blueprints.initiatives import queries
from buurtbegroting.blueprints.initiatives.actions import answering, members, mornings, writing
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.personal import personal_data
from buurtbegroting.blueprints.initiatives.queries import cases
from buurtbegroting.blueprints.initiatives.states import AnswerState, Stage
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, Actor, RoleName
from buurtbegroting.civic.refusals import AlreadyDone, Changed, Invalid, NotFound, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation import clock, crypto, tenancy
from buurtbegroting.foundation.database import db, transaction
from tests.factories.initiatives import WIJK, again, make_initiative, with_member
from tests.factories.people import actor_of, mails, make_person
from tests.factories.towns import Town

ABOUT = writing.About("Eettafel", "Samen eten.", WIJK, None)
YES = answering.Answer("yes", "Graag.")


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def olga(town: Town) -> Person:
    return make_person("Olga", RoleName.OFFICIAL)


@pytest.fixture
def table(fatima: Person) -> Initiative:
    return make_initiative(fatima, asks="Een zaal.")


def today() -> object:
    return clock.local_day(clock.now(db.session()))


def test_a_question_waits_until_the_day_that_is_promised(table: Initiative) -> None:
    assert table.answer_state is AnswerState.WAITING
    assert table.turn_due is not None
    assert table.asked_on is not None
    assert (table.turn_due - table.asked_on) >= timedelta(weeks=4)
    assert table.lead_ids == table.member_ids


def test_who_asks_nothing_is_there_and_waits_for_nobody(fatima: Person) -> None:
    made = make_initiative(fatima)
    assert (made.answer_state, made.turn_party, made.turn_due) == (AnswerState.NOT_ASKED, "", None)


def test_only_who_signed_in_registers_and_only_in_a_wijk_that_is_there(fatima: Person) -> None:
    with pytest.raises(NotSignedIn):
        writing.register(ANONYMOUS, ABOUT, Stage.IDEA, "", "nl")
    elsewhere = writing.About("X", "Y", "WK000000", None)
    with pytest.raises(Invalid) as refused:
        writing.register(actor_of(fatima), elsewhere, Stage.IDEA, "", "nl")
    assert set(refused.value.fields) == {"wijk"}


def test_nobody_registers_many_in_one_day(fatima: Person) -> None:
    for number in range(writing.MOST_AT_ONCE):
        make_initiative(fatima, f"Plan {number}")
    with pytest.raises(Invalid):
        make_initiative(fatima, "Nog een")


def test_numbers_follow_each_other(fatima: Person, table: Initiative) -> None:
    second = make_initiative(fatima, "Tuin")
    year = table.registered_on.year
    assert (table.number, second.number) == (f"{year}-001", f"{year}-002")


def test_only_members_write_and_the_second_of_two_is_told(table: Initiative, fatima: Person, gerrit: Person) -> None:
    for actor, refusal in ((ANONYMOUS, NotSignedIn), (actor_of(gerrit), NotYours)):
        with pytest.raises(refusal):
            writing.change(actor, table, ABOUT, table.version)
    version = table.version
    writing.change(actor_of(fatima), table, writing.About("Lange tafel", "Samen eten.", WIJK, None), version)
    with pytest.raises(Changed):
        writing.change(actor_of(fatima), again(table), ABOUT, version)


def test_an_ended_initiative_asks_nothing_and_can_start_again(table: Initiative, fatima: Person) -> None:
    actor = actor_of(fatima)
    writing.move_to(actor, table, Stage.ENDED)
    ended = again(table)
    assert (ended.answer_state, ended.ended_on, ended.turn_due) == (AnswerState.NOT_ASKED, today(), None)
    with pytest.raises(NotNow):
        writing.ask(actor, ended, "Nog iets.")
    writing.move_to(actor, again(table), Stage.STARTING)
    assert again(table).ended_on is None
    writing.ask(actor, again(table), "Nog iets.")
    assert again(table).answer_state is AnswerState.WAITING


def test_one_question_waits_at_a_time(table: Initiative, fatima: Person) -> None:
    actor = actor_of(fatima)
    with pytest.raises(NotNow):
        writing.ask(actor, table, "En nog iets.")
    writing.take_back_question(actor, again(table))
    with pytest.raises(NotNow):
        writing.take_back_question(actor, again(table))


def test_what_is_still_to_come_did_not_happen(table: Initiative, fatima: Person) -> None:
    tomorrow = table.registered_on + timedelta(days=1)
    with pytest.raises(Invalid):
        writing.tell(actor_of(fatima), table, writing.Happened(tomorrow, "Morgen"))


def test_what_it_brought_adds_up(table: Initiative, fatima: Person) -> None:
    for people, hours in ((10, 5), (None, 7)):
        writing.tell(actor_of(fatima), again(table), writing.Happened(table.registered_on, "Avond", "", people, hours))
    assert queries.yield_of(table.id) == queries.Yield(2, 10, 12)


def test_a_link_works_once_and_a_new_one_ends_the_old(table: Initiative, fatima: Person, gerrit: Person) -> None:
    old, new = crypto.new_token(), crypto.new_token()
    members.invite(actor_of(fatima), table, old)
    members.invite(actor_of(fatima), again(table), new)
    with pytest.raises(NotFound):
        members.join(actor_of(gerrit), again(table), old, "")
    members.join(actor_of(gerrit), again(table), new, "kok")
    with pytest.raises(AlreadyDone):
        members.join(actor_of(gerrit), again(table), new, "kok")
    with pytest.raises(NotFound):
        members.join(actor_of(make_person("Noor")), again(table), new, "")


def test_only_who_leads_invites_lets_go_and_hands_over(table: Initiative, fatima: Person, gerrit: Person) -> None:
    with_member(table, gerrit)
    follower, lead = actor_of(gerrit), actor_of(fatima)
    for refused in (
        lambda: members.invite(follower, again(table), "x"),
        lambda: members.let_go(follower, again(table), str(fatima.id)),
        lambda: members.hand_over(follower, again(table), str(gerrit.id), stays_lead=False),
    ):
        with pytest.raises(NotYours):
            refused()
    with pytest.raises(NotNow):
        members.leave(lead, again(table))
    with pytest.raises(Invalid):
        members.let_go(lead, again(table), str(fatima.id))
    with pytest.raises(Invalid):
        members.hand_over(lead, again(table), str(fatima.id), stays_lead=True)
    members.hand_over(lead, again(table), str(gerrit.id), stays_lead=False)
    assert again(table).lead_ids == {str(gerrit.id)}
    members.leave(lead, again(table))
    assert again(table).member_ids == {str(gerrit.id)}


def test_who_leaves_the_site_leaves_the_group_to_who_stays(table: Initiative, fatima: Person, gerrit: Person) -> None:
    with_member(table, gerrit)
    answering.write_note(actor_of(fatima), again(table), "Van mij.", "Fatima")
    told = personal_data(fatima.id)
    assert [row["Text"] for row in told["What you wrote to the municipality about your initiative"]] == ["Van mij."]
    with transaction(db.session()):
        members.forget(fatima.id)
    left = again(table)
    assert (left.member_ids, left.lead_ids) == ({str(gerrit.id)}, {str(gerrit.id)})
    assert cases.notes_of(table.id)[0].shown_as == ""


def test_a_no_has_a_ground_and_a_route_and_a_yes_if_has_help(table: Initiative, olga: Person) -> None:
    for given, fields in (
        (answering.Answer("no", "Helaas."), {"ground", "route"}),
        (answering.Answer("no", "Helaas.", ground="zomaar", route="contact"), {"ground"}),
        (answering.Answer("yes-if", "Graag.", conditions="Een sleutel."), {"helper"}),
    ):
        with pytest.raises(Invalid) as refused:
            answering.answer(actor_of(olga), again(table), given, "Wijken")
        assert set(refused.value.fields) == fields


def test_a_no_can_become_a_yes_and_a_yes_is_asked_anew(table: Initiative, fatima: Person, olga: Person) -> None:
    no = answering.Answer("no", "Helaas.", ground="safety", route="contact")
    answering.answer(actor_of(olga), table, no, "Veiligheid")
    answering.answer(actor_of(olga), again(table), YES, "Wijken")
    with pytest.raises(NotNow):
        answering.answer(actor_of(olga), again(table), YES, "Wijken")
    writing.ask(actor_of(fatima), again(table), "En een keuken?")
    answering.answer(actor_of(olga), again(table), YES, "Wijken")
    assert [(each.number, each.kind) for each in again(table).answers] == [(1, "no"), (2, "yes"), (3, "yes")]


def test_nobody_handles_their_own_initiative(olga: Person, fatima: Person) -> None:
    own = make_initiative(olga, asks="Een zaal.")
    for refused in (
        lambda: answering.answer(actor_of(olga), again(own), YES, "Wijken"),
        lambda: answering.refer(actor_of(olga), again(own), "Vastgoed", "Mag het?"),
        lambda: answering.give_contact(actor_of(olga), again(own), str(olga.id), "Wijkmanager"),
    ):
        with pytest.raises(NotYours):
            refused()
    other = make_person("Piet", RoleName.OFFICIAL)
    with pytest.raises(Invalid):
        answering.give_contact(actor_of(other), again(own), str(olga.id), "Wijkmanager")
    with pytest.raises(Invalid):
        answering.give_contact(actor_of(other), again(own), str(fatima.id), "Buurvrouw")


def test_residents_do_not_handle_initiatives(table: Initiative, gerrit: Person) -> None:
    for actor, refusal in ((ANONYMOUS, NotSignedIn), (actor_of(gerrit), NotYours)):
        with pytest.raises(refusal):
            answering.answer(actor, again(table), YES, "Wijken")
        with pytest.raises(refusal):
            answering.set_hidden(actor, again(table), is_hidden=True)
        with pytest.raises(refusal):
            answering.write_note(actor, again(table), "Hallo", "X")


def test_only_a_question_that_waits_is_sent_on_and_its_outcome_noted_once(table: Initiative, olga: Person) -> None:
    official = actor_of(olga)
    sent = answering.refer(official, table, "Vastgoed", "Is de zaal vrij?")
    answering.note_outcome(official, cases.referral_by_id(sent.id), "Ja.")  # type: ignore[arg-type]
    with pytest.raises(AlreadyDone):
        answering.note_outcome(official, cases.referral_by_id(sent.id), "Nee.")  # type: ignore[arg-type]
    answering.answer(official, again(table), YES, "Wijken")
    with pytest.raises(NotNow):
        answering.refer(official, again(table), "Juridische zaken", "Mag het?")


def test_a_group_says_once_a_day_that_it_told_it_again(table: Initiative, fatima: Person) -> None:
    answering.tell_again(actor_of(fatima), table)
    with pytest.raises(AlreadyDone):
        answering.tell_again(actor_of(fatima), again(table))
    with pytest.raises(NotNow):
        answering.tell_again(actor_of(fatima), make_initiative(fatima, "Vraagt niets"))


def test_what_is_hidden_hides_its_talk(table: Initiative, olga: Person, gerrit: Person) -> None:
    answering.set_hidden(actor_of(olga), table, is_hidden=True)
    hidden = again(table)
    assert (hidden.thread.visibility, hidden.album.visibility) == (Visibility.HIDDEN, Visibility.HIDDEN)
    with pytest.raises(NotFound):
        writing.tell(actor_of(gerrit), hidden, writing.Happened(table.registered_on, "X"))
    answering.set_hidden(actor_of(olga), again(table), is_hidden=False)
    assert again(table).thread.visibility == Visibility.PUBLIC


def test_who_is_silent_is_asked_once_and_is_alive_again_by_one_press(table: Initiative, fatima: Person) -> None:
    mails()
    with transaction(db.session()):
        queries.initiative_by_id(table.id).alive_on = table.alive_on - timedelta(days=200)  # type: ignore[union-attr]
    assert mornings.ask_who_is_silent(SYSTEM) == 1
    assert mornings.ask_who_is_silent(SYSTEM) == 0
    assert [mail["To"] for mail in mails() if "nog door" in str(mail["Subject"])] == ["fatima@voorbeeld.nl"]
    writing.say_alive(actor_of(fatima), again(table))
    assert (again(table).alive_on, again(table).alive_asked_on) == (today(), None)
    with pytest.raises(NotYours):
        mornings.ask_who_is_silent(actor_of(fatima))


def test_of_two_officials_who_answer_at_once_one_is_told(
    app: flask.Flask, town: Town, table: Initiative, olga: Person
) -> None:
    other = make_person("Piet", RoleName.OFFICIAL)
    actors, number, municipality = [actor_of(olga), actor_of(other)], table.number, town.municipality.id
    start, results = threading.Barrier(2), []

    def give(actor: Actor) -> None:
        with app.app_context():
            tenancy.enter(db.session(), municipality)
            found = queries.initiative_by_number(number)
            start.wait()
            try:
                answering.answer(actor, found, YES, "Wijken")  # type: ignore[arg-type]
                results.append("given")
            except Exception as refused:
                results.append(type(refused).__name__)

    threads = [threading.Thread(target=give, args=(actor,)) for actor in actors]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert results.count("given") == 1
    assert [each.kind for each in again(table).answers] == ["yes"]


def test_an_initiative_is_tied_only_to_what_is_there(table: Initiative, fatima: Person) -> None:
    with pytest.raises(Invalid):
        writing.link(actor_of(fatima), table, "plan", "2020-001", lambda kind, key: False)
    for _ in range(2):
        writing.link(actor_of(fatima), again(table), "plan", "2020-001", lambda kind, key: True)
    links = queries.links_of(table.id)
    assert [(each.kind, each.key) for each in links] == [("plan", "2020-001")]
    writing.unlink(actor_of(fatima), queries.link_by_id(links[0].id))  # type: ignore[arg-type]
    assert queries.links_of(table.id) == []
    assert queries.link_by_id(uuid.uuid4()) is None
