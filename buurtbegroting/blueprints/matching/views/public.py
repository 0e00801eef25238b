"""The list of needs and offers, one of them, ways to money, figures, and the question whether it lasts."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.municipalities import queries as municipalities
from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.civic.actors import ANONYMOUS
from buurtbegroting.foundation import clock, crypto
from buurtbegroting.foundation.database import db
from buurtbegroting.web.access import public, requires
from buurtbegroting.web.forms import Form, page_with_errors, submit
from buurtbegroting.web.pages import PageOf, page_number
from buurtbegroting.web.signing_in import current_actor

from .. import figures, queries
from ..actions.mornings import answer_whether_it_lasts
from ..forms import LastingForm
from ..limits import LIMITS
from ..models import LastingQuestion, Posting
from ..policy import (
    may_change_posting,
    may_get_in_touch,
    may_handle_posting,
    may_hide_posting,
    may_say_whether_it_lasts,
    may_see_posting,
    may_withdraw_posting,
)
from ..states import DAYS, FOR_ONE, KINDS, PARTS, STATES, Kind, Side
from ..suggesting import Suggestion, suggest

blueprint = flask.Blueprint("matching", __name__, template_folder="../templates")

MAX_SEARCH = 200
SUGGESTED = 5


def names_of_wijken() -> dict[str, str]:
    """Return the wijken of now by code."""
    return {each.code: each.name for each in municipalities.current_areas(AreaKind.WIJK)}


def suggestions_for(posting: Posting, *, with_private: bool) -> list[Suggestion[Posting]]:
    """Return what fits a need or an offer, best first."""
    others = [queries.as_asked(each) for each in queries.candidates(posting, with_private=with_private)]
    return suggest(queries.as_asked(posting), others, names_of_wijken(), SUGGESTED)


@blueprint.get("/hulp")
@public
def list_() -> str:
    """Show the needs and offers that fit the filters."""
    asked, number = flask.request.args, page_number()
    side, kind = asked.get("wat", ""), asked.get("soort", "")
    filters = queries.Filters(
        search=asked.get("zoek", "")[:MAX_SEARCH].strip(),
        side=side if side in set(Side) else "",
        kind=kind if kind in set(Kind) else "",
        wijk=asked.get("wijk", ""),
    )
    return flask.render_template(
        "matching/list.html",
        filters=filters,
        found=PageOf(queries.page(filters, number), number, queries.PAGE_SIZE, queries.count(filters)),
        kinds=KINDS,
        names=names_of_wijken(),
    )


def _posting(found: Posting) -> str:
    is_own = bool(may_change_posting(current_actor(), found, clock.now(db.session())))
    suggested = suggestions_for(found, with_private=False) if is_own and not found.is_for_broker else ()
    return flask.render_template(
        "matching/posting.html",
        posting=found,
        kinds=KINDS,
        states=STATES,
        days=DAYS,
        parts=PARTS,
        names=names_of_wijken(),
        limits=LIMITS if found.kind in FOR_ONE else (),
        suggested=suggested,
        may_change=may_change_posting,
        may_withdraw=may_withdraw_posting,
        may_get_in_touch=may_get_in_touch,
        may_handle=may_handle_posting,
        may_hide=may_hide_posting,
        # A form sets a cookie; who only reads gets none.
        button=Form() if current_actor().is_signed_in else None,
    )


@blueprint.get("/hulp/vragen/<uuid:posting_id>")
@requires(may_see_posting, load=queries.need_by_id)
def need(found: Posting) -> str:
    """Show one need, and to whose it is what fits."""
    return _posting(found)


@blueprint.get("/hulp/aanbod/<uuid:posting_id>")
@requires(may_see_posting, load=queries.offer_by_id)
def offer(found: Posting) -> str:
    """Show one offer, and to whose it is what fits."""
    return _posting(found)


@blueprint.get("/hulp/wegen-naar-geld")
@public
def funds() -> str:
    """Show funds to which groups may turn."""
    return flask.render_template("matching/funds.html", funds=queries.funds())


@blueprint.get("/hulp/cijfers")
@public
def figures_page() -> str:
    """Show how many matches were made, and whether they last."""
    return flask.render_template(
        "matching/figures.html",
        years=figures.by_year(queries.counts()),
        lasting=figures.lasting(queries.lasting_answers()),
        small=figures.SMALL,
        kinds={each.value: words for each, words in KINDS.items()},
        names=names_of_wijken(),
    )


def _question(token: str) -> LastingQuestion | None:
    return queries.question_by_hash(crypto.token_hash(token))


@blueprint.get("/hulp/duurt-het/<token>")
@requires(may_say_whether_it_lasts, load=_question)
def lasting_page(found: LastingQuestion) -> str:
    """Ask whether a match lasted."""
    return flask.render_template("matching/lasting.html", form=LastingForm())


@blueprint.post("/hulp/duurt-het/<token>")
@requires(may_say_whether_it_lasts, load=_question)
def lasting(found: LastingQuestion) -> Any:
    """Keep the answer without who gave it."""
    form = LastingForm()

    def keep() -> bool:
        answer_whether_it_lasts(ANONYMOUS, found, form.lasted.data, would_again=form.again.data == "ja")
        return True

    if submit(form, keep) is None:
        return page_with_errors("matching/lasting.html", form=form)
    return flask.redirect(flask.url_for(".figures_page", gelukt="dank"), 303)
