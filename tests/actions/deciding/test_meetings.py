"""What a jury, a meeting or a vote in a hall decides, with its reasons and its money."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from buurtbegroting.blueprints.deciding.actions.meeting import (
    MeetingText,
    Said,
    enter_meeting,
    obstacles,
    publish_meeting,
    throw_away_meeting,
    write_meeting,
)
from buurtbegroting.blueprints.deciding.models import Meeting
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import balance_of
from buurtbegroting.civic.actors import ANONYMOUS, Actor, Role, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Changed, Invalid, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation.database import db, transaction
from tests.factories.people import make_person, newest_mail_to
from tests.factories.rounds import NOW, make_plan, make_round
from tests.factories.towns import Town

pytestmark = pytest.mark.both_engines
SANNE = Actor(id=str(uuid.uuid4()), roles=frozenset({Role(RoleName.OFFICIAL)}))
TODAY = NOW.date()
TEXT = MeetingText(TODAY, "Bewonersadviesgroep", "Buurthuis", "Iedereen was het eens.", present=9)
HALL = MeetingText(TODAY, "De wijk", "Sporthal", "", voters=30, blank=2, counted_by="A. de Wit, B. Kaya")


def jury(amount: int = 50, **rules: object) -> Round:
    return make_round(PhaseKind.ALL_YEAR, amount, rulebook={"decision_form": "jury", **rules})


def fixed(form: str, **rules: object) -> Round:
    """Make a round in its phase of choosing, with three plans on a fixed list."""
    made = make_round(PhaseKind.VOTE, 50, rulebook={"decision_form": form, "rule": "greedy", **rules})
    for title, cost in (("Bankje", 20), ("Boom", 25), ("Fontein", 30)):
        make_plan(made, cost, title=title)
    with transaction(db.session()):
        made.list_frozen_at, made.list_hash = NOW, "0" * 64
    return made


def plans_of(round_: Round) -> list[Proposal]:
    query = sa.select(Proposal).where(Proposal.round_id == round_.id).order_by(Proposal.number)
    return list(db.session.scalars(query).all())


def written(round_: Round, text: MeetingText, said: dict[Proposal, Said]) -> Meeting:
    made = enter_meeting(SANNE, round_, text)
    return write_meeting(SANNE, made, text, said, made.version)


def test_a_jury_grants_refuses_and_holds_with_reasons_and_the_money_is_booked(town: Town) -> None:
    round_, writer = jury(), make_person("Fatima")
    yes, no, later = (make_plan(round_, 20, title=each, authors=(writer,)) for each in ("Ja", "Nee", "Later"))
    said = {
        yes: Said("granted", 15_00, "Goed voor de straat."),
        no: Said("refused", None, "Er staat er al een."),
        later: Said(),
    }
    meeting = written(round_, TEXT, said)
    assert yes.state == "feasible"
    publish_meeting(SANNE, meeting)
    assert [each.state for each in (yes, no, later)] == ["elected", "not-elected", "feasible"]
    assert balance_of(round_.pots[0]).left_cents == 35_00
    assert "wordt later beslist" in newest_mail_to(writer.email) or "gekozen" in newest_mail_to(writer.email)
    with pytest.raises(NotNow, match="published"):
        write_meeting(SANNE, meeting, TEXT, {}, meeting.version)
    for statement in ("UPDATE plan_verdict SET reason = 'Anders'", "UPDATE meeting SET note = 'Anders'"):
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), db.engine.begin() as connection:
            connection.execute(sa.text(statement))
    again = written(round_, TEXT, {later: Said("granted", 20_00, "Nu wel.")})
    publish_meeting(SANNE, again)
    assert again.number == meeting.number + 1
    assert later.state == "elected"


def test_a_jury_gives_a_reason_for_every_plan(town: Town) -> None:
    round_ = jury()
    meeting = written(round_, TEXT, {make_plan(round_, title="Bankje"): Said("refused")})
    with pytest.raises(Invalid, match="Give a reason"):
        publish_meeting(SANNE, meeting)


def test_nobody_grants_more_than_there_is_left(town: Town) -> None:
    round_ = jury(amount=30)
    first, second = make_plan(round_, 20), make_plan(round_, 20)
    meeting = written(round_, TEXT, {each: Said("granted", 20_00, "Ja.") for each in (first, second)})
    with pytest.raises(Invalid, match="more is granted"):
        publish_meeting(SANNE, meeting)
    assert first.state == "feasible"


def test_a_decision_about_nothing_is_not_published_and_can_be_thrown_away(town: Town) -> None:
    meeting = enter_meeting(SANNE, jury(), TEXT)
    with pytest.raises(Invalid, match="Nothing is decided"):
        publish_meeting(SANNE, meeting)
    throw_away_meeting(SANNE, meeting)
    assert db.session.get(Meeting, meeting.id) is None


def test_a_meeting_says_how_it_came_to_its_decision(town: Town) -> None:
    round_ = fixed("consensus")
    plan = plans_of(round_)[0]
    silent = MeetingText(TODAY, "Buurtvergadering", "", "")
    meeting = written(round_, silent, {plan: Said("granted", 20_00)})
    assert [str(each) for each in obstacles(meeting)] == [
        "Say how the meeting came to its decision, and who disagreed."
    ]
    write_meeting(SANNE, meeting, TEXT, {plan: Said("granted", 20_00)}, meeting.version)
    publish_meeting(SANNE, meeting)
    assert plan.state == "elected"


def test_votes_in_a_hall_are_counted_by_the_rules_of_the_round(town: Town) -> None:
    round_ = fixed("live")
    bench, tree, fountain = plans_of(round_)
    votes = {bench: Said(votes=10), tree: Said(votes=12), fountain: Said(votes=28)}
    meeting = written(round_, HALL, votes)
    # The fountain goes first, the tree no longer fits, the bench does.
    assert {each.proposal.title: each.verdict for each in meeting.verdicts} == {
        "Fontein": "granted",
        "Boom": "refused",
        "Bankje": "granted",
    }
    publish_meeting(SANNE, meeting)
    assert balance_of(round_.pots[0]).left_cents == 0


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"counted_by": "A. de Wit"}, "two people"),
        ({"voters": None, "blank": None}, "how many people"),
        ({"voters": 5, "blank": 1}, "more votes than"),
    ],
)
def test_a_count_sheet_has_to_add_up(town: Town, other: dict[str, object], words: str) -> None:
    round_ = fixed("live")
    text = MeetingText(**vars(HALL) | other)
    meeting = written(round_, text, {each: Said(votes=10) for each in plans_of(round_)})
    with pytest.raises(Invalid, match=words):
        publish_meeting(SANNE, meeting)


def test_who_may_enter_a_decision_and_when(town: Town) -> None:
    with pytest.raises(NotSignedIn):
        enter_meeting(ANONYMOUS, jury(), TEXT)
    with pytest.raises(NotYours):
        enter_meeting(Actor(id="resident"), jury(), TEXT)
    with pytest.raises(NotNow, match="ballot"):
        enter_meeting(SANNE, make_round(PhaseKind.VOTE), TEXT)
    with pytest.raises(NotNow, match="not time"):
        enter_meeting(SANNE, make_round(PhaseKind.ASSESS, rulebook={"decision_form": "jury"}), TEXT)
    with pytest.raises(NotNow, match="Fix the list"):
        enter_meeting(SANNE, make_round(PhaseKind.VOTE, rulebook={"decision_form": "live"}), TEXT)
    with pytest.raises(Invalid, match="has been"):
        enter_meeting(SANNE, jury(), MeetingText(TODAY + timedelta(days=2), "Jury", "", ""))


def test_who_writes_from_an_older_page_is_told_so(town: Town) -> None:
    round_ = jury()
    plan = make_plan(round_)
    meeting = written(round_, TEXT, {plan: Said("refused", None, "Nee.")})
    with pytest.raises(Changed):
        write_meeting(SANNE, meeting, TEXT, {}, meeting.version - 1)
