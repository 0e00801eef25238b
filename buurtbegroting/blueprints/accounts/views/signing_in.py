"""Getting in and out: by a mailed link or code, by password, with a second factor."""

from __future__ import annotations

import uuid
from typing import Any

import flask

from buurtbegroting.civic.actors import ANONYMOUS, Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid, NotFound
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import i18n, providers
from buurtbegroting.web.access import public
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.signing_in import current_visitor, device, keep, let_go, network, safe_path

from .. import queries
from ..actions import signing_in
from ..forms.account import ButtonForm, RegisterForm
from ..forms.signing_in import AskForLinkForm, CodeForm, PasswordForm
from ..models import MailedLink, Purpose, SignIn
from ..wishes import NewPerson

blueprint = flask.Blueprint("signing_in", __name__, template_folder="../templates")

# What the browser remembers between asking for a link and being in: the id of that link, which opens nothing alone.
ASKED = "asked"
PROVEN = "proven"


@blueprint.get("/inloggen")
@public
def sign_in() -> str:
    """Ask for an e-mail address."""
    form = AskForLinkForm(next=safe_path(flask.request.args.get("naar")))
    return flask.render_template("accounts/sign_in.html", form=form, providers=providers.providers())


@blueprint.post("/inloggen")
@public
def ask_for_link() -> Any:
    """Mail a link and a code; the answer is the same for every address."""
    form = AskForLinkForm()
    asked = submit(
        form,
        lambda: signing_in.ask_for_link(
            ANONYMOUS, form.email.data, i18n.language(), network(), safe_path(form.next.data)
        ),
    )
    if asked is None:
        return page_with_errors("accounts/sign_in.html", form=form, providers=providers.providers())
    flask.session[ASKED] = str(asked)
    return flask.redirect(flask.url_for(".enter_code"), 303)


@blueprint.get("/inloggen/code")
@public
def enter_code() -> str:
    """Say that a mail is under way, and take the code that stands in it."""
    return flask.render_template("accounts/code.html", form=CodeForm())


@blueprint.post("/inloggen/code")
@public
def use_code() -> Any:
    """Sign in by the six digits."""
    form = CodeForm()
    link = _asked()
    if link is None:
        return flask.redirect(flask.url_for(".sign_in"), 303)
    if not submit(form, lambda: signing_in.use_code(ANONYMOUS, link, form.code.data)):
        return page_with_errors("accounts/code.html", form=form)
    return _go_in(link)


def _asked(key: str = ASKED) -> MailedLink | None:
    asked = flask.session.get(key)
    return queries.link_by_id(uuid.UUID(asked)) if asked else None


@blueprint.get("/inloggen/link/<token>")
@public
def open_link(token: str) -> str:
    """Show a button: programs that look at links in mails do not press it."""
    return flask.render_template("accounts/link.html", form=ButtonForm(), link=usable(token, Purpose.SIGN_IN))


@blueprint.post("/inloggen/link/<token>")
@public
def use_link(token: str) -> Any:
    """Sign in by a mailed link."""
    link = usable(token, Purpose.SIGN_IN)
    form = ButtonForm()
    if submit(form, lambda: signing_in.use_link(ANONYMOUS, link)) is None:
        return page_with_errors("accounts/link.html", form=form, link=link)
    return _go_in(link)


def usable(token: str, *purposes: Purpose) -> MailedLink:
    """Return the link of a mail that can still be used for one of these purposes, or refuse."""
    link = queries.link_with(token)
    if link is None or link.purpose not in purposes:
        raise NotFound(signing_in.GONE)
    signing_in.refuse_used_link(link, clock.now(db.session()))
    return link


def _go_in(link: MailedLink) -> Any:
    """Go where somebody wanted to go; who is new first fills in who they are."""
    if queries.person_by_email(link.email) is None:
        flask.session[PROVEN] = str(link.id)
        return flask.redirect(flask.url_for(".register"), 303)
    opened = signing_in.open_by_link(ANONYMOUS, link, device())
    return welcome(opened, link.next_path)


def welcome(opened: signing_in.Opened, next_path: str) -> Any:
    """Let this browser hold a new sign-in, and go where somebody wanted to go."""
    visitor = queries.visitor_with(opened.token, clock.now(db.session()))
    if visitor is None:
        raise NotFound(signing_in.GONE)
    keep(opened.token, visitor)
    if visitor.is_half:
        step = ".second_factor_page" if visitor.has_second_factor else ".set_up_second_factor"
        return flask.redirect(flask.url_for(step, naar=next_path or None), 303)
    return flask.redirect(next_path or flask.url_for("account.overview"), 303)


@blueprint.get("/aanmelden")
@public
def register() -> Any:
    """Ask somebody new what to call them."""
    if _asked(PROVEN) is None:
        return flask.redirect(flask.url_for(".sign_in"), 303)
    return flask.render_template("accounts/register.html", form=_register_form())


def _register_form() -> RegisterForm:
    form = RegisterForm()
    form.offer(queries.wijken())
    return form


@blueprint.post("/aanmelden")
@public
def make_account() -> Any:
    """Make an account for the address that was just shown to be somebody's own."""
    form, link = _register_form(), _asked(PROVEN)
    if link is None:
        return flask.redirect(flask.url_for(".sign_in"), 303)
    this_year = clock.local_day(clock.now(db.session())).year
    person = submit(
        form,
        lambda: signing_in.register(
            ANONYMOUS,
            link,
            NewPerson(form.name.data, form.wijk_code.data or None, form.born_in(this_year), i18n.language()),
        ),
    )
    if person is None:
        return page_with_errors("accounts/register.html", form=form)
    return welcome(signing_in.open_after_registering(ANONYMOUS, person, device()), link.next_path)


@blueprint.get("/inloggen/wachtwoord")
@public
def password() -> str:
    """Ask for address and password."""
    form = PasswordForm(next=safe_path(flask.request.args.get("naar")))
    return flask.render_template("accounts/password.html", form=form)


@blueprint.post("/inloggen/wachtwoord")
@public
def use_password() -> Any:
    """Sign in by password."""
    form = PasswordForm()
    opened = submit(
        form,
        lambda: signing_in.try_password(ANONYMOUS, form.email.data, form.password.data, network(), device()),
    )
    if opened is None:
        return page_with_errors("accounts/password.html", form=form)
    return welcome(opened, safe_path(form.next.data))


def halfway() -> tuple[SignIn, Actor]:
    """Return the sign-in of this browser, also one that is only half, and who acts in it."""
    visitor = current_visitor()
    found = queries.sign_in_by_id(visitor.sign_in_id) if visitor else None
    if found is None or visitor is None:
        raise NotFound(_r("First give your e-mail address and password."))
    return found, Actor(id=str(visitor.person_id)) if visitor.is_half else visitor.actor


@blueprint.post("/uitloggen")
@public
def sign_out() -> Any:
    """End this sign-in, whatever state it is in."""
    if not ButtonForm().validate():
        raise Invalid(_r("This page was open too long, or cookies are off. Send it once more."))
    found, actor = halfway()
    signing_in.sign_out(actor, found)
    let_go()
    return flask.redirect(flask.url_for("municipalities.home"), 303)
