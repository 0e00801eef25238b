"""The ``buurtbegroting`` command. Counting a file loads neither the web nor the database; other commands do."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from buurtbegroting import __version__
from buurtbegroting.civic.refusals import Refusal

# Commands that need nothing but the pure rooms; every other one is hung in by a slice or by operation.
LIGHT = {
    "count": "buurtbegroting.count_command:count_file",
    "election": "buurtbegroting.election_command:election_group",
}


class LazyGroup(click.Group):
    """Looks a command up only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command there is."""
        return sorted({*LIGHT, *_heavy()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; one that needs the town runs inside the app."""
        if cmd_name in LIGHT:
            module, _, attribute = LIGHT[cmd_name].partition(":")
            light: click.Command = getattr(import_module(module), attribute)
            return light
        command = _heavy().get(cmd_name)
        if command is not None:
            from buurtbegroting.app import create_app

            ctx.with_resource(create_app().app_context())
        return command


def _heavy() -> dict[str, click.Command]:
    from buurtbegroting.operation import COMMANDS
    from buurtbegroting.web.slices import discover

    hung = [command for each in discover() for command in each.commands]
    return {command.name or "": command for command in (*COMMANDS, *hung)}


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="buurtbegroting")
def group() -> None:
    """Buurtbegroting: count elections, import areas and rounds, run the site."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command; a refusal is one sentence on standard error and exit code 2."""
    try:
        group.main(arguments, prog_name="buurtbegroting", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except Refusal as refusal:
        _refuse(str(refusal))
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        _refuse(sentence)
    sys.exit(0)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _sentence(error: Exception) -> str | None:
    """Return what an operator can do about an error that is about the installation, not about the program."""
    from sqlalchemy.exc import DBAPIError

    from buurtbegroting.config import SettingsError

    if isinstance(error, SettingsError):
        return str(error)
    if isinstance(error, DBAPIError):
        first_line = str(error.orig).splitlines()[0]
        return f"The database cannot do this ({first_line}). Is it there, and did you run: database upgrade?"
    return None
