"""The desk of who moderates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from .. import queries
from ..actions import moderating
from ..forms import HideForm
from ..models import Comment, Thread
from ..policy import may_moderate

blueprint = flask.Blueprint("desk", __name__, url_prefix="/beheer/gesprekken")


def what_waits(actor: Actor) -> Sequence[Task]:
    """Return that comments wait for who moderates, since the oldest."""
    if not may_moderate(actor, None, clock.now(db.session())):
        return ()
    waiting = queries.waiting_for_moderation()
    if not waiting:
        return ()
    title = _r("%(count)s comments to look at", count=len(waiting))
    return (Task(title, flask.url_for("desk.desk"), min(each.made_at for each, _ in waiting)),)


@blueprint.get("")
@requires(may_moderate)
def desk() -> str:
    """Show what waits for who moderates, oldest first."""
    waiting = [
        (each, reports, subjects.find(each.thread.kind, each.thread.key))
        for each, reports in queries.waiting_for_moderation()
    ]
    return flask.render_template("conversations/manage/desk.html", waiting=waiting)


@blueprint.get("/<uuid:comment_id>")
@requires(may_moderate, load=queries.comment_by_id)
def comment(found: Comment) -> str:
    """Show one comment with what was told about it, to be decided on."""
    return flask.render_template("conversations/manage/comment.html", **_parts(found, HideForm()))


def _parts(found: Comment, form: HideForm) -> dict[str, Any]:
    return {
        "comment": found,
        "reports": queries.open_reports_of(found.id),
        "subject": subjects.find(found.thread.kind, found.thread.key),
        "form": form,
    }


@blueprint.post("/<uuid:comment_id>/tonen")
@requires(may_moderate, load=queries.comment_by_id)
def show(found: Comment) -> Any:
    """Let a comment stand."""
    press(lambda: moderating.show_comment(current_actor(), found))
    return flask.redirect(flask.url_for(".desk", gelukt="getoond"), 303)


@blueprint.post("/<uuid:comment_id>/verbergen")
@requires(may_moderate, load=queries.comment_by_id)
def hide(found: Comment) -> Any:
    """Hide a comment."""
    form = HideForm()
    if submit(form, lambda: moderating.hide_comment(current_actor(), found, form.reason.data or "")) is None:
        return page_with_errors("conversations/manage/comment.html", **_parts(found, form))
    return flask.redirect(flask.url_for(".desk", gelukt="verborgen"), 303)


@blueprint.post("/draad/<uuid:thread_id>/sluiten")
@requires(may_moderate, load=queries.thread_by_id)
def close(found: Thread) -> Any:
    """Close the talk about a subject, or open it again."""
    press(lambda: moderating.close_thread(current_actor(), found, is_open=not found.is_open))
    return flask.redirect(flask.url_for("talk.thread", thread_id=found.id), 303)
