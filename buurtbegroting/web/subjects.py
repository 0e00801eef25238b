"""What can be followed, talked about and found: things of any slice, by kind and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import flask

from buurtbegroting.civic.reasons import Reason


@dataclass(frozen=True)
class Subject:
    """A thing that everybody may see: what it is called and where its page is.

    ``key`` names it within its kind for good, also when it is renamed. ``values`` are the parts of its address.
    """

    kind: str
    key: str
    title: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def href(self) -> str:
        """The address of its page, in the language of this request."""
        return flask.url_for(self.endpoint, **self.values)


@dataclass(frozen=True)
class SubjectKind:
    """A kind of subject: its word, how one is found, and which there are to choose from.

    ``find`` returns None for what is not there and for what not everybody may see.
    """

    title: Reason
    find: Callable[[str], Subject | None]
    every: Callable[[], Sequence[Subject]]


def init_app(app: flask.Flask, kinds: Mapping[str, SubjectKind]) -> None:
    """Let the app know the kinds of all slices."""
    app.extensions["buurtbegroting-subjects"] = kinds


def kinds() -> Mapping[str, SubjectKind]:
    """Return every kind of subject there is."""
    found: Mapping[str, SubjectKind] = flask.current_app.extensions["buurtbegroting-subjects"]
    return found


def find(kind: str, key: str) -> Subject | None:
    """Return a subject that everybody may see, or None."""
    known = kinds().get(kind)
    return known.find(key) if known else None


def choices() -> dict[str, list[Subject]]:
    """Return what there is to choose from, by kind."""
    return {kind: list(each.every()) for kind, each in kinds().items()}
