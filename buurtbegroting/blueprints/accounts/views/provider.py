"""Getting in by way of a provider: there, back, and what happens the first time."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any

import flask

from buurtbegroting.civic.actors import ANONYMOUS, Known
from buurtbegroting.civic.refusals import NotNow
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.web import i18n, letters, providers
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor, device, safe_path

from .. import queries
from ..actions import providers as actions
from ..actions.signing_in import GONE, REGISTER_WITHIN, open_after_registering
from ..forms.account import ButtonForm, RegisterForm
from ..models import Identity, Person
from ..policy import may_change_person
from ..wishes import NewPerson
from .account import OfPerson, back, me
from .account import blueprint as account
from .signing_in import blueprint, welcome

# What the browser holds between coming back and having an account, sealed: who the provider says that it is.
KNOWN = "known"
NEXT = "next"


def _provider(key: str) -> providers.Provider:
    found = providers.provider_by_key(key)
    return found or flask.abort(404)


@blueprint.get("/inloggen/met/<key>")
@public
def go_to_provider(key: str) -> Any:
    """Lead to a provider, which asks who somebody is."""
    provider = _provider(key)
    flask.session[NEXT] = safe_path(flask.request.args.get("naar"))
    site = letters.address_of(flask.current_app.config["SETTINGS"], flask.g.tenant)
    return providers.send_away(provider, site + flask.url_for(".come_back", key=key))


@blueprint.get("/inloggen/met/<key>/terug")
@public
def come_back(key: str) -> Any:
    """Let in whom the provider knows; the first time somebody says whether this is a new account or their own."""
    known = providers.known(_provider(key))
    identity, here = queries.identity_of(known.issuer, known.subject), me()
    if identity and here.id in (None, identity.person_id):
        return welcome(actions.open_by_provider(ANONYMOUS, identity, known, device()), flask.session.pop(NEXT, ""))
    content = {"at": clock.now(db.session()).isoformat(), "known": asdict(known)}
    flask.session[KNOWN] = crypto.keys().seal("known", json.dumps(content))
    return flask.redirect(flask.url_for("account.tie_page" if here.id else ".register_known"), 303)


def _known() -> Known:
    """Return who came back from a provider in this browser a short while ago, or refuse."""
    sealed = flask.session.get(KNOWN)
    content = json.loads(crypto.keys().unseal("known", sealed)) if sealed else None
    if content is None or clock.now(db.session()) - datetime.fromisoformat(content["at"]) > REGISTER_WITHIN:
        raise NotNow(GONE)
    return Known(**content["known"])


def _register_form(known: Known) -> RegisterForm:
    form = RegisterForm(data={"name": known.name})
    form.offer(queries.wijken())
    return form


@blueprint.get("/inloggen/nieuw")
@public
def register_known() -> str:
    """Ask somebody new what to call them."""
    known = _known()
    actions.refuse_taken_address(known)
    return flask.render_template("accounts/register.html", form=_register_form(known))


@blueprint.post("/inloggen/nieuw")
@public
def make_known_account() -> Any:
    """Make an account for who was proven to be known elsewhere."""
    known = _known()
    form = _register_form(known)
    this_year = clock.local_day(clock.now(db.session())).year

    def register() -> Person:
        wishes = NewPerson(form.name.data, form.wijk_code.data or None, form.born_in(this_year), i18n.language())
        return actions.register_by_provider(ANONYMOUS, known, wishes)

    person = submit(form, register)
    if person is None:
        return page_with_errors("accounts/register.html", form=form)
    return welcome(open_after_registering(ANONYMOUS, person, device()), flask.session.pop(NEXT, ""))


@account.get("/koppelen")
@requires(may_change_person, load=me)
def tie_page(person: Person) -> str:
    """Ask whether who came back from a provider is the same as who is signed in here."""
    return flask.render_template("accounts/tie.html", form=ButtonForm(), known=_known())


@account.post("/koppelen")
@requires(may_change_person, load=me)
def tie(person: Person) -> Any:
    """Let somebody come in by a provider from now on."""
    form, known = ButtonForm(), _known()
    if submit(form, lambda: actions.tie_identity(current_actor(), person, known)) is None:
        return page_with_errors("accounts/tie.html", form=form, known=known)
    flask.session.pop(KNOWN)
    return back("gekoppeld")


def _my_identity(identity_id: uuid.UUID) -> OfPerson[Identity] | None:
    found = queries.identity_by_id(identity_id)
    return OfPerson(found, found.person_id) if found else None


@account.post("/koppelen/<uuid:identity_id>/weg")
@requires(may_change_person, load=_my_identity)
def untie(mine: OfPerson[Identity]) -> Any:
    """Let somebody no longer come in by a provider."""
    press(lambda: actions.untie_identity(current_actor(), mine.thing))
    return back("ontkoppeld")
