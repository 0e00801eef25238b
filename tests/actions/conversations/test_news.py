"""News reaches who follows its subject, once, in the way they chose, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from buurtbegroting.blueprints.accounts.actions.overviews import send_overviews
from buurtbegroting.blueprints.accounts.models import Channel, Rhythm
from buurtbegroting.blueprints.conversations import queries
from buurtbegroting.blueprints.conversations.actions import following, news
from buurtbegroting.blueprints.conversations.models import NewsItem
from buurtbegroting.civic.actors import ANONYMOUS, Actor, Role, RoleName
from buurtbegroting.civic.refusals import AlreadyDone, Changed, NotFound, NotSignedIn, NotYours
from buurtbegroting.foundation import clock, crypto, jobs, outbox, tenancy
from buurtbegroting.foundation.database import db, read_anew, transaction
from buurtbegroting.foundation.jobs import Job
from buurtbegroting.foundation.outbox import Message, MessageState
from buurtbegroting.foundation.outbox.delivery import reconcile
from tests.factories.people import actor_of, mails, make_person
from tests.factories.towns import Town, make_town

TEXT = news.NewsText("wijk", "WK999801", "Bankjes geplaatst", "De bankjes staan er.\n\n**Kom kijken.**", "Team wijken")


def official(area: str | None = None) -> Actor:
    return Actor(id="3f0e7c1e-9a54-4b9e-8d67-0a4b6a3f5b11", roles=frozenset({Role(RoleName.OFFICIAL, area)}))


def follower(name: str, key: str = "WK999801", **facts: Any) -> Any:
    person = make_person(name, **facts)
    following.follow(actor_of(person), "wijk", key)
    return person


def publish(text: news.NewsText = TEXT) -> NewsItem:
    published = news.publish_news(official(), news.draft_news(official(), text))
    read_anew(db.session())
    return published


def test_followers_at_once_get_a_mail_and_everybody_reads_it_on_the_site(town: Town) -> None:
    at_once = follower("Fatima", rhythm=Rhythm.AT_ONCE)
    nothing = follower("Gerrit", channel=Channel.NONE)
    elsewhere = follower("Noor", "WK999802", rhythm=Rhythm.AT_ONCE)
    publish()
    sent = mails()
    assert [mail["To"] for mail in sent] == [at_once.email]
    assert sent[0]["Subject"] == "Bankjes geplaatst – Buurtbegroting Proefstad"
    assert "De bankjes staan er." in sent[0].get_content()
    for person, count in ((at_once, 1), (nothing, 1), (elsewhere, 0)):
        assert outbox.unread(db.session(), person.id) == count


def test_a_mail_about_what_is_followed_has_a_way_out_by_one_click(town: Town) -> None:
    person = follower("Fatima", rhythm=Rhythm.AT_ONCE)
    publish()
    mail = mails()[0]
    found = queries.follows_of(str(person.id))[0]
    assert mail["List-Unsubscribe"] == f"<http://localhost:8000/afmelden/{found.id}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(found.id) in mail.get_content()


def test_who_wants_everything_together_gets_one_overview_a_day(town: Town) -> None:
    person = follower("Fatima", rhythm=Rhythm.DAILY)
    publish()
    publish(news.NewsText("wijk", "WK999801", "Feest", "Kom naar het feest.", "Team wijken"))
    assert mails() == []
    send_overviews()
    overview = mails()
    assert [mail["To"] for mail in overview] == [person.email]
    text = overview[0].get_content()
    assert text.index("Bankjes geplaatst") < text.index("Feest")
    assert "/afmelden/" in overview[0]["List-Unsubscribe"]
    send_overviews()
    assert len(mails()) == 1


def test_the_weekly_overview_goes_on_monday(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    follower("Fatima", rhythm=Rhythm.WEEKLY)
    publish()
    assert mails() == []
    today = clock.local_day(clock.now(db.session()))
    for shift in range(7):
        day = today + timedelta(days=shift)
        monkeypatch.setattr(clock, "local_day", lambda _moment, day=day: day)
        send_overviews()
        if day.weekday() == 0:
            break
        assert mails() == []
    assert len(mails()) == 1


def test_who_stopped_the_news_reads_it_on_the_site_only(town: Town) -> None:
    person = follower("Fatima", rhythm=Rhythm.NEVER)
    publish()
    mails()
    send_overviews()
    assert mails() == []
    assert outbox.unread(db.session(), person.id) == 1


def test_who_has_no_mail_gets_the_overview_as_a_letter(town: Town) -> None:
    follower(
        "Gerrit",
        email=None,
        channel=Channel.LETTER,
        rhythm=Rhythm.DAILY,
        address_sealed=crypto.keys().seal("address", '["G. de Vries", "Dorpsstraat 1"]'),
    )
    publish()
    mails()
    send_overviews()
    read_anew(db.session())
    letters = outbox.waiting_letters(db.session())
    assert [each.content["address"] for each in letters] == ["G. de Vries\nDorpsstraat 1"]
    assert "Bankjes geplaatst" in outbox.rendered(letters[0]).body


def test_a_draft_is_told_to_nobody_and_seen_by_nobody(town: Town) -> None:
    follower("Fatima", rhythm=Rhythm.AT_ONCE)
    drafted = news.draft_news(official(), TEXT)
    assert mails() == []
    assert queries.published_news("", "", 1, 10) == ([], 0)
    assert drafted.number is None


def test_only_who_wrote_gets_a_trial(town: Town) -> None:
    follower("Fatima", rhythm=Rhythm.AT_ONCE)
    writer = make_person("Sanne", RoleName.OFFICIAL)
    drafted = news.draft_news(official(), TEXT)
    news.try_news(official(), drafted, writer)
    assert "Bankjes geplaatst – Buurtbegroting Proefstad" in [
        mail["Subject"] for mail in mails() if mail["To"] == writer.email
    ]
    assert not [mail for mail in mails() if mail["To"] == "fatima@voorbeeld.nl"]


def test_published_news_is_not_changed_any_more(town: Town) -> None:
    published = publish()
    for deed in (
        lambda: news.change_news(official(), published, TEXT, published.version),
        lambda: news.publish_news(official(), published),
        lambda: news.throw_away(official(), published),
        lambda: news.try_news(official(), published, make_person()),
    ):
        with pytest.raises(AlreadyDone):
            deed()


def test_two_who_change_a_draft_do_not_lose_each_others_words(town: Town) -> None:
    drafted = news.draft_news(official(), TEXT)
    news.change_news(official(), drafted, TEXT, drafted.version)
    with pytest.raises(Changed):
        news.change_news(official(), drafted, TEXT, 0)


def test_an_official_of_one_wijk_writes_for_that_wijk_only(town: Town) -> None:
    local = official("WK999801")
    drafted = news.draft_news(local, TEXT)
    with pytest.raises(NotYours):
        news.draft_news(local, news.NewsText("wijk", "WK999802", "x", "x", "x"))
    with pytest.raises(NotYours):
        news.change_news(local, drafted, news.NewsText("gemeente", "alles", "x", "x", "x"), drafted.version)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (ANONYMOUS, NotSignedIn),
        (Actor(id="1"), NotYours),
        (Actor(id="1", roles=frozenset({Role(RoleName.MODERATOR)})), NotYours),
    ],
)
def test_residents_write_no_news(town: Town, who: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        news.draft_news(who, TEXT)


def test_following_twice_is_following_once_and_stopping_is_ones_own(town: Town) -> None:
    person = make_person("Fatima")
    once = following.follow(actor_of(person), "wijk", "WK999801")
    assert following.follow(actor_of(person), "wijk", "WK999801").id == once.id
    with pytest.raises(NotFound):
        following.stop_following(actor_of(make_person("Gerrit")), once)
    with pytest.raises(NotSignedIn):
        following.follow(ANONYMOUS, "wijk", "WK999801")
    with pytest.raises(NotSignedIn):
        following.stop_following(ANONYMOUS, once)
    following.stop_following(actor_of(person), once)
    read_anew(db.session())
    assert queries.follows_of(str(person.id)) == []


def test_news_stays_in_its_municipality(town: Town) -> None:
    follower("Fatima", rhythm=Rhythm.AT_ONCE)
    there = make_town("GM9997", "Elders", ("elders.example",))
    with tenancy.inside(db.session(), there.municipality.id):
        publish()
        assert mails() == []
    with tenancy.inside(db.session(), town.municipality.id):
        assert queries.published_news("", "", 1, 10) == ([], 0)


def test_a_mail_whose_job_was_lost_is_found_again(town: Town) -> None:
    follower("Fatima", rhythm=Rhythm.AT_ONCE)
    publish()
    assert jobs.run_one(db.session())
    with transaction(db.session()):
        db.session.execute(delete(Job))
        db.session.execute(update(Message).values(made_at=clock.now(db.session()) - timedelta(hours=1)))
    reconcile()
    reconcile()
    assert len(mails()) == 1
    read_anew(db.session())
    assert set(db.session.scalars(select(Message.state).where(Message.channel == "email"))) == {MessageState.SENT}
