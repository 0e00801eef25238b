"""Getting in: by link, code and password; the same for who is known and who is not; never too often."""

from __future__ import annotations

import threading
from datetime import timedelta

import flask
import pytest
from sqlalchemy import func, select, update

from buurtbegroting.blueprints.accounts import queries
from buurtbegroting.blueprints.accounts.actions import people, signing_in
from buurtbegroting.blueprints.accounts.models import MailedLink, Person, SignIn
from buurtbegroting.blueprints.accounts.wishes import NewPerson
from buurtbegroting.civic.actors import ANONYMOUS, RoleName
from buurtbegroting.civic.refusals import AlreadyDone, Invalid, NotNow, NotYours, Refusal, TooOften
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.audit import AuditEntry
from buurtbegroting.foundation.database import db, transaction
from tests.factories.people import PASSWORD, actor_of, code_in, link_in, make_person, newest_mail_to, sign_in
from tests.factories.towns import Town

HERE = "10.0.0.0/24"


def ask(address: str = "fatima@voorbeeld.nl", network: str = HERE) -> MailedLink:
    link = queries.link_by_id(signing_in.ask_for_link(ANONYMOUS, address, "nl", network, "/plannen"))
    assert link is not None
    return link


def mailed(address: str = "fatima@voorbeeld.nl") -> MailedLink:
    link = queries.link_with(link_in(newest_mail_to(address)).rpartition("/")[2])
    assert link is not None
    return link


def test_a_mailed_link_lets_somebody_in_once(town: Town) -> None:
    person = make_person()
    ask(" Fatima@Voorbeeld.NL ")
    link = signing_in.use_link(ANONYMOUS, mailed())
    opened = signing_in.open_by_link(ANONYMOUS, link, "Firefox")
    visitor = queries.visitor_with(opened.token, clock.now(db.session()))
    assert visitor is not None
    assert (visitor.person_id, visitor.actor.id, link.next_path) == (person.id, str(person.id), "/plannen")
    with pytest.raises(NotNow):
        signing_in.use_link(ANONYMOUS, mailed())


