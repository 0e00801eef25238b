"""What only a demo shows: somebody to be, and the mail that was sent. Production does not load this."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import flask

from buurtbegroting.blueprints.accounts import queries
from buurtbegroting.blueprints.accounts.forms.account import ButtonForm
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.foundation import clock, outbox
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.outbox.delivery import kept_in_folder
from buurtbegroting.web.access import public
from buurtbegroting.web.signing_in import device, keep

from .people import be_somebody, sample_people
from .voting import letters

blueprint = flask.Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates")
SHOWN = 30


@blueprint.get("")
@public
def chooser() -> str:
    """Show who can be tried out."""
    return flask.render_template("demo/chooser.html", people=sample_people(), form=ButtonForm())


@blueprint.post("/<uuid:person_id>")
@public
def be(person_id: Any) -> Any:
    """Sign in as one of the invented people, with a second factor where the role asks for one."""
    person = queries.person_by_id(person_id)
    if person is None or not ButtonForm().validate():
        return flask.redirect(flask.url_for(".chooser"), 303)
    opened = be_somebody(ANONYMOUS, person, device())
    visitor = queries.visitor_with(opened.token, clock.now(db.session()))
    if visitor:
        keep(opened.token, visitor)
    return flask.redirect(flask.url_for("admin.work_list" if person.grants else "account.overview"), 303)


@blueprint.get("/brieven")
@public
def voting_letters() -> str:
    """Show the letters with voting codes, each with the way to the booth."""
    return flask.render_template("demo/letters.html", letters=letters())


@blueprint.get("/post")
@public
def mails() -> str:
    """Show the newest mails, as they would have arrived."""
    newest = kept_in_folder(outbox.mail_folder())[: -SHOWN - 1 : -1]
    return flask.render_template("demo/mails.html", mails=[_shown(mail) for mail in newest])


def _shown(mail: EmailMessage) -> dict[str, str]:
    return {"to": str(mail["To"]), "subject": str(mail["Subject"]), "body": mail.get_content()}
