"""Plans that came in on paper: typed over, with a receipt, and changed when their author asks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from buurtbegroting.blueprints.accounts.models import Channel, Person
from buurtbegroting.blueprints.proposals.actions.entering import (
    Paper,
    change_on_request,
    enter_from_paper,
    withdraw_on_request,
)
from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.blueprints.proposals.queries import versions_of
from buurtbegroting.blueprints.proposals.states import ProposalState
from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.civic.actors import Actor, RoleName
from buurtbegroting.civic.phases import PhaseKind
from buurtbegroting.civic.refusals import Invalid, NotFound, NotNow, NotSignedIn, NotYours
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db, read_anew, transaction
from tests.factories.actors import actor
from tests.factories.people import let_in, mails, make_person, newest_mail_to, send
from tests.factories.rounds import NOW, WEEK, make_plan, make_round
from tests.factories.towns import Town
from tests.pages import CheckedClient

CLERK = actor(RoleName.PAPER_CLERK, id_="clerk")
OFFICIAL = actor(RoleName.OFFICIAL, id_="official")
TODAY = clock.local_day(NOW)


@pytest.fixture
def round_(town: Town) -> Round:
    return make_round(PhaseKind.PROPOSE)


def answers(round_: Round) -> dict[str, object]:
    words = {"title": "Bank bij de vijver", "what": "Een bank.", "why": "Om te rusten.", "carrier": "together"}
    return words | {"pot": str(round_.pots[0].id), "cost_cents": 125_050}


def paper(**facts: object) -> Paper:
    return Paper(**{"came_in_on": TODAY, "name": "Mevrouw Bos", "says_old_enough": True} | facts)  # type: ignore[arg-type]


def typed(round_: Round, **facts: str) -> dict[str, str]:
    known = {"title": "Bank bij de vijver", "summary": "Een bank.", "what": "Een houten bank.", "why": "Om te rusten."}
    known |= {"pot": str(round_.pots[0].id), "cost_cents": "1250,50", "carrier": "together", "theme": ""}
    known |= {"came_in_on": TODAY.isoformat(), "author": "Mevrouw Bos", "wijk_code": "", "is_old_enough": "y"}
    return known | {"hears": "not", "email": "", "letters": ""} | facts


def plan() -> Proposal:
    read_anew(db.session())
    return db.session.scalars(select(Proposal)).one()


@pytest.mark.parametrize("role", [RoleName.OFFICIAL, RoleName.NEIGHBOURHOOD_WORKER, RoleName.PAPER_CLERK])
def test_who_works_here_types_over_a_form_and_hands_out_a_receipt(
    client: CheckedClient, round_: Round, role: RoleName
) -> None:
    let_in(client, make_person("Marloes", role))
    address = f"/plannen/invoeren/{round_.number}"
    assert address in client.get("/plannen/invoeren").text
    assert "Bewaar geen foto" in client.get(address).text
    sent = send(client, address, **typed(round_))
    made = plan()
    assert sent.headers["Location"].startswith(f"/plannen/invoeren/bon/{made.number}")
    receipt = client.get(sent.headers["Location"]).text
    assert made.number in receipt
    assert "Mevrouw Bos" in receipt
    assert (made.author, made.cost_cents, made.state) == ("Mevrouw Bos", 125_050, ProposalState.SUBMITTED)
    assert (made.submitted_on, made.entered_on) == (TODAY, TODAY)
    assert made.turn_due is not None
    listed = client.get("/plannen/invoeren").text
    assert "Bank bij de vijver" in listed
    assert f"/plannen/invoeren/bon/{made.number}" in listed


def test_of_an_author_who_wants_to_hear_nothing_only_the_name_is_kept(round_: Round) -> None:
    made = enter_from_paper(CLERK, round_, answers(round_), paper())
    assert made.authorships == []
    assert db.session.scalars(select(Person)).all() == []
    assert mails() == []


def test_an_author_hears_by_mail_and_can_change_the_plan_on_the_site(client: CheckedClient, round_: Round) -> None:
    let_in(client, make_person("Marloes", RoleName.PAPER_CLERK))
    send(client, f"/plannen/invoeren/{round_.number}", **typed(round_, hears="mail", email="Bos@voorbeeld.nl"))
    made = plan()
    (author,) = made.authorships
    assert (author.person.email, author.person.channel) == ("bos@voorbeeld.nl", Channel.EMAIL)
    assert author.says_old_enough
    assert made.number in newest_mail_to("bos@voorbeeld.nl")
    hers = let_in(client.application.test_client(), author.person)
    assert send(hers, f"/plannen/{made.number}/wijzigen", **typed(round_, what="Een stenen bank.")).status_code == 303


def test_an_author_who_is_known_by_their_address_gets_no_second_account(round_: Round) -> None:
    bos = make_person("Bos")
    made = enter_from_paper(CLERK, round_, answers(round_), paper(email="bos@voorbeeld.nl"))
    assert [each.person_id for each in made.authorships] == [bos.id]


def test_an_author_hears_by_letter(client: CheckedClient, round_: Round) -> None:
    let_in(client, make_person("Marloes", RoleName.PAPER_CLERK))
    send(client, f"/plannen/invoeren/{round_.number}", **typed(round_, hears="letter", letters="Mw. Bos\nLaan 1"))
    (author,) = plan().authorships
    assert (author.person.email, author.person.channel) == (None, Channel.LETTER)
    assert "Laan" not in (author.person.address_sealed or "")
    mails()
    printed = client.application.test_client()
    let_in(printed, make_person("Sanne", RoleName.OFFICIAL))
    assert "op papier" in printed.get("/beheer/brieven").text or printed.get("/beheer/brieven").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"came_in_on": ""}, "Vul de dag in."),
        ({"came_in_on": (TODAY + timedelta(days=1)).isoformat()}, "Deze dag moet nog komen."),
        ({"came_in_on": (TODAY - WEEK * 3).isoformat()}, "Op deze dag kon niemand een plan indienen"),
        ({"title": ""}, "Vul in hoe uw plan heet."),
        ({"hears": ""}, "Kies hoe de indiener van ons wil horen."),
        ({"hears": "mail", "email": "bos"}, "Vul het e-mailadres van de indiener in."),
        ({"hears": "letter"}, "Vul de naam en het adres voor brieven in."),
        ({"is_old_enough": ""}, "Kruis aan dat u dat bent."),
    ],
)
def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(
    client: CheckedClient, round_: Round, wrong: dict[str, str], words: str
) -> None:
    let_in(client, make_person("Marloes", RoleName.PAPER_CLERK))
    filled = {name: value for name, value in typed(round_, **wrong).items() if value or name != "is_old_enough"}
    sent = send(client, f"/plannen/invoeren/{round_.number}", **filled)
    assert sent.status_code == 422
    assert words in sent.text
    assert "Een houten bank." in sent.text
    assert db.session.scalars(select(Proposal)).all() == []


def test_one_more_line_of_costs_keeps_the_form(client: CheckedClient, round_: Round) -> None:
    let_in(client, make_person("Marloes", RoleName.PAPER_CLERK))
    sent = send(client, f"/plannen/invoeren/{round_.number}", **typed(round_, extra="line"))
    assert sent.status_code == 200
    assert "Een houten bank." in sent.text


def test_nobody_else_enters_plans_from_paper(client: CheckedClient, round_: Round) -> None:
    refused = ((Actor(), NotSignedIn), (actor(), NotYours), (actor(RoleName.ASSESSOR), NotYours))
    for who, refusal in refused:
        with pytest.raises(refusal):
            enter_from_paper(who, round_, answers(round_), paper())
    with pytest.raises(NotNow):
        enter_from_paper(
            actor(RoleName.NEIGHBOURHOOD_WORKER, on_behalf_of="somebody"), round_, answers(round_), paper()
        )
    with pytest.raises(NotFound):
        enter_from_paper(CLERK, make_round(PhaseKind.PROPOSE, state="draft"), {}, paper())
    let_in(client, make_person("Gerrit"))
    assert client.get("/plannen/invoeren").status_code == 403


def test_what_came_in_on_time_is_typed_over_a_week_longer_and_not_after_that(town: Town) -> None:
    just_over = make_round(PhaseKind.ASSESS)
    made = enter_from_paper(CLERK, just_over, answers(just_over), paper(came_in_on=TODAY - WEEK))
    assert made.submitted_on == TODAY - WEEK
    with pytest.raises(Invalid):
        enter_from_paper(CLERK, just_over, answers(just_over), paper())
    for kind in (PhaseKind.VOTE, PhaseKind.RESULT):
        with pytest.raises(NotNow):
            enter_from_paper(CLERK, make_round(kind), {}, paper())


def test_nothing_is_entered_once_the_list_is_fixed(round_: Round) -> None:
    with transaction(db.session()):
        round_.list_frozen_at, round_.list_hash = NOW, "0" * 64
    with pytest.raises(NotNow):
        enter_from_paper(CLERK, round_, answers(round_), paper())


def test_there_is_no_receipt_of_a_plan_that_did_not_come_in_on_paper(client: CheckedClient, round_: Round) -> None:
    other = make_plan(round_, state="submitted")
    let_in(client, make_person("Marloes", RoleName.PAPER_CLERK))
    assert client.get(f"/plannen/invoeren/bon/{other.number}").status_code == 404


def test_an_official_changes_it_when_the_author_asks_and_the_history_says_so(
    client: CheckedClient, round_: Round
) -> None:
    made = enter_from_paper(CLERK, round_, answers(round_), paper())
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    address = f"/plannen/{made.number}/op-verzoek"
    assert address in client.get(f"/plannen/{made.number}-bank-bij-de-vijver").text
    other = typed(round_, what="Een stenen bank.")
    assert send(client, address, **other).status_code == 422
    assert send(client, address, **other, note="Gevraagd aan de balie.").status_code == 303
    read_anew(db.session())
    assert plan().what == "Een stenen bank."
    assert [each.note for each in versions_of(plan())] == ["", "Gevraagd aan de balie."]
    assert "Gevraagd aan de balie." in client.get(f"/plannen/{made.number}/versies").text


def test_nobody_else_changes_a_plan_on_request_and_only_one_on_paper(round_: Round) -> None:
    made = enter_from_paper(CLERK, round_, answers(round_), paper())
    for who, refusal in ((Actor(), NotSignedIn), (actor(), NotYours), (CLERK, NotYours)):
        with pytest.raises(refusal):
            change_on_request(who, made, {"what": "X"}, "Gevraagd", made.version)
    with pytest.raises(Invalid):
        change_on_request(OFFICIAL, made, {"what": "X"}, "", made.version)
    of_the_site = make_plan(round_, state="submitted")
    with pytest.raises(NotYours):
        change_on_request(OFFICIAL, of_the_site, {"what": "X"}, "Gevraagd", of_the_site.version)
    answered = make_plan(round_, state="feasible", entered_on=TODAY)
    with pytest.raises(NotNow):
        change_on_request(OFFICIAL, answered, {"what": "X"}, "Gevraagd", answered.version)
    hidden = make_plan(round_, state="hidden", entered_on=TODAY)
    with pytest.raises(NotNow):
        change_on_request(OFFICIAL, hidden, {"what": "X"}, "Gevraagd", hidden.version)


def test_an_official_withdraws_a_plan_on_paper_because_its_author_asked(client: CheckedClient, round_: Round) -> None:
    let_in(client, make_person("Sanne", RoleName.OFFICIAL))
    made = enter_from_paper(CLERK, round_, answers(round_), paper())
    address = f"/plannen/{made.number}/op-verzoek/intrekken"
    assert address in client.get(f"/plannen/{made.number}-bank-bij-de-vijver").text
    assert send(client, address).status_code == 303
    read_anew(db.session())
    assert plan().state is ProposalState.WITHDRAWN
    page = client.get(f"/plannen/{made.number}-bank-bij-de-vijver").text
    assert address not in page


def test_nobody_else_withdraws_a_plan_on_request_and_only_one_on_paper(round_: Round) -> None:
    made = enter_from_paper(CLERK, round_, answers(round_), paper())
    for who, refusal in ((Actor(), NotSignedIn), (actor(), NotYours), (CLERK, NotYours)):
        with pytest.raises(refusal):
            withdraw_on_request(who, made)
    with pytest.raises(NotYours, match="paper"):
        withdraw_on_request(OFFICIAL, make_plan(round_, state="submitted"))
    with pytest.raises(NotNow):
        withdraw_on_request(OFFICIAL, make_plan(round_, state="elected", entered_on=TODAY))


def test_a_neighbourhood_worker_proposes_a_plan_on_behalf_of_a_resident(client: CheckedClient, round_: Round) -> None:
    worker = make_person("Marloes", RoleName.NEIGHBOURHOOD_WORKER)
    bos = make_person("Bos", email=None, email_confirmed_at=None, channel=Channel.NONE, wijk_code="WK999801")
    let_in(client, worker)
    with transaction(db.session()):
        from buurtbegroting.blueprints.accounts.queries import open_sign_ins

        open_sign_ins(worker.id)[0].on_behalf_of_id = bos.id
    draft = send(client, f"/plannen/nieuw/{round_.number}").headers["Location"].rpartition("/")[0]
    filled = typed(round_)
    steps = {
        "naam": ("title", "summary"),
        "wat": ("what",),
        "waarom": ("why",),
        "waar": ("pot",),
        "kosten": ("cost_cents",),
        "uitvoering": ("carrier",),
    }
    for step, names in steps.items():
        assert send(client, f"{draft}/{step}", **{name: filled[name] for name in names}).status_code == 303
    assert send(client, draft, is_old_enough="y").status_code == 303
    made = plan()
    assert [each.person_id for each in made.authorships] == [bos.id]
    assert made.author == "Bos"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "proposals:proposal:submitted")).one()
    assert (entry.actor_id, entry.on_behalf_of) == (str(worker.id), str(bos.id))
    assert client.get("/plannen/invoeren").status_code == 409
    assert re.search(r"namens Bos", client.get("/").text)
