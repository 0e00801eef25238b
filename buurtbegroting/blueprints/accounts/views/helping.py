"""Where a neighbourhood worker says for whom they fill in forms."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor, current_visitor

from .. import queries
from ..actions import helping
from ..forms.account import ButtonForm
from ..forms.helping import KnownPersonForm, UnknownPersonForm
from ..models import Person, SignIn
from ..policy import may_help

blueprint = flask.Blueprint("helping", __name__, url_prefix="/beheer/namens")


def _here() -> SignIn | object:
    visitor = current_visitor()
    return (queries.sign_in_by_id(visitor.sign_in_id) if visitor else None) or object()


def _page(known: KnownPersonForm | None = None, unknown: UnknownPersonForm | None = None) -> dict[str, Any]:
    unknown = unknown or UnknownPersonForm(formdata=None, prefix="new")
    unknown.offer(queries.wijken())
    return {
        "known": known or KnownPersonForm(formdata=None, prefix="known"),
        "unknown": unknown,
        "button": ButtonForm(),
    }


@blueprint.get("")
@requires(may_help, load=_here)
def choose(_here: SignIn) -> str:
    """Ask for whom the worker fills in forms."""
    return flask.render_template("accounts/manage/helping.html", **_page())


def _start(here: SignIn, person: Person) -> Person:
    return helping.start_helping(current_actor(), here, person)


@blueprint.post("/bekend")
@requires(may_help, load=_here)
def help_known(here: SignIn) -> Any:
    """Begin for somebody with an account."""
    form = KnownPersonForm(prefix="known")
    if submit(form, lambda: _start(here, helping.person_to_help(form.email.data))) is None:
        return page_with_errors("accounts/manage/helping.html", **_page(known=form))
    return flask.redirect(flask.url_for(".choose"), 303)


@blueprint.post("/nieuw")
@requires(may_help, load=_here)
def help_unknown(here: SignIn) -> Any:
    """Make an account for somebody without e-mail, and begin."""
    form = UnknownPersonForm(prefix="new")
    form.offer(queries.wijken())

    def record() -> Person:
        helped = helping.Helped(form.name.data, form.wijk_code.data or None, form.lines())
        return _start(here, helping.record_person(current_actor(), helped))

    if submit(form, record) is None:
        return page_with_errors("accounts/manage/helping.html", **_page(unknown=form))
    return flask.redirect(flask.url_for(".choose"), 303)


@blueprint.post("/stoppen")
@requires(may_help, load=_here)
def stop(here: SignIn) -> Any:
    """Be oneself again."""
    press(lambda: helping.stop_helping(current_actor(), here))
    return flask.redirect(flask.url_for(".choose"), 303)
