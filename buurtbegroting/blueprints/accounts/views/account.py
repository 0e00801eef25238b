"""Somebody's own account: what we know of them, how they hear from us, where they are signed in, and leaving."""

from __future__ import annotations

import json
import uuid
from typing import Any, Generic, TypeVar

import flask

from buurtbegroting.blueprints.municipalities.queries import area_by_code
from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.web import personal, providers
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor, current_visitor, let_go

from .. import queries
from ..actions import people, second_factor, signing_in
from ..forms.account import AccountForm, ButtonForm, EmailForm, ForgetForm, NoticesForm
from ..forms.signing_in import ChangePasswordForm
from ..models import Channel, Person, Purpose, Rhythm, SignIn
from ..notices import postal_address
from ..policy import may_change_person
from ..wishes import CHANNELS, NewPerson

T = TypeVar("T")

blueprint = flask.Blueprint("account", __name__, url_prefix="/mijn")


def me() -> Person | Nobody:
    """Return who is signed in; nobody in particular gets a refusal from the policy, not a missing page."""
    visitor = current_visitor()
    found = queries.person_by_id(visitor.person_id) if visitor and not visitor.is_half else None
    return found or Nobody()


class Nobody:
    """Nobody in particular, for a policy about people."""

    id = None
    forgotten_on = None


@blueprint.get("")
@requires(may_change_person, load=me)
def overview(person: Person) -> str:
    """Show what somebody can do with their account."""
    return flask.render_template(
        "accounts/overview.html",
        person=person,
        channel=CHANNELS[Channel(person.channel)],
        wijk=area_by_code(person.wijk_code) if person.wijk_code else None,
        sign_ins=queries.open_sign_ins(person.id),
        here=current_visitor(),
        names=queries.names_of_areas(),
        roles=sorted(queries.active_roles(person), key=lambda role: role.name),
        organisations=queries.organisations_of(person.id),
        button=ButtonForm(),
        unread=outbox.unread(db.session(), person.id),
        identities={each.issuer: each for each in queries.identities_of(person.id)},
        providers=providers.providers(),
    )


def _account_form(person: Person, **how: Any) -> AccountForm:
    known = {"name": person.name, "wijk_code": person.wijk_code or "", "language": person.language}
    form = AccountForm(
        **how, data={**known, "age": "child" if person.is_child else "adult", "version": people.written_details(person)}
    )
    form.offer(queries.wijken())
    return form


@blueprint.get("/gegevens")
@requires(may_change_person, load=me)
def person_page(person: Person) -> str:
    """Show what somebody is called and where they live, to be changed."""
    return flask.render_template("accounts/person.html", form=_account_form(person))


@blueprint.post("/gegevens")
@requires(may_change_person, load=me)
def change_person(person: Person) -> Any:
    """Keep what somebody changed about themselves."""
    form = _account_form(person)
    year = clock.local_day(clock.now(db.session())).year
    done = submit(
        form,
        lambda: people.change_person(
            current_actor(),
            person,
            NewPerson(
                form.name.data, form.wijk_code.data or None, form.born_in(year, person.born_in), form.language.data
            ),
            form.version.data or "",
        ),
        lambda: _account_form(person, formdata=None),
    )
    if done is None:
        return page_with_errors("accounts/person.html", form=form)
    return back("gegevens")


def back(done: str) -> Any:
    """Go back to the account, which says what was done."""
    return flask.redirect(flask.url_for("account.overview", gelukt=done), 303)


@blueprint.get("/berichten-kiezen")
@requires(may_change_person, load=me)
def notices_page(person: Person) -> str:
    """Show how somebody hears from us, to be changed."""
    return flask.render_template("accounts/notices.html", form=_notices_form(person))


def _notices_form(person: Person) -> NoticesForm:
    known = {"channel": person.channel, "rhythm": person.rhythm, "address": postal_address(person)}
    return NoticesForm(data=known)


@blueprint.post("/berichten-kiezen")
@requires(may_change_person, load=me)
def choose_notices(person: Person) -> Any:
    """Keep how somebody wants to hear from us."""
    form = _notices_form(person)
    done = submit(
        form,
        lambda: people.choose_notices(
            current_actor(), person, Channel(form.channel.data), Rhythm(form.rhythm.data), form.lines()
        ),
    )
    return page_with_errors("accounts/notices.html", form=form) if done is None else back("berichten")


@blueprint.get("/wachtwoord")
@requires(may_change_person, load=me)
def password_page(person: Person) -> str:
    """Ask for a new password."""
    return flask.render_template("accounts/change_password.html", form=ChangePasswordForm(), person=person)


