"""Where officials keep the books of the pots of a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flask

from buurtbegroting.civic.reasons import _r
from buurtbegroting.civic.refusals import Invalid
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.web import subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.forms import page_with_errors, submit
from buurtbegroting.web.i18n import language, say
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import bookkeeping
from ..forms.books import EntryForm, MaatwerkForm
from ..models import LedgerEntry, MaatwerkSpending, Pot, Round
from ..policy import may_keep_ledger
from ..rulebook import pot_title
from ..standing import standing

blueprint = flask.Blueprint("books", __name__, url_prefix="/beheer/rondes")


def _page(round_: Round, form: EntryForm) -> dict[str, Any]:
    return {
        "standing": standing(round_, clock.now(db.session())),
        "form": form,
        "balances": queries.balances_of(round_),
        "has_maatwerk": any(pot.kind == "maatwerk" for pot in round_.pots),
    }


def _form(round_: Round) -> EntryForm:
    form = EntryForm()
    form.offer({str(pot.id): say(pot_title(pot, language())) for pot in round_.pots})
    return form


@blueprint.get("/<human_number:number>/kas")
@requires(may_keep_ledger, load=queries.round_by_number)
def books(round_: Round) -> str:
    """Show where each pot stands, and ask for a line."""
    return flask.render_template("rounds/manage/books.html", **_page(round_, _form(round_)))


@blueprint.post("/<human_number:number>/kas")
@requires(may_keep_ledger, load=queries.round_by_number)
def enter(round_: Round) -> Any:
    """Write a line in the book of a pot."""
    form = _form(round_)

    def write() -> LedgerEntry:
        pot = next(each for each in round_.pots if str(each.id) == form.pot.data)
        kind, key = _subject(form)
        entry = bookkeeping.Entry(form.kind.data, form.cents, kind, key, form.note.data or "")
        return bookkeeping.enter_in_ledger(current_actor(), pot, entry)

    if submit(form, write) is None:
        return page_with_errors("rounds/manage/books.html", **_page(round_, form))
    return flask.redirect(flask.url_for(".books", number=round_.number, gelukt="ja"), 303)


def _subject(form: EntryForm) -> tuple[str, str]:
    """Return what a line is for: a plan by its number, or something in words."""
    if form.plan.data:
        if subjects.find("plan", form.plan.data) is None:
            reason = _r("There is no plan with this number.")
            raise Invalid(reason, {"plan": reason})
        return "plan", form.plan.data
    if form.subject.data:
        return "", form.subject.data
    reason = _r("Fill in the number of a plan, or say for what it is.")
    raise Invalid(reason, {"plan": reason})


@dataclass(frozen=True)
class Holding:
    """The maatwerk pot of a round, and who holds it."""

    round: Round
    pot: Pot


def holding(number: str) -> Holding | None:
    """Return the maatwerk pot of a round, if it has one."""
    round_ = queries.round_by_number(number)
    pot = next((pot for pot in round_.pots if pot.kind == "maatwerk"), None) if round_ else None
    return Holding(round_, pot) if round_ and pot else None


@blueprint.get("/<human_number:number>/kas/maatwerk")
@requires(may_keep_ledger, load=holding)
def maatwerk_page(at: Holding) -> str:
    """Ask what the holder spent, and what came of it."""
    form = MaatwerkForm(data={"spent_on": clock.local_day(clock.now(db.session()))})
    return flask.render_template("rounds/manage/maatwerk.html", at=at, form=form)


@blueprint.post("/<human_number:number>/kas/maatwerk")
@requires(may_keep_ledger, load=holding)
def spend(at: Holding) -> Any:
    """Write down what the holder spent."""
    form = MaatwerkForm()

    def write() -> MaatwerkSpending:
        spent = bookkeeping.Maatwerk(
            form.spent_on.data, form.cents, form.kind.data, form.reached.data, form.would_do_again.data
        )
        return bookkeeping.spend_maatwerk(current_actor(), at.pot, spent)

    if submit(form, write) is None:
        return page_with_errors("rounds/manage/maatwerk.html", at=at, form=form)
    return flask.redirect(flask.url_for(".books", number=at.round.number, gelukt="ja"), 303)
