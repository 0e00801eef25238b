"""Commands on rounds as files: take one over, give one back."""

from __future__ import annotations

from pathlib import Path

import click

from buurtbegroting.blueprints.municipalities.queries import chosen_municipality
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.counting import pabulib
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from . import exports, queries
from .actions import results as actions

municipality_option = click.option("--municipality", help="CBS code, such as GM9999; needed when there are several.")


@click.group("round")
def round_group() -> None:
    """Take over and give back rounds as Pabulib files."""


@round_group.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@municipality_option
def import_round(files: tuple[Path, ...], municipality: str | None) -> None:
    """Read FILES (.pb) into closed rounds, each all or nothing; nothing about voters is kept."""
    chosen = chosen_municipality(municipality)
    tenancy.enter(db.session(), chosen.id)
    for path in files:
        taken = actions.import_election(SYSTEM, chosen, pabulib.read(path))
        click.echo(f"{path.name}: round {taken.number}, {taken.voters} ballots counted.")
        for note in taken.notes:
            click.echo(f"  {note}")


@round_group.command("import-plans")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path))
@municipality_option
def import_plans(number: str, file: Path, municipality: str | None) -> None:
    """Put the plans of FILE (.pb) into the round NUMBER, to be answered by the municipality; votes are not read."""
    tenancy.enter(db.session(), chosen_municipality(municipality).id)
    round_ = round_by_number(number)
    if round_ is None:
        raise Invalid(_r("There is no round %(number)s.", number=number))
    click.echo(f"{file.name}: {actions.import_plans(SYSTEM, round_, pabulib.read(file))} plans in round {number}.")


@round_group.command("export")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--pot", default=1, show_default=True, help="Which pot of the round.")
@municipality_option
def export_round(number: str, file: Path, pot: int, municipality: str | None) -> None:
    """Write the round NUMBER as a Pabulib FILE, without anything about voters or order."""
    tenancy.enter(db.session(), chosen_municipality(municipality).id)
    result = queries.result_of(number, pot)
    if result is None:
        raise Invalid(_r("There is no counted round %(number)s with pot %(pot)s.", number=number, pot=pot))
    file.write_text(pabulib.write(exports.pabulib_file(result)), encoding="utf-8")
    click.echo(f"{file}: {result.voters} ballots.")
