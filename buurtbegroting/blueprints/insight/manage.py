"""Where officials bring in what is spent: a file, what its columns hold, what is wrong with it, and publishing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import flask

from buurtbegroting.blueprints.municipalities.models import AreaKind
from buurtbegroting.blueprints.municipalities.queries import current_areas
from buurtbegroting.civic.actors import Actor
from buurtbegroting.civic.money import Money
from buurtbegroting.civic.reasons import _r
from buurtbegroting.foundation import clock
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.tables import Table, read_table
from buurtbegroting.web import subjects
from buurtbegroting.web.access import requires
from buurtbegroting.web.downloads import csv_response
from buurtbegroting.web.forms import OnceForm, page_with_errors, press, submit
from buurtbegroting.web.i18n import say
from buurtbegroting.web.signing_in import current_actor
from buurtbegroting.web.slices import Task

from . import actions, exports, queries
from .checking import Checked, ReadLine
from .columns import EXAMPLE_HEAD, Target, guess
from .forms import MOST_TO_SEND, ColumnsForm, PublishForm, SpendingFileForm
from .kinds import KIND_WORDS
from .models import SpendingImport
from .policy import may_change_import, may_import_spending, may_withdraw_import
from .queries import Total
from .states import ImportState

blueprint = flask.Blueprint("spending", __name__, url_prefix="/beheer/uitgaven")

PREVIEW = 3
CHOSEN = (*(target.value for target in Target), "unit")
FAULTS_SHOWN = 500


def what_waits(actor: Actor) -> Sequence[Task]:
    """Return that questions about spending wait for who answers them, since the oldest."""
    if not may_import_spending(actor, None, clock.now(db.session())):
        return ()
    waiting = queries.unanswered_questions()
    if not waiting:
        return ()
    title = _r("Questions about what is spent: %(count)s", count=len(waiting))
    return (Task(title, flask.url_for("spending.imports"), waiting[0].made_at),)


@blueprint.get("")
@requires(may_import_spending)
def imports() -> str:
    """Show every file that was brought in, and the questions that wait for an answer."""
    questions = [(each, subjects.find(each.thread.kind, each.thread.key)) for each in queries.unanswered_questions()]
    return flask.render_template("insight/manage/imports.html", imports=queries.imports(), questions=questions)


@blueprint.get("/voorbeeld.csv")
@requires(may_import_spending)
def example() -> flask.Response:
    """Answer with an example of a file that can be brought in."""
    wijk = next((each.code for each in queries.places()), "")
    return csv_response("voorbeeld-uitgaven.csv", EXAMPLE_HEAD, exports.example(_this_year(), wijk))


def _this_year() -> int:
    return clock.local_day(clock.now(db.session())).year


@blueprint.get("/nieuw")
@requires(may_import_spending)
def upload_page() -> str:
    """Ask for a file."""
    return flask.render_template("insight/manage/upload.html", form=SpendingFileForm())


@blueprint.post("/nieuw")
@requires(may_import_spending)
def upload() -> Any:
    """Keep a file as a draft."""
    flask.request.max_content_length = MOST_TO_SEND
    form = SpendingFileForm()

    def keep() -> SpendingImport:
        table = read_table(form.file.data.read())
        sent = actions.Sent(form.file.data.filename or "", form.source.data, table)
        return actions.upload_spending(current_actor(), sent, guess(table.head))

    made = submit(form, keep)
    if made is None:
        return page_with_errors("insight/manage/upload.html", form=form)
    return flask.redirect(flask.url_for(".columns", import_id=made.id), 303)


def _table(found: SpendingImport) -> Table:
    return Table.from_json(queries.content_of(found) or "[[], []]")


def _preview(table: Table) -> dict[str, Any]:
    """Return the first lines with a row per column of the file, which fits on a phone."""
    first = table.rows[:PREVIEW]
    head = [say(_r("Column")), *(say(_r("Line %(number)s", number=row.line)) for row in first)]
    return {
        "preview_head": [(words, "text") for words in head],
        "preview": [
            (name or str(place + 1), [row.cells[place] if place < len(row.cells) else "" for row in first])
            for place, name in enumerate(table.head)
        ],
    }


def _columns(found: SpendingImport, form: ColumnsForm | None = None) -> dict[str, Any]:
    table = _table(found)
    # The faults are those of what was chosen before; a first guess is not held against anybody.
    faults = actions.checked_draft(found).faults if "chosen" in found.columns and form is None else ()
    return {
        "found": found,
        "size": len(table.rows),
        **_preview(table),
        "form": (form or ColumnsForm(data=found.columns)).offer(table.head, _this_year(), found.source),
        "faults": faults[:FAULTS_SHOWN],
        "fault_count": len(faults),
        "line_count": len({each.line for each in faults}),
    }


@blueprint.get("/<uuid:import_id>/kolommen")
@requires(may_change_import, load=queries.import_by_id)
def columns(found: SpendingImport) -> str:
    """Show the first lines of a file, what its columns hold, and everything that is wrong with it."""
    return flask.render_template("insight/manage/columns.html", **_columns(found))


@blueprint.post("/<uuid:import_id>/kolommen")
@requires(may_change_import, load=queries.import_by_id)
def choose_columns(found: SpendingImport) -> Any:
    """Keep what the columns of a file hold."""
    form = ColumnsForm()
    context = _columns(found, form)
    chosen = {name: form[name].data or "" for name in CHOSEN}
    if submit(form, lambda: actions.choose_columns(current_actor(), found, chosen)) is None:
        return page_with_errors("insight/manage/columns.html", **context)
    is_right = not actions.checked_draft(found).faults
    return flask.redirect(flask.url_for(".one" if is_right else ".columns", import_id=found.id), 303)


@blueprint.get("/<uuid:import_id>/fouten.csv")
@requires(may_change_import, load=queries.import_by_id)
def faults_csv(found: SpendingImport) -> flask.Response:
    """Answer with everything that is wrong with a file."""
    rows = exports.fault_rows(actions.checked_draft(found).faults)
    return csv_response("fouten.csv", exports.FAULTS_HEAD, rows)


@blueprint.get("/<uuid:import_id>")
@requires(may_import_spending, load=queries.import_by_id)
def one(found: SpendingImport) -> Any:
    """Show what a file comes to, to be published or withdrawn; a draft that is not right leads to its columns."""
    if found.state is not ImportState.DRAFT:
        return flask.render_template("insight/manage/import.html", **_totals(found, queries.totals_of(found)))
    read = actions.checked_draft(found)
    if read.faults or "chosen" not in found.columns:
        return flask.redirect(flask.url_for(".columns", import_id=found.id), 303)
    return flask.render_template("insight/manage/import.html", **_draft(found, read, PublishForm()))


def _totals(found: SpendingImport, totals: Sequence[Total]) -> dict[str, Any]:
    names = {each.code: each.name for each in current_areas(AreaKind.WIJK, AreaKind.OWN)}
    rows = [(each, names.get(each.area_code or "", each.area_code), Money(each.cents)) for each in totals]
    rows.sort(key=lambda row: (-row[0].year, row[0].kind, row[0].area_code is not None, row[1] or ""))
    sums: Counter[tuple[int, str]] = Counter()
    for each in totals:
        sums[each.year, each.kind] += each.cents
    return {
        "found": found,
        "rows": rows,
        "sums": [(year, kind, Money(cents)) for (year, kind), cents in sorted(sums.items(), reverse=True)],
        "kind_words": KIND_WORDS,
        "earlier": (),
        "form": OnceForm(),
    }


def _draft(found: SpendingImport, read: Checked, form: OnceForm) -> dict[str, Any]:
    earlier = queries.published_imports_of({(each.year, each.kind) for each in read.lines})
    return _totals(found, _summed(read.lines)) | {"earlier": earlier, "form": form}


def _summed(lines: Sequence[ReadLine]) -> list[Total]:
    count: Counter[tuple[Any, ...]] = Counter()
    cents: Counter[tuple[Any, ...]] = Counter()
    for each in lines:
        key = (each.year, each.kind, each.area_code)
        count[key] += 1
        cents[key] += each.amount_cents
    return [Total(year, kind, code, count[year, kind, code], cents[year, kind, code]) for year, kind, code in count]


@blueprint.post("/<uuid:import_id>/publiceren")
@requires(may_change_import, load=queries.import_by_id)
def publish(found: SpendingImport) -> Any:
    """Put the lines of a file on the pages of residents."""
    read, form = actions.checked_draft(found), PublishForm()
    context = _draft(found, read, form)
    if not context["earlier"]:
        del form.earlier
    takes_place = "earlier" in form and form.earlier.data == "replace"
    if submit(form, lambda: actions.publish_import(current_actor(), found, takes_place=takes_place)) is None:
        return page_with_errors("insight/manage/import.html", **context)
    return flask.redirect(flask.url_for(".one", import_id=found.id, gelukt="gepubliceerd"), 303)


@blueprint.post("/<uuid:import_id>/intrekken")
@requires(may_withdraw_import, load=queries.import_by_id)
def withdraw(found: SpendingImport) -> Any:
    """Take the lines of a file off the pages of residents."""
    press(lambda: actions.withdraw_import(current_actor(), found))
    return flask.redirect(flask.url_for(".one", import_id=found.id, gelukt="ingetrokken"), 303)


@blueprint.post("/<uuid:import_id>/weggooien")
@requires(may_change_import, load=queries.import_by_id)
def discard(found: SpendingImport) -> Any:
    """Throw a draft away."""
    press(lambda: actions.discard_import(current_actor(), found))
    return flask.redirect(flask.url_for(".imports", gelukt="weg"), 303)
