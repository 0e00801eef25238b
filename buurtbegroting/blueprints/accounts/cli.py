"""Commands on people: the first admin, a lost second factor, somebody's roles."""

from __future__ import annotations

import click

from buurtbegroting.blueprints.municipalities.queries import chosen_municipality
from buurtbegroting.civic.actors import SYSTEM, Role, RoleName
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from . import queries
from .actions import roles, second_factor
from .models import Person

municipality_option = click.option("--municipality", help="CBS code, such as GM9999; needed when there are several.")


@click.group()
def person() -> None:
    """Ask people in and give them roles."""


@person.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--role", "names", multiple=True, type=click.Choice([each.value for each in RoleName]))
@municipality_option
def invite(email: str, name: str, names: tuple[str, ...], municipality: str | None) -> None:
    """Ask somebody in by EMAIL and NAME, with roles; a mail lets them choose a password."""
    tenancy.enter(db.session(), chosen_municipality(municipality).id)
    found = roles.invite(SYSTEM, name, email)
    for each in names:
        roles.give_role(SYSTEM, found, Role(RoleName(each)))
    click.echo(f"{email} gets a mail.")


@person.command("reset-second-factor")
@click.argument("email")
@municipality_option
def reset(email: str, municipality: str | None) -> None:
    """Take away the second factor of who lost it, when no admin can."""
    tenancy.enter(db.session(), chosen_municipality(municipality).id)
    second_factor.reset_second_factor(SYSTEM, _person(email))
    click.echo(f"{email} sets up a new second factor at the next sign-in.")


def _person(email: str) -> Person:
    found = queries.person_by_email(email.strip().lower())
    if found is None:
        raise Invalid(_r("There is no account for this address."))
    return found
