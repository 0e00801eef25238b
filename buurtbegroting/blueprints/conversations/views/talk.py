"""What people say about a subject: a part of its page, and the forms behind that part."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.civic.refusals import NotFound
from buurtbegroting.civic.verdicts import Verdict
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import i18n, subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, press, submit
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import talking
from ..forms import ChangeCommentForm, CommentForm, ObjectionForm, ReportAbuseForm
from ..models import Comment, Stance, Thread
from ..policy import (
    NOT_THERE,
    may_answer_as_municipality,
    may_comment,
    may_edit_comment,
    may_object,
    may_report_abuse,
    may_second,
    may_see_comment,
    may_see_thread,
    may_withdraw_comment,
)
from ..states import CommentState

blueprint = flask.Blueprint("talk", __name__, url_prefix="/gesprek")
PAGE_SIZE = 20


@dataclass(frozen=True)
class Talk:
    """What a page shows of a thread to one visitor."""

    thread: Thread
    subject: subjects.Subject
    order: str
    page: PageOf
    answers: dict[uuid.UUID, list[Comment]]
    mine: set[uuid.UUID]
    may_speak: Verdict

    def verdict(self, policy: Any, comment: Comment) -> Verdict:
        """Ask a policy about a comment for who looks."""
        verdict: Verdict = policy(current_actor(), comment, clock.now(db.session()))
        return verdict


def talk_about(thread: Thread) -> Talk:
    """Return the talk about a subject in the order and on the page that the address asks for."""
    subject = subjects.find(thread.kind, thread.key)
    if subject is None:
        raise NotFound(NOT_THERE.reason)
    actor, number = current_actor(), page_number()
    order = flask.request.args.get("volgorde", "")
    order = order if order in queries.ORDERS else "oudste"
    tops, answers, total = queries.comments(thread.id, order, number, PAGE_SIZE, actor.person_id)
    return Talk(
        thread=thread,
        subject=subject,
        order=order,
        page=PageOf(tops, number, PAGE_SIZE, total),
        answers=answers,
        mine=queries.seconded_by(actor.person_id, thread.id) if actor.person_id else set(),
        may_speak=may_comment(actor, thread, clock.now(db.session())),
    )


def _page(thread: Thread, form: CommentForm | None, answered: Comment | None = None) -> dict[str, Any]:
    may_answer = may_answer_as_municipality(current_actor(), thread, clock.now(db.session()))
    if form and not may_answer:
        del form.as_municipality
    return {"talk": talk_about(thread), "form": form, "answered": answered, "policies": POLICIES}


POLICIES = {
    "edit": may_edit_comment,
    "withdraw": may_withdraw_comment,
    "second": may_second,
    "report": may_report_abuse,
    "object": may_object,
}


@blueprint.get("/<uuid:thread_id>")
@requires(may_see_thread, load=queries.thread_by_id)
def thread(found: Thread) -> str:
    """Show the talk about a subject."""
    # A form makes a cookie; who is not signed in has nothing to fill in.
    form = CommentForm() if current_actor().is_signed_in else None
    return flask.render_template("conversations/thread.html", **_page(found, form))


def _department() -> str:
    """Return on whose behalf an official answers: their department, or else the municipality."""
    held = sorted(role.department for role in current_actor().roles if role.department)
    return held[0] if held else flask.g.tenant.full_name


def _say(found: Thread, form: CommentForm, answered: Comment | None) -> Any:
    context = _page(found, form, answered)
    is_official = "as_municipality" in form and form.as_municipality.data

    def say() -> Comment:
        said = talking.Said(Stance(form.stance.data), form.body.data, i18n.language(), answered)
        return talking.say_something(current_actor(), found, said, _department() if is_official else "")

    said = submit(form, say)
    if said is None:
        return page_with_errors("conversations/thread.html", **context)
    return _to(said)


def _to(comment: Comment, done: str = "") -> Response:
    """Lead to a comment on the page of its thread, which says what was done."""
    page = queries.page_of(comment, PAGE_SIZE)
    address = flask.url_for(
        ".thread", thread_id=comment.thread_id, pagina=page if page > 1 else None, gelukt=done or comment.state.value
    )
    return flask.redirect(f"{address}#reactie-{comment.number}", 303)


@blueprint.post("/<uuid:thread_id>")
@requires(may_comment, load=queries.thread_by_id)
def say(found: Thread) -> Any:
    """Add a comment."""
    return _say(found, CommentForm(), None)


@blueprint.get("/<uuid:thread_id>/<int:number>")
@requires(may_see_comment, load=queries.comment_by_number)
def comment(found: Comment) -> Response:
    """Lead to a comment, on whichever page it stands by now."""
    page = queries.page_of(found, PAGE_SIZE)
    address = flask.url_for(".thread", thread_id=found.thread_id, pagina=page if page > 1 else None)
    return flask.redirect(f"{address}#reactie-{found.number}", 303)


def _may_answer(actor: Any, found: Comment, now: Any) -> Verdict:
    """Who may take part answers what is published."""
    is_published = found.state is CommentState.PUBLISHED
    return may_comment(actor, found.thread, now) if is_published else NOT_THERE


@blueprint.get("/<uuid:thread_id>/<int:number>/antwoorden")
@requires(_may_answer, load=queries.comment_by_number)
def answer_page(found: Comment) -> str:
    """Ask for an answer to a comment."""
    return flask.render_template("conversations/thread.html", **_page(found.thread, CommentForm(), found))


@blueprint.post("/<uuid:thread_id>/<int:number>/antwoorden")
@requires(_may_answer, load=queries.comment_by_number)
def answer(found: Comment) -> Any:
    """Add an answer to a comment."""
    return _say(found.thread, CommentForm(), found)


@blueprint.post("/<uuid:thread_id>/<int:number>/bijval")
@requires(may_second, load=queries.comment_by_number)
def second(found: Comment) -> Response:
    """Agree with a comment, or no longer."""
    press(lambda: talking.second(current_actor(), found))
    return _to(found, "bijval")


@blueprint.get("/<uuid:thread_id>/<int:number>/wijzigen")
@requires(may_edit_comment, load=queries.comment_by_number)
def change_page(found: Comment) -> str:
    """Show one's own words, to be changed."""
    return flask.render_template("conversations/change.html", form=_words_of(found), comment=found)


