"""Where an admin keeps the questions by which plans are judged."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import criteria as actions
from ..forms.criteria import CriterionForm
from ..models import Criterion
from ..policy import may_choose_criteria

blueprint = flask.Blueprint("criteria", __name__, url_prefix="/beheer/criteria")


@blueprint.get("")
@requires(may_choose_criteria)
def criteria() -> str:
    """Show the questions by which plans are judged."""
    return flask.render_template("rounds/manage/criteria.html", criteria=queries.criteria(), form=Form())


def _form(known: Criterion | None) -> CriterionForm:
    if known is None:
        return CriterionForm(data={"position": len(queries.criteria()) + 1})
    return CriterionForm(obj=known)


def _text(form: CriterionForm) -> actions.CriterionText:
    return actions.CriterionText(
        form.position.data, form.question.data, form.explanation.data or "", form.department.data or ""
    )


@blueprint.get("/nieuw")
@requires(may_choose_criteria)
def new_page() -> str:
    """Ask for a question."""
    return flask.render_template("rounds/manage/criterion.html", form=_form(None), is_new=True)


@blueprint.post("/nieuw")
@requires(may_choose_criteria)
def add() -> Any:
    """Add a question."""
    form = _form(None)
    if submit(form, lambda: actions.write_criterion(current_actor(), Criterion(), _text(form))) is None:
        return page_with_errors("rounds/manage/criterion.html", form=form, is_new=True)
    return flask.redirect(flask.url_for(".criteria", gelukt="bewaard"), 303)


@blueprint.get("/<uuid:criterion_id>")
@requires(may_choose_criteria, load=queries.criterion_by_id)
def criterion(found: Criterion) -> str:
    """Show one question, to be changed."""
    return flask.render_template("rounds/manage/criterion.html", form=_form(found), is_new=False)


@blueprint.post("/<uuid:criterion_id>")
@requires(may_choose_criteria, load=queries.criterion_by_id)
def change(found: Criterion) -> Any:
    """Keep what was changed in a question."""
    form = _form(found)
    if submit(form, lambda: actions.write_criterion(current_actor(), found, _text(form))) is None:
        return page_with_errors("rounds/manage/criterion.html", form=form, is_new=False)
    return flask.redirect(flask.url_for(".criteria", gelukt="bewaard"), 303)


@blueprint.post("/<uuid:criterion_id>/verwijderen")
@requires(may_choose_criteria, load=queries.criterion_by_id)
def remove(found: Criterion) -> Any:
    """Take a question out of the list."""
    press(lambda: actions.remove_criterion(current_actor(), found))
    return flask.redirect(flask.url_for(".criteria", gelukt="weg"), 303)
