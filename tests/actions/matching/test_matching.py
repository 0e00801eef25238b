"""What people, brokers and the clock do with needs and offers, and what is refused."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import flask
import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.initiatives.models import Initiative
from buurtbegroting.blueprints.initiatives.states import Stage
from buurtbegroting.blueprints.matching import figures, personal, queries
from buurtbegroting.blueprints.matching.actions import brokering, contact, mornings, placing
from buurtbegroting.blueprints.matching.models import Block, LastingAnswer, LastingQuestion, Match, MatchCount, Posting
from buurtbegroting.blueprints.matching.states import Kind, MatchState, Side, State
from buurtbegroting.civic.actors import ANONYMOUS, SYSTEM, RoleName
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
from buurtbegroting.foundation import clock, tenancy
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.initiatives import WIJK, make_initiative
from tests.factories.matching import anew, make_brokered, make_match, make_posting, queried, words
from tests.factories.people import actor_of, mails, make_person
from tests.factories.towns import Town

REACH = "Sam, sam-prive@voorbeeld.nl"
PHONE = "06-98765432"


@pytest.fixture
def fatima(town: Town) -> Person:
    return make_person("Fatima")


@pytest.fixture
def gerrit(town: Town) -> Person:
    return make_person("Gerrit")


@pytest.fixture
def broker(town: Town) -> Person:
    return make_person("Wil", RoleName.NEIGHBOURHOOD_WORKER)


@pytest.fixture
def group(fatima: Person) -> Initiative:
    return make_initiative(fatima)


@pytest.fixture
def need(fatima: Person, group: Initiative) -> Posting:
    return make_posting(fatima, Side.NEED, group)


@pytest.fixture
def offer(gerrit: Person) -> Posting:
    return make_posting(gerrit, Side.OFFER)


def again(match: Match) -> Match:
    match_id = match.id
    read_anew(db.session())
    found = queries.match_by_id(match_id)
    assert found is not None
    return found


def test_a_need_of_a_group_is_public_and_stands_three_months(need: Posting) -> None:
    assert need.is_shown
    assert need.lapses_on - need.placed_on == placing.STANDS
    assert [each.id for each in queries.page(queries.Filters(), 1)] == [need.id]


def test_what_one_person_asks_is_never_public(gerrit: Person) -> None:
    made = make_posting(gerrit, Side.NEED, said=words("Samen koken", Kind.COOKING))
    assert not made.is_shown
    assert queries.count(queries.Filters()) == 0
    assert [each.id for each in queries.waiting_needs()] == [made.id]


def test_only_members_place_for_a_group_and_never_for_one_person(
    gerrit: Person, fatima: Person, group: Initiative
) -> None:
    whose = placing.Whose(initiative_id=group.id)
    with pytest.raises(NotSignedIn):
        placing.place(ANONYMOUS, Side.NEED, words(), whose, "nl")
    with pytest.raises(NotYours):
        placing.place(actor_of(gerrit), Side.NEED, words(), whose, "nl")
    with pytest.raises(Invalid):
        placing.place(actor_of(fatima), Side.NEED, words(kind=Kind.LIFT), whose, "nl")
    with pytest.raises(Invalid):
        placing.place(actor_of(gerrit), Side.NEED, words(), placing.Whose(organisation_id=uuid.uuid4()), "nl")


def test_impossible_input_is_refused_at_its_field(gerrit: Person) -> None:
    today = clock.local_day(clock.now(db.session()))
    for wrong, field in (
        ({"wijk_code": "WK000000"}, "wijk"),
        ({"from_on": today, "until_on": today - timedelta(days=1)}, "until_on"),
        ({"lapses_on": today + timedelta(days=400)}, "lapses_on"),
    ):
        with pytest.raises(Invalid) as refused:
            make_posting(gerrit, Side.OFFER, said=words(**wrong))
        assert set(refused.value.fields) == {field}


def test_who_offers_help_to_one_person_knows_what_volunteers_may_not_do(gerrit: Person) -> None:
    with pytest.raises(Invalid) as refused:
        placing.place(actor_of(gerrit), Side.OFFER, words(kind=Kind.LIFT), placing.Whose(), "nl", knows_limits=False)
    assert set(refused.value.fields) == {"knows_limits"}


def test_nobody_places_many_in_one_day(gerrit: Person) -> None:
    for _ in range(placing.PLACED.tries):
        make_posting(gerrit, Side.OFFER)
    with pytest.raises(TooOften):
        make_posting(gerrit, Side.OFFER)


def test_only_whose_it_is_changes_it_and_not_over_another(offer: Posting, gerrit: Person, fatima: Person) -> None:
    with pytest.raises(NotYours):
        placing.change(actor_of(fatima), offer, words("Anders"), offer.version)
    with pytest.raises(Changed):
        placing.change(actor_of(gerrit), offer, words("Anders"), offer.version + 1)
    assert placing.change(actor_of(gerrit), anew(offer), words("Anders"), 1).title == "Anders"


def test_taken_back_and_opened_again(offer: Posting, gerrit: Person) -> None:
    placing.withdraw(actor_of(gerrit), offer)
    assert queries.count(queries.Filters()) == 0
    with pytest.raises(NotNow):
        placing.withdraw(actor_of(gerrit), anew(offer))
    assert placing.extend(actor_of(gerrit), anew(offer)).state is State.OPEN


def test_only_who_moderates_hides(offer: Posting, fatima: Person, gerrit: Person) -> None:
    with pytest.raises(NotYours):
        placing.set_hidden(actor_of(gerrit), offer, is_hidden=True)
    moderator = make_person("Mo", RoleName.MODERATOR)
    placing.set_hidden(actor_of(moderator), anew(offer), is_hidden=True)
    assert queries.count(queries.Filters()) == 0
    with pytest.raises(NotFound):
        placing.withdraw(actor_of(fatima), anew(offer))


def test_addresses_are_given_only_after_a_yes_and_then_thrown_away(
    need: Posting, offer: Posting, fatima: Person, gerrit: Person
) -> None:
    match = make_match(fatima, need, offer, REACH)
    assert REACH not in match.contact_sealed
    assert not any(REACH in mail.get_content() for mail in mails())
    contact.agree(actor_of(gerrit), match, "Gerrit, bel 0123")
    said = {str(mail["To"]): mail.get_content() for mail in mails()}
    assert "sam-prive@voorbeeld.nl" in next(text for to, text in said.items() if "gerrit" in to)
    assert "bel 0123" in next(text for to, text in said.items() if "fatima" in to)
    kept = again(match)
    assert (kept.state, kept.contact_sealed, kept.message) == (MatchState.AGREED, "", "")
    assert anew(need).state is State.MATCHED
    assert anew(offer).state is State.OPEN
    assert db.session.scalars(select(MatchCount)).one().made == 1


def test_who_is_refused_hears_only_that_it_did_not_work_out(
    need: Posting, offer: Posting, fatima: Person, gerrit: Person
) -> None:
    match = make_match(fatima, need, offer)
    contact.decline(actor_of(gerrit), match, block=True)
    text = [mail.get_content() for mail in mails() if "fatima" in str(mail["To"])][-1]
    assert "gerrit" not in text.lower()
    assert again(match).state is MatchState.DECLINED
    assert db.session.scalar(select(MatchCount)) is None


def test_who_is_blocked_asks_nothing_more_until_it_is_taken_away(
    need: Posting, offer: Posting, fatima: Person, gerrit: Person, group: Initiative
) -> None:
    contact.decline(actor_of(gerrit), make_match(fatima, need, offer), block=True)
    second = make_posting(gerrit, Side.OFFER, said=words("Schuur"))
    with pytest.raises(NotYours):
        make_match(fatima, need, second)
    block = db.session.scalars(select(Block)).one()
    with pytest.raises(NotFound):
        contact.unblock(actor_of(fatima), block)
    with pytest.raises(NotSignedIn):
        contact.unblock(ANONYMOUS, block)
    contact.unblock(actor_of(gerrit), block)
    assert make_match(fatima, need, second).state is MatchState.PROPOSED


def test_every_way_of_asking_that_is_refused(need: Posting, offer: Posting, fatima: Person, gerrit: Person) -> None:
    with pytest.raises(NotSignedIn):
        contact.ask(ANONYMOUS, offer, need, "", "")
    with pytest.raises(NotYours):
        contact.ask(actor_of(gerrit), queried(offer), queried(need), "", "")
    other = make_posting(fatima, Side.NEED, said=words("Eten", Kind.COOKING))
    with pytest.raises(NotYours):
        contact.ask(actor_of(fatima), queried(offer), queried(other), "", "")
    with pytest.raises(NotFound):
        contact.ask(actor_of(gerrit), queried(other), queried(offer), "", "")
    mine = make_posting(fatima, Side.OFFER)
    with pytest.raises(Invalid):
        contact.ask(actor_of(fatima), queried(offer), mine, "", "")
    match = make_match(fatima, need, offer)
    with pytest.raises(AlreadyDone):
        make_match(fatima, need, offer)
    with pytest.raises(NotFound):
        contact.agree(actor_of(fatima), match, "x")
    placing.withdraw(actor_of(gerrit), queried(offer))
    with pytest.raises(NotNow):
        make_match(fatima, need, offer)
    with pytest.raises(NotNow):
        contact.agree(actor_of(gerrit), again(match), "x")


def test_nobody_floods_others_with_questions(need: Posting, fatima: Person, gerrit: Person) -> None:
    offers = [make_posting(gerrit, Side.OFFER) for _ in range(contact.QUESTIONS.tries + 1)]
    for each in offers[:-1]:
        make_match(fatima, need, each)
    with pytest.raises(TooOften):
        make_match(fatima, need, offers[-1])


def test_a_match_that_is_over_is_ended_by_a_side(need: Posting, offer: Posting, fatima: Person, gerrit: Person) -> None:
    match = make_match(fatima, need, offer)
    with pytest.raises(NotNow):
        contact.end(actor_of(fatima), match)
    contact.agree(actor_of(gerrit), again(match), "x")
    with pytest.raises(NotFound):
        contact.end(actor_of(make_person("Iemand")), again(match))
    assert contact.end(actor_of(fatima), again(match)).state is MatchState.ENDED
    with pytest.raises(NotNow):
        contact.decline(actor_of(gerrit), again(match), block=False)


def test_a_broker_ties_who_is_not_online_and_only_brokers_know_who_it_is(
    broker: Person, gerrit: Person, fatima: Person
) -> None:
    need = make_brokered(broker, Side.NEED, words("Naar de huisarts", Kind.LIFT), "Mevrouw Zwart", PHONE)
    assert PHONE not in need.sealed
    assert brokering.who_it_is(need) == ("Mevrouw Zwart", PHONE)
    offer = make_posting(gerrit, Side.OFFER, said=words("Ik rijd u", Kind.LIFT))
    for actor in (actor_of(fatima), ANONYMOUS):
        with pytest.raises(NotYours):
            brokering.tie(actor, queried(need), queried(offer))
        with pytest.raises(NotYours):
            brokering.enter(actor, Side.NEED, words(), "x", "y", "nl")
        with pytest.raises(NotYours):
            brokering.note(actor, queried(need), "x", 1)
    brokering.note(actor_of(broker), queried(need), "Belt liever in de ochtend", need.version)
    with pytest.raises(Changed):
        brokering.note(actor_of(broker), anew(need), "Te laat", 1)
    brokering.tie(actor_of(broker), anew(need), queried(offer))
    texts = "".join(mail.get_content() for mail in mails())
    assert "Ik rijd u" in texts
    assert PHONE not in texts
    assert "Naar de huisarts" not in texts
    assert anew(need).state is State.MATCHED
    with pytest.raises(NotNow):
        brokering.tie(actor_of(broker), anew(need), queried(offer))


def test_a_broker_handles_only_what_is_for_brokers(broker: Person, need: Posting, offer: Posting) -> None:
    with pytest.raises(NotFound):
        brokering.tie(actor_of(broker), need, offer)


def test_only_the_clock_does_the_mornings(fatima: Person) -> None:
    for deed in (mornings.let_lapse, mornings.ask_whether_it_lasts):
        with pytest.raises(NotYours):
            deed(actor_of(fatima))


def test_what_is_over_lapses_and_whose_it_is_hears_of_it(offer: Posting) -> None:
    with transaction(db.session()):
        offer.lapses_on = offer.placed_on - timedelta(days=1)
    assert mornings.let_lapse(SYSTEM) == 1
    assert anew(offer).state is State.LAPSED
    assert any("Zaal met keuken" in mail.get_content() for mail in mails())
    assert mornings.let_lapse(SYSTEM) == 0


def _old_match(person: Person, need: Posting, offer: Posting, answerer: Person, *, drawn: bool) -> Match:
    match = make_match(person, need, offer)
    contact.agree(actor_of(answerer), match, "x")
    match = again(match)
    with transaction(db.session()):
        match.settled_on = match.proposed_on - mornings.AFTER
        wanted = next(each for each in iter(uuid.uuid4, None) if mornings.is_drawn(each) is drawn)
        match.id = wanted
    return match


def test_who_is_drawn_answers_once_without_being_known(
    need: Posting, offer: Posting, fatima: Person, gerrit: Person
) -> None:
    _old_match(fatima, need, offer, gerrit, drawn=True)
    assert mornings.ask_whether_it_lasts(SYSTEM) == 1
    assert mornings.ask_whether_it_lasts(SYSTEM) == 0
    question = db.session.scalars(select(LastingQuestion)).one()
    assert {column.name for column in LastingAnswer.__table__.columns} == {
        *("id", "municipality_id", "kind", "half_year", "lasted", "would_again")
    }
    mornings.answer_whether_it_lasts(ANONYMOUS, question, "ja", would_again=True)
    assert db.session.scalars(select(LastingQuestion)).all() == []
    assert db.session.scalars(select(LastingAnswer)).one().lasted == "ja"


def test_who_is_not_drawn_is_left_alone(need: Posting, offer: Posting, fatima: Person, gerrit: Person) -> None:
    _old_match(fatima, need, offer, gerrit, drawn=False)
    assert mornings.ask_whether_it_lasts(SYSTEM) == 0


def test_about_one_in_five_is_drawn() -> None:
    drawn = sum(mornings.is_drawn(uuid.UUID(int=number)) for number in range(5000))
    assert 900 < drawn < 1100


def test_a_link_of_long_ago_is_worth_nothing(town: Town) -> None:
    now = clock.now(db.session())
    with transaction(db.session()):
        question = LastingQuestion(token_hash="x" * 64, kind="handen", half_year="2026-1", ends_at=now)
        db.session.add(question)
    with pytest.raises(AlreadyDone):
        mornings.answer_whether_it_lasts(ANONYMOUS, question, "ja", would_again=True)


def test_what_is_closed_for_half_a_year_is_thrown_away_and_its_count_stays(
    broker: Person, gerrit: Person, group: Initiative, need: Posting
) -> None:
    brokered = make_brokered(broker, Side.NEED, words("Eten", Kind.COOKING), "Mevrouw", PHONE)
    offer = make_posting(gerrit, Side.OFFER, said=words("Soep", Kind.COOKING))
    brokering.tie(actor_of(broker), queried(brokered), queried(offer))
    now = clock.now(db.session())
    with transaction(db.session()):
        assert personal.clean_closed(now + timedelta(days=180)) == 0
        assert personal.clean_closed(now + timedelta(days=190)) == 1
    assert queries.posting_by_id(brokered.id) is None
    assert queries.posting_by_id(need.id) is not None
    assert db.session.scalars(select(MatchCount)).one().made == 1


def test_who_leaves_takes_their_own_along_and_leaves_that_of_the_group(
    fatima: Person, need: Posting, gerrit: Person, offer: Posting
) -> None:
    make_match(fatima, need, offer)
    kept = personal.personal_data(fatima.id)
    assert "Zaal met keuken" in str(kept)
    with transaction(db.session()):
        personal.forget(fatima.id)
        personal.forget(gerrit.id)
    assert queries.posting_by_id(offer.id) is None
    assert queries.posting_by_id(need.id) is not None


def test_only_officials_keep_funds(town: Town, fatima: Person) -> None:
    official = make_person("Olga", RoleName.OFFICIAL)
    today = clock.local_day(clock.now(db.session()))
    fund = brokering.FundWords("Fonds", "Voor buurten", "", "", "https://fonds.nl", today)
    with pytest.raises(NotYours):
        brokering.add_fund(actor_of(fatima), fund)
    made = brokering.add_fund(actor_of(official), fund)
    for wrong in (fund, brokering.FundWords("B", "b", "", "", "http://b.nl", today)):
        with pytest.raises(Invalid):
            brokering.add_fund(actor_of(official), wrong)
    tomorrow = today + timedelta(days=1)
    with pytest.raises(Invalid):
        brokering.add_fund(actor_of(official), brokering.FundWords("C", "c", "", "", "https://c.nl", tomorrow))
    with pytest.raises(Changed):
        brokering.change_fund(actor_of(official), made, fund, 5)
    brokering.remove_fund(actor_of(official), made)
    assert queries.funds() == []


def test_a_small_number_cannot_be_worked_out() -> None:
    rows = [
        MatchCount(year=2026, kind=kind, wijk_code=WIJK, made=made) for kind, made in (("a", 9), ("b", 7), ("c", 2))
    ]
    (year,) = figures.by_year(rows)
    assert year.total == 18
    assert year.kinds == [("a", 9), ("b", None), ("c", None)]


def test_a_group_that_runs_well_is_strong_for_one_that_begins(fatima: Person, gerrit: Person) -> None:
    begins = make_initiative(fatima, "Begin", stage=Stage.IDEA)
    runs = make_initiative(gerrit, "Loopt", stage=Stage.INDEPENDENT)
    need = queries.as_asked(make_posting(fatima, Side.NEED, begins))
    offer = queries.as_asked(make_posting(gerrit, Side.OFFER, runs))
    assert (need.is_young, need.is_strong) == (True, False)
    assert (offer.is_young, offer.is_strong) == (False, True)


def test_two_who_answer_at_once_do_not_both(
    app: flask.Flask, town: Town, need: Posting, offer: Posting, fatima: Person, gerrit: Person
) -> None:
    match_id, actor = make_match(fatima, need, offer).id, actor_of(gerrit)
    gate, outcomes = threading.Barrier(2), []

    def answer(says: str) -> None:
        with app.app_context():
            tenancy.enter(db.session(), town.municipality.id)
            found = queries.match_by_id(match_id)
            gate.wait()
            assert found is not None
            try:
                if says == "yes":
                    contact.agree(actor, found, "x")
                else:
                    contact.decline(actor, found, block=False)
                outcomes.append(says)
            except Exception:
                outcomes.append("refused")

    threads = [threading.Thread(target=answer, args=(says,)) for says in ("yes", "no")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes).count("refused") == 1