def _words_of(found: Comment, **how: Any) -> ChangeCommentForm:
    return ChangeCommentForm(**how, data={"body": found.body, "version": str(found.version)})


@blueprint.post("/<uuid:thread_id>/<int:number>/wijzigen")
@requires(may_edit_comment, load=queries.comment_by_number)
def change(found: Comment) -> Any:
    """Keep other words."""
    form = ChangeCommentForm()

    def change() -> Comment:
        return talking.change_comment(current_actor(), found, form.body.data, form.version_seen)

    if submit(form, change, lambda: _words_of(found, formdata=None)) is None:
        return page_with_errors("conversations/change.html", form=form, comment=found)
    return _to(found)


@blueprint.post("/<uuid:thread_id>/<int:number>/intrekken")
@requires(may_withdraw_comment, load=queries.comment_by_number)
def withdraw(found: Comment) -> Response:
    """Take one's own words back."""
    press(lambda: talking.withdraw_comment(current_actor(), found))
    return _to(found)


@blueprint.get("/<uuid:thread_id>/<int:number>/melden")
@requires(may_report_abuse, load=queries.comment_by_number)
def report_page(found: Comment) -> str:
    """Ask why something cannot stay."""
    return flask.render_template("conversations/report.html", form=ReportAbuseForm(), comment=found)


@blueprint.post("/<uuid:thread_id>/<int:number>/melden")
@requires(may_report_abuse, load=queries.comment_by_number)
def report(found: Comment) -> Any:
    """Tell who moderates."""
    form = ReportAbuseForm()
    if submit(form, lambda: talking.report_abuse(current_actor(), found, form.why.data)) is None:
        return page_with_errors("conversations/report.html", form=form, comment=found)
    return _to(found, "gemeld")


@blueprint.get("/<uuid:thread_id>/<int:number>/weerwoord")
@requires(may_object, load=queries.comment_by_number)
def object_page(found: Comment) -> str:
    """Ask for one's answer to why something was hidden."""
    return flask.render_template("conversations/object.html", form=ObjectionForm(), comment=found)


@blueprint.post("/<uuid:thread_id>/<int:number>/weerwoord")
@requires(may_object, load=queries.comment_by_number)
def object_to(found: Comment) -> Any:
    """Keep one's answer."""
    form = ObjectionForm()
    if submit(form, lambda: talking.object_to(current_actor(), found, form.words.data)) is None:
        return page_with_errors("conversations/object.html", form=form, comment=found)
    return _to(found, "weerwoord")
