"""Commands for search."""

from __future__ import annotations

import click

from buurtbegroting.blueprints.municipalities.queries import municipalities
from buurtbegroting.foundation import search as index
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db


@click.group()
def search() -> None:
    """Look after the index of what is public."""


@search.command("rebuild")
def rebuild() -> None:
    """Write the index of every municipality anew."""
    session = db.session()
    for code, each in [(row.code, row.id) for row in municipalities()]:
        with tenancy.inside(session, each):
            counts = index.rebuild(session)
        said = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
        click.echo(f"{code}: {said or 'nothing'}")
