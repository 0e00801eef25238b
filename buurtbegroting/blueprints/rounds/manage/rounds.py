"""Where officials make rounds: from a model by a few questions, up to the moment that everybody knows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask

from buurtbegroting.civic.phases import TITLES
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import EditForm, Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import making
from ..completeness import missing
from ..dividing import in_proportion
from ..forms.wizard import BeginForm, CopyForm
from ..models import Round
from ..policy import (
    may_freeze_conditions,
    may_make_rounds,
    may_move_phase,
    may_publish_round,
    may_split_pot,
    may_throw_away_round,
    may_write_round,
)
from ..presets import PRESETS
from ..rulebook import content_of, sections
from ..standing import standing
from .dates import Moving
from .steps import MORE, STEPS, steps_of

blueprint = flask.Blueprint("making", __name__, url_prefix="/beheer/rondes")


@blueprint.get("")
@requires(may_make_rounds)
def rounds() -> str:
    """Show every round, also those that nobody knows of yet."""
    now = clock.now(db.session())
    return flask.render_template(
        "rounds/manage/rounds.html", standings=[standing(each, now) for each in queries.all_rounds()]
    )


@blueprint.get("/nieuw")
@requires(may_make_rounds)
def new_page() -> str:
    """Offer the models from which a round is made."""
    return flask.render_template("rounds/manage/new.html", form=BeginForm(), presets=PRESETS)


@blueprint.post("/nieuw")
@requires(may_make_rounds)
def begin() -> Any:
    """Make a draft and go to its first question."""
    form = BeginForm()
    made = submit(form, lambda: making.begin_round(current_actor(), form.preset.data, form.title.data))
    if made is None:
        return page_with_errors("rounds/manage/new.html", form=form, presets=PRESETS)
    return flask.redirect(flask.url_for(".step_page", number=made.number, step=steps_of(made)[0]), 303)


@blueprint.get("/<human_number:number>")
@requires(may_make_rounds, load=queries.round_by_number)
def overview(round_: Round) -> str:
    """Show how a round stands, what is missing, and its rulebook as residents will read it."""
    return flask.render_template("rounds/manage/round.html", **_overview(round_, Form()))


def _overview(round_: Round, form: Form) -> dict[str, Any]:
    now = clock.now(db.session())
    return {
        "standing": standing(round_, now),
        "round": round_,
        "form": form,
        "missing": missing(round_, now) if round_.state == "draft" else [],
        "sections": sections(content_of(round_)),
        "steps": {name: STEPS[name].title for name in steps_of(round_)},
        "moves": queries.moves_of(round_.id),
        "phase_titles": TITLES,
        "may_split": may_split_pot,
        "movable": [each for each in round_.phases if may_move_phase(current_actor(), Moving(round_, each), now)],
    }


@dataclass(frozen=True)
class Asked:
    """A round at one of the questions about it."""

    round: Round
    name: str

    @property
    def state(self) -> str:
        """Whether everybody knows the round."""
        return self.round.state


def asked(number: str, step: str) -> Asked | None:
    """Return a round at a question, if it is asked of this round."""
    round_ = queries.round_by_number(number)
    return Asked(round_, step) if round_ and step in (*steps_of(round_), MORE) else None


@blueprint.get("/<human_number:number>/vraag/<step>")
@requires(may_write_round, load=asked)
def step_page(at: Asked) -> str:
    """Ask one question about a round."""
    return flask.render_template("rounds/manage/step.html", **_parts(at, _form(at)))


def _form(at: Asked) -> EditForm:
    return STEPS[at.name].form(at.round)


def _parts(at: Asked, form: EditForm) -> dict[str, Any]:
    names = steps_of(at.round)
    place = names.index(at.name) if at.name in names else None
    return {
        "round": at.round,
        "name": at.name,
        "form": form,
        "title": STEPS[at.name].title,
        "number": None if place is None else place + 1,
        "total": len(names),
        "before": names[place - 1] if place else None,
        "is_known": at.round.state == "published",
    }


@blueprint.post("/<human_number:number>/vraag/<step>")
@requires(may_write_round, load=asked)
def answer(at: Asked) -> Any:
    """Keep one answer and go to the next question, or back to the overview."""
    form = _form(at)
    if at.name == "geld" and "divide" in flask.request.form:
        _divide(form, at.round)
        return flask.render_template("rounds/manage/step.html", **_parts(at, form))
    step = STEPS[at.name]

    def keep() -> Round:
        return making.write_round(current_actor(), at.round, step.change(at.round, form), form.version_seen)

    if submit(form, keep, standing=_as_it_stands(at)) is None:
        return page_with_errors("rounds/manage/step.html", **_parts(at, form))
    names = steps_of(at.round)
    later = names[names.index(at.name) + 1 :] if at.name in names else []
    if at.round.state == "published" or flask.request.args.get("na") == "overzicht" or not later:
        return flask.redirect(flask.url_for(".overview", number=at.round.number, gelukt="bewaard"), 303)
    return flask.redirect(flask.url_for(".step_page", number=at.round.number, step=later[0]), 303)


def _as_it_stands(at: Asked) -> Callable[[], EditForm]:
    return lambda: STEPS[at.name].form(at.round, formdata=None)


def _divide(form: Any, round_: Round) -> None:
    """Fill in the amounts by the number of inhabitants, to be looked at before they are kept."""
    areas = {field.name.removeprefix("amount_"): field for field in form.amounts.values()}
    people = queries.inhabitants_by_code()
    for code, cents in in_proportion(form.total.data or 0, people).items():
        areas[code].raw_data, areas[code].data = None, cents


def _done(round_: Round, what: str) -> Any:
    return flask.redirect(flask.url_for(".overview", number=round_.number, gelukt=what), 303)


@blueprint.post("/<human_number:number>/bekendmaken")
@requires(may_publish_round, load=queries.round_by_number)
def publish(round_: Round) -> Any:
    """Let everybody know of a round."""
    form = Form()
    if submit(form, lambda: making.publish_round(current_actor(), round_)) is None:
        return page_with_errors("rounds/manage/round.html", **_overview(round_, form))
    return _done(round_, "bekend")


@blueprint.get("/<human_number:number>/vastzetten")
@requires(may_freeze_conditions, load=queries.round_by_number)
def freeze_page(round_: Round) -> str:
    """Ask whether the conditions stand fast from now on."""
    return flask.render_template(
        "rounds/manage/freeze.html", round=round_, form=Form(), sections=sections(content_of(round_))
    )


@blueprint.post("/<human_number:number>/vastzetten")
@requires(may_freeze_conditions, load=queries.round_by_number)
def freeze(round_: Round) -> Any:
    """Fix the conditions of a round."""
    press(lambda: making.freeze_conditions(current_actor(), round_))
    return _done(round_, "vast")


@blueprint.get("/<human_number:number>/kopie")
@requires(may_make_rounds, load=queries.round_by_number)
def copy_page(round_: Round) -> str:
    """Ask what a copy of a round is called."""
    return flask.render_template("rounds/manage/copy.html", round=round_, form=CopyForm(data={"title": round_.title}))


@blueprint.post("/<human_number:number>/kopie")
@requires(may_make_rounds, load=queries.round_by_number)
def copy(round_: Round) -> Any:
    """Make a draft with the money, rules and questions of a round."""
    form = CopyForm()
    made = submit(form, lambda: making.copy_round(current_actor(), round_, form.title.data))
    if made is None:
        return page_with_errors("rounds/manage/copy.html", round=round_, form=form)
    return _done(made, "gekopieerd")


@blueprint.get("/<human_number:number>/weg")
@requires(may_throw_away_round, load=queries.round_by_number)
def throw_away_page(round_: Round) -> str:
    """Ask whether a draft may go."""
    return flask.render_template("rounds/manage/throw_away.html", round=round_, form=Form())


@blueprint.post("/<human_number:number>/weg")
@requires(may_throw_away_round, load=queries.round_by_number)
def throw_away(round_: Round) -> Any:
    """Throw a draft away."""
    press(lambda: making.throw_away_round(current_actor(), round_))
    return flask.redirect(flask.url_for(".rounds", gelukt="weg"), 303)
