"""Commands for who runs an installation: prepare the database, serve."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click

from buurtbegroting.civic.actors import SYSTEM, Role, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation import clock, paths
from buurtbegroting.foundation.database import db

if TYPE_CHECKING:
    from buurtbegroting.sample.waterveld import Sample


@click.group()
def database() -> None:
    """Prepare the database."""


@database.command()
def upgrade() -> None:
    """Bring the tables to what this version expects; what stands in them stays."""
    import flask_migrate

    flask_migrate.upgrade(directory=str(paths.MIGRATIONS))
    click.echo("The database is up to date.")


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(port: int, workers: int) -> None:
    """Serve the site on 127.0.0.1; a reverse proxy stands in front of it in production."""
    click.echo(f"Buurtbegroting: http://localhost:{port}  (Ctrl+C stops it)")
    arguments = [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
        "--threads",
        "8",
        "--worker-class",
        "gthread",
    ]
    quiet = ["--no-control-socket", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments, *quiet, "buurtbegroting.wsgi:app"])  # noqa: S606


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now and end, for a timer instead of a service.")
def work(once: bool) -> None:
    """Do the work that waits: send mail, clean up. Ends on SIGTERM, after the job at hand."""
    from buurtbegroting.foundation import jobs

    if once:
        click.echo(f"{jobs.run_due(db.session())} jobs done.")
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    jobs.work(db.session, stop)


@click.command("setup")
@click.argument("code")
@click.argument("name")
@click.option("--host", "hosts", multiple=True, help="A host name it answers to; may be given more than once.")
@click.option("--phone", default="", help="The number for help, such as '14 0199'.")
@click.option(
    "--admin", "admins", multiple=True, required=True, help="E-mail address of an admin; give two, if you can."
)
def setup(code: str, name: str, hosts: tuple[str, ...], phone: str, admins: tuple[str, ...]) -> None:
    """Make the first municipality with this CODE and NAME, ask its admins in by mail, and say what to do next.

    Stops at the first thing that is wrong; what was done by then stays, and running it again goes on from there.
    """
    import flask_migrate

    from buurtbegroting.blueprints.accounts.actions.roles import give_role, invite
    from buurtbegroting.blueprints.accounts.queries import active_roles
    from buurtbegroting.blueprints.municipalities.actions import create_municipality
    from buurtbegroting.blueprints.municipalities.models import Municipality
    from buurtbegroting.blueprints.municipalities.queries import municipality_by_code
    from buurtbegroting.foundation import jobs, outbox, tenancy

    flask_migrate.upgrade(directory=str(paths.MIGRATIONS))
    found = municipality_by_code(code)
    municipality = found or create_municipality(SYSTEM, Municipality(code=code, name=name, phone=phone), hosts)
    tenancy.enter(db.session(), municipality.id)
    for address in admins:
        person = invite(SYSTEM, address.partition("@")[0], address)
        if Role(RoleName.ADMIN) not in active_roles(person):
            give_role(SYSTEM, person, Role(RoleName.ADMIN))
    jobs.run_due(db.session())
    tenancy.enter(db.session(), municipality.id)
    mail = outbox.health(db.session())
    if mail.waiting or mail.bounced:
        raise Invalid(_r("The mail server did not take our mail. Look at BUURTBEGROTING_MAIL_URL, and run this again."))
    click.echo(f"{code} {name} is there. Its admins have a mail: {', '.join(admins)}.")
    click.echo("Next: areas import, postcodes import, municipality theme; then serve and work, each as a service.")


@click.group("audit")
def audit_group() -> None:
    """Check what happened."""


@audit_group.command("verify")
def verify() -> None:
    """Compute every daily head anew; exit code 2 when something was changed, added or taken away."""
    from buurtbegroting.blueprints.municipalities.queries import municipalities
    from buurtbegroting.foundation import audit

    for municipality in municipalities():
        found = audit.verify(db.session(), municipality.id)
        if found.broken_on:
            day = found.broken_on.isoformat()
            raise Invalid(_r("%(code)s: the chain breaks on %(day)s.", code=municipality.code, day=day))
        click.echo(f"{municipality.code}: {found.entries} entries in {found.days} days, nothing was changed.")


@click.group()
def sample() -> None:
    """Fill an invented municipality to look at and to test with."""


def _sample(size: str) -> Sample:
    from buurtbegroting.sample.waterveld import Size, waterveld

    return waterveld(Size(size), clock.local_day(clock.now(db.session())))


@sample.command("fill")
@click.option("--size", type=click.Choice(["S", "M", "L"]), default="S", show_default=True)
def fill_sample(size: str) -> None:
    """Fill the invented municipality of Waterveld, once; a second time changes nothing."""
    from buurtbegroting.sample import fill

    if fill.is_filled():
        click.echo("Waterveld is there already.")
        return
    fill.fill(SYSTEM, _sample(size))
    click.echo("Waterveld is filled.")


@sample.command("shift")
def shift_sample() -> None:
    """Let the dates of Waterveld lie around today again."""
    from buurtbegroting.blueprints.municipalities.queries import chosen_municipality
    from buurtbegroting.sample import fill

    fill.shift(SYSTEM, chosen_municipality(fill.CODE), _sample("S"))
    click.echo("The dates of Waterveld lie around today again.")


COMMANDS: tuple[click.Command, ...] = (audit_group, database, sample, serve, setup, work)
