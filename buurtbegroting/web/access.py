"""Who may open which address: every route says ``@public`` or ``@requires``; the app refuses to start without."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import flask

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.civic.verdicts import Verdict, insist
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db

from .signing_in import current_actor

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open an address to everybody; it shows nothing that a policy would have to guard."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def open_route(app: flask.Flask, endpoint: str) -> None:
    """Open an address that a library registered to everybody."""
    view = app.view_functions[endpoint]

    @functools.wraps(view)
    def opened(**parts: Any) -> Any:
        return view(**parts)

    app.view_functions[endpoint] = public(opened)


def requires(policy: Callable[..., Verdict], load: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Open an address to whom a policy says yes.

    ``load`` gets the parts of the address and returns the thing (None is a 404); the view gets the thing instead.
    Without it the policy is about nothing in particular, and the view gets nothing. The part ``name`` is a title for
    people: nothing is found by it.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(**parts: Any) -> Any:
            if load is None:
                insist(policy(current_actor(), None, clock.now(db.session())))
                return view()
            thing = load(**{part: value for part, value in parts.items() if part != "name"})
            if thing is None:
                raise NotFound(_r("This page does not exist, or no longer does."))
            insist(policy(current_actor(), thing, clock.now(db.session())))
            return view(thing)

        guarded.access = policy.__name__  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def can(policy: Callable[..., Verdict], thing: Any) -> Verdict:
    """Ask a policy for the person who makes this request; the verdict is true or carries its reason."""
    return policy(current_actor(), thing, clock.now(db.session()))


def refuse_unguarded_routes(app: flask.Flask) -> None:
    """Raise when a route says nothing about who may open it."""
    unguarded = {
        rule.rule for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "access")
    }
    if unguarded:
        raise RuntimeError(f"These addresses have neither @public nor @requires: {', '.join(sorted(unguarded))}")
