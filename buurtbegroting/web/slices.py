"""The slice contract, and how the app finds the slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import click
import flask
import flask_smorest

from buurtbegroting.civic.reasons import Reason
from buurtbegroting.foundation import paths

# Reading order of the practice, and who may import whom: a slice imports only from slices to its left.
ORDER = (
    "municipalities",
    "accounts",
    "conversations",
    "rounds",
    "initiatives",
    "proposals",
    "voting",
    "delivery",
    "obstacles",
    "evaluation",
    "outcomes",
    "admin",
    "api",
)


@dataclass(frozen=True)
class MenuItem:
    """An entry of the main menu: its words, the endpoint it leads to, and the addresses under which it is current."""

    title: Reason
    endpoint: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """A part of a page that combines slices: a template, and the query that fills its ``panel`` variable.

    A panel whose query answers None is left out.
    """

    template: str
    query: Callable[[Any], Any]


@dataclass(frozen=True)
class Slice:
    """What one civic practice adds to the house.

    ``panels`` maps the name of a combining page ("home", "wijk") to what this slice shows there.
    """

    name: str
    blueprints: Sequence[flask.Blueprint] = ()
    api: Sequence[flask_smorest.Blueprint] = ()
    menu: Sequence[MenuItem] = ()
    panels: Mapping[str, Panel] = field(default_factory=dict)
    commands: Sequence[click.Command] = ()


def discover() -> list[Slice]:
    """Return every slice that has a folder, in order."""
    folders = {path.parent.name for path in (paths.PACKAGE / "blueprints").glob("*/slice.py")}
    return [import_module(f"buurtbegroting.blueprints.{name}.slice").SLICE for name in ORDER if name in folders]