@blueprint.post("/wachtwoord")
@requires(may_change_person, load=me)
def change_password(person: Person) -> Any:
    """Keep a new password; everybody signs in again."""
    form = ChangePasswordForm()
    names = [flask.g.tenant.name]
    done = submit(
        form,
        lambda: people.change_password(current_actor(), person, form.former.data, form.password.data, names),
    )
    if done is None:
        return page_with_errors("accounts/change_password.html", form=form, person=person)
    let_go()
    return flask.redirect(flask.url_for("signing_in.password", gelukt="wachtwoord"), 303)


@blueprint.get("/e-mail")
@requires(may_change_person, load=me)
def email_page(person: Person) -> str:
    """Ask for another address."""
    return flask.render_template("accounts/email.html", form=EmailForm(), person=person)


@blueprint.post("/e-mail")
@requires(may_change_person, load=me)
def ask_for_email(person: Person) -> Any:
    """Mail a link to the new address."""
    form = EmailForm()
    done = submit(form, lambda: people.ask_for_email(current_actor(), person, form.email.data))
    if done is None:
        return page_with_errors("accounts/email.html", form=form, person=person)
    return flask.render_template("accounts/mail_sent.html")


@blueprint.get("/e-mail/<token>")
@public
def confirm_email_page(token: str) -> str:
    """Show a button that makes the new address count."""
    signing_in.refuse_used_link(_email_link(token), clock.now(db.session()))
    return flask.render_template("accounts/confirm_email.html", form=ButtonForm())


@blueprint.post("/e-mail/<token>")
@public
def confirm_email(token: str) -> Any:
    """Let the new address count."""
    form, link = ButtonForm(), _email_link(token)
    if submit(form, lambda: people.confirm_email(current_actor(), link)) is None:
        return page_with_errors("accounts/confirm_email.html", form=form)
    return back("e-mail")


def _email_link(token: str) -> Any:
    link = queries.link_with(token)
    if link is None or link.purpose != Purpose.EMAIL:
        raise NotFound(signing_in.GONE)
    return link


def _my_sign_in(sign_in_id: uuid.UUID) -> OfPerson[SignIn] | None:
    found = queries.sign_in_by_id(sign_in_id)
    return OfPerson(found, found.person_id) if found else None


class OfPerson(Generic[T]):
    """Something of a person, judged by whose it is."""

    def __init__(self, thing: T, person_id: uuid.UUID) -> None:
        self.thing = thing
        self.id = person_id
        self.forgotten_on = None


@blueprint.post("/aangemeld/<uuid:sign_in_id>")
@requires(may_change_person, load=_my_sign_in)
def end_sign_in(mine: OfPerson[SignIn]) -> Any:
    """Sign out another browser."""
    form = ButtonForm()
    submit(form, lambda: signing_in.sign_out(current_actor(), mine.thing))
    return back("uitgelogd")


@blueprint.post("/overal-uitloggen")
@requires(may_change_person, load=me)
def end_all(person: Person) -> Any:
    """Sign out everywhere else."""
    visitor = current_visitor()
    but = visitor.sign_in_id if visitor else None
    press(lambda: signing_in.sign_out_everywhere(current_actor(), person, but))
    return back("uitgelogd")


@blueprint.post("/herstelcodes")
@requires(may_change_person, load=me)
def recovery_codes(person: Person) -> Any:
    """Replace the recovery codes and show the new ones once."""
    codes: list[str] = []
    if not submit(ButtonForm(), lambda: second_factor.new_recovery_codes(current_actor(), person, codes)):
        return back("niets")
    return flask.render_template("accounts/recovery_codes.html", codes=codes, onward=flask.url_for(".overview"))


@blueprint.get("/alles.json")
@requires(may_change_person, load=me)
def export_json(person: Person) -> flask.Response:
    """Answer with everything about somebody, for another program."""
    content = json.dumps(personal.everything_about(person.id), default=str, indent=2, ensure_ascii=False)
    return file_response("alles-over-mij.json", content.encode(), "application/json; charset=utf-8")


@blueprint.get("/alles")
@requires(may_change_person, load=me)
def export_page(person: Person) -> str:
    """Show everything about somebody, to read and to print."""
    return flask.render_template("accounts/everything.html", parts=personal.everything_about(person.id))


@blueprint.get("/verwijderen")
@requires(may_change_person, load=me)
def forget_page(person: Person) -> str:
    """Say what goes and what stays, and ask whether somebody is sure."""
    return flask.render_template("accounts/forget.html", form=ForgetForm())


@blueprint.post("/verwijderen")
@requires(may_change_person, load=me)
def forget(person: Person) -> Any:
    """Forget somebody."""
    form = ForgetForm()
    if submit(form, lambda: people.forget_person(current_actor(), person, personal.forget)) is None:
        return page_with_errors("accounts/forget.html", form=form)
    let_go()
    return flask.render_template("accounts/forgotten.html")
