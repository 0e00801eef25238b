"""Jobs: posted with the deed, done once, again when they fail, and never by two workers at a time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time, timedelta

import flask
import pytest
from sqlalchemy import select, update

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.foundation import clock, jobs, tenancy
from buurtbegroting.foundation.database import db, transaction
from buurtbegroting.foundation.jobs import Job, Period

ran: list[str] = []


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of jobs of our own, and no periodic work."""
    ran.clear()
    monkeypatch.setattr(jobs, "KINDS", dict(jobs.KINDS))
    monkeypatch.setattr(jobs, "PERIODS", [])
    jobs.job("test:note")(_note)
    jobs.job("test:fail", attempts=2, wait=timedelta(minutes=5))(_fail)
    jobs.job("test:refuse")(_refuse)


def _note(what: str) -> None:
    ran.append(what)


def _fail(what: str) -> None:
    ran.append(what)
    raise ValueError("mail@voorbeeld.nl")


def _refuse(what: str) -> None:
    ran.append(what)
    raise NotNow(_r("Not now."))


def post(kind: str, what: str = "a", **options: object) -> None:
    with transaction(db.session()):
        jobs.post(db.session(), kind, what=what, **options)  # type: ignore[arg-type]


def _post_and_fail() -> None:
    with transaction(db.session()):
        jobs.post(db.session(), "test:note", what="a")
        raise ValueError("broken")


def row() -> Job:
    return db.session.scalars(select(Job)).one()


def wait_over() -> None:
    """Let the moment of the next try be past."""
    with transaction(db.session()):
        past = clock.now(db.session()) - timedelta(seconds=1)
        db.session.execute(update(Job).values(run_after=past, claimed_until=None))


def test_a_job_is_done_once_in_its_own_municipality(app: flask.Flask) -> None:
    seen = []
    jobs.job("test:where")(lambda what: seen.append(tenancy.current(db.session())))
    post("test:where")
    assert jobs.run_due(db.session()) == 1
    assert jobs.run_due(db.session()) == 0
    assert seen == [row().municipality_id]
    assert row().finished_at is not None


def test_a_deed_that_fails_posts_nothing(app: flask.Flask) -> None:
    with pytest.raises(ValueError, match="broken"):
        _post_and_fail()
    assert jobs.run_due(db.session()) == 0


def test_a_job_for_later_waits(app: flask.Flask) -> None:
    post("test:note", run_after=clock.now(db.session()) + timedelta(hours=1))
    assert jobs.run_due(db.session()) == 0
    wait_over()
    assert jobs.run_due(db.session()) == 1


def test_what_fails_is_tried_again_and_then_given_up_without_its_text(app: flask.Flask) -> None:
    post("test:fail")
    assert jobs.run_due(db.session()) == 1
    first = row()
    wait = first.run_after - clock.now(db.session())
    assert (first.error, first.failed_at) == ("ValueError", None)
    assert timedelta(minutes=4, seconds=50) < wait <= timedelta(minutes=6)
    wait_over()
    jobs.run_due(db.session())
    assert row().failed_at is not None
    wait_over()
    assert jobs.run_due(db.session()) == 0
    assert ran == ["a", "a"]
    assert jobs.health(db.session()) == jobs.Health(waiting=0, overdue=0, failed=1)


def test_what_is_refused_is_not_tried_again(app: flask.Flask) -> None:
    post("test:refuse")
    jobs.run_due(db.session())
    assert row().failed_at is not None
    assert row().attempts == 1


def test_the_same_key_is_posted_once(app: flask.Flask) -> None:
    post("test:note", key="today")
    post("test:note", key="today")
    assert jobs.run_due(db.session()) == 1
    post("test:note", key="today")
    assert jobs.run_due(db.session()) == 0


def test_two_who_post_the_same_key_at_once_post_one_job(app: flask.Flask) -> None:
    together = threading.Barrier(2)

    def post_too() -> None:
        with app.app_context():
            together.wait()
            post("test:note", key="today")

    threads = [threading.Thread(target=post_too) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert jobs.run_due(db.session()) == 1


def test_workers_share_the_work_and_do_nothing_twice(app: flask.Flask) -> None:
    for number in range(20):
        post("test:note", str(number))

    def work() -> None:
        with app.app_context():
            jobs.run_due(db.session())

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(ran, key=int) == [str(number) for number in range(20)]


def test_a_job_whose_worker_died_is_done_when_its_lease_is_over(app: flask.Flask) -> None:
    post("test:note")
    with transaction(db.session()):
        row().claimed_until = clock.now(db.session()) + timedelta(minutes=10)
    assert jobs.run_due(db.session()) == 0
    with transaction(db.session()):
        row().claimed_until = clock.now(db.session()) - timedelta(seconds=1)
    assert jobs.run_due(db.session()) == 1


def test_periodic_work_is_done_once_a_period(app: flask.Flask) -> None:
    jobs.every("test:daily", minutes=60 * 24 * 365)(lambda: ran.append("daily"))
    assert jobs.run_due(db.session()) == 1
    assert jobs.run_due(db.session()) == 0
    assert ran == ["daily"]


@pytest.mark.only_sqlite
@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), None),
        (datetime(2026, 3, 29, 1, 10, tzinfo=UTC), "a 2026-03-29"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), None),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), None),
        (datetime(2026, 10, 25, 2, 10, tzinfo=UTC), "a 2026-10-25"),
    ],
)
def test_daily_work_is_due_by_the_clock_on_the_wall_in_both_nights_of_change(moment: datetime, key: str | None) -> None:
    assert Period("a", day_at=time(3, 10)).key(moment) == key


def test_a_worker_stops_after_the_job_at_hand(app: flask.Flask) -> None:
    stop = threading.Event()
    jobs.job("test:stop")(lambda what: stop.set())
    post("test:stop")
    post("test:note")
    jobs.work(db.session, stop)
    assert row_count() == 1


def row_count() -> int:
    return len(db.session.scalars(select(Job).where(Job.finished_at.is_(None))).all())


def test_old_jobs_are_thrown_away(app: flask.Flask) -> None:
    post("test:note")
    jobs.run_due(db.session())
    assert jobs.clean() == 0
    with transaction(db.session()):
        row().finished_at = clock.now(db.session()) - timedelta(days=8)
    assert jobs.clean() == 1
