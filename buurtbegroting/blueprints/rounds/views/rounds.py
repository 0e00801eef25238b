"""Residents' pages about rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import flask

from buurtbegroting.civic.phases import TITLES
from buurtbegroting.civic.reasons import Reason
from buurtbegroting.counting.rules import RULES
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.addresses import elsewhere
from buurtbegroting.web.downloads import file_response
from buurtbegroting.web.i18n import language, say
from buurtbegroting.web.pages import slug

from .. import exports, queries, rulebook
from ..forms.books import REACHED
from ..models import Pot, Round, RulebookVersion
from ..policy import may_see_round
from ..standing import standing

blueprint = flask.Blueprint("rounds", __name__, template_folder="../templates")


@blueprint.get("/rondes")
@public
def rounds() -> str:
    """Show every round, what is on now first."""
    now = clock.now(db.session())
    standings = sorted((standing(each, now) for each in queries.published_rounds()), key=lambda each: each.order)
    return flask.render_template("rounds/rounds.html", standings=standings)


@blueprint.get("/rondes/<human_number:number>.ics")
@requires(may_see_round, load=queries.round_by_number)
def calendar(found: Round) -> flask.Response:
    """Answer with the dates of a round, for a calendar."""
    return _calendar(f"ronde-{found.number}.ics", [found])


@blueprint.get("/agenda.ics")
@public
def calendar_of_all() -> flask.Response:
    """Answer with the dates of every round, for a calendar that keeps looking."""
    return _calendar("agenda.ics", queries.published_rounds())


def _calendar(name: str, found: Sequence[Round]) -> flask.Response:
    def address_of(round_: Round) -> str:
        return flask.url_for(".round_", number=round_.number, name=slug(round_.title), _external=True)

    content = exports.calendar(flask.g.tenant.full_name, found, address_of, clock.now(db.session()))
    return file_response(name, content, "text/calendar; charset=utf-8")


@blueprint.get("/rondes/<human_number:number>/spelregels")
@requires(may_see_round, load=queries.round_by_number)
def rules(found: Round) -> str:
    """Show the whole rulebook of a round in plain words, and how it changed."""
    return flask.render_template(
        "rounds/rulebook.html",
        round=found,
        sections=rulebook.sections(rulebook.content_of(found)),
        versions=queries.versions_of(found.id),
    )


@dataclass(frozen=True)
class Reading:
    """A version of the rulebook of a round, beside the one before it."""

    round: Round
    version: RulebookVersion
    former: RulebookVersion | None

    @property
    def state(self) -> str:
        """Whether everybody knows the round."""
        return self.round.state


def reading(number: str, version: int) -> Reading | None:
    """Return a version of the rulebook of a round."""
    round_ = queries.round_by_number(number)
    found = {each.number: each for each in queries.versions_of(round_.id)} if round_ else {}
    return Reading(round_, found[version], found.get(version - 1)) if round_ and version in found else None


@blueprint.get("/rondes/<human_number:number>/spelregels/<int:version>")
@requires(may_see_round, load=reading)
def rules_version(at: Reading) -> str:
    """Show an earlier rulebook, and what was different from the one before it."""
    return flask.render_template("rounds/rulebook_version.html", at=at, parts=_differences(at))


def _differences(at: Reading) -> list[tuple[Reason, str, str]]:
    """Return per part its title, how it read before, and how it reads in this version."""
    after = {each.key: each for each in rulebook.sections(at.version.content)}
    before = {each.key: each for each in rulebook.sections(at.former.content)} if at.former else after
    titles = {key: each.title for key, each in (before | after).items()}
    return [(title, _said(before.get(key)), _said(after.get(key))) for key, title in titles.items()]


def _said(section: rulebook.Section | None) -> str:
    sentences = section.sentences if section else ()
    return " ".join(each if isinstance(each, str) else say(each) for each in sentences)


@blueprint.app_template_filter()
def pot_title(pot: Pot) -> str:
    """Say what a pot is called among the pots of its round."""
    return say(rulebook.pot_title(pot, language()))


@blueprint.get("/rondes/<human_number:number>/kas")
@requires(may_see_round, load=queries.round_by_number)
def ledger(found: Round) -> str:
    """Show what became of the money of a round, line by line."""
    return flask.render_template(
        "rounds/ledger.html",
        standing=standing(found, clock.now(db.session())),
        balances=queries.balances_of(found),
        # Maatwerk has a table of its own, which says more.
        entries=[each for each in queries.entries_of(found) if each.subject_kind != "maatwerk"],
        pots={pot.id: pot for pot in found.pots},
        maatwerk=queries.maatwerk_of(found),
        reached=REACHED,
    )


@blueprint.get("/rondes/<human_number:number>")
@blueprint.get("/rondes/<human_number:number>-<name>")
@requires(may_see_round, load=queries.round_by_number)
def round_(found: Round) -> Any:
    """Show one round: its phases, its money, and its rules in plain words."""
    return elsewhere(".round_", number=found.number, name=slug(found.title)) or flask.render_template(
        "rounds/round.html",
        standing=standing(found, clock.now(db.session())),
        rule=RULES[found.rulebook.rule],
        sections={each.key: each for each in rulebook.sections(rulebook.content_of(found))},
        moves=queries.moves_of(found.id),
        phase_titles=TITLES,
    )
