"""The work list, what happened, and how mail and jobs are going."""

from __future__ import annotations

import uuid
from typing import Any

import flask

from buurtbegroting.foundation import clock, jobs, outbox, retention
from buurtbegroting.foundation.audit import heads as heads_of
from buurtbegroting.foundation.database import db
from buurtbegroting.web import slices
from buurtbegroting.web.access import requires
from buurtbegroting.web.addresses import is_uuid
from buurtbegroting.web.downloads import csv_response, file_response
from buurtbegroting.web.forms import Form, page_with_errors, submit
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor

from . import actions, queries
from .letters import as_pdf
from .policy import may_print_letters, may_read_audit, may_see_health, may_work_here

blueprint = flask.Blueprint("admin", __name__, url_prefix="/beheer", template_folder="templates")
PAGE_SIZE = 100
AUDIT_HEAD = ("number", "at", "verb", "actor", "role", "on behalf of", "subject", "id", "version", "fields")
MOST_ROWS = 100_000


@blueprint.get("")
@requires(may_work_here)
def work_list() -> str:
    """Show what waits for whoever looks, what is due first on top."""
    actor = current_actor()
    tasks = [task for each in slices.discover() for ask in each.tasks for task in ask(actor)]
    tasks.sort(key=lambda task: (task.due is None, task.due or task.since))
    return flask.render_template("admin/work_list.html", tasks=tasks)


@blueprint.get("/logboek")
@requires(may_read_audit)
def audit() -> str:
    """Show what happened, newest first."""
    verb, who, number = _asked()
    found, total = queries.audit_entries(verb, who, number, PAGE_SIZE)
    page = PageOf(found, number, PAGE_SIZE, total)
    heads = heads_of(db.session(), flask.g.tenant.id)
    return flask.render_template(
        "admin/audit.html", page=page, verb=verb, who=who, verbs=queries.verbs(), head=heads[-1] if heads else None
    )


def _asked() -> tuple[str, str, int]:
    args = flask.request.args
    return args.get("wat", "")[:80], args.get("wie", "").strip()[:64], page_number()


@blueprint.get("/logboek.csv")
@requires(may_read_audit)
def audit_csv() -> flask.Response:
    """Answer with what happened as a CSV file."""
    verb, who, _ = _asked()
    found, _ = queries.audit_entries(verb, who, 1, MOST_ROWS)
    return csv_response("logboek.csv", AUDIT_HEAD, (_row(each) for each in found))


def _row(entry: Any) -> list[Any]:
    return [
        entry.id,
        entry.at.isoformat(),
        entry.verb,
        entry.actor_id,
        entry.actor_role,
        entry.on_behalf_of,
        entry.subject_type,
        entry.subject_id,
        entry.subject_version,
        " ".join(entry.fields),
    ]


@blueprint.get("/bewaren")
@requires(may_see_health)
def kept() -> str:
    """Show how long what is kept, why, and what was thrown away last."""
    last = retention.last_removed(db.session(), flask.g.tenant.id)
    return flask.render_template("admin/retention.html", rules=retention.rules(), last=last)


@blueprint.get("/brieven")
@requires(may_print_letters)
def letters() -> str:
    """Show how many letters wait to be printed."""
    waiting = outbox.waiting_letters(db.session())
    return flask.render_template("admin/letters.html", letters=waiting, form=Form())


@blueprint.get("/brieven.pdf")
@requires(may_print_letters)
def letters_pdf() -> flask.Response:
    """Answer with the letters that wait, to be printed."""
    day = clock.local_day(clock.now(db.session()))
    return file_response("brieven.pdf", as_pdf(outbox.waiting_letters(db.session()), day), "application/pdf")


@blueprint.post("/brieven")
@requires(may_print_letters)
def settle_letters() -> Any:
    """Note that the letters on the page were printed."""
    ids = {uuid.UUID(each) for each in flask.request.form.getlist("letter") if is_uuid(each)}
    if submit(Form(), lambda: actions.settle_letters(current_actor(), ids)) is None:
        return page_with_errors("admin/letters.html", letters=outbox.waiting_letters(db.session()), form=Form())
    return flask.redirect(flask.url_for(".letters", gelukt="afgedrukt"), 303)


@blueprint.get("/post-en-taken")
@requires(may_see_health)
def health() -> str:
    """Show how mail and jobs are going."""
    return flask.render_template("admin/health.html", jobs=jobs.health(db.session()), mail=outbox.health(db.session()))
