"""Commands for who runs an installation: prepare the database, serve."""

from __future__ import annotations

import os
import sys

import click

from buurtbegroting.foundation import paths


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
    arguments = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "8", "--worker-class", "gthread"]
    quiet = ["--no-control-socket", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments, *quiet, "buurtbegroting.wsgi:app"])  # noqa: S606


COMMANDS: tuple[click.Command, ...] = (database, serve)