def test_of_many_who_use_a_link_at_once_one_succeeds(app: flask.Flask, town: Town) -> None:
    make_person()
    ask()
    token, municipality = link_in(newest_mail_to("fatima@voorbeeld.nl")).rpartition("/")[2], town.municipality.id
    outcomes: list[str] = []
    together = threading.Barrier(8)

    def use() -> None:
        from buurtbegroting.foundation import tenancy

        with app.app_context():
            tenancy.enter(db.session(), municipality)
            link = queries.link_with(token)
            together.wait()
            try:
                assert link is not None
                signing_in.use_link(ANONYMOUS, link)
                outcomes.append("in")
            except NotNow:
                outcomes.append("too late")

    threads = [threading.Thread(target=use) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["in"] + ["too late"] * 7


def test_a_link_is_over_after_ten_minutes(town: Town) -> None:
    make_person()
    link = ask()
    assert timedelta(minutes=9) < link.expires_at - clock.now(db.session()) <= timedelta(minutes=10)
    with transaction(db.session()):
        link.expires_at = clock.now(db.session())
    with pytest.raises(NotNow):
        signing_in.use_link(ANONYMOUS, link)


def test_the_six_digits_do_the_same_as_the_link_and_five_wrong_ones_kill_both(town: Town) -> None:
    make_person()
    link = ask()
    code = code_in(newest_mail_to("fatima@voorbeeld.nl"))
    wrong = "000000" if code != "000000" else "111111"
    with pytest.raises(Invalid):
        signing_in.use_code(ANONYMOUS, link, wrong)
    assert signing_in.use_code(ANONYMOUS, link, f" {code[:3]} {code[3:]} ").used_at is not None
    other = ask()
    code = code_in(newest_mail_to("fatima@voorbeeld.nl"))
    for _ in range(5):
        with pytest.raises(Invalid):
            signing_in.use_code(ANONYMOUS, other, "000000" if code != "000000" else "111111")
    with pytest.raises(Invalid):
        signing_in.use_code(ANONYMOUS, other, code)


def test_an_unknown_address_gets_the_same_rows_and_may_register(town: Town) -> None:
    make_person()
    counts = []
    for address in ("fatima@voorbeeld.nl", "nieuw@voorbeeld.nl"):
        ask(address)
        counts.append((_count(MailedLink), len(newest_mail_to(address)) > 100))
    assert counts == [(1, True), (2, True)]
    link = signing_in.use_link(ANONYMOUS, mailed("nieuw@voorbeeld.nl"))
    with pytest.raises(NotNow):
        signing_in.open_by_link(ANONYMOUS, link, "Firefox")
    person = signing_in.register(ANONYMOUS, link, NewPerson("Nieuw", "WK999801", None, "nl"))
    assert (person.email, person.wijk_code, person.channel) == ("nieuw@voorbeeld.nl", "WK999801", "email")
    with pytest.raises(AlreadyDone):
        signing_in.register(ANONYMOUS, link, NewPerson("Nog eens", None, None, "nl"))


def test_nobody_registers_with_an_address_that_was_not_shown_to_be_theirs(town: Town) -> None:
    link = ask("nieuw@voorbeeld.nl")
    with pytest.raises(NotNow):
        signing_in.register(ANONYMOUS, link, NewPerson("Nieuw", None, None, "nl"))


def _count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_three_mails_an_hour_go_to_one_address_whatever_the_network(town: Town) -> None:
    for number in range(3):
        ask(network=f"10.0.{number}.0/24")
    with pytest.raises(TooOften):
        ask(network="10.0.9.0/24")
    ask("ander@voorbeeld.nl")


def test_staff_get_no_link_that_opens_anything(town: Town) -> None:
    make_person("Sanne", RoleName.OFFICIAL)
    link = ask("sanne@voorbeeld.nl")
    assert "/inloggen/link/" not in newest_mail_to("sanne@voorbeeld.nl")
    with pytest.raises(NotNow):
        signing_in.use_link(ANONYMOUS, link)


def test_a_link_from_before_somebody_got_a_role_does_not_let_them_in(town: Town) -> None:
    from buurtbegroting.blueprints.accounts.actions import roles
    from buurtbegroting.civic.actors import SYSTEM, Role

    person = make_person()
    link = signing_in.use_link(ANONYMOUS, ask())
    roles.give_role(SYSTEM, person, Role(RoleName.OFFICIAL))
    with pytest.raises(NotYours):
        signing_in.open_by_link(ANONYMOUS, link, "Firefox")


def test_a_password_lets_a_resident_in_and_staff_by_half(town: Town) -> None:
    make_person(password=PASSWORD)
    make_person("Sanne", RoleName.OFFICIAL, password=PASSWORD)
    halves = []
    for address in ("fatima@voorbeeld.nl", "sanne@voorbeeld.nl"):
        opened = signing_in.try_password(ANONYMOUS, address, PASSWORD, HERE, "Firefox")
        visitor = queries.visitor_with(opened.token, clock.now(db.session()))
        assert visitor is not None
        halves.append((visitor.is_half, visitor.actor.is_signed_in))
    assert halves == [(False, True), (True, False)]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer_and_the_same_work(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(password=PASSWORD)
    hashes: list[object] = []
    real = crypto.is_password
    monkeypatch.setattr(crypto, "is_password", lambda given, kept: hashes.append(kept) or real(given, kept))
    answers = []
    for address in ("fatima@voorbeeld.nl", "niemand@voorbeeld.nl"):
        with pytest.raises(Invalid) as refused:
            signing_in.try_password(ANONYMOUS, address, "fout", HERE, "Firefox")
        answers.append((str(refused.value), refused.value.fields))
    assert answers[0] == answers[1]
    assert len(hashes) == 2


def test_five_wrong_passwords_stop_one_network_and_not_the_owner_elsewhere(town: Town) -> None:
    make_person(password=PASSWORD)
    make_person("Gerrit", password=PASSWORD)
    for _ in range(5):
        with pytest.raises(Invalid):
            signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", "fout", HERE, "Firefox")
    with pytest.raises(TooOften):
        signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", PASSWORD, HERE, "Firefox")
    assert signing_in.try_password(ANONYMOUS, "gerrit@voorbeeld.nl", PASSWORD, HERE, "Firefox")
    assert signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", PASSWORD, "10.0.1.0/24", "Firefox")


def test_after_a_quarter_of_an_hour_it_may_be_tried_again(town: Town) -> None:
    from buurtbegroting.foundation.limits import Tries

    make_person(password=PASSWORD)
    for _ in range(5):
        with pytest.raises(Invalid):
            signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", "fout", HERE, "Firefox")
    with transaction(db.session()):
        db.session.execute(update(Tries).values(ends_at=clock.now(db.session())))
    assert signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", PASSWORD, HERE, "Firefox")


@pytest.mark.parametrize(
    ("roles", "changes", "is_in"),
    [
        ((), {"seen": timedelta(hours=23)}, True),
        ((), {"started": timedelta(hours=24, seconds=1)}, False),
        ((RoleName.OFFICIAL,), {"seen": timedelta(minutes=29)}, True),
        ((RoleName.OFFICIAL,), {"seen": timedelta(minutes=31)}, False),
        ((RoleName.OFFICIAL,), {"started": timedelta(hours=7)}, True),
        ((RoleName.OFFICIAL,), {"started": timedelta(hours=8, seconds=1)}, False),
        ((RoleName.AMBASSADOR,), {"seen": timedelta(hours=2)}, True),
    ],
)
def test_a_sign_in_lasts_as_long_as_its_roles_allow(
    town: Town, roles: tuple[RoleName, ...], changes: dict[str, timedelta], is_in: bool
) -> None:
    found, token = sign_in(make_person("Sanne", *roles))
    now = clock.now(db.session())
    with transaction(db.session()):
        found.seen_at = now - changes.get("seen", timedelta())
        found.started_at = now - changes.get("started", changes.get("seen", timedelta()))
    assert (queries.visitor_with(token, now) is not None) is is_in


def test_what_the_browser_holds_stands_nowhere_in_the_database(town: Town) -> None:
    _, token = sign_in(make_person())
    kept = db.session.scalars(select(SignIn)).one()
    assert token not in {getattr(kept, column.key) for column in SignIn.__table__.columns}


def test_signing_out_ends_one_sign_in_or_all_others(town: Town) -> None:
    person = make_person()
    here, there = sign_in(person), sign_in(person)
    signing_in.sign_out_everywhere(actor_of(person), person, here[0].id)
    now = clock.now(db.session())
    assert queries.visitor_with(there[1], now) is None
    assert queries.visitor_with(here[1], now) is not None
    signing_in.sign_out(actor_of(person), here[0])
    assert queries.visitor_with(here[1], now) is None


def test_nobody_signs_out_somebody_else(town: Town) -> None:
    found, _ = sign_in(make_person())
    with pytest.raises(Refusal):
        signing_in.sign_out(actor_of(make_person("Gerrit")), found)


def test_a_sign_in_of_one_municipality_opens_nothing_in_another(town: Town) -> None:
    from buurtbegroting.foundation import tenancy
    from tests.factories.towns import make_town

    _, token = sign_in(make_person())
    make_town("GM9997", "Elders", ("elders.example",))
    assert tenancy.current(db.session()) != town.municipality.id
    assert queries.visitor_with(token, clock.now(db.session())) is None


def test_when_a_resident_signs_in_is_not_in_the_audit(town: Town) -> None:
    make_person(password=PASSWORD)
    before = _count(AuditEntry)
    signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", PASSWORD, HERE, "Firefox")
    assert _count(AuditEntry) == before


def test_a_new_password_by_link_works_once_and_signs_out_everywhere(town: Town) -> None:
    person = make_person(password="een oud wachtwoord hier")
    _, token = sign_in(person)
    people.ask_for_password(ANONYMOUS, "fatima@voorbeeld.nl", "nl", HERE)
    link = mailed()
    with pytest.raises(Invalid):
        people.choose_password_by_link(ANONYMOUS, link, "te kort", [])
    with pytest.raises(Invalid):
        people.choose_password_by_link(ANONYMOUS, link, "fatima@voorbeeld.nl", [])
    people.choose_password_by_link(ANONYMOUS, link, PASSWORD, ["Proefstad"])
    assert queries.visitor_with(token, clock.now(db.session())) is None
    assert signing_in.try_password(ANONYMOUS, "fatima@voorbeeld.nl", PASSWORD, HERE, "Firefox")
    with pytest.raises(NotNow):
        people.choose_password_by_link(ANONYMOUS, link, PASSWORD, [])


def test_another_address_counts_after_its_link_was_used_and_the_former_one_hears_of_it(town: Town) -> None:
    person = make_person()
    people.ask_for_email(actor_of(person), person, "anders@voorbeeld.nl")
    assert person.email == "fatima@voorbeeld.nl"
    people.confirm_email(ANONYMOUS, mailed("anders@voorbeeld.nl"))
    assert db.session.scalars(select(Person.email)).one() == "anders@voorbeeld.nl"
    assert "fatima@voorbeeld.nl" not in newest_mail_to("fatima@voorbeeld.nl")


def test_an_address_of_somebody_else_is_not_taken_over(town: Town) -> None:
    person, other = make_person(), make_person("Gerrit")
    people.ask_for_email(actor_of(person), person, other.email or "")
    with pytest.raises(AlreadyDone):
        people.confirm_email(ANONYMOUS, mailed("gerrit@voorbeeld.nl"))
