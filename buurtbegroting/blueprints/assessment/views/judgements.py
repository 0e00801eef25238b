"""What residents read and ask about an answer: every judgement that was published, and what its makers do with it."""

from __future__ import annotations

from typing import Any

import flask
from werkzeug.wrappers import Response

from buurtbegroting.blueprints.proposals.models import Proposal
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.pages import slug
from buurtbegroting.web.signing_in import current_actor

from ..actions import asking, second_look
from ..forms import AnswerForm, SecondLookForm
from ..models import AuthorQuestion
from ..policy import may_agree_with_amount, may_answer_question, may_ask_second_look, may_see_judgements
from ..queries import cards
from ..queries.standing import Standing, standing_by_number

blueprint = flask.Blueprint("judgements", __name__, url_prefix="/plannen/<human_number:number>/kan-dit")


def _to(plan: Proposal) -> Response:
    return flask.redirect(flask.url_for("proposals.proposal", number=plan.number, name=slug(plan.title)), 303)


@blueprint.get("")
@requires(may_see_judgements, load=standing_by_number)
def judgements(standing: Standing) -> str:
    """Show every judgement of a plan that was published, newest first; the first one stays."""
    return flask.render_template(
        "assessment/judgements.html", standing=standing, proposal=standing.proposal, may_ask=may_ask_second_look
    )


@blueprint.get("/antwoord/<uuid:question_id>")
@requires(may_answer_question, load=cards.question_of)
def answer_page(question: AuthorQuestion) -> str:
    """Show what the municipality asks the makers."""
    return flask.render_template("assessment/answer.html", question=question, form=AnswerForm())


@blueprint.post("/antwoord/<uuid:question_id>")
@requires(may_answer_question, load=cards.question_of)
def answer(question: AuthorQuestion) -> Any:
    """Answer the municipality."""
    form = AnswerForm()

    def send() -> AuthorQuestion:
        return asking.answer_question(current_actor(), question, form.answer.data, has_agreed=bool(form.agrees.data))

    if submit(form, send) is None:
        return page_with_errors("assessment/answer.html", question=question, form=form)
    return _to(question.assessment.proposal)


@blueprint.get("/tweede-blik")
@requires(may_ask_second_look, load=standing_by_number)
def second_look_page(standing: Standing) -> str:
    """Ask why somebody else should look at a plan again."""
    return flask.render_template("assessment/second_look.html", standing=standing, form=SecondLookForm())


@blueprint.post("/tweede-blik")
@requires(may_ask_second_look, load=standing_by_number)
def ask_second_look(standing: Standing) -> Any:
    """Ask for a second look."""
    form = SecondLookForm()
    if submit(form, lambda: second_look.ask_second_look(current_actor(), standing, form.reason.data)) is None:
        return page_with_errors("assessment/second_look.html", standing=standing, form=form)
    return _to(standing.proposal)


@blueprint.get("/bedrag")
@requires(may_agree_with_amount, load=standing_by_number)
def amount_page(standing: Standing) -> str:
    """Ask whether the makers agree with the amount of the municipality."""
    return flask.render_template("assessment/amount.html", standing=standing, form=Form())


@blueprint.post("/bedrag")
@requires(may_agree_with_amount, load=standing_by_number)
def agree(standing: Standing) -> Any:
    """Let the plan ask the amount that the municipality found."""
    press(lambda: second_look.agree_with_amount(current_actor(), standing))
    return _to(standing.proposal)
