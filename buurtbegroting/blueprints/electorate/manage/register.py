"""Where officials keep the register of voters and let letters be made."""

from __future__ import annotations

from typing import Any

import flask

from buurtbegroting.blueprints.rounds.models import Round
from buurtbegroting.blueprints.rounds.queries import round_by_number
from buurtbegroting.foundation.tables import read_table
from buurtbegroting.web.access import can, requires
from buurtbegroting.web.downloads import csv_response, file_response
from buurtbegroting.web.forms import Form, page_with_errors, press, submit
from buurtbegroting.web.signing_in import current_actor

from .. import queries
from ..actions import lettering, registering
from ..checking import HEAD, Checked, check
from ..forms import LettersForm, RegisterFileForm
from ..models import CodeBatch
from ..policy import (
    may_fetch_letters,
    may_help_voters,
    may_keep_register,
    may_note_batch,
    may_release_batch,
    may_see_register,
    may_take_back_batch,
)
from ..states import CodeState

blueprint = flask.Blueprint("register", __name__, url_prefix="/beheer", template_folder="../templates")

REGISTER = "/rondes/<human_number:number>/stemgerechtigden"
BATCH = "/brieven-met-codes/<uuid:batch_id>"
FAULTS_SHOWN = 200
MOST_TO_SEND = 11 * 1024 * 1024
EXAMPLE = ("1001", "J. Jansen", "Polderpad", "12", "1234AB", "Waterveld", "A", "nl", "nee", "ja", "")


def _register(round_: Round, **forms: Form) -> dict[str, Any]:
    return {
        "round": round_,
        "form": forms.get("form") or RegisterFileForm(formdata=None),
        "letters_form": forms.get("letters_form") or LettersForm(formdata=None),
        "batches": [_shown(line) for line in queries.batches_of(round_.id)],
        "numbers": queries.numbers_of(round_.id),
        "code_states": CodeState,
        "keep": can(may_keep_register, round_),
        "help": can(may_help_voters, round_),
        "waiting": len(queries.entries_without_code(round_.id)),
        "faults": (),
        "fault_count": 0,
    }


def _shown(line: queries.BatchLine) -> dict[str, Any]:
    batch = line.batch
    deeds = {
        "release": may_release_batch,
        "take_back": may_take_back_batch,
        "fetch": may_fetch_letters,
        "note": may_note_batch,
    }
    return {"line": line, "batch": batch, "may": {name: bool(can(policy, batch)) for name, policy in deeds.items()}}


@blueprint.get(REGISTER)
@requires(may_see_register, load=round_by_number)
def register(round_: Round) -> str:
    """Show how many people may vote in a round, and how their letters go."""
    return flask.render_template("electorate/manage/register.html", **_register(round_))


@blueprint.get(REGISTER + "/voorbeeld.csv")
@requires(may_see_register, load=round_by_number)
def example(round_: Round) -> flask.Response:
    """Answer with an example of a file with voters."""
    order = ("kenmerk", "naam", "straat", "huisnummer", "postcode", "plaats", *HEAD[6:])
    return csv_response(f"voorbeeld-{round_.number}.csv", order, [EXAMPLE])


@blueprint.post(REGISTER)
@requires(may_keep_register, load=round_by_number)
def bring_in(round_: Round) -> Any:
    """Bring in a file with voters; nothing of it is kept when a line is wrong."""
    flask.request.max_content_length = MOST_TO_SEND
    number, form = round_.number, RegisterFileForm()
    found: list[Checked] = []

    def keep() -> registering.Imported | None:
        found.append(check(read_table(form.file.data.read())))
        return None if found[0].faults else registering.import_register(current_actor(), round_, found[0].people)

    done = submit(form, keep)
    if done is None:
        faults = found[0].faults if found else ()
        shown = _register(round_, form=form) | {"faults": faults[:FAULTS_SHOWN], "fault_count": len(faults)}
        return page_with_errors("electorate/manage/register.html", **shown)
    told = {"nieuw": done.added, "bekend": done.known, "zonder": len(done.unknown_places)}
    return flask.redirect(flask.url_for(".register", number=number, gelukt="ingelezen", **told), 303)


@blueprint.post(REGISTER + "/brieven")
@requires(may_keep_register, load=round_by_number)
def ask(round_: Round) -> Any:
    """Ask a second official to let letters be made."""
    number, form = round_.number, LettersForm()
    if submit(form, lambda: lettering.ask_for_letters(current_actor(), round_, form.certificate.data)) is None:
        return page_with_errors("electorate/manage/register.html", **_register(round_, letters_form=form))
    return flask.redirect(flask.url_for(".register", number=number, gelukt="gevraagd"), 303)


def _back(batch: CodeBatch, done: str) -> Any:
    return flask.redirect(flask.url_for(".register", number=batch.round.number, gelukt=done), 303)


@blueprint.post(BATCH + "/vrijgeven")
@requires(may_release_batch, load=queries.batch_by_id)
def release(batch: CodeBatch) -> Any:
    """Let letters be made, as the second official."""
    press(lambda: lettering.release_letters(current_actor(), batch))
    return _back(batch, "vrijgegeven")


@blueprint.post(BATCH + "/terug")
@requires(may_take_back_batch, load=queries.batch_by_id)
def take_back(batch: CodeBatch) -> Any:
    """Take back letters that nobody released."""
    number = batch.round.number
    press(lambda: lettering.take_back_letters(current_actor(), batch))
    return flask.redirect(flask.url_for(".register", number=number, gelukt="terug"), 303)


@blueprint.post(BATCH + "/ophalen")
@requires(may_fetch_letters, load=queries.batch_by_id)
def fetch(batch: CodeBatch) -> Any:
    """Answer with the encrypted print file, once."""
    name = f"brieven-{batch.round.number}-{batch.number}.p7m"
    got: list[lettering.PrintFile] = []
    press(lambda: got.append(lettering.fetch_letters(current_actor(), batch)))
    return file_response(name, got[0].content, "application/pkcs7-mime")


@blueprint.post(BATCH + "/verzonden")
@requires(may_note_batch, load=queries.batch_by_id)
def sent(batch: CodeBatch) -> Any:
    """Note that letters are in the post."""
    press(lambda: lettering.note_sent(current_actor(), batch))
    return _back(batch, "verzonden")


@blueprint.post(BATCH + "/intrekken")
@requires(may_note_batch, load=queries.batch_by_id)
def withdraw(batch: CodeBatch) -> Any:
    """Let no code of a batch work any more."""
    press(lambda: lettering.withdraw_batch(current_actor(), batch))
    return _back(batch, "ingetrokken")
