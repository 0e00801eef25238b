"""What is kept too long is thrown away, and it is written down how much that was."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from buurtbegroting.blueprints.accounts.models import MailedLink, Person, SignIn
from buurtbegroting.foundation import clock, retention, tenancy
from buurtbegroting.foundation.database import db, read_anew, transaction
from buurtbegroting.foundation.outbox import Message
from tests.actions.accounts.test_signing_in import ask
from tests.factories.people import make_person, sign_in
from tests.factories.towns import Town


def test_each_kind_is_kept_as_long_as_its_rule_says_and_no_longer(town: Town) -> None:
    person = make_person(born_in=2000)
    ask()
    sign_in(person)
    retention.clean_everything()
    tenancy.enter(db.session(), town.municipality.id)
    assert (_rows(MailedLink), _rows(SignIn), _rows(Message)) == (1, 1, 1)
    with transaction(db.session()):
        now = clock.now(db.session())
        db.session.execute(update(MailedLink).values(expires_at=now - timedelta(days=2)))
        db.session.execute(update(SignIn).values(seen_at=now - timedelta(days=31)))
        db.session.execute(update(Message).values(made_at=now - timedelta(days=181)))
    retention.clean_everything()
    assert (_rows(MailedLink), _rows(SignIn), _rows(Message)) == (0, 0, 0)
    last = retention.last_removed(db.session(), town.municipality.id)
    assert {what: report.removed for what, report in last.items()} == {
        "Links in mails": 1,
        "Ended sign-ins": 1,
        "Messages": 1,
        "Year of birth of children": 0,
        "Names and addresses of voters": 0,
        "Needs and offers of people that are closed": 0,
        "Plans that were not handed in": 0,
        "Files with spending that were not published": 0,
    }
    assert db.session.scalars(select(Person.born_in)).one() is None


def _rows(model: type) -> int:
    read_anew(db.session())
    return len(db.session.scalars(select(model)).all())
