"""The slice contract, and how the app finds the slices."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any

import click
import flask
import flask_smorest

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.civic.terms import Term
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.foundation import paths
from buurtbegroting.foundation.outbox import Notice
from buurtbegroting.foundation.outbox.messages import Told
from buurtbegroting.foundation.retention import Retention
from buurtbegroting.foundation.search import Kind

from .subjects import SubjectKind

# Reading order of the practice, and who may import whom: a slice imports only from slices to its left.
ORDER = (
    "municipalities",
    "accounts",
    "conversations",
    "rounds",
    "initiatives",
    "matching",
    "grants",
    "challenges",
    "network",
    "proposals",
    "assessment",
    "deciding",
    "electorate",
    "voting",
    "insight",
    "delivery",
    "obstacles",
    "evaluation",
    "outcomes",
    "search",
    "admin",
    "api",
)


@dataclass(frozen=True)
class MenuItem:
    """An entry of a menu: its words, the endpoint it leads to, and the addresses under which it is current.

    With a policy it is shown only to whom that says yes.
    """

    title: Reason
    endpoint: str
    prefixes: tuple[str, ...]
    policy: Callable[[Actor, Any, datetime], Verdict] | None = None


@dataclass(frozen=True)
class Panel:
    """A part of a page that combines slices: a template, and the query that fills its ``panel`` variable.

    A panel whose query answers None is left out.
    """

    template: str
    query: Callable[[Any], Any]


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody: what, since when, until when, and where it is done."""

    title: Reason
    href: str
    since: datetime
    due: datetime | None = None


@dataclass(frozen=True)
class Promise:
    """A term, and how often it was kept in the year before a day: how many times, of how many.

    A term of which nothing is measured yet has no figure.
    """

    term: Term
    kept: Callable[[Term, date], tuple[int, int]] | None = None


@dataclass(frozen=True)
class Slice:
    """What one civic practice adds to the house.

    ``panels`` maps the name of a combining page ("home", "wijk") to what this slice shows there. ``notices`` are its
    letters and ``events`` who hears of what. ``manage`` are its entries on the pages of who works here, ``tasks``
    what waits there for an actor. ``subjects`` are the kinds of things it has that can be followed, ``search`` those
    that can be found, ``promises`` how long its steps may take. ``practice`` is the word under which a municipality
    switches it off. ``personal_data`` returns what is kept about a person and ``forget`` takes it away.
    """

    name: str
    blueprints: Sequence[flask.Blueprint] = ()
    api: Sequence[flask_smorest.Blueprint] = ()
    menu: Sequence[MenuItem] = ()
    panels: Mapping[str, Panel] = field(default_factory=dict)
    commands: Sequence[click.Command] = ()
    notices: Sequence[Notice] = ()
    events: Mapping[str, Told] = field(default_factory=dict)
    manage: Sequence[MenuItem] = ()
    tasks: Sequence[Callable[[Actor], Sequence[Task]]] = ()
    subjects: Mapping[str, SubjectKind] = field(default_factory=dict)
    search: Mapping[str, Kind] = field(default_factory=dict)
    promises: Sequence[Promise] = ()
    practice: str = ""
    personal_data: Callable[[uuid.UUID], Mapping[str, Any]] | None = None
    forget: Callable[[uuid.UUID], None] | None = None
    retention: Sequence[Retention] = ()


def discover() -> list[Slice]:
    """Return every slice that has a folder, in order."""
    folders = {path.parent.name for path in (paths.PACKAGE / "blueprints").glob("*/slice.py")}
    return [import_module(f"buurtbegroting.blueprints.{name}.slice").SLICE for name in ORDER if name in folders]
