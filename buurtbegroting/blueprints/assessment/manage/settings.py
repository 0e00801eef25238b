"""Who looks at what by default, and who is away."""

from __future__ import annotations

import uuid
from typing import Any

import flask

from buurtbegroting.blueprints.accounts.models import Person
from buurtbegroting.blueprints.accounts.queries import person_by_id
from buurtbegroting.blueprints.rounds import queries as rounds
from buurtbegroting.blueprints.rounds.models import Theme
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import can, requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.signing_in import current_actor

from ..actions import assigning
from ..forms import AwayForm, RuleForm, as_id
from ..models import Absence
from ..policy import may_run_desk, may_see_desk
from ..queries import people

blueprint = flask.Blueprint("desk_settings", __name__, url_prefix="/beheer/beoordelen")


@blueprint.get("/verdeling")
@requires(may_run_desk)
def rules() -> str:
    """Show who looks at which theme by default."""
    names = {each.id: each.name for each in people.people_of_desk()}
    return flask.render_template(
        "assessment/manage/rules.html", themes=rounds.themes(), rules=people.rules(), names=names
    )


def _theme(key: str) -> Theme | None:
    return next((each for each in rounds.themes() if each.slug == key), None)


def _rule_form(theme: Theme) -> RuleForm:
    known = people.rules().get(theme.id)
    data = {"department": known.department, "assessor": str(known.assessor_id or "")} if known else {}
    form = RuleForm(data=data)
    form.offer(people.departments(), people.people_of_desk())
    return form


@blueprint.get("/verdeling/<key>")
@requires(may_run_desk, load=_theme)
def rule_page(theme: Theme) -> str:
    """Ask who looks at a theme by default."""
    return flask.render_template("assessment/manage/rule.html", theme=theme, form=_rule_form(theme))


@blueprint.post("/verdeling/<key>")
@requires(may_run_desk, load=_theme)
def write_rule(theme: Theme) -> Any:
    """Keep who looks at a theme by default."""
    form = _rule_form(theme)

    def keep() -> Any:
        return assigning.write_rule(current_actor(), theme, form.department.data, as_id(form.assessor.data))

    if submit(form, keep) is None:
        return page_with_errors("assessment/manage/rule.html", theme=theme, form=form)
    return flask.redirect(flask.url_for(".rules", gelukt="bewaard"), 303)


def _away_form() -> AwayForm:
    """Return the form in which officials name anybody of the desk, and others only themselves."""
    everybody = people.people_of_desk()
    own = everybody if can(may_run_desk, None) else [each for each in everybody if str(each.id) == current_actor().id]
    form = AwayForm()
    form.offer(own, everybody)
    return form


def _away(form: AwayForm) -> dict[str, Any]:
    return {"form": form, "absences": people.absences(clock.local_day(clock.now(db.session())))}


@blueprint.get("/afwezig")
@requires(may_see_desk)
def away_page() -> str:
    """Show who is away, and ask who will be."""
    return flask.render_template("assessment/manage/away.html", **_away(_away_form()))


@blueprint.post("/afwezig")
@requires(may_see_desk)
def go_away() -> Any:
    """Note that somebody is away."""
    form = _away_form()

    def note() -> Absence:
        person: Person | None = person_by_id(uuid.UUID(form.person.data))
        assert person is not None  # noqa: S101
        return assigning.go_away(current_actor(), person, form.until.data, as_id(form.substitute.data))

    if submit(form, note) is None:
        return page_with_errors("assessment/manage/away.html", **_away(form))
    return flask.redirect(flask.url_for(".away_page", gelukt="afwezig"), 303)
