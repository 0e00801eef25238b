"""Commands that set up a municipality: itself, its colours, its areas, its postcodes."""

from __future__ import annotations

from pathlib import Path

import click

from buurtbegroting.civic.actors import SYSTEM
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation import tenancy
from buurtbegroting.foundation.database import db

from . import actions
from .models import Municipality, MunicipalityKind
from .queries import chosen_municipality, municipality_by_code

municipality_option = click.option("--municipality", help="CBS code, such as GM9999; needed when there are several.")
file_argument = click.argument("file", type=click.Path(path_type=Path))


def _entered(code: str | None) -> Municipality:
    chosen = chosen_municipality(code)
    tenancy.enter(db.session(), chosen.id)
    return chosen


@click.group()
def municipality() -> None:
    """Make municipalities and regions, and give them their colours."""


@municipality.command("create")
@click.argument("code")
@click.argument("name")
@click.option("--host", "hosts", multiple=True, help="A host name it answers to; may be given more than once.")
@click.option("--phone", default="", help="The number for help, such as '14 0199'.")
@click.option("--phone-hours", default="", help="When somebody answers.")
@click.option("--counter", default="", help="Where people can come for help.")
@click.option("--member", "members", multiple=True, help="For a region: the code of a municipality that takes part.")
def create(
    code: str,
    name: str,
    hosts: tuple[str, ...],
    phone: str,
    phone_hours: str,
    counter: str,
    members: tuple[str, ...],
) -> None:
    """Make the municipality (GM…) or region (RG…) with this CODE and NAME."""
    kind = MunicipalityKind.REGION if code.startswith("RG") else MunicipalityKind.MUNICIPALITY
    made = Municipality(code=code, kind=kind, name=name, phone=phone, phone_hours=phone_hours, counter=counter)
    actions.create_municipality(SYSTEM, made, hosts, [_member(each) for each in members])
    click.echo(f"{code} {name} is there.")


def _member(code: str) -> Municipality:
    found = municipality_by_code(code)
    if found is None:
        raise Invalid(_r("There is no municipality %(code)s here.", code=code))
    return found


@municipality.command("add-host")
@click.argument("host")
@municipality_option
def add_host(host: str, municipality: str | None) -> None:
    """Let a municipality answer to one more HOST name."""
    actions.add_host(SYSTEM, _entered(municipality), host)
    click.echo(f"{host} is there.")


@municipality.command("theme")
@click.argument("colours", nargs=-1, required=True)
@municipality_option
def theme(colours: tuple[str, ...], municipality: str | None) -> None:
    """Give a municipality its COLOURS, each as name=#rrggbb; colours that read badly are refused."""
    pairs = [colour.partition("=") for colour in colours]
    actions.set_theme(SYSTEM, _entered(municipality), {name: value for name, _, value in pairs})
    click.echo("The colours are set.")


@click.group()
def areas() -> None:
    """Take over wijken and buurten, and make own areas."""


@areas.command("import")
@file_argument
@click.option("--year", type=click.IntRange(1990, 2100), help="The year of the areas, when the file does not say it.")
@municipality_option
def import_areas(file: Path, year: int | None, municipality: str | None) -> None:
    """Read wijken and buurten from FILE: GeoJSON or GeoPackage, WGS84 or RD. The same file again changes nothing."""
    from .boundaries import read_boundaries

    chosen = _entered(municipality)
    done = actions.import_areas(SYSTEM, chosen, read_boundaries(file, chosen.code, year))
    click.echo(
        f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged, {done.retired} of an older year."
    )


@areas.command("compose")
@click.argument("name")
@click.argument("buurten", nargs=-1, required=True)
@municipality_option
def compose_area(name: str, buurten: tuple[str, ...], municipality: str | None) -> None:
    """Make the own area NAME out of BUURTEN (codes)."""
    area = actions.compose_area(SYSTEM, _entered(municipality), name, buurten)
    click.echo(f"{area.code} {area.name} is there.")


@click.group()
def postcodes() -> None:
    """Take over which address lies in which buurt."""


@postcodes.command("import")
@file_argument
@municipality_option
def import_postcodes(file: Path, municipality: str | None) -> None:
    """Read the CBS FILE of postcodes and house numbers (.csv or .zip); only this municipality's are kept."""
    from .postcodes import read_postcodes

    chosen = _entered(municipality)
    with click.progressbar(length=_expected_lines(file), label="Reading") as bar:
        found = read_postcodes(file, chosen.code, lambda line: bar.update(line - bar.pos))
    done = actions.import_postcodes(SYSTEM, chosen, found.rows)
    click.echo(f"{done.rows} rows, {'replaced' if done.is_changed else 'unchanged'}.")


def _expected_lines(file: Path) -> int:
    """Guess how many lines a file holds, only for the progress bar: CBS lines are about 32 bytes, zipped about 3."""
    size = file.stat().st_size if file.is_file() else 0
    return size // (3 if file.suffix == ".zip" else 32) + 1
