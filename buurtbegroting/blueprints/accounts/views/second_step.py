"""The second factor and passwords, on the way in."""

from __future__ import annotations

from typing import Any

import flask
import segno

from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.web import i18n
from buurtbegroting.web.access import public
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.signing_in import current_visitor, network, safe_path

from ..actions import people, second_factor
from ..forms.signing_in import AskForLinkForm, ChoosePasswordForm, SecondFactorForm
from ..models import Purpose, SignIn
from .signing_in import blueprint, halfway, usable, welcome


@blueprint.get("/inloggen/tweede-stap")
@public
def second_factor_page() -> Any:
    """Ask for the code of the app; who has none yet sets it up first."""
    visitor, onward = current_visitor(), safe_path(flask.request.args.get("naar"))
    if visitor is None:
        return flask.redirect(flask.url_for(".password"), 303)
    if not visitor.has_second_factor:
        return flask.redirect(flask.url_for(".set_up_second_factor", naar=onward or None), 303)
    form = SecondFactorForm(next=onward)
    return flask.render_template("accounts/second_factor.html", form=form)


@blueprint.post("/inloggen/tweede-stap")
@public
def give_second_factor() -> Any:
    """Make the sign-in whole, or fresh again."""
    form = SecondFactorForm()
    found, actor = halfway()
    opened = submit(form, lambda: second_factor.give_second_factor(actor, found, form.code.data))
    if opened is None:
        return page_with_errors("accounts/second_factor.html", form=form)
    return welcome(opened, safe_path(form.next.data))


@blueprint.get("/inloggen/tweede-stap/instellen")
@public
def set_up_second_factor() -> Any:
    """Show the secret for somebody's app, as a square code and as text."""
    found, actor = halfway()
    if found.person.has_second_factor:
        return flask.redirect(flask.url_for(".second_factor_page"), 303)
    secret = second_factor.pending_secret(found.person) or second_factor.prepare_second_factor(actor, found.person)
    form = SecondFactorForm(next=safe_path(flask.request.args.get("naar")))
    return flask.render_template("accounts/set_up_second_factor.html", form=form, **_for_app(found, secret))


def _for_app(found: SignIn, secret: str) -> dict[str, str]:
    issuer = f"Buurtbegroting {flask.g.tenant.name}"
    address = second_factor.address_for_app(secret, found.person.email or found.person.name, issuer)
    return {"secret": secret, "square": segno.make(address).svg_data_uri(scale=5, border=2)}


@blueprint.post("/inloggen/tweede-stap/instellen")
@public
def confirm_second_factor() -> Any:
    """Let the second factor count, and show the recovery codes once."""
    form = SecondFactorForm()
    found, actor = halfway()
    secret = second_factor.pending_secret(found.person)
    if secret is None:
        return flask.redirect(flask.url_for(".set_up_second_factor"), 303)
    done = submit(form, lambda: second_factor.confirm_second_factor(actor, found, form.code.data))
    if done is None:
        return page_with_errors("accounts/set_up_second_factor.html", form=form, **_for_app(found, secret))
    opened, codes = done
    answer = welcome(opened, safe_path(form.next.data))
    return flask.render_template("accounts/recovery_codes.html", codes=codes, onward=answer.location)


@blueprint.get("/wachtwoord-vergeten")
@public
def forgotten_password() -> str:
    """Ask for the address to which a link for a new password goes."""
    return flask.render_template("accounts/forgotten_password.html", form=AskForLinkForm())


@blueprint.post("/wachtwoord-vergeten")
@public
def ask_for_password() -> Any:
    """Mail a link for a new password; the answer is the same for every address."""
    form = AskForLinkForm()
    done = submit(form, lambda: people.ask_for_password(ANONYMOUS, form.email.data, i18n.language(), network()) or True)
    if done is None:
        return page_with_errors("accounts/forgotten_password.html", form=form)
    return flask.render_template("accounts/mail_sent.html")


@blueprint.get("/wachtwoord/<token>")
@public
def choose_password_page(token: str) -> str:
    """Ask for a new password."""
    link = usable(token, Purpose.PASSWORD, Purpose.INVITATION)
    return flask.render_template("accounts/choose_password.html", form=ChoosePasswordForm(), link=link)


@blueprint.post("/wachtwoord/<token>")
@public
def choose_password(token: str) -> Any:
    """Keep the new password, and lead to signing in with it."""
    form, link = ChoosePasswordForm(), usable(token, Purpose.PASSWORD, Purpose.INVITATION)
    chosen = submit(
        form,
        lambda: people.choose_password_by_link(ANONYMOUS, link, form.password.data, [flask.g.tenant.name]),
    )
    if chosen is None:
        return page_with_errors("accounts/choose_password.html", form=form, link=link)
    return flask.redirect(flask.url_for(".password", gelukt="wachtwoord"), 303)
